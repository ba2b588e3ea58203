package store

import (
	"cspcoop/calc"
	"cspcoop/importer/store/parquet"
)

// sharedTexts are the columns of texts that many rows share, named as Microsoft
// documents them. Blank cells are empty texts.
var sharedTexts = [calc.TextColumns]string{
	calc.ParticipantColumn: "participantId", calc.CountryColumn: "partnerCountryCode", calc.ProgramColumn: "programName",
	calc.ParticipantNameColumn: "participantName", calc.EngagementColumn: "engagementName", calc.LeverColumn: "lever",
	calc.TypeColumn: "earningType", calc.CurrencyColumn: "transactionCurrency", calc.ReasonCodeColumn: "reasonCode",
	calc.PaymentStatusColumn: "paymentStatus", calc.StatusTextColumn: "paymentStatusDescription", calc.EstimatedMonthColumn: "estimatedPaymentMonth",
	calc.PaidCurrencyColumn: "paymentCurrency", // of paidColumn; empty where the export does not say what was paid
}

// groups of columns have a column more that numbers what their texts are together,
// from 0 as it first appears.
var groups = []struct {
	name    string
	columns []calc.TextColumn
}{
	{"account", []calc.TextColumn{calc.ParticipantColumn, calc.CountryColumn, calc.ProgramColumn}},
	{"naming", []calc.TextColumn{calc.ParticipantNameColumn}},
	{"incentive", []calc.TextColumn{calc.EngagementColumn, calc.LeverColumn}},
	{"role", []calc.TextColumn{calc.TypeColumn, calc.CurrencyColumn, calc.ReasonCodeColumn}},
	{"standing", []calc.TextColumn{calc.PaymentStatusColumn, calc.StatusTextColumn, calc.EstimatedMonthColumn}},
}

// ids are the columns of ids.
var ids = []struct {
	name     string
	distinct bool // hardly any two rows have the same
	of       func(calc.Earning) string
	in       func(*calc.EarningRow) *uint32
}{
	{"earningId", true, calc.Earning.ID, func(r *calc.EarningRow) *uint32 { return &r.ID }},
	{"claimId", false, calc.Earning.ClaimID, func(r *calc.EarningRow) *uint32 { return &r.ClaimID }},
	{"paymentId", false, calc.Earning.PaymentID, func(r *calc.EarningRow) *uint32 { return &r.PaymentID }},
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
	for _, c := range ids {
		list = append(list, parquet.Column{Name: c.name, Distinct: c.distinct})
	}
	for _, g := range groups {
		list = append(list, parquet.Column{Name: g.name, Kind: parquet.Number})
		for _, c := range g.columns {
			list = append(list, parquet.Column{Name: sharedTexts[c]})
		}
	}
	for _, name := range []string{amountColumn, usdColumn, paidColumn} {
		list = append(list,
			parquet.Column{Name: name, Kind: parquet.Money, Optional: name == paidColumn},
			parquet.Column{Name: name + scaleSuffix, Kind: parquet.Number},
			parquet.Column{Name: name + exactSuffix})
	}
	list = append(list, parquet.Column{Name: sharedTexts[calc.PaidCurrencyColumn]})
	for _, c := range detailTexts {
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
