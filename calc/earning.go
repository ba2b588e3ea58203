package calc

import (
	"cmp"
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
	return cmp.Compare(s.Clock, o.Clock)
}

// NewestStamp returns the later of two stamps; of the same day one with a time of day.
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

// Earning is one earning row of an export: a row of its source's table. Earnings are
// comparable; the zero Earning is none.
type Earning struct {
	t   *Earnings
	row int32
}

// IsZero reports whether it is no earning.
func (e Earning) IsZero() bool { return e.t == nil }

func (e Earning) text(c TextColumn) string { return e.t.words[c].texts[e.Code(c)] }

// Code returns the code of the row's text in a column of its table.
func (e Earning) Code(c TextColumn) uint32 { return e.t.codes[c].at(e.row) }

// TextKey is the same for rows of one table that have the same texts in some columns.
type TextKey struct {
	t       *Earnings
	codes   [3]uint32
	columns [3]TextColumn
}

// Key returns the key of the row's texts in up to three columns, the last of which
// may be named again.
func (e Earning) Key(a, b, c TextColumn) TextKey {
	return TextKey{e.t, [3]uint32{e.Code(a), e.Code(b), e.Code(c)}, [3]TextColumn{a, b, c}}
}

// Text returns the text of the n-th column.
func (k TextKey) Text(n int) string { return k.t.words[k.columns[n]].texts[k.codes[n]] }

// Index returns where the row is in its table.
func (e Earning) Index() int { return int(e.row) }

// Source returns the file that the row is in.
func (e Earning) Source() *Source { return e.t.source }

// Row returns the line where the record begins in a text file, and the row number
// in a workbook.
func (e Earning) Row() uint32 { return e.t.row.at(e.row) }

// Sheet returns an index into Source.Sheets.
func (e Earning) Sheet() uint16 { return uint16(e.t.sheet.at(e.row)) }

// ID returns the earningId, "" in reports without ids.
func (e Earning) ID() string { return e.t.texts.Text(e.t.ids.at(e.row)) }

// ClaimID returns the id of the claim that the row names, or "".
func (e Earning) ClaimID() string { return e.t.texts.Text(e.t.claims.at(e.row)) }

// PaymentID returns the id of the payment that the row names, or "".
func (e Earning) PaymentID() string { return e.t.texts.Text(e.t.payment.at(e.row)) }

// Date returns the earningDate, which decides month and earning period.
func (e Earning) Date() Date { return e.t.date[e.row] }

// Calculated returns the calculationDate.
func (e Earning) Calculated() Stamp { return unpackStamp(e.t.calculated[e.row]) }

// Amount returns the amount in the row's currency.
func (e Earning) Amount() Amount { return e.t.amount.at(e.row) }

// USD returns the amount in USD.
func (e Earning) USD() Amount { return e.t.usd.at(e.row) }

// Paid returns what was paid for the earning.
func (e Earning) Paid() PaidAmount { return PaidAmount{e.t.paid.at(e.row), e.text(PaidCurrencyColumn)} }

// Participant returns the id of the participant.
func (e Earning) Participant() string { return e.text(ParticipantColumn) }

// ParticipantName returns what the participant is called.
func (e Earning) ParticipantName() string { return e.text(ParticipantNameColumn) }

// Country returns the country of the participant.
func (e Earning) Country() string { return e.text(CountryColumn) }

// Program returns the program as written.
func (e Earning) Program() string { return e.text(ProgramColumn) }

// ProgramKey returns what the program has in common with its other spellings.
func (e Earning) ProgramKey() ProgramKey { return e.t.programs[e.Code(ProgramColumn)].key }

// ProgramName returns the program's current name.
func (e Earning) ProgramName() string { return e.t.programs[e.Code(ProgramColumn)].name }

// Engagement returns the engagementName, which distinguishes the incentives of one
// program.
func (e Earning) Engagement() string { return e.text(EngagementColumn) }

