package importer

import (
	"errors"

	"cspcoop/calc"
)

// A Keeper takes the rows of an earnings report while it is read, so that what only
// documents show of them need not stay in memory. It keeps what it is given only
// when the source that Read returns passes its details on.
type Keeper interface {
	// Begin comes before the first row of a source, whose sheets are known; and again
	// when the rows are read another time.
	Begin(*calc.Source)
	// Take comes whenever rows were added to the source's table, and takes all that
	// it lets go from there.
	Take(*calc.Earnings)
	// End comes when the source is whole and nothing is wrong with it. Its error ends
	// the import; after ErrNotKept the file is read once more without the Keeper.
	End(*calc.Source) error
}

// ErrNotKept says that a Keeper has no room for something in a source.
var ErrNotKept = errors.New("the source cannot be kept whole")

// Forget is the Keeper for those who need no details.
var Forget Keeper = forget{}

type forget struct{}

func (forget) Begin(*calc.Source)     {}
func (forget) Take(t *calc.Earnings)  { t.LetGo(t.Len()) }
func (forget) End(*calc.Source) error { return nil }

// passesDetails reports whether a Keeper takes the rows: those of a file that is
// earnings and nothing else.
func (in *importing) passesDetails() bool {
	if in.keeper == nil {
		return false
	}
	for i := range in.tabs {
		if !in.tabs[i].layout.report.isEarnings {
			return false
		}
	}
	return true
}

// passRows offers rows to the Keeper.
func (in *importing) passRows() {
	if t := in.source.Earnings; t.PassesDetails() {
		in.keeper.Take(t)
	}
}
