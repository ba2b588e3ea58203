package table

import (
	"cspcoop/calc"
	"cspcoop/calc/lists"

	"github.com/shopspring/decimal"
)

type fund = Column[*calc.Balance]

// Funds lists what every fund holds and what becomes of it: of a statement by
// half-year, of the portfolio by what has to be done.
func (t *Tables) Funds() Table {
	rows := t.balances()
	if t.statement == nil || t.in != Paper {
		rows = lists.Funds(rows)
	}
	name, title := "funds", t.T("All funds, the most urgent first")
	if t.statement != nil {
		name, title = "periods", t.T("Earning periods")
	}
	claimable := func(day func(*calc.Balance) calc.Date) func(*calc.Balance) Value {
		return func(b *calc.Balance) Value { return Date(day(b)).If(b.Decision == calc.ClaimRequired) }
	}
	projected := func(amount func(*calc.Projection) decimal.Decimal) func(*calc.Balance) Value {
		return Part(func(b *calc.Balance) *calc.Projection { return b.Projection }, func(p *calc.Projection) Value { return Money(amount(p)) })
	}
	whole, lastDay := Paper|Sheet|Page, Sheet|Page // a statement's first page draws the last days
	if t.statement == nil {                        // whose paper has no room for all
		whole, lastDay = Sheet, Paper|Sheet|Page
	}
	table := Of(t.in, rows, join(
		owned(t, ofFund, halves(t, func(b *calc.Balance) calc.EarningPeriod { return b.Period })...),
		[]fund{
			{Head: t.T("Decision"), Widest: 13, Cell: func(b *calc.Balance) Value { return Text(t.Standing(b)) }},
			{Head: t.T("Threshold (USD)"), In: Sheet, Cell: func(b *calc.Balance) Value { return Money(b.Rule.Threshold).In(Quiet) }},
			{Head: t.T("Last day to claim"), In: lastDay, Cell: claimable(func(b *calc.Balance) calc.Date { return b.ClaimDeadline })},
			{Head: t.T("Days left"), In: Sheet, Cell: t.daysLeft},
			{Head: t.T("Rebate (USD)"), In: whole, Total: true, Cell: func(b *calc.Balance) Value { return Money(b.Rebate) }},
			{Head: t.T("Co-op (USD)"), Total: true, Cell: func(b *calc.Balance) Value { return Money(b.CoOp) }},
			{Head: t.T("Other (USD)"), In: whole, Total: true, Cell: func(b *calc.Balance) Value { return NonZero(b.Other) }},
			{Head: t.T("Fund in"), Cell: func(b *calc.Balance) Value { return Text(b.FundCurrency) }},
			{Head: t.T("Co-op in the fund"), Cell: func(b *calc.Balance) Value { return Money(b.CoOpFund) }},
			{Head: t.T("Claimed"), In: whole, Cell: func(b *calc.Balance) Value { return MoneyIf(b.Claimed) }},
			{Head: t.T("Planned by drafts"), In: Sheet, Cell: func(b *calc.Balance) Value { return MoneyIf(b.Planned) }},
			{Head: t.T("Remaining"), Cell: func(b *calc.Balance) Value { return MoneyIf(b.Remaining) }},
			{Head: t.T("Forfeited"), In: whole, Cell: func(b *calc.Balance) Value { return MoneyIf(b.Forfeited).alarmIf(b.Forfeited.Decimal.IsPositive()) }},
			{Head: t.T("What to do"), In: Screen, Widest: 60, Cell: func(b *calc.Balance) Value { return Text(t.Action(b).Headline) }},
			{Head: t.T("At risk (USD)"), In: Screen, Total: true, Cell: func(b *calc.Balance) Value { return NonZero(b.USD(b.AtRisk())) }},
			{Head: t.T("Forfeited (USD)"), In: Screen, Total: true, Cell: func(b *calc.Balance) Value { return NonZero(b.USD(b.Forfeited.Decimal)) }},
			{Head: t.T("Projected, USD"), In: Screen, Cell: projected(func(p *calc.Projection) decimal.Decimal { return p.CoOp })},
			{Head: t.T("To be claimable, USD"), In: Screen, Cell: projected(func(p *calc.Projection) decimal.Decimal { return p.Distance })},
			{Head: t.T("Claims open"), In: Screen, Cell: claimable(func(b *calc.Balance) calc.Date { return b.ClaimsOpen })},
			{Head: t.T("Provisional"), In: Screen, Cell: func(b *calc.Balance) Value { return t.yes(b.Provisional) }},
			{Head: t.T("Transfers"), In: Screen, Cell: func(b *calc.Balance) Value { return NonZero(b.Transferred) }},
			{Head: t.T("Legal entity"), In: Screen, Cell: func(b *calc.Balance) Value { return Text(b.Statement.Entity) }},
		})...)
	table.Name, table.Title = name, title
	return table
}

