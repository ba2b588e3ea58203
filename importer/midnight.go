package importer

import (
	"cmp"
	"slices"
	"time"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// clock is the time of day of a date, where it has one.
type clock struct {
	at        time.Duration
	endsMonth bool // the next day is in another month
}

// clocks gathers the times of day of a column's dates as long as all of them are
// the same one, late in the day: what becomes of midnight when a program moves
// dates to another time zone. Summer time allows for two, an hour apart.
type clocks struct {
	other bool // some date is at another time, or has none
	rows  int
	moved int // of them, whose next day is in another month
	times []time.Duration
	first occurrence
}

// noon is a time of day up to which no program moves midnight.
const noon = 12 * time.Hour

func (k *clocks) see(c clock, t *tab, row *table.Row, col *column) {
	if k.other {
		return
	}
	k.rows++
	if c.endsMonth {
		k.moved++
	}
	k.first.note(t, row, col)
	k.addTime(c.at)
}

func (k *clocks) addTime(at time.Duration) {
	if !slices.Contains(k.times, at) {
		k.times = append(k.times, at)
		slices.Sort(k.times)
	}
	k.other = at <= noon || len(k.times) > 2 || k.times[len(k.times)-1]-k.times[0] > time.Hour
}

// add adds the clocks of rows further below.
func (k *clocks) add(below *clocks) {
	if k.other = k.other || below.other; k.other {
		return
	}
	k.rows += below.rows
	k.moved += below.moved
	k.first = cmp.Or(k.first, below.first)
	for _, at := range below.times {
		if !k.other {
			k.addTime(at)
		}
	}
}

// noteMidnight warns of columns whose dates are all just before midnight: dates
// are taken as written, and months may be one too early.
func (in *importing) noteMidnight(ev *evidence) {
	for i := range in.tabs {
		t := &in.tabs[i]
		for k := range t.layout.columns {
			c := &t.layout.columns[k]
			ce := ev.columns[c]
			if ce == nil || ce.clocks.other || ce.clocks.rows == 0 {
				continue
			}
			var times calc.Parameter
			for i, at := range ce.clocks.times {
				clock := calc.Parameter(time.Time{}.Add(at).Format(time.TimeOnly))
				if i > 0 {
					clock = calc.Say("%s or %s", times, clock)
				}
				times = clock
			}
			f := calc.NewFinding(calc.Warning, calc.DatesBeforeMidnight, calc.Say(
				"all %s dates of the column are at %s, as when a program moves midnight to another time zone; were they meant for the next day, %s of them would be a month later; they are taken as written; compare them with Partner Center, and download the report again", ce.clocks.rows, times, ce.clocks.moved))
			in.source.Findings = append(in.source.Findings, f.At(calc.Place{Sheet: t.sheet.Name, Row: ce.clocks.first.row, Column: c.header}))
		}
	}
}
