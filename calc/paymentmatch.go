package calc

import "github.com/shopspring/decimal"

// Payment is one row of a Payments report, with the columns that its fields are
// read from.
type Payment struct {
	ID            string              `csv:"paymentID"`
	Reference     string              `csv:"CIReferenceNumber"`
	Participant   string              `csv:"participantID"`
	Program       string              `csv:"programName"` // as written
	Date          Date                `csv:"paymentDate"`
	Earned        decimal.NullDecimal `csv:"earned"` // in Currency, before tax
	EarnedUSD     decimal.NullDecimal `csv:"earnedUSD"`
	Currency      string              `csv:"paymentCurrencyCode"` // pay-to currency
	SalesTax      decimal.NullDecimal `csv:"salesTax"`
	ServiceFeeTax decimal.NullDecimal `csv:"serviceFeeTax"`
	WithheldTax   decimal.NullDecimal `csv:"withheldTax"`
	Total         decimal.NullDecimal `csv:"totalPayment"` // after withheld tax, with sales tax
	Status        string              `csv:"paymentStatus"`
	StatusText    string              `csv:"paymentStatusDescription"`
	Place         Place               `csv:"-"`
}

// Reported reports whether a Payments report has the payment: else only its earnings
// and the bank say anything of it.
func (m *PaymentMatch) Reported() bool { return m.State != MatchMissing && m.State != MatchUnchecked }

// RowsUSD sums the earnings of the payment in USD, exact.
func (m *PaymentMatch) RowsUSD() decimal.Decimal {
	var sum Sum
	for _, e := range m.Rows {
		sum.Add(e.USD())
	}
	return sum.Decimal()
}

// InUSD returns an amount of the payment in USD: at the rate of its earnings, else
// of its Payments report; as it is where neither has one.
func (m *PaymentMatch) InUSD(amount decimal.Decimal) Money {
	const digits = 20
	switch {
	case m.PayCurrency == "USD":
	case m.Currency == m.PayCurrency && !m.Earned.IsZero():
		return USD(Cents(amount.Mul(m.RowsUSD()).DivRound(m.Earned, digits)))
	case m.GrossUSD.Valid && !m.Gross.IsZero():
		return USD(Cents(amount.Mul(m.GrossUSD.Decimal).DivRound(m.Gross, digits)))
	}
	return NewMoney(amount, m.PayCurrency)
}

// MatchState says how a payment and the earnings that carry its id agree.
type MatchState uint8

const (
	// MatchUnchecked: no Payments report covers it; nothing is said about it.
	MatchUnchecked MatchState = iota
	// MatchAgrees: both sides have the same money.
	MatchAgrees
	// MatchTaxed: they differ by a tax that the report has.
	MatchTaxed
	// MatchDiffers: they differ.
	MatchDiffers
	// MatchWithoutEarnings: paid, and no earning carries its id.
	MatchWithoutEarnings
	// MatchMissing: its earnings are Sent, and no report that covers it has it.
	MatchMissing
	// MatchFailed: reversed, rejected or failed; its earnings are unpaid
	// (cspcoop help rules, Payments).
	MatchFailed
	// MatchLater: paid after the as-of date.
	MatchLater
)

// String returns the state's word.
func (s MatchState) String() string {
	return [...]string{"unchecked", "matched", "explained by tax", "different", "without earnings", "missing", "failed", "later"}[s]
}

// PaymentMatch compares one payment of a participant's program with the earnings
// that carry its id.
type PaymentMatch struct {
	ID          string
	Participant string
	Program     string // current name
	State       MatchState
	Rows        []Earning // earnings, transfers and payments of claims with this id, by date and id

	// What the newest Payments report that has the payment says; zero when
	// none does. Several rows of one payment are summed.
	Place                                       Place
	Reference, Status, StatusText               string
	Date                                        Date
	PayCurrency                                 string
	Total, SalesTax, WithheldTax, ServiceFeeTax decimal.Decimal // in PayCurrency
	Gross                                       decimal.Decimal // in PayCurrency, before tax
	GrossUSD                                    decimal.NullDecimal
	TotalDiffers                                decimal.Decimal // Total less what earned and taxes come to, where that is more than rounding

	// The comparison, before tax. Currency is the payment's where the earnings
	// have it too, else USD; "" where there is nothing to compare.
	Currency     string
	Paid, Earned decimal.Decimal
	Difference   decimal.Decimal // Paid less Earned
	Tolerance    decimal.Decimal // what rounding, and in USD rates, explain
	OtherPay     string          // currency in which the earnings say that they were paid, when it is not the payment's
	Tax          string          // header of the tax column that explains the difference

	Bank BankReceipt // what the bank statements show of it
}
