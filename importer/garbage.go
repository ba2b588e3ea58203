package importer

import (
	"os"
	"runtime/debug"

	"cspcoop/calc"
)

// CollectFor sets how often garbage is collected from here on. Earnings are columns in
// which the collector follows nothing, so that with many of them a collection costs
// little, and what piles up before the next one is much: memory grows by 40 % of what
// is in use then, rather than by as much again. GOGC in the environment has precedence.
func CollectFor(sources []*calc.Source) {
	const many = 250_000
	rows, percent := 0, 100
	for _, s := range sources {
		if s.Earnings != nil {
			rows += s.Earnings.Len()
		}
	}
	if rows >= many {
		percent = 40
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}
