package store

import (
	"cspcoop/calc"
	"cspcoop/importer/store/parquet"
)

// text is a column of texts, named as Microsoft documents it, and the field that
// it holds. Blank cells are empty texts.
type text[T any] struct {
	name     string
	distinct bool // hardly any two rows have the same
	at       func(*T) *string
}

var termTexts = []text[calc.Terms]{
	{"participantId", false, func(t *calc.Terms) *string { return &t.Participant }},
	{"participantName", false, func(t *calc.Terms) *string { return &t.ParticipantName }},
	{"partnerCountryCode", false, func(t *calc.Terms) *string { return &t.Country }},
	{"programName", false, func(t *calc.Terms) *string { return &t.Program }},
	{"earningType", false, func(t *calc.Terms) *string { return &t.Type }},
	{"engagementName", false, func(t *calc.Terms) *string { return &t.Engagement }},
	{"lever", false, func(t *calc.Terms) *string { return &t.Lever }},
	{"transactionCurrency", false, func(t *calc.Terms) *string { return &t.Currency }},
	{"reasonCode", false, func(t *calc.Terms) *string { return &t.ReasonCode }},
	{"paymentStatus", false, func(t *calc.Terms) *string { return &t.PaymentStatus }},
	{"estimatedPaymentMonth", false, func(t *calc.Terms) *string { return &t.EstimatedMonth }},
}

var earningTexts = []text[calc.Earning]{
	{"earningId", true, func(e *calc.Earning) *string { return &e.ID }},
	{"claimId", false, func(e *calc.Earning) *string { return &e.ClaimID }},
	{"paymentId", false, func(e *calc.Earning) *string { return &e.PaymentID }},
}

var detailTexts = []text[calc.Detail]{
	{"earningRate", false, func(d *calc.Detail) *string { return &d.EarningRate }},
	{"earningExchangeRate", false, func(d *calc.Detail) *string { return &d.ExchangeRate }},
	{"transactionId", true, func(d *calc.Detail) *string { return &d.TransactionID }},
	{"transactionDate", false, func(d *calc.Detail) *string { return &d.TransactionDate }},
	{"transactionAmount", true, func(d *calc.Detail) *string { return &d.TransactionAmount }},
	{"quantity", false, func(d *calc.Detail) *string { return &d.Quantity }},
	{"customerName", false, func(d *calc.Detail) *string { return &d.Customer }},
	{"productName", false, func(d *calc.Detail) *string { return &d.Product }},
	{"subscriptionId", false, func(d *calc.Detail) *string { return &d.Subscription }},
	{"invoiceNumber", false, func(d *calc.Detail) *string { return &d.Invoice }},
	{"distributorName", false, func(d *calc.Detail) *string { return &d.Distributor }},
	{"resellerName", false, func(d *calc.Detail) *string { return &d.Reseller }},
	{"solutionArea", false, func(d *calc.Detail) *string { return &d.SolutionArea }},
}

// The columns that are no plain texts. An amount has two more columns beside it,
// see [amount].
const (
	sheetColumn      = "sheet"
	rowColumn        = "row"
	termsColumn      = "terms" // rows of one number agree in all termTexts; numbered from 0 as they first appear
	dateColumn       = "earningDate"
	calculatedColumn = "calculationDate"
	clockColumn      = "calculationTime" // 14:03:00; empty where the export gives only the day
	amountColumn     = "earningAmount"
	usdColumn        = "earningAmountUSD"
	paidColumn       = "paymentAmountWOTax"
	currencyColumn   = "paymentCurrency" // of paidColumn; empty where the export does not say what was paid
	scaleSuffix      = "Decimals"
	exactSuffix      = "Exact"
)

// columns is the table as readers see it.
var columns = tableOf()

func tableOf() []parquet.Column {
	list := []parquet.Column{
		{Name: sheetColumn},
		{Name: rowColumn, Kind: parquet.Number},
		{Name: termsColumn, Kind: parquet.Number},
		{Name: dateColumn, Kind: parquet.Day},
		{Name: calculatedColumn, Kind: parquet.Day, Optional: true},
		{Name: clockColumn},
	}
	list = appendTexts(list, earningTexts)
	list = appendTexts(list, termTexts)
	for _, name := range []string{amountColumn, usdColumn, paidColumn} {
		list = append(list,
			parquet.Column{Name: name, Kind: parquet.Money, Optional: name == paidColumn},
			parquet.Column{Name: name + scaleSuffix, Kind: parquet.Number},
			parquet.Column{Name: name + exactSuffix})
	}
	list = append(list, parquet.Column{Name: currencyColumn})
	return appendTexts(list, detailTexts)
}

func appendTexts[T any](list []parquet.Column, texts []text[T]) []parquet.Column {
	for _, c := range texts {
		list = append(list, parquet.Column{Name: c.name, Distinct: c.distinct})
	}
	return list
}

// placeOf gives where a column stands in the table.
var placeOf = func() map[string]int {
	places := map[string]int{}
	for i, c := range columns {
		places[c.Name] = i
	}
	return places
}()

// complete derives what an import derives from the texts of terms.
func complete(t *calc.Terms) {
	t.ProgramKey = calc.KeyOfProgram(t.Program)
	t.Kind = calc.KindOf(t.Type)
	t.Reason = calc.ReasonOf(t.ReasonCode, t.Type)
}
