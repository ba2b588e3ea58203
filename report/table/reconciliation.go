package table

import (
	"strings"

	"cspcoop/calc"
	"cspcoop/calc/lists"

	"github.com/shopspring/decimal"
)

type split struct {
	*calc.Statement
	*calc.SplitCheck
}

// Splits lists reported co-op beside its share, on paper and over all partners
// only where they differ.
func (t *Tables) Splits() Table {
	var rows []split
	for _, s := range t.statements() {
		list := s.Splits.All()
		for i := range list {
			if x := &list[i]; x.Differs() || t.statement != nil && t.in != Paper {
				rows = append(rows, split{s, x})
			}
		}
	}
	figure := func(head string, of func(split) decimal.Decimal) Column[split] {
		return Column[split]{Head: head, Cell: func(x split) Value { return Exact(of(x)) }}
	}
	table := Of(t.in, rows, owned(t, func(x split) (string, string) { return ownerOf(x.Statement) },
		Column[split]{Head: t.T("Month"), Cell: func(x split) Value { return Month(x.Month) }},
		Column[split]{Head: t.T("Engagement"), Widest: 28, Cell: func(x split) Value { return Text(x.Engagement) }},
		Column[split]{Head: t.T("Lever"), Widest: 28, Cell: func(x split) Value {
			if x.Lever == "" {
				return Text(t.T("Rows without a lever"))
			}
			return Text(x.Lever)
		}},
		Column[split]{Head: t.T("Currency"), Cell: func(x split) Value { return Text(x.Currency) }},
		figure(t.T("Rebate"), func(x split) decimal.Decimal { return x.Rebate() }),
		figure(t.T("Co-op"), func(x split) decimal.Decimal { return x.CoOp() }),
		figure(t.T("Co-op by the rule"), func(x split) decimal.Decimal { return x.Expected() }),
		Column[split]{Head: t.T("Difference"), Cell: func(x split) Value {
			if x.Differs() {
				return Exact(x.Difference()).In(Doubtful)
			}
			return Exact(x.Difference())
		}},
		figure(t.T("Explained by rounding"), func(x split) decimal.Decimal { return x.Tolerance() }).only(Sheet),
		Column[split]{Head: t.T("Result"), In: Sheet, Cell: func(x split) Value {
			if x.Differs() {
				return Text(t.T("Differs")).In(Doubtful)
			}
			return Text(t.T("Agrees"))
		}},
	)...)
	table.Name, table.Sheet, table.Title = "split", t.T("Split"), t.T("Reported co-op against its share")
	return table
}

// Restated totals by half-year what exports and bookings changed.
func (t *Tables) Restated() Table {
	type change = lists.PeriodChange
	total := func(head string, of func(change) decimal.Decimal) Column[change] {
		return Column[change]{Head: head, Total: true, Cell: func(x change) Value { return NonZero(of(x)) }}
	}
	table := Of(t.in, lists.Restated(t.statements()), join(
		owned(t, func(x change) (string, string) { return ownerOf(x.Statement) }, halves(t, func(x change) calc.EarningPeriod { return x.Period })...),
		[]Column[change]{
			{Head: t.T("Restated earnings"), Name: "Restated_Earnings", Total: true, Cell: func(x change) Value { return Known(x.Restated) }},
			total(t.T("Rebate restated (USD)"), func(x change) decimal.Decimal { return x.RestatedUSD[calc.Rebate] }),
			total(t.T("Co-op restated (USD)"), func(x change) decimal.Decimal { return x.RestatedUSD[calc.CoOp] }),
			total(t.T("Gross restated (USD)"), func(x change) decimal.Decimal { return x.RestatedUSD[calc.Gross] }),
			total(t.T("Other restated (USD)"), func(x change) decimal.Decimal { return x.RestatedUSD[calc.Other] }),
			total(t.T("Adjusted after its end (USD)"), func(x change) decimal.Decimal { return x.AdjustedUSD }),
			total(t.T("Transferred after its end (USD)"), func(x change) decimal.Decimal { return x.MovedUSD }),
			total(t.T("Missing from newer exports (USD)"), func(x change) decimal.Decimal { return x.VanishedUSD }),
			{Head: t.T("Changes of payment status"), In: Sheet, Total: true, Cell: func(x change) Value { return Known(x.Statuses) }},
			{Head: t.T("Restated (USD)"), In: Screen, Name: "Restated_USD", Cell: func(x change) Value { return Money(x.SumUSD()) }},
		}, leadLine(t, "Restated_Line", func(x change) int { return t.lead().FundLine(x.Participant, x.Program, x.Period) }))...)
	table.Name, table.Sheet, table.Title = "restated", t.T("Restated"), t.T("What exports changed, by period")
	table.Notes = []string{t.T("Earnings that are missing from newer exports still count.")}
	return table
}

