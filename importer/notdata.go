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
	isNumber := func(cell table.Cell) bool { _, err := splitNumber(cell.Text); return err == nil }
	isLabel := func(cell table.Cell) bool { return cell.Kind == table.Text && isSubtotalLabel(cell.Text) }
	isKey := func(c *column) bool {
		return c.isKey() && r.fits(c, row) && !isSubtotalLabel(row.Cells[c.index].Text)
	}
	decides := func(c *column) bool {
		return c.need == filled && (c.kind == dayValue || c.kind == numberValue || c.kind == periodValue) && r.fits(c, row)
	}
	isMissing := func(c *column) bool { return c.need == filled && !r.fits(c, row) }
	switch {
	case slices.ContainsFunc(row.Cells, isNumber):
		if r.layout.find(isKey) == nil && slices.ContainsFunc(row.Cells, isLabel) && r.layout.find(isMissing) != nil {
			return &lookLikeSubtotal
		}
	case isNote(row.Cells) && r.layout.find(decides) == nil && r.layout.find(isMissing) != nil:
		return &cellFault{"this looks like a note beside the table and not like a row of it", "remove it; only a title above the header and a total below the last row are recognised"}
	}
	return nil
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

// fits reports whether a row has a value of a column's kind there.
func (r *rowReader) fits(c *column, row *table.Row) bool {
	if c.index >= len(row.Cells) {
		return false
	}
	text, fault := r.dialect.canonical(c, &row.Cells[c.index], r.sheet.Date1904)
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
