package table

import (
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/calc/lists"
)

// monthRow is a row of the table of months. On the paper of a statement whose
// earnings are not all in USD a month has a row for each currency.
type monthRow struct {
	lists.Month
	line *calc.MonthLine // in the currency; nil where currencies are together
	last bool            // of its month
}

// Months lists all months in USD, and on the paper of a statement in the currency of
// its earnings too: so no month is printed twice. With the rounding between them they
// add up to the figures of the earning periods.
func (t *Tables) Months() Table {
	column := func(head, name string, total bool, cell func(monthRow) Value) Column[monthRow] {
		return Column[monthRow]{Head: head, Name: name, Total: total, Cell: cell}
	}
	rows, currencies := t.monthRows()
	if t.in != Paper { // what no chart draws comes last
		slices.SortStableFunc(rows, func(a, b monthRow) int {
			switch {
			case a.Rounding == b.Rounding:
				return 0
			case a.Rounding:
				return 1
			}
			return -1
		})
	}
	title, rebate, coop, all, toDate := t.T("Earned by month, USD"), t.T("Rebate"), t.T("Co-op"), t.T("Total"), t.T("Co-op of the period to date")
	var own []Column[monthRow]
	if len(currencies) > 0 {
		own = t.inCurrencies(currencies)
		title, rebate, coop = t.T("Earned by month, in %s and USD", strings.Join(currencies, ", ")), t.T("Rebate (USD)"), t.T("Co-op (USD)")
		all, toDate = t.T("Total (USD)"), t.T("Co-op of the period to date (USD)")
	}
	sum := column(all, "Months_Total", true, func(m monthRow) Value { return Money(m.Total()) })
	sum.Formula = "{Months_Rebate}+{Months_CoOp}+{Months_Other}"
	table := Of(t.in, rows, join(
		[]Column[monthRow]{{Head: t.T("Earning period"), Group: true, Widest: 12, Cell: func(m monthRow) Value { return t.half(m.Month.Month.Period()) }},
			{Head: t.T("Label"), In: Sheet, Cell: func(m monthRow) Value { return Text(m.Month.Month.Period().String()) }},
			column(t.T("Month"), "Months_Month", false, func(m monthRow) Value {
				if m.Rounding {
					return Text(t.T("Rounding"))
				}
				return Month(m.Month.Month)
			}),
		},
		own,
		[]Column[monthRow]{
			column(rebate, "Months_Rebate", true, func(m monthRow) Value { return Money(m.Rebate) }),
			column(coop, "Months_CoOp", true, func(m monthRow) Value { return Money(m.CoOp) }),
			column(t.T("Other"), "Months_Other", true, func(m monthRow) Value { return Money(m.Other) }).spared(),
			sum,
			column(toDate, "", false, func(m monthRow) Value { return Money(m.CoOpToDate).In(Quiet).If(m.last) }),
			{Head: t.T("Claimed"), Name: "Months_Claimed", In: Sheet, Cell: func(m monthRow) Value { return NonZero(m.Claimed) }},
		})...)
	table.Name, table.Sheet, table.Title, table.Sums, table.Chart = "months", t.T("Months"), title, true, len(t.calendar())
	return table
}

func (t *Tables) calendar() []calc.CalendarMonth {
	if t.statement != nil {
		return t.statement.Calendar
	}
	return t.result.Calendar()
}

// monthRows returns the rows of the table of months, and the currencies other than
// USD that they are in.
func (t *Tables) monthRows() (rows []monthRow, currencies []string) {
	calendar := t.calendar()
	lines := make([]*calc.MonthLine, len(calendar))
	if t.statement != nil && t.in == Paper {
		for _, m := range t.statement.Months {
			if m.Currency != "USD" && !slices.Contains(currencies, m.Currency) {
				currencies = append(currencies, m.Currency)
			}
		}
		slices.Sort(currencies)
		if len(currencies) > 0 {
			calendar, lines = byCurrency(calendar, t.statement.Months)
		}
	}
	next := 0
	for _, m := range lists.Months(calendar, t.balances()) {
		row := monthRow{Month: m, last: true}
		if !m.Rounding {
			row.line = lines[next]
			next++
			row.last = next == len(calendar) || calendar[next].Month != m.Month
		}
		rows = append(rows, row)
	}
	if len(currencies) == 1 {
		rows = t.rounded(rows, currencies[0])
	}
	return rows, currencies
}

// rounded adds to each half-year the rounding between its months in a currency and
// the figures that its fund has in it.
func (t *Tables) rounded(months []monthRow, currency string) (rows []monthRow) {
	for i, m := range months {
		rows = append(rows, m)
		period := m.Month.Month.Period()
		if i+1 < len(months) && months[i+1].Month.Month.Period() == period {
			continue
		}
		for _, b := range t.statement.Balances {
			off := lists.Rounding(b, currency)
			if b.Period != period || off.Plain(calc.Rebate).IsZero() && off.Plain(calc.CoOp).IsZero() {
				continue
			}
			if !m.Rounding {
				to := calc.CalendarMonth{Month: m.Month.Month, CoOpToDate: m.CoOpToDate}
				rows = append(rows, monthRow{Month: lists.Month{CalendarMonth: to, Rounding: true}, last: true})
			}
			rows[len(rows)-1].line = &off
		}
	}
	return rows
}

