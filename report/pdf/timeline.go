package pdf

import (
	"cspcoop/calc"
)

// timeline draws the life of a fund to scale: earning, usage and grace, with
// today at its true place.
func (d *document) timeline(b *calc.Balance, heading string) {
	const thick = 7.0
	w := d.words
	lines := wrap(heading, cellType.bold(), d.column())
	d.room(heightOf(lines) + thick + 3*stampType.line() + 5)
	d.y = d.putLines(lines, d.left(), d.y) + 2

	first, last := b.Period.Start(), b.ClaimDeadline
	at := func(day calc.Date) float64 {
		return d.left() + d.column()*float64(first.DaysUntil(day))/float64(first.DaysUntil(last)+1)
	}
	usage, grace := at(b.Period.UsageStart()), at(b.Period.UsageEnd().AddDays(1))

	d.put(set(w.T("Earning period"), stampType), d.left(), d.y)
	use := set(w.T("Usage period"), stampType)
	d.put(use, usage, d.y)
	opens := at(b.ClaimsOpen)
	if opens > usage {
		d.put(set(w.T("Claims open %s", w.ShortDate(b.ClaimsOpen)), stampType), max(opens, usage+use.width+6), d.y)
	}
	if b.Rule.Claims.GraceDays > 0 {
		d.putRight(set(w.T("Grace, %s", w.Days(b.Rule.Claims.GraceDays)), stampType), d.right(), d.y)
	}
	d.y += stampType.line() + 1

	d.add(box{d.left(), d.y, usage - d.left(), thick, barEarning})
	d.add(box{usage, d.y, grace - usage, thick, barCoOp})
	d.add(box{grace, d.y, d.right() - grace, thick, barClaimed})

	if opens > usage {
		d.add(stroke{points: [][2]float64{{opens, d.y}, {opens, d.y + thick}}, width: 0.8, colour: ink})
	}
	dates := d.dates(b, usage, grace)
	below := d.y + thick + 2.5
	for _, l := range dates {
		d.put(l.line, l.x, below)
	}
	if !d.asOf.Before(first) && !d.asOf.After(last) {
		below = d.today(at(d.asOf), d.y, thick, below, dates)
	}
	d.y = below + stampType.line()
}

// label is a line of text and where it begins.
type label struct {
	line line
	x    float64
}

// dates are the days on which the parts of a timeline begin and end.
func (d *document) dates(b *calc.Balance, usage, grace float64) []label {
	w := d.words
	deadline := set(w.ShortDate(b.ClaimDeadline), stampType.bold().in(ink))
	last := d.right() - deadline.width
	list := []label{
		{set(w.ShortDate(b.Period.Start()), stampType), d.left()},
		{set(w.ShortDate(b.Period.UsageStart()), stampType), usage},
		{deadline, last},
	}
	if b.Rule.Claims.GraceDays > 0 {
		spend := set(w.ShortDate(b.Period.UsageEnd()), stampType)
		list = append(list, label{spend, min(grace, last-6) - spend.width})
	}
	return list
}

// today marks the as-of date on a bar. Its name stands with the other dates
// where there is room between them, else below; today gives the y of that row.
func (d *document) today(x, y, thick, below float64, dates []label) float64 {
	d.add(stroke{points: [][2]float64{{x, y - 2.5}, {x, y + thick + 0.5}}, width: 1.3, colour: ink})
	name := set(d.words.T("today, %s", d.words.ShortDate(d.asOf)), stampType.bold().in(ink))
	left := min(max(x-name.width/2, d.left()), d.right()-name.width)
	for _, l := range dates {
		if left < l.x+l.line.width+6 && l.x < left+name.width+6 {
			below += stampType.line()
			break
		}
	}
	d.put(name, left, below)
	return below
}
