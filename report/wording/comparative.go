package wording

import (
	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// ComparativeLine is one figure of an earning period beside earlier ones, in
// USD; nil is not known.
type ComparativeLine struct {
	Label                    string
	IsTotal                  bool
	Now                      decimal.Decimal
	Last, YearBefore, ToDate *EarlierFigure
}

// EarlierFigure is a figure at another time, and how far the present one is
// above it.
type EarlierFigure struct{ Then, Change decimal.Decimal }

// Comparative lays a comparative out by line: rebate, co-op, other where there
// is any, and their total.
func (w *Words) Comparative(c *calc.Comparative) []ComparativeLine {
	line := func(label string, of func(calc.Shares) decimal.Decimal) ComparativeLine {
		past := func(e *calc.Earlier) *EarlierFigure {
			if e == nil {
				return nil
			}
			return &EarlierFigure{of(e.Shares), of(e.Change)}
		}
		return ComparativeLine{Label: label, Now: of(c.Now), Last: past(c.Last), YearBefore: past(c.YearBefore), ToDate: past(c.ToDate)}
	}
	lines := []ComparativeLine{
		line(w.T("Rebate"), func(s calc.Shares) decimal.Decimal { return s.Rebate }),
		line(w.T("Co-op"), func(s calc.Shares) decimal.Decimal { return s.CoOp }),
	}
	if other := line(w.T("Other"), func(s calc.Shares) decimal.Decimal { return s.Other }); !other.empty() {
		lines = append(lines, other)
	}
	total := line(w.T("Total"), calc.Shares.Total)
	total.IsTotal = true
	return append(lines, total)
}

func (l *ComparativeLine) empty() bool {
	for _, e := range []*EarlierFigure{l.Last, l.YearBefore, l.ToDate} {
		if e != nil && !e.Then.IsZero() {
			return false
		}
	}
	return l.Now.IsZero()
}
