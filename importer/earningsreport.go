package importer

import "cspcoop/calc"

// earningsReport covers Earnings, Growth, Summarized and the plain monthly
// sheets.
var earningsReport = newReport(report{
	title: "Earnings, growth, summarized and monthly",
	columns: []field{
		{name: "earningId", kind: idValue, need: filled},
		{name: "participantId", aliases: []string{"Partner", "Partner ID", "MPN ID", "MPN", "Location", "Location ID", "Enrollment ID"}, kind: idValue, need: filled},
		{name: "participantName", aliases: []string{"Partner name", "Enrollment name", "Location name"}},
		{name: "partnerCountryCode", shown: true},
		{name: "programName", aliases: []string{"Program Code", "Program", "Incentive program"}, need: filled},
		{name: "earningType", aliases: []string{"Type"}},
		{name: "earningDate", aliases: []string{"Earned date", "Month", "Period", "Date"}, kind: dayValue, need: filled},
		{name: "earningAmount", aliases: []string{"Amount", "Earnings", "Earning", "Incentive", "Total amount", "Total earnings"}, kind: numberValue, currencyIn: "transactionCurrency", need: filled},
		{name: "transactionCurrency", aliases: []string{"Currency"}, kind: currencyValue, need: filled},
		{name: "earningAmountUSD", kind: numberValue, currencyIn: "USD", need: filled},
		{name: "earningExchangeRate", kind: numberValue},
		{name: "calculationDate", kind: stampValue},
		{name: "engagementName"},
		{name: "lever"},
		{name: "claimId", kind: idValue},
		{name: "paymentId", kind: idValue},
		{name: "paymentStatus"},
		{name: "paymentStatusDescription"},
		{name: "estimatedPaymentMonth", aliases: []string{"Maturity month", "Est. payment month"}, shown: true},
		{name: "reasonCode"},
		{name: "paymentAmountWOTax", kind: numberValue, currencyIn: "paymentCurrency"},
		{name: "paymentCurrency", kind: currencyValue},
		{name: "exchangeRateDate", kind: dayValue, shown: true},
		{name: "earningRate", kind: numberValue, shown: true},
		{name: "transactionId", shown: true},
		{name: "transactionDate", kind: dayValue, shown: true},
		{name: "transactionAmount", kind: numberValue, shown: true},
		{name: "transactionAmountUSD", kind: numberValue, shown: true},
		{name: "transactionExchangeRate", kind: numberValue, shown: true},
		{name: "quantity", kind: numberValue, shown: true},
		{name: "customerName", aliases: []string{"Customer"}, shown: true},
		{name: "productName", aliases: []string{"Product"}, shown: true},
		{name: "subscriptionId", shown: true},
		{name: "invoiceNumber", shown: true},
		{name: "distributorName", shown: true},
		{name: "resellerName", shown: true},
		{name: "solutionArea", shown: true},
	},
	identify: func(h *heading) bool {
		money := h.named["earningAmount"] || h.named["earningAmountUSD"]
		return h.dated && money || (h.dated || money || h.named["earningId"]) && h.figures >= 3
	},
	required: requiredOfEarnings,
	form:     formOfEarnings,
	take:     func(r *rowReader) error { return takeMapped(r, r.takeEarning) },
	standIn:  standInOfEarnings,

	isEarnings: true,
})

// TextNames are the columns of texts that rows share, as Microsoft documents them.
var TextNames = [calc.TextColumns]string{
	calc.ParticipantColumn: "participantId", calc.ParticipantNameColumn: "participantName", calc.CountryColumn: "partnerCountryCode",
	calc.ProgramColumn: "programName", calc.EngagementColumn: "engagementName", calc.LeverColumn: "lever", calc.TypeColumn: "earningType",
	calc.ReasonCodeColumn: "reasonCode", calc.CurrencyColumn: "transactionCurrency", calc.PaymentStatusColumn: "paymentStatus",
	calc.StatusTextColumn: "paymentStatusDescription", calc.EstimatedMonthColumn: "estimatedPaymentMonth", calc.PaidCurrencyColumn: "paymentCurrency",
}

