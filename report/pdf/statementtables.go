package pdf

import (
	"cspcoop/calc"
	"cspcoop/report/wording"

	"github.com/shopspring/decimal"
)

// earnings shows the recent months: drawn, in USD, and in the currencies in
// which they were earned.
func (p *statement) earnings() {
	w := p.words
	p.section(toMonths, w.T("Earned by month, USD"), plotHeight+underPlot)
	if len(p.months) == 0 {
		p.paragraph(w.T("No earnings yet."), bodyType)
		return
	}
	p.chart(p.months, p.of.Balances, plotHeight)
	p.gap(blockGap)
	p.table(p.monthTable())
	if p.foreign() {
		p.tableSection("currencies", w.T("Earned by month, in the currency of the earnings"), p.currencyTable())
	}
}

// monthTable has the months in USD with each earning period's total.
func (p *statement) monthTable() *table {
	w := p.words
	t := &table{columns: []column{
		{head: w.T("Month, amounts in USD"), share: 1, least: 70},
		{head: w.T("Rebate"), right: true},
		{head: w.T("Co-op"), right: true},
		{head: w.T("Other"), right: true},
		{head: w.T("Total"), right: true},
		{head: w.T("Co-op to date"), right: true},
	}}
	for i, m := range p.months {
		t.rows = append(t.rows, row{cells: []cell{
			{text: w.Month(m.Month)}, {text: w.Money(m.Rebate)}, {text: w.Money(m.CoOp)}, {text: w.Money(m.Other)},
			{text: w.Money(m.Total())}, {text: w.Money(m.CoOpToDate), colour: &quiet},
		}})
		half := m.Month.Period()
		if i+1 < len(p.months) && p.months[i+1].Month.Period() == half {
			continue
		}
		if b := p.balance(half); b != nil {
			t.rows = append(t.rows, row{kind: totalRow, cells: []cell{
				{text: w.Period(half)}, {text: w.Money(b.Rebate)}, {text: w.Money(b.CoOp)}, {text: w.Money(b.Other)}, {text: w.Money(b.Total())},
			}})
		}
	}
	return t
}

func (p *statement) balance(period calc.EarningPeriod) *calc.Balance {
	for _, b := range p.of.Balances {
		if b.Period == period {
			return b
		}
	}
	return nil
}

// foreign says whether any month shown was earned in another currency.
func (p *statement) foreign() bool {
	for _, m := range p.of.Months {
		if m.Currency != "USD" && p.shows(m.Month) {
			return true
		}
	}
	return false
}

func (p *statement) shows(m calc.Month) bool { return m.Compare(p.months[0].Month) >= 0 }

func (p *statement) currencyTable() *table {
	w := p.words
	t := &table{columns: []column{
		{head: w.T("Month"), share: 1, least: 70},
		{head: w.T("Currency")},
		{head: w.T("Rebate"), right: true},
		{head: w.T("Co-op"), right: true},
		{head: w.T("Other"), right: true},
		{head: w.T("Rebate, USD"), right: true},
		{head: w.T("Co-op, USD"), right: true},
		{head: w.T("Other, USD"), right: true},
	}}
	for _, m := range p.of.Months {
		if p.shows(m.Month) {
			t.rows = append(t.rows, row{cells: []cell{
				{text: w.Month(m.Month)}, {text: m.Currency}, {text: w.Money(m.Rebate)}, {text: w.Money(m.CoOp)}, {text: w.Money(m.Other)},
				{text: w.Money(m.RebateUSD)}, {text: w.Money(m.CoOpUSD)}, {text: w.Money(m.OtherUSD)},
			}})
		}
	}
	return t
}

// periods shows every fund with its decision.
func (p *statement) periods() {
	w := p.words
	t := &table{columns: []column{
		{head: w.T("Earning period"), share: 1, least: 62},
		{head: w.T("Rebate, USD"), right: true},
		{head: w.T("Co-op, USD"), right: true},
		{head: w.T("Decision"), share: 0.6, least: 52},
		{head: w.T("Last day to claim")},
		{head: w.T("Fund")},
		{head: w.T("In the fund"), right: true},
		{head: w.T("Claimed"), right: true},
		{head: w.T("Remaining"), right: true},
		{head: w.T("Forfeited"), right: true},
	}}
	for _, b := range p.of.Balances {
		decision := w.Decision(b)
		if b.Provisional {
			decision = w.T("%s, provisional", decision)
		}
		deadline := ""
		if b.Decision == calc.ClaimRequired {
			deadline = w.ShortDate(b.ClaimDeadline)
		}
		forfeited := cell{text: orNothing(w, b.Forfeited)}
		if b.Forfeited.Decimal.IsPositive() {
			forfeited.colour = &alarm
		}
		t.rows = append(t.rows, row{cells: []cell{
			{text: period(w, b.Period)}, {text: w.Money(b.Rebate)}, {text: w.Money(b.CoOp)}, {text: decision}, {text: deadline},
			{text: b.FundCurrency}, {text: w.Money(b.CoOpFund)}, {text: orNothing(w, b.Claimed)}, {text: orNothing(w, b.Remaining)}, forfeited,
		}})
	}
	p.tableSection(toPeriods, w.T("Earning periods"), t)
}

// orNothing words an amount that may not apply.
func orNothing(w *wording.Words, d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return w.Money(d.Decimal)
}

// claims shows the claims of the register in force.
func (p *statement) claims() {
	w := p.words
	list := p.of.Claims
	if len(list) == 0 {
		return
	}
	t := &table{columns: []column{
		{head: w.T("Claim"), share: 1.1, least: 70},
		{head: w.T("Activity and its dates"), share: 1.3, least: 80},
		{head: w.T("Amount"), right: true},
		{head: w.T("Currency")},
		{head: w.T("Status"), share: 0.4, least: 46},
		{head: w.T("For business days"), right: true},
		{head: w.T("Last activity"), share: 0.1, least: 36},
		{head: w.T("Next step"), share: 1.6, least: 90},
	}}
	for _, c := range list {
		t.rows = append(t.rows, row{cells: []cell{
			{text: w.ClaimTitle(c)}, {text: activity(w, c)}, {text: w.Money(c.Amount)}, {text: c.Currency},
			{text: w.ClaimState(c)}, {text: age(w, c)}, {text: dateOrNothing(w, c.LastActivity)}, {text: w.NextStep(c)},
		}})
	}
	p.tableSection(toClaims, w.T("Recent claims"), t)
}

// age words for how many business days a claim has been in its state.
func age(w *wording.Words, c *calc.Claim) string {
	if c.Since.IsZero() {
		return ""
	}
	return w.Count(c.Age)
}

// activity names what a claim is for, and when it took place.
func activity(w *wording.Words, c *calc.Claim) string {
	if dates := activityDates(w, c); dates != "" {
		return w.T("%s, %s", c.Activity, noBreak(dates))
	}
	return c.Activity
}

func activityDates(w *wording.Words, c *calc.Claim) string {
	switch {
	case c.ActivityStart.IsZero():
		return dateOrNothing(w, c.ActivityEnd)
	case c.ActivityEnd.IsZero():
		return w.ShortDate(c.ActivityStart)
	}
	return w.Span(c.ActivityStart, c.ActivityEnd)
}

func dateOrNothing(w *wording.Words, d calc.Date) string {
	if d.IsZero() {
		return ""
	}
	return w.ShortDate(d)
}
