package calc

import (
	"cmp"
	"strings"
)

// Identity is what makes two rows the same earning: earningId with the type's
// kind (cspcoop help rules).
type Identity struct{ id, typ string }

// Identity returns what makes the earning the one that it is.
func (e Earning) Identity() Identity {
	return Identity{e.ID(), e.t.types[e.Code(TypeColumn)].identity}
}

// Same reports whether two rows have the same identity.
func (e Earning) Same(o Earning) bool {
	return e.t.types[e.Code(TypeColumn)].identity == o.t.types[o.Code(TypeColumn)].identity && e.ID() == o.ID()
}

// StatementKey is what makes rows belong to one statement.
type StatementKey struct {
	Participant string
	Program     ProgramKey
}

// NewStatementKey returns the key of a participant's statement for a program, in any
// spelling.
func NewStatementKey(participant, program string) StatementKey {
	return StatementKey{participant, KeyOfProgram(program)}
}

// StatementKey returns the key of the earning's statement.
func (e Earning) StatementKey() StatementKey { return StatementKey{e.Participant(), e.ProgramKey()} }

// FundKey is what makes a fund the same in every statement set.
type FundKey struct {
	Participant string
	Program     ProgramKey
	Period      EarningPeriod
}

// NewFundKey returns the key of a participant's fund of a program, in any spelling,
// and an earning period.
func NewFundKey(participant, program string, period EarningPeriod) FundKey {
	return FundKey{participant, KeyOfProgram(program), period}
}

// Key returns the fund's key.
func (f *Fund) Key() FundKey { return NewFundKey(f.Participant, f.Program, f.Period) }

// CompareByDate orders rows by date, id and place.
func CompareByDate(a, b Earning) int {
	if c := a.Date().Compare(b.Date()); c != 0 {
		return c
	}
	if c := strings.Compare(a.ID(), b.ID()); c != 0 {
		return c // as nearly always
	}
	return cmp.Or(cmp.Compare(a.Kind(), b.Kind()), CompareByPlace(a, b))
}

// CompareByPlace orders rows by their file, sheet and row.
func CompareByPlace(a, b Earning) int {
	return cmp.Or(strings.Compare(a.Source().File, b.Source().File), strings.Compare(a.Source().SHA256, b.Source().SHA256),
		cmp.Compare(a.Sheet(), b.Sheet()), cmp.Compare(a.Row(), b.Row()))
}
