package lists

import (
	"cmp"
	"slices"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// Cause is what was found for one reason: a thousand findings of one code are one
// line of a document.
type Cause struct {
	calc.Finding     // the one with the most money behind it
	Count        int // findings
	Statements   int
	USD          decimal.Decimal // behind them, as far as it is known in USD
}

// Causes sums the findings of statements by their code: the worst first, and of
// these the largest amount. Noise is left to workbooks.
func Causes(statements []*calc.Statement, findings []calc.Finding) []Cause {
	type key struct {
		calc.Code
		calc.Severity
	}
	type behind struct {
		*Cause
		most       decimal.Decimal
		statements map[calc.StatementKey]bool
	}
	behindIt := Behind(statements)
	causes := map[key]*behind{}
	for _, f := range findings {
		if f.Severity() == calc.Info && f.Note().Noise {
			continue
		}
		k := key{f.Code(), f.Severity()}
		c := causes[k]
		if c == nil {
			c = &behind{Cause: &Cause{Finding: f}, statements: map[calc.StatementKey]bool{}}
			causes[k] = c
		}
		c.Count++
		if f.Participant() != "" {
			c.statements[calc.NewStatementKey(f.Participant(), f.Program())] = true
		}
		usd := behindIt(f)
		c.USD = c.USD.Add(usd)
		if usd.GreaterThan(c.most) {
			c.most, c.Finding = usd, f
		}
	}
	list := make([]Cause, 0, len(causes))
	for _, c := range causes {
		c.Statements = len(c.statements)
		list = append(list, *c.Cause)
	}
	slices.SortFunc(list, func(a, b Cause) int {
		return cmp.Or(cmp.Compare(b.Severity(), a.Severity()), b.USD.Cmp(a.USD), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code(), b.Code()))
	})
	return list
}

// Behind returns what the money behind a finding of some statements comes to in USD,
// without its sign; zero where there is none.
func Behind(statements []*calc.Statement) func(calc.Finding) decimal.Decimal {
	funds := make(map[calc.StatementKey][]*calc.Balance, len(statements))
	for _, s := range statements {
		funds[calc.NewStatementKey(s.Participant, s.Program)] = s.Balances
	}
	return func(f calc.Finding) decimal.Decimal {
		return usdOf(f, funds[calc.NewStatementKey(f.Participant(), f.Program())])
	}
}

// usdOf returns the money behind a finding without its sign, at the rate of its
// own fund or else of the newest fund in its currency; zero where there is none.
func usdOf(f calc.Finding, funds []*calc.Balance) decimal.Decimal {
	money := f.Money() // made of rows by some findings
	if money.Currency == "USD" {
		return calc.Cents(money.Amount.Abs())
	}
	var rate *calc.Balance
	for _, b := range funds {
		if b.FundCurrency == money.Currency && (rate == nil || rate.Period != f.Period()) {
			rate = b
		}
	}
	if rate == nil {
		return decimal.Zero
	}
	return rate.USD(money.Amount.Abs())
}
