package xlsx

import (
	"cspcoop/calc"
)

// addMonths writes a statement's months in USD with their chart.
func addMonths(b *book, s *calc.Statement) error {
	w := b.words
	return addTable(b, table[calc.CalendarMonth]{
		sheet: w.T("Months"),
		title: w.T("Earned by month, USD"),
		rows:  s.Calendar,
		columns: []column[calc.CalendarMonth]{
			{head: w.T("Month"), kind: month, cell: func(m calc.CalendarMonth) value { return monthOf(m.Month) }, name: "Months_Month"},
			{head: w.T("Earning period"), cell: func(m calc.CalendarMonth) value { return text(w.Fiscal(m.Month.Period())) }},
			{head: w.T("Rebate"), kind: money, total: true, cell: func(m calc.CalendarMonth) value { return amount(m.Rebate) }, name: "Months_Rebate"},
			{head: w.T("Co-op"), kind: money, total: true, cell: func(m calc.CalendarMonth) value { return amount(m.CoOp) }, name: "Months_CoOp"},
			{head: w.T("Other"), kind: money, total: true, cell: func(m calc.CalendarMonth) value { return amount(m.Other) }, name: "Months_Other"},
			{head: w.T("Total"), kind: money, total: true, cell: func(m calc.CalendarMonth) value { return amount(m.Total()) }, formula: "SUM(C%[1]d:E%[1]d)", name: "Months_Total"},
			{head: w.T("Co-op of the period to date"), kind: money, cell: func(m calc.CalendarMonth) value { return amount(m.CoOpToDate) }},
			{head: w.T("Claimed"), kind: money, total: true, cell: func(m calc.CalendarMonth) value { return amount(m.Claimed) }, name: "Months_Claimed"},
		},
		chart: true,
		extras: func(b *book, p place) error {
			if len(s.Calendar) == 0 {
				return nil
			}
			return b.addChart(p, w.T("Earnings by type and claims, USD"), 0,
				[]series{{3, accent}, {2, grey}, {4, slate}}, series{7, gold})
		},
	})
}

// monthRow is a month of one statement in one currency.
type monthRow struct {
	*calc.Statement
	calc.MonthLine
}

// addAllMonths writes the months of every statement, by currency.
func addAllMonths(b *book, r *calc.Result) error {
	var rows []monthRow
	for _, s := range r.Statements {
		for _, line := range s.Months {
			rows = append(rows, monthRow{s, line})
		}
	}
	w := b.words
	columns := append(partnerColumns(w, func(m monthRow) *calc.Statement { return m.Statement }),
		column[monthRow]{head: w.T("Month"), kind: month, cell: func(m monthRow) value { return monthOf(m.Month) }},
		column[monthRow]{head: w.T("Earning period"), cell: func(m monthRow) value { return text(w.Fiscal(m.Month.Period())) }},
		column[monthRow]{head: w.T("Currency"), cell: func(m monthRow) value { return text(m.Currency) }},
		column[monthRow]{head: w.T("Rebate"), kind: money, cell: func(m monthRow) value { return amount(m.Rebate) }},
		column[monthRow]{head: w.T("Co-op"), kind: money, cell: func(m monthRow) value { return amount(m.CoOp) }},
		column[monthRow]{head: w.T("Other"), kind: money, cell: func(m monthRow) value { return amount(m.Other) }},
		column[monthRow]{head: w.T("Rebate (USD)"), kind: money, total: true, cell: func(m monthRow) value { return amount(m.RebateUSD) }},
		column[monthRow]{head: w.T("Co-op (USD)"), kind: money, total: true, cell: func(m monthRow) value { return amount(m.CoOpUSD) }},
		column[monthRow]{head: w.T("Other (USD)"), kind: money, total: true, cell: func(m monthRow) value { return amount(m.OtherUSD) }},
	)
	return addTable(b, table[monthRow]{
		sheet:   w.T("Months"),
		title:   w.T("Earned by month"),
		rows:    rows,
		columns: columns,
		notes:   []string{w.T("Months are rounded one by one; they need not add up to the rounded period.")},
	})
}
