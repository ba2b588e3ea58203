package importer

import (
	"slices"
	"strings"
	"unicode"

	"cspcoop/importer/table"
)

// subtotalWords label a subtotal, alone or before more words.
var subtotalWords = []string{
	"subtotal", "subtotals", "sub-total", "sub", "zwischensumme", "zwischenergebnis", "teilsumme", "teilergebnis", "sous-total", "subtotaal", "tussentotaal",
	"subtotale", "delsumma", "delsum", "mezisoučet", "medzisúčet", "suma częściowa", "részösszeg", "小计", "小計", "소계",
}

// isSubtotalLabel recognises "Subtotal Q1", "4400123 Total" and "CSP Indirect
// Provider Total", as Excel's Subtotal command writes them.
func isSubtotalLabel(s string) bool {
	text := strings.ToLower(strings.TrimRight(trimBlanks(s), ":： "))
	words := strings.Fields(text)
	if len(words) == 0 {
		return false
	}
	first, last := strings.Trim(words[0], ":"), words[len(words)-1]
	return slices.Contains(subtotalWords, text) || first != "sub" && slices.Contains(subtotalWords, first) ||
		first == "sub" && len(words) > 1 && isTotalWord(words[1]) ||
		len(words) > 1 && (isTotalWord(last) || last == "ergebnis") || isTotalLabel(s)
}

// notData recognises rows that are no data at all, before their blank cells are
// faults one by one: subtotals, and notes below the table.
func (r *rowReader) notData(row *table.Row) *cellFault {
	incomplete, subtotal, numbers, filledCells := false, false, false, 0
	for i := range r.layout.columns {
		c := &r.layout.columns[i]
		incomplete = incomplete || c.need == filled && (c.index >= len(row.Cells) || !r.fits(c, &row.Cells[c.index]))
	}
	letters := false
	for i := range row.Cells {
		cell := &row.Cells[i]
		text := trimBlanks(cell.Text)
		if text == "" {
			continue
		}
		filledCells++
		subtotal = subtotal || cell.Kind == table.Text && isSubtotalLabel(text)
		letters = letters || cell.Kind == table.Text && hasWord(text)
		_, err := splitNumber(text)
		numbers = numbers || err == nil
	}
	switch {
	case !incomplete:
	case subtotal && numbers && !r.hasKey(row):
		return &lookLikeSubtotal
	case letters && !numbers && filledCells <= 2 && r.lacksKeys(row):
		return &cellFault{"this looks like a note beside the table and not like a row of it", "remove it; only a title above the header and a total below the last row are recognised"}
	}
	return nil
}

// hasKey reports whether a row has a key that only data have, a date say.
func (r *rowReader) hasKey(row *table.Row) bool {
	return slices.ContainsFunc(r.layout.columns, func(c column) bool {
		return c.isKey() && c.index < len(row.Cells) && r.fits(&c, &row.Cells[c.index]) && !isSubtotalLabel(row.Cells[c.index].Text)
	})
}

// lacksKeys reports whether a row has neither the date nor the amount that every
// row of its report has.
func (r *rowReader) lacksKeys(row *table.Row) bool {
	for i := range r.layout.columns {
		c := &r.layout.columns[i]
		key := c.need == filled && (c.kind == dayValue || c.kind == numberValue || c.kind == periodValue)
		if key && c.index < len(row.Cells) && r.fits(c, &row.Cells[c.index]) {
			return false
		}
	}
	return true
}

// fits reports whether a cell of a column is filled with a value of its kind.
func (r *rowReader) fits(c *column, cell *table.Cell) bool {
	text, fault := r.dialect.canonical(c, cell, r.sheet.Date1904)
	return fault == nil && text != ""
}

// hasWord reports whether a text has three letters in a row.
func hasWord(s string) bool {
	run := 0
	for _, r := range s {
		if !unicode.IsLetter(r) {
			run = 0
		} else if run++; run == 3 {
			return true
		}
	}
	return false
}
