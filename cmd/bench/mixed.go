package main

import (
	"fmt"
	"iter"
	"strconv"
	"time"
)

// mixed is the earnings of an indirect provider: programs, levers, currencies,
// statuses and months combine at random for each participant, nearly every text
// is another one, and commas, quotes and line breaks are in many of them. Some
// rows are negative. As in book, each row follows from its number alone.
type mixed struct{ participants int }

var (
	mixedPrograms = []string{"CSP Direct Bill Partner", "CSP Indirect Provider", "CSP Indirect Reseller", "Microsoft Commerce Incentives"}
	mixedLevers   = []string{"Core", "Azure", "Global Promotion", "Strategic Accelerator", "Customer Add", "Advanced Deployment"}
	mixedStatuses = []string{"Unprocessed", "Upcoming", "In progress", "Processed", "Sent", "Sent", "Sent", "Reversed", "Pending tax invoice", "Tax invoice under review"}
	mixedMoney    = []struct {
		code string
		rate int // ten-thousandths of a USD
	}{{"USD", 10_000}, {"EUR", 11_037}, {"GBP", 13_214}, {"NOK", 1_142}, {"PLN", 2_468}, {"CHF", 10_911}}
	mixedCountries = []string{"NL", "NO", "PL", "DE", "FR", "GB", "CH", "DK", "SE", "IT", "ES", "PT"}
	mixedTails     = []string{"", ", Purchasing", "\nPurchasing", ` "Nordic"`, ", Region North, Desk 4", " & Co.", "; Branch", "\r\nAttn.: Accounts"}
)

// rows returns an export.
func (m mixed) rows(rows int) iter.Seq[[]string] { return restating(rows, m.record) }

// record returns an earning in its first version, or restated a month later with
// another amount and status.
func (m mixed) record(n int, restated bool) []string {
	h, g, k := mix(uint64(n)), mix(uint64(n)+1<<32), mix(uint64(n)+1<<33)
	of := func(bits uint64, list []string) string { return list[bits%uint64(len(list))] }
	participant := strconv.Itoa(4400000 + int(h>>8%uint64(m.participants)))
	money := mixedMoney[h>>20%uint64(len(mixedMoney))]
	month := time.Date(2020, time.Month(7+int(h>>32%12)), 1, 0, 0, 0, 0, time.UTC)
	dated := month.AddDate(0, 0, int(h>>40%28))
	calculated := month.AddDate(0, 1, 4).Add(time.Duration(g%86400) * time.Second)
	amount := 1_000 + int(g>>8%300_000) // cents
	if h>>48%13 == 0 {
		amount = -amount
	}
	status := of(g>>32, mixedStatuses)
	if restated {
		amount += 777
		calculated = calculated.AddDate(0, 1, 0)
		status = "Sent"
	}
	kind := of(h>>52, []string{"Rebate", "Coop"})
	usd := amount * money.rate
	half := 5_000
	if usd < 0 {
		half = -half
	}
	exchange := fmt.Sprintf("%d.%04d", money.rate/10_000, money.rate%10_000)
	payment := ""
	if status == "Sent" {
		payment = strconv.FormatUint(5_017_000_000+k%40_000_000, 10)
	}
	customer, reseller := k>>8%200_000, k>>24%20_000
	text := func(word string, number uint64) string {
		return word + " " + strconv.FormatUint(number, 10) + of(number*7+k>>40, mixedTails)
	}
	product := text(of(k>>30, products), g>>16%50_000)
	return []string{
		fmt.Sprintf("%016x", mix(uint64(n)+1<<41)), participant, "MPNID", text("Northwind Cloud "+participant, k%40), of(k>>44, mixedCountries), of(h>>56, mixedPrograms),
		fmt.Sprintf("%012X", g>>16), money.code, dated.AddDate(0, 0, -int(k%28)).Format("2006-01-02T15:04:05"), exchange, cent(amount * 20), cent((usd*20 + half) / 10_000),
		of(h>>28, mixedPrograms) + ": " + of(g>>40, mixedLevers), fmt.Sprintf("0.%03d", 10+k%90), strconv.Itoa(1 + int(k%900)), of(k>>4, []string{"Unit", "Seat", "Hour"}), kind,
		cent(amount), cent((usd + half) / 10_000), dated.Format("2006-01-02T15:04:05"), calculated.Format("2006-01-02T15:04:05"),
		exchange, dated.Format("2006-01-02"), "", "", "", payment, status,
		text("Status of payment", k>>12%900_000), guid(mix(customer)), text(of(customer, companies), customer), "AAA-" + strconv.Itoa(int(k%90_000)+10_000), product,
		fmt.Sprintf("DZH318Z0%04X", g>>16%50_000), fmt.Sprintf("CFQ7TTC0%04X", g>>16%50_000), product,
		of(k>>50, []string{"Subscription", "Consumption", "Licence"}), fmt.Sprintf("G%09X", k>>28), strconv.Itoa(3_000_000 + int(reseller)), text("Tailspin Reseller", reseller),
		of(k>>54, []string{"Purchase", "Renewal", "Cancellation"}), "No", text("Remitted, by provider", k>>14%5_000), "Marketplace", "0.00",
	}
}
