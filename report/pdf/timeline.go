package pdf

import (
	"slices"

	"cspcoop/calc"
)

// timeline draws the lives of funds to scale below each other: earning, usage and
// grace, with today at its true place.
type timeline struct {
	*document
	left        float64 // of the bars; the half-years' names are before it
	first, last calc.Date
}

const bar = 7.0 // height of a fund's bar

// timelines draws the lives of funds on one axis.
func (d *document) timelines(funds []*calc.Balance) {
	if len(funds) == 0 {
		return
	}
	t := &timeline{document: d, first: funds[0].Period.Start(), last: funds[0].ClaimDeadline}
	widest := 0.0
	for _, b := range funds {
		if b.Period.Start().Before(t.first) {
			t.first = b.Period.Start()
		}
		if b.ClaimDeadline.After(t.last) {
			t.last = b.ClaimDeadline
		}
		widest = max(widest, t.name(b).width)
	}
	t.left = d.left() + widest + 2*gutter
	height := bar + stampType.line() + 5
	d.room(2*stampType.line() + float64(len(funds))*height)
	d.gap(4)
	t.today()
	for _, b := range funds {
		t.put(t.name(b), d.left(), d.y+bar/2-smallType.line()/2)
		t.life(b)
		d.y += height
	}
	t.legend(funds)
}

func (t *timeline) name(b *calc.Balance) line {
	return set(t.words.Period(b.Period), smallType.bold().in(ink))
}

// at returns the x of a day.
func (t *timeline) at(day calc.Date) float64 {
	return t.left + (t.right()-t.left)*float64(t.first.DaysUntil(day))/float64(t.first.DaysUntil(t.last)+1)
}

// today names the as-of date above the bars.
func (t *timeline) today() {
	if t.asOf.Before(t.first) || t.asOf.After(t.last) {
		return
	}
	name := set(t.words.T("today, %s", t.words.ShortDate(t.asOf)), stampType.bold().in(ink))
	t.put(name, min(max(t.at(t.asOf)-name.width/2, t.left), t.right()-name.width), t.y)
	t.y += stampType.line() + 3
}

// life draws one fund, and the days on which its parts begin and end as far as
// there is room: the last of them first.
func (t *timeline) life(b *calc.Balance) {
	w := t.words
	start, usage, grace, end := t.at(b.Period.Start()), t.at(b.Period.UsageStart()), t.at(b.Period.UsageEnd().AddDays(1)), t.at(b.ClaimDeadline.AddDays(1))
	t.add(box{start, t.y, usage - start, bar, barEarning})
	t.add(box{usage, t.y, grace - usage, bar, barCoOp})
	t.add(box{grace, t.y, end - grace, bar, barClaimed})
	if !t.asOf.Before(b.Period.Start()) && !t.asOf.After(b.ClaimDeadline) {
		x := t.at(t.asOf)
		t.add(stroke{points: [][2]float64{{x, t.y - 2.5}, {x, t.y + bar + 0.5}}, width: 1.3, colour: ink})
	}

	deadline := set(w.ShortDate(b.ClaimDeadline), stampType.bold().in(ink))
	labels := []label{{deadline, min(max(grace+2, end-deadline.width), t.right()-deadline.width)}}
	add := func(l line, x float64) {
		if !slices.ContainsFunc(labels, func(o label) bool { return x < o.x+o.line.width+4 && o.x < x+l.width+4 }) {
			labels = append(labels, label{l, x})
		}
	}
	if b.Rule.Claims.GraceDays > 0 {
		spend := set(w.ShortDate(b.Period.UsageEnd()), stampType)
		add(spend, min(grace, labels[0].x-6)-spend.width)
	}
	if opens := t.at(b.ClaimsOpen); opens > usage {
		t.add(stroke{points: [][2]float64{{opens, t.y}, {opens, t.y + bar}}, width: 0.8, colour: ink})
		add(set(w.T("Claims open %s", w.ShortDate(b.ClaimsOpen)), stampType), opens)
	}
	add(set(w.ShortDate(b.Period.Start()), stampType), start)
	add(set(w.ShortDate(b.Period.UsageStart()), stampType), usage)
	for _, l := range labels {
		t.put(l.line, l.x, t.y+bar+1)
	}
}

func (t *timeline) legend(funds []*calc.Balance) {
	w := t.words
	keys := []key{{w.T("Earning period"), barEarning, false}, {w.T("Usage period"), barCoOp, false}}
	for _, b := range funds {
		k := key{w.T("Grace, %s", w.Days(b.Rule.Claims.GraceDays)), barClaimed, false}
		if b.Rule.Claims.GraceDays > 0 && !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	t.keys(t.left, keys)
}

// label is a line of text and where it begins.
type label struct {
	line line
	x    float64
}
