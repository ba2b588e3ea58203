package pdf

import (
	"io"
	"strings"

	"cspcoop/calc"
	"cspcoop/calc/lists"
	"cspcoop/report/table"
	"cspcoop/report/wording"
)

// Statement writes the statement of one participant and program. Its first page
// says who, as of when, what to do by when, and how much is at risk; the
// others prove it.
func Statement(w io.Writer, r *calc.Result, s *calc.Statement, words *wording.Words, o Options) error {
	return layOutStatement(r, s, words, o).write(w)
}

// statement lays out one statement.
type statement struct {
	*document
	tables *table.Tables
	result *calc.Result
	of     *calc.Statement
}

func layOutStatement(r *calc.Result, s *calc.Statement, words *wording.Words, o Options) *document {
	layOut := func(d *document) {
		(&statement{document: d, tables: table.New(words, r, s, table.Paper), result: r, of: s}).fill()
	}
	d := newDocument(r.AsOf, words, o)
	layOut(d)
	d = d.tightened(layOut)
	d.frame()
	return d
}

func (p *statement) fill() {
	d, r, s, words := p.document, p.result, p.of, p.words
	d.title = words.T("Co-op and rebate statement, %s, %s", words.Partner(s), s.Program)
	d.subject = words.T("Participant %s as of %s", s.Participant, words.Date(r.AsOf))
	d.running = words.T("Statement of co-op and rebate") + " · " + words.Partner(s) + " · " + s.Participant
	d.identity = words.T("%s · %s · set of %s", s.Participant, s.Program, words.Date(r.AsOf))
	p.opening()
	p.lives()
	p.tableSection(p.tables.Funds(), table.Every)
	p.months()
	p.tableSection(p.tables.Claims(), table.Every)
	p.season(p.tables, table.Every)
	p.nextFund()
	p.rollForward()
	p.tableSection(p.tables.Changes(), table.Every)
	p.tableSection(p.tables.Comparatives(), table.Every)
	p.tableSection(p.tables.Published(), table.Every)
	p.reconciliation()
	causes := p.tables.Causes()
	p.findings(causes, p.filling(causes, mostCauses, methodHeight))
	p.tableSection(p.tables.Acknowledged(), table.Every)
	p.method()
	p.signOff()
}

// recent returns the last year's months, and with the first of them its whole earning
// period.
func recent(calendar []calc.CalendarMonth) []calc.CalendarMonth {
	start := max(0, len(calendar)-12)
	for start > 0 && calendar[start-1].Month.Period() == calendar[start].Month.Period() {
		start--
	}
	return calendar[start:]
}

// opening is the top of the first page.
func (p *statement) opening() {
	w := p.words
	p.letterhead(w.Partner(p.of), w.T("Statement of co-op and rebate"))
	p.putWrapped(p.of.Program, bodyType.bold().sized(10))
	p.putWrapped(p.standing(), noteType)
	p.y += blockGap
	p.leading(lists.ForAccountant(p.of.Findings), false)
	lead := p.of.Lead()
	if lead == nil {
		p.call(w.T("Nothing to do: there are no earnings"), "", quiet)
		return
	}
	action := w.Action(lead)
	p.call(action.Headline, p.leadDetail(lead, action.Detail), p.colourOf(lead))
	for _, b := range p.of.Balances {
		if b != lead && b.AtRisk().IsPositive() {
			p.y += 5
			p.call(w.Action(b).Headline, w.T("Earned %s.", w.Period(b.Period)), p.colourOf(b))
		}
	}
	p.y += blockGap
	p.figures(p.keyFigures(lead))
	p.y += 8
}

// standing says what a statement is for: location, country, legal entity.
func (p *statement) standing() string {
	parts := []string{p.words.T("Participant %s", p.of.Participant)}
	for _, part := range []string{p.of.Country, p.of.Entity} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(append(parts, p.words.T("as of %s", p.words.Date(p.asOf))), " · ")
}

func (p *statement) leadDetail(b *calc.Balance, detail string) string {
	detail = strings.TrimSpace(detail + " " + p.words.T("Earned %s.", p.words.Period(b.Period)))
	if b.Provisional {
		detail += " " + p.words.T("Provisional: no export shows the period complete.")
	}
	return detail
}

func (p *statement) colourOf(b *calc.Balance) colour {
	switch {
	case b.Decision == calc.Negative, b.Window == calc.WindowClosed && b.Forfeited.Decimal.IsPositive():
		return alarm
	case b.Window == calc.WindowOpen && p.result.Policy.Claims.Due(b.DaysLeft) != calc.DueLater && b.AtRisk().IsPositive():
		return barClaimed
	}
	return accent
}

