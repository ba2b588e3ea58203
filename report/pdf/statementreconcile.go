package pdf

import (
	"slices"

	"cspcoop/calc"
	"cspcoop/report/wording"

	"github.com/shopspring/decimal"
)

// mostListed is how many lines a table of single earnings or payments has; what
// is behind the others is in the workbook.
const mostListed = 40

// reconciliation holds what Microsoft reported against what it should be, what it
// was before, and what was paid.
func (p *statement) reconciliation() {
	p.section(toReconciled, p.words.T("Reconciliation"), 4*bodyType.line())
	p.complete()
	p.splits()
	p.restated()
	p.payments()
	p.unpaid()
	p.payouts()
}

// compared sets what a comparison found, in a sentence with its subject in front,
// and the tables that show it. The first table begins on the same page.
func (p *statement) compared(subject, text string, tables ...*table) {
	const indent = 82.0
	tables = slices.DeleteFunc(tables, func(t *table) bool { return len(t.rows) == 0 })
	height := 3 * bodyType.line()
	if len(tables) > 0 {
		height += p.layOut(tables[0]).start(height)
	}
	p.gap(5)
	p.room(height)
	p.pairs([][2]string{{subject, text}}, indent)
	for _, t := range tables {
		p.table(t)
		p.gap(4)
	}
}

func (p *statement) complete() {
	w := p.words
	text := w.T("Every month from the first to the last has earnings.")
	if len(p.of.Gaps) > 0 {
		text = ""
		for _, g := range p.of.Gaps {
			if text != "" {
				text += " "
			}
			if g.Spanned {
				text += w.T("No rows for %s; an export reaches across, so that nothing seems to have been earned.", w.Gap(g))
			} else {
				text += w.T("No rows for %s, and no export reaches across: drop the missing export.", w.Gap(g))
			}
		}
	}
	p.compared(w.T("Months"), text)
}

func (p *statement) splits() {
	w := p.words
	t := &table{columns: []column{
		{head: w.T("Month")},
		{head: w.T("Lever"), share: 1, least: 90},
		{head: w.T("Currency")},
		{head: w.T("Rebate"), right: true},
		{head: w.T("Co-op"), right: true},
		{head: w.T("Co-op by the rule"), right: true},
		{head: w.T("Difference"), right: true},
	}}
	for i := range p.of.Splits {
		x := &p.of.Splits[i]
		if !x.Differs() {
			continue
		}
		lever := x.Lever
		if lever == "" {
			lever = w.T("Rows without a lever")
		}
		t.rows = append(t.rows, row{cells: []cell{
			{text: w.ShortMonth(x.Month)}, {text: lever}, {text: x.Currency}, {text: w.Money(x.Rebate)}, {text: w.Money(x.CoOp)},
			{text: w.Money(x.Expected)}, {text: w.Money(x.Difference), colour: &amber},
		}})
	}
	all := w.T("all %s months and levers", w.Count(len(p.of.Splits)))
	if len(p.of.Splits) == 1 {
		all = w.T("the one month and lever")
	}
	switch {
	case len(p.of.Splits) == 0:
		p.compared(w.T("Split"), w.T("No lever reports both rebate and co-op, so that there is no split to check."))
	case len(t.rows) == 0:
		p.compared(w.T("Split"), w.T("Rebate and co-op are split by the rule in %s.", all))
	default:
		p.compared(w.T("Split"), w.T("Rebate and co-op are not split by the rule, by more than rounding explains, in %s of %s.",
			w.Count(len(t.rows)), w.Number(len(p.of.Splits), "%s month and lever", "%s months and levers")), t)
	}
}

// restated totals what exports and bookings changed.
func (p *statement) restated() {
	w, changes := p.words, p.of.Changes
	t := &table{columns: []column{
		{head: w.T("Earning period"), share: 1, least: 84},
		{head: w.T("Earnings restated"), right: true},
		{head: w.T("Rebate by it, USD"), right: true},
		{head: w.T("Co-op by it, USD"), right: true},
		{head: w.T("Adjusted after the end, USD"), right: true},
		{head: w.T("Transferred after the end, USD"), right: true},
		{head: w.T("Missing from newer exports, USD"), right: true},
	}}
	for _, c := range changes.Periods {
		if !moved(c) {
			continue
		}
		t.rows = append(t.rows, row{cells: []cell{
			{text: period(w, c.Period)}, {text: w.Count(c.Restated)}, {text: w.Money(c.RestatedUSD[calc.Rebate])}, {text: w.Money(c.RestatedUSD[calc.CoOp])},
			{text: w.Money(c.AdjustedUSD)}, {text: w.Money(c.MovedUSD)}, {text: w.Money(c.VanishedUSD)},
		}})
	}
	text := w.T("No export changed an earning that an earlier one told.")
	if len(t.rows) > 0 {
		text = w.T("%s, %s (they still count), %s.",
			w.Number(len(changes.Restated), "%s earning was restated", "%s earnings were restated"),
			w.Number(len(changes.Vanished), "%s is missing from newer exports", "%s are missing from newer exports"),
			w.Number(len(changes.Booked), "%s adjustment or transfer booked into periods that are over", "%s adjustments and transfers booked into periods that are over"))
	}
	p.compared(w.T("Restated"), text, t, p.restatedEarnings())
}

// moved says whether more than the payment status of earnings changed.
func moved(c calc.PeriodChange) bool {
	return c.Restated > 0 || !c.AdjustedUSD.IsZero() || !c.MovedUSD.IsZero() || !c.VanishedUSD.IsZero()
}

