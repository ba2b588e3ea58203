package table

import (
	"cspcoop/calc"
	"cspcoop/calc/lists"
	"cspcoop/report/wording"

	"github.com/shopspring/decimal"
)

// Season lists what claims and drafts cover of the open funds, who answers for it
// and what is missing, and what nothing covers yet. On paper each fund is named
// once, above its lines, and the portfolio begins with the largest.
func (t *Tables) Season() Table {
	type line = lists.Commitment
	ofClaim := func(cell func(*calc.Claim) Value) func(line) Value {
		return Part(func(l line) *calc.Claim { return l.Claim }, cell)
	}
	amount := func(claimed bool) func(line) Value {
		return func(l line) Value {
			return Money(l.Amount).alarmIf(l.Amount.IsNegative()).If((l.Claim != nil) == claimed)
		}
	}
	fund := join(
		owned(t, func(l line) (string, string) { return ofFund(l.Balance) }, halves(t, func(l line) calc.EarningPeriod { return l.Balance.Period })...),
		[]Column[line]{{Head: t.T("Fund in"), Cell: func(l line) Value { return Text(l.Balance.FundCurrency) }}})
	days := Sheet
	if t.in == Paper {
		fund = []Column[line]{{Head: t.T("Fund in"), Group: true, Cell: func(l line) Value { return Text(t.openFund(l.Balance)) }}}
	}
	table := Of(t.in, lists.Season(t.openFunds()), join(fund, []Column[line]{
		{Head: t.T("Claim"), Widest: 14, Cell: func(l line) Value {
			if l.Claim == nil && t.in == Paper {
				return Text(t.T("Uncovered")).In(Quiet)
			}
			return ofClaim(func(c *calc.Claim) Value { return Text(c.ID) })(l)
		}},
		{Head: t.T("Activity"), Widest: 18, Cell: ofClaim(func(c *calc.Claim) Value { return Text(c.Activity) })},
		{Head: t.T("Owner"), Widest: 18, Cell: ofClaim(func(c *calc.Claim) Value { return Text(c.Owner) })},
		{Head: t.T("Status"), Widest: 14, Cell: ofClaim(func(c *calc.Claim) Value { return Text(t.ClaimState(c)) })},
		{Head: t.T("Missing"), Widest: 32, Cell: ofClaim(func(c *calc.Claim) Value { return Text(t.Terms(c.Missing, "; ")) })},
		{Head: t.T("Committed"), Cell: amount(true)},
		{Head: t.T("Uncovered"), Cell: amount(false)},
		{Head: t.T("In USD"), Total: true, Cell: func(l line) Value { return Money(l.Balance.USD(l.Amount)) }},
		{Head: t.T("Spend by"), In: days, Cell: func(l line) Value { return Date(l.Balance.Period.UsageEnd()) }},
		{Head: t.T("Last day to claim"), In: days, Cell: func(l line) Value { return Date(l.Balance.ClaimDeadline) }},
		{Head: t.T("Funds expire"), In: days, Cell: func(l line) Value { return Date(l.Balance.FundsExpire) }},
	})...)
	table.Dense = true
	table.Name, table.Sheet, table.Title = "season", t.T("Season plan"), t.T("Season plan")
	table.Notes = []string{t.T("Committed and uncovered amounts add up to the co-op of each fund.")}
	return table
}

// openFunds lists the funds that can be claimed: on the portfolio's paper, which
// has no room for all, the largest amounts at risk first, else by urgency.
func (t *Tables) openFunds() []*calc.Balance {
	return t.byRisk(lists.Open(t.balances()))
}

// byRisk puts the largest amounts first where the others may be left out.
func (t *Tables) byRisk(funds []*calc.Balance) []*calc.Balance {
	if t.statement == nil && t.in == Paper {
		calc.LargestFirst(funds, (*calc.Balance).AtRisk)
	}
	return funds
}

// openFund names a fund with its days.
func (t *Tables) openFund(b *calc.Balance) string {
	spend := t.T("spend by %s", t.ShortDate(b.Period.UsageEnd()))
	if t.result.AsOf.After(b.Period.UsageEnd()) {
		spend = t.T("spent by %s", t.ShortDate(b.Period.UsageEnd()))
	}
	text := t.T("%s: %s, %s, claim by %s", t.Period(b.Period), t.Amount(b.CoOpFund, b.FundCurrency), spend, t.ShortDate(b.ClaimDeadline))
	if t.statement != nil {
		return text
	}
	id, program := ofFund(b)
	return t.T("%s, %s", t.PartnerOf(id), wording.Visible(program)) + " · " + text
}

// YearEnd sorts the funds by what supports them.
func (t *Tables) YearEnd() Table {
	type support = lists.Support
	money := func(of func(support) decimal.Decimal) func(support) Value {
		return func(s support) Value { return Money(of(s)) }
	}
	table := Of(t.in, lists.YearEnd(t.byRisk(lists.Carried(t.balances()))), join(
		owned(t, func(s support) (string, string) { return ofFund(s.Balance) }, halves(t, func(s support) calc.EarningPeriod { return s.Balance.Period })...),
		[]Column[support]{
			{Head: t.T("Fund in"), Cell: func(s support) Value { return Text(s.Balance.FundCurrency) }},
			{Head: t.T("Approved"), Cell: money(func(s support) decimal.Decimal { return s.Approved })},
			{Head: t.T("In review or sent back"), Cell: money(func(s support) decimal.Decimal { return s.InReview })},
			{Head: t.T("Supported by documents"), Cell: money(func(s support) decimal.Decimal { return s.Documented })},
			{Head: t.T("Unsupported"), Cell: money(func(s support) decimal.Decimal { return s.Unsupported })},
			{Head: t.T("Not yet usable"), Cell: money(func(s support) decimal.Decimal { return s.NotYetUsable })},
			{Head: t.T("Base of an allowance"), Cell: money(func(s support) decimal.Decimal { return s.AllowanceBase })},
			{Head: t.T("Base of an allowance (USD)"), Total: true, Cell: func(s support) Value { return Money(s.Balance.USD(s.AllowanceBase)) }},
		})...)
	table.Dense = true
	table.Name, table.Sheet, table.Title = "yearend", t.T("Year end"), t.T("Funds by what supports them")
	table.Notes = []string{t.T("An allowance would be taken on all but what is approved. Its rate is the accountant's; what was paid is left out.")}
	return table
}
