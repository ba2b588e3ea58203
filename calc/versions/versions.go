package versions

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"cspcoop/calc"
)

// Ledger says what became of every earning row of every source, and which
// version counts in its place.
type Ledger struct {
	Sources  []*calc.Source
	Fates    [][]calc.Fate
	starts   []int32   // number of each source's first row among all
	instead  [][]int32 // for duplicates, superseded and repeated rows, the place + 1 of the version that counts in counted; nil for a source without any
	counted  []calc.Earning
	Newest   []vintage // by source
	Findings []calc.Finding

	Restated []calc.Restatement
	Statuses []Pair // with an older version that differs in its payment status alone
	Vanished []calc.Vanished

	comparing
}

// vintage is how far a file's data reaches.
type vintage struct {
	Calculated calc.Stamp // newest calculationDate
	Earned     calc.Date  // newest earningDate
}

// Settle decides, over the whole archive and whatever the as-of date, which
// version of each earning counts (cspcoop help rules, "Versions first"). The result
// does not depend on the order of sources, except that among sheets without
// ids the one received last counts.
func Settle(sources []*calc.Source, policy calc.Policy) *Ledger {
	l := newLedger(sources)
	l.comparing = comparing{policy.ClaimRows, policy.Rules}
	l.settleIdentified()
	l.settleSheets(policy.ClaimRows)
	return l
}

func newLedger(sources []*calc.Source) *Ledger {
	l := &Ledger{Sources: sources, Newest: make([]vintage, len(sources)), instead: make([][]int32, len(sources))}
	rows := 0
	for i, s := range sources {
		l.starts = append(l.starts, int32(rows))
		rows += s.Earnings.Len()
		l.Fates = append(l.Fates, make([]calc.Fate, s.Earnings.Len()))
		newest := &l.Newest[i]
		for _, e := range s.Earnings.All() {
			newest.Calculated = calc.NewestStamp(newest.Calculated, e.Calculated())
			newest.Earned = calc.Latest(newest.Earned, e.Date())
		}
	}
	return l
}

// all lists the rows of all sources.
func (l *Ledger) all() iter.Seq2[row, calc.Earning] {
	return func(yield func(row, calc.Earning) bool) {
		for i, s := range l.Sources {
			for j, e := range s.Earnings.All() {
				if !yield(row{int32(i), int32(j)}, e) {
					return
				}
			}
		}
	}
}

// WithFates returns the ledger with other fates of its rows.
func (l *Ledger) WithFates(fates [][]calc.Fate) *Ledger {
	with := *l
	with.Fates = fates
	return &with
}

// row finds a row in the ledger: source and position among its earnings.
type row struct{ source, at int32 }

func (l *Ledger) earning(r row) calc.Earning { return l.Sources[r.source].Earnings.At(int(r.at)) }

// row finds a row by its number.
func (l *Ledger) row(number int32) row {
	source, _ := slices.BinarySearch(l.starts, number+1)
	return row{int32(source - 1), number - l.starts[source-1]}
}

// Number returns the number of a source's row among the rows of all sources, one
// source after the other.
func (l *Ledger) Number(source, at int) int32 { return l.starts[source] + int32(at) }

// Find returns the row of a number, and its source.
func (l *Ledger) Find(number int32) (source int, e calc.Earning) {
	r := l.row(number)
	return int(r.source), l.earning(r)
}

// At returns the row of a number.
func (l *Ledger) At(number int32) calc.Earning { return l.earning(l.row(number)) }

// Earnings returns the rows of some numbers.
func (l *Ledger) Earnings(numbers []int32) []calc.Earning {
	list := make([]calc.Earning, len(numbers))
	for i, number := range numbers {
		list[i] = l.At(number)
	}
	return list
}

// replace gives a row its fate, and notes the version that counts in its place.
func (l *Ledger) replace(r row, fate calc.Fate, by calc.Earning) {
	l.Fates[r.source][r.at] = fate
	if l.instead[r.source] == nil {
		l.instead[r.source] = make([]int32, len(l.Fates[r.source]))
	}
	if n := len(l.counted); n == 0 || l.counted[n-1] != by {
		l.counted = append(l.counted, by)
	}
	l.instead[r.source][r.at] = int32(len(l.counted))
}

// replacement returns the version that counts in place of a row, or none.
func (l *Ledger) replacement(r row) calc.Earning {
	if l.instead[r.source] == nil || l.instead[r.source][r.at] == 0 {
		return calc.Earning{}
	}
	return l.counted[l.instead[r.source][r.at]-1]
}

func (l *Ledger) settleIdentified() {
	x := gatherLines(l)
	for _, c := range x.chains {
		l.settleChain(c)
	}
	l.reportTypeConflicts(x.types)
	l.reportCase(x.cases)
	if len(l.Sources) > 1 {
		l.findVanished(x)
	}
}

