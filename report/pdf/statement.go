package pdf

import (
	"io"
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/report/wording"
)

// Statement writes the statement of one participant and program. Its first page
// says who, as of when, what to do by when, and how much is at risk; the
// others prove it.
//
// It fails when the logo is no picture, or when w does.
func Statement(w io.Writer, r *calc.Result, s *calc.Statement, words *wording.Words, o Options) error {
	d, err := layOutStatement(r, s, words, o)
	if err != nil {
		return err
	}
	return d.write(w)
}

// statement lays out one statement.
type statement struct {
	*document
	result *calc.Result
	of     *calc.Statement
	months []calc.CalendarMonth // those shown
}

func layOutStatement(r *calc.Result, s *calc.Statement, words *wording.Words, o Options) (*document, error) {
	d, err := newDocument(r.AsOf, words, o)
	if err != nil {
		return nil, err
	}
	p := &statement{document: d, result: r, of: s, months: recent(s.Calendar, o.RecentMonths)}
	d.title = words.T("Co-op and rebate statement, %s, %s", words.Partner(s), s.Program)
	d.subject = words.T("Partner location %s as of %s", s.Participant, words.Date(r.AsOf))
	d.running = words.T("Statement of co-op and rebate") + " · " + words.Partner(s) + " · " + s.Participant
	p.opening()
	p.timelines()
	p.periods()
	p.earnings()
	p.rollForward()
	p.claims()
	p.nextFund()
	p.newerThreshold()
	p.changes()
	p.comparatives(s.Comparatives, r.Last)
	p.reconciliation()
	p.findings(p.of.Findings, false)
	p.acknowledged(s.Closed)
	p.method()
	p.sources()
	p.signOff()
	d.frame()
	return d, nil
}

// recent gives the last months, and with the first of them its whole earning
// period, so that what stands beside a period's total adds up to it.
func recent(calendar []calc.CalendarMonth, months int) []calc.CalendarMonth {
	if months <= 0 {
		months = 12
	}
	start := max(0, len(calendar)-months)
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
	p.y += 6
	p.contents(p.entries())
	p.y += 8
}

// standing says what a statement is for: location, country, legal entity.
func (p *statement) standing() string {
	parts := []string{p.words.T("Partner location %s", p.of.Participant)}
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
	case b.Window == calc.WindowOpen && b.DaysLeft <= b.Rule.GraceDays && b.AtRisk().IsPositive():
		return barClaimed
	}
	return accent
}

// keyFigures are the figures of the fund that the statement opens with.
func (p *statement) keyFigures(b *calc.Balance) []figure {
	w := p.words
	half := w.Fiscal(b.Period)
	switch b.Decision {
	case calc.ClaimRequired:
		list := []figure{
			{w.T("Fund of %s, %s", half, b.FundCurrency), w.Money(b.CoOpFund), false},
			{w.T("Claims paid"), w.Money(b.Movement.ToDate.ClaimsPaid), false},
			{w.T("Approved, not yet paid"), w.Money(b.Movement.ApprovedUnpaid), false},
			{w.T("In review"), w.Money(b.Movement.InReview), false},
		}
		if b.Window == calc.WindowClosed {
			return append(list,
				figure{w.T("Forfeited"), w.Money(b.Forfeited.Decimal), false},
				figure{w.T("Funds expired on"), w.ShortDate(b.FundsExpire), false})
		}
		return append(list,
			figure{w.T("Still to claim"), w.Money(b.AtRisk()), true},
			figure{w.T("Of it planned by drafts"), w.Money(b.Planned.Decimal), false})
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

// The sections by name, for links.
const (
	toMonths       = "months"
	toPeriods      = "periods"
	toRollForward  = "roll-forward"
	toClaims       = "claims"
	toNext         = "next"
	toNewer        = "newer"
	toChanges      = "changes"
	toComparatives = "comparatives"
	toReconciled   = "reconciliation"
	toFindings     = "findings"
	toAcknowledged = "acknowledged"
	toMethod       = "method"
	toSources      = "sources"
	toSignOff      = "sign-off"
)

func (p *statement) entries() []entry {
	w := p.words
	list := []entry{{toPeriods, w.T("Earning periods")}, {toMonths, w.T("Earned by month")}}
	if len(p.of.RollForward) > 0 {
		list = append(list, entry{toRollForward, w.T("Roll-forward")})
	}
	if len(p.of.Claims) > 0 {
		list = append(list, entry{toClaims, w.T("Recent claims")})
	}
	if p.accruing() != nil {
		list = append(list, entry{toNext, w.T("Threshold watch")})
	}
	if len(p.of.Otherwise) > 0 {
		list = append(list, entry{toNewer, w.T("Newer threshold")})
	}
	if slices.ContainsFunc(p.of.Balances, func(b *calc.Balance) bool { return b.Since != nil }) {
		list = append(list, entry{toChanges, w.T("Changes")})
	}
	if slices.ContainsFunc(p.of.Comparatives, calc.Comparative.HasEarlier) {
		list = append(list, entry{toComparatives, w.T("Comparative figures")})
	}
	return append(list,
		entry{toReconciled, w.T("Reconciliation")},
		entry{toFindings, w.T("Findings")},
		entry{toMethod, w.T("How it was computed")},
		entry{toSources, w.T("Sources")},
		entry{toSignOff, w.T("Sign-off")})
}

func (p *statement) accruing() *calc.Balance {
	for _, b := range p.of.Balances {
		if b.Decision == calc.Accruing {
			return b
		}
	}
	return nil
}

// timelines shows where each open fund stands.
func (p *statement) timelines() {
	w := p.words
	for _, b := range p.of.Balances {
		switch {
		case b.Window == calc.WindowOpen:
			p.gap(blockGap)
			p.timeline(b, w.T("%s: %s at risk", w.Period(b.Period), w.Amount(b.AtRisk(), b.FundCurrency)))
		case b.Decision == calc.Accruing:
			p.gap(blockGap)
			p.timeline(b, w.T("%s: %s of co-op so far", w.Period(b.Period), w.Amount(b.CoOp, "USD")))
		}
	}
}
