package xlsx

import (
	"cspcoop/calc"
)

// addMonths writes months in USD with their chart. Gaps among them are named in
// the notes.
func addMonths(b *book, months []calc.CalendarMonth, notes ...string) error {
	w := b.words
	return addTable(b, table[calc.CalendarMonth]{
		sheet: w.T("Months"),
		title: w.T("Earned by month, USD"),
		rows:  months,
		columns: []column[calc.CalendarMonth]{
			{head: w.T("Month"), kind: month, cell: func(m calc.CalendarMonth) value { return monthOf(m.Month) }, name: "Months_Month"},
			{head: w.T("Earning period"), cell: func(m calc.CalendarMonth) value { return text(w.Fiscal(m.Month.Period())) }},
			{head: w.T("Rebate"), kind: money, total: true, cell: func(m calc.CalendarMonth) value { return amount(m.Rebate) }, name: "Months_Rebate"},
			{head: w.T("Co-op"), kind: money, total: true, cell: func(m calc.CalendarMonth) value { return amount(m.CoOp) }, name: "Months_CoOp"},
			{head: w.T("Other"), kind: money, total: true, cell: func(m calc.CalendarMonth) value { return amount(m.Other) }, name: "Months_Other"},
			{head: w.T("Total"), kind: money, total: true, cell: func(m calc.CalendarMonth) value { return amount(m.Total()) }, formula: "SUM(C%[1]d:E%[1]d)", name: "Months_Total"},
			{head: w.T("Co-op of the period to date"), kind: money, cell: func(m calc.CalendarMonth) value { return amount(m.CoOpToDate) }},
			{head: w.T("Claimed"), kind: money, total: true, cell: func(m calc.CalendarMonth) value { return nonZero(m.Claimed) }, name: "Months_Claimed"},
		},
		notes: notes,
		chart: func(b *book, p place) error {
			return b.addChart(p, w.T("Earnings by type and claims, USD"), 0,
				[]series{{3, accent}, {2, grey}, {4, slate}}, series{7, gold})
		},
	})
}

// gapNotes names the months without any row.
func gapNotes(b *book, gaps []calc.Gap) []string {
	var notes []string
	for _, g := range gaps {
		if g.Spanned {
			notes = append(notes, b.words.T("No rows for %s; an export reaches across, so that nothing seems to have been earned.", b.words.Gap(g)))
		} else {
			notes = append(notes, b.words.T("No rows for %s, and no export reaches across: a file may be missing.", b.words.Gap(g)))
		}
	}
	return notes
}

// monthRow is a month of one statement in one currency.
type monthRow struct {
	*calc.Statement
	calc.MonthLine
}

// addMonthsByPartner writes the months of every statement, by currency.
func addMonthsByPartner(b *book, r *calc.Result) error {
	var rows []monthRow
	for _, s := range r.Statements {
		for _, line := range s.Months {
			rows = append(rows, monthRow{s, line})
		}
	}
	w := b.words
	columns := named(b, func(m monthRow) *calc.Statement { return m.Statement },
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
		sheet:   w.T("Months by partner"),
		title:   w.T("Earned by partner and month"),
		rows:    rows,
		columns: columns,
		notes:   []string{w.T("Months are rounded one by one; they need not add up to the rounded period.")},
	})
}
