package calc

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

// Severity says how much a finding matters.
type Severity uint8

const (
	// Info needs nobody; it accounts for something.
	Info Severity = iota
	// Warning should be looked at.
	Warning
	// Error means that a figure may be wrong or money is at stake.
	Error
)

func (s Severity) String() string { return [...]string{"info", "warning", "error"}[s] }

// Finding is something that a person should know about: one row of
// exceptions.csv. It is made by [NewFinding] and printed everywhere.
type Finding struct {
	severity    Severity
	code        Code
	Participant string // id; "" when it concerns none
	Program     string // current name
	Period      EarningPeriod
	Earning     string // earningId of the row at Place; "" when it names none
	Place       Place
	Message     string // a sentence in lower case without full stop: what, how much, what to do
}

// NewFinding makes a finding. It panics when the table of findings lacks the code
// or does not allow it the severity: what a finding means, whom it addresses and
// whether a set can be sealed with it is known of every finding.
func NewFinding(s Severity, code Code, message string) Finding {
	if !code.Allows(s) {
		panic(fmt.Sprintf("the table of findings allows no %s with the code %q", s, code))
	}
	return Finding{severity: s, code: code, Message: bounded(message)}
}

// longestMessage is how many characters of a message are kept: a sentence that
// lists what a file has must not grow with the file.
const longestMessage = 2000

func bounded(message string) string {
	if len(message) <= longestMessage {
		return message
	}
	all := []rune(message)
	if len(all) <= longestMessage {
		return message
	}
	return fmt.Sprintf("%s … (%d characters more)", string(all[:longestMessage]), len(all)-longestMessage)
}

// Severity says how much the finding matters.
func (f Finding) Severity() Severity { return f.severity }

// Code names what was found.
func (f Finding) Code() Code { return f.code }

// Note returns the row of the table of findings.
func (f Finding) Note() CodeNote {
	note, _ := NoteOf(f.code)
	return note
}

// Leading returns the findings that come before everything else that a document
// says, in their order: what an earlier statement said no longer holds, or two
// facts contradict each other.
func Leading(findings []Finding) []Finding {
	var list []Finding
	for _, f := range findings {
		if f.Note().Leads {
			list = append(list, f)
		}
	}
	return list
}

// BlocksSealing reports whether a statement set with this finding can't be sealed
// until somebody has acknowledged it.
func (f Finding) BlocksSealing() bool { return f.severity == Error && f.Note().BlocksSeal }

// Finding makes a finding about the balance.
func (b *Balance) Finding(s Severity, code Code, message string) Finding {
	return b.Statement.Finding(s, code, b.Period, message)
}

// Finding makes a finding about a period of the statement.
func (s *Statement) Finding(severity Severity, code Code, period EarningPeriod, message string) Finding {
	f := NewFinding(severity, code, message)
	f.Participant, f.Program, f.Period = s.Participant, s.Program, period
	return f
}

// Finding makes a finding at the payment's place in its report.
func (m *PaymentMatch) Finding(s Severity, code Code, message string) Finding {
	f := NewFinding(s, code, message)
	f.Participant, f.Program, f.Place = m.Participant, m.Program, m.Place
	return f
}

// Finding makes a finding about the file as a whole.
func (s *Source) Finding(severity Severity, code Code, message string) Finding {
	f := NewFinding(severity, code, message)
	f.Place.File = s.File
	return f
}

// Finding makes a finding about the earning at its place.
func (e *Earning) Finding(s Severity, code Code, message string) Finding {
	f := NewFinding(s, code, message)
	f.Participant, f.Program, f.Period, f.Earning, f.Place = e.Participant, e.ProgramName(), PeriodOf(e.Date), e.ID, e.Place()
	return f
}

// order sorts findings by severity, the worst first, and then by what they are
// about, so that the list never depends on the order of discovery.
func (f Finding) order(g Finding) int {
	if c := cmp.Or(cmp.Compare(g.severity, f.severity), cmp.Compare(f.code, g.code), cmp.Compare(f.Participant, g.Participant)); c != 0 {
		return c // as nearly always
	}
	return cmp.Or(
		cmp.Compare(f.Program, g.Program),
		f.Period.Compare(g.Period),
		cmp.Compare(f.Place.File, g.Place.File),
		cmp.Compare(f.Place.Sheet, g.Place.Sheet),
		cmp.Compare(f.Place.Row, g.Place.Row),
		cmp.Compare(f.Place.Column, g.Place.Column),
		cmp.Compare(f.Message, g.Message),
	)
}

// AmountText formats an amount for a message: with two decimals, and with all of
// them where it is finer.
func AmountText(amount decimal.Decimal) string {
	if cents := Cents(amount); cents.Equal(amount) {
		return cents.StringFixed(2)
	}
	return amount.String()
}

// SortFindings sorts findings, the worst first, and removes repeated ones.
func SortFindings(list []Finding) []Finding {
	slices.SortFunc(list, Finding.order)
	return slices.Compact(list)
}

// Text names the place as a sentence does.
func (p Place) Text() string {
	if p.Row == 0 {
		return p.File
	}
	return fmt.Sprintf("%s row %d", p.File, p.Row)
}

// CountText formats a number of things: 1 row, 2 rows.
func CountText(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
