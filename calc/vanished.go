package calc

import (
	"fmt"
	"slices"
)

// Vanished is an earning that a newer export lacks although its range covers
// the earning's month. It still counts (rules.md §6, Restated).
type Vanished struct {
	*Earning
	Export *Source // the newest export that covers and lacks it
}

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
	first, last Month
	held        int // earnings
	lacking     int // earnings of its months that only older exports hold
}

func (x *listing) covers(m Month) bool { return x.first.Compare(m) <= 0 && m.Compare(x.last) <= 0 }

func (x *listing) whole() bool { return x.held >= x.lacking }

// listed is everything that exports list of a participant, program and kind.
type listed struct {
	listings []*listing
	traces   []trace
}

// trace is an earning with the newest file that shows it.
type trace struct {
	counted *Earning
	source  int
}

type listedKey struct {
	statementKey
	kind Kind
}

// findVanished looks for earnings that newer exports lack.
func (l *ledger) findVanished(chains []chain) {
	groups := l.listings()
	for _, c := range chains {
		counted := l.earning(c.first)
		if instead := l.instead[c.first.source][c.first.at]; instead != nil {
			counted = instead
		}
		g := groups[listedKey{statementKey{counted.Participant, counted.ProgramKey}, counted.Kind}]
		if g == nil {
			continue
		}
		newest := int(c.first.source)
		g.hold(newest)
		for i, r := range c.more {
			source := int(r.source)
			if l.newer(source, newest) {
				newest = source
			}
			if i == 0 && source != int(c.first.source) || i > 0 && r.source != c.more[i-1].source {
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
func (l *ledger) listings() map[listedKey]*listed {
	groups := map[listedKey]*listed{}
	for i, s := range l.sources {
		if l.repeats(i) || slices.ContainsFunc(s.Earnings, func(e Earning) bool { return e.ID == "" }) {
			continue
		}
		byTerms := map[*Terms]*listing{}
		for j := range s.Earnings {
			e := &s.Earnings[j]
			x := byTerms[e.Terms]
			if x == nil {
				key := listedKey{statementKey{e.Participant, e.ProgramKey}, e.Kind}
				if groups[key] == nil {
					groups[key] = &listed{}
				}
				x = groups[key].of(i)
				byTerms[e.Terms] = x
			}
			m := e.Date.Month()
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

// repeats says that a file prints an earning on several lines, the mark of a
// Growth report.
func (l *ledger) repeats(source int) bool { return slices.Contains(l.fates[source], Repeated) }

// of gives a file's listing; files come one after another.
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

func (l *ledger) newer(a, b int) bool {
	if c := l.newest[a].calculated.Day.Compare(l.newest[b].calculated.Day); c != 0 {
		return c > 0
	}
	return l.newest[a].earned.After(l.newest[b].earned)
}

func (l *ledger) traceVanished(g *listed) {
	for _, t := range g.traces {
		for _, x := range g.listings {
			if l.newer(x.source, t.source) && x.covers(t.counted.Date.Month()) {
				x.lacking++
			}
		}
	}
	for _, t := range g.traces {
		var lacks *listing
		for _, x := range g.listings {
			if x.whole() && l.newer(x.source, t.source) && x.covers(t.counted.Date.Month()) && (lacks == nil || l.newer(x.source, lacks.source)) {
				lacks = x
			}
		}
		if lacks != nil {
			l.vanished = append(l.vanished, Vanished{t.counted, l.sources[lacks.source]})
		}
	}
	for _, x := range g.listings {
		if !x.whole() {
			l.reportPartial(x, g.traces[0].counted)
		}
	}
}

// reportPartial tells that a file was taken for a filtered download.
func (l *ledger) reportPartial(x *listing, of *Earning) {
	f := of.finding(Info, ExportPartial, fmt.Sprintf(
		"of %s from %s to %s the file has %s, and older exports have %d more; it was taken for a filtered download, and nothing is called missing; if it was not filtered, ask Microsoft what became of them",
		of.Kind, x.first, x.last, count(x.held, "earning"), x.lacking))
	f.Period, f.Place = EarningPeriod{}, Place{File: l.sources[x.source].File}
	l.findings = append(l.findings, f)
}

// listVanished gives statements their vanished earnings, and makes one finding
// for what a file lacks of a statement and period.
func (c *calculation) listVanished(at totalAt) {
	var groups changeGroups
	for _, v := range c.ledger.vanished {
		s := c.outOf(v.Earning)
		if s == nil || v.Date.After(c.AsOf) {
			continue
		}
		s.Changes.Vanished = append(s.Changes.Vanished, v)
		total := at(s, PeriodOf(v.Date))
		total.VanishedUSD = total.VanishedUSD.Add(v.USD.Decimal())
		groups.add(changeKey{v.Export, nil, statementKey{v.Participant, v.ProgramKey}, PeriodOf(v.Date)}, change{now: v.Earning})
	}
	for _, s := range c.ordered() {
		slices.SortFunc(s.out.Changes.Vanished, func(a, b Vanished) int { return byDate(a.Earning, b.Earning) })
	}
	for _, g := range groups.list {
		first := g.first()
		message := fmt.Sprintf("earning %s (%s of %s %s in %s) is missing from %s, which is newer and covers the month; it still counts; ask Microsoft whether it was withdrawn",
			first.ID, first.Kind, inWords(first.Amount.Decimal()), first.Currency, first.Date.Month(), g.now.File)
		if n := len(g.changes); n > 1 {
			message = fmt.Sprintf("%d earnings, %s USD together, are missing from %s, which is newer and covers their months; they still count; ask Microsoft whether they were withdrawn (first: %s, %s of %s %s in %s)",
				n, inWords(g.nowUSD()), g.now.File, first.ID, first.Kind, inWords(first.Amount.Decimal()), first.Currency, first.Date.Month())
		}
		c.report(first.finding(Warning, EarningVanished, message))
	}
}
