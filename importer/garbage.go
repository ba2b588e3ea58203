package importer

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"

	"cspcoop/calc"
)

// How much memory may grow before garbage is collected, in per cent of what is in use;
// GOGC in the environment has precedence.
const (
	usualGrowth = 100
	leastGrowth = 40
)

// CollectFor sets how often garbage is collected from here on. Earnings are columns in
// which the collector follows nothing, so that with many of them a collection costs
// little, and what piles up before the next one is much.
func CollectFor(sources []*calc.Source) {
	const many = 250_000
	rows, percent := 0, usualGrowth
	for _, s := range sources {
		if s.Earnings != nil {
			rows += s.Earnings.Len()
		}
	}
	if rows >= many {
		percent = leastGrowth
	}
	setGrowth(percent)
}

// CollectWithin lets garbage take the memory that the process has already, which what
// comes needs less of: it costs nothing then to collect it less often.
func CollectWithin() {
	if os.Getenv("GOGC") != "" {
		return
	}
	runtime.GC()
	sizes := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/unused:bytes"}, {Name: "/memory/classes/heap/free:bytes"}}
	metrics.Read(sizes)
	taken, used := 0, int(sizes[0].Value.Uint64())
	for _, s := range sizes[1:] {
		taken += int(s.Value.Uint64())
	}
	setGrowth(min(max(100*(taken-used)/max(used, 1), leastGrowth), usualGrowth))
}

func setGrowth(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}
