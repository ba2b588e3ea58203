package calc

import "github.com/shopspring/decimal"

// SplitCheck holds the reported co-op of a lever, earning month and currency
// against its share of rebate and co-op together (cspcoop help rules, Types).
// Adjustments are in the month that they adjust; gross earnings are left out,
// because the program splits them itself. Amounts are exact and in Currency.
type SplitCheck struct {
	Engagement   string // as written; of several spellings the bytewise smallest
	Lever        string // likewise
	Month        Month
	Currency     string
	Rule         Rule
	Rebate, CoOp decimal.Decimal // as reported
	Expected     decimal.Decimal // the rule's share of both together
	Difference   decimal.Decimal // CoOp less Expected
	Tolerance    decimal.Decimal // how far rounding every row can lead away from Expected
	Rows         []*Earning      // behind a difference, by date and id; nil where there is none
}

// Differs says that the difference is more than rounding.
func (x *SplitCheck) Differs() bool { return x.Difference.Abs().GreaterThan(x.Tolerance) }

// Together gives what was split.
func (x *SplitCheck) Together() decimal.Decimal { return x.Rebate.Add(x.CoOp) }
