package pdf

import (
	"slices"

	"cspcoop/calc"
	"cspcoop/report/table"

	"github.com/shopspring/decimal"
)

// chart draws the months' earnings: rebate upon co-op in one bar, claimed
// beside it, and the co-op of each earning period as it adds up towards the
// threshold.
type chart struct {
	*document
	months     []calc.CalendarMonth
	thresholds map[calc.EarningPeriod]decimal.Decimal // USD
	low, high  decimal.Decimal                        // of the axis
	left, top  float64                                // of the plot
	width      float64
	tall       float64
}

const plotHeight, leastPlot = 118.0, 44.0

// underPlot is the height of a chart without its plot: the months' names and a
// legend of two lines.
var underPlot = 5*stampType.line() + 6

// plot returns the height of a section's chart: what is left of the page where it
// is readable, so that its table begins on the next.
func (d *document) plot() float64 {
	if left := d.plotRoom(); left >= leastPlot {
		return min(1.4*plotHeight, left)
	}
	return plotHeight
}

// plotRoom returns how tall a plot fits on the page, in a section of its own.
func (d *document) plotRoom() float64 { return d.bottom() - d.y - sectionHead - underPlot }

// chart draws months in a plot so tall. Without balances it draws no way towards
// a threshold: several partners together have none.
func (d *document) chart(months []calc.CalendarMonth, balances []*calc.Balance, tall float64) {
	c := &chart{document: d, months: months, thresholds: map[calc.EarningPeriod]decimal.Decimal{}, tall: tall}
	for _, b := range balances {
		c.thresholds[b.Period] = b.Rule.Threshold
	}
	ticks := c.scale()
	d.room(tall + underPlot)
	c.axis(ticks)
	c.bars()
	if c.towards() {
		c.lines()
	}
	d.y = c.top + tall + 2*stampType.line() + 6
	c.legend()
}

// towards reports whether co-op is drawn on its way towards a threshold.
func (c *chart) towards() bool { return len(c.thresholds) > 0 }

// scale finds the axis's ends and its round steps. A threshold so high above the bars
// that nobody could read them is left out.
func (c *chart) scale() []decimal.Decimal {
	for _, m := range c.months {
		above, below := table.Stacked(m.CoOp, m.Rebate)
		c.high = decimal.Max(c.high, above, m.Claimed)
		c.low = decimal.Min(c.low, below, m.Claimed)
		if c.towards() {
			c.high = decimal.Max(c.high, m.CoOpToDate)
			c.low = decimal.Min(c.low, m.CoOpToDate)
		}
	}
	const most = 5 // times what is drawn of the earnings
	limit := c.high.Sub(c.low).Mul(decimal.New(most, 0))
	for _, t := range c.thresholdsInOrder() {
		if t.LessThanOrEqual(limit) {
			c.high = decimal.Max(c.high, t)
		}
	}
	ticks := table.Ticks(c.low, c.high)
	c.low, c.high = ticks[0], ticks[len(ticks)-1]
	return ticks
}

// height returns the y of an amount. The float is a share of the plot, for
// drawing only.
func (c *chart) height(amount decimal.Decimal) float64 {
	share := amount.Sub(c.low).DivRound(c.high.Sub(c.low), 6).InexactFloat64()
	return c.top + c.tall*(1-share)
}

func (c *chart) axis(ticks []decimal.Decimal) {
	labels := make([]line, len(ticks))
	widest := 0.0
	for i, t := range ticks {
		labels[i] = set(c.words.Whole(t), stampType)
		widest = max(widest, labels[i].width)
	}
	c.left = c.document.left() + widest + 6
	c.width = c.right() - c.left
	c.top = c.y + stampType.line()
	c.putRight(set("USD", stampType), c.left-6, c.y-stampType.line()/2)
	for i, t := range ticks {
		y := c.height(t)
		shade, width := rule, hairline
		if t.IsZero() {
			shade, width = ink, ruleWidth
		}
		c.rule(c.left, c.right(), y, width, shade)
		c.putRight(labels[i], c.left-6, y-stampType.line()/2)
	}
}

// slot returns the left edge of a month's place and its width.
func (c *chart) slot(i int) (x, width float64) {
	width = c.width / float64(len(c.months))
	return c.left + float64(i)*width, width
}

func (c *chart) bars() {
	claims := c.anyClaimed()
	for i, m := range c.months {
		x, width := c.slot(i)
		thick := min(width*0.56, 24)
		start := x + (width-thick)/2
		if claims {
			thick *= 0.72
		}
		above, below := c.bar(start, thick, m.CoOp, decimal.Zero, decimal.Zero, barCoOp)
		c.bar(start, thick, m.Rebate, above, below, barRebate)
		if claims {
			c.bar(start+thick+1, thick*0.36, m.Claimed, decimal.Zero, decimal.Zero, barClaimed)
		}
		c.month(m.Month, x+width/2, i == 0, i%c.every() == 0)
	}
}

