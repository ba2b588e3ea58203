// Package bank reads the statements of a bank account: ISO 20022 camt.053 in any
// version, and MT940. It takes a file only when each of its statements adds up:
// the opening balance and the booked entries come to the closing balance.
//
// The libraries for these formats that exist for Go decode one version of the
// schema each or guess at what they do not understand; this reads the few elements
// that matter, and says where and why it does not.
package bank

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/importer/table"

	"github.com/shopspring/decimal"
)

// MaxBytes is how large a file may be, and MaxText how long the texts of an entry.
const (
	MaxBytes = 64 << 20
	MaxText  = 64 << 10
)

// Format is how a bank writes its statements.
type Format uint8

// The formats. A CSV file has no format of its own: it is read by the columns that
// the configuration names.
const (
	None Format = iota
	XML         // ISO 20022
	MT940
)

var (
	mtStart = regexp.MustCompile(`(?m)^\x{FEFF}?:20:`)
	mtNext  = regexp.MustCompile(`(?m)^:(25P?|28C?|60[FM]|61):`)
	isoName = regexp.MustCompile(`urn:iso:std:iso:20022:tech:xsd:([a-z]{4}\.[0-9.]*[0-9])`)
)

// Sniff returns the format that the start of a file shows.
func Sniff(head []byte) Format {
	text := bytes.TrimSpace(bytes.TrimPrefix(bytes.ReplaceAll(head, []byte{0}, nil), []byte("\xEF\xBB\xBF")))
	text = bytes.TrimLeft(text, "\xFE\xFF") // the mark of UTF-16
	if bytes.HasPrefix(text, []byte("<")) {
		if isoName.Match(text) || bytes.Contains(text, []byte("BkToCstmr")) {
			return XML
		}
		return None
	}
	if bytes.Contains(text, []byte(":20:")) { // which is found much faster than by an expression
		if at := mtStart.FindIndex(text); at != nil && mtNext.Match(text[at[1]:]) {
			return MT940
		}
	}
	return None
}

// Options is what decides how statements are read.
type Options struct {
	MaxRows  int                              // of one file; 0 means no limit
	Currency func(code string) (string, bool) // reports whether a code of ISO 4217 exists
}

// Read returns the statements of a file. The error of a refused file is
// *table.Faults, with every fault.
func Read(ctx context.Context, r io.ReaderAt, size int64, f Format, o Options) ([]calc.BankStatement, error) {
	var faults table.Faults
	if size > MaxBytes {
		faults.Add(table.Fault{Problem: fmt.Sprintf("the bank statement has %d bytes, more than %d", size, MaxBytes), Want: "export fewer days at once"})
		return nil, faults.Err()
	}
	in := &reading{Options: o, faults: &faults, raw: &canceled{ctx, io.NewSectionReader(r, 0, size)}, size: size}
	var err error
	if f == XML {
		err = in.readXML()
	} else {
		err = in.readMT940()
	}
	if err != nil {
		return nil, err
	}
	if len(in.list) == 0 && faults.Total == 0 {
		faults.Add(table.Fault{Problem: "the file holds no statement", Want: "export the account's statements again"})
	}
	return in.list, faults.Err()
}

// canceled ends a reading with its context.
type canceled struct {
	ctx context.Context
	r   io.Reader
}

func (c *canceled) Read(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(b)
}

// reading is the state of one reading.
type reading struct {
	Options
	raw    io.Reader
	size   int64
	faults *table.Faults
	list   []calc.BankStatement
	lines  int
}

// fault adds a fault at a line of the file.
func (in *reading) fault(line int, element, value, problem, want string) {
	in.faults.Add(table.Fault{Row: line, Column: element, Value: value, Problem: problem, Want: want})
}

// require adds a fault where a statement lacks an element that each has.
func (in *reading) require(s *calc.BankStatement, there bool, element, want string) {
	if !there {
		in.fault(s.Place.Row, element, "", fmt.Sprintf("the statement %q lacks it", s.ID), want)
	}
}

const wantStatementAgain = "export the account's statement again"

// keep adds a statement that is read, once its sum is proven.
func (in *reading) keep(s calc.BankStatement) {
	sum := s.Opening.Decimal
	for i := range s.Lines {
		sum = sum.Add(s.Lines[i].Amount)
	}
	if s.Opening.Valid && s.Closing.Valid && !sum.Equal(s.Closing.Decimal) {
		in.fault(s.Place.Row, "", "", fmt.Sprintf("the statement %q does not add up: opening %s and %d booked lines come to %s, and it closes with %s %s",
			s.ID, s.Opening.Decimal, len(s.Lines), sum, s.Closing.Decimal, s.Currency), "export it again; an entry is missing or was changed")
	}
	for i := range s.Lines {
		s.First, s.Last = calc.Earliest(s.First, s.Lines[i].Booked), calc.Latest(s.Last, s.Lines[i].Booked)
	}
	in.list = append(in.list, s)
}

// count reports whether a further line is within the limit; its fault is added
// once.
func (in *reading) count(line int) bool {
	in.lines++
	if in.MaxRows > 0 && in.lines == in.MaxRows+1 {
		in.fault(line, "", "", fmt.Sprintf("the file has more than %d entries", in.MaxRows), fmt.Sprintf("split it, or raise the limit ([limits] max_rows = %d)", in.MaxRows))
	}
	return in.MaxRows <= 0 || in.lines <= in.MaxRows
}

// amount reads an amount with its decimal mark: digits, at most 18 before and 10
// after it, and no minus.
func amount(text string, mark byte) (decimal.Decimal, bool) {
	whole, fraction, _ := strings.Cut(text, string(mark))
	if mark == '.' { // what XML allows beside digits
		if whole = strings.TrimPrefix(whole, "+"); whole == "" && fraction != "" {
			whole = "0"
		}
	}
	if whole == "" || len(whole) > 18 || len(fraction) > 10 || !calc.IsDigits(whole) || fraction != "" && !calc.IsDigits(fraction) {
		return decimal.Decimal{}, false
	}
	if fraction == "" {
		fraction = "0"
	}
	d, err := decimal.NewFromString(whole + "." + fraction)
	return d, err == nil
}

// texts gathers fragments; the same again is left out.
type texts struct {
	list  []string
	bytes int
}

func (t *texts) add(s string) {
	if s != "" && !slices.Contains(t.list, s) {
		t.list = append(t.list, s)
		t.bytes += len(s)
	}
}

func (t *texts) String() string { return strings.Join(t.list, "\n") }
