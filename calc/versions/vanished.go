package versions

import (
	"slices"

	"cspcoop/calc"
)

// An export speaks for the earnings of a participant, program and kind when all
// its rows have ids and none repeats within it: sheets and Summarized reports
// have none, and Growth reports, which repeat them, list growth incentives
// alone. It covers the months from
// the first to the last one of which it has such rows. It is newer than another
// when its newest calculationDate is of a later day, or of the same day and its
// newest earningDate is later. And it has to be whole: a download that was
// filtered (by customer, payment, lever …) would make all that it leaves out
// look withdrawn, so one that lacks more of the earnings which older exports
// show in its months than it holds is taken for a filtered one.

// listing is what one export holds of a participant, program and kind.
type listing struct {
	source      int
	first, last calc.Month
	held        int // earnings
	lacking     int // earnings of its months that only older exports hold
}

func (x *listing) covers(m calc.Month) bool { return x.first.Compare(m) <= 0 && m.Compare(x.last) <= 0 }

func (x *listing) whole() bool { return x.held >= x.lacking }

// listed is everything that exports list of a participant, program and kind.
type listed struct {
	listings []*listing
	traces   []trace
}

// trace is an earning with the newest file that shows it.
type trace struct {
	counted calc.Earning
	source  int
}

type listedKey struct {
	calc.StatementKey
	kind calc.Kind
}

// findVanished looks for earnings that newer exports lack.
func (l *Ledger) findVanished(x *lines) {
	groups := l.listings()
	for c := range x.all() {
		counted := l.earning(c[0])
		if instead := l.replacement(c[0]); !instead.IsZero() {
			counted = instead
		}
		g := groups[listedKey{counted.StatementKey(), counted.Kind()}]
		if g == nil {
			continue
		}
		newest := int(c[0].source)
		for i, r := range c {
			source := int(r.source)
			if l.newer(source, newest) {
				newest = source
			}
			if i == 0 || r.source != c[i-1].source {
				g.hold(source)
			}
		}
		g.traces = append(g.traces, trace{counted, newest})
	}
	for _, g := range groups {
		l.traceVanished(g)
	}
}

// listings finds what each export lists.
func (l *Ledger) listings() map[listedKey]*listed {
	groups := map[listedKey]*listed{}
	for i, s := range l.Sources {
		if l.Repeats(i) || !s.Earnings.Identified() {
			continue
		}
		known := map[calc.TextKey]*listing{}
		for _, e := range s.Earnings.All() {
			of := e.Key(calc.ParticipantColumn, calc.ProgramColumn, calc.TypeColumn)
			x := known[of]
			if x == nil {
				key := listedKey{e.StatementKey(), e.Kind()}
				if groups[key] == nil {
					groups[key] = &listed{}
				}
				x = groups[key].of(i)
				known[of] = x
			}
			m := e.Date().Month()
			if x.first.IsZero() || m.Compare(x.first) < 0 {
				x.first = m
			}
			if m.Compare(x.last) > 0 {
				x.last = m
			}
		}
	}
	return groups
}

// Repeats reports whether a file prints an earning on several lines, the mark of a
// Growth report.
func (l *Ledger) Repeats(source int) bool { return slices.Contains(l.Fates[source], calc.Repeated) }

// of returns a file's listing; files come one after another.
func (g *listed) of(source int) *listing {
	if n := len(g.listings); n == 0 || g.listings[n-1].source != source {
		g.listings = append(g.listings, &listing{source: source})
	}
	return g.listings[len(g.listings)-1]
}

// hold counts an earning that a file shows.
func (g *listed) hold(source int) {
	if i, found := slices.BinarySearchFunc(g.listings, source, func(x *listing, source int) int { return x.source - source }); found {
		g.listings[i].held++
	}
}

func (l *Ledger) newer(a, b int) bool {
	if c := l.Newest[a].Calculated.Day.Compare(l.Newest[b].Calculated.Day); c != 0 {
		return c > 0
	}
	return l.Newest[a].Earned.After(l.Newest[b].Earned)
}

// traceVanished looks for the traces that newer listings lack. Those of one
// month whose newest file is the same are lacking together.
func (l *Ledger) traceVanished(g *listed) {
	type shown struct {
		month  calc.Month
		source int
	}
	held := map[shown]int{}
	for _, t := range g.traces {
		held[shown{t.counted.Date().Month(), t.source}]++
	}
	lacking := func(x *listing, at shown) bool { return l.newer(x.source, at.source) && x.covers(at.month) }
	for at, earnings := range held {
		for _, x := range g.listings {
			if lacking(x, at) {
				x.lacking += earnings
			}
		}
	}
	lacks := map[shown]*listing{} // the newest whole one
	for at := range held {
		for _, x := range g.listings {
			if x.whole() && lacking(x, at) && (lacks[at] == nil || l.newer(x.source, lacks[at].source)) {
				lacks[at] = x
			}
		}
	}
	for _, t := range g.traces {
		if x := lacks[shown{t.counted.Date().Month(), t.source}]; x != nil {
			l.Vanished = append(l.Vanished, calc.Vanished{Earning: t.counted, Export: l.Sources[x.source]})
		}
	}
	for _, x := range g.listings {
		if !x.whole() {
			l.reportPartial(x, g.traces[0].counted)
		}
	}
}

// reportPartial reports that a file was taken for a filtered download.
func (l *Ledger) reportPartial(x *listing, of calc.Earning) {
	f := of.Finding(calc.Info, calc.ExportPartial, calc.Say(
		"of %s from %s to %s the file has %s, and older exports have %s more; it was taken for a filtered download, and nothing is called missing; if it was not filtered, ask Microsoft what became of them",
		of.Kind(), x.first, x.last, calc.CountOf(x.held, "%s earning", "%s earnings"), x.lacking))
	about := f.Subject()
	about.Period, about.Place = calc.EarningPeriod{}, calc.Place{File: l.Sources[x.source].File}
	l.Findings = append(l.Findings, f.About(about))
}