func (c *chart) anyClaimed() bool {
	return slices.ContainsFunc(c.months, func(m calc.CalendarMonth) bool { return !m.Claimed.IsZero() })
}

// bar draws one part of a bar on what is there already, and returns the new
// ends.
func (c *chart) bar(x, thick float64, amount, above, below decimal.Decimal, fill colour) (decimal.Decimal, decimal.Decimal) {
	from := above
	if amount.IsNegative() {
		from = below
	}
	to := from.Add(amount)
	top, bottom := c.height(decimal.Max(from, to)), c.height(decimal.Min(from, to))
	if bottom > top {
		c.add(box{x, top, thick, bottom - top, fill})
	}
	if amount.IsNegative() {
		return above, to
	}
	return to, below
}

// every is how many months share one name on the axis, so that names keep apart.
func (c *chart) every() int {
	_, width := c.slot(0)
	widest := 0.0
	for _, m := range c.months {
		widest = max(widest, set(c.words.MonthInitials(m.Month), stampType).width)
	}
	return 1 + int((widest+2)/width)
}

func (c *chart) month(m calc.Month, middle float64, first, named bool) {
	if named {
		name := set(c.words.MonthInitials(m), stampType)
		c.put(name, middle-name.width/2, c.top+c.tall+3)
	}
	if first || m.Calendar() == 1 {
		year := set(c.words.Year(m), stampType.bold())
		c.put(year, middle-year.width/2, c.top+c.tall+3+stampType.line())
	}
}

// lines draws each period's threshold and its co-op as it adds up.
func (c *chart) lines() {
	for start := 0; start < len(c.months); {
		period := c.months[start].Month.Period()
		end := start
		var points [][2]float64
		for ; end < len(c.months) && c.months[end].Month.Period() == period; end++ {
			x, width := c.slot(end)
			points = append(points, [2]float64{x + width/2, c.height(c.months[end].CoOpToDate)})
		}
		if threshold, known := c.thresholds[period]; known && threshold.LessThanOrEqual(c.high) {
			from, _ := c.slot(start)
			last, width := c.slot(end - 1)
			y := c.height(threshold)
			c.add(stroke{points: [][2]float64{{from + 2, y}, {last + width - 2, y}}, width: 0.9, colour: amber, dashed: true})
		}
		if len(points) > 1 {
			c.add(stroke{points: points, width: 1.1, colour: ink})
		}
		tip := points[len(points)-1]
		c.add(dot{tip[0], tip[1], 2, ink})
		start = end
	}
}

// legend names what is drawn, in the order of the drawing.
func (c *chart) legend() {
	w := c.words
	keys := []key{{w.T("Co-op"), barCoOp, false}, {w.T("Rebate"), barRebate, false}}
	if c.anyClaimed() {
		keys = append(keys, key{w.T("Claimed"), barClaimed, false})
	}
	if c.towards() {
		keys = append(keys, key{w.T("Co-op of the earning period to date"), ink, true})
	}
	for _, t := range c.thresholdsInOrder() {
		label := w.T("Threshold, %s", w.Amount(t, "USD"))
		if t.GreaterThan(c.high) {
			label = w.T("Threshold, %s, is above this chart", w.Amount(t, "USD"))
		}
		keys = append(keys, key{label, amber, true})
	}
	c.keys(c.left, keys)
}

// keys sets what colours mean, from x on.
func (d *document) keys(left float64, keys []key) {
	x := left
	for _, k := range keys {
		name := set(k.label, stampType)
		const swatch, gap = 12.0, 14.0
		if x+swatch+name.width > d.right() && x > left {
			x = left
			d.y += stampType.line()
		}
		middle := d.y + stampType.line()/2
		if k.line {
			d.add(stroke{points: [][2]float64{{x, middle}, {x + 8, middle}}, width: 1.1, colour: k.colour, dashed: k.colour == amber})
		} else {
			d.add(box{x, middle - 2.5, 5, 5, k.colour})
		}
		d.put(name, x+swatch, d.y)
		x += swatch + name.width + gap
	}
	d.y += stampType.line()
}

type key struct {
	label  string
	colour colour
	line   bool
}

// thresholdsInOrder returns the different thresholds of the months shown.
func (c *chart) thresholdsInOrder() []decimal.Decimal {
	var list []decimal.Decimal
	for _, m := range c.months {
		t, known := c.thresholds[m.Month.Period()]
		if known && !slices.ContainsFunc(list, t.Equal) {
			list = append(list, t)
		}
	}
	return list
}
