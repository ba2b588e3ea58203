package xlsx

import "cspcoop/calc"

// addRollForward writes what came into each fund and left it since the last
// set, and what its closing consists of.
func addRollForward(b *book, r *calc.Result, movements []*calc.FundMovement) error {
	if len(movements) == 0 {
		return nil
	}
	w := b.words
	since := w.T("Since the first earning: there is no earlier set")
	if r.Last != nil {
		since = w.T("Since the set as of %s", w.Date(r.Last.AsOf))
	}
	columns := owned(b, func(m *calc.FundMovement) owner { return owner{m.Participant, m.Program} },
		column[*calc.FundMovement]{head: w.T("Earning period"), widest: 12, cell: func(m *calc.FundMovement) value { return text(w.Period(m.Period)) }},
		column[*calc.FundMovement]{head: w.T("Fund in"), cell: func(m *calc.FundMovement) value { return text(m.Currency) }},
	)
	opening := len(columns)
	return addTable(b, table[*calc.FundMovement]{
		sheet: w.T("Roll-forward"),
		title: w.T("What moved in each fund"),
		lead:  since,
		rows:  movements,
		notes: []string{
			w.T("Opening + earned + adjusted + transferred − paid out − claims paid − forfeited = closing"),
			w.T("Closing − approved and not yet paid − in review − planned by drafts = free"),
		},
		columns: append(columns,
			column[*calc.FundMovement]{head: w.T("Opening"), kind: money, cell: func(m *calc.FundMovement) value { return amount(m.Opening) }},
			column[*calc.FundMovement]{head: w.T("Earned"), kind: money, cell: func(m *calc.FundMovement) value { return amount(m.Moved.Earned) }},
			column[*calc.FundMovement]{head: w.T("Adjusted"), kind: money, cell: func(m *calc.FundMovement) value { return amount(m.Moved.Adjusted) }},
			column[*calc.FundMovement]{head: w.T("Transferred"), kind: money, cell: func(m *calc.FundMovement) value { return amount(m.Moved.Transferred) }},
			column[*calc.FundMovement]{head: w.T("Paid out"), kind: money, cell: func(m *calc.FundMovement) value { return amount(m.Moved.PaidOut) }},
			column[*calc.FundMovement]{head: w.T("Claims paid"), kind: money, cell: func(m *calc.FundMovement) value { return amount(m.Moved.ClaimsPaid) }},
			column[*calc.FundMovement]{head: w.T("Forfeited"), kind: money, cell: func(m *calc.FundMovement) value { return amount(m.Moved.Forfeited) }},
			column[*calc.FundMovement]{head: w.T("Closing"), kind: money, formula: closing(opening), cell: func(m *calc.FundMovement) value { return amount(m.Closing) }},
			column[*calc.FundMovement]{head: w.T("Approved, not yet paid"), kind: money, cell: func(m *calc.FundMovement) value { return amount(m.ApprovedUnpaid) }},
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