// Lever returns the lever.
func (e Earning) Lever() string { return e.text(LeverColumn) }

// Type returns the earning type as written.
func (e Earning) Type() string { return e.text(TypeColumn) }

// Kind returns what the earning type means for the money.
func (e Earning) Kind() Kind { return e.t.types[e.Code(TypeColumn)].kind }

// ReasonCode returns the reason code as written.
func (e Earning) ReasonCode() string { return e.text(ReasonCodeColumn) }

// Reason returns the role of the row, by its reason code and type.
func (e Earning) Reason() Reason {
	return reasonOf(e.t.reasons[e.Code(ReasonCodeColumn)], e.t.types[e.Code(TypeColumn)].reason)
}

// Currency returns the currency of Amount (ISO 4217).
func (e Earning) Currency() string { return e.text(CurrencyColumn) }

// PaymentStatus returns the payment status as written.
func (e Earning) PaymentStatus() string { return e.text(PaymentStatusColumn) }

// StatusText returns the paymentStatusDescription, as written, where it says more
// than the status or contradicts it.
func (e Earning) StatusText() string { return e.text(StatusTextColumn) }

// EstimatedMonth returns the estimatedPaymentMonth as written.
func (e Earning) EstimatedMonth() string { return e.text(EstimatedMonthColumn) }

// PaymentState returns what the payment status and its description mean; nil for
// what is blank or not known.
func (e Earning) PaymentState() *PaymentState {
	state, _ := e.described()
	return state
}

// Contradict reports whether the payment status and its description mean different
// things.
func (e Earning) Contradict() bool {
	_, contradict := e.described()
	return contradict
}

func (e Earning) described() (*PaymentState, bool) {
	state := e.t.statuses[e.Code(PaymentStatusColumn)].state
	text := e.Code(StatusTextColumn)
	if text == 0 {
		return state, false
	}
	return describedState(state, e.t.descriptions[text])
}

// Status returns the payment status as written, with what its description says
// where that decides, and the description alone where there is no status.
func (e Earning) Status() string {
	status, text := e.PaymentStatus(), e.StatusText()
	state, contradict := e.described()
	switch {
	case IsPlaceholder(status):
		return text
	case text != "" && !contradict:
		return status + ": " + state.Why()
	}
	return status
}

// Money returns what the payment status means for the money.
func (e Earning) Money() PayStatus {
	if state := e.PaymentState(); state != nil {
		return state.Money
	}
	return StatusUnknown
}

// Rank orders payment statuses by how far they have come; those that are not
// documented rank lowest.
func (e Earning) Rank() int {
	if state := e.PaymentState(); state != nil {
		return state.Rank
	}
	return 0
}

// SameStatus reports whether two payment statuses are one, in any spelling, and
// held for the same reason.
func (e Earning) SameStatus(o Earning) bool {
	return e.PaymentState() == o.PaymentState() && e.t.statuses[e.Code(PaymentStatusColumn)].key == o.t.statuses[o.Code(PaymentStatusColumn)].key
}

// PaidAmount is an earning's amount in the pay-to currency, before tax
// (paymentAmountWOTax).
type PaidAmount struct {
	Amount   Amount
	Currency string // "" when the export does not say what was paid
}

// IsGiven reports whether the export says what was paid.
func (p PaidAmount) IsGiven() bool { return p.Currency != "" }

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

// Class distinguishes earnings, transfers and payments of claims; claimRows is
// the configuration's [claims] rows.
func (e Earning) Class(claimRows ClaimRows) Class {
	switch reason := e.Reason(); {
	case reason == Rollover:
		return Transfer
	case reason == PaysClaim:
		return ClaimPayment
	case claimRows == ClaimRowsPay && e.t.claims.at(e.row) != 0 && e.Kind() == CoOp:
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
func (e Earning) Place() Place {
	return Place{File: e.t.source.File, Sheet: e.t.source.sheet(e.Sheet()), Row: int(e.Row())}
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