func (l *Ledger) settleChain(rows []row) {
	winner, tied := l.pick(rows)
	counted := l.earning(winner)
	for _, r := range tied {
		if e := l.earning(r); r != winner && l.differ(e, counted) {
			l.reportVersionConflict(counted, e)
		}
	}
	var restated, moved []row // other money; another payment status alone
	for len(rows) > 0 {       // rows of one source are together
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
			l.replace(r, fate, counted)
			switch e := l.earning(r); {
			case fate != calc.Superseded:
			case l.differ(e, counted):
				restated = append(restated, r)
			case !e.SameStatus(counted):
				moved = append(moved, r)
			}
		}
		rows = rows[n:]
	}
	l.noteChange(counted, restated, moved)
}

// fateOf returns what a row is that does not count; own is its file's best line
// of the earning.
func (l *Ledger) fateOf(r, own, winner row) calc.Fate {
	e := l.earning(r)
	switch {
	case r != own && !l.differ(e, l.earning(own)):
		return calc.Repeated
	case r == own && l.sameVersion(e, l.earning(winner)):
		return calc.Duplicate
	}
	return calc.Superseded
}

// pick returns the row that counts, and those that nothing but the SHA-256
// known from it. Each step keeps only the best of what the step before left, so
// that the outcome does not depend on the order of rows even where single times
// of day are missing.
func (l *Ledger) pick(rows []row) (winner row, tied []row) {
	best := keepNewest(rows, func(r row) calc.Stamp { return l.earning(r).Calculated() })
	best = keepGreatest(best, func(a, b row) int { return l.Newest[a.source].Earned.Compare(l.Newest[b.source].Earned) })
	tied = keepGreatest(best, func(a, b row) int { return l.earning(a).Rank() - l.earning(b).Rank() })
	winner = slices.MaxFunc(tied, func(a, b row) int {
		return cmp.Or(strings.Compare(l.Sources[a.source].SHA256, l.Sources[b.source].SHA256), cmp.Compare(b.at, a.at))
	})
	return winner, tied
}

// keepNewest leaves what has the newest stamp: of the latest day, all without a
// time of day and those with the latest one. Comparing two at a time could go
// round in circles where times of day are missing.
func keepNewest[T any](list []T, of func(T) calc.Stamp) []T {
	var latest calc.Stamp
	for _, item := range list {
		latest = calc.NewestStamp(latest, of(item))
	}
	return slices.DeleteFunc(slices.Clone(list), func(item T) bool { return of(item).Compare(latest) < 0 })
}

// keepGreatest leaves the greatest rows, in their list.
func keepGreatest(rows []row, compare func(a, b row) int) []row {
	greatest := slices.MaxFunc(rows, compare)
	return slices.DeleteFunc(rows, func(r row) bool { return compare(r, greatest) < 0 })
}

// sameVersion reports whether two rows are the same download of the same state.
func (l *Ledger) sameVersion(a, b calc.Earning) bool {
	return !l.differ(a, b) && a.Date() == b.Date() && a.Calculated().Compare(b.Calculated()) == 0 && a.SameStatus(b)
}

func (l *Ledger) reportVersionConflict(winner, other calc.Earning) {
	why := calc.Say("the SHA-256 of its file is greater")
	if winner.Source() == other.Source() {
		why = calc.Say("it is listed first")
	}
	l.Findings = append(l.Findings, winner.Finding(calc.Error, calc.VersionConflict, calc.Say(
		"earning %s has two versions of the same age: %s here and %s in %s; the one here counts, because %s; ask Partner Center which is right%s",
		winner.ID(), Described(winner, other), Described(other, winner), other.Place(), why, calc.ForOperator(calc.Say(" and drop a newer export")))))
}

// reportTypeConflicts reports ids that appear under several types; all of them
// count until the export is corrected (cspcoop help rules).
func (l *Ledger) reportTypeConflicts(pairs []Pair) {
	for _, p := range pairs {
		l.Findings = append(l.Findings, p.Finding(calc.Error, calc.TypeConflict, calc.Say(
			"earning %s has the type %s here and %s in %s; both count until it is corrected; ask Partner Center which is right",
			p.ID(), calc.Quoted{Of: p.Type()}, calc.Quoted{Of: p.Other.Type()}, p.Other.Place())))
	}
}

// reportCase reports ids that differ only in upper and lower case or in leading
// zeros: they are two earnings, and may be one that a spreadsheet damaged.
func (l *Ledger) reportCase(pairs []Pair) {
	for _, p := range pairs {
		severity, code, difference := calc.Warning, calc.IDCase, calc.Say("upper and lower case or the kind of dash")
		if calc.IsDigits(p.ID()) {
			severity, code, difference = calc.Error, calc.LeadingZeros, calc.Say("leading zeros")
		}
		l.Findings = append(l.Findings, p.Finding(severity, code, calc.Say(
			"earning %s (%s) differs from %s (%s) in %s only in %s; both count; check that no spreadsheet changed an id",
			p.ID(), calc.NewMoney(p.Amount().Decimal(), p.Currency()), p.Other.ID(), calc.NewMoney(p.Other.Amount().Decimal(), p.Other.Currency()),
			p.Other.Place(), difference)))
	}
}
