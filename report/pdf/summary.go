package pdf

import (
	"io"
	"strings"

	"cspcoop/calc"
	"cspcoop/calc/lists"
	"cspcoop/report/table"
	"cspcoop/report/wording"
)

// Summary writes the portfolio summary: one page for a finance director, then
// the largest amounts of every list, then the proof that every row is accounted
// for. The whole lists are in summary.xlsx, so that it has few pages however
// many partners there are.
func Summary(w io.Writer, r *calc.Result, words *wording.Words, o Options) error {
	return layOutSummary(r, words, o).write(w)
}

// summary lays out the portfolio.
type summary struct {
	*document
	tables *table.Tables
	result *calc.Result
	most   int // rows of a list
}

// How many pages the summary may have, how many rows of a list it prints, how many
// of the largest amounts its first page, and how many files its last.
const (
	mostPages   = 15
	mostRows    = 60
	leastRows   = 8
	mostAtRisk  = 10
	mostPlanned = 24 // of what becomes of the funds that are listed above it
	mostSources = 12 // at least; more where they fit on the page
)

// layOutSummary prints fewer rows of each list but the lead schedule until the pages
// suffice.
func layOutSummary(r *calc.Result, words *wording.Words, o Options) *document {
	tables := table.New(words, r, nil, table.Paper)
	for most := mostRows; ; most = most * 2 / 3 {
		layOut := func(d *document) { (&summary{document: d, tables: tables, result: r, most: most}).fill() }
		d := newDocument(r.AsOf, words, o)
		layOut(d)
		if len(d.pages) > mostPages && most > leastRows {
			continue
		}
		d = d.tightened(layOut)
		d.frame()
		return d
	}
}

func (p *summary) fill() {
	r, d, words := p.result, p.document, p.words
	d.title = words.T("Co-op and rebate portfolio")
	d.subject = words.T("All partners as of %s", words.Date(r.AsOf))
	d.running = words.T("Co-op and rebate portfolio")
	d.book = "summary.xlsx"
	d.identity = words.T("portfolio · set of %s", words.Date(r.AsOf))
	todo := p.tables.ToDo()
	sections := []table.Table{
		p.tables.Entities(), p.tables.EngagementTotals(), p.tables.Comparatives(), p.tables.Changes(), p.tables.Published(), p.tables.Lost(), p.tables.UnpaidBy(),
	}
	if funds := p.tables.Funds(); funds.Rows <= p.most {
		sections = append(sections, funds)
	}
	p.opening(append([]table.Table{todo, p.tables.Season(), p.tables.YearEnd()}, sections...))
	states := func() { p.tableSection(p.tables.States(), table.Every); p.quality() }
	if deadlines := p.tables.Deadlines(); deadlines.Rows > 0 {
		p.beside(0.56, states, func() { p.tableSection(deadlines, mostAtRisk) })
	} else {
		states()
	}
	if todo.Rows > mostAtRisk { // else they are all below
		p.tableSection(p.tables.AtRisk(mostAtRisk), table.Every)
	}
	p.monthly()
	p.tableSection(todo, p.most)
	p.season(p.tables, min(p.most, mostPlanned))
	for _, t := range sections {
		p.tableSection(t, p.most)
	}
	p.tableSection(p.tables.Bank(), p.most)
	p.journal()
	p.findings(p.tables.Causes(), p.most)
	p.tableSection(p.tables.Acknowledged(), p.most)
	p.lead()
	p.proof()
	p.signOff()
}