// alarmIf marks what is wrong or lost.
func (v Value) alarmIf(bad bool) Value {
	if bad {
		return v.In(Alarming)
	}
	return v
}

// yes is empty for no.
func (t *Tables) yes(is bool) Value { return Text(t.T("yes")).If(is) }

func (t *Tables) daysLeft(b *calc.Balance) Value {
	return t.days(b.DaysLeft).If(b.Window == calc.WindowOpen)
}

// days marks what is due soon.
func (t *Tables) days(left int) Value {
	return Count(left).In([...]Tone{calc.DueLater: Usual, calc.DueSoon: Doubtful, calc.DueNow: Alarming}[t.result.Policy.Claims.Due(left)])
}

// States sums the funds by what becomes of them.
func (t *Tables) States() Table {
	type total = calc.StateTotal
	table := Of(t.in, t.result.States(),
		Column[total]{Head: t.T("State"), Cell: func(s total) Value { return Text(t.State(s.State)) }},
		Column[total]{Head: t.T("Funds"), Total: true, Cell: func(s total) Value { return Count(s.Funds) }},
		Column[total]{Head: t.T("Co-op (USD)"), Total: true, Cell: func(s total) Value { return Money(s.CoOp) }},
		Column[total]{Head: t.T("At risk (USD)"), Total: true, Cell: func(s total) Value { return NonZero(s.AtRisk).In(Strong) }},
		Column[total]{Head: t.T("Forfeited (USD)"), Total: true, Cell: func(s total) Value { return NonZero(s.Forfeited).In(Alarming) }},
	)
	table.Name, table.Sheet, table.Title = "states", t.T("States"), t.T("Funds by state")
	table.Notes = []string{t.T("Funds in other currencies are converted at the rate of their own earnings.")}
	return table
}

// Deadlines lists what is lost on which day unless it is claimed.
func (t *Tables) Deadlines() Table {
	type deadline = calc.Deadline
	table := Of(t.in, t.result.Deadlines(),
		Column[deadline]{Head: t.T("By"), Cell: func(d deadline) Value { return Date(d.Day) }},
		Column[deadline]{Head: t.T("Days left"), Cell: func(d deadline) Value { return t.days(d.DaysLeft) }},
		Column[deadline]{Head: t.T("Funds"), Total: true, Cell: func(d deadline) Value { return Known(len(d.Funds)) }},
		Column[deadline]{Head: t.T("Held payments"), In: Sheet, Total: true, Cell: func(d deadline) Value { return Known(len(d.Holds)) }},
		Column[deadline]{Head: t.T("At risk (USD)"), Total: true, Cell: func(d deadline) Value { return Money(d.AtRisk).In(Strong) }},
	)
	table.Name, table.Sheet, table.Title = "deadlines", t.T("Deadlines"), t.T("When money lapses")
	return table
}

