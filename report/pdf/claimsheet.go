package pdf

import (
	"io"
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/calc/lists"
	"cspcoop/report/table"
	"cspcoop/report/wording"

	"github.com/shopspring/decimal"
)

// ClaimSheet writes the sheet of one claim: its details, its fund, its invoices
// and what the activity still needs.
func ClaimSheet(w io.Writer, r *calc.Result, c *calc.Claim, words *wording.Words, o Options) error {
	return layOutClaim(r, c, words, o).write(w)
}

// claimSheet lays out one claim.
type claimSheet struct {
	*document
	tables  *table.Tables
	claim   *calc.Claim
	partner string
}

func layOutClaim(r *calc.Result, c *calc.Claim, words *wording.Words, o Options) *document {
	d := newDocument(r.AsOf, words, o)
	p := &claimSheet{document: d, tables: table.New(words, r, nil, table.Paper), claim: c}
	p.partner = p.tables.PartnerOf(c.Participant)
	d.title = words.ClaimTitle(c)
	d.subject = words.T("Claim sheet as of %s", words.Date(r.AsOf))
	d.running = words.T("Claim sheet") + " · " + c.ID + " · " + p.partner
	d.identity = words.T("%s · %s · set of %s", c.ID, c.Participant, words.Date(r.AsOf))
	p.opening()
	p.details()
	p.fund()
	p.invoices()
	p.checklist()
	p.findings()
	d.frame()
	return d
}

func (p *claimSheet) opening() {
	w, c := p.words, p.claim
	p.letterhead(w.ClaimTitle(c), w.T("Claim"))
	p.putWrapped(p.partner+" · "+c.ProgramName, noteType)
	p.y += blockGap
	p.call(p.headline(), p.advice(), p.colour())
}

func (p *claimSheet) headline() string {
	w, c := p.words, p.claim
	state, amount := w.ClaimState(c), w.Amount(c.Worth(), c.Currency)
	switch {
	case c.State == calc.ClaimEditing && len(c.Missing) == 0:
		return w.T("%s: ready to submit by %s", amount, w.Weekday(c.Deadline))
	case c.State == calc.ClaimEditing:
		return w.T("%s: not ready to submit", amount)
	}
	return w.T("%s: %s", amount, state)
}

// advice is what to do, or what to wait for.
func (p *claimSheet) advice() string {
	w, c := p.words, p.claim
	if step := w.NextStep(c); step != "" {
		return w.T("%s.", step)
	}
	if c.State == calc.ClaimPaid {
		return w.T("Nothing is left to do. Keep the proof of execution for 24 months from the activity.")
	}
	return w.T("It takes nothing from the fund.")
}

func (p *claimSheet) colour() colour {
	switch p.claim.State {
	case calc.ClaimRejected, calc.ClaimExpired:
		return alarm
	case calc.ClaimActionRequired:
		return barClaimed
	case calc.ClaimEditing:
		if len(p.claim.Missing) > 0 {
			return barClaimed
		}
	case calc.ClaimInReview, calc.ClaimApproved, calc.ClaimPaid, calc.ClaimDisputed:
	}
	return accent
}

func (p *claimSheet) details() {
	w, c := p.words, p.claim
	day := func(d calc.Date) string { return table.Date(d).Shown(w) }
	p.section("details", w.T("Claim details"), 3*bodyType.line())
	what := [][2]string{
		{w.T("Program"), c.ProgramName},
		{w.T("Participant"), c.Participant},
		{w.T("Usage period"), w.Period(c.Usage)},
		{w.T("Category"), c.Category},
		{w.T("Activity"), c.Activity},
		{w.T("Activity dates"), w.ActivityDates(c)},
		{w.T("Claimed"), w.Amount(c.Amount, c.Currency)},
	}
	course := [][2]string{
		{w.T("Status"), w.ClaimState(c)},
		{w.T("Submitted"), day(c.Submitted)},
		{w.T("Resubmitted"), day(c.Resubmitted)},
		{w.T("Approved"), amountOrNothing(w, c.Approved, c.Currency)},
		{w.T("Approved on"), day(c.ApprovedOn)},
		{w.T("Paid"), amountOrNothing(w, c.PaidAmount, c.PaidCurrency)},
		{w.T("Paid on"), day(c.PaidOn)},
		{w.T("Payment"), c.PaymentID},
		{w.T("Last activity"), day(c.LastActivity)},
		{w.T("Register"), w.Where(c.Place)},
	}
	notes := [][2]string{{w.T("Metrics"), c.Metrics}, {w.T("Comments"), c.Comments}}
	name := namesWidth(82, slices.Concat(what, course, notes))
	p.beside(0.5, func() { p.pairs(what, name) }, func() { p.pairs(course, name) })
	p.pairs(notes, name)
}

