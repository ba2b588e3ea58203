package calc

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

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
func (x *Restatement) USD() decimal.Decimal {
	return x.Counted.USD.Decimal().Sub(x.Before().USD.Decimal())
}

// StatusChange counts earnings of a period whose payment status alone changed.
type StatusChange struct {
	Period   EarningPeriod
	From, To string // as the exports write them
	Earnings int
	USD      decimal.Decimal // exact
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

func (c *calculation) listStatuses(at totalAt) {
	type key struct {
		*Statement
		EarningPeriod
		from, to string // compared without regard to case
	}
	changes := map[key]*StatusChange{}
	for _, pair := range c.ledger.statuses {
		s := c.outOf(pair.Earning)
		if s == nil || pair.Date.After(c.AsOf) {
			continue
		}
		from, to := statusWords(pair.Other), statusWords(pair.Earning)
		period := PeriodOf(pair.Date)
		k := key{s, period, typeKey(from), typeKey(to)}
		x := changes[k]
		if x == nil {
			x = &StatusChange{Period: period, From: from, To: to}
			changes[k] = x
		}
		x.From, x.To = min(x.From, from), min(x.To, to)
		x.Earnings++
		x.USD = x.USD.Add(pair.USD.Decimal())
		at(s, period).Statuses++
	}
	for k, x := range changes {
		k.Statement.Changes.Statuses = append(k.Statement.Changes.Statuses, *x)
	}
	for _, s := range c.ordered() {
		list := s.out.Changes.Statuses
		slices.SortFunc(list, func(a, b StatusChange) int {
			return cmp.Or(a.Period.Compare(b.Period), strings.Compare(a.From, b.From), strings.Compare(a.To, b.To))
		})
		for len(list) > 0 {
			n := 1
			for n < len(list) && list[n].Period == list[0].Period {
				n++
			}
			c.report(s.out.finding(Info, StatusChanged, list[0].Period, statusChangeWords(list[:n])))
			list = list[n:]
		}
	}
}

func statusWords(e *Earning) string {
	if IsPlaceholder(e.PaymentStatus) {
		return "none"
	}
	return spaced(e.PaymentStatus)
}

func statusChangeWords(list []StatusChange) string {
	total := 0
	var parts []string
	for _, x := range list {
		total += x.Earnings
		parts = append(parts, fmt.Sprintf("%d from %s to %s", x.Earnings, x.From, x.To))
	}
	return fmt.Sprintf("%s changed in payment status only (%s)", count(total, "earning"), strings.Join(parts, ", "))
}

// listBooked tells adjustments and transfers of periods that are over: an
// adjustment is booked in the month that it adjusts, so a closed period can
// change (rules.md §6). Transfers have their own finding.
func (c *calculation) listBooked(at totalAt) {
	for _, s := range c.ordered() {
		var groups changeGroups
		for _, e := range s.inForce() {
			class := e.class(c.Policy.ClaimRows)
			if !c.AsOf.After(PeriodOf(e.Date).End()) || class != Transfer && e.Reason != Adjustment {
				continue
			}
			s.out.Changes.Booked = append(s.out.Changes.Booked, e)
			total := at(s.out, PeriodOf(e.Date))
			if class == Transfer {
				total.MovedUSD = total.MovedUSD.Add(e.USD.Decimal())
				continue
			}
			total.AdjustedUSD = total.AdjustedUSD.Add(e.USD.Decimal())
			groups.add(changeKey{now: e.Source, period: PeriodOf(e.Date)}, change{now: e})
		}
		slices.SortFunc(s.out.Changes.Booked, byDate)
		for _, g := range groups.list {
			c.report(g.first().finding(Warning, ClosedPeriodAdjusted, fmt.Sprintf(
				"%s, %s USD together: booked into %s, which ended on %s; compare with the statement that was signed off for that period",
				count(len(g.changes), "adjustment"), inWords(g.nowUSD()), g.period, g.period.End())))
		}
	}
}

// byDate orders rows by date, id and place.
func byDate(a, b *Earning) int {
	return cmp.Or(a.Date.Compare(b.Date), strings.Compare(a.ID, b.ID), cmp.Compare(a.Kind, b.Kind), byPlace(a, b))
}

// byPlace orders rows by where they stand.
func byPlace(a, b *Earning) int {
	return cmp.Or(strings.Compare(a.Source.File, b.Source.File), strings.Compare(a.Source.SHA256, b.Source.SHA256),
		cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Row, b.Row))
}

// changeGroups gathers changes that are alike, so that a thousand of them are one
// finding.
type changeGroups struct {
	list  []*changeGroup
	index map[changeKey]*changeGroup
}

type changeKey struct {
	now, before *Source
	statementKey
	period EarningPeriod
}

type changeGroup struct {
	changeKey
	changes []change
}

// change is a row and the version before it, where there is one.
type change struct{ now, before *Earning }

func (g *changeGroups) add(key changeKey, x change) {
	if g.index == nil {
		g.index = map[changeKey]*changeGroup{}
	}
	group := g.index[key]
	if group == nil {
		group = &changeGroup{changeKey: key}
		g.index[key] = group
		g.list = append(g.list, group)
	}
	group.changes = append(group.changes, x)
}

// first gives the row that stands first in its file, where the finding has its
// place.
func (g *changeGroup) first() *Earning {
	return slices.MinFunc(g.changes, func(a, b change) int { return byPlace(a.now, b.now) }).now
}

func (g *changeGroup) nowUSD() decimal.Decimal {
	var sum decimal.Decimal
	for _, x := range g.changes {
		sum = sum.Add(x.now.USD.Decimal())
	}
	return sum
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

// words names the place as a sentence does.
func (p Place) words() string {
	if p.Row == 0 {
		return p.File
	}
	return fmt.Sprintf("%s row %d", p.File, p.Row)
}

// count words a number of things: 1 row, 2 rows.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// finding makes a finding about a statement's period.
func (s *Statement) finding(severity Severity, code Code, period EarningPeriod, message string) Finding {
	return Finding{Severity: severity, Code: code, Participant: s.Participant, Program: s.Program, Period: period, Message: message}
}
