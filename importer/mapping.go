package importer

import (
	"fmt"
	"io"
	"slices"

	"cspcoop/calc"

	"github.com/gocarina/gocsv"
	"github.com/shopspring/decimal"
)

// records returns gocsv validated records under documented column names. It is a
// reader of its own for every chunk, because gocsv's default one is global.
type records struct {
	header []string
	rows   [][]string
	next   int
}

// Read returns the header, then one record after the other.
func (r *records) Read() ([]string, error) {
	if r.next > len(r.rows) {
		return nil, io.EOF
	}
	r.next++
	if r.next == 1 {
		return r.header, nil
	}
	return r.rows[r.next-2], nil
}

// ReadAll returns the header and all records.
func (r *records) ReadAll() ([][]string, error) {
	return slices.Insert(slices.Clone(r.rows), 0, r.header), nil
}

// money is a cell with an exact number; it may be blank.
type money struct {
	calc.Amount
	given bool
}

// UnmarshalCSV reads a validated number.
func (m *money) UnmarshalCSV(text string) (err error) {
	if text == "" {
		return nil
	}
	m.given = true
	m.Amount, err = parseAmount(text)
	return err
}

func (m money) null() decimal.NullDecimal {
	if !m.given {
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(m.Decimal())
}

// day is a cell with a date; it may be blank.
type day struct{ calc.Date }

// stamp is a cell with a date and perhaps a time of day; it may be blank.
type stamp struct{ calc.Stamp }

// UnmarshalCSV reads a validated stamp.
func (s *stamp) UnmarshalCSV(text string) (err error) {
	if text != "" {
		s.Stamp, err = stampOf(text)
	}
	return err
}

// mapped lets gocsv map records to typed rows.
func mapped[T any](header []string, rows [][]string) ([]T, error) {
	var typed []T
	if err := gocsv.UnmarshalCSV(&records{header: header, rows: rows}, &typed); err != nil {
		return nil, fmt.Errorf("map validated rows: %w", err)
	}
	return typed, nil
}

// takeMapped maps the validated records that wait, and hands each to take with
// its row.
func takeMapped[T any](r *rowReader, take func(*T, int)) error {
	rows, err := mapped[T](r.header, r.records)
	for i := range rows {
		r.taken = r.records[i]
		take(&rows[i], r.places[i])
	}
	r.records, r.places = r.records[:0], r.places[:0]
	return err
}

// flush takes the records that wait.
func (r *rowReader) flush() error {
	if len(r.records) == 0 {
		return nil
	}
	return r.layout.report.take(r)
}
