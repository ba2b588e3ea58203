package importer

import (
	"fmt"
	"strings"

	"cspcoop/importer/table"
)

// signOf returns the currency sign or code beside an amount.
func signOf(c *column, cell *table.Cell) string {
	if c.kind != numberValue || c.shown || cell.Kind != table.Text || strings.Trim(cell.Text, "0123456789.,-+ ") == "" {
		return ""
	}
	n, _ := splitNumber(textOf(cell))
	return n.currency
}

// checkSigns refuses amounts whose currency sign, or that of their header,
// contradicts the currency of the row.
func (r *rowReader) checkSigns(row *table.Row, record []string, bad []bool) {
	for i := range r.layout.columns {
		c := &r.layout.columns[i]
		if bad[i] || record[i] == "" || c.index >= len(row.Cells) {
			continue
		}
		for _, sign := range []string{signOf(c, &row.Cells[c.index]), c.sign} {
			if sign == "" {
				continue
			}
			switch code := r.currencyIn(c, func(at int) string { return record[at] }); {
			case c.currencyIn == "":
				r.fault(row, c, cellFault{fmt.Sprintf("has the currency sign %q, but is no amount of money", sign), "the number alone"})
			case code == "" && r.layout.faulty: // the header's fault is that there is none
			case code == "":
				r.fault(row, c, cellFault{fmt.Sprintf("has the currency sign %q, but the row does not say which currency that is", sign), "a currency code beside it, in the column " + c.currencyIn})
			case !signFits(sign, code):
				r.fault(row, c, cellFault{fmt.Sprintf("has the currency sign %q, but the amount is in %s", sign, code), "correct the currency or the sign"})
			}
		}
	}
}

// currencyIn returns the currency of an amount by its header, its column, in which
// the row has a text, or the configuration.
func (r *rowReader) currencyIn(c *column, text func(at int) string) string {
	if c.currency != "" {
		return c.currency
	}
	if code, fixed := Currency(c.currencyIn); fixed {
		return code
	}
	for i := range r.layout.columns {
		if r.layout.columns[i].name == c.currencyIn {
			return text(i)
		}
	}
	if r.layout.report.isEarnings {
		return r.DefaultCurrency
	}
	return ""
}