func amountOrNothing(w *wording.Words, d decimal.NullDecimal, currency string) string {
	if !d.Valid {
		return ""
	}
	return w.Amount(d.Decimal, currency)
}

// fund shows what the claim takes from its fund, and until when.
func (p *claimSheet) fund() {
	w, c := p.words, p.claim
	b := c.Balance
	p.section("fund", w.T("Co-op fund"), 60)
	if b == nil {
		p.paragraph(w.T("There is no co-op of %s to claim from.", w.Period(c.Earned)), bodyType)
		return
	}
	share := figure{w.T("Of it by this claim, %s", b.FundCurrency), w.Money(c.Taken), false}
	if c.State == calc.ClaimEditing {
		share = figure{w.T("Planned by this draft, %s", b.FundCurrency), w.Money(c.Planned), false}
	}
	list := []figure{
		{w.T("In the fund of %s, %s", w.Period(b.Period), b.FundCurrency), w.Money(b.CoOpFund), false},
		{w.T("Claimed, %s", b.FundCurrency), w.Money(b.Claimed.Decimal), false},
		share,
	}
	if b.Forfeited.Decimal.IsPositive() {
		list = append(list, figure{w.T("Forfeited, %s", b.FundCurrency), w.Money(b.Forfeited.Decimal), false})
	}
	p.figures(append(list, figure{w.T("Remaining, %s", b.FundCurrency), w.Money(b.Remaining.Decimal), b.AtRisk().IsPositive()}))
	p.y += 6
	p.paragraph(p.expiry(b), bodyType)
	p.paragraph(p.byState(b), bodyType)
	if c.Rate.Valid && c.Currency != b.FundCurrency {
		p.paragraph(w.T("Taken at the configured rate of %s %s for 1 %s.", w.Exact(c.Rate.Decimal), b.FundCurrency, c.Currency), noteType)
	}
}

// byState says how much of the fund claims of each state take or plan, and names
// those that take nothing.
func (p *claimSheet) byState(b *calc.Balance) string {
	w := p.words
	var parts []string
	for state, sum := range b.ByState {
		if !sum.Fund.IsZero() {
			parts = append(parts, w.T("%s %s", w.T(calc.ClaimStatus(state).String()), w.Amount(sum.Fund, b.FundCurrency)))
		}
	}
	for _, c := range b.Claims {
		if c.Over() {
			parts = append(parts, w.T("%s %s (takes nothing)", w.T(c.State.String()), w.Amount(c.Amount, c.Currency)))
		}
	}
	if len(parts) == 0 {
		return w.T("No claim takes or plans anything of it.")
	}
	return w.T("Claims of this fund by state: %s.", strings.Join(parts, ", "))
}

func (p *claimSheet) expiry(b *calc.Balance) string {
	w := p.words
	switch {
	case b.Window == calc.WindowUpcoming:
		return w.T("Earned %s. Claims open on %s; claim by %s.", w.Period(b.Period), w.Weekday(b.ClaimsOpen), w.Weekday(b.ClaimDeadline))
	case b.Window == calc.WindowOpen:
		return w.T("Earned %s. Funds expire on %s; claim by %s, %s left.",
			w.Period(b.Period), w.Weekday(b.FundsExpire), w.Weekday(b.ClaimDeadline), w.Days(b.DaysLeft))
	case b.Window == calc.WindowClosed:
		return w.T("Earned %s. Funds expired on %s.", w.Period(b.Period), w.Weekday(b.FundsExpire))
	case b.Decision == calc.Accruing:
		return w.T("Earned %s. The fund still accrues: nothing can be claimed yet.", w.Period(b.Period))
	}
	return w.T("Earned %s. The fund is paid automatically: nothing can be claimed.", w.Period(b.Period))
}

func (p *claimSheet) invoices() {
	t := p.tables.Invoices(p.claim)
	if t.Rows == 0 {
		p.section(t.Name, t.Title, bodyType.line())
		p.paragraph(p.words.T("The register names no invoice and no certification service report."), bodyType.in(alarm))
	}
	p.tableSection(t, table.Every)
}

// checklist compares what the activity needs with what the register names.
func (p *claimSheet) checklist() {
	t := p.tables.Needs(p.claim)
	if t.Rows == 0 {
		p.section(t.Name, t.Title, bodyType.line())
		p.paragraph(p.words.T("The table of activities does not know this one: look up in Partner Center what it needs."), bodyType)
	}
	p.tableSection(t, table.Every)
}

// findings lists what is odd about the claim.
func (p *claimSheet) findings() {
	found := lists.ForAccountant(p.claim.Findings)
	if len(found) == 0 {
		return
	}
	w := p.words
	var list [][2]string
	for _, f := range found {
		list = append(list, [2]string{w.Severity(f.Severity()), w.Message(f)})
	}
	p.section(toFindings, w.T("Findings"), 2*bodyType.line())
	p.pairs(list, 46)
}
