package main

import (
	"fmt"
	"strconv"
	"time"
)

// header names the columns of a transaction history as Partner Center gave it
// in 2020 (cspcoop help columns), the first 45 of them.
var header = []string{
	"earningId", "participantId", "participantIdType", "participantName", "partnerCountryCode", "programName",
	"transactionId", "transactionCurrency", "transactionDate", "transactionExchangeRate", "transactionAmount", "transactionAmountUSD",
	"lever", "earningRate", "quantity", "quantityType", "earningType", "earningAmount", "earningAmountUSD", "earningDate", "calculationDate",
	"earningExchangeRate", "exchangeRateDate", "paymentAmountWOTax", "paymentCurrency", "paymentExchangeRate", "paymentId", "paymentStatus",
	"paymentStatusDescription", "customerId", "customerName", "partNumber", "productName", "productId", "parentProductId", "parentProductName",
	"productType", "invoiceNumber", "resellerId", "resellerName", "transactionType", "localProviderSeller", "taxRemitted", "taxRemitModel", "storeFee",
}

// book is a made-up partner's earnings: the same on every machine, because each
// row follows from its number alone. Months begin in July 2020; two earnings,
// rebate and co-op, share a transaction.
type book struct {
	pairs    int // participant–program pairs
	perMonth int // earnings
}

var programs = [2]struct{ name, lever string }{
	{"CSP Direct Bill Partner", "CSP Direct Partner: Core"},
	{"CSP Indirect Provider", "CSP Indirect Provider: Core"},
}

var companies = []string{
	"Contoso Ltd.", "Fabrikam, Inc.", "Adatum Corporation", "Litware, Inc.", "Tailspin Toys", "Wide World Importers",
	`Northwind "Nordic" Traders`, "Alpine Ski House", "Coho Winery", "Proseware, Inc.",
}

var products = []string{"Azure plan, consumption billed by the month", "Microsoft 365 Business Premium (no Teams), annual commitment", "Office 365 E3 (no Teams), annual commitment", "Dynamics 365 Sales Enterprise, annual commitment", "Exchange Online (Plan 1), month to month"}

// record returns an earning, counted from 0 over all months, in its first version
// or restated a month later with another amount.
func (b book) record(n int, restated bool) []string {
	sale := n / 2
	h := mix(uint64(sale))
	pair := sale % b.pairs
	program := programs[pair%2]
	participant := strconv.Itoa(4400000 + pair/2)
	month := time.Date(2020, time.Month(7+n/b.perMonth), 1, 0, 0, 0, 0, time.UTC)
	dated := month.AddDate(0, 1, -1)
	calculated := dated.AddDate(0, 0, 4).Add(time.Duration(h%86400) * time.Second)

	sold := 50_000 + int(h%4_000_000) // cents
	if restated {
		sold += 10_000
		calculated = calculated.AddDate(0, 1, 0)
	}
	earned := sold / 20
	coop := (earned*40 + 50) / 100
	amount, kind, rate := earned-coop, "Rebate", "0.030"
	if n%2 == 1 {
		amount, kind, rate = coop, "Coop", "0.020"
	}
	currency, exchange := "USD", 10_000
	if pair/2%2 == 0 {
		currency, exchange = "EUR", 11_000+int(month.Month())*37
	}
	usd := func(cents int) string { return cent((cents*exchange + 5_000) / 10_000) }
	exchangeRate := fmt.Sprintf("%d.%04d", exchange/10_000, exchange%10_000)

	payment, paid, paidCurrency, paidRate, status, description := "", "", "", "", "Unprocessed", "Co-op earnings are claimed in the usage period, or paid out after the earning period"
	if kind == "Rebate" {
		payment, paid, paidCurrency, paidRate = strconv.Itoa(5_017_000_000+n/b.perMonth*b.pairs+pair), cent(amount), currency, "1"
		status, description = "Sent", "The payment was sent to the bank account of your payment profile"
	}
	customer := h >> 20 % 5_000
	name := fmt.Sprintf("%s %d", companies[customer%uint64(len(companies))], customer)
	if sale%50 == 7 {
		name += "\nPurchasing" // a line break that somebody typed into the name
	}
	product := h >> 40 % uint64(len(products))
	return []string{
		fmt.Sprintf("%016x", mix(uint64(n)+1<<40)), participant, "MPNID", "Northwind Cloud " + participant + " B.V.", "NL", program.name,
		fmt.Sprintf("%012X", h>>16), currency, dated.AddDate(0, 0, -int(h%28)).Format("2006-01-02T15:04:05"), exchangeRate, cent(sold), usd(sold),
		program.lever, rate, strconv.Itoa(1 + int(h%40)), "Unit", kind, cent(amount), usd(amount), dated.Format("2006-01-02T15:04:05"), calculated.Format("2006-01-02T15:04:05"),
		exchangeRate, dated.Format("2006-01-02"), paid, paidCurrency, paidRate, payment, status,
		description, guid(mix(customer)), name, "AAA-" + strconv.Itoa(int(h%90_000)+10_000), products[product], fmt.Sprintf("DZH318Z0%04X", product), fmt.Sprintf("CFQ7TTC0%04X", product), products[product],
		"Subscription", fmt.Sprintf("G%09X", mix(h)>>28), strconv.Itoa(3_000_000 + int(customer)), "Tailspin Reseller, Region " + strconv.Itoa(int(customer%40)), "Purchase", "No", "Remitted by the provider on behalf of the seller", "Marketplace", "0.00",
	}
}

// mix makes well spread bits of a number (SplitMix64, Steele et al. 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// cent writes an amount of so many cents.
func cent(n int) string {
	if n < 0 {
		return "-" + cent(-n)
	}
	return fmt.Sprintf("%d.%02d", n/100, n%100)
}

func guid(h uint64) string {
	s := fmt.Sprintf("%016x%016x", h, mix(h))
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}
