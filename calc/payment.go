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

func (p *Payment) statementKey() statementKey {
	return statementKey{p.Participant, KeyOfProgram(p.Program)}
}

// paymentIdentity is what makes two rows of Payments reports the same line.
type paymentIdentity struct {
	statementKey
	id, reference         string
	date                  Date
	status, total, earned string
}

func (p *Payment) identity() paymentIdentity {
	return paymentIdentity{p.statementKey(), p.ID, p.Reference, p.Date, fold(p.Status), nullText(p.Total), nullText(p.Earned)}
}

func nullText(d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return d.Decimal.String()
}
