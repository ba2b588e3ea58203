package pdf

import (
	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// nextFund watches the accruing period on its way to the threshold, and says
// what either outcome means.
func (p *statement) nextFund() {
	w, b := p.words, p.accruing()
	if b == nil {
		return
	}
	p.section(toNext, w.T("Threshold watch: %s", w.Period(b.Period)), trackHeight+2*bodyType.line())
	p.track(b)
	p.paragraph(p.outlook(b), bodyType)
}

// outlook says how far the period is, where it is heading, and what either
// outcome means.
func (p *statement) outlook(b *calc.Balance) string {
	w, next := p.words, b.Projection
	end := w.Date(b.Period.End())
	text := w.T("%s of co-op in %s; at this rate %s by %s.",
		w.Amount(b.CoOp, "USD"), w.Number(next.Months, "%s month", "%s months"), w.Amount(next.CoOp, "USD"), end)
	if next.Distance.IsZero() {
		return text + " " + w.T("It is past the threshold of %s: unless clawbacks follow, it must be claimed.", w.Amount(b.Rule.Threshold, "USD"))
	}
	if next.Crossing == (calc.Month{}) {
		text += " " + w.T("At this rate it stays below the threshold of %s.", w.Amount(b.Rule.Threshold, "USD"))
	} else {
		text += " " + w.T("At this rate the threshold of %s is passed in %s.", w.Amount(b.Rule.Threshold, "USD"), w.Month(next.Crossing))
	}
	claimable := next.Claimable
	if !b.CoOp.IsPositive() {
		return text + " " + w.T("%s more by %s makes %s claimable.", w.Amount(next.Distance, "USD"), end, w.Amount(claimable, "USD"))
	}
	return text + " " + w.T("%s more by %s makes %s claimable; with less, whatever co-op has been earned by then is paid automatically.",
		w.Amount(next.Distance, "USD"), end, w.Amount(claimable, "USD"))
}

// trackHeight is the height of the bar towards the threshold with its labels.
var trackHeight = 2*stampType.line() + 7 + 8

// track draws how far co-op has come towards the threshold, and where it is
// heading.
func (p *statement) track(b *calc.Balance) {
	const thick = 7.0
	w := p.words
	full := decimal.Max(b.Rule.Threshold, b.CoOp, b.Projection.CoOp)
	if !full.IsPositive() {
		return
	}
	at := func(amount decimal.Decimal) float64 { // for drawing only
		return p.left() + p.column()*decimal.Max(decimal.Zero, amount).DivRound(full, 6).InexactFloat64()
	}
	so, projected, threshold := at(b.CoOp), at(b.Projection.CoOp), at(b.Rule.Threshold)
	labels := []label{
		{set(w.T("Co-op so far, %s", w.Amount(b.CoOp, "USD")), stampType.bold().in(accent)), p.left()},
		{set(w.T("Projected, %s", w.Amount(b.Projection.CoOp, "USD")), stampType), 0},
	}
	labels[1].x = p.right() - labels[1].line.width
	for _, l := range labels {
		p.put(l.line, l.x, p.y)
	}
	p.y += stampType.line() + 1
	p.add(box{p.left(), p.y, p.column(), thick, rule})
	p.add(box{p.left(), p.y, projected - p.left(), thick, barEarning})
	p.add(box{p.left(), p.y, so - p.left(), thick, barCoOp})
	p.add(stroke{points: [][2]float64{{threshold, p.y - 2}, {threshold, p.y + thick + 2}}, width: 1.3, colour: amber})
	p.y += thick + 2
	name := set(w.T("Threshold, %s", w.Amount(b.Rule.Threshold, "USD")), stampType.in(amber))
	p.put(name, min(max(threshold-name.width/2, p.left()), p.right()-name.width), p.y)
	p.y += stampType.line() + 4
}
