package calc

// Trace is a counted row with the rows that it stands for.
type Trace struct {
	*Earning
	Others []Replaced // the newest first
}

// Replaced is a row that does not count, because another one does.
type Replaced struct {
	*Earning
	Fate Fate
}
