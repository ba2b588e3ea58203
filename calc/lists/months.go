package lists

import (
	"slices"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// Month is a line of the table of months, in USD: a month or, where a period's
// months are not its figures to the cent, the rounding between them.
type Month struct {
	calc.CalendarMonth
	Rounding bool
}

// Months lists the months of half-years so that they add up to the figures of
// the funds.
func Months(calendar []calc.CalendarMonth, funds []*calc.Balance) []Month {
	figures := earnedByPeriod(funds)
	var list []Month
	var sum calc.Shares
	for i, m := range calendar {
		list = append(list, Month{CalendarMonth: m})
		sum = sum.Plus(m.Shares)
		period := m.Month.Period()
		if i+1 < len(calendar) && calendar[i+1].Month.Period() == period {
			continue
		}
		if off := figures[period].Minus(sum); !off.IsZero() {
			list = append(list, Month{calc.CalendarMonth{Month: m.Month, Shares: off, CoOpToDate: figures[period].CoOp}, true})
		}
		sum = calc.Shares{}
	}
	return list
}

// MonthLine is a month of one statement in one currency.
type MonthLine struct {
	*calc.Statement
	calc.MonthLine
}

// MonthLines lists the months of statements by currency.
func MonthLines(statements []*calc.Statement) []MonthLine {
	var list []MonthLine
	for _, s := range statements {
		for _, line := range s.Months {
			list = append(list, MonthLine{s, line})
		}
	}
	return list
}

// Gaps lists the months without rows, with those at the end of a half-year that is
// over. Whether rows of these are still to come, the finding that the period is
// provisional says.
func Gaps(s *calc.Statement) []calc.Gap {
	if len(s.Months) == 0 || len(s.Calendar) == 0 {
		return s.Gaps
	}
	last, end := s.Months[len(s.Months)-1].Month, s.Calendar[len(s.Calendar)-1].Month
	if last == end {
		return s.Gaps
	}
	return append(slices.Clone(s.Gaps), calc.Gap{First: last.Add(1), Last: end})
}

// Rounding returns how far the figures of a fund in a currency are above its months in
// it, which are rounded one by one.
func Rounding(b *calc.Balance, currency string) calc.MonthLine {
	var off calc.Shares
	if b.RebateCurrency == currency {
		off.Rebate = b.RebatePlain
	}
	if b.FundCurrency == currency {
		off.CoOp = b.CoOpFund.Sub(b.Transferred)
	}
	for _, m := range b.Statement.Months {
		if m.Currency != currency || m.Month.Period() != b.Period {
			continue
		}
		if b.RebateCurrency == currency {
			off.Rebate = off.Rebate.Sub(m.Plain(calc.Rebate))
		}
		if b.FundCurrency == currency {
			off.CoOp = off.CoOp.Sub(m.Plain(calc.CoOp))
		}
	}
	return calc.NewMonthLine(calc.Month{}, currency, [3]calc.Amount{calc.NewAmount(off.Rebate), calc.NewAmount(off.CoOp)}, [3]calc.Amount{})
}

// Earned sums what funds show, rounded as they are.
func Earned(funds []*calc.Balance) (sum calc.Shares) {
	for _, b := range funds {
		sum = sum.Plus(b.Shares)
	}
	return sum
}

func earnedByPeriod(funds []*calc.Balance) map[calc.EarningPeriod]calc.Shares {
	sums := map[calc.EarningPeriod]calc.Shares{}
	for _, b := range funds {
		sums[b.Period] = sums[b.Period].Plus(b.Shares)
	}
	return sums
}

// Comparison is one figure of a half-year beside earlier ones, in USD; nil is
// not known.
type Comparison struct {
	Comparative *calc.Comparative
	Part        bool // of the months that both years have, and not all of the half-year
	Share       calc.Kind
	Now         decimal.Decimal
	Last        *Past
	YearBefore  *Past
}

// Past is a figure at another time, and how far the present one is above it.
type Past struct{ Then, Change decimal.Decimal }

// Comparisons lists half-years beside the figures of the last set where these
// moved, and beside those of the year before; other earnings only where there
// are any. It is empty where nothing earlier is known.
func Comparisons(all []calc.Comparative) []Comparison {
	var list []Comparison
	for i := range all {
		c := &all[i]
		if !c.HasEarlier() {
			continue
		}
		var before *calc.Earlier
		if c.YearBefore != nil && c.YearBefore.Whole {
			before = &c.YearBefore.Earlier
		}
		last := c.Last
		if last != nil && last.Change.IsZero() {
			last = nil
		}
		if last != nil || before != nil {
			list = append(list, compare(c, false, c.Now, last, before)...)
		}
		if c.YearBefore != nil && before == nil {
			list = append(list, compare(c, true, c.YearBefore.Now, nil, &c.YearBefore.Earlier)...)
		}
	}
	return list
}

func compare(c *calc.Comparative, part bool, now calc.Shares, last, before *calc.Earlier) []Comparison {
	var list []Comparison
	for share := calc.Rebate; share <= calc.Other; share++ {
		past := func(e *calc.Earlier) *Past {
			if e == nil {
				return nil
			}
			return &Past{e.Of(share), e.Change.Of(share)}
		}
		line := Comparison{c, part, share, now.Of(share), past(last), past(before)}
		if share != calc.Other || !line.empty() {
			list = append(list, line)
		}
	}
	return list
}

func (l *Comparison) empty() bool {
	for _, p := range []*Past{l.Last, l.YearBefore} {
		if p != nil && !p.Then.IsZero() {
			return false
		}
	}
	return l.Now.IsZero()
}
