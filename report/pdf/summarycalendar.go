package pdf

import "cspcoop/calc"

const (
	calendarMonths = 12
	calendarAcross = 6 // months beside each other
)

// calendar draws the twelve months from the as-of date on, each with the last
// days to claim in it and what is at risk then.
func (p *summary) calendar() {
	w := p.words
	deadlines := p.result.Deadlines()
	if len(deadlines) == 0 {
		return
	}
	const pad = 3.0
	high := 2*pad + headType.line() + cellType.line()
	width := p.column() / calendarAcross
	p.section(toCalendar, w.T("Deadlines of the next twelve months, at risk in USD"), high*calendarMonths/calendarAcross)
	p.rule(p.left(), p.right(), p.y, ruleWidth, ink)
	for i := range calendarMonths {
		month := p.asOf.Month().Add(i)
		x := p.left() + float64(i%calendarAcross)*width
		due := dueIn(deadlines, month)
		label := set(w.ShortMonth(month), headType)
		if due != nil {
			label = set(w.ShortDate(due.Day), headType.in(ink))
			p.put(fitted(w.Money(due.AtRisk), cellType.bold(), width-gutter, smallestCell, 1)[0], x, p.y+pad+headType.line())
			if due.AtRisk.IsPositive() {
				p.add(box{x, p.y, width - gutter, 2, barClaimed})
			}
		}
		p.put(label, x, p.y+pad)
		if i%calendarAcross == calendarAcross-1 {
			p.y += high
			p.rule(p.left(), p.right(), p.y, hairline, rule)
		}
	}
}

// dueIn gives the first last day to claim of a month with all that is at risk in
// it, nil when it has none. Periods end in June and December alike, so that
// without rules of different grace a month has one.
func dueIn(deadlines []calc.Deadline, month calc.Month) *calc.Deadline {
	var due *calc.Deadline
	for _, d := range deadlines {
		switch {
		case d.Day.Month() != month:
		case due == nil:
			due = &calc.Deadline{Day: d.Day, AtRisk: d.AtRisk}
		default:
			due.AtRisk = due.AtRisk.Add(d.AtRisk)
		}
	}
	return due
}
