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

// paymentRow is a row of a Payments report.
type paymentRow struct {
	ID              string `csv:"paymentID"`
	Reference       string `csv:"CIReferenceNumber"`
	Participant     string `csv:"participantID"`
	ParticipantName string `csv:"participantName"`
	Program         string `csv:"programName"`
	Date            day    `csv:"paymentDate"`
	Earned          money  `csv:"earned"`
	EarnedUSD       money  `csv:"earnedUSD"`
	Currency        string `csv:"paymentCurrencyCode"`
	SalesTax        money  `csv:"salesTax"`
	ServiceFeeTax   money  `csv:"serviceFeeTax"`
	WithheldTax     money  `csv:"withheldTax"`
	Total           money  `csv:"totalPayment"`
	Method          string `csv:"paymentMethod"`
	Status          string `csv:"paymentStatus"`
	StatusText      string `csv:"paymentStatusDescription"`
}

// takePayment adds a typed row to the source.
func (r *rowReader) takePayment(p *paymentRow, place int) {
	r.source.Payments = append(r.source.Payments, calc.Payment{
		ID: p.ID, Reference: p.Reference, Participant: p.Participant, ParticipantName: p.ParticipantName, Program: p.Program,
		Date: p.Date.Date, Earned: p.Earned.null(), EarnedUSD: p.EarnedUSD.null(), Currency: p.Currency,
		SalesTax: p.SalesTax.null(), ServiceFeeTax: p.ServiceFeeTax.null(), WithheldTax: p.WithheldTax.null(), Total: p.Total.null(),
		Method: p.Method, Status: p.Status, StatusText: p.StatusText, Place: r.place(place),
	})
}
