package pdf

import (
	"slices"

	"cspcoop/calc"
)

// mostAtRisk is how many of the largest amounts the first page lists.
const mostAtRisk = 10

// mostForfeited is how many of the largest losses it lists.
const mostForfeited = 3

// open gives the funds from which something can still be claimed, the nearest
// deadline first.
func (p *summary) open() []*calc.Balance {
	return p.only(func(b *calc.Balance) bool { return b.AtRisk().IsPositive() })
}

func (p *summary) only(wanted func(*calc.Balance) bool) []*calc.Balance {
	var list []*calc.Balance
	for _, b := range p.balances {
		if wanted(b) {
			list = append(list, b)
		}
	}
	return list
}

// states counts the funds by what becomes of them.
func (p *summary) states() {
	w := p.words
	t := &table{columns: []column{{head: w.T("State"), share: 1, least: 120}, {head: w.T("Funds"), right: true}}}
	var states []string
	counts := map[string]int{}
	for _, b := range p.balances {
		state := w.Decision(b)
		if counts[state] == 0 {
			states = append(states, state)
		}
		counts[state]++
	}
	for _, state := range states {
		t.rows = append(t.rows, row{cells: []cell{{text: state}, {text: w.Count(counts[state])}}})
	}
	p.tableSection(toStates, w.T("Funds by state"), t)
}

// calendar lists the claim deadlines of the next twelve months.
func (p *summary) calendar() {
	w := p.words
	t := &table{columns: []column{
		{head: w.T("Last day to claim"), share: 1, least: 70},
		{head: w.T("Earned"), share: 1, least: 60},
		{head: w.T("Days left"), right: true},
		{head: w.T("Funds"), right: true},
	}}
	type deadline struct {
		day    calc.Date
		period calc.EarningPeriod
	}
	var days []deadline
	counts := map[deadline]int{}
	for _, b := range p.open() {
		d := deadline{b.ClaimDeadline, b.Period}
		if counts[d] == 0 {
			days = append(days, d)
		}
		counts[d]++
	}
	for _, d := range days {
		t.rows = append(t.rows, row{cells: []cell{
			{text: w.Weekday(d.day)}, {text: period(w, d.period)}, {text: w.Count(p.asOf.DaysUntil(d.day))}, {text: w.Count(counts[d])},
		}})
	}
	if len(t.rows) == 0 {
		return
	}
	p.tableSection(toCalendar, w.T("Deadlines"), t)
}

// risks lists the largest amounts that are lost unless they are claimed.
func (p *summary) risks() {
	w := p.words
	list := p.open()
	slices.SortStableFunc(list, func(a, b *calc.Balance) int { return b.USD(b.AtRisk()).Cmp(a.USD(a.AtRisk())) })
	t := &table{columns: []column{
		{head: w.T("Partner"), share: 1.2, least: 80},
		{head: w.T("Program"), share: 1, least: 80},
		{head: w.T("Earned")},
		{head: w.T("Last day to claim")},
		{head: w.T("At risk"), right: true},
		{head: w.T("Currency")},
		{head: w.T("In USD"), right: true},
	}}
	for _, b := range list[:min(mostAtRisk, len(list))] {
		t.rows = append(t.rows, row{cells: []cell{
			{text: w.Partner(b.Statement)}, {text: b.Statement.Program}, {text: w.Months(b.Period)}, {text: w.ShortDate(b.ClaimDeadline)},
			{text: w.Money(b.AtRisk())}, {text: b.FundCurrency}, {text: w.Money(b.USD(b.AtRisk()))},
		}})
	}
	if len(t.rows) == 0 {
		return
	}
	p.tableSection(toRisks, w.T("Largest amounts at risk"), t)
}

// lost gives the funds of which something was forfeited, the largest first.
func (p *summary) lost() []*calc.Balance {
	list := p.only(func(b *calc.Balance) bool { return b.Forfeited.Decimal.IsPositive() })
	slices.SortStableFunc(list, func(a, b *calc.Balance) int {
		return b.USD(b.Forfeited.Decimal).Cmp(a.USD(a.Forfeited.Decimal))
	})
	return list
}

// largestForfeited lists the worst losses on the first page.
func (p *summary) largestForfeited() {
	w, lost := p.words, p.lost()
	if len(lost) == 0 {
		return
	}
	t := &table{columns: []column{
		{head: w.T("Partner"), share: 1, least: 60}, {head: w.T("Earned")}, {head: w.T("Forfeited"), right: true}, {head: w.T("Currency")},
	}}
	for _, b := range lost[:min(mostForfeited, len(lost))] {
		t.rows = append(t.rows, row{cells: []cell{
			{text: w.Partner(b.Statement)}, {text: w.Months(b.Period)}, {text: w.Money(b.Forfeited.Decimal), colour: &alarm}, {text: b.FundCurrency},
		}})
	}
	title := w.T("Forfeited")
	if len(lost) > mostForfeited {
		title = w.T("Forfeited: the largest of %s", w.Count(len(lost)))
	}
	p.tableSection(toLost, title, t)
}

// forfeited lists all that was lost, when the first page has not.
func (p *summary) forfeited() {
	w, lost := p.words, p.lost()
	if len(lost) <= mostForfeited {
		return
	}
	t := &table{columns: []column{
		{head: w.T("Partner"), share: 1.4, least: 110},
		{head: w.T("Program"), share: 1, least: 80},
		{head: w.T("Earned"), share: 0.9, least: 72},
		{head: w.T("Expired on")},
		{head: w.T("Forfeited"), right: true},
		{head: w.T("Currency")},
	}}
	for _, b := range lost {
		t.rows = append(t.rows, row{cells: []cell{
			{text: w.Partner(b.Statement)}, {text: b.Statement.Program}, {text: period(w, b.Period)}, {text: w.ShortDate(b.FundsExpire)},
			{text: w.Money(b.Forfeited.Decimal), colour: &alarm}, {text: b.FundCurrency},
		}})
	}
	p.tableSection(toAllLost, w.T("All that was forfeited"), t)
}
