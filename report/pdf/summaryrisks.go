package pdf

import (
	"slices"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// mostAtRisk is how many of the largest amounts the first page lists.
const mostAtRisk = 10

func (p *summary) only(wanted func(*calc.Balance) bool) []*calc.Balance {
	return slices.DeleteFunc(slices.Clone(p.balances), func(b *calc.Balance) bool { return !wanted(b) })
}

// nextDeadline gives the first last day on which something is at risk.
func (p *summary) nextDeadline() *calc.Deadline {
	list := p.result.Deadlines()
	i := slices.IndexFunc(list, func(d calc.Deadline) bool { return d.AtRisk.IsPositive() })
	if i < 0 {
		return nil
	}
	return &list[i]
}

// states sums the funds by what becomes of them.
func (p *summary) states() {
	w := p.words
	t := &table{columns: []column{
		{head: w.T("State"), share: 1, least: 74},
		{head: w.T("Funds"), right: true},
		{head: w.T("Co-op earned, USD"), right: true},
		{head: w.T("At risk, USD"), right: true},
		{head: w.T("Forfeited, USD"), right: true},
	}}
	for _, s := range p.result.States() {
		t.rows = append(t.rows, row{cells: []cell{
			{text: w.State(s.State)}, {text: w.Count(s.Funds)}, {text: w.Money(s.CoOp)},
			{text: p.unlessZero(s.AtRisk), bold: true}, {text: p.unlessZero(s.Forfeited), colour: &alarm},
		}})
	}
	p.tableSection(toStates, w.T("Funds by state"), t)
}

// unlessZero words an amount, and nothing when there is none.
func (p *summary) unlessZero(d decimal.Decimal) string {
	if d.IsZero() {
		return ""
	}
	return p.words.Money(d)
}

// deadlines lists the last days to claim of the months to come.
func (p *summary) deadlines() {
	w := p.words
	t := &table{columns: []column{
		{head: w.T("Last day to claim"), share: 1, least: 62},
		{head: w.T("Days left"), right: true},
		{head: w.T("Funds"), right: true},
		{head: w.T("At risk, USD"), right: true},
	}}
	for _, d := range p.result.Deadlines() {
		t.rows = append(t.rows, row{cells: []cell{
			{text: noBreak(w.ShortDate(d.Day))}, {text: w.Count(d.DaysLeft)}, {text: w.Count(len(d.Funds))}, {text: w.Money(d.AtRisk), bold: true},
		}})
	}
	if len(t.rows) > 0 {
		p.tableSection(toDeadlines, w.T("Claim deadlines"), t)
	}
}

// risks lists the largest amounts that are lost unless they are claimed.
func (p *summary) risks() {
	w := p.words
	t := &table{columns: []column{
		{head: w.T("Partner"), share: 1.2, least: 80},
		{head: w.T("Program"), share: 1, least: 80},
		{head: w.T("Earned")},
		{head: w.T("Last day to claim")},
		{head: w.T("At risk"), right: true},
		{head: w.T("Currency")},
		{head: w.T("In USD"), right: true},
	}}
	for _, b := range p.result.Largest(mostAtRisk) {
		t.rows = append(t.rows, row{cells: []cell{
			{text: w.Partner(b.Statement)}, {text: b.Statement.Program}, {text: w.Months(b.Period)}, {text: w.ShortDate(b.ClaimDeadline)},
			{text: w.Money(b.AtRisk())}, {text: b.FundCurrency}, {text: w.Money(b.USD(b.AtRisk()))},
		}})
	}
	if len(t.rows) > 0 {
		p.tableSection(toRisks, w.T("Largest amounts at risk"), t)
	}
}

// monthly draws what all partners earned by month. On the first page it takes
// the height that is left.
func (p *summary) monthly() {
	months := recent(p.result.Calendar(), p.options.RecentMonths)
	if len(months) == 0 {
		return
	}
	const least = 44.0
	tall := plotHeight
	if left := p.bottom() - p.y - sectionHead - underPlot; left >= least {
		tall = min(tall, left)
	}
	p.section(toMonths, p.words.T("Earned by month, USD"), tall+underPlot)
	p.chart(months, nil, tall)
}

// lost gives the funds of which something was forfeited, the largest loss first.
func (p *summary) lost() []*calc.Balance {
	list := p.only(func(b *calc.Balance) bool { return b.Forfeited.Decimal.IsPositive() })
	slices.SortStableFunc(list, func(a, b *calc.Balance) int {
		return b.USD(b.Forfeited.Decimal).Cmp(a.USD(a.Forfeited.Decimal))
	})
	return list
}

// lostSince gives the funds of which something was forfeited since the last set.
func (p *summary) lostSince() []*calc.Balance {
	return p.only(func(b *calc.Balance) bool { return b.Movement.Moved.Forfeited.IsPositive() })
}

// forfeited lists all that was lost.
func (p *summary) forfeited() {
	w := p.words
	t := &table{columns: []column{
		{head: w.T("Partner"), share: 1.4, least: 110},
		{head: w.T("Program"), share: 1, least: 80},
		{head: w.T("Earned"), share: 0.9, least: 72},
		{head: w.T("Expired on")},
		{head: w.T("Forfeited"), right: true},
		{head: w.T("Currency")},
		{head: w.T("In USD"), right: true},
	}}
	for _, b := range p.lost() {
		t.rows = append(t.rows, row{cells: []cell{
			{text: w.Partner(b.Statement)}, {text: b.Statement.Program}, {text: period(w, b.Period)}, {text: w.ShortDate(b.FundsExpire)},
			{text: w.Money(b.Forfeited.Decimal), colour: &alarm}, {text: b.FundCurrency}, {text: w.Money(b.USD(b.Forfeited.Decimal))},
		}})
	}
	if len(t.rows) > 0 {
		p.tableSection(toLost, w.T("Forfeited"), t)
	}
}
