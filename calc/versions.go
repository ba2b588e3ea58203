package calc

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// ledger says what became of every earning row of every source, and which
// version counts in its place.
type ledger struct {
	sources  []*Source
	fates    [][]Fate
	instead  [][]*Earning // the version that counts, for duplicates, superseded and repeated rows
	newest   []vintage
	findings []Finding

	restated []Restatement
	statuses []Pair // with an older version that differs in its payment status alone
	vanished []Vanished
}

// vintage is how far a file's data reaches.
type vintage struct {
	calculated Stamp // newest calculationDate
	earned     Date  // newest earningDate
}

// identity is what makes two rows the same earning: earningId with the type's
// kind (rules.md §6).
type identity struct{ id, typ string }

func (e *Earning) identity() identity {
	switch e.Kind {
	case Gross:
		return identity{e.ID, "gross"}
	case Rebate:
		return identity{e.ID, "rebate"}
	case CoOp:
		return identity{e.ID, "coop"}
	case Other:
	}
	return identity{e.ID, "other " + typeKey(e.Type)}
}

// same says that two rows have the same identity.
func (e *Earning) same(o *Earning) bool {
	return e.ID == o.ID && e.Kind == o.Kind && (e.Kind != Other || e.Type == o.Type || typeKey(e.Type) == typeKey(o.Type))
}

// settle decides, over the whole archive and whatever the as-of date, which
// version of each earning counts (rules.md §6, "Versions first"). The result
// does not depend on the order of sources, except that among sheets without
// ids the one received last counts.
func settle(sources []*Source, claimRows ClaimRows) *ledger {
	l := &ledger{sources: sources, newest: make([]vintage, len(sources))}
	for i, s := range sources {
		l.fates = append(l.fates, make([]Fate, len(s.Earnings)))
		l.instead = append(l.instead, make([]*Earning, len(s.Earnings)))
		for j := range s.Earnings {
			e := &s.Earnings[j]
			l.newest[i].calculated = newest(l.newest[i].calculated, e.Calculated)
			if e.Date.After(l.newest[i].earned) {
				l.newest[i].earned = e.Date
			}
		}
	}
	l.settleIdentified()
	l.settleSheets(claimRows)
	return l
}

// row finds a row in the ledger: source and position among its earnings.
type row struct{ source, at int32 }

func (l *ledger) earning(r row) *Earning { return &l.sources[r.source].Earnings[r.at] }

func (l *ledger) settleIdentified() {
	x := gatherLines(l)
	var rows []row
	for i := range x.list {
		if n := &x.list[i]; n.more != 0 {
			rows = x.rows(n, rows[:0])
			l.settleChain(rows)
		}
	}
	l.reportTypeConflicts(x.types)
	l.reportCase(x.cases)
	if len(l.sources) > 1 {
		l.findVanished(x.chains())
	}
}

func (l *ledger) settleChain(rows []row) {
	winner, tied := l.pick(rows)
	counted := l.earning(winner)
	for _, r := range tied {
		if e := l.earning(r); r.source != winner.source && moneyDiffers(e, counted) {
			l.reportVersionConflict(counted, e)
		}
	}
	var restated, moved []row // other money; another payment status alone
	for len(rows) > 0 {       // rows of one source stand together
		n := 1
		for n < len(rows) && rows[n].source == rows[0].source {
			n++
		}
		own := winner // the file's own best line
		if rows[0].source != winner.source {
			own, _ = l.pick(rows[:n])
		}
		for _, r := range rows[:n] {
			if r == winner {
				continue
			}
			fate := l.fateOf(r, own, winner)
			l.fates[r.source][r.at], l.instead[r.source][r.at] = fate, counted
			switch e := l.earning(r); {
			case fate != Superseded:
			case moneyDiffers(e, counted):
				restated = append(restated, r)
			case typeKey(e.PaymentStatus) != typeKey(counted.PaymentStatus):
				moved = append(moved, r)
			}
		}
		rows = rows[n:]
	}
	l.noteChange(counted, restated, moved)
}

// fateOf tells what a row is that does not count; own is its file's best line
// of the earning.
func (l *ledger) fateOf(r, own, winner row) Fate {
	e := l.earning(r)
	switch {
	case r != own && !moneyDiffers(e, l.earning(own)):
		return Repeated
	case r == own && sameVersion(e, l.earning(winner)):
		return Duplicate
	}
	return Superseded
}

