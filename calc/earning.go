package calc

import (
	"slices"
	"time"
	"unicode/utf8"
)

// Kind is what an earning type means for the money (cspcoop help rules, Types).
type Kind uint8

const (
	// Gross earnings are split here into rebate and co-op.
	Gross Kind = iota
	// Rebate is paid out month by month.
	Rebate
	// CoOp builds up over the earning period.
	CoOp
	// Other types (Fee, Sell, …) are totalled, and never part of the split.
	Other
)

// Stamp is a calculationDate as written: a day, with its time of day where the
// export gives one. The zero Stamp is a blank cell.
type Stamp struct {
	Clock   time.Duration // since 00:00, 100 ns exact
	Day     Date
	Clocked bool // the export gives a time of day
}

// Compare orders stamps: days first, and times of day only where both have one
// (cspcoop help rules, Restated). A blank one is the oldest.
func (s Stamp) Compare(o Stamp) int {
	if c := s.Day.Compare(o.Day); c != 0 || !s.Clocked || !o.Clocked {
		return c
	}
	switch {
	case s.Clock < o.Clock:
		return -1
	case s.Clock > o.Clock:
		return 1
	}
	return 0
}

// newest returns the later of two stamps; of the same day one with a time of day.
func NewestStamp(a, b Stamp) Stamp {
	if c := a.Compare(b); c > 0 || c == 0 && a.Clocked {
		return a
	}
	return b
}

// String returns 2020-02-05 or 2020-02-05 14:03:00.
func (s Stamp) String() string {
	if !s.Clocked {
		return s.Day.String()
	}
	return s.Day.Time().Add(s.Clock).Format(time.DateTime)
}

// Earning is one earning row of an export. There are millions of them, so the
// order of fields leaves no gaps between them.
type Earning struct {
	Terms
	ID         string // earningId; "" in reports without ids
	Calculated Stamp
	Amount     Amount // in Currency
	USD        Amount
	ClaimID    string
	PaymentID  string
	Paid       *PaidAmount // what was paid for it; nil when the export does not say
	Source     *Source
	Detail     *Detail // what is shown beside it; nil when not kept
	Date       Date    // earningDate: decides month and earning period
	Row        uint32  // CSV: line where the record begins; XLSX: row number
	Sheet      uint16  // index into Source.Sheets
}

// PaidAmount is an earning's amount in the pay-to currency, before tax
// (paymentAmountWOTax).
type PaidAmount struct {
	Amount   Amount
	Currency string
}

// Class says what a row of an earnings report is (cspcoop help rules, "Rows that are
// no earnings").
type Class uint8

const (
	// Earned rows are earnings.
	Earned Class = iota
	// Transfer rows move co-op to another period or turn it into rebate.
	Transfer
	// ClaimPayment rows pay a claim.
	ClaimPayment
)

// class distinguishes earnings, transfers and payments of claims; claimRows is
// the configuration's [claims] rows.
func (e *Earning) Class(claimRows ClaimRows) Class {
	switch {
	case e.Reason == Rollover:
		return Transfer
	case e.Reason == PaysClaim:
		return ClaimPayment
	case e.Kind == CoOp && e.ClaimID != "" && claimRows == ClaimRowsPay:
		return ClaimPayment
	}
	return Earned
}

// IsDigits reports whether an id is of digits only, so that a spreadsheet could
// take it for a number.
func IsDigits(id string) bool {
	for i := range len(id) {
		if id[i] < '0' || id[i] > '9' {
			return false
		}
	}
	return id != ""
}

// Place names the row in its export.
func (e *Earning) Place() Place {
	return Place{File: e.Source.File, Sheet: e.Source.sheet(e.Sheet), Row: int(e.Row)}
}

// Reason is the role of a row, by its reasonCode and type.
type Reason uint8

const (
	// NoReason is an ordinary earning.
	NoReason Reason = iota
	// Adjustment corrects an earlier month, in which it is booked.
	Adjustment
	// Rollover is a Co-op Rollover: a transfer.
	Rollover
	// UnknownReason is a code that the table does not know; it is reported,
	// and the row counts as an earning.
	UnknownReason
	// PaysClaim is the payment of a claim, by its type.
	PaysClaim
)

// IsPlaceholder reports whether a cell of Partner Center stands for no value.
func IsPlaceholder(s string) bool {
	if s != "" && s[0] > ' ' && s[0] < utf8.RuneSelf && s[0] != '-' && s[0] != 'n' && s[0] != 'N' {
		return false // as nearly all: folding takes longer
	}
	return slices.Contains(placeholders, Fold(s))
}

var placeholders = []string{"", "-", "n/a", "na", "none", "null", "notapplicable", "notavailable"}

// Placeholders returns the folded texts that stand for no value.
func Placeholders() []string { return slices.Clone(placeholders) }

// String returns the kind's word.
func (k Kind) String() string { return [...]string{"gross", "rebate", "co-op", "other"}[k] }

func (e *Earning) ProgramName() string {
	if known := e.ProgramKey.Known(); known != "" {
		return known
	}
	return Spaced(e.Program)
}
