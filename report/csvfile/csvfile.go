// Package csvfile writes the machine-readable tables of a statement set: UTF-8
// without byte-order mark, comma, LF, RFC 4180 quoting, a header, rows sorted
// by their leading columns. Money has two decimals and a point, dates are ISO
// 8601, what does not apply is empty. Names and columns are fixed: other
// people's spreadsheets read them.
package csvfile

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// column is a column of a table with rows of type T.
type column[T any] struct {
	name string
	cell func(T) string
}

// write writes a header and a sorted record for each row.
func write[T any](w io.Writer, columns []column[T], rows []T) error {
	header := make([]string, len(columns))
	for i, c := range columns {
		header[i] = c.name
	}
	records := make([][]string, len(rows))
	for i, row := range rows {
		records[i] = make([]string, len(columns))
		for j, c := range columns {
			records[i][j] = c.cell(row)
		}
	}
	slices.SortFunc(records, slices.Compare[[]string])
	out := csv.NewWriter(w)
	if err := out.WriteAll(append([][]string{header}, records...)); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}

// text guards a text cell: one that a spreadsheet could take for a formula gets
// a leading apostrophe. Blanks and invisible marks before the sign do not hide
// it, nor do the full-width forms that some spreadsheets read alike.
func text(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	for _, r := range s {
		switch r {
		case '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠':
			return "'" + s
		}
		if !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) {
			break
		}
	}
	return s
}

func money(d decimal.Decimal) string { return calc.Cents(d).StringFixed(2) }

func optional(d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return money(d.Decimal)
}

// number gives "" for 0: a row number that is not known.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}