func (p *statement) restatedEarnings() *table {
	w := p.words
	t := &table{columns: []column{
		{head: w.T("Restated earning"), share: 1, least: 90},
		{head: w.T("Type")},
		{head: w.T("Month")},
		{head: w.T("Before, USD"), right: true},
		{head: w.T("Now, USD"), right: true},
		{head: w.T("Difference"), right: true},
		{head: w.T("Told by"), share: 1, least: 90},
	}}
	list := p.of.Changes.Restated
	for i := range list[:min(len(list), mostListed)] {
		x := &list[i]
		t.rows = append(t.rows, row{cells: []cell{
			{text: x.Counted.ID}, {text: w.Class(x.Counted)}, {text: w.ShortMonth(x.Counted.Date.Month())}, {text: w.Money(x.Before().USD.Decimal())},
			{text: w.Money(x.Counted.USD.Decimal())}, {text: w.Money(x.USD())}, {text: x.Counted.Source.File, colour: &quiet},
		}})
	}
	p.more(t, len(list))
	return t
}

// more says how many lines a table leaves out.
func (p *statement) more(t *table, all int) {
	if all > mostListed {
		t.rows = append(t.rows, row{cells: []cell{{text: p.words.T("and %s more", p.words.Count(all-mostListed)), colour: &quiet}}})
	}
}

func (p *statement) payments() {
	w := p.words
	t := &table{columns: []column{
		{head: w.T("Payment"), share: 1, least: 60},
		{head: w.T("Date")},
		{head: w.T("Paid before tax"), right: true},
		{head: w.T("Earnings with its id"), right: true},
		{head: w.T("Difference"), right: true},
		{head: w.T("Currency")},
		{head: w.T("Result"), share: 0.6, least: 70},
	}}
	list := p.of.Payments
	matched := 0
	for _, m := range list {
		if m.State == calc.MatchAgrees {
			matched++
		}
	}
	for _, m := range list[:min(len(list), mostListed)] {
		t.rows = append(t.rows, paymentRow(w, m))
	}
	p.more(t, len(list))
	text := w.T("There is no payment to compare with.")
	if len(list) > 0 {
		text = w.T("%s held against the earnings with the same payment id: %s matched, %s not.",
			w.Number(len(list), "%s payment", "%s payments"), w.Count(matched), w.Count(len(list)-matched))
	}
	p.compared(w.T("Payments"), text, t)
}

func paymentRow(w *wording.Words, m *calc.PaymentMatch) row {
	result := cell{text: w.Match(m.State)}
	if m.State != calc.MatchAgrees && m.State != calc.MatchTaxed {
		result.colour = &amber
	}
	paid, earned, difference := "", "", ""
	if m.Currency != "" {
		paid, earned, difference = w.Money(m.Paid), w.Money(m.Earned), w.Money(m.Difference)
	}
	return row{cells: []cell{
		{text: m.ID}, {text: dateOrNothing(w, m.Date)}, {text: paid}, {text: earned}, {text: difference}, {text: m.Currency}, result,
	}}
}

// unpaid ages the rebate that is not paid yet.
func (p *statement) unpaid() {
	w, a := p.words, p.of.Unpaid
	if a.Total.IsZero() {
		p.compared(w.T("Unpaid rebate"), w.T("No export shows unpaid rebate."))
		return
	}
	text := w.T("%s of rebate is not paid yet, by days since its month's end.", w.Amount(a.Total, "USD"))
	switch {
	case a.Late.IsPositive() && a.Held:
		text += " " + w.T("%s of it wait until %s have gathered.", w.Amount(a.Late, "USD"), w.Amount(calc.MinimumPayment, "USD"))
	case a.Late.IsPositive():
		text += " " + w.T("%s of it is late: check bank and tax details, then ask Microsoft.", w.Amount(a.Late, "USD"))
	}
	t := &table{}
	var cells []cell
	add := func(head string, amount decimal.Decimal, bold bool) {
		t.columns = append(t.columns, column{head: head, right: true, share: 1})
		cells = append(cells, cell{text: w.Money(amount), bold: bold})
	}
	from := 0
	for i, limit := range calc.AgeLimits {
		add(w.T("%d to %d days, USD", from, limit), a.Buckets[i], false)
		from = limit + 1
	}
	add(w.T("Over %d days, USD", from-1), a.Buckets[len(calc.AgeLimits)], false)
	add(w.T("Total, USD"), a.Total, true)
	t.rows = []row{{cells: cells}}
	p.compared(w.T("Unpaid rebate"), text, t)
}

// payouts says whether co-op that is paid automatically arrived.
func (p *statement) payouts() {
	w := p.words
	if len(p.of.Payouts) == 0 {
		return
	}
	t := &table{columns: []column{
		{head: w.T("Paid automatically"), share: 1, least: 62},
		{head: w.T("Currency")},
		{head: w.T("Co-op"), right: true},
		{head: w.T("Paid"), right: true},
		{head: w.T("Rolled over"), right: true},
		{head: w.T("Open"), right: true},
		{head: w.T("Due by")},
		{head: w.T("Arrived on")},
		{head: w.T("Result"), share: 0.7, least: 50},
	}}
	for i := range p.of.Payouts {
		x := &p.of.Payouts[i]
		result := cell{text: w.Payout(x.State)}
		if x.State == calc.PayoutMissing {
			result.colour = &amber
		}
		t.rows = append(t.rows, row{cells: []cell{
			{text: period(w, x.Balance.Period)}, {text: x.Balance.FundCurrency}, {text: w.Money(x.Earned)}, {text: w.Money(x.Paid)}, {text: w.Money(x.RolledOver)},
			{text: w.Money(x.Open)}, {text: w.ShortDate(x.Due)}, {text: dateOrNothing(w, x.Arrived)}, result,
		}})
	}
	p.compared(w.T("Payouts"), w.T("Co-op that is paid automatically comes with the payment cycle after its period, or as a rollover."), t)
}
