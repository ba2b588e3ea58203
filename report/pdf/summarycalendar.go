package pdf

const (
	calendarMonths = 12
	calendarAcross = 6 // months beside each other
)

// calendar draws the twelve months from the as-of date on, each with the last
// days to claim in it and what is at risk then.
func (p *summary) calendar() {
	w := p.words
	if len(p.result.Deadlines()) == 0 {
		return
	}
	const pad = 3.0
	high := 2*pad + headType.line() + cellType.line()
	width := p.column() / calendarAcross
	p.section(toCalendar, w.T("Deadlines of the next twelve months, at risk in USD"), high*calendarMonths/calendarAcross)
	p.rule(p.left(), p.right(), p.y, ruleWidth, ink)
	for i, due := range p.result.DueMonths(calendarMonths) {
		x := p.left() + float64(i%calendarAcross)*width
		label := set(w.ShortMonth(due.Month), headType)
		if !due.First.IsZero() {
			label = set(w.ShortDate(due.First), headType.in(ink))
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
