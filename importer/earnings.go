package importer

import (
	"fmt"

	"cspcoop/calc"
	"cspcoop/importer/table"

	"github.com/shopspring/decimal"
)

// takeEarning makes a typed row an earning, with its currency and USD figure
// settled.
func (r *rowReader) takeEarning(e *earningRow, place int) {
	r.fillDefaults(e)
	currency, ok := r.currencyOf(e, place)
	if !ok {
		return
	}
	amount, usd, ok := r.moneyOf(e, currency, place)
	if !ok {
		return
	}
	if d := -int(amount.Decimal().Exponent()); d > currencyDecimals(currency) && !amount.Equal(calc.NewAmount(amount.Decimal().Truncate(int32(currencyDecimals(currency))))) {
		r.finer[currency]++
	}
	claim := e.ClaimID
	if calc.IsPlaceholder(claim) {
		claim = ""
	}
	payment := e.PaymentID
	if calc.IsPlaceholder(payment) {
		payment = ""
	}
	earning := calc.Earning{
		Terms: r.share(calc.Terms{
			Participant: e.Participant, ParticipantName: e.ParticipantName, Country: e.Country,
			Program: e.Program, ProgramKey: calc.KeyOfProgram(e.Program), Type: e.Type, Kind: calc.KindOf(e.Type),
			Lever: e.Lever, Currency: currency, ReasonCode: e.ReasonCode, Reason: calc.ReasonOf(e.ReasonCode),
			PaymentStatus: e.PaymentStatus, EstimatedMonth: e.EstimatedMonth,
		}),
		ID: e.ID, Date: e.Date.Date, Calculated: e.Calculated.Stamp, Amount: amount, USD: usd,
		ClaimID: claim, PaymentID: payment, Sheet: r.index, Row: uint32(place), Source: r.source,
	}
	if e.PaidAmount.given && e.PaidCurrency != "" {
		earning.Paid = &calc.PaidAmount{Amount: e.PaidAmount.Amount, Currency: e.PaidCurrency}
	}
	if r.KeepDetail {
		earning.Detail = e.detail()
	}
	r.source.Earnings = append(r.source.Earnings, earning)
}

// share gives the one value of equal terms of a file.
func (in *importing) share(t calc.Terms) *calc.Terms {
	shared := in.terms[t]
	if shared == nil {
		shared = &t
		in.terms[t] = shared
	}
	return shared
}

// fillDefaults puts configured defaults into columns that the file lacks.
func (r *rowReader) fillDefaults(e *earningRow) {
	if e.Participant == "" {
		e.Participant = r.DefaultParticipant
	}
	if e.Program == "" {
		e.Program = r.DefaultProgram
	}
}

// currencyOf gives the currency of a row's amount: that of its column, else its
// header's, else the configured one (exports.md). A row whose column and header
// name different currencies is refused.
func (r *rowReader) currencyOf(e *earningRow, place int) (string, bool) {
	amount := r.layout.column("earningAmount")
	if amount == nil {
		usd := r.layout.column("earningAmountUSD")
		if usd.currency != "" && e.Currency != "" && e.Currency != "USD" {
			r.faultAt(place, "transactionCurrency", e.Currency, wrong{
				fmt.Sprintf("the row is in %s, but its amount stands under %q", e.Currency, usd.header),
				"put the amount under a header of its own currency, or correct the currency"})
			return "", false
		}
		return "USD", true
	}
	switch {
	case e.Currency != "" && amount.currency != "" && e.Currency != amount.currency:
		r.faultAt(place, "transactionCurrency", e.Currency, wrong{
			fmt.Sprintf("the row is in %s, but its amount stands under %q", e.Currency, amount.header),
			"put the amount under a header of its own currency, or correct the currency"})
		return "", false
	case e.Currency != "":
		return e.Currency, true
	case amount.currency != "":
		return amount.currency, true
	}
	return r.DefaultCurrency, true
}

// moneyOf gives a row's amount in its currency and in USD: as the export says
// it, else by the row's own rate, else by the configured one.
func (r *rowReader) moneyOf(e *earningRow, currency string, place int) (amount, usd calc.Amount, ok bool) {
	switch {
	case !e.Amount.given:
		return e.USD.Amount, e.USD.Amount, true
	case e.USD.given:
		return e.Amount.Amount, e.USD.Amount, true
	case currency == "USD":
		return e.Amount.Amount, e.Amount.Amount, true
	case e.Rate.given:
		return e.Amount.Amount, calc.NewAmount(e.Amount.Decimal().Mul(e.Rate.Decimal())), true
	}
	rate, found := r.Rates.On(e.Date.Date, currency, "USD")
	if found {
		r.noteRate(currency, rate)
		return e.Amount.Amount, calc.NewAmount(e.Amount.Decimal().Mul(rate)), true
	}
	if !r.unrated[currency] {
		r.unrated[currency] = true
		r.faultAt(place, "earningAmount", e.Amount.Decimal().String(), wrong{
			fmt.Sprintf("the amount is in %s, from this row on, and the file has neither its USD figure nor its rate", currency),
			fmt.Sprintf(`add a column "earningAmountUSD", or a rate for %s under [rates] in cspcoop.toml that holds on %s`, currency, e.Date)})
	}
	return amount, usd, false
}

// noteRate tells once a file which configured rate was used.
func (r *rowReader) noteRate(currency string, rate decimal.Decimal) {
	key := currency + rate.String()
	if r.unrated[key] {
		return
	}
	r.unrated[key] = true
	r.note(r.sheet.Name, 0, calc.Info, calc.RateUsed, fmt.Sprintf("amounts in %s became USD at the configured rate of %s", currency, rate))
}

func (e *earningRow) detail() *calc.Detail {
	return &calc.Detail{
		EarningRate: e.EarningRate, ExchangeRate: e.exchangeRate(), TransactionID: e.TransactionID, TransactionDate: e.TransactionDate,
		TransactionAmount: e.TransactionAmount, Quantity: e.Quantity, Customer: e.Customer, Product: e.Product,
		Subscription: e.Subscription, Invoice: e.Invoice, Distributor: e.Distributor, Reseller: e.Reseller,
		Engagement: e.Engagement, SolutionArea: e.SolutionArea,
	}
}

func (e *earningRow) exchangeRate() string {
	if !e.Rate.given {
		return ""
	}
	return e.Rate.Decimal().String()
}

// checkContradictions refuses a file that gives one earning two amounts, with
// nothing to tell which is newer (rules.md §6, Growth).
func (in *importing) checkContradictions() {
	for _, pair := range calc.Contradictions(in.source.Earnings) {
		in.faults.Add(table.Fault{
			Sheet: pair.Place().Sheet, Row: int(pair.Row), Column: "earningAmount", Value: pair.Amount.Decimal().String(),
			Problem: fmt.Sprintf("earning %s stands in this file with another amount, %s in row %d, and nothing tells which is newer", pair.ID, pair.Other.Amount.Decimal(), pair.Other.Row),
			Want:    "download the report again, or remove the wrong row",
		})
	}
}
