package calc

import "fmt"

// Gap is a run of months without any row between a statement's first and last
// one.
type Gap struct {
	First, Last Month
	Spanned     bool // one export reaches across it, so that it is rather an idle time than a missing file
}

// String gives 2020-03, or 2020-03 to 2020-05.
func (g Gap) String() string {
	if g.First == g.Last {
		return g.First.String()
	}
	return fmt.Sprintf("%s to %s", g.First, g.Last)
}