// DetailNames are the columns that documents show of a row beyond its figures.
var DetailNames = [calc.DetailColumns]string{
	calc.DetailEarningRate: "earningRate", calc.DetailExchangeRate: "earningExchangeRate", calc.DetailTransactionID: "transactionId",
	calc.DetailTransactionDate: "transactionDate", calc.DetailTransactionAmount: "transactionAmount", calc.DetailQuantity: "quantity",
	calc.DetailCustomer: "customerName", calc.DetailProduct: "productName", calc.DetailSubscription: "subscriptionId",
	calc.DetailInvoice: "invoiceNumber", calc.DetailDistributor: "distributorName", calc.DetailReseller: "resellerName",
	calc.DetailSolutionArea: "solutionArea",
}

// Entries of the configuration that fill in names.
const (
	defaultParticipant = "default_participant"
	defaultProgram     = "default_program"
)

// standInOfEarnings returns what the configuration puts into a blank cell, or
// into every cell where the column is missing, and the entry that says so. An
// entry without a value is one that could be set.
func standInOfEarnings(l *layout, o *Options, column string) (value, entry string) {
	switch column {
	case "participantId":
		return o.DefaultParticipant, defaultParticipant
	case "programName":
		return o.DefaultProgram, defaultProgram
	case "transactionCurrency":
		if l.needsCurrency() {
			return o.DefaultCurrency, "default_currency"
		}
	}
	return "", ""
}

// needsCurrency reports whether amounts need a currency of their own: not where
// there are only USD figures, or where the amount's header names the currency.
func (l *layout) needsCurrency() bool {
	amount := l.column("earningAmount")
	return amount != nil && amount.currency == ""
}

func requiredOfEarnings(l *layout, o *Options) []missingColumn {
	var list []missingColumn
	require := func(name, want string) {
		if l.column(name) == nil {
			list = append(list, missingColumn{name, want})
		}
	}
	if o.DefaultParticipant == "" {
		require("participantId", `add a column "participantId" (or "Partner ID"), or set default_participant in cspcoop.toml`)
	}
	if o.DefaultProgram == "" {
		require("programName", `add a column "programName" (or "Program"), or set default_program in cspcoop.toml`)
	}
	require("earningDate", `add a column "earningDate" (or "Month" or "Date")`)
	if l.column("earningAmountUSD") == nil {
		require("earningAmount", `add a column "earningAmount" or "earningAmountUSD" (or "Amount")`)
	}
	if l.needsCurrency() && o.DefaultCurrency == "" {
		require("transactionCurrency", `add a column "Currency", name the currency in the header as in "Earnings (USD)", or set default_currency in cspcoop.toml`)
	}
	return list
}

// formOfEarnings distinguishes the forms by their columns. Growth has the same
// ones as Earnings; its repeated ids show when the rows are read.
func formOfEarnings(l *layout) calc.FileKind {
	if l.column("earningId") != nil {
		return calc.KindEarnings
	}
	documented := func(name string) bool {
		c := l.column(name)
		return c != nil && headerName(c.header) == foldHeader(name)
	}
	if documented("earningDate") && (documented("earningAmount") || documented("earningAmountUSD")) {
		return calc.KindSummarized
	}
	return calc.KindMonthly
}

// earningRow is a row of an earnings report or a monthly sheet, but for its details.
type earningRow struct {
	ID              string `csv:"earningId"`
	Participant     string `csv:"participantId"`
	ParticipantName string `csv:"participantName"`
	Country         string `csv:"partnerCountryCode"`
	Program         string `csv:"programName"`
	Type            string `csv:"earningType"`
	Date            day    `csv:"earningDate"`
	Amount          money  `csv:"earningAmount"`
	Currency        string `csv:"transactionCurrency"`
	USD             money  `csv:"earningAmountUSD"`
	Rate            money  `csv:"earningExchangeRate"`
	Calculated      stamp  `csv:"calculationDate"`
	Engagement      string `csv:"engagementName"`
	Lever           string `csv:"lever"`
	ClaimID         string `csv:"claimId"`
	PaymentID       string `csv:"paymentId"`
	PaymentStatus   string `csv:"paymentStatus"`
	StatusText      string `csv:"paymentStatusDescription"`
	EstimatedMonth  string `csv:"estimatedPaymentMonth"`
	ReasonCode      string `csv:"reasonCode"`
	PaidAmount      money  `csv:"paymentAmountWOTax"`
	PaidCurrency    string `csv:"paymentCurrency"`
}
