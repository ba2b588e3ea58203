package importer

import (
	"fmt"
	"strings"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// totals follows an export's own total rows: they are below the data, are compared
// with its sums, and are never counted.
type totals struct {
	rows     []int // rows of the totals
	followed bool  // a row follows a total, which was reported
}

// totalWords label a total row, alone or before a few more words, in the
// languages that exports are seen in.
var totalWords = wordSet(
	"total", "totals", "grand total", "sum", "sums",
	"summe", "gesamt", "gesamtsumme", "gesamtbetrag", "gesamtergebnis", "insgesamt",
	"totaal", "eindtotaal", "somme", "total général", "suma", "total general", "totale", "totale complessivo", "soma", "total geral",
	"summa", "totalt", "i alt", "yhteensä", "razem", "suma końcowa", "celkem", "spolu", "összesen", "toplam", "genel toplam",
	"итого", "всего", "разом", "σύνολο", "合計", "総計", "合计", "总计", "總計", "합계", "총합계",
)

func wordSet(words ...string) map[string]bool {
	set := map[string]bool{}
	for _, word := range words {
		set[word] = true
	}
	return set
}

// isTotalLabel recognises "Total", "Grand total:", "Total USD".
func isTotalLabel(s string) bool {
	const moreWords = 20 // bytes after the first word; a name would be longer
	head, rest, _ := strings.Cut(trimBlanks(s), " ")
	return isTotalWord(s) || isTotalWord(head) && len(rest) <= moreWords
}

// isTotalWord recognises "Total" and "Grand total:", with no words of its own behind.
func isTotalWord(s string) bool {
	return totalWords[bareLabel(s)]
}

// bareLabel returns a label in small letters, without blanks around it and colons
// behind it.
func bareLabel(s string) string {
	s = trimBlanks(s)
	if n := len(s); n > 0 && (s[n-1] == ':' || !ink(s[n-1])) {
		s = strings.TrimRight(s, ":： ")
	}
	return strings.ToLower(s)
}

// take distinguishes a total row from data. It has a total's label, or amounts and
// nothing else that add up; and no key.
func (t *totals) take(r *rowReader, row *table.Row) bool {
	labelled, others := false, false
	for i := range row.Cells {
		cell := &row.Cells[i]
		if trimBlanks(cell.Text) == "" {
			continue
		}
		c := r.layout.columnAt(i)
		switch {
		case cell.Kind == table.Text && isTotalLabel(cell.Text):
			labelled = true
		case c != nil && c.isKey():
			return false
		case c == nil || c.kind != numberValue:
			if _, err := splitNumber(cell.Text); err != nil {
				others = true
			}
		}
	}
	if !labelled && (others || !r.layout.report.isEarnings) {
		return false
	}
	d := t.compare(r, row)
	proven := d.compared > 0 && len(d.differ) == 0
	if !labelled && !proven && r.faults.Total == 0 { // sums of faulty rows prove nothing
		return false
	}
	t.rows = append(t.rows, row.Number)
	r.source.Totals = append(r.source.Totals, calc.TotalRow{Place: r.place(row.Number)})
	r.source.Findings = append(r.source.Findings, d.finding(r.place(row.Number)))
	return true
}

// follow refuses a row below a total: what the total belongs to is not known.
func (t *totals) follow(r *rowReader, row int) {
	if t.followed || len(t.rows) == 0 {
		return
	}
	t.followed = true
	r.faults.Add(table.Fault{Sheet: r.sheet.Name, Row: row,
		Problem: fmt.Sprintf("a row follows the total in row %d", t.rows[len(t.rows)-1]),
		Want:    "keep one report in a file, with its total as the last row, or remove totals"})
}

// isKey reports whether every data row fills the column, so that a total row does
// not.
func (c *column) isKey() bool {
	switch c.name {
	case "earningId", "earningDate", "paymentID", "paymentDate", "claimId", "usagePeriod", "bookingDate":
		return true
	}
	return false
}

// isSummed reports whether adding up the column means something.
func (c *column) isSummed() bool {
	switch c.name {
	case "earningExchangeRate", "amountUSD", "invoiceAmount":
		return false
	}
	return c.kind == numberValue && !c.shown
}

// difference is what a total row says against its rows.
type difference struct {
	compared int       // columns that could be compared with the rows
	column   string    // first one that differs
	differ   calc.List // one for every column that differs
}

// compare compares a total row with the rows above it. A sum over currencies
// says nothing, so of several only USD figures are compared.
func (t *totals) compare(r *rowReader, row *table.Row) difference {
	var d difference
	for i := range r.layout.columns {
		c := &r.layout.columns[i]
		if !c.isSummed() || c.index >= len(row.Cells) || c.name != "earningAmountUSD" && len(r.sums.currencies) > 1 {
			continue
		}
		text, w := r.dialect.number(c, &row.Cells[c.index])
		stated, err := parseAmount(text)
		if w != nil || text == "" || err != nil {
			continue
		}
		d.compared++
		sum, said := r.sums.columns[i].Decimal(), stated.Decimal()
		if sum.Round(-min(said.Exponent(), 0)).Equal(said) {
			continue
		}
		if d.column == "" {
			d.column = c.header
		}
		d.differ = append(d.differ, calc.Say("column %s says %s, its rows add up to %s", c.header, said, sum))
	}
	return d
}

// finding words the comparison. A total that differs is a warning, because what
// it left out is not known.
func (d difference) finding(place calc.Place) calc.Finding {
	place.Column = d.column
	severity, code, says := calc.Info, calc.TotalRowCode, calc.Say("this is a total row: it agrees with the rows above and is not counted")
	switch {
	case len(d.differ) > 0:
		severity, code = calc.Warning, calc.TotalRowDiffers
		says = calc.Say("the file's own total differs from its rows: %s", d.differ)
	case d.compared == 0:
		says = calc.Say("this is a total row and is not counted; it has no amount that could be compared with the rows")
	}
	return calc.NewFinding(severity, code, says).At(place)
}