// Changed lists the earnings that exports changed.
func (t *Tables) Changed() Table {
	type change = lists.EarningChange
	now := func(x change) calc.Earning { return x.Counted }
	before := func(x change) calc.Earning { return x.Before }
	version := func(head string, in Where, of func(change) calc.Earning, cell func(calc.Earning) Value) Column[change] {
		return Column[change]{Head: head, In: in, Widest: 26, Cell: where(func(x change) bool { return !of(x).IsZero() }, func(x change) Value { return cell(of(x)) })}
	}
	elsewhere := func(head string, of, other func(change) calc.Earning, what func(calc.Earning) string) Column[change] {
		return Column[change]{Head: head, In: Screen, Cell: func(x change) Value {
			if of(x).IsZero() || other(x).IsZero() || what(of(x)) == what(other(x)) {
				return Value{}
			}
			return Text(what(of(x)))
		}}
	}
	id := version(t.T("Earning id"), 0, now, func(e calc.Earning) Value { return Text(e.ID()) })
	id.Key = true
	month := func(e calc.Earning) Value { return Month(e.Date().Month()) }
	currency := func(e calc.Earning) string { return e.Currency() }
	participant := func(e calc.Earning) string { return e.Participant() }
	program := func(e calc.Earning) string { return e.Program() }
	table := Of(t.in, lists.Changed(t.statements()), join(
		owned(t, func(x change) (string, string) { return ownerOf(x.Statement) },
			Column[change]{Head: t.T("What"), Widest: 18, Cell: func(x change) Value {
				if t.in == Paper { // the text above says when
					return Text([...]string{t.T("Restated"), t.T("Missing"), t.T("Adjustment"), t.T("Transfer")}[x.Kind])
				}
				return Text([...]string{t.T("Restated"), t.T("Missing from a newer export"), t.T("Adjustment after the period's end"), t.T("Transfer after the period's end")}[x.Kind])
			}},
			id,
			version(t.T("Class"), 0, now, func(e calc.Earning) Value { return Text(t.Class(e)) }),
			version(t.T("Month before"), Sheet, before, month),
			version(t.T("Amount before"), Sheet, before, func(e calc.Earning) Value { return Figure(e.Amount()) }),
			version(t.T("USD before"), 0, before, func(e calc.Earning) Value { return Figure(e.USD()) }),
			version(t.T("Month now"), 0, now, month),
			version(t.T("Amount now"), Sheet, now, func(e calc.Earning) Value { return Figure(e.Amount()) }),
			version(t.T("What the reason means"), Sheet, now, t.reason),
			version(t.T("Currency"), Sheet, now, func(e calc.Earning) Value { return Text(e.Currency()) }),
			version(t.T("USD now"), 0, now, func(e calc.Earning) Value { return Figure(e.USD()) }),
			Column[change]{Head: t.T("Difference (USD)"), Total: true, Cell: where(func(x change) bool { return !x.Before.IsZero() }, func(x change) Value {
				return Exact(calc.MovedUSD(x.Before, x.Counted))
			})},
			version(t.T("Now in"), 0, now, func(e calc.Earning) Value { return Text(t.Where(e.Place())).In(Quiet) }),
			version(t.T("Before in"), Sheet, before, func(e calc.Earning) Value { return Text(t.Where(e.Place())) }),
			Column[change]{Head: t.T("Missing from"), In: Sheet, Widest: 26, Cell: Part(func(x change) *calc.Source { return x.Lacking }, func(s *calc.Source) Value { return Text(s.File) })}),
		[]Column[change]{
			elsewhere(t.T("Currency before"), before, now, currency),
			elsewhere(t.T("Participant before"), before, now, participant),
			elsewhere(t.T("Program before"), before, now, program),
			elsewhere(t.T("Participant now"), now, before, participant),
			elsewhere(t.T("Program now"), now, before, program),
		})...)
	table.Name, table.Sheet, table.Title = "changed", t.T("Changed earnings"), t.T("What exports changed, by earning")
	table.Notes = []string{t.T("The version that is listed as “now” counts.")}
	return table
}