// ToDo lists what has to be done by when.
func (t *Tables) ToDo() Table {
	type task = lists.Task
	ofBalance := func(cell func(*calc.Balance) Value) func(task) Value { // once, beside the fund itself
		return where(func(x task) bool { return x.Claim == nil && x.Balance != nil }, func(x task) Value { return cell(x.Balance) })
	}
	rows := lists.ToDo(t.result)
	table := Of(t.in, rows, join(
		[]Column[task]{
			{Head: t.T("By"), Cell: func(x task) Value { return Date(x.Day) }},
			{Head: t.T("Days left"), Cell: func(x task) Value { return t.days(x.DaysLeft) }},
			{Head: t.T("What to do"), Cell: func(x task) Value { return Text(t.Task(x).Headline) }},
		},
		owned(t, task.Owner, halves(t, task.Period)...),
		[]Column[task]{
			{Head: t.T("Spend by"), In: Sheet, Cell: ofBalance(func(b *calc.Balance) Value { return Date(b.Period.UsageEnd()) })},
			{Head: t.T("Claim"), Widest: 14, Cell: Part(func(x task) *calc.Claim { return x.Claim }, func(c *calc.Claim) Value { return Text(c.ID) })},
			{Head: t.T("Fund in"), In: Sheet, Cell: ofBalance(func(b *calc.Balance) Value { return Text(b.FundCurrency) })},
			{Head: t.T("At risk"), In: Sheet, Cell: ofBalance(func(b *calc.Balance) Value { return Money(b.AtRisk()) })},
			{Head: t.T("At risk (USD)"), Total: true, Cell: func(x task) Value { return Money(x.AtRisk).If(x.Claim == nil) }}, // a claim's money is its fund's
			{Head: t.T("Uncovered"), In: Sheet, Cell: ofBalance(func(b *calc.Balance) Value { return Money(b.Unplanned()) })},
		})...)
	table.Name, table.Sheet, table.Title = "todo", t.T("To do"), t.T("What to do by when")
	if len(rows) == 0 {
		table.Lead = t.T("Nothing has to be claimed.")
	}
	return table
}

// AtRisk lists the largest amounts that are lost unless they are claimed.
func (t *Tables) AtRisk(most int) Table {
	table := Of(t.in, t.result.Largest(most), t.amounts(
		fund{Head: t.T("Last day to claim"), Cell: func(b *calc.Balance) Value { return Date(b.ClaimDeadline) }},
		fund{Head: t.T("At risk"), Cell: func(b *calc.Balance) Value { return Money(b.AtRisk()) }},
		func(b *calc.Balance) decimal.Decimal { return b.USD(b.AtRisk()) })...)
	table.Name, table.Title = "risks", t.T("Largest amounts at risk")
	return table
}

// Lost lists what was forfeited, the largest loss first.
func (t *Tables) Lost() Table {
	table := Of(t.in, lists.Lost(t.result), t.amounts(
		fund{Head: t.T("Expired on"), Cell: func(b *calc.Balance) Value { return Date(b.FundsExpire) }},
		fund{Head: t.T("Forfeited"), Cell: func(b *calc.Balance) Value { return Money(b.Forfeited.Decimal).In(Alarming) }},
		func(b *calc.Balance) decimal.Decimal { return b.USD(b.Forfeited.Decimal) })...)
	table.Name, table.Sheet, table.Title = "forfeited", t.T("Forfeited"), t.T("Forfeited")
	return table
}

// amounts are the columns of a list of funds with an amount, a day, and the
// amount in USD.
func (t *Tables) amounts(day, amount fund, usd func(*calc.Balance) decimal.Decimal) []fund {
	return join(owned(t, ofFund, halves(t, func(b *calc.Balance) calc.EarningPeriod { return b.Period })...), []fund{
		day, amount,
		{Head: t.T("Currency"), Cell: func(b *calc.Balance) Value { return Text(b.FundCurrency) }},
		{Head: t.T("In USD"), Total: true, Cell: func(b *calc.Balance) Value { return Money(usd(b)) }},
	})
}

