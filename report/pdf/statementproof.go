package pdf

import (
	"strings"

	"cspcoop/calc"
)

// newerThreshold names the funds that the newer threshold would decide
// otherwise.
func (p *statement) newerThreshold() {
	w := p.words
	for i, o := range p.of.Otherwise {
		if i == 0 {
			p.section(toNewer, w.T("Newer threshold"), 60)
		} else {
			p.gap(blockGap)
		}
		p.call(w.T("A newer threshold would decide %s otherwise", w.Period(o.Balance.Period)), p.otherwise(o), amber)
	}
}

func (p *statement) otherwise(o calc.Otherwise) string {
	w := p.words
	text := w.T("%s of co-op: by the rule in force it is \u201c%s\u201d; with the newer threshold of %s (%s) it would be \u201c%s\u201d.",
		w.Amount(o.Balance.CoOp, "USD"), w.Decision(o.Balance), w.Amount(o.Rule.Threshold, "USD"), o.Rule.Name, w.State(calc.State{Decision: o.Decision}))
	return text + " " + w.T("If it applies to you, enable the [[rules]] entry of FY22H2 in cspcoop.toml.")
}

// method says how each figure came about.
func (p *statement) method() {
	w := p.words
	p.section(toMethod, w.T("How it was computed"), 4*bodyType.line())
	p.paragraph(w.T("Every earning counts once, in its latest version. Its earning date decides the month, the month the earning period. Amounts in USD are summed exactly and rounded once, to cents; so rounded months need not add up to the cent."), bodyType)
	for _, b := range p.of.Balances {
		p.gap(4)
		p.paragraph(p.reasoning(b), bodyType)
	}
	p.gap(blockGap)
	var printed []string
	for _, b := range p.of.Balances {
		text := w.T("Rule applied: %s.", w.Rule(b.Rule))
		if len(printed) == 0 || printed[len(printed)-1] != text {
			printed = append(printed, text)
		}
	}
	p.paragraph(strings.Join(printed, " "), noteType)
}

// reasoning derives a fund's decision and remainder from its figures.
func (p *statement) reasoning(b *calc.Balance) string {
	w := p.words
	threshold, coop := w.Amount(b.Rule.Threshold, "USD"), w.Amount(b.CoOp, "USD")
	var text string
	switch b.Decision {
	case calc.Accruing:
		text = w.T("%s: %s of co-op so far. The period runs until %s; it is decided then.", w.Period(b.Period), coop, w.Date(b.Period.End()))
	case calc.Negative:
		text = w.T("%s: co-op is %s, because clawbacks exceed earnings. It stands as owed.", w.Period(b.Period), coop)
	case calc.AutoPayout:
		text = w.T("%s: %s of co-op against a threshold of %s: paid automatically.", w.Period(b.Period), coop, threshold)
	case calc.ClaimRequired:
		text = w.T("%s: %s of co-op against a threshold of %s: it must be claimed, by %s.", w.Period(b.Period), coop, threshold, w.Weekday(b.ClaimDeadline))
	}
	if !b.Transferred.IsZero() {
		text += " " + w.T("Transfers of %s are in the fund and not in what was earned.", w.Amount(b.Transferred, b.FundCurrency))
	}
	if b.Decision != calc.ClaimRequired {
		return text
	}
	if b.Window == calc.WindowClosed {
		return text + " " + w.T("Fund %s, less %s claimed in time: %s forfeited.",
			w.Amount(b.CoOpFund, b.FundCurrency), w.Amount(b.Claimed.Decimal, b.FundCurrency), w.Amount(b.Forfeited.Decimal, b.FundCurrency))
	}
	return text + " " + w.T("Fund %s, less %s claimed: %s remain.",
		w.Amount(b.CoOpFund, b.FundCurrency), w.Amount(b.Claimed.Decimal, b.FundCurrency), w.Amount(b.Remaining.Decimal, b.FundCurrency))
}

// sources lists the files behind the figures.
func (p *statement) sources() {
	w := p.words
	t := &table{tail: signOffHeight, columns: []column{
		{head: w.T("File"), share: 1, least: 100},
		{head: w.T("Report"), share: 0.2, least: 44},
		{head: w.T("Rows in the file"), right: true},
		{head: w.T("Counted here"), right: true},
		{head: w.T("Fingerprint (SHA-256)")},
	}}
	for _, s := range p.of.Sources {
		t.rows = append(t.rows, row{cells: []cell{
			{text: s.File}, {text: w.FileKind(s.Kind)}, {text: w.Count(s.Rows)}, {text: w.Count(s.Counted)}, {text: s.SHA256, fine: true, colour: &quiet},
		}})
	}
	p.tableSection(toSources, w.T("Sources"), t)
}
