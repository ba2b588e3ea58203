package importer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/calc/versions"
	"cspcoop/importer/table"
)

// takeEarning makes a typed row an earning.
func (r *rowReader) takeEarning(e *earningRow, place int) {
	amount, usd, ok := r.settle(e, place)
	if !ok {
		return
	}
	cells := calc.EarningCells{
		ID: e.ID, Date: e.Date.Date, Calculated: e.Calculated.Stamp, Amount: amount, USD: usd,
		ClaimID: orNone(e.ClaimID), PaymentID: orNone(e.PaymentID), Sheet: r.index, Row: uint32(place),
		Participant: e.Participant, ParticipantName: e.ParticipantName, Country: e.Country, Program: e.Program, Engagement: e.Engagement, Lever: e.Lever,
		Type: e.Type, ReasonCode: e.ReasonCode, Currency: e.Currency, PaymentStatus: e.PaymentStatus, StatusText: e.StatusText, EstimatedMonth: e.EstimatedMonth,
		Detail: r.detailOf(r.taken, e.Rate),
	}
	if e.PaidAmount.given && e.PaidCurrency != "" {
		cells.Paid = calc.PaidAmount{Amount: e.PaidAmount.Amount, Currency: e.PaidCurrency}
	}
	if r.keeps(1) {
		r.source.Earnings.Add(cells)
		r.passRows()
	}
}

// settle settles the names, the currency and the USD figure of a typed row, or adds
// a fault.
func (r *rowReader) settle(e *earningRow, place int) (amount, usd calc.Amount, ok bool) {
	if e.Participant == "" {
		e.Participant = r.DefaultParticipant // the file has no such column
	}
	if e.Program == "" {
		e.Program = r.DefaultProgram
	}
	if e.Currency, ok = r.currencyOf(e, place); !ok {
		return amount, usd, false
	}
	if amount, usd, ok = r.moneyOf(e, e.Currency, place); ok && amount.Finer(r.decimalsOf(e.Currency)) {
		r.sums.finer[e.Currency]++
	}
	return amount, usd, ok
}

// decimalsOf returns how many decimals a currency has.
func (r *rowReader) decimalsOf(currency string) int32 {
	places, known := r.decimals[currency]
	if !known {
		places = int32(calc.CurrencyDecimals(currency))
		r.decimals[currency] = places
	}
	return places
}

// orNone makes Partner Center's words for "no id" none.
func orNone(id string) string {
	if calc.IsPlaceholder(id) {
		return ""
	}
	return id
}

