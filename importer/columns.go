package importer

import (
	"strings"
	"unicode"
)

// valueKind is what a column's cells hold, and so how they are read.
type valueKind uint8

const (
	textValue   valueKind = iota
	idValue               // opaque; Excel's damage to long numbers is told
	numberValue           // an exact decimal number
	dayValue              // a date; a month stands for its last day
	stampValue            // a date with its time of day, if any
	currencyValue
	yesNoValue
	periodValue // a usage period: fiscal label or months
	statusValue // the state of a claim
)

// need says what a blank cell of a column means.
type need uint8

const (
	optional need = iota
	filled        // every row must fill it
)

// field is a column that cspcoop knows.
type field struct {
	name    string   // as Microsoft documents it
	aliases []string // other headers, the first wins (exports.md)
	kind    valueKind
	need    need
	shown   bool // shown beside the figures: whatever stands there is taken as text
}

// report is a family of exports with the columns that it may have.
type report struct {
	fields []field
	names  map[string]fit // by folded header
}

// fit says which field a header stands for, and how well: rank 0 is the
// documented name, then its aliases in order (exports.md).
type fit struct {
	*field
	rank int
}

func newReport(fields []field) *report {
	r := &report{fields, map[string]fit{}}
	for i := range r.fields {
		f := &r.fields[i]
		r.names[foldHeader(f.name)] = fit{f, 0}
		for k, alias := range f.aliases {
			r.names[foldHeader(alias)] = fit{f, k + 1}
		}
	}
	return r
}

// reports are tried in this order: the columns of a claims register and of a
// Payments report tell them from plain sheets, which need few columns.
var reports = []*report{claimsReport, paymentsReport, earningsReport}

// earningsReport covers Earnings, Growth, Summarized and the plain monthly
// sheets (exports.md). The order of fields is the order of the rows that gocsv
// maps.
var earningsReport = newReport([]field{
	{name: "earningId", kind: idValue, need: filled},
	{name: "participantId", aliases: []string{"Partner", "Partner ID", "MPN ID", "Location"}, kind: idValue, need: filled},
	{name: "participantName", aliases: []string{"Partner name"}},
	{name: "partnerCountryCode", shown: true},
	{name: "programName", aliases: []string{"Program Code", "Program", "Incentive program"}, need: filled},
	{name: "earningType", aliases: []string{"Type"}},
	{name: "earningDate", aliases: []string{"Month", "Period", "Date"}, kind: dayValue, need: filled},
	{name: "earningAmount", aliases: []string{"Amount", "Earnings", "Incentive"}, kind: numberValue, need: filled},
	{name: "transactionCurrency", aliases: []string{"Currency"}, kind: currencyValue, need: filled},
	{name: "earningAmountUSD", kind: numberValue, need: filled},
	{name: "earningExchangeRate", kind: numberValue},
	{name: "calculationDate", kind: stampValue},
	{name: "lever"},
	{name: "claimId", kind: idValue},
	{name: "paymentId", kind: idValue},
	{name: "paymentStatus"},
	{name: "estimatedPaymentMonth", aliases: []string{"Maturity month"}, shown: true},
	{name: "reasonCode"},
	{name: "paymentAmountWOTax", kind: numberValue},
	{name: "paymentCurrency", kind: currencyValue},
	{name: "exchangeRateDate", kind: dayValue, shown: true},
	{name: "earningRate", kind: numberValue, shown: true},
	{name: "transactionId", shown: true},
	{name: "transactionDate", kind: dayValue, shown: true},
	{name: "transactionAmount", kind: numberValue, shown: true},
	{name: "transactionAmountUSD", kind: numberValue, shown: true},
	{name: "transactionExchangeRate", kind: numberValue, shown: true},
	{name: "quantity", kind: numberValue, shown: true},
	{name: "customerName", shown: true},
	{name: "productName", shown: true},
	{name: "subscriptionId", shown: true},
	{name: "invoiceNumber", shown: true},
	{name: "distributorName", shown: true},
	{name: "resellerName", shown: true},
	{name: "engagementName", shown: true},
	{name: "solutionArea", shown: true},
})

var paymentsReport = newReport([]field{
	{name: "paymentID", kind: idValue, need: filled},
	{name: "CIReferenceNumber", kind: idValue},
	{name: "participantID", aliases: []string{"Partner ID", "MPN ID"}, kind: idValue, need: filled},
	{name: "participantName"},
	{name: "programName", need: filled},
	{name: "paymentDate", kind: dayValue},
	{name: "earned", kind: numberValue},
	{name: "earnedUSD", kind: numberValue},
	{name: "paymentCurrencyCode", aliases: []string{"earnedCurrencyCode"}, kind: currencyValue},
	{name: "salesTax", kind: numberValue},
	{name: "serviceFeeTax", kind: numberValue},
	{name: "withheldTax", kind: numberValue},
	{name: "totalPayment", kind: numberValue, need: filled},
	{name: "paymentMethod"},
	{name: "paymentStatus"},
	{name: "paymentStatusDescription"},
})

