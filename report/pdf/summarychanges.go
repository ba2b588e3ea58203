package pdf

import (
	"cspcoop/calc"
)

// flipped gives the funds that the last set decided otherwise.
func (p *summary) flipped() []*calc.Balance {
	return p.only(func(b *calc.Balance) bool { return b.Since != nil && b.Since.DecisionChanged })
}

// changes lists the decisions that the last set had otherwise.
func (p *summary) changes() {
	w := p.words
	t := changeTable(w, true)
	for _, b := range p.flipped() {
		t.rows = append(t.rows, changeRow(w, b, true))
	}
	if len(t.rows) > 0 {
		p.tableSection(toChanges, w.T("Decisions that changed since the statement of %s", w.Date(p.result.Last.AsOf)), t)
	}
}

// newerThreshold names the funds that the newer threshold would decide
// otherwise.
func (p *summary) newerThreshold() {
	w := p.words
	if len(p.result.Otherwise) == 0 {
		return
	}
	t := &table{tail: 4 + 2*noteType.line(), columns: []column{
		{head: w.T("Partner"), share: 1.2, least: 80},
		{head: w.T("Program"), share: 1, least: 80},
		{head: w.T("Earned"), share: 0.9, least: 72},
		{head: w.T("Co-op, USD"), right: true},
		{head: w.T("Decision in force"), share: 0.6, least: 60},
		{head: w.T("With the newer threshold"), share: 0.6, least: 60},
	}}
	for _, o := range p.result.Otherwise {
		b := o.Balance
		t.rows = append(t.rows, row{cells: []cell{
			{text: w.Partner(b.Statement)}, {text: b.Statement.Program}, {text: period(w, b.Period)}, {text: w.Money(b.CoOp)},
			{text: w.Decision(b)}, {text: w.State(calc.State{Decision: o.Decision})},
		}})
	}
	newer := p.result.Otherwise[0].Rule
	p.tableSection(toNewer, w.T("What a threshold of %s would decide otherwise", w.Amount(newer.Threshold, "USD")), t)
	p.y += 4
	p.paragraph(w.T("%s. If it applies to you, enable the [[rules]] entry of FY22H2 in cspcoop.toml.", newer.Name), noteType)
}
