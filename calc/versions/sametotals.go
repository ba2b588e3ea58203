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
	first      *calc.Earning
	identified bool // has rows with ids
	months     map[calc.Month]*calc.Sum
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

// reportSameTotals reports rows without ids whose months all have the totals of
// several others together.
func (l *Ledger) reportSameTotals() {
	funds := l.fundsOfSheets()
	order := slices.SortedFunc(maps.Keys(funds), func(a, b fundOfSheet) int {
		return cmp.Or(cmp.Compare(a.source, b.source), cmp.Compare(a.sheet, b.sheet), cmp.Compare(a.participant, b.participant), cmp.Compare(a.program, b.program))
	})
	totals := map[totalOf]*totalOfFunds{}
	for _, f := range order {
		for m, sum := range funds[f].months {
			for _, k := range f.among(m) {
				if totals[k] == nil {
					totals[k] = &totalOfFunds{}
				}
				totals[k].usd.AddDecimal(sum.Decimal())
				totals[k].funds++
			}
		}
	}
	for _, f := range order {
		if !funds[f].identified {
			l.reportSumOfOthers(f, funds[f], totals)
		}
	}
}

func (l *Ledger) fundsOfSheets() map[fundOfSheet]*fundMonths {
	funds := map[fundOfSheet]*fundMonths{}
	for i, s := range l.Sources {
		for j := range s.Earnings {
			e := &s.Earnings[j]
			if l.Fates[i][j] != calc.Counted {
				continue
			}
			k := fundOfSheet{i, int(e.Sheet), e.Participant, e.ProgramKey}
			f := funds[k]
			if f == nil {
				f = &fundMonths{first: e, months: map[calc.Month]*calc.Sum{}}
				funds[k] = f
			}
			f.identified = f.identified || e.ID != ""
			sum := f.months[e.Date.Month()]
			if sum == nil {
				sum = new(calc.Sum)
				f.months[e.Date.Month()] = sum
			}
			sum.Add(e.USD)
		}
	}
	return funds
}

// enough is how many months and other funds together prove that a sum is no
// coincidence, of two others at least.
const enough = 4

func (l *Ledger) reportSumOfOthers(f fundOfSheet, own *fundMonths, totals map[totalOf]*totalOfFunds) {
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
		if months == 0 || others < 2 || others+months < enough {
			continue
		}
		e := own.first
		l.Findings = append(l.Findings, e.Finding(calc.Warning, calc.SameTotals, calc.Say(
			"the rows without ids of %s in %s (%s in %s) have the totals of %s other funds together; both count; remove them if they are a summary",
			e.Participant, e.ProgramName(), calc.USD(all.Decimal()), calc.CountOf(months, "%s month", "%s months"), others)))
		return
	}
}
