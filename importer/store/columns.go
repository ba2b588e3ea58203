package store

import (
	"slices"

	"cspcoop/calc"
	"cspcoop/importer"
	"cspcoop/importer/store/parquet"
)

// Texts and details have the names that importer has for them, and their blank cells
// are empty texts.

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

// distinctDetails are those of which hardly any two rows have the same.
var distinctDetails = []string{importer.DetailNames[calc.DetailTransactionID], importer.DetailNames[calc.DetailTransactionAmount]}

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
			list = append(list, parquet.Column{Name: importer.TextNames[c]})
		}
	}
	for _, name := range []string{amountColumn, usdColumn, paidColumn} {
		list = append(list,
			parquet.Column{Name: name, Kind: parquet.Money, Optional: name == paidColumn},
			parquet.Column{Name: name + scaleSuffix, Kind: parquet.Number},
			parquet.Column{Name: name + exactSuffix})
	}
	list = append(list, parquet.Column{Name: importer.TextNames[calc.PaidCurrencyColumn]}) // of paidColumn; empty where the export does not say what was paid
	for _, name := range importer.DetailNames {
		list = append(list, parquet.Column{Name: name, Distinct: slices.Contains(distinctDetails, name)})
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
