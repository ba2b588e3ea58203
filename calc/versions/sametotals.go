package versions

import (
	"cmp"
	"maps"
	"slices"

	"cspcoop/calc"
)

// A summary that names no participant or no program gets the configured one, and
// so it shares no fund with the rows that it sums up: its totals show what it is.

// fundOfSheet is what a sheet has of a participant and program.
type fundOfSheet struct {
	source, sheet int
	participant   string
	program       calc.ProgramKey
}

type fundMonths struct {
	first      calc.Earning
	identified bool // has rows with ids
	filled     calc.Filled
	months     map[calc.Month]calc.Sum
}

// totalOf is a month of all sheets of a source, or of all sources, with or
// without regard to participant and program.
type totalOf struct {
	source      int // -1: all
	participant string
	program     calc.ProgramKey
	month       calc.Month
}

type totalOfFunds struct {
	usd   calc.Sum
	funds int
}

// among returns the totals that a month of the fund is a part of: by program, by
// participant, of all; in its source, then everywhere.
func (f *fundOfSheet) among(m calc.Month) []totalOf {
	return []totalOf{
		{f.source, f.participant, "", m}, {f.source, "", f.program, m}, {f.source, "", "", m},
		{-1, f.participant, "", m}, {-1, "", f.program, m}, {-1, "", "", m},
	}
}

// equalTotal is a month of a fund, with or without regard to participant and
// program.
type equalTotal struct {
	participant string
	program     calc.ProgramKey
	month       calc.Month
	cents       string
}

// reportSameTotals reports rows without ids whose months all have the totals of
// several others together, or of one other where their names are the
// configuration's.
func (l *Ledger) reportSameTotals() {
	funds := l.fundsOfSheets()
	order := slices.SortedFunc(maps.Keys(funds), func(a, b fundOfSheet) int {
		return cmp.Or(cmp.Compare(a.source, b.source), cmp.Compare(a.sheet, b.sheet), cmp.Compare(a.participant, b.participant), cmp.Compare(a.program, b.program))
	})
	totals := map[totalOf]totalOfFunds{}
	for _, f := range order {
		for m, sum := range funds[f].months {
			for _, k := range f.among(m) {
				total := totals[k]
				total.usd.AddSum(&sum)
				total.funds++
				totals[k] = total
			}
		}
	}
	equal := map[equalTotal][]fundOfSheet{}
	for _, f := range order {
		own := funds[f]
		if !own.identified && !l.reportSumOfOthers(f, own, totals) && (own.filled.Participant || own.filled.Program) {
			if len(equal) == 0 {
				equal = totalsOfFunds(order, funds)
			}
			l.reportEqualOther(f, own, funds, equal)
		}
	}
}

func (l *Ledger) fundsOfSheets() map[fundOfSheet]*fundMonths {
	funds := map[fundOfSheet]*fundMonths{}
	for r, e := range l.all() {
		if l.Fates[r.source][r.at] != calc.Counted {
			continue
		}
		k := fundOfSheet{int(r.source), int(e.Sheet()), e.Participant(), e.ProgramKey()}
		f := funds[k]
		if f == nil {
			f = &fundMonths{first: e, filled: e.Source().FilledIn(e.Sheet()), months: map[calc.Month]calc.Sum{}}
			funds[k] = f
		}
		f.identified = f.identified || e.ID() != ""
		sum := f.months[e.Date().Month()]
		sum.Add(e.USD())
		f.months[e.Date().Month()] = sum
	}
	return funds
}

// enough is how many months and other funds together prove that a sum is no
// coincidence, of two others at least.
const enough = 4

func (l *Ledger) reportSumOfOthers(f fundOfSheet, own *fundMonths, totals map[totalOf]totalOfFunds) bool {
	needed := enough
	if own.filled.Participant || own.filled.Program {
		needed = 3 // two others, in any month
	}
	for view := range f.among(calc.Month{}) {
		var all calc.Sum
		others, months := 0, 0
		for m, sum := range own.months {
			usd, total := sum.Decimal(), totals[f.among(m)[view]]
			if usd.IsZero() {
				continue
			}
			if !sameCents(total.usd.Decimal().Sub(usd), usd) {
				months = 0
				break
			}
			others = max(others, total.funds-1)
			months++
			all.AddDecimal(usd)
		}
		if months == 0 || others < 2 || others+months < needed {
			continue
		}
		e := own.first
		l.Findings = append(l.Findings, e.Finding(calc.Warning, calc.SameTotals, calc.Say(
			"the rows without ids of %s in %s (%s in %s) have the totals of %s other funds together; both count; remove them if they are a summary",
			e.Participant(), e.ProgramName(), calc.USD(all.Decimal()), calc.CountOf(months, "%s month", "%s months"), others)))
		return true
	}
	return false
}

// totalsOfFunds finds the funds that have a total in a month, by participant, by
// program, and by neither.
func totalsOfFunds(order []fundOfSheet, funds map[fundOfSheet]*fundMonths) map[equalTotal][]fundOfSheet {
	equal := map[equalTotal][]fundOfSheet{}
	for _, f := range order {
		for m, sum := range funds[f].months {
			cents := sum.Decimal().Round(2).String()
			for _, k := range []equalTotal{{f.participant, "", m, cents}, {"", f.program, m, cents}, {"", "", m, cents}} {
				equal[k] = append(equal[k], f)
			}
		}
	}
	return equal
}

// reportEqualOther reports rows whose participant or program is the
// configuration's when another fund has the same total in each of their months.
func (l *Ledger) reportEqualOther(f fundOfSheet, own *fundMonths, funds map[fundOfSheet]*fundMonths, equal map[equalTotal][]fundOfSheet) {
	k := equalTotal{participant: f.participant, program: f.program}
	if own.filled.Participant {
		k.participant = ""
	}
	if own.filled.Program {
		k.program = ""
	}
	var all calc.Sum
	var others []fundOfSheet // that have the same totals so far
	months := 0
	for _, m := range slices.SortedFunc(maps.Keys(own.months), calc.Month.Compare) {
		sum := own.months[m]
		usd := sum.Decimal()
		if usd.IsZero() {
			continue
		}
		k.month, k.cents = m, usd.Round(2).String()
		same := equal[k]
		if months > 0 {
			same = slices.DeleteFunc(others, func(o fundOfSheet) bool {
				sum, has := funds[o].months[m]
				return !has || !sameCents(sum.Decimal(), usd)
			})
		}
		others = slices.DeleteFunc(slices.Clone(same), func(o fundOfSheet) bool { return o.participant == f.participant && o.program == f.program })
		if len(others) == 0 {
			return
		}
		months++
		all.AddDecimal(usd)
	}
	if months == 0 {
		return
	}
	e, other := own.first, funds[others[0]].first
	l.Findings = append(l.Findings, e.Finding(calc.Warning, calc.SameTotals, calc.Say(
		"the rows without ids, whose names are those of cspcoop.toml, give %s in %s the totals of %s in %s in %s (%s in %s); both count; remove the rows that are a summary, or name their participant and program",
		e.Participant(), e.ProgramName(), other.Participant(), other.ProgramName(), other.Source().File, calc.USD(all.Decimal()), calc.CountOf(months, "%s month", "%s months"))))
}
