package reconcile

import (
	"strings"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// rateDecimals is the least number of decimals with which Partner Center
// computes rates; spreadsheets drop trailing zeros, so that 1.1 may be 1.1000.
const rateDecimals = 4

// byRate is what earnings of one file come to by their own rates.
type byRate struct {
	first              calc.Earning
	rows               int
	reported, computed decimal.Decimal
	example            decimal.Decimal // of the first row
}

func (x *byRate) add(e calc.Earning, reported, computed decimal.Decimal) {
	if x.first.IsZero() {
		x.first, x.example = e, computed
	}
	x.rows++
	x.reported, x.computed = x.reported.Add(reported), x.computed.Add(computed)
}

// checkRates finds the rows of a file whose amounts contradict their own rate
// beyond rounding: in USD by earningExchangeRate, and in their currency by
// earningRate. The latter holds only where it is a share of one transaction:
// not in Growth reports, which print an earning's whole amount for each of its
// transactions, not for adjustments and transfers, and not for rates above 1,
// which pay by the unit.
func (c *banked) checkRates(source int) (found findings) {
	src := c.ledger.Sources[source]
	if !src.Earnings.HasDetail() {
		return nil
	}
	exchange := rateReader{rates: map[string]rate{}} // normalised by the import
	written := rateReader{comma: decimalComma(src), rates: map[string]rate{}}
	growth := c.ledger.Repeats(source)
	halves := halfUnits{}
	var inUSD, inCurrency byRate
	for j, e := range src.Earnings.All() {
		if c.ledger.Fates[source][j] != calc.Counted {
			continue
		}
		if r := exchange.rate(e.Detail(calc.DetailExchangeRate)); r.known && e.Currency() != "USD" {
			amount, usd := e.Amount().Decimal(), e.USD().Decimal()
			if r.contradicts(amount, halves.of(e.Currency()), usd, halves.of("USD")) {
				inUSD.add(e, usd, amount.Mul(r.value))
			}
		}
		if growth || e.Reason() != calc.NoReason || e.Kind() != calc.Rebate && e.Kind() != calc.CoOp {
			continue
		}
		r := written.rate(e.Detail(calc.DetailEarningRate))
		if !r.known || !r.value.IsPositive() || r.value.GreaterThan(decimal.New(1, 0)) {
			continue
		}
		if sale, ok := written.parse(e.Detail(calc.DetailTransactionAmount)); ok && r.contradicts(sale, halves.of(e.Currency()), e.Amount().Decimal(), halves.of(e.Currency())) {
			inCurrency.add(e, e.Amount().Decimal(), sale.Mul(r.value))
		}
	}
	if x := inUSD; x.rows > 0 {
		found.report(x.first.Finding(calc.Warning, calc.USDNotByRate, calc.Say(
			"%s earningAmountUSD is not earningAmount × earningExchangeRate: %s where the rates give %s (first: %s, not %s); the printed figures count; ask Microsoft which is right",
			inRows(x.rows), calc.USD(x.reported), calc.Figure(calc.Cents(x.computed)), calc.Figure(x.first.USD().Decimal()), calc.Figure(calc.Cents(x.example)))))
	}
	if x := inCurrency; x.rows > 0 {
		found.report(x.first.Finding(calc.Warning, calc.AmountNotByRate, calc.Say(
			"%s earningAmount is not transactionAmount × earningRate (first: %s, not %s); the printed figures count; ask Microsoft for the calculation",
			inRows(x.rows), calc.NewMoney(x.first.Amount().Decimal(), x.first.Currency()), calc.Figure(calc.Cents(x.example)))))
	}
	return found
}

func inRows(rows int) calc.Things {
	return calc.CountOf(rows, "in %s row", "in %s rows from here on")
}

// rate is a rate with how far its last printed digit can lead.
type rate struct {
	value decimal.Decimal
	half  decimal.Decimal
	known bool
}

// contradicts reports whether amount × rate is not result beyond rounding: of the
// result, of the rate's last digit, and of the amount.
func (r rate) contradicts(amount, halfAmount, result, halfResult decimal.Decimal) bool {
	difference := amount.Mul(r.value).Sub(result).Abs()
	if difference.LessThanOrEqual(halfResult) {
		return false // as nearly always: the rest need not be calculated
	}
	return difference.GreaterThan(halfResult.Add(amount.Abs().Mul(r.half)).Add(halfAmount.Mul(r.value.Abs())))
}

// rateReader reads figures that are shown beside earnings, and keeps the rates
// that it read: a file has few.
type rateReader struct {
	comma bool // the file's decimal mark
	rates map[string]rate
}

// halfUnits keeps the half units of a file's currencies.
type halfUnits map[string]decimal.Decimal

func (h halfUnits) of(currency string) decimal.Decimal {
	half, known := h[currency]
	if !known {
		half = calc.HalfUnit(currency)
		h[currency] = half
	}
	return half
}

// parse reads a plain number; anything else, and a number with a mark of
// thousands where that is not settled, is not one.
func (n *rateReader) parse(text string) (decimal.Decimal, bool) {
	text = strings.TrimSpace(text)
	if n.comma {
		text = strings.Replace(strings.ReplaceAll(text, ".", ""), ",", ".", 1)
	}
	if len(text) == 0 || len(text) > 30 || strings.Trim(text, "0123456789.-") != "" {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(text)
	return d, err == nil
}

func (n *rateReader) rate(text string) rate {
	r, known := n.rates[text]
	if !known {
		r.value, r.known = n.parse(text)
		r.half = decimal.New(5, -max(-r.value.Exponent(), rateDecimals)-1)
		n.rates[text] = r
	}
	return r
}

// decimalComma infers a file's decimal mark by its earning rates: where they are
// between 0 and 1 the mark is never one of thousands.
func decimalComma(src *calc.Source) bool {
	for _, e := range src.Earnings.All() {
		if strings.HasPrefix(strings.TrimSpace(e.Detail(calc.DetailEarningRate)), "0,") {
			return true
		}
	}
	return false
}
