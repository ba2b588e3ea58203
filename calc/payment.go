package calc

import "github.com/shopspring/decimal"

// Payment is one row of a Payments report.
type Payment struct {
	ID              string // paymentID
	Reference       string // CIReferenceNumber
	Participant     string
	ParticipantName string
	Program         string // as written
	Date            Date
	Earned          decimal.NullDecimal // in Currency, before tax
	EarnedUSD       decimal.NullDecimal
	Currency        string // pay-to currency
	SalesTax        decimal.NullDecimal
	ServiceFeeTax   decimal.NullDecimal
	WithheldTax     decimal.NullDecimal
	Total           decimal.NullDecimal // after withheld tax, with sales tax
	Method          string
	Status          string
	StatusText      string // paymentStatusDescription
	Place           Place
}
