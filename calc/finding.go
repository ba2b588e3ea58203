package calc

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

// finding makes a finding about a balance.
func (b *Balance) Finding(s Severity, code Code, message string) Finding {
	return Finding{Severity: s, Code: code, Participant: b.Statement.Participant, Program: b.Statement.Program, Period: b.Period, Message: message}
}

// Severity says how much a finding matters.
type Severity uint8

const (
	// Info needs nobody; it accounts for something.
	Info Severity = iota
	// Warning wants to be looked at.
	Warning
	// Error means that a figure may be wrong or money is at stake.
	Error
)

func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	}
	return "info"
}

// Finding is something that needs a person's eye: one row of exceptions.csv. It
// is made in one place and printed everywhere.
type Finding struct {
	Severity    Severity
	Code        Code
	Participant string // id; "" when it concerns none
	Program     string // current name
	Period      EarningPeriod
	Earning     string // earningId of the row at Place; "" when it names none
	Place       Place
	Message     string // a sentence in lower case without full stop: what, how much, what to do
}

// order sorts findings by severity, the worst first, and then by what they are
// about, so that the list never depends on the order of discovery.
func (f Finding) order(g Finding) int {
	return cmp.Or(
		cmp.Compare(g.Severity, f.Severity),
		cmp.Compare(f.Code, g.Code),
		cmp.Compare(f.Participant, g.Participant),
		cmp.Compare(f.Program, g.Program),
		f.Period.Compare(g.Period),
		cmp.Compare(f.Place.File, g.Place.File),
		cmp.Compare(f.Place.Sheet, g.Place.Sheet),
		cmp.Compare(f.Place.Row, g.Place.Row),
		cmp.Compare(f.Place.Column, g.Place.Column),
		cmp.Compare(f.Message, g.Message),
	)
}

// inWords gives an amount as messages word it: with two decimals, and with all of
// them where it is finer.
func AmountText(amount decimal.Decimal) string {
	if cents := Cents(amount); cents.Equal(amount) {
		return cents.StringFixed(2)
	}
	return amount.String()
}

func SortFindings(list []Finding) []Finding {
	slices.SortFunc(list, Finding.order)
	return slices.Compact(list)
}

// words names the place as a sentence does.
func (p Place) Text() string {
	if p.Row == 0 {
		return p.File
	}
	return fmt.Sprintf("%s row %d", p.File, p.Row)
}

// count words a number of things: 1 row, 2 rows.
func CountText(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// finding makes a finding about a statement's period.
func (s *Statement) Finding(severity Severity, code Code, period EarningPeriod, message string) Finding {
	return Finding{Severity: severity, Code: code, Participant: s.Participant, Program: s.Program, Period: period, Message: message}
}

// finding makes a finding at the payment's place in its report.
func (m *PaymentMatch) Finding(s Severity, code Code, message string) Finding {
	return Finding{Severity: s, Code: code, Participant: m.Participant, Program: m.Program, Place: m.Place, Message: message}
}

// finding makes a finding about an earning at its place.
func (e *Earning) Finding(s Severity, c Code, message string) Finding {
	return Finding{Severity: s, Code: c, Participant: e.Participant, Program: e.ProgramName(), Period: PeriodOf(e.Date), Earning: e.ID, Place: e.Place(), Message: message}
}