// Payouts lists whether co-op that is paid automatically arrived.
func (t *Tables) Payouts() Table {
	type payout = *calc.Payout
	var rows []payout
	for _, s := range t.statements() {
		for i := range s.Payouts {
			rows = append(rows, &s.Payouts[i])
		}
	}
	figure := func(head string, of func(payout) decimal.Decimal) Column[payout] {
		return Column[payout]{Head: head, Cell: func(x payout) Value { return Exact(of(x)) }}
	}
	table := Of(t.in, rows, join(
		owned(t, func(x payout) (string, string) { return x.Fund.Participant, x.Fund.Program }, halves(t, func(x payout) calc.EarningPeriod { return x.Fund.Period })...),
		[]Column[payout]{
			{Head: t.T("Payout"), Cell: func(x payout) Value { return Text(t.Payout(x.State)).alarmIf(x.State == calc.PayoutMissing) }},
			{Head: t.T("Due by"), Cell: func(x payout) Value { return Date(x.Due) }},
			{Head: t.T("Arrived on"), Cell: func(x payout) Value { return Date(x.Arrived) }},
			{Head: t.T("Fund in"), Cell: func(x payout) Value { return Text(x.Fund.FundCurrency) }},
			figure(t.T("Earned"), func(x payout) decimal.Decimal { return x.Earned }),
			{Head: t.T("Claimed"), Spare: true, Cell: func(x payout) Value { return Exact(x.Claimed) }},
			figure(t.T("Paid"), func(x payout) decimal.Decimal { return x.Paid }),
			figure(t.T("Rolled over"), func(x payout) decimal.Decimal { return x.RolledOver }),
			figure(t.T("Open"), func(x payout) decimal.Decimal { return x.Open }),
		})...)
	table.Name, table.Sheet, table.Title = "payouts", t.T("Payouts"), t.T("Co-op that is paid automatically")
	return table
}

// Unpaid lists what is unpaid by age; the paper of a statement has the ages side
// by side.
func (t *Tables) Unpaid() Table {
	rows := lists.Unpaid(t.statements())
	if t.statement != nil && t.in == Paper && len(rows) > 0 {
		return t.ages(rows)
	}
	table := Of(t.in, rows, owned(t, func(x lists.Age) (string, string) { return ownerOf(x.Statement) },
		Column[lists.Age]{Head: t.T("Days since the end of the month"), Cell: func(x lists.Age) Value { return Text(t.age(x)) }},
		Column[lists.Age]{Head: t.T("Unpaid (USD)"), Total: true, Cell: func(x lists.Age) Value { return Exact(x.USD) }},
	)...)
	table.Name, table.Sheet, table.Title = "unpaid", t.T("Unpaid"), t.T("What is not paid yet, by age")
	return table
}

func (t *Tables) age(x lists.Age) string {
	if x.To == 0 {
		return t.T("over %d", x.From-1)
	}
	return t.T("%d to %d", x.From, x.To)
}

// ages sets what is unpaid by age in one line.
func (t *Tables) ages(list []lists.Age) Table {
	var sum decimal.Decimal
	columns := []Column[[]lists.Age]{{Head: t.T("Days since the end of the month"), Cell: func([]lists.Age) Value { return Text(t.T("Unpaid (USD)")) }}}
	for i, x := range list {
		sum = sum.Add(x.USD)
		columns = append(columns, Column[[]lists.Age]{Head: strings.ReplaceAll(t.age(x), " ", "\u00a0"), Cell: func(list []lists.Age) Value { return Exact(list[i].USD) }})
	}
	columns = append(columns, Column[[]lists.Age]{Head: t.T("Total"), Cell: func([]lists.Age) Value { return Exact(sum).In(Strong) }})
	return Of(t.in, [][]lists.Age{list}, columns...)
}