func (p *summary) opening(sections []table.Table) {
	w := p.words
	name := p.options.Issuer
	if name == "" {
		name = w.T("Portfolio")
	}
	p.letterhead(name, w.T("Co-op and rebate portfolio"))
	funds := p.result.Balances()
	p.putWrapped(w.Number(len(p.result.Statements), "%s statement", "%s statements")+", "+w.Number(len(funds), "%s fund", "%s funds")+", "+p.span()+w.T("as of %s", w.Date(p.asOf)), noteType)
	p.y += blockGap
	p.leading(p.result.Findings, true)
	switch d := p.result.NextDeadline(); {
	case d == nil:
		p.call(w.T("Nothing has to be claimed now"), "", accent)
	case d.ToClaim().IsZero():
		p.call(w.T("Resolve the hold on %s by %s, %s left", w.Amount(d.AtRisk, "USD"), w.Weekday(d.Day), w.Days(d.DaysLeft)),
			w.T("Payments that are held for too long are forfeited. %s is at risk in all.", w.Amount(p.result.AtRiskUSD(), "USD")), accent)
	case d.Held.IsPositive():
		p.call(w.T("Claim %s and resolve the hold on %s by %s, %s left", w.Amount(d.ToClaim(), "USD"), w.Amount(d.Held, "USD"), w.Weekday(d.Day), w.Days(d.DaysLeft)),
			w.T("What is not claimed by then is forfeited, and so are payments that are held for too long. %s is at risk in all.", w.Amount(p.result.AtRiskUSD(), "USD")), accent)
	default:
		p.call(w.T("Claim %s by %s, %s left", w.Amount(d.AtRisk, "USD"), w.Weekday(d.Day), w.Days(d.DaysLeft)),
			w.T("What is not claimed by then is forfeited. %s is at risk in all.", w.Amount(p.result.AtRiskUSD(), "USD")), accent)
	}
	p.y += blockGap
	earned := lists.Earned(funds)
	p.figures([]figure{
		{w.T("At risk (USD)"), w.Money(p.result.AtRiskUSD()), true},
		{w.T("Rebate (USD)"), w.Money(earned.Rebate), false},
		{w.T("Co-op (USD)"), w.Money(earned.CoOp), false},
		{w.T("Other (USD)"), w.Money(earned.Other), false},
		{w.T("Errors and warnings"), w.T("%s and %s", w.Count(p.count(calc.Error)), w.Count(p.count(calc.Warning))), false},
	})
	p.y += 5
	var entries []entry
	for _, t := range sections {
		if t.Rows > 0 {
			entries = append(entries, entry{t.Name, t.Title})
		}
	}
	entries = append(entries, entry{toFindings, w.T("Findings")})
	if len(p.result.RollForward) > 0 {
		entries = append(entries, entry{"lead", w.T("Lead schedule")})
	}
	p.contents(append(entries, entry{"proof", w.T("Proof of completeness")}, entry{toSignOff, w.T("Sign-off")}))
}

// span says from when to when there are earnings: the totals are of all of them.
func (p *summary) span() string {
	months := p.result.Calendar()
	if len(months) == 0 {
		return ""
	}
	return p.words.T("earned from %s to %s", p.words.Month(months[0].Month), p.words.Month(months[len(months)-1].Month)) + ", "
}

func (p *summary) count(s calc.Severity) int {
	n := 0
	for _, f := range p.result.Findings {
		if f.Severity() == s {
			n++
		}
	}
	return n
}

// quality says in one paragraph how far the data can be trusted.
func (p *summary) quality() {
	w := p.words
	p.section("quality", w.T("Data quality"), 3*bodyType.line())
	t := p.result.Totals
	text := w.T("%s of %s read, %s of them counted; the section “Sources, and what became of every row” says more.",
		w.Number(t.Rows, "%s row", "%s rows"), w.Number(len(p.result.Sources), "%s file", "%s files"), w.Count(t.By[calc.Counted]))
	text += " " + w.T("Found: %s, %s, %s.", w.Number(p.count(calc.Error), "%s error", "%s errors"),
		w.Number(p.count(calc.Warning), "%s warning", "%s warnings"), w.Number(p.count(calc.Info), "%s note", "%s notes"))
	p.paragraph(text, bodyType)
	if controls := w.Controls(p.result.TieOuts); controls != "" {
		p.gap(4)
		p.paragraph(controls, bodyType)
	}
	if last := p.result.Last; last != nil {
		flipped := lists.Only(p.result.Balances(), lists.Flipped)
		lost := lists.Only(p.result.Balances(), func(b *calc.Balance) bool { return b.Movement.Moved.Forfeited.IsPositive() })
		p.gap(4)
		p.paragraph(w.T("Since the statement of %s: %s, %s.", w.Date(last.AsOf), w.Number(len(flipped), "%s decision changed", "%s decisions changed"),
			w.Number(len(lost), "%s fund forfeited money", "%s funds forfeited money"))+" "+w.Sealed(last), bodyType)
	}
}

