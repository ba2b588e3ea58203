package calc

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
