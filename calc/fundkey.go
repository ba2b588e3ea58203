package calc

type StatementKey struct {
	Participant string
	Program     ProgramKey
}

type FundKey struct {
	Participant string
	Program     ProgramKey
	Period      EarningPeriod
}
