package xlsx

import (
	"slices"

	"cspcoop/calc"
)

// addRollForward writes what came into each fund and left it since the last set;
// where begins its rows says whose they are.
func addRollForward(b *book, r *calc.Result, movements []*calc.FundMovement, where ...column[*calc.FundMovement]) error {
	if len(movements) == 0 {
		return nil
	}
	w := b.words
	since := w.T("Since the first earning: there is no earlier set")
	if r.Last != nil {
		since = w.T("Since the set as of %s", w.Date(r.Last.AsOf))
	}
	opening := len(where) + 2
	return addTable(b, table[*calc.FundMovement]{
		sheet: w.T("Roll-forward"),
		title: w.T("What moved in each fund"),
		lead:  since,
		rows:  movements,
		notes: []string{w.T("Opening + earned + adjusted + transferred − paid out − claims paid − forfeited = closing")},
		columns: append(where,
			column[*calc.FundMovement]{head: w.T("Earning period"), cell: func(m *calc.FundMovement) value { return text(w.Period(m.Period)) }},
			column[*calc.FundMovement]{head: w.T("Currency"), cell: func(m *calc.FundMovement) value { return text(m.Currency) }},
			column[*calc.FundMovement]{head: w.T("Opening"), kind: money, cell: func(m *calc.FundMovement) value { return amount(m.Opening) }},
			column[*calc.FundMovement]{head: w.T("Earned"), kind: money, cell: func(m *calc.FundMovement) value { return amount(m.Moved.Earned) }},
			column[*calc.FundMovement]{head: w.T("Adjusted"), kind: money, cell: func(m *calc.FundMovement) value { return amount(m.Moved.Adjusted) }},
			column[*calc.FundMovement]{head: w.T("Transferred"), kind: money, cell: func(m *calc.FundMovement) value { return amount(m.Moved.Transferred) }},
			column[*calc.FundMovement]{head: w.T("Paid out"), kind: money, cell: func(m *calc.FundMovement) value { return amount(m.Moved.PaidOut) }},
			column[*calc.FundMovement]{head: w.T("Claims paid"), kind: money, cell: func(m *calc.FundMovement) value { return amount(m.Moved.ClaimsPaid) }},
			column[*calc.FundMovement]{head: w.T("Forfeited"), kind: money, cell: func(m *calc.FundMovement) value { return amount(m.Moved.Forfeited) }},
			column[*calc.FundMovement]{head: w.T("Closing"), kind: money, formula: closing(opening), cell: func(m *calc.FundMovement) value { return amount(m.Closing) }},
			column[*calc.FundMovement]{head: w.T("Of it approved, not yet paid"), kind: money, cell: func(m *calc.FundMovement) value { return amount(m.ApprovedUnpaid) }},
			column[*calc.FundMovement]{head: w.T("In review"), kind: money, cell: func(m *calc.FundMovement) value { return amount(m.InReview) }},
			column[*calc.FundMovement]{head: w.T("Planned by drafts"), kind: money, cell: func(m *calc.FundMovement) value { return amount(m.Planned) }},
			column[*calc.FundMovement]{head: w.T("Free"), kind: money, cell: func(m *calc.FundMovement) value { return amount(m.Free) }},
		),
	})
}

// closing adds a row up: opening and three columns that add to it, less three
// that take from it.
func closing(opening int) string {
	cell := func(after int) string { return letters(opening+after) + "%[1]d" }
	return "SUM(" + cell(0) + ":" + cell(3) + ")-SUM(" + cell(4) + ":" + cell(6) + ")"
}

// movementsOf gives a statement's lines of the roll-forward.
func movementsOf(r *calc.Result, s *calc.Statement) []*calc.FundMovement {
	return slices.DeleteFunc(slices.Clone(r.RollForward), func(m *calc.FundMovement) bool {
		return m.Participant != s.Participant || m.Program != s.Program
	})
}

// addAllMovements writes the roll-forward of every statement.
func addAllMovements(b *book, r *calc.Result) error {
	w := b.words
	return addRollForward(b, r, r.RollForward,
		column[*calc.FundMovement]{head: w.T("Partner location"), cell: func(m *calc.FundMovement) value { return text(m.Participant) }},
		column[*calc.FundMovement]{head: w.T("Program"), cell: func(m *calc.FundMovement) value { return text(m.Program) }},
	)
}
