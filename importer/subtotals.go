package importer

import (
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// allWords stand for all of something, as pivot tables write them.
var allWords = wordSet("all", "alle", "alles", "tous", "toutes", "todos", "todas", "tutti", "tutte", "tudo", "alla", "全部", "すべて")

// sumsUp reports whether a participant, program or type is the label of a sum:
// "Total", "Subtotal", "4400123 Total" or "(All)". "Total Solutions" is a name.
func sumsUp(text string) bool {
	word := strings.ToLower(strings.Trim(text, "()[]<>*:： "))
	last := word[strings.LastIndexByte(word, ' ')+1:]
	return subtotalWords[word] || allWords[word] || isTotalWord(word) || isTotalWord(last) || last == "ergebnis"
}

// lookLikeSubtotal is the fault of a row that sums up others.
var lookLikeSubtotal = cellFault{"this looks like a subtotal, which would count its rows twice",
	"remove subtotals; a single total below the last row is recognised and not counted"}

// sumKey is what a subtotal may be the sum of. Each part but the currency may be
// left out.
type sumKey struct {
	participant string
	month       calc.Month
	currency    string
}

// runningSum is a sum and how many rows it has.
type runningSum struct {
	sum  calc.Sum
	rows int
}

// checkSubtotals refuses rows that have no label of their own and sum up rows of
// their sheet: those whose blank participant or program the configuration filled,
// and those without a type beside ones with a type. An earning with an id is none.
func (r *rowReader) checkSubtotals() {
	if !r.layout.report.isEarnings || r.letGo || r.layout.column("earningId") != nil {
		return
	}
	var rows []calc.Earning
	for _, e := range r.source.Earnings.All() {
		if e.Sheet() == r.index {
			rows = append(rows, e)
		}
	}
	suspect := r.suspects(rows)
	if suspect == nil {
		return
	}
	whole := map[sumKey]*runningSum{}
	for _, e := range rows {
		if !suspect(e) {
			addTo(whole, e, sumKey{currency: e.Currency()}, sumKey{month: e.Date().Month(), currency: e.Currency()}, sumKey{e.Participant(), e.Date().Month(), e.Currency()})
		}
	}
	var alike []int // rows of amounts that sum up others
	proven := false
	above := map[sumKey]*runningSum{}
	for _, e := range rows {
		if !suspect(e) {
			addTo(above, e, sumKey{currency: e.Currency()})
			continue
		}
		n := 0
		for _, sum := range []*runningSum{
			above[sumKey{currency: e.Currency()}], whole[sumKey{currency: e.Currency()}],
			whole[sumKey{month: e.Date().Month(), currency: e.Currency()}], whole[sumKey{e.Participant(), e.Date().Month(), e.Currency()}],
		} {
			if sum != nil && !e.Amount().Decimal().IsZero() && sum.sum.Decimal().Round(2).Equal(e.Amount().Decimal().Round(2)) {
				n = max(n, sum.rows)
			}
		}
		if n > 0 {
			alike = append(alike, int(e.Row()))
		}
		proven = proven || n > 1
		clear(above)
	}
	if !proven && len(alike) < 2 {
		return
	}
	for _, row := range alike {
		r.faults.Add(table.Fault{Sheet: r.sheet.Name, Row: row, Problem: lookLikeSubtotal.problem,
			Want: "remove subtotals; if the row is an earning of its own, fill its blank cells"})
	}
}

// suspects returns which rows may be subtotals; nil where none is.
func (r *rowReader) suspects(rows []calc.Earning) func(calc.Earning) bool {
	slices.Sort(r.sums.filled)
	gross, typed := false, false
	for _, e := range rows {
		gross, typed = gross || e.Kind() == calc.Gross, typed || e.Kind() != calc.Gross
	}
	if len(r.sums.filled) == 0 && (!gross || !typed) {
		return nil
	}
	return func(e calc.Earning) bool {
		_, filled := slices.BinarySearch(r.sums.filled, e.Row())
		return filled || typed && e.Kind() == calc.Gross
	}
}

func addTo(sums map[sumKey]*runningSum, e calc.Earning, keys ...sumKey) {
	for _, k := range keys {
		if sums[k] == nil {
			sums[k] = new(runningSum)
		}
		sums[k].sum.Add(e.Amount())
		sums[k].rows++
	}
}