var claimsReport = newReport([]field{
	{name: "claimId", kind: idValue, need: filled},
	{name: "participantId", aliases: []string{"Partner ID", "MPN ID", "Location"}, kind: idValue, need: filled},
	{name: "programName", aliases: []string{"Program"}, need: filled},
	{name: "usagePeriod", kind: periodValue, need: filled},
	{name: "claimName"},
	{name: "category"},
	{name: "activity"},
	{name: "activityStart", kind: dayValue},
	{name: "activityEnd", kind: dayValue},
	{name: "currency", kind: currencyValue, need: filled},
	{name: "amount", kind: numberValue, need: filled},
	{name: "amountUSD", kind: numberValue},
	{name: "approvedAmount", kind: numberValue},
	{name: "status", kind: statusValue, need: filled},
	{name: "submittedDate", kind: dayValue},
	{name: "resubmittedDate", kind: dayValue},
	{name: "approvedDate", kind: dayValue},
	{name: "paidDate", kind: dayValue},
	{name: "paidAmount", kind: numberValue},
	{name: "paidCurrency", kind: currencyValue},
	{name: "paymentId", kind: idValue},
	{name: "lastActivity", kind: dayValue},
	{name: "invoiceNumber", kind: idValue},
	{name: "invoiceDocument"},
	{name: "invoiceDate", kind: dayValue},
	{name: "invoiceAmount", kind: numberValue},
	{name: "invoiceCurrency", kind: currencyValue},
	{name: "csr", kind: yesNoValue},
	{name: "csrAmount", kind: numberValue},
	{name: "poe"},
	{name: "metrics"},
	{name: "comments"},
})

// ReportColumns lists the columns that a family of reports may have.
type ReportColumns struct {
	Report  string
	Columns []KnownColumn
}

// KnownColumn is a column as its users know it.
type KnownColumn struct {
	Name    string   // as Microsoft documents it
	Aliases []string // other headers, the preferred one first
	Values  string   // what its cells hold
	Filled  bool     // no cell may be blank
}

// KnownColumns returns the columns of all reports, for the documentation.
func KnownColumns() []ReportColumns {
	list := []ReportColumns{{Report: "Earnings, growth, summarized and monthly"}, {Report: "Payments"}, {Report: "Claims register"}}
	for i, r := range []*report{earningsReport, paymentsReport, claimsReport} {
		for _, f := range r.fields {
			list[i].Columns = append(list[i].Columns, KnownColumn{f.name, f.aliases, f.kind.String(), f.need == filled})
		}
	}
	return list
}

// String names what the cells of a column hold.
func (k valueKind) String() string {
	return [...]string{"text", "id", "number", "date", "date and time", "currency", "yes or no", "usage period", "claim status"}[k]
}

// passedOver are documented columns that no figure needs (exports.md); they are
// not reported as unknown.
var passedOver = func() map[string]bool {
	names := map[string]bool{}
	for _, name := range strings.Fields(`
		participantIdType paymentStatusDescription earningAmountInLastPaymentCurrency lastPaymentCurrency
		quantityType customerId customerTenantId
		productId distributorId resellerId paymentExchangeRate programCode
		agreementNumber agreementStartDate agreementEndDate assetId baseline baselineType bucketSize compensableUnits
		customerCountry customerCity customerState customerZip customerEmail TenantID desktopCount
		earningParticipantId earningParticipantName earningParticipantIdType engagementId externalReferenceId
		externalReferenceIdLabel fundCategory instantRebateAmount invoiceDate isPrivateOffer LicensingProgramName LineItemId
		localProviderSeller milestone OrderId parentProductId parentProductName partnerAssociation partnerRole partNumber
		productType quantityAlt quantityAltType resellerCountry resourceId SkuId storeFee subscriptionStartDate
		subscriptionEndDate tpan transactionCountryCode transactionPaymentMethod transactionType userCount workload
		CIReferenceNumber earnedCurrencyCode participantIDType`) {
		names[foldHeader(name)] = true
	}
	return names
}()

// isPassedOver knows the documented columns that nothing here uses; tax… and
// purchase… are families of columns.
func isPassedOver(header string) bool {
	h := foldHeader(header)
	return passedOver[h] || strings.HasPrefix(h, "tax") || strings.HasPrefix(h, "purchaseorder") || strings.HasPrefix(h, "purchasetype")
}

// foldHeader compares headers without regard to case, spaces, underscores and
// hyphens (exports.md).
func foldHeader(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}