// monthly draws what all partners earned by month, beside its table. On the first
// page it takes the height that is left.
func (p *summary) monthly() {
	t := p.tables.Months()
	if t.Rows == 0 {
		return
	}
	p.charted(t, recent(p.result.Calendar()), nil)
}

// charted draws months in USD above their table, which has its own title where it is
// in other currencies too or on the next page.
func (d *document) charted(t table.Table, months []calc.CalendarMonth, balances []*calc.Balance) {
	tall, title := d.plot(), d.words.T("Earned by month, USD")
	d.section(toMonths, title, tall+underPlot)
	d.chart(months, balances, tall)
	l := d.layOut(t, table.Every)
	if t.Title == title && d.fits(blockGap+l.start(0)) {
		d.gap(blockGap)
	} else {
		d.section(toMonthTable, t.Title, l.start(sectionHead))
	}
	l.put()
}

// journal sums what journal.csv posts, and names the accounts and when co-op
// becomes income.
func (p *summary) journal() {
	w, policy := p.words, p.result.Policy.Journal
	if policy == nil {
		return
	}
	lead := w.Recognition(policy.Recognition)
	if since := p.result.JournalSince(); since.IsZero() {
		lead += " " + w.T("The journal opens the books: no earlier set has one.")
	} else {
		lead += " " + w.T("The journal books what moved since the set as of %s.", w.Date(since))
	}
	t := p.tables.JournalTotals()
	if t.Rows == 0 {
		p.section(t.Name, t.Title, 2*bodyType.line())
		p.paragraph(lead+" "+w.T("Nothing moved."), bodyType)
		return
	}
	p.tableSection(t, p.most)
	p.gap(4)
	p.paragraph(lead+" "+w.T("Entry by entry it is in journal.csv."), noteType)
}

// lead are the pages for an auditor: each amount of the funds from the last set to
// the books, to payments, to the bank and to totals from outside.
func (p *summary) lead() {
	t := p.tables
	funds := t.LeadFunds(mostRows)
	if funds.Rows == 0 {
		return
	}
	p.newPage()
	p.tableSection(funds, table.Every)
	p.tableSection(t.LeadTies(mostRows), table.Every)
	p.tableSection(t.LeadDifferences(p.most), table.Every)
	p.notedSection(t.LeadControls(p.most), table.Every)
	p.gap(blockGap)
	p.paragraph(strings.Join(t.LeadNotes(), " "), smallType)
}

// proof shows that every row of every file has one fate, and that the amounts
// of those that count are the figures.
func (p *summary) proof() {
	w, totals := p.words, p.result.Totals
	p.tableSection(p.tables.Fates(), table.Every)
	p.gap(blockGap)
	p.paragraph(w.T("The counted earnings are the figures: rebate %s, co-op %s, other %s and transfers %s.",
		w.Amount(totals.Rebate, "USD"), w.Amount(totals.CoOp, "USD"), w.Amount(totals.Other, "USD"), w.Amount(totals.Transferred, "USD")), bodyType)
	for _, r := range p.result.Rules {
		p.paragraph(w.T("Rule applied: %s.", w.Rule(r)), noteType)
	}
	sources := p.tables.Sources()
	p.tableSectionWith(sources, p.filling(sources, min(p.most, mostSources), signOffHeight), signOffHeight)
}

// season says what becomes of the open funds.
func (d *document) season(t *table.Tables, most int) {
	for _, plan := range []table.Table{t.Season(), t.YearEnd()} {
		d.notedSection(plan, most)
	}
}

// notedSection is the section of a table with its notes, which stay with its last
// row.
func (d *document) notedSection(t table.Table, most int) {
	if t.Rows == 0 {
		return
	}
	height := 0.0
	for _, note := range t.Notes {
		height += 4 + float64(len(wrap(note, noteType, d.column())))*noteType.line()
	}
	d.tableSectionWith(t, most, height)
	for _, note := range t.Notes {
		d.gap(4)
		d.paragraph(note, noteType)
	}
}

// findings lists what needs review, and what there is of notes.
func (d *document) findings(t table.Table, most int) {
	if t.Rows == 0 {
		d.section(toFindings, t.Title, bodyType.line())
		d.paragraph(t.Lead, bodyType)
		return
	}
	d.notedSection(t, most)
}
