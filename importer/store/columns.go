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

// The texts of each group of terms.
var (
	accountTexts = []text[calc.Account]{
		{"participantId", false, func(a *calc.Account) *string { return &a.Participant }},
		{"partnerCountryCode", false, func(a *calc.Account) *string { return &a.Country }},
		{"programName", false, func(a *calc.Account) *string { return &a.Program }},
	}
	namingTexts = []text[calc.Naming]{
		{"participantName", false, func(n *calc.Naming) *string { return &n.ParticipantName }},
	}
	incentiveTexts = []text[calc.Incentive]{
		{"engagementName", false, func(i *calc.Incentive) *string { return &i.Engagement }},
		{"lever", false, func(i *calc.Incentive) *string { return &i.Lever }},
	}
	roleTexts = []text[calc.Role]{
		{"earningType", false, func(r *calc.Role) *string { return &r.Type }},
		{"transactionCurrency", false, func(r *calc.Role) *string { return &r.Currency }},
		{"reasonCode", false, func(r *calc.Role) *string { return &r.ReasonCode }},
	}
	standingTexts = []text[calc.Standing]{
		{"paymentStatus", false, func(s *calc.Standing) *string { return &s.PaymentStatus }},
		{"paymentStatusDescription", false, func(s *calc.Standing) *string { return &s.StatusText }},
		{"estimatedPaymentMonth", false, func(s *calc.Standing) *string { return &s.EstimatedMonth }},
	}
)

var earningTexts = []text[calc.Earning]{
	{"earningId", true, func(e *calc.Earning) *string { return &e.ID }},
	{"claimId", false, func(e *calc.Earning) *string { return &e.ClaimID }},
	{"paymentId", false, func(e *calc.Earning) *string { return &e.PaymentID }},
}

var detailTexts = [calc.DetailColumns]struct {
	name     string
	distinct bool // hardly any two rows have the same
}{
	calc.DetailEarningRate:       {"earningRate", false},
	calc.DetailExchangeRate:      {"earningExchangeRate", false},
	calc.DetailTransactionID:     {"transactionId", true},
	calc.DetailTransactionDate:   {"transactionDate", false},
	calc.DetailTransactionAmount: {"transactionAmount", true},
	calc.DetailQuantity:          {"quantity", false},
	calc.DetailCustomer:          {"customerName", false},
	calc.DetailProduct:           {"productName", false},
	calc.DetailSubscription:      {"subscriptionId", false},
	calc.DetailInvoice:           {"invoiceNumber", false},
	calc.DetailDistributor:       {"distributorName", false},
	calc.DetailReseller:          {"resellerName", false},
	calc.DetailSolutionArea:      {"solutionArea", false},
}

// The columns that are no plain texts. An amount has two more columns beside it,
// see [amount].
const (
	sheetColumn      = "sheet"
	rowColumn        = "row"
	termsColumn      = "terms" // rows of one number agree in all groups of terms; numbered from 0 as they first appear among rowsPerGroup
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
	for _, g := range newGroups() {
		list = g.columns(list)
	}
	for _, name := range []string{amountColumn, usdColumn, paidColumn} {
		list = append(list,
			parquet.Column{Name: name, Kind: parquet.Money, Optional: name == paidColumn},
			parquet.Column{Name: name + scaleSuffix, Kind: parquet.Number},
			parquet.Column{Name: name + exactSuffix})
	}
	list = append(list, parquet.Column{Name: currencyColumn})
	for _, c := range detailTexts {
		list = append(list, parquet.Column{Name: c.name, Distinct: c.distinct})
	}
	return list
}

func appendTexts[T any](list []parquet.Column, texts []text[T]) []parquet.Column {
	for _, c := range texts {
		list = append(list, parquet.Column{Name: c.name, Distinct: c.distinct})
	}
	return list
}

// placeOf returns where a column is in the table.
var placeOf = func() map[string]int {
	places := map[string]int{}
	for i, c := range columns {
		places[c.Name] = i
	}
	return places
}()
