package calc

// StatementKey is what makes rows belong to one statement.
type StatementKey struct {
	Participant string
	Program     ProgramKey
}

// FundKey is what makes a fund the same in every statement set.
type FundKey struct {
	Participant string
	Program     ProgramKey
	Period      EarningPeriod
}

// Key returns the fund's key.
func (b *Balance) Key() FundKey {
	return FundKey{b.Statement.Participant, KeyOfProgram(b.Statement.Program), b.Period}
}
