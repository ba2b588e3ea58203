package calc

import (
	"fmt"
	"maps"
	"slices"

	"github.com/shopspring/decimal"
)

// Changes is what exports and bookings changed about a statement after it was
// first told.
type Changes struct {
	Restated []Restatement  // by date and id of the version that counts
	Statuses []StatusChange // by period, then words
	Vanished []Vanished     // by date and id
	Booked   []*Earning     // adjustments and transfers in periods that are over: by date and id
	Periods  []PeriodChange // totals, oldest period first
}

// Restatement is an earning whose amount, month, participant or program changed
// between exports.
type Restatement struct {
	Counted *Earning
	Earlier []*Earning // versions that put other money into the figures, the newest first
}

// Before gives the version that the counted one replaced.
func (x *Restatement) Before() *Earning { return x.Earlier[0] }

// USD gives how much more the counted version is, in USD, exact.
func (x *Restatement) USD() decimal.Decimal { return MovedUSD(x.Before(), x.Counted) }

// MovedUSD gives how much more one version of an earning is than another, in USD,
// exact.
func MovedUSD(before, now *Earning) decimal.Decimal {
	return now.USD.Decimal().Sub(before.USD.Decimal())
}

// PeriodChange totals what changed about a period, in USD and exact.
type PeriodChange struct {
	Period      EarningPeriod
	Restated    int                        // earnings that came into the period, left it or changed in it
	RestatedUSD [Other + 1]decimal.Decimal // by Kind: what it has now less what it had before
	AdjustedUSD decimal.Decimal            // by adjustments booked into it; only for periods that are over
	MovedUSD    decimal.Decimal            // by transfers; likewise
	Statuses    int
	VanishedUSD decimal.Decimal
}

// noteChange records once what became of an earning's older versions: those
// that put other money into the figures, else those of another payment status.
func (l *ledger) noteChange(counted *Earning, restated, moved []row) {
	switch {
	case len(restated) > 0:
		x := Restatement{Counted: counted}
		for len(restated) > 0 {
			last, _ := l.pick(restated)
			e := l.earning(last)
			x.Earlier = append(x.Earlier, e)
			restated = slices.DeleteFunc(restated, func(r row) bool { return !moneyDiffers(l.earning(r), e) })
		}
		l.restated = append(l.restated, x)
	case len(moved) > 0:
		last, _ := l.pick(moved)
		l.statuses = append(l.statuses, Pair{counted, l.earning(last)})
	}
}

// listChanges gives every statement its changes and makes their findings. A
// change of an earning that lies after the as-of date in all its versions is
// left for later.
func (c *calculation) listChanges() {
	totals := map[*Statement]map[EarningPeriod]*PeriodChange{}
	at := func(s *Statement, p EarningPeriod) *PeriodChange {
		if totals[s] == nil {
			totals[s] = map[EarningPeriod]*PeriodChange{}
		}
		if totals[s][p] == nil {
			totals[s][p] = &PeriodChange{Period: p}
		}
		return totals[s][p]
	}
	c.listRestated(at)
	c.listStatuses(at)
	c.listVanished(at)
	c.listBooked(at)
	for s, periods := range totals {
		for _, p := range slices.SortedFunc(maps.Keys(periods), EarningPeriod.Compare) {
			s.Changes.Periods = append(s.Changes.Periods, *periods[p])
		}
	}
}

// totalAt gives the totals of a statement's period.
type totalAt func(*Statement, EarningPeriod) *PeriodChange

// outOf gives the statement that a row belongs to; nil when nothing of it
// counts.
func (c *calculation) outOf(e *Earning) *Statement {
	if s := c.statements[statementKey{e.Participant, e.ProgramKey}]; s != nil {
		return s.out
	}
	return nil
}

func (c *calculation) listRestated(at totalAt) {
	var groups changeGroups
	for _, x := range c.ledger.restated {
		now, before := x.Counted, x.Before()
		if now.Date.After(c.AsOf) && before.Date.After(c.AsOf) {
			continue
		}
		groups.add(changeKey{now.Source, before.Source, statementKey{now.Participant, now.ProgramKey}, PeriodOf(now.Date)}, change{now, before})
		told := map[*Statement]bool{nil: true}
		for _, e := range []*Earning{now, before} {
			if s := c.outOf(e); !told[s] {
				told[s] = true
				s.Changes.Restated = append(s.Changes.Restated, x)
			}
		}
		c.totalRestated(now, before, at)
	}
	for _, s := range c.statements {
		if s.out != nil {
			slices.SortFunc(s.out.Changes.Restated, func(a, b Restatement) int { return byDate(a.Counted, b.Counted) })
		}
	}
	for _, g := range groups.list {
		c.report(g.first().finding(Warning, Restated, g.restatedWords()))
	}
}

func (c *calculation) totalRestated(now, before *Earning, at totalAt) {
	counted := map[*PeriodChange]bool{}
	book := func(e *Earning, usd decimal.Decimal) {
		s := c.outOf(e)
		if s == nil || e.Date.After(c.AsOf) {
			return
		}
		p := at(s, PeriodOf(e.Date))
		p.RestatedUSD[e.Kind] = p.RestatedUSD[e.Kind].Add(usd)
		if !counted[p] {
			counted[p] = true
			p.Restated++
		}
	}
	book(now, now.USD.Decimal())
	book(before, before.USD.Decimal().Neg())
}

func (g *changeGroup) restatedWords() string {
	first := slices.MinFunc(g.changes, func(a, b change) int { return byPlace(a.now, b.now) })
	was, is := versionWords(first.before, first.now), versionWords(first.now, first.before)
	if len(g.changes) == 1 {
		return fmt.Sprintf("earning %s was restated: it was %s in %s and is %s here, which counts", first.now.ID, was, first.before.Place().words(), is)
	}
	var before decimal.Decimal
	for _, x := range g.changes {
		before = before.Add(x.before.USD.Decimal())
	}
	return fmt.Sprintf("%d earnings of %s were restated here: they were %s USD together and are %s USD now, which counts, a difference of %s (first: earning %s was %s in %s and is %s)",
		len(g.changes), first.before.Source.File, inWords(before), inWords(g.nowUSD()), inWords(g.nowUSD().Sub(before)),
		first.now.ID, was, first.before.Place().words(), is)
}

// versionWords words what a version says, as far as the other one differs.
func versionWords(e, other *Earning) string {
	text := inWords(e.Amount.Decimal()) + " " + e.Currency
	if e.Amount.Equal(other.Amount) && !e.USD.Equal(other.USD) {
		text += fmt.Sprintf(" (%s USD)", inWords(e.USD.Decimal()))
	}
	if e.Participant != other.Participant {
		text += " for " + e.Participant
	}
	if e.ProgramKey != other.ProgramKey {
		text += " in " + e.programName()
	}
	if e.Date.Month() != other.Date.Month() {
		text += fmt.Sprintf(" in %s", e.Date.Month())
	}
	return text
}
