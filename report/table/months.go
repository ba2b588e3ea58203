package table

import (
	"slices"

	"cspcoop/calc"
	"cspcoop/calc/lists"

	"github.com/shopspring/decimal"
)

// Months lists all months in USD. With the rounding between them they add up to
// the figures of the earning periods.
func (t *Tables) Months() Table {
	type month = lists.Month
	var calendar []calc.CalendarMonth
	if t.statement != nil {
		calendar = t.statement.Calendar
	} else {
		calendar = t.result.Calendar()
	}
	column := func(head, name string, total bool, cell func(month) Value) Column[month] {
		return Column[month]{Head: head, Name: name, Total: total, Cell: cell}
	}
	other := column(t.T("Other"), "Months_Other", true, func(m month) Value { return Money(m.Other) })
	other.Spare = true
	sum := column(t.T("Total"), "Months_Total", true, func(m month) Value { return Money(m.Total()) })
	sum.Formula = "{Months_Rebate}+{Months_CoOp}+{Months_Other}"
	rows := lists.Months(calendar, t.balances())
	if t.in != Paper { // what no chart draws comes last
		slices.SortStableFunc(rows, func(a, b month) int {
			switch {
			case a.Rounding == b.Rounding:
				return 0
			case a.Rounding:
				return 1
			}
			return -1
		})
	}
	usd := func(head, inUSD string) string { return head }
	foreign, own := t.foreignMonths()
	if len(own) > 0 {
		usd = func(_, inUSD string) string { return inUSD }
	}
	table := Of(t.in, rows, join(
		[]Column[month]{{Head: t.T("Earning period"), Group: true, Widest: 12, Cell: func(m month) Value { return t.half(m.Month.Period()) }},
			{Head: t.T("Label"), In: Sheet, Cell: func(m month) Value { return Text(m.Month.Period().String()) }},
			column(t.T("Month"), "Months_Month", false, func(m month) Value {
				if m.Rounding {
					return Text(t.T("Rounding"))
				}
				return Month(m.Month)
			}),
		},
		own,
		[]Column[month]{
			column(usd(t.T("Rebate"), t.T("Rebate (USD)")), "Months_Rebate", true, func(m month) Value { return Money(m.Rebate) }),
			column(usd(t.T("Co-op"), t.T("Co-op (USD)")), "Months_CoOp", true, func(m month) Value { return Money(m.CoOp) }),
			other,
			sum,
			column(t.T("Co-op of the period to date"), "", false, func(m month) Value { return Money(m.CoOpToDate).In(Quiet) }),
			{Head: t.T("Claimed"), Name: "Months_Claimed", In: Sheet, Cell: func(m month) Value { return NonZero(m.Claimed) }},
		})...)
	table.Name, table.Sheet, table.Title, table.Sums, table.Chart = "months", t.T("Months"), t.T("Earned by month, USD"), true, len(calendar)
	if foreign != "" {
		table.Title = t.T("Earned by month, in %s and USD", foreign)
	}
	return table
}

// foreignMonths returns, for the paper of a statement whose earnings are all in one
// currency other than USD, that currency and the columns in it: so no month is
// printed twice.
func (t *Tables) foreignMonths() (currency string, columns []Column[lists.Month]) {
	if t.statement == nil || t.in != Paper || len(t.statement.Months) == 0 {
		return "", nil
	}
	lines := map[calc.Month]*calc.MonthLine{}
	currency = t.statement.Months[0].Currency
	for i := range t.statement.Months {
		line := &t.statement.Months[i]
		if line.Currency != currency || currency == "USD" {
			return "", nil
		}
		lines[line.Month] = line
	}
	column := func(head string, of func(*calc.MonthLine) decimal.Decimal) Column[lists.Month] {
		return Column[lists.Month]{Head: head, Cell: func(m lists.Month) Value {
			if line := lines[m.Month]; line != nil && !m.Rounding {
				return Money(of(line))
			}
			return Value{}
		}}
	}
	return currency, []Column[lists.Month]{
		column(t.T("Rebate (%s)", currency), func(l *calc.MonthLine) decimal.Decimal { return l.Rebate }),
		column(t.T("Co-op (%s)", currency), func(l *calc.MonthLine) decimal.Decimal { return l.CoOp }),
	}
}

// monthLine is a month of one statement in one currency.
type monthLine struct {
	*calc.Statement
	calc.MonthLine
}

