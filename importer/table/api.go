// Package table turns the bytes of a dropped file into records with their
// places, and proves that the file is whole: nothing cut off, nothing bent,
// nothing that two readers could understand in two ways. It distinguishes CSV from
// XLSX by content, never by name. It knows nothing of money, of reports, or of
// what a column means.
//
// An XLSX workbook is proven by Open, to the last byte of every part, before a
// row is handed out; with Options.DialectByStart, File.Prove ends that. A CSV file
// can be larger than any memory: Rows proves it while it yields, so an error from
// Rows means that every row yielded before it must be discarded.
package table

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"cspcoop/calc"
)

// Format is the family that a file belongs to, known by its content.
type Format string

// The formats that are read.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
)

// Options says how a file is to be opened. The zero value works.
type Options struct {
	// Limits bounds what a file may take; the zero value means DefaultLimits.
	Limits Limits
	// TempDir is where the rows of a workbook wait until Close, in a file without a
	// name; "" means the system's folder for such files.
	TempDir string
	// AcceptMissingFinalNewline takes a last record without a line end for
	// whole: its row is not marked Unterminated.
	AcceptMissingFinalNewline bool
	// Delimiter between CSV fields; 0 means by evidence.
	Delimiter rune
	// Header scores how well a record looks like a known header, 0 being not
	// at all, and the number of its fields the most. It decides the delimiter, and that a text is tabular; without
	// it, equal field counts decide.
	Header func(fields []string) int
	// DialectByStart settles by the first megabytes of a text file whether it is
	// UTF-8, and takes quotes for such that quote, which spares a large one readings
	// of its own. Rows and Blocks then end with ErrDialect when a later byte shows
	// otherwise. Of a workbook with one visible sheet, rows are handed out while the
	// rest is proven; ErrDialect comes where cells are merged, or are no values of
	// their types.
	DialectByStart bool

	blockBytes int // of a CSV block; 0 means the constant
}

// ErrDialect says that a text does not have the encoding, or use quotes in the way,
// that its start showed: discard its rows and open it again without
// Options.DialectByStart.
var ErrDialect = errors.New("a later line is written differently from the start of the file")

// File is an opened file whose structure was accepted.
type File struct {
	Format Format
	Sheets []*Sheet // visible ones, in the workbook's order; CSV has one
	Notes  []Note   // what is to be reported of a file that was taken

	Encoding  string // of a CSV file, like "UTF-8"
	Delimiter rune   // of a CSV file

	prove func() error
	close func() error
}

// Prove waits until the file is proven as far as that needs no row. What was read of
// a file counts only after it; where it has an error, that is the file's.
func (f *File) Prove() error {
	if f.prove == nil {
		return nil
	}
	return f.prove()
}

// Close returns back what Open took. The rows are gone afterwards.
func (f *File) Close() error {
	if f.close == nil {
		return nil
	}
	return f.close()
}

// Sheet is one visible sheet of a workbook, or the whole of a CSV file.
type Sheet struct {
	Name     string // "" in CSV
	Date1904 bool   // day numbers count from 1904-01-01, not 1900

	open     func(ctx context.Context) blockSource
	part     string            // of the workbook
	problems map[string]string // of its first invalid cells, by their references
}

// Fault says what is wrong with an Invalid cell in a row and a column, of which A
// is 0.
func (s *Sheet) Fault(row, column int, c Cell) Fault {
	ref := CellRef(row, column)
	return Fault{Sheet: s.Name, Part: s.part, Row: row, Cell: ref, Value: c.Text, Want: wantExcelAgain,
		Problem: cmp.Or(s.problems[ref], "the value is not what the cell's type says")}
}

// Row is one record and its place.
type Row struct {
	Number       int     // CSV: physical line where it begins; XLSX: the sheet's own number
	Cells        []Cell  // column A first, no gaps; blanks at the end may be missing
	Faults       []Fault // what is wrong with its characters or quotes (CSV)
	Unterminated bool    // CSV: the last record, and no line end follows it

	whole func() Row // nil where Cells has all
}

// Whole returns the row with the cells of all columns, in memory of its own. It is to
// be called before the next row is read.
func (r Row) Whole() Row {
	if r.whole == nil {
		r.Cells = slices.Clone(r.Cells)
		return r
	}
	return r.whole()
}

// Cell is one value as it is in the file.
type Cell struct {
	// Text is the field of a CSV file without its quotes, or the exact text
	// of a string in a workbook, the digits of a number as they are stored
	// (with zeros in front where its format shows them: 0440123), "TRUE" or "FALSE", an error like "#REF!".
	Text    string
	Kind    CellKind
	NoCache bool // a formula, and no value was saved with it
	AsDate  bool // a number that its style shows as a date or a time
	Merged  bool // is in a merged range
}

// CellKind is the kind of value in a cell. CSV knows Text and Blank only.
type CellKind uint8

// The kinds of value. An ISODate may be a time or a duration too. Invalid is what
// its cell's type does not allow; see Sheet.Fault.
const (
	Blank CellKind = iota
	Text
	Number
	Bool
	Error
	ISODate
	Invalid
)

// Note is what a user should know about a file that was taken.
type Note struct {
	Sheet string
	Row   int // 0: the sheet or file as a whole
	Code  calc.Code
	Says  calc.Sentence
}

// CellRef names a cell as a spreadsheet does: CellRef(7, 2) is "C7".
func CellRef(row, column int) string {
	return string(appendCellRef(nil, row, column))
}
