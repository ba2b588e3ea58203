package pdf

import (
	"cspcoop/calc"
)

// funds lists every fund by urgency.
func (p *summary) funds() {
	if len(p.balances) == 0 {
		return
	}
	w := p.words
	t := &table{
		columns: []column{
			{head: w.T("Partner"), share: 1.3, least: 86},
			{head: w.T("Program"), share: 0.8, least: 60},
			{head: w.T("Earned"), share: 0.5, least: 52},
			{head: w.T("Last day to claim")},
			{head: w.T("Days left"), right: true},
			{head: w.T("Co-op, USD"), right: true, carry: true},
			{head: w.T("Fund")},
			{head: w.T("In the fund"), right: true},
			{head: w.T("Remaining"), right: true},
		},
		carried: w.T("Carried forward"), brought: w.T("Brought forward"),
	}
	for _, s := range p.result.States() {
		t.rows = append(t.rows, row{kind: groupRow, cells: []cell{{text: w.State(s.State)}}})
		for _, b := range p.only(func(b *calc.Balance) bool { return b.Decision == s.Decision && b.Window == s.Window }) {
			t.rows = append(t.rows, p.fundRow(b))
		}
	}
	total := make([]cell, len(t.columns))
	total[0].text = w.T("Total, rounded once")
	total[5].text = w.Money(p.result.Totals.CoOp)
	t.rows = append(t.rows, row{kind: totalRow, cells: total})
	p.tableSection(toFunds, w.T("All funds, the most urgent first"), t)
}

func (p *summary) fundRow(b *calc.Balance) row {
	w := p.words
	deadline, left := "", ""
	if b.Decision == calc.ClaimRequired {
		deadline = w.ShortDate(b.ClaimDeadline)
	}
	if b.Window == calc.WindowOpen {
		left = w.Count(b.DaysLeft)
	}
	return row{cells: []cell{
		{text: w.T("%s, %s", w.Partner(b.Statement), b.Statement.Participant)}, {text: b.Statement.Program}, {text: period(w, b.Period)},
		{text: deadline}, {text: left}, {text: w.Money(b.CoOp), amount: b.CoOp}, {text: b.FundCurrency}, {text: w.Money(b.CoOpFund)}, {text: orNothing(w, b.Remaining)},
	}}
}

// proof shows that every row of every file has one fate, and that the amounts
// of those that count are the figures.
func (p *summary) proof() {
	w, totals := p.words, p.result.Totals
	fates := &table{columns: []column{
		{head: w.T("Rows"), share: 1, least: 120}, {head: w.T("Number"), right: true}, {head: w.T("Earnings, USD"), right: true},
	}}
	for f := calc.Counted; f <= calc.Skipped; f++ {
		fates.rows = append(fates.rows, row{cells: []cell{{text: w.Fate(f)}, {text: w.Count(totals.By[f])}, {text: w.Money(totals.USD[f])}}})
	}
	fates.rows = append(fates.rows, row{kind: totalRow, cells: []cell{{text: w.T("Rows read")}, {text: w.Count(totals.Rows)}, {}}})
	p.tableSection(toProof, w.T("Proof of completeness"), fates)
	p.gap(blockGap)
	p.paragraph(w.T("The counted earnings are the figures: rebate %s, co-op %s, other %s and transfers %s.",
		w.Amount(totals.Rebate, "USD"), w.Amount(totals.CoOp, "USD"), w.Amount(totals.Other, "USD"), w.Amount(totals.Transferred, "USD")), bodyType)
	for _, r := range p.result.Rules {
		p.paragraph(w.T("Rule applied: %s.", w.Rule(r)), noteType)
	}
	p.fileProof()
}

// fingerprintDigits are enough to tell files apart; statements and run.json have
// the whole fingerprint.
const fingerprintDigits = 12

// fileProof gives the same for every file.
func (p *summary) fileProof() {
	if len(p.result.Sources) == 0 {
		return
	}
	w := p.words
	t := &table{tail: signOffHeight, columns: []column{
		{head: w.T("File"), share: 1.2, least: 90},
		{head: w.T("Report"), share: 0.5, least: 48},
		{head: w.T("Rows"), right: true},
	}}
	for f := calc.Counted; f <= calc.Skipped; f++ {
		t.columns = append(t.columns, column{head: w.Fate(f), right: true})
	}
	t.columns = append(t.columns, column{head: w.T("Counted, USD"), right: true}, column{head: w.T("SHA-256 begins")})
	for _, s := range p.result.Sources {
		cells := []cell{{text: s.File}, {text: w.FileKind(s.Kind)}, {text: w.Count(s.Rows)}}
		for f := calc.Counted; f <= calc.Skipped; f++ {
			cells = append(cells, cell{text: w.Count(s.By[f])})
		}
		t.rows = append(t.rows, row{cells: append(cells, cell{text: w.Money(s.USD[calc.Counted])}, cell{text: s.SHA256[:min(len(s.SHA256), fingerprintDigits)], colour: &quiet})})
	}
	p.tableSection(toSources, w.T("Sources"), t)
}