// Changes lists the funds that moved since the last set, on the portfolio's paper only
// those that it decided differently.
func (t *Tables) Changes() Table {
	since := func(cell func(*calc.Since) Value) func(*calc.Balance) Value {
		return func(b *calc.Balance) Value { return cell(b.Since) }
	}
	rows, moved := t.balances(), lists.Moved // of a statement as its other tables have them
	if t.statement == nil {
		rows = lists.Funds(rows)
		if t.in == Paper {
			moved = lists.Flipped
		}
	}
	rows = lists.Only(rows, moved)
	coopThen, coopNow, then, now := t.T("Co-op then (USD)"), t.T("Co-op now (USD)"), t.T("Decision then"), t.T("Decision now")
	if t.sinceSeal() {
		coopThen, coopNow, then, now = t.T("Co-op as sealed (USD)"), t.T("Co-op as known now (USD)"), t.T("Decision as sealed"), t.T("Decision as known now")
	}
	table := Of(t.in, rows, join(
		owned(t, ofFund, halves(t, func(b *calc.Balance) calc.EarningPeriod { return b.Period })...),
		[]fund{
			{Head: coopThen, Total: true, Cell: since(func(s *calc.Since) Value { return Money(s.CoOp) })},
			{Head: t.T("Co-op moved (USD)"), Total: true, Cell: since(func(s *calc.Since) Value { return Money(s.CoOpMoved) })},
			{Head: coopNow, Total: true, Cell: func(b *calc.Balance) Value { return Money(b.CoOp) }},
			{Head: t.T("Rebate moved (USD)"), Total: true, Cell: since(func(s *calc.Since) Value { return Money(s.RebateMoved) })},
			{Head: then, Widest: 16, Cell: since(func(s *calc.Since) Value { return Text(t.State(s.State)) })},
			{Head: now, Widest: 16, Cell: func(b *calc.Balance) Value { return Text(t.Decision(b)).alarmIf(b.Since.DecisionChanged) }},
			{Head: t.T("What is new"), Widest: 16, Cell: since(func(s *calc.Since) Value {
				switch {
				case s.DecisionChanged:
					return Text(t.T("Decision changed")).In(Alarming)
				case s.RuleChanged:
					return Text(t.T("Rule changed"))
				}
				return Value{}
			})},
		})...)
	table.Name, table.Sheet = "changes", t.T("Changes")
	if len(rows) > 0 {
		table.Title = t.T("What changed since the statement of %s", t.Words.Date(rows[0].Since.AsOf))
	}
	return table
}

// Published lists the funds that the published rules would decide differently.
func (t *Tables) Published() Table {
	type other = calc.Otherwise
	rows := t.result.Otherwise
	if t.statement != nil {
		rows = t.statement.Otherwise
	}
	table := Of(t.in, rows, join(
		owned(t, func(o other) (string, string) { return ofFund(o.Balance) }, halves(t, func(o other) calc.EarningPeriod { return o.Balance.Period })...),
		[]Column[other]{
			{Head: t.T("Co-op (USD)"), Total: true, Cell: func(o other) Value { return Money(o.CoOp) }},
			{Head: t.T("Threshold (USD)"), Cell: func(o other) Value { return Money(o.Rule.Threshold) }},
			{Head: t.T("Decision in force"), Cell: func(o other) Value { return Text(t.Decision(o.Balance)) }},
			{Head: t.T("By the published rules"), Cell: func(o other) Value { return Text(t.State(calc.State{Decision: o.Decision})) }},
		})...)
	table.Name, table.Sheet, table.Title = "published", t.T("Published rules"), t.T("What the published rules would decide differently")
	if t.statement == nil { // whose reader is the operator
		table.Notes = []string{t.EnablePublished()}
	}
	return table
}

// Entities has the subtotals of the configured legal entities.
func (t *Tables) Entities() Table {
	type entity = calc.Entity
	table := Of(t.in, t.result.Entities,
		Column[entity]{Head: t.T("Legal entity"), Cell: func(e entity) Value {
			if e.Name == "" {
				return Text(t.T("None configured"))
			}
			return Text(e.Name)
		}},
		Column[entity]{Head: t.T("Statements"), Total: true, Cell: func(e entity) Value { return Count(len(e.Statements)) }},
		Column[entity]{Head: t.T("Rebate (USD)"), Total: true, Cell: func(e entity) Value { return Money(e.Rebate) }},
		Column[entity]{Head: t.T("Co-op (USD)"), Total: true, Cell: func(e entity) Value { return Money(e.CoOp) }},
		Column[entity]{Head: t.T("Other (USD)"), Total: true, Cell: func(e entity) Value { return NonZero(e.Other) }},
		Column[entity]{Head: t.T("At risk (USD)"), Total: true, Cell: func(e entity) Value { return Money(e.AtRiskUSD) }},
	)
	table.Name, table.Sheet, table.Title = "entities", t.T("Legal entities"), t.T("Legal entities")
	return table
}