// Currencies lists the months of statements by currency, and of one statement
// only where any is not USD.
func (t *Tables) Currencies() Table {
	var rows []monthLine
	foreign := t.statement == nil
	for _, s := range t.statements() {
		for _, line := range s.Months {
			rows = append(rows, monthLine{s, line})
			foreign = foreign || line.Currency != "USD"
		}
	}
	if _, shown := t.foreignMonths(); !foreign || len(shown) > 0 {
		rows = nil
	}
	table := Of(t.in, rows, join(
		owned(t, func(m monthLine) (string, string) { return ownerOf(m.Statement) },
			Column[monthLine]{Head: t.T("Month"), Cell: func(m monthLine) Value { return Month(m.Month) }},
			Column[monthLine]{Head: t.T("Label"), In: Sheet, Cell: func(m monthLine) Value { return Text(m.Month.Period().String()) }}),
		[]Column[monthLine]{
			{Head: t.T("Currency"), Cell: func(m monthLine) Value { return Text(m.Currency) }},
			{Head: t.T("Rebate"), Cell: func(m monthLine) Value { return Money(m.Rebate) }},
			{Head: t.T("Co-op"), Cell: func(m monthLine) Value { return Money(m.CoOp) }},
			{Head: t.T("Other"), Cell: func(m monthLine) Value { return NonZero(m.Other) }},
			{Head: t.T("Rebate (USD)"), Total: true, Cell: func(m monthLine) Value { return Money(m.RebateUSD) }},
			{Head: t.T("Co-op (USD)"), Total: true, Cell: func(m monthLine) Value { return Money(m.CoOpUSD) }},
			{Head: t.T("Other (USD)"), Total: true, Cell: func(m monthLine) Value { return NonZero(m.OtherUSD) }},
		})...)
	table.Name, table.Sheet, table.Title = "currencies", t.T("Months by currency"), t.T("Earned by month, in the currency of the earnings")
	if t.statement == nil {
		table.Sheet, table.Title = t.T("Months by partner"), t.T("Earned by partner and month")
	}
	table.Notes = []string{t.T("Months are rounded one by one; they need not add up to the rounded period.")}
	return table
}

// Comparatives sets half-years beside the last set and the same half of the year
// before: only what both sides have.
func (t *Tables) Comparatives() Table {
	type line = lists.Comparison
	all := t.result.Comparatives
	if t.statement != nil {
		all = t.statement.Comparatives
	}
	past := func(of func(line) *lists.Past, cell func(*lists.Past) Value) func(line) Value {
		return func(x line) Value {
			if p := of(x); p != nil {
				return cell(p)
			}
			return Value{}
		}
	}
	then := func(p *lists.Past) Value { return Money(p.Then).In(Quiet) }
	change := func(p *lists.Past) Value { return Money(p.Change) }
	last := func(x line) *lists.Past { return x.Last }
	before := func(x line) *lists.Past { return x.YearBefore }
	now, lastSet := t.T("Now"), t.T("Last set")
	if last := t.result.Last; last != nil && last.Sealed {
		now, lastSet = t.T("As known now"), t.T("As sealed for %s", t.ShortDate(last.AsOf))
	} else if last != nil {
		lastSet = t.T("As of %s", t.ShortDate(last.AsOf))
	}
	table := Of(t.in, lists.Comparisons(all),
		Column[line]{Head: t.T("Earning period"), Group: true, Widest: 18, Cell: func(x line) Value { return t.compared(x) }},
		Column[line]{Head: t.T("Label"), In: Sheet, Cell: func(x line) Value { return Text(x.Comparative.Period.String()) }},
		Column[line]{Head: t.T("Earned, USD"), Cell: func(x line) Value {
			return Text([...]string{t.T("Rebate"), t.T("Co-op"), t.T("Other")}[x.Share])
		}},
		Column[line]{Head: now, Total: true, Cell: func(x line) Value { return Money(x.Now) }},
		Column[line]{Head: lastSet, Total: true, Cell: past(last, then)},
		Column[line]{Head: t.T("Moved since"), Total: true, Cell: past(last, change)},
		Column[line]{Head: t.T("Year before"), Total: true, Cell: past(before, then)},
		Column[line]{Head: t.T("Change"), Total: true, Cell: past(before, change)},
		Column[line]{Head: t.T("Change, %%"), Cell: past(before, func(p *lists.Past) Value {
			if !p.Then.IsPositive() {
				return Value{}
			}
			return Percent(p.Change.Shift(2).DivRound(p.Then, 1))
		})},
	)
	table.Name, table.Sheet, table.Title, table.Sums = "comparatives", t.T("Comparatives"), t.T("Comparative figures"), true
	return table
}

// compared names a half-year and, where the months that both years have are not
// all of it, these months.
func (t *Tables) compared(x lists.Comparison) Value {
	if !x.Part {
		return t.half(x.Comparative.Period)
	}
	a := x.Comparative.YearBefore
	return Text(t.T("%s: %s to %s beside %s to %s", t.Fiscal(x.Comparative.Period), t.ShortMonth(a.From), t.ShortMonth(a.Until),
		t.ShortMonth(a.From.Add(-12)), t.ShortMonth(a.Until.Add(-12))))
}