// byCurrency parts each month into what was earned in each currency.
func byCurrency(calendar []calc.CalendarMonth, months []calc.MonthLine) (parts []calc.CalendarMonth, lines []*calc.MonthLine) {
	for _, m := range calendar {
		parts, lines = append(parts, m), append(lines, nil)
		for i := range months {
			l := &months[i]
			if l.Month != m.Month {
				continue
			}
			if lines[len(lines)-1] != nil {
				parts, lines = append(parts, m), append(lines, nil)
			}
			last := len(parts) - 1
			lines[last], parts[last].Shares = l, l.SharesUSD().Cents()
		}
	}
	return parts, lines
}

// inCurrencies are the columns of months in the currency of the earnings: where it is
// one beside USD, with the sums of half-years.
func (t *Tables) inCurrencies(currencies []string) []Column[monthRow] {
	column := func(head string, cell func(*calc.MonthLine) Value) Column[monthRow] {
		return Column[monthRow]{Head: head, Cell: Part(func(m monthRow) *calc.MonthLine { return m.line }, cell)}
	}
	rebate := func(l *calc.MonthLine) Value { return Money(l.Plain(calc.Rebate)) }
	coop := func(l *calc.MonthLine) Value { return Money(l.Plain(calc.CoOp)) }
	inUSD := func(l calc.MonthLine) bool { return l.Currency == "USD" }
	unit := column(t.T("Currency"), func(l *calc.MonthLine) Value { return Text(l.Currency) })
	one := currencies[0]
	if len(currencies) > 1 {
		return []Column[monthRow]{unit, column(t.T("Rebate"), rebate), column(t.T("Co-op"), coop)}
	}
	summed := func(head string, cell func(*calc.MonthLine) Value) Column[monthRow] {
		c := column(head, func(l *calc.MonthLine) Value { return cell(l).If(l.Currency == one) })
		c.Total = true
		return c
	}
	columns := []Column[monthRow]{unit, summed(t.T("Rebate (%s)", one), rebate), summed(t.T("Co-op (%s)", one), coop)}
	if !slices.ContainsFunc(t.statement.Months, inUSD) {
		columns = columns[1:]
	}
	return columns
}

// Currencies lists the months of statements by currency, and of one statement
// only where any is not USD; the table of months has them on its paper.
func (t *Tables) Currencies() Table {
	type monthLine = lists.MonthLine
	rows := lists.MonthLines(t.statements())
	if t.statement != nil && !slices.ContainsFunc(rows, func(m monthLine) bool { return m.Currency != "USD" }) {
		rows = nil
	}
	table := Of(t.in, rows, join(
		owned(t, func(m monthLine) (string, string) { return ownerOf(m.Statement) },
			Column[monthLine]{Head: t.T("Month"), Cell: func(m monthLine) Value { return Month(m.Month) }},
			Column[monthLine]{Head: t.T("Label"), In: Sheet, Cell: func(m monthLine) Value { return Text(m.Month.Period().String()) }}),
		[]Column[monthLine]{
			{Head: t.T("Currency"), Cell: func(m monthLine) Value { return Text(m.Currency) }},
			{Head: t.T("Rebate"), Cell: func(m monthLine) Value { return Money(m.Plain(calc.Rebate)) }},
			{Head: t.T("Co-op"), Cell: func(m monthLine) Value { return Money(m.Plain(calc.CoOp)) }},
			{Head: t.T("Other"), Cell: func(m monthLine) Value { return NonZero(m.Plain(calc.Other)) }},
			{Head: t.T("Rebate (USD)"), Total: true, Cell: func(m monthLine) Value { return Money(m.USD(calc.Rebate)) }},
			{Head: t.T("Co-op (USD)"), Total: true, Cell: func(m monthLine) Value { return Money(m.USD(calc.CoOp)) }},
			{Head: t.T("Other (USD)"), Total: true, Cell: func(m monthLine) Value { return NonZero(m.USD(calc.Other)) }},
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
	if t.statement != nil && t.in == Paper { // which says beside it what moved since the last set
		all = slices.Clone(all)
		for i := range all {
			all[i].Last = nil
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
		Column[line]{Head: t.T("Earning period"), Group: true, Widest: 36, Cell: func(x line) Value { return t.compared(x) }},
		Column[line]{Head: t.T("Label"), In: Sheet, Cell: func(x line) Value { return Text(x.Comparative.Period.String()) }},
		Column[line]{Head: t.T("Earned, USD"), Cell: func(x line) Value {
			return Text([...]string{calc.Rebate: t.T("Rebate"), calc.CoOp: t.T("Co-op"), calc.Other: t.T("Other")}[x.Share])
		}},
		Column[line]{Head: now, Total: true, Cell: func(x line) Value { return Money(x.Now) }},
		Column[line]{Head: lastSet, Total: true, Cell: Part(last, then)},
		Column[line]{Head: t.T("Moved since"), Total: true, Cell: Part(last, change)},
		Column[line]{Head: t.T("Year before"), Total: true, Cell: Part(before, then)},
		Column[line]{Head: t.T("Change"), Total: true, Cell: Part(before, change)},
		Column[line]{Head: t.T("Change, %%"), Cell: Part(before, func(p *lists.Past) Value {
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
	return Text(t.T("%s: %s compared with %s", t.Period(x.Comparative.Period), t.Gap(calc.Gap{First: a.From, Last: a.Until}),
		t.Gap(calc.Gap{First: a.From.Add(-12), Last: a.Until.Add(-12)})))
}
