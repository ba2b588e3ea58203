package calc

import (
	"cmp"
	"fmt"
	"slices"
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
	Money       Money // behind it: the first amount with a currency that it says; zero for none
	says        Saying
}

// Saying is what a finding says: a [Sentence], or what makes it when somebody reads
// it, which takes less memory where there are very many.
type Saying interface{ Says() Sentence }

// NewFinding makes a finding. It panics when the table of findings lacks the code
// or does not allow it the severity: what a finding means, whom it addresses and
// whether a set can be sealed with it is known of every finding.
//
// A new finding takes its row in the table of findings, a [Say] where it is found,
// and the translations of its template in report/wording/catalog.
//
// What it says is in lower case without full stop: what, how much, what to do. The
// money behind a finding that is no Sentence yet is named with [Finding.Behind].
func NewFinding(s Severity, code Code, says Saying) Finding {
	if !code.Allows(s) {
		panic(fmt.Sprintf("the table of findings allows no %s with the code %q", s, code))
	}
	f := Finding{severity: s, code: code, says: says}
	if sentence, made := says.(Sentence); made {
		f.Money, f.says = sentence.money(), &sentence // findings are compared with ==
	}
	return f
}

// longestMessage is how many characters of a message are kept: a sentence that
// lists what a file has must not grow with the file.
const longestMessage = 2000

// Bounded cuts a message that is too long for a page.
func Bounded(message string) string {
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

// Says returns what the finding says, for a document in any language.
func (f Finding) Says() Sentence {
	if f.says == nil {
		return Sentence{} // of the zero finding
	}
	return f.says.Says()
}

// Message returns what the finding says in English, as exceptions.csv has it.
func (f Finding) Message() string { return Bounded(f.Says().English()) }

// ForAccountant returns the finding without what its sentence says to the operator.
func (f Finding) ForAccountant() Finding {
	says := f.Says().ForAccountant()
	f.says = &says
	return f
}

// String describes the finding where a test fails.
func (f Finding) String() string {
	return fmt.Sprintf("%s %s %s %s %s %s %+v: %s", f.severity, f.code, f.Participant, f.Program, f.Period, f.Earning, f.Place, f.Message())
}

// Behind returns the finding with other money behind it than the first that it
// says.
func (f Finding) Behind(m Money) Finding {
	f.Money = m
	return f
}

// Same reports whether two findings say the same about the same.
func (f Finding) Same(g Finding) bool { return f.order(g) == 0 && f.Earning == g.Earning }

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
func (b *Balance) Finding(s Severity, code Code, says Saying) Finding {
	return b.Statement.Finding(s, code, b.Period, says)
}

// Finding makes a finding about a period of the statement.
func (s *Statement) Finding(severity Severity, code Code, period EarningPeriod, says Saying) Finding {
	f := NewFinding(severity, code, says)
	f.Participant, f.Program, f.Period = s.Participant, s.Program, period
	return f
}

// Finding makes a finding at the payment's place in its report.
func (m *PaymentMatch) Finding(s Severity, code Code, says Saying) Finding {
	f := NewFinding(s, code, says)
	f.Participant, f.Program, f.Place = m.Participant, m.Program, m.Place
	return f
}

// Finding makes a finding about the file as a whole.
func (s *Source) Finding(severity Severity, code Code, says Saying) Finding {
	f := NewFinding(severity, code, says)
	f.Place.File = s.File
	return f
}

// Finding makes a finding about the earning at its place.
func (e Earning) Finding(s Severity, code Code, says Saying) Finding {
	f := NewFinding(s, code, says)
	f.Participant, f.Program, f.Period, f.Earning, f.Place = e.Participant(), e.ProgramName(), PeriodOf(e.Date()), e.ID(), e.Place()
	return f
}

// order sorts findings by severity, the worst first, and then by what they are
// about, so that the list never depends on the order of discovery.
func (f Finding) order(g Finding) int {
	if c := cmp.Or(cmp.Compare(g.severity, f.severity), cmp.Compare(f.code, g.code), cmp.Compare(f.Participant, g.Participant)); c != 0 {
		return c // as nearly always
	}
	if c := cmp.Or(
		cmp.Compare(f.Program, g.Program),
		f.Period.Compare(g.Period),
		cmp.Compare(f.Place.File, g.Place.File),
		cmp.Compare(f.Place.Sheet, g.Place.Sheet),
		cmp.Compare(f.Place.Row, g.Place.Row),
		cmp.Compare(f.Place.Column, g.Place.Column),
	); c != 0 {
		return c
	}
	return cmp.Compare(f.Message(), g.Message())
}

// SortFindings sorts findings, the worst first, and removes repeated ones.
func SortFindings(list []Finding) []Finding {
	slices.SortFunc(list, Finding.order)
	return slices.CompactFunc(list, Finding.Same)
}

// Text names the place as a sentence does.
func (p Place) Text() string {
	if p.Row == 0 {
		return p.File
	}
	return fmt.Sprintf("%s row %d", p.File, p.Row)
}

// Acknowledgement says that somebody has dealt with findings. A field that is
// blank matches all.
type Acknowledgement struct {
	Code        Code
	Participant string
	Program     string // in any spelling
	Period      EarningPeriod
	Earning     string // earningId of the row that the finding names
	By          string
	On          Date
	Comment     string
	Place       Place
}

// ClosedFinding is a finding that was acknowledged.
type ClosedFinding struct {
	Finding
	By      string
	On      Date
	Comment string
}
