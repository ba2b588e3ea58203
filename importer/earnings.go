package importer

import (
	"fmt"
	"strings"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// takeEarning makes a typed row an earning, with its currency and USD figure
// settled.
func (r *rowReader) takeEarning(e *earningRow, place int) {
	if e.Participant == "" {
		e.Participant = r.DefaultParticipant // the file has no such column
	}
	if e.Program == "" {
		e.Program = r.DefaultProgram
	}
	currency, ok := r.currencyOf(e, place)
	if !ok {
		return
	}
	amount, usd, ok := r.moneyOf(e, currency, place)
	if !ok {
		return
	}
	if places := int32(currencyDecimals(currency)); finer(amount.Decimal(), places) {
		r.finer[currency]++
	}
	earning := calc.Earning{
		Terms: r.share(calc.Terms{
			Participant: e.Participant, ParticipantName: e.ParticipantName, Country: e.Country,
			Program: e.Program, ProgramKey: calc.KeyOfProgram(e.Program), Type: e.Type, Kind: calc.KindOf(e.Type),
			Lever: e.Lever, Currency: currency, ReasonCode: e.ReasonCode, Reason: calc.ReasonOf(e.ReasonCode),
			PaymentStatus: e.PaymentStatus, EstimatedMonth: e.EstimatedMonth,
		}),
		ID: strings.Clone(e.ID), Date: e.Date.Date, Calculated: e.Calculated.Stamp, Amount: amount, USD: usd,
		ClaimID: r.word(orNone(e.ClaimID)), PaymentID: r.word(orNone(e.PaymentID)), Sheet: r.index, Row: uint32(place), Source: r.source,
	}
	if e.PaidAmount.given && e.PaidCurrency != "" {
		earning.Paid = &calc.PaidAmount{Amount: e.PaidAmount.Amount, Currency: e.PaidCurrency}
	}
	if r.KeepDetail {
		earning.Detail = r.detail(e)
	}
	r.source.Earnings = append(r.source.Earnings, earning)
}

// finer says that an amount has more decimals than its currency.
func finer(d decimal.Decimal, places int32) bool {
	return d.Exponent() < -places && !d.Equal(d.Truncate(places))
}

// orNone makes Partner Center's words for "no id" none.
func orNone(id string) string {
	if calc.IsPlaceholder(id) {
		return ""
	}
	return id
}

// share gives the one value of equal terms of a file.
func (in *importing) share(t calc.Terms) *calc.Terms {
	shared := in.terms[t]
	if shared == nil {
		for _, s := range []*string{&t.Participant, &t.ParticipantName, &t.Country, &t.Program, &t.Type, &t.Lever,
			&t.Currency, &t.ReasonCode, &t.PaymentStatus, &t.EstimatedMonth} {
			*s = in.word(*s)
		}
		shared = &t
		in.terms[t] = shared
	}
	return shared
}

// word gives the one copy of a text that repeats in a file.
func (in *importing) word(s string) string {
	if s == "" {
		return ""
	}
	w, known := in.words[s]
	if !known {
		w = strings.Clone(s)
		in.words[w] = w
	}
	return w
}

// currencyOf gives the currency of a row's amount: that of its column, else its
// header's, else the configured one (exports.md). A row whose column and header
// name different currencies is refused.
func (r *rowReader) currencyOf(e *earningRow, place int) (string, bool) {
	named := r.amount
	if named == nil { // the file has USD figures only
		named = r.usd
	}
	if named.currency != "" && e.Currency != "" && e.Currency != named.currency {
		r.faultAt(place, "transactionCurrency", e.Currency, wrong{
			fmt.Sprintf("the row is in %s, but its amount stands under %q", e.Currency, named.header),
			"put the amount under a header of its own currency, or correct the currency"})
		return "", false
	}
	switch {
	case r.amount == nil:
		return "USD", true
	case e.Currency != "":
		return e.Currency, true
	case named.currency != "":
		return named.currency, true
	}
	return r.DefaultCurrency, true
}

// moneyOf gives a row's amount in its currency and in USD: as the export says
// it, else by the row's own rate, else by the configured one.
func (r *rowReader) moneyOf(e *earningRow, currency string, place int) (amount, usd calc.Amount, ok bool) {
	switch {
	case r.amount == nil:
		return e.USD.Amount, e.USD.Amount, true
	case r.usd != nil:
		return e.Amount.Amount, e.USD.Amount, true
	case currency == "USD":
		return e.Amount.Amount, e.Amount.Amount, true
	case e.Rate.given && !e.Rate.Decimal().IsPositive():
		r.faultAt(place, "earningExchangeRate", e.Rate.Decimal().String(), wrong{"is no rate", "the rate from " + currency + " to USD, above zero"})
		return amount, usd, false
	case e.Rate.given:
		return e.Amount.Amount, calc.NewAmount(e.Amount.Decimal().Mul(e.Rate.Decimal())), true
	}
	if rate, found := r.Rates.On(e.Date.Date, currency, "USD"); found {
		r.noteRate(currency, rate)
		return e.Amount.Amount, calc.NewAmount(e.Amount.Decimal().Mul(rate)), true
	}
	r.faultAt(place, "earningAmount", e.Amount.Decimal().String(), wrong{
		fmt.Sprintf("the amount is in %s, and the row has neither its USD figure nor its rate", currency),
		fmt.Sprintf(`add a column "earningAmountUSD", or a rate for %s under [rates] in cspcoop.toml that holds on %s`, currency, e.Date)})
	return amount, usd, false
}

// noteRate tells once a sheet which configured rate was used.
func (r *rowReader) noteRate(currency string, rate decimal.Decimal) {
	key := currency + rate.String()
	if r.rated[key] {
		return
	}
	r.rated[key] = true
	r.note(r.sheet.Name, 0, calc.Info, calc.RateUsed, fmt.Sprintf("amounts in %s became USD at the configured rate of %s", currency, rate))
}

// detail keeps what is only shown. Names repeat from row to row and are kept
// once; the rest is cut out of the text that it was read from, which would
// otherwise stay in memory as a whole.
func (r *rowReader) detail(e *earningRow) *calc.Detail {
	return &calc.Detail{
		EarningRate: r.word(e.EarningRate), ExchangeRate: r.word(e.exchangeRate()), TransactionID: strings.Clone(e.TransactionID),
		TransactionDate: r.word(e.TransactionDate), TransactionAmount: strings.Clone(e.TransactionAmount), Quantity: r.word(e.Quantity),
		Customer: r.word(e.Customer), Product: r.word(e.Product), Subscription: strings.Clone(e.Subscription), Invoice: r.word(e.Invoice),
		Distributor: r.word(e.Distributor), Reseller: r.word(e.Reseller), Engagement: r.word(e.Engagement), SolutionArea: r.word(e.SolutionArea),
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
		here, there := pair.Place(), pair.Other.Place()
		name, mine, other := "earningAmount", pair.Amount, pair.Other.Amount
		if mine.Equal(other) && pair.Currency == pair.Other.Currency {
			name, mine, other = "earningAmountUSD", pair.USD, pair.Other.USD
		}
		in.faultIn(&in.tabs[pair.Sheet], here.Row, name, mine.Decimal().String(), wrong{
			fmt.Sprintf("earning %s stands in this file with another amount, %s in %s, and nothing tells which is newer",
				shorten(pair.ID), other.Decimal(), rowOf(there.Sheet, there.Row, here.Sheet)),
			"download the report again, or remove the wrong row"})
	}
}
