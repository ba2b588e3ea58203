package importer

import (
	"fmt"

	"cspcoop/calc"
)

// paymentsReport is Partner Center's Payments report.
var paymentsReport = newReport(report{
	title: "Payments",
	columns: []field{
		{name: "paymentID", kind: idValue, need: filled},
		{name: "CIReferenceNumber", kind: idValue},
		{name: "participantID", aliases: []string{"Partner ID", "MPN ID", "MPN", "Location ID", "Enrollment ID"}, kind: idValue, need: filled},
		{name: "participantName"},
		{name: "programName", need: filled},
		{name: "paymentDate", kind: dayValue},
		{name: "earned", kind: numberValue, currencyIn: "paymentCurrencyCode"},
		{name: "earnedUSD", kind: numberValue, currencyIn: "USD"},
		{name: "paymentCurrencyCode", aliases: []string{"currencyCode", "earnedCurrencyCode"}, kind: currencyValue},
		{name: "salesTax", kind: numberValue, currencyIn: "paymentCurrencyCode"},
		{name: "serviceFeeTax", kind: numberValue, currencyIn: "paymentCurrencyCode"},
		{name: "withheldTax", kind: numberValue, currencyIn: "paymentCurrencyCode"},
		{name: "totalPayment", kind: numberValue, currencyIn: "paymentCurrencyCode", need: filled},
		{name: "paymentMethod"},
		{name: "paymentStatus"},
		{name: "paymentStatusDescription"},
	},
	identify: func(h *heading) bool {
		return !h.earnings && h.figures >= 4 && (h.named["totalPayment"] ||
			h.named["paymentID"] && (h.named["earned"] || h.named["paymentDate"] || h.named["CIReferenceNumber"]))
	},
	required: func(l *layout, _ *Options) []missingColumn {
		return l.requireAll(func(name string) string {
			return fmt.Sprintf("download the Payments report again with the column %q", name)
		}, "paymentID", "participantID", "programName", "totalPayment")
	},
	form: func(*layout) calc.FileKind { return calc.KindPayments },
	take: func(r *rowReader) error { return takeMapped(r, r.takePayment) },
})

// takePayment adds a typed row to the source.
func (r *rowReader) takePayment(p *calc.Payment, place int) {
	p.Place = r.place(place)
	r.source.Payments = append(r.source.Payments, *p)
}