// keyFigures are the figures of the fund that the statement opens with.
func (p *statement) keyFigures(b *calc.Balance) []figure {
	w := p.words
	half := w.Period(b.Period)
	switch b.Decision {
	case calc.ClaimRequired:
		list := []figure{
			{w.T("Fund of %s, %s", half, b.FundCurrency), w.Money(b.CoOpFund), false},
			{w.T("Claims paid"), w.Money(b.Movement.ToDate.ClaimsPaid), false},
			{w.T("Approved, not yet paid"), w.Money(b.Movement.ApprovedUnpaid), false},
			{w.T("In review or sent back"), w.Money(b.Movement.InReview), false},
		}
		if b.Window == calc.WindowClosed {
			return append(list,
				figure{w.T("Forfeited"), w.Money(b.Forfeited.Decimal), false},
				figure{w.T("Funds expired on"), w.ShortDate(b.FundsExpire), false})
		}
		list = append(list, figure{w.T("Still to claim"), w.Money(b.AtRisk()), true})
		if p.asOf.After(b.Period.UsageEnd()) { // what was not spent by then can't be claimed any more
			return append(list, figure{w.T("Uncovered"), w.Money(b.Unplanned()), b.Unplanned().IsPositive()})
		}
		return append(list, figure{w.T("Of it planned by drafts"), w.Money(b.Planned.Decimal), false})
	case calc.Accruing:
		list := []figure{
			{w.T("Co-op, %s, USD", half), w.Money(b.CoOp), false},
			{w.T("Threshold, USD"), w.Money(b.Rule.Threshold), false},
			{w.T("To be claimable, USD"), w.Money(b.Projection.Distance), true},
			{w.T("Projected, USD"), w.Money(b.Projection.CoOp), false},
		}
		return append(list, figure{w.T("Period ends"), w.ShortDate(b.Period.End()), false})
	case calc.AutoPayout, calc.Negative:
	}
	return []figure{
		{w.T("Co-op of %s, USD", half), w.Money(b.CoOp), false},
		{w.T("Rebate, USD"), w.Money(b.Rebate), false},
		{w.T("Other, USD"), w.Money(b.Other), false},
		{w.T("Threshold, USD"), w.Money(b.Rule.Threshold), false},
		{w.T("Period ended"), w.ShortDate(b.Period.End()), false},
	}
}

// mostCauses is how many causes of findings a statement prints, the largest first;
// the workbook has all of them.
const mostCauses = 10

// The sections by name, for links.
const (
	toMonths     = "months"
	toMonthTable = "month-table"
	toNext       = "next"
	toReconciled = "reconciliation"
	toFindings   = "findings"
	toMethod     = "method"
	toSignOff    = "sign-off"
)

func (p *statement) accruing() *calc.Balance {
	for _, b := range p.of.Balances {
		if b.Decision == calc.Accruing {
			return b
		}
	}
	return nil
}

// lives draws the funds that are not over.
func (p *statement) lives() {
	p.timelines(lists.Only(p.of.Balances, func(b *calc.Balance) bool {
		return b.Window == calc.WindowUpcoming || b.Window == calc.WindowOpen || b.Decision == calc.Accruing
	}))
}

// besideMonths is how many lines of a table of months have room beside their
// chart on a first page.
const besideMonths = 16

// months draws the recent months beside the table of all months or, where these
// are many, above it.
func (p *statement) months() {
	t := p.tables.Months()
	if t.Rows == 0 {
		p.section(toMonths, t.Title, bodyType.line())
		p.paragraph(p.words.T("No earnings yet."), bodyType)
		return
	}
	drawn := recent(p.of.Calendar)
	if !p.monthsBeside(t, drawn) {
		p.charted(t, drawn, p.of.Balances)
	}
	p.tableSection(p.tables.Engagements(), table.Every)
}

// monthsBeside sets the table of months beside their chart, unless it is too large for
// that or a chart above it would fill this page.
func (p *statement) monthsBeside(t table.Table, drawn []calc.CalendarMonth) bool {
	const share = 0.62
	var l *layout
	p.beside(share, func() { l = p.layOut(t, table.Every) }, func() {})
	if len(l.rows) > besideMonths || len(l.heads) > 6 {
		return false
	}
	height := l.height()
	if !p.fits(sectionHead+height) && p.plotRoom() >= leastPlot {
		return false
	}
	p.section(toMonths, t.Title, height)
	p.beside(share, l.put, func() { p.chart(drawn, p.of.Balances, plotHeight) })
	return true
}

// rollForward shows what came into each fund and left it since the last set,
// and what its closing consists of.
func (p *statement) rollForward() {
	t := p.tables.RollForward()
	if t.Rows == 0 {
		return
	}
	p.notedSection(t, table.Every)
	if closing := p.tables.Closing(); closing.Rows > 0 {
		p.gap(blockGap)
		p.table(closing)
	}
}