// currencyOf returns the currency of a row's amount: that of its column, else its
// header's, else the configured one (cspcoop help columns). A row whose column and header
// name different currencies is refused.
func (r *rowReader) currencyOf(e *earningRow, place int) (string, bool) {
	named := r.amount
	if named == nil { // the file has USD figures only
		named = r.usd
	}
	if named.currency != "" && e.Currency != "" && e.Currency != named.currency {
		r.refuse(place, "transactionCurrency", e.Currency, cellFault{
			fmt.Sprintf("the row is in %s, but its amount is in the column %q", e.Currency, named.header),
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

// moneyOf returns a row's amount in its currency and in USD: as the export says
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
		r.refuse(place, "earningExchangeRate", e.Rate.Decimal().String(), cellFault{"is no rate", "the rate from " + currency + " to USD, above zero"})
		return amount, usd, false
	case e.Rate.given:
		return e.Amount.Amount, calc.NewAmount(e.Amount.Decimal().Mul(e.Rate.Decimal())), true
	}
	if rate, found := r.Rates.On(e.Date.Date, currency, "USD"); found {
		r.sums.useRate(currency, rate)
		return e.Amount.Amount, calc.NewAmount(e.Amount.Decimal().Mul(rate)), true
	}
	r.refuse(place, "earningAmount", e.Amount.Decimal().String(), cellFault{
		fmt.Sprintf("the amount is in %s, and the row has neither its USD figure nor its rate", currency),
		fmt.Sprintf(`add a column "earningAmountUSD", or a rate for %s under [rates] in cspcoop.toml that holds on %s`, currency, e.Date)})
	return amount, usd, false
}

// detailOf returns what is only shown of a row, or nil where that is not kept.
func (r *rowReader) detailOf(record []string, rate money) *calc.Detail {
	if !r.KeepDetail {
		return nil
	}
	var detail calc.Detail
	for i, name := range r.header {
		if at := slices.Index(DetailNames[:], name); at >= 0 {
			detail[at] = record[i]
		}
	}
	if rate.given {
		detail[calc.DetailExchangeRate] = rate.Decimal().String()
	}
	return &detail
}

// exchangeRate returns the number of a rate's text.
func (r *rowReader) exchangeRate(rate money) uint32 {
	if !rate.given {
		return 0
	}
	number, known := r.rates[rate.Amount]
	if !known {
		if len(r.rates) == mostCached {
			clear(r.rates)
		}
		number = r.shown.Add(rate.Decimal().String())
		r.rates[rate.Amount] = number
	}
	return number
}

// checkContradictions refuses a file that gives one earning two amounts, months,
// funds or roles, with nothing to show which is newer.
func (in *importing) checkContradictions() {
	for _, pair := range versions.Contradictions(in.repeats) {
		here, there := pair.Place(), pair.Other.Place()
		name, mine, other := contradiction(pair)
		in.faultIn(&in.tabs[pair.Sheet()], here.Row, name, mine, cellFault{
			fmt.Sprintf("earning %s has another %s in this file, %s in %s, and nothing shows which is newer",
				table.Excerpt(pair.ID()), strings.Replace(strings.TrimSuffix(name, "USD"), "earningAmount", "amount", 1), cmp.Or(table.Excerpt(other), "none"), rowOf(there.Sheet, there.Row, here.Sheet)),
			"download the report again, or remove the wrong row"})
	}
}

// contradiction returns the first column in which the money of two rows differs.
func contradiction(pair versions.Pair) (name, mine, other string) {
	a, b := pair.Earning, pair.Other
	switch {
	case !a.Amount().Equal(b.Amount()):
		return "earningAmount", a.Amount().Decimal().String(), b.Amount().Decimal().String()
	case a.Currency() != b.Currency():
		return "transactionCurrency", a.Currency(), b.Currency()
	case !a.USD().Equal(b.USD()):
		return "earningAmountUSD", a.USD().Decimal().String(), b.USD().Decimal().String()
	case a.Date().Month() != b.Date().Month():
		return "earningDate", a.Date().String(), b.Date().String()
	case a.Participant() != b.Participant():
		return "participantId", a.Participant(), b.Participant()
	case a.ProgramKey() != b.ProgramKey():
		return "programName", a.Program(), b.Program()
	case a.Reason() != b.Reason():
		return "reasonCode", a.ReasonCode(), b.ReasonCode()
	}
	return "claimId", a.ClaimID(), b.ClaimID()
}

// checkSheets refuses a workbook in which it can't be decided whether two sheets
// without ids are the same money.
func (in *importing) checkSheets() {
	for _, x := range versions.FindOverlaps(in.source).Unclear {
		here, there := x.First.Place(), x.OtherFirst.Place()
		in.faultIn(&in.tabs[x.First.Sheet()], here.Row, "", "", cellFault{
			fmt.Sprintf("sheets %q and %q both have %s in %s of %s (%s), and nothing shows whether it is the same money",
				x.Sheet, x.Others[0], calc.AmountText(x.First.Amount().Decimal()), x.First.Date().Month().Text(), x.First.Participant(), rowOf(there.Sheet, there.Row, here.Sheet)),
			"remove the sheet that repeats the other; if both count, put their rows on one sheet"})
	}
}
