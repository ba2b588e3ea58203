package pdf

import (
	"cspcoop/calc"
	"cspcoop/report/wording"
)

// rollForward shows what came into each fund and left it since the last set,
// and what its closing consists of. What leaves a fund is shown negative, so
// that every line adds up.
func (p *statement) rollForward() {
	w, moves := p.words, p.of.RollForward
	if len(moves) == 0 {
		return
	}
	flows := &table{columns: []column{
		{head: w.T("Fund"), share: 1, least: 62},
		{head: w.T("Currency")},
		{head: w.T("Opening"), right: true},
		{head: w.T("Earned"), right: true},
		{head: w.T("Adjusted"), right: true},
		{head: w.T("Transferred"), right: true},
		{head: w.T("Paid out"), right: true},
		{head: w.T("Claims paid"), right: true},
		{head: w.T("Forfeited"), right: true},
		{head: w.T("Closing"), right: true},
	}}
	closing := &table{columns: []column{
		{head: w.T("Of the closing"), share: 1, least: 62},
		{head: w.T("Currency")},
		{head: w.T("Approved, not yet paid"), right: true},
		{head: w.T("In review"), right: true},
		{head: w.T("Planned by drafts"), right: true},
		{head: w.T("Free"), right: true},
		{head: w.T("Closing"), right: true},
	}}
	for _, m := range moves {
		flows.rows = append(flows.rows, row{cells: []cell{
			{text: period(w, m.Period)}, {text: m.Currency}, {text: w.Money(m.Opening)},
			{text: w.Money(m.Moved.Earned)}, {text: w.Money(m.Moved.Adjusted)}, {text: w.Money(m.Moved.Transferred)},
			{text: w.Money(m.Moved.PaidOut.Neg())}, {text: w.Money(m.Moved.ClaimsPaid.Neg())}, {text: w.Money(m.Moved.Forfeited.Neg())},
			{text: w.Money(m.Closing), bold: true},
		}})
		closing.rows = append(closing.rows, row{cells: []cell{
			{text: period(w, m.Period)}, {text: m.Currency}, {text: w.Money(m.ApprovedUnpaid)}, {text: w.Money(m.InReview)},
			{text: w.Money(m.Planned)}, {text: w.Money(m.Free)}, {text: w.Money(m.Closing), bold: true},
		}})
	}
	p.tableSection(toRollForward, rollForwardTitle(w, p.result.Last), flows)
	p.gap(blockGap)
	p.table(closing)
}

func rollForwardTitle(w *wording.Words, last *calc.LastSet) string {
	if last == nil {
		return w.T("Roll-forward from the beginning: there is no earlier statement")
	}
	return w.T("Roll-forward since the statement of %s", w.Date(last.AsOf))
}

// changes shows how the periods stood in the last set.
func (p *statement) changes() {
	w := p.words
	t := changeTable(w, false)
	for _, b := range p.of.Balances {
		if b.Since != nil {
			t.rows = append(t.rows, changeRow(w, b, false))
		}
	}
	if len(t.rows) > 0 {
		p.tableSection(toChanges, w.T("What changed since the statement of %s", w.Date(p.result.Last.AsOf)), t)
	}
}

// changeTable is the head of a table of changes; with the partner where several
// are meant.
func changeTable(w *wording.Words, partner bool) *table {
	t := &table{columns: []column{
		{head: w.T("Earning period"), share: 1, least: 62},
		{head: w.T("Co-op then, USD"), right: true},
		{head: w.T("Co-op moved, USD"), right: true},
		{head: w.T("Rebate moved, USD"), right: true},
		{head: w.T("Co-op now, USD"), right: true},
		{head: w.T("Decision then"), share: 0.8, least: 60},
		{head: w.T("Decision now"), share: 0.8, least: 60},
	}}
	if partner {
		t.columns = append([]column{{head: w.T("Partner"), share: 1.2, least: 70}, {head: w.T("Program"), share: 1, least: 60}}, t.columns...)
	}
	return t
}

func changeRow(w *wording.Words, b *calc.Balance, partner bool) row {
	now := cell{text: w.Decision(b)}
	if b.Since.DecisionChanged {
		now.bold, now.colour = true, &alarm
	}
	if b.Since.RuleChanged {
		now.text = w.T("%s; the rule changed", now.text)
	}
	cells := []cell{
		{text: period(w, b.Period)}, {text: w.Money(b.Since.CoOp)}, {text: w.Money(b.Since.CoOpMoved)}, {text: w.Money(b.Since.RebateMoved)},
		{text: w.Money(b.CoOp)}, {text: w.State(calc.State{Decision: b.Since.Decision})}, now,
	}
	if partner {
		cells = append([]cell{{text: w.Partner(b.Statement)}, {text: b.Statement.Program}}, cells...)
	}
	return row{cells: cells}
}
