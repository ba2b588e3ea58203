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
	if !slices.ContainsFunc(list, calc.Comparative.HasEarlier) {
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
	earlier := func(head string, of func(comparativeRow) *wording.EarlierFigure, shown func(*wording.EarlierFigure) decimal.Decimal) column[comparativeRow] {
		return column[comparativeRow]{head: head, kind: money, optional: true, cell: func(x comparativeRow) value {
			if e := of(x); e != nil {
				return amount(shown(e))
			}
			return value{}
		}}
	}
	figure := func(e *wording.EarlierFigure) decimal.Decimal { return e.Then }
	change := func(e *wording.EarlierFigure) decimal.Decimal { return e.Change }
	ofLast := func(x comparativeRow) *wording.EarlierFigure { return x.Last }
	yearBefore := func(x comparativeRow) *wording.EarlierFigure { return x.YearBefore }
	toDate := func(x comparativeRow) *wording.EarlierFigure { return x.ToDate }
	return addTable(b, table[comparativeRow]{
		sheet: w.T("Comparatives"),
		title: w.T("Comparative figures"),
		lead:  lead,
		rows:  rows,
		columns: []column[comparativeRow]{
			{head: w.T("Earning period"), widest: 12, cell: func(x comparativeRow) value { return text(w.Period(x.period)) }},
			{head: w.T("Earned"), cell: func(x comparativeRow) value { return text(x.Label) }},
			{head: w.T("Now (USD)"), kind: money, cell: func(x comparativeRow) value { return amount(x.Now) }},
			earlier(w.T("Then (USD)"), ofLast, figure),
			earlier(w.T("Moved since (USD)"), ofLast, change),
			earlier(w.T("Year before (USD)"), yearBefore, figure),
			earlier(w.T("Change (USD)"), yearBefore, change),
			earlier(w.T("Year before, as many months (USD)"), toDate, figure),
			earlier(w.T("Change to as many months (USD)"), toDate, change),
		},
	})
}
