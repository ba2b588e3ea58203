package calctest

import (
	"iter"
	"os"
)

// Seeds returns the seeds below n that this program of tests tries: the first half, or
// under the race detector the second, so that whoever runs both tries each seed once;
// in the long rounds of "make soak", all of them.
func Seeds(n uint64) iter.Seq[uint64] {
	from, to := uint64(0), n/2
	switch {
	case os.Getenv("CSPCOOP_SOAK") != "":
		to = n
	case raceDetector:
		from, to = n/2, n
	}
	return func(yield func(uint64) bool) {
		for seed := from; seed < to && yield(seed); seed++ {
		}
	}
}
