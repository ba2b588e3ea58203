package pdf

import (
	"slices"

	"cspcoop/calc"
	"cspcoop/report/wording"
)

// periodsCompared is how many earning periods stand beside earlier figures; the
// workbook has all.
const periodsCompared = 4

// comparatives sets the newest earning periods beside the last set and the same
// half of the year before.
func (d *document) comparatives(list []calc.Comparative, last *calc.LastSet) {
	if !slices.ContainsFunc(list, calc.Comparative.HasEarlier) {
		return
	}
	w := d.words
	t := &table{columns: []column{
		{head: w.T("Earned, USD"), share: 1, least: 80},
		{head: w.T("Now"), right: true},
		{head: w.T("Same half of the year before"), right: true},
		{head: w.T("Change"), right: true},
	}}
	if last != nil {
		t.columns = slices.Insert(t.columns, 2,
			column{head: w.T("As of %s", w.ShortDate(last.AsOf)), right: true},
			column{head: w.T("Moved since"), right: true})
	}
	for _, c := range list[max(0, len(list)-periodsCompared):] {
		title := w.Period(c.Period)
		if c.ToDate != nil {
			title = w.T("%s, the year before until %s only", title, w.Month(c.Until))
		}
		t.rows = append(t.rows, row{kind: groupRow, cells: []cell{{text: title}}})
		for _, line := range w.Comparative(&c) {
			t.rows = append(t.rows, comparativeRow(w, line, last != nil))
		}
	}
	d.tableSection(toComparatives, w.T("Comparative figures"), t)
}

func comparativeRow(w *wording.Words, line wording.ComparativeLine, last bool) row {
	before := line.YearBefore
	if line.ToDate != nil {
		before = line.ToDate
	}
	cells := []cell{{text: line.Label}, {text: w.Money(line.Now)}}
	if last {
		cells = append(cells, earlier(w, line.Last)...)
	}
	r := row{cells: append(cells, earlier(w, before)...)}
	if line.IsTotal {
		r.kind = totalRow
	}
	return r
}

// earlier words an earlier figure and how far the present one is above it.
func earlier(w *wording.Words, e *wording.EarlierFigure) []cell {
	if e == nil {
		return []cell{{}, {}}
	}
	return []cell{{text: w.Money(e.Then), colour: &quiet}, {text: w.Money(e.Change)}}
}
