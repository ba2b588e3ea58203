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

// mostAtRisk is how many of the largest amounts the first page lists.
const mostAtRisk = 10

// mostForfeited is how many of the largest losses it lists.
const mostForfeited = 3

const (
	toStates   = "states"
	toCalendar = "calendar"
	toRisks    = "risks"
	toLost     = "forfeited"
	toAllLost  = "all-forfeited"
	toQuality  = "quality"
	toEntities = "entities"
	toFunds    = "funds"
	toProof    = "proof"
)

func layOutSummary(r *calc.Result, words *wording.Words, o Options) (*document, error) {
	d, err := newDocument(r.AsOf, words, o)
	if err != nil {
		return nil, err
	}
	p := &summary{document: d, result: r, balances: wording.ByUrgency(r.Balances())}
	d.title = words.T("Co-op and rebate portfolio")
	d.subject = words.T("All partners as of %s", words.Date(r.AsOf))
	d.running = words.T("Co-op and rebate portfolio")
	p.opening()
	p.halves(
		func() { p.states(); p.quality() },
		func() { p.calendar(); p.largestForfeited() },
	)
	p.risks()
	p.newPage()
	p.entities()
	p.newerThreshold()
	p.forfeited()
	p.funds()
	p.findings()
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
	p.putWrapped(w.Number(len(p.result.Statements), "1 statement", "%s statements")+", "+w.Number(len(p.balances), "1 fund", "%s funds")+", "+w.T("as of %s", w.Date(p.asOf)), noteType)
	p.y += blockGap
	next := p.open()
	if len(next) == 0 {
		p.call(w.T("Nothing has to be claimed now"), "", accent)
	} else {
		b := next[0]
		p.call(w.T("Claim from %s; the next deadline is %s", w.Number(len(next), "1 fund", "%s funds"), w.Weekday(b.ClaimDeadline)),
			w.T("%s left. What is not claimed by then is forfeited.", w.Days(b.DaysLeft)), accent)
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

func (p *summary) entries() []entry {
	w := p.words
	var list []entry
	if len(p.result.Entities) > 0 {
		list = append(list, entry{toEntities, w.T("Legal entities")})
	}
	if len(p.result.Otherwise) > 0 {
		list = append(list, entry{toNewer, w.T("Newer threshold")})
	}
	if len(p.balances) > 0 {
		list = append(list, entry{toFunds, w.T("All funds")})
	}
	if len(p.result.Findings) > 0 {
		list = append(list, entry{toFindings, w.T("Findings")})
	}
	return append(list, entry{toProof, w.T("Proof of completeness")}, entry{toSignOff, w.T("Sign-off")})
}

// open gives the funds from which something can still be claimed, the nearest
// deadline first.
func (p *summary) open() []*calc.Balance {
	return p.only(func(b *calc.Balance) bool { return b.AtRisk().IsPositive() })
}

func (p *summary) only(wanted func(*calc.Balance) bool) []*calc.Balance {
	var list []*calc.Balance
	for _, b := range p.balances {
		if wanted(b) {
			list = append(list, b)
		}
	}
	return list
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

// states counts the funds by what becomes of them.
func (p *summary) states() {
	w := p.words
	t := &table{columns: []column{{head: w.T("State"), share: 1, least: 120}, {head: w.T("Funds"), right: true}}}
	var states []string
	counts := map[string]int{}
	for _, b := range p.balances {
		state := w.Decision(b)
		if counts[state] == 0 {
			states = append(states, state)
		}
		counts[state]++
	}
	for _, state := range states {
		t.rows = append(t.rows, row{cells: []cell{{text: state}, {text: w.Count(counts[state])}}})
	}
	p.tableSection(toStates, w.T("Funds by state"), t)
}

// calendar lists the claim deadlines of the next twelve months.
func (p *summary) calendar() {
	w := p.words
	t := &table{columns: []column{
		{head: w.T("Last day to claim"), share: 1, least: 70},
		{head: w.T("Earned"), share: 1, least: 60},
		{head: w.T("Days left"), right: true},
		{head: w.T("Funds"), right: true},
	}}
	type deadline struct {
		day    calc.Date
		period calc.EarningPeriod
	}
	var days []deadline
	counts := map[deadline]int{}
	for _, b := range p.open() {
		d := deadline{b.ClaimDeadline, b.Period}
		if counts[d] == 0 {
			days = append(days, d)
		}
		counts[d]++
	}
	for _, d := range days {
		t.rows = append(t.rows, row{cells: []cell{
			{text: w.Weekday(d.day)}, {text: period(w, d.period)}, {text: w.Count(p.asOf.DaysUntil(d.day))}, {text: w.Count(counts[d])},
		}})
	}
	if len(t.rows) == 0 {
		return
	}
	p.tableSection(toCalendar, w.T("Deadlines"), t)
}

// risks lists the largest amounts that are lost unless they are claimed.
func (p *summary) risks() {
	w := p.words
	list := p.open()
	slices.SortStableFunc(list, func(a, b *calc.Balance) int { return b.USD(b.AtRisk()).Cmp(a.USD(a.AtRisk())) })
	t := &table{columns: []column{
		{head: w.T("Partner"), share: 1.2, least: 80},
		{head: w.T("Program"), share: 1, least: 80},
		{head: w.T("Earned")},
		{head: w.T("Last day to claim")},
		{head: w.T("At risk"), right: true},
		{head: w.T("Currency")},
		{head: w.T("In USD"), right: true},
	}}
	for _, b := range list[:min(mostAtRisk, len(list))] {
		t.rows = append(t.rows, row{cells: []cell{
			{text: w.Partner(b.Statement)}, {text: b.Statement.Program}, {text: w.Months(b.Period)}, {text: w.ShortDate(b.ClaimDeadline)},
			{text: w.Money(b.AtRisk())}, {text: b.FundCurrency}, {text: w.Money(b.USD(b.AtRisk()))},
		}})
	}
	if len(t.rows) == 0 {
		return
	}
	p.tableSection(toRisks, w.T("Largest amounts at risk"), t)
}

// lost gives the funds of which something was forfeited, the largest first.
func (p *summary) lost() []*calc.Balance {
	list := p.only(func(b *calc.Balance) bool { return b.Forfeited.Decimal.IsPositive() })
	slices.SortStableFunc(list, func(a, b *calc.Balance) int {
		return b.USD(b.Forfeited.Decimal).Cmp(a.USD(a.Forfeited.Decimal))
	})
	return list
}

// largestForfeited lists the worst losses on the first page.
func (p *summary) largestForfeited() {
	w, lost := p.words, p.lost()
	if len(lost) == 0 {
		return
	}
	t := &table{columns: []column{
		{head: w.T("Partner"), share: 1, least: 60}, {head: w.T("Earned")}, {head: w.T("Forfeited"), right: true}, {head: w.T("Currency")},
	}}
	for _, b := range lost[:min(mostForfeited, len(lost))] {
		t.rows = append(t.rows, row{cells: []cell{
			{text: w.Partner(b.Statement)}, {text: w.Months(b.Period)}, {text: w.Money(b.Forfeited.Decimal), colour: &alarm}, {text: b.FundCurrency},
		}})
	}
	title := w.T("Forfeited")
	if len(lost) > mostForfeited {
		title = w.T("Forfeited: the largest of %s", w.Count(len(lost)))
	}
	p.tableSection(toLost, title, t)
}

// forfeited lists all that was lost, when the first page has not.
func (p *summary) forfeited() {
	w, lost := p.words, p.lost()
	if len(lost) <= mostForfeited {
		return
	}
	t := &table{columns: []column{
		{head: w.T("Partner"), share: 1.4, least: 110},
		{head: w.T("Program"), share: 1, least: 80},
		{head: w.T("Earned"), share: 0.9, least: 72},
		{head: w.T("Expired on")},
		{head: w.T("Forfeited"), right: true},
		{head: w.T("Currency")},
	}}
	for _, b := range lost {
		t.rows = append(t.rows, row{cells: []cell{
			{text: w.Partner(b.Statement)}, {text: b.Statement.Program}, {text: period(w, b.Period)}, {text: w.ShortDate(b.FundsExpire)},
			{text: w.Money(b.Forfeited.Decimal), colour: &alarm}, {text: b.FundCurrency},
		}})
	}
	p.tableSection(toAllLost, w.T("All that was forfeited"), t)
}

// quality says in one paragraph how far the data can be trusted.
func (p *summary) quality() {
	w := p.words
	p.section(toQuality, w.T("Data quality"), 3*bodyType.line())
	t := p.result.Totals
	text := w.T("%s of %s read: %s counted, %s duplicates, %s superseded, %s repeated, %s skipped.",
		w.Number(t.Rows, "1 row", "%s rows"), w.Number(len(p.result.Sources), "1 file", "%s files"), w.Count(t.By[calc.Counted]), w.Count(t.By[calc.Duplicate]),
		w.Count(t.By[calc.Superseded]), w.Count(t.By[calc.Repeated]), w.Count(t.By[calc.Skipped]))
	text += " " + w.T("Found: %s, %s, %s.", w.Number(p.count(calc.Error), "1 error", "%s errors"),
		w.Number(p.count(calc.Warning), "1 warning", "%s warnings"), w.Number(p.count(calc.Info), "1 info", "%s infos"))
	p.paragraph(text, bodyType)
}

// newerThreshold names the funds that the newer threshold would decide
// otherwise.
func (p *summary) newerThreshold() {
	w := p.words
	if len(p.result.Otherwise) == 0 {
		return
	}
	t := &table{columns: []column{
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
			{text: w.Decision(b)}, {text: decisionName(w, o.Decision)},
		}})
	}
	newer := p.result.Otherwise[0].Rule
	p.tableSection(toNewer, w.T("What a threshold of %s would decide otherwise", w.Amount(newer.Threshold, "USD")), t)
	p.y += 4
	p.paragraph(w.T("%s. If it applies to you, enable the [[rules]] entry of FY22H2 in cspcoop.toml.", newer.Name), noteType)
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

// findings lists all of them, the worst first.
func (p *summary) findings() {
	if len(p.result.Findings) == 0 {
		return
	}
	t := findingTable(p.words, p.result.Findings, true)
	p.tableSection(toFindings, p.words.T("Findings"), t)
}
