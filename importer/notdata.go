package importer

import (
	"slices"
	"strings"
	"unicode"

	"cspcoop/importer/table"
)

// subtotalWords label a subtotal, alone or before more words.
var subtotalWords = wordSet(
	"subtotal", "subtotals", "sub-total", "sub", "zwischensumme", "zwischenergebnis", "teilsumme", "teilergebnis", "sous-total", "subtotaal", "tussentotaal",
	"subtotale", "delsumma", "delsum", "mezisoučet", "medzisúčet", "suma częściowa", "részösszeg", "小计", "小計", "소계",
)

// isSubtotalLabel recognises "Subtotal Q1", "4400123 Total" and "CSP Indirect
// Provider Total", as Excel's Subtotal command writes them.
func isSubtotalLabel(s string) bool {
	text := bareLabel(s)
	words := strings.Fields(text)
	if len(words) == 0 {
		return false
	}
	first, last := strings.Trim(words[0], ":"), words[len(words)-1]
	return subtotalWords[text] || first != "sub" && subtotalWords[first] ||
		first == "sub" && len(words) > 1 && isTotalWord(words[1]) ||
		len(words) > 1 && (isTotalWord(last) || last == "ergebnis") || isTotalLabel(s)
}

// notData recognises rows that are no data at all, before their blank cells are
// faults one by one: subtotals, and notes below the table. What most faulty rows
// are not is asked first.
func (r *rowReader) notData(row *table.Row) *cellFault {
	switch {
	case slices.ContainsFunc(row.Cells, hasNumber):
		if !r.hasKey(row) && slices.ContainsFunc(row.Cells, labelsSubtotal) && r.isIncomplete(row) {
			return &lookLikeSubtotal
		}
	case isNote(row.Cells) && r.lacksKeys(row) && r.isIncomplete(row):
		return &cellFault{"this looks like a note beside the table and not like a row of it", "remove it; only a title above the header and a total below the last row are recognised"}
	}
	return nil
}

func hasNumber(cell table.Cell) bool {
	_, err := splitNumber(cell.Text)
	return err == nil
}

func labelsSubtotal(cell table.Cell) bool {
	return cell.Kind == table.Text && isSubtotalLabel(cell.Text)
}

// isNote reports whether one or two cells are filled, with words.
func isNote(cells []table.Cell) bool {
	filledCells, words := 0, false
	for i := range cells {
		if text := trimBlanks(cells[i].Text); text != "" {
			filledCells++
			words = words || cells[i].Kind == table.Text && hasWord(text)
		}
	}
	return words && filledCells <= 2
}

// isIncomplete reports whether a row lacks a value that every row has.
func (r *rowReader) isIncomplete(row *table.Row) bool {
	for i := range r.layout.columns {
		c := &r.layout.columns[i]
		if c.need == filled && (c.index >= len(row.Cells) || !r.fits(c, &row.Cells[c.index])) {
			return true
		}
	}
	return false
}

// hasKey reports whether a row has a key that only data have, a date say.
func (r *rowReader) hasKey(row *table.Row) bool {
	for i := range r.layout.columns {
		c := &r.layout.columns[i]
		if c.isKey() && c.index < len(row.Cells) && r.fits(c, &row.Cells[c.index]) && !isSubtotalLabel(row.Cells[c.index].Text) {
			return true
		}
	}
	return false
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
