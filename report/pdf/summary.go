package pdf

import (
	"io"
	"slices"

	"cspcoop/calc"
	"cspcoop/report/wording"
)

// Summary writes the portfolio summary: one page for a finance director, then
// every fund by urgency, then the proof that every row is accounted for.
//
// It fails when the logo is no picture, or when w does.
func Summary(w io.Writer, r *calc.Result, words *wording.Words, o Options) error {
	d, err := layOutSummary(r, words, o)
	if err != nil {
		return err
	}
	return d.write(w)
}

// summary lays out the portfolio.
type summary struct {
	*document
	result   *calc.Result
	balances []*calc.Balance // by urgency
}

const (
	toStates    = "states"
	toDeadlines = "deadlines"
	toCalendar  = "calendar"
	toRisks     = "risks"
	toLost      = "forfeited"
	toQuality   = "quality"
	toEntities  = "entities"
	toJournal   = "journal"
	toFunds     = "funds"
	toProof     = "proof"
)

func layOutSummary(r *calc.Result, words *wording.Words, o Options) (*document, error) {
	d, err := newDocument(r.AsOf, words, o)
	if err != nil {
		return nil, err
	}
	p := &summary{document: d, result: r, balances: calc.ByUrgency(r.Balances())}
	d.title = words.T("Co-op and rebate portfolio")
	d.subject = words.T("All partners as of %s", words.Date(r.AsOf))
	d.running = words.T("Co-op and rebate portfolio")
	p.opening()
	p.beside(0.6, p.states, func() { p.deadlines(); p.quality() })
	p.calendar()
	p.risks()
	p.monthly()
	p.entities()
	p.comparatives(p.result.Comparatives, p.result.Last)
	p.changes()
	p.newerThreshold()
	p.forfeited()
	p.funds()
	p.journal()
	p.findings(p.result.Findings, true)
	p.acknowledged(p.result.Closed)
	p.proof()
	p.signOff()
	d.frame()
	return d, nil
}

func (p *summary) opening() {
	w := p.words
	name := p.options.Issuer
	if name == "" {
		name = w.T("Portfolio")
	}
	p.letterhead(name, w.T("Co-op and rebate portfolio"))
	p.putWrapped(w.Number(len(p.result.Statements), "%s statement", "%s statements")+", "+w.Number(len(p.balances), "%s fund", "%s funds")+", "+p.span()+w.T("as of %s", w.Date(p.asOf)), noteType)
	p.y += blockGap
	if next := p.nextDeadline(); next == nil {
		p.call(w.T("Nothing has to be claimed now"), "", accent)
	} else {
		p.call(w.T("Claim %s by %s, %s left", w.Amount(next.AtRisk, "USD"), w.Weekday(next.Day), w.Days(next.DaysLeft)),
			w.T("What is not claimed by then is forfeited. %s are at risk in all open funds.", w.Amount(p.result.AtRiskUSD(), "USD")), accent)
	}
	p.y += blockGap
	t := p.result.Totals
	p.figures([]figure{
		{w.T("At risk, USD"), w.Money(p.result.AtRiskUSD()), true},
		{w.T("Rebate, USD"), w.Money(t.Rebate), false},
		{w.T("Co-op, USD"), w.Money(t.CoOp), false},
		{w.T("Other, USD"), w.Money(t.Other), false},
		{w.T("Errors and warnings"), w.T("%s and %s", w.Count(p.count(calc.Error)), w.Count(p.count(calc.Warning))), false},
	})
	p.y += 5
	p.contents(p.entries())
}

// span says from when to when there are earnings: the totals are of all of them.
func (p *summary) span() string {
	months := p.result.Calendar()
	if len(months) == 0 {
		return ""
	}
	return p.words.T("earned from %s to %s", p.words.Month(months[0].Month), p.words.Month(months[len(months)-1].Month)) + ", "
}

func (p *summary) entries() []entry {
	w := p.words
	var list []entry
	if len(p.result.Entities) > 0 {
		list = append(list, entry{toEntities, w.T("Legal entities")})
	}
	if slices.ContainsFunc(p.result.Comparatives, calc.Comparative.HasEarlier) {
		list = append(list, entry{toComparatives, w.T("Comparative figures")})
	}
	if len(p.flipped()) > 0 {
		list = append(list, entry{toChanges, w.T("Changed decisions")})
	}
	if len(p.result.Otherwise) > 0 {
		list = append(list, entry{toNewer, w.T("Newer threshold")})
	}
	if len(p.lost()) > 0 {
		list = append(list, entry{toLost, w.T("Forfeited")})
	}
	if len(p.balances) > 0 {
		list = append(list, entry{toFunds, w.T("All funds")})
	}
	if p.result.JournalPolicy != nil {
		list = append(list, entry{toJournal, w.T("Journal")})
	}
	return append(list, entry{toFindings, w.T("Findings")}, entry{toProof, w.T("Proof of completeness")}, entry{toSignOff, w.T("Sign-off")})
}

func (p *summary) count(s calc.Severity) int {
	n := 0
	for _, f := range p.result.Findings {
		if f.Severity == s {
			n++
		}
	}
	return n
}

// quality says in one paragraph how far the data can be trusted.
func (p *summary) quality() {
	w := p.words
	p.section(toQuality, w.T("Data quality"), 3*bodyType.line())
	t := p.result.Totals
	text := w.T("%s of %s read, %s of them counted; the last page says what became of each.",
		w.Number(t.Rows, "%s row", "%s rows"), w.Number(len(p.result.Sources), "%s file", "%s files"), w.Count(t.By[calc.Counted]))
	text += " " + w.T("Found: %s, %s, %s.", w.Number(p.count(calc.Error), "%s error", "%s errors"),
		w.Number(p.count(calc.Warning), "%s warning", "%s warnings"), w.Number(p.count(calc.Info), "%s info", "%s infos"))
	p.paragraph(text, bodyType)
	if last := p.result.Last; last != nil {
		p.gap(4)
		p.paragraph(w.T("Since the statement of %s: %s, %s.", w.Date(last.AsOf), w.Number(len(p.flipped()), "%s decision changed", "%s decisions changed"),
			w.Number(len(p.lostSince()), "%s fund forfeited money", "%s funds forfeited money")), bodyType)
	}
}

// entities gives the subtotals of the configured legal entities.
func (p *summary) entities() {
	if len(p.result.Entities) == 0 {
		return
	}
	w := p.words
	t := &table{columns: []column{
		{head: w.T("Legal entity"), share: 1, least: 120},
		{head: w.T("Statements"), right: true},
		{head: w.T("Rebate, USD"), right: true},
		{head: w.T("Co-op, USD"), right: true},
		{head: w.T("Other, USD"), right: true},
		{head: w.T("At risk, USD"), right: true},
	}}
	for _, e := range p.result.Entities {
		name := e.Name
		if name == "" {
			name = w.T("None configured")
		}
		t.rows = append(t.rows, row{cells: []cell{
			{text: name}, {text: w.Count(len(e.Statements))}, {text: w.Money(e.Rebate)}, {text: w.Money(e.CoOp)}, {text: w.Money(e.Other)}, {text: w.Money(e.AtRiskUSD)},
		}})
	}
	p.tableSection(toEntities, w.T("Legal entities"), t)
}