// pick gives the row that counts, and those that nothing but the fingerprint
// told from it. Each step keeps only the best of what the step before left, so
// that the outcome does not depend on the order of rows even where single times
// of day are missing.
func (l *ledger) pick(rows []row) (winner row, tied []row) {
	best := keepNewest(rows, func(r row) Stamp { return l.earning(r).Calculated })
	latest := Date{}
	for _, r := range best {
		if d := l.newest[r.source].earned; d.After(latest) {
			latest = d
		}
	}
	best = slices.DeleteFunc(best, func(r row) bool { return l.newest[r.source].earned != latest })
	tied = l.keep(best, func(a, b *Earning) int { return statusRank(a.PaymentStatus) - statusRank(b.PaymentStatus) })
	winner = slices.MaxFunc(tied, func(a, b row) int {
		return cmp.Or(strings.Compare(l.sources[a.source].SHA256, l.sources[b.source].SHA256), cmp.Compare(b.at, a.at))
	})
	return winner, tied
}

// keepNewest leaves what has the newest stamp: of the latest day, all without a
// time of day and those with the latest one. Comparing two at a time could go
// round in circles where times of day are missing.
func keepNewest[T any](list []T, of func(T) Stamp) []T {
	var latest Stamp
	for _, item := range list {
		latest = newest(latest, of(item))
	}
	return slices.DeleteFunc(slices.Clone(list), func(item T) bool { return of(item).Compare(latest) < 0 })
}

// keep leaves the greatest rows.
func (l *ledger) keep(rows []row, compare func(a, b *Earning) int) []row {
	best := l.earning(rows[0])
	for _, r := range rows[1:] {
		if e := l.earning(r); compare(e, best) > 0 {
			best = e
		}
	}
	return slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return compare(l.earning(r), best) < 0 })
}

// moneyDiffers says that two versions put different money into the figures:
// another amount, another month or another fund.
func moneyDiffers(a, b *Earning) bool {
	return !a.Amount.Equal(b.Amount) || !a.USD.Equal(b.USD) || a.Currency != b.Currency || a.Date.Month() != b.Date.Month() ||
		a.Participant != b.Participant || a.ProgramKey != b.ProgramKey
}

// sameVersion says that two rows are the same download of the same state.
func sameVersion(a, b *Earning) bool {
	return !moneyDiffers(a, b) && a.Date == b.Date && a.Calculated.Compare(b.Calculated) == 0 && typeKey(a.PaymentStatus) == typeKey(b.PaymentStatus)
}

func (l *ledger) reportVersionConflict(winner, other *Earning) {
	l.findings = append(l.findings, winner.finding(Error, VersionConflict, fmt.Sprintf(
		"earning %s has two versions of the same age: %s %s here and %s %s in %s row %d; the one here counts because its fingerprint is greater; ask Partner Center which is right and drop a newer export",
		winner.ID, inWords(winner.Amount.Decimal()), winner.Currency, inWords(other.Amount.Decimal()), other.Currency, other.Source.File, other.Row)))
}

// reportTypeConflicts tells ids that stand under several types; all of them
// count until the export is mended (rules.md §6).
func (l *ledger) reportTypeConflicts(pairs []Pair) {
	for _, p := range pairs {
		l.findings = append(l.findings, p.finding(Error, TypeConflict, fmt.Sprintf(
			"earning %s stands as %q here and as %q in %s row %d; both count until it is mended; ask Partner Center which is right",
			p.ID, p.Type, p.Other.Type, p.Other.Source.File, p.Other.Row)))
	}
}

// finding makes a finding about an earning at its place.
func (e *Earning) finding(s Severity, c Code, message string) Finding {
	return Finding{Severity: s, Code: c, Participant: e.Participant, Program: e.programName(), Period: PeriodOf(e.Date), Earning: e.ID, Place: e.Place(), Message: message}
}

func (e *Earning) programName() string {
	if known := e.ProgramKey.Known(); known != "" {
		return known
	}
	return spaced(e.Program)
}

// reportCase tells ids that differ only in upper and lower case: they are two
// earnings, and may be one that a spreadsheet damaged.
func (l *ledger) reportCase(pairs []Pair) {
	for _, p := range pairs {
		l.findings = append(l.findings, p.finding(Warning, IDCase, fmt.Sprintf(
			"earning %s differs from %s in %s row %d only in upper and lower case; both count; check that no spreadsheet changed an id",
			p.ID, p.Other.ID, p.Other.Source.File, p.Other.Row)))
	}
}
