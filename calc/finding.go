package calc

import (
	"cmp"
	"fmt"
	"maps"
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
//
// There may be one for every third earning, so it is small: what it is about is read
// off its earning, and what it says is made when somebody reads it.
type Finding struct {
	says     Saying
	about    *Subject // nil where an earning is it, or nothing
	table    *Earnings
	row      int32 // of table
	note     uint8 // row of the table of findings, counted from 1
	severity Severity
}

// Subject is what a finding is about.
type Subject struct {
	Participant string // id; "" when it concerns none
	Program     string // current name
	Period      EarningPeriod
	Earning     string // earningId of the row at Place; "" when it names none
	Place       Place
}

// Saying is what a finding says: a [Sentence], or what makes it when somebody reads
// it, which takes less memory where there are very many. The money behind it is the
// first amount with a currency that the sentence says, unless a method Money returns
// another.
type Saying interface{ Says() Sentence }

// worth is a saying that names the money behind it.
type worth struct {
	Saying
	money Money
}

// Money returns the money behind the finding.
func (w worth) Money() Money { return w.money }

// NewFinding makes a finding. It panics when the table of findings lacks the code
// or does not allow it the severity: what a finding means, whom it addresses and
// whether a set can be sealed with it is known of every finding.
//
// A new finding takes its row in the table of findings, a [Say] where it is found,
// and the translations of its template in report/wording/catalog.
//
// What it says is in lower case without full stop: what, how much, what to do.
func NewFinding(s Severity, code Code, says Saying) Finding {
	if !code.Allows(s) {
		panic(fmt.Sprintf("the table of findings allows no %s with the code %q", s, code))
	}
	if _, made := says.(Sentence); made {
		sentence := says.(Sentence)
		says = &sentence // findings are compared with ==
	}
	return Finding{says: says, note: uint8(rowOf[code] + 1), severity: s}
}

// About returns the finding with another subject.
func (f Finding) About(s Subject) Finding {
	f.table, f.row, f.about = nil, 0, &s
	return f
}

// At returns the finding at another place.
func (f Finding) At(p Place) Finding {
	s := f.Subject()
	s.Place = p
	return f.About(s)
}

// Subject returns what the finding is about.
func (f Finding) Subject() Subject {
	switch {
	case f.about != nil:
		return *f.about
	case f.table == nil:
		return Subject{}
	}
	e := Earning{f.table, f.row}
	return Subject{e.Participant(), e.ProgramName(), PeriodOf(e.Date()), e.ID(), e.Place()}
}

// Participant returns the id of the participant that the finding is about, or "".
func (f Finding) Participant() string {
	if f.table != nil {
		return Earning{f.table, f.row}.Participant()
	}
	return f.Subject().Participant
}

// Program returns the current name of the program that it is about, or "".
func (f Finding) Program() string {
	if f.table != nil {
		return Earning{f.table, f.row}.ProgramName()
	}
	return f.Subject().Program
}

// Period returns the earning period that it is about, if any.
func (f Finding) Period() EarningPeriod { return f.Subject().Period }

// Earning returns the earningId of the row that it is about, or "".
func (f Finding) Earning() string { return f.Subject().Earning }

// Place returns where in a file it is.
func (f Finding) Place() Place { return f.Subject().Place }

// Money returns the money behind the finding, in no currency where there is none.
func (f Finding) Money() Money {
	if w, named := f.says.(interface{ Money() Money }); named {
		return w.Money()
	}
	return f.Says().money()
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
	f.says = worth{&says, f.Money()}
	return f
}

// String describes the finding where a test fails.
func (f Finding) String() string {
	s := f.Subject()
	return fmt.Sprintf("%s %s %s %s %s %s %+v: %s", f.severity, f.Code(), s.Participant, s.Program, s.Period, s.Earning, s.Place, f.Message())
}

// Behind returns the finding with other money behind it than the first that it
// says.
func (f Finding) Behind(m Money) Finding {
	f.says = worth{f.says, m}
	return f
}

// Same reports whether two findings say the same about the same.
func (f Finding) Same(g Finding) bool {
	return f.severity == g.severity && f.note == g.note && f.Subject() == g.Subject() && f.Message() == g.Message()
}

// Code names what was found.
func (f Finding) Code() Code { return codeOf(f.note) }

func codeOf(note uint8) Code {
	if note == 0 {
		return "" // of the zero finding
	}
	return codeNotes[note-1].Code
}

// Note returns the row of the table of findings.
func (f Finding) Note() CodeNote {
	if f.note == 0 {
		return CodeNote{} // of the zero finding
	}
	return codeNotes[f.note-1]
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
func (f *Fund) Finding(s Severity, code Code, says Saying) Finding {
	return NewFinding(s, code, says).About(Subject{Participant: f.Participant, Program: f.Program, Period: f.Period})
}

// Finding makes a finding about a period of the statement.
func (s *Statement) Finding(severity Severity, code Code, period EarningPeriod, says Saying) Finding {
	return NewFinding(severity, code, says).About(Subject{Participant: s.Participant, Program: s.Program, Period: period})
}

// Finding makes a finding at the payment's place in its report.
func (m *PaymentMatch) Finding(s Severity, code Code, says Saying) Finding {
	return NewFinding(s, code, says).About(Subject{Participant: m.Participant, Program: m.Program, Place: m.Place})
}

// Finding makes a finding about the file as a whole.
func (s *Source) Finding(severity Severity, code Code, says Saying) Finding {
	return NewFinding(severity, code, says).At(Place{File: s.File})
}

// Finding makes a finding about the earning at its place.
func (e Earning) Finding(s Severity, code Code, says Saying) Finding {
	f := NewFinding(s, code, says)
	f.table, f.row = e.t, e.row
	return f
}

// placed stands for a finding of a list while those of one code about one statement
// are sorted.
type placed struct {
	at     int32 // in the list
	period EarningPeriod
	place  Place
}

func (f Finding) placed(at int32) placed {
	if f.about != nil || f.table == nil {
		about := f.Subject()
		return placed{at, about.Period, about.Place}
	}
	e := Earning{f.table, f.row}
	return placed{at, PeriodOf(e.Date()), e.Place()}
}

// order sorts findings so that their list never depends on the order of discovery.
func (p placed) order(q placed, list []Finding) int {
	if c := cmp.Or(
		p.period.Compare(q.period),
		cmp.Compare(p.place.File, q.place.File),
		cmp.Compare(p.place.Sheet, q.place.Sheet),
		cmp.Compare(p.place.Row, q.place.Row),
		cmp.Compare(p.place.Column, q.place.Column),
	); c != 0 {
		return c
	}
	f, g := list[p.at], list[q.at]
	return cmp.Or(cmp.Compare(f.Message(), g.Message()), cmp.Compare(f.Earning(), g.Earning()))
}

// SortFindings sorts findings, the worst first, then by code and by what they are
// about, and removes repeated ones. There may be hundreds of thousands, so that it
// works in the list that it is given.
func SortFindings(list []Finding) []Finding {
	type head struct {
		severity             Severity
		note                 uint8
		participant, program string
	}
	groups := map[head][]int32{}
	for i, f := range list {
		h := head{f.severity, f.note, f.Participant(), f.Program()}
		groups[h] = append(groups[h], int32(i))
	}
	heads := slices.SortedFunc(maps.Keys(groups), func(a, b head) int {
		return cmp.Or(cmp.Compare(b.severity, a.severity), cmp.Compare(codeOf(a.note), codeOf(b.note)),
			cmp.Compare(a.participant, b.participant), cmp.Compare(a.program, b.program))
	})
	order := make([]int32, 0, len(list))
	var repeated []int32
	var alike []placed
	for _, h := range heads {
		alike = alike[:0]
		for _, at := range groups[h] {
			alike = append(alike, list[at].placed(at))
		}
		slices.SortFunc(alike, func(p, q placed) int { return p.order(q, list) })
		for i, p := range alike {
			if i > 0 && alike[i-1].period == p.period && alike[i-1].place == p.place && list[alike[i-1].at].Same(list[p.at]) {
				repeated = append(repeated, p.at)
			} else {
				order = append(order, p.at)
			}
		}
	}
	kept := len(order)
	rearrange(list, append(order, repeated...))
	return list[:kept:kept]
}

// rearrange puts the items of a list into an order, of which nothing is left.
func rearrange[T any](list []T, order []int32) {
	for i := range order {
		first, to := list[i], i
		for from := int(order[to]); from != i; from = int(order[to]) {
			list[to], order[to] = list[from], int32(to)
			to = from
		}
		list[to], order[to] = first, int32(to)
	}
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
