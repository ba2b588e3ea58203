// Package csvfile writes the machine-readable tables of a statement set: UTF-8
// without byte-order mark, comma, LF, RFC 4180 quoting, a header, rows sorted
// by their leading columns. Money has two decimals and a point, dates are ISO
// 8601, what does not apply is empty. Names and columns are fixed: other
// people's spreadsheets read them.
package csvfile

import (
	"strconv"
	"strings"
	"unicode"

	"cspcoop/report/table"
)

// Options is the part of the configuration that concerns CSV files.
type Options struct {
	ByteOrderMark bool // for those who open the files in a spreadsheet by double-click
}

func records[T any](columns []table.Column[T], rows []T) [][]string {
	list := make([][]string, len(rows))
	for i, row := range rows {
		list[i] = make([]string, len(columns))
		for j, c := range columns {
			list[i][j] = format(c.Cell(row))
		}
	}
	return list
}

// format returns a cell as text that a machine reads.
func format(v table.Value) string {
	switch v.Kind {
	case table.Words, table.Half:
		return text(v.Text)
	case table.Cash:
		return string(v.Number.AppendCents(nil))
	case table.Precise, table.Share:
		return string(v.Number.Append(nil))
	case table.Whole:
		return strconv.Itoa(v.Count)
	case table.Day:
		return v.Day.String()
	case table.MonthYear:
		return v.Day.Month().String()
	case table.Nothing:
	}
	return ""
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

func yesNo(yes bool) table.Value {
	if yes {
		return table.Text("yes")
	}
	return table.Text("no")
}
