package csvfile

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"

	"cspcoop/calc"
	"cspcoop/report/table"
)

// File is a CSV file of a statement set.
type File struct {
	Name    string
	columns []string
	records func(*calc.Result) [][]string
}

// file describes a file by its columns and its records, in their order.
func file[T any](name string, columns []table.Column[T], records func(*calc.Result) [][]string) File {
	f := File{Name: name, records: records}
	for _, c := range columns {
		f.columns = append(f.columns, c.Head)
	}
	return f
}

// sorted describes a file with a record for each row, sorted by the leading columns.
func sorted[T any](name string, columns []table.Column[T], rows func(*calc.Result) []T) File {
	return file(name, columns, func(r *calc.Result) [][]string {
		list := records(columns, rows(r))
		slices.SortFunc(list, slices.Compare[[]string])
		return list
	})
}

// Files lists the CSV files of a set; one that would have nothing to say is
// absent.
func Files(r *calc.Result) []File {
	list := []File{Balances, Monthly, RollForward, Exceptions}
	if len(r.Claims) > 0 {
		list = append(list, Claims)
	}
	if r.Journal != nil {
		list = append(list, Journal)
	}
	if hasPayments(r) {
		list = append(list, Payments)
	}
	if len(r.TieOuts) > 0 {
		list = append(list, TieOut)
	}
	return list
}

// Write writes the file, its header first.
func (f File) Write(w io.Writer, r *calc.Result, o Options) error {
	if o.ByteOrderMark {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return fmt.Errorf("writing CSV: %w", err)
		}
	}
	out := csv.NewWriter(w)
	err := out.Write(f.columns)
	if err == nil {
		err = out.WriteAll(f.records(r))
	}
	if err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}
