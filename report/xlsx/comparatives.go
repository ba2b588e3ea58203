package xlsx

import (
	"slices"

	"cspcoop/calc"
	"cspcoop/report/wording"

	"github.com/shopspring/decimal"
)

// comparativeRow is one figure of an earning period beside earlier ones.
type comparativeRow struct {
	period calc.EarningPeriod
	wording.ComparativeLine
}

// addComparatives writes every earning period beside the last set and the same
// half of the year before.
func addComparatives(b *book, list []calc.Comparative, last *calc.LastSet) error {
	if !slices.ContainsFunc(list, func(c calc.Comparative) bool { return c.Last != nil || c.YearBefore != nil }) {
		return nil
	}
	w := b.words
	var rows []comparativeRow
	for i := range list {
		for _, line := range w.Comparative(&list[i]) {
			rows = append(rows, comparativeRow{list[i].Period, line})
		}
	}
	lead := ""
	if last != nil {
		lead = w.T("“Then” is the set as of %s", w.Date(last.AsOf))
	}
	past := func(of func(comparativeRow) *decimal.Decimal) func(comparativeRow) value {
		return func(x comparativeRow) value {
			if d := of(x); d != nil {
				return amount(*d)
			}
			return value{}
		}
	}
	moved := func(of func(comparativeRow) *decimal.Decimal) func(comparativeRow) value {
		return func(x comparativeRow) value {
			if d := of(x); d != nil {
				return amount(x.Now.Sub(*d))
			}
			return value{}
		}
	}
	then := func(x comparativeRow) *decimal.Decimal { return x.Last }
	before := func(x comparativeRow) *decimal.Decimal { return x.YearBefore }
	toDate := func(x comparativeRow) *decimal.Decimal { return x.ToDate }
	return addTable(b, table[comparativeRow]{
		sheet: w.T("Comparatives"),
		title: w.T("Comparative figures"),
		lead:  lead,
		rows:  rows,
		columns: []column[comparativeRow]{
			{head: w.T("Earning period"), widest: 12, cell: func(x comparativeRow) value { return text(w.Period(x.period)) }},
			{head: w.T("Earned"), cell: func(x comparativeRow) value { return text(x.Label) }},
			{head: w.T("Now (USD)"), kind: money, cell: func(x comparativeRow) value { return amount(x.Now) }},
			{head: w.T("Then (USD)"), kind: money, optional: true, cell: past(then)},
			{head: w.T("Moved since (USD)"), kind: money, optional: true, cell: moved(then)},
			{head: w.T("Year before (USD)"), kind: money, optional: true, cell: past(before)},
			{head: w.T("Change (USD)"), kind: money, optional: true, cell: moved(before)},
			{head: w.T("Year before, as many months (USD)"), kind: money, optional: true, cell: past(toDate)},
			{head: w.T("Change to as many months (USD)"), kind: money, optional: true, cell: moved(toDate)},
		},
	})
}
