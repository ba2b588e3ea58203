package reconcile_test

import (
	"runtime"
	"slices"
	"testing"

	"cspcoop/calc"
)

// However many processors there are, figures, findings and their order are the
// same.
func TestProcessorsAreIrrelevant(t *testing.T) {
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	everyArchive(t, lawRounds, func(t *testing.T, _ dice, a archive) {
		runtime.GOMAXPROCS(1)
		one := a.calculate(t)
		runtime.GOMAXPROCS(5)
		five := a.calculate(t)
		differ(t, "on five processors", figures(five), figures(one))
		if !slices.EqualFunc(five.Findings, one.Findings, calc.Finding.Same) {
			t.Error("findings differ on five processors")
		}
	})
}
