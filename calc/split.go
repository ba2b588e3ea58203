package calc

import "github.com/shopspring/decimal"

// Splits are the checks of a statement. There is one for nearly every earning where
// levers, months and currencies combine freely, so that they are made when somebody
// reads them.
type Splits struct {
	Checked, Differing int                 // how many
	List               func() []SplitCheck // by month, lever and currency; nil for none
}

// All returns the checks.
func (s *Splits) All() []SplitCheck {
	if s.List == nil {
		return nil
	}
	return s.List()
}

// SplitCheck compares the reported co-op of a lever, earning month and currency
// with its share of rebate and co-op together (cspcoop help rules, Types).
// Adjustments are in the month that they adjust; gross earnings are left out,
// because the program splits them itself. Amounts are exact and in Currency.
type SplitCheck struct {
	Engagement string // as written; of several spellings the bytewise smallest
	Lever      string // likewise
	Month      Month
	Currency   string
	Rule       *Rule

	rebate, coop   Amount // as reported
	rebates, coops uint32 // rows
	differs        bool
}

// NewSplitCheck compares what was reported; of rows there are so many.
func NewSplitCheck(of SplitCheck, rebate, coop Amount, rebates, coops int) SplitCheck {
	of.rebate, of.coop, of.rebates, of.coops = rebate, coop, uint32(rebates), uint32(coops)
	var known bool
	if of.differs, known = of.differsInUnits(); !known {
		of.differs = of.differsInDecimals()
	}
	return of
}

// Rebate returns the rebate as reported.
func (x *SplitCheck) Rebate() decimal.Decimal { return x.rebate.Decimal() }

// CoOp returns the co-op as reported.
func (x *SplitCheck) CoOp() decimal.Decimal { return x.coop.Decimal() }

// Together returns what was split.
func (x *SplitCheck) Together() decimal.Decimal { return x.Rebate().Add(x.CoOp()) }

// Expected returns the rule's share of both together.
func (x *SplitCheck) Expected() decimal.Decimal { return x.Together().Mul(x.Rule.CoOpShare) }

// Difference returns CoOp less Expected.
func (x *SplitCheck) Difference() decimal.Decimal {
	if units, scale, known := x.differenceInUnits(NewAmount(x.Rule.CoOpShare)); known {
		return decimal.New(units, -int32(scale))
	}
	return x.differenceInDecimals()
}

func (x *SplitCheck) differenceInDecimals() decimal.Decimal { return x.CoOp().Sub(x.Expected()) }

// Tolerance returns how far rounding every row can lead away from Expected. Every
// row was rounded by half a minor unit of its currency at most. A co-op row that is
// off by d moves co-op by d and what is expected by share × d, so that the
// difference moves by (1 − share) × d; a rebate row moves it by share × d.
func (x *SplitCheck) Tolerance() decimal.Decimal {
	share := x.Rule.CoOpShare
	rounded := decimal.New(int64(x.coops), 0).Mul(decimal.New(1, 0).Sub(share)).Add(decimal.New(int64(x.rebates), 0).Mul(share))
	return rounded.Mul(HalfUnit(x.Currency))
}

// Differs reports whether the difference is more than rounding.
func (x *SplitCheck) Differs() bool { return x.differs }

func (x *SplitCheck) differsInDecimals() bool {
	return x.differenceInDecimals().Abs().GreaterThan(x.Tolerance())
}

// differsInUnits compares difference and tolerance in 64-bit integers of one
// scale; known is false where these do not hold them.
func (x *SplitCheck) differsInUnits() (differs, known bool) {
	share := NewAmount(x.Rule.CoOpShare)
	difference, scale, known := x.differenceInUnits(share)
	if !known {
		return false, false
	}
	var c checked
	half, whole := CurrencyDecimals(x.Currency)+1, pow10[share.scale()] // half a minor unit is 5 / 10^half
	rounded := c.plus(c.times(int64(x.coops), c.plus(whole, -share.units)), c.times(int64(x.rebates), share.units))
	difference = c.times(difference, pow10[half])
	tolerance := c.times(c.times(rounded, 5), pow10[scale-share.scale()])
	return max(difference, -difference) > tolerance, !c.lost
}

// differenceInUnits returns Difference as units / 10^scale, where 64 bits hold it.
func (x *SplitCheck) differenceInUnits(share Amount) (units int64, scale uint8, known bool) {
	if share.wide() != nil || x.rebate.wide() != nil || x.coop.wide() != nil {
		return 0, 0, false
	}
	var c checked
	scale = max(x.rebate.scale(), x.coop.scale())
	rebate := c.times(x.rebate.units, pow10[scale-x.rebate.scale()])
	coop := c.times(x.coop.units, pow10[scale-x.coop.scale()])
	units = c.plus(c.times(coop, pow10[share.scale()]), -c.times(c.plus(rebate, coop), share.units))
	return units, scale + share.scale(), !c.lost
}

// checked calculates in 64-bit integers, and notes when one does not hold a result.
type checked struct{ lost bool }

// times multiplies by what is not negative; any other product counts as lost.
func (c *checked) times(a, b int64) int64 {
	product, ok := mul(a, b)
	c.lost = c.lost || !ok
	return product
}

func (c *checked) plus(a, b int64) int64 {
	sum := a + b
	c.lost = c.lost || b != 0 && (sum > a) != (b > 0)
	return sum
}
