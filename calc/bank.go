package calc

import "github.com/shopspring/decimal"

// BankStatement is a statement of a bank account: one message of a file, or all of
// it.
type BankStatement struct {
	ID          string // as the bank numbers it
	Account     string // IBAN or number; "" where the file names none
	Currency    string
	First, Last Date                // days that it covers, both included
	Opening     decimal.NullDecimal // its lines take Opening to Closing; neither is valid for a CSV file
	Closing     decimal.NullDecimal
	Lines       []BankLine // booked ones, in the order of the statement
	Place       Place
}

// BankLine is a booked entry of a bank statement, or one transaction of an entry
// that sums several.
type BankLine struct {
	Entry        string // reference of the entry that the bank gave
	Booked       Date
	Amount       decimal.Decimal // what came in; negative for what left
	Currency     string
	Text         string // references and remittance text; a line feed where the bank broke it
	Counterparty string // who sent or got the money; "" where the statement does not say
	Returned     bool   // the bank marks it as a return or a reversal
	Place        Place
}

// BankState says what the bank statements show of a payment.
type BankState uint8

const (
	// BankNoStatement: no bank statement is archived.
	BankNoStatement BankState = iota
	// BankUncovered: no statement covers the days on which it has to arrive, or they
	// are not known.
	BankUncovered
	// BankUnsent: the Payments report does not say that it was sent, and no line
	// shows it.
	BankUnsent
	// BankReceived: one line, with the amount of the payment.
	BankReceived
	// BankMerged: one line for several payments.
	BankMerged
	// BankSplit: several lines, together with the amount of the payment.
	BankSplit
	// BankTaxed: it differs by a tax that the Payments report names.
	BankTaxed
	// BankShort: less arrived.
	BankShort
	// BankOver: more arrived.
	BankOver
	// BankOtherCurrency: it arrived in another currency.
	BankOtherCurrency
	// BankAmbiguous: several lines or payments fit, so that none is assigned.
	BankAmbiguous
	// BankReturned: it left the account again, or never stayed there.
	BankReturned
	// BankMissing: sent, and not on the statements that cover it.
	BankMissing
	// BankUnmatched is the state of a line without a payment.
	BankUnmatched
	bankStates
)

// String returns the word of payments.csv.
func (s BankState) String() string {
	return [bankStates]string{
		"no-statement", "not-covered", "not-sent", "received", "merged", "split", "taxed", "short", "over", "other-currency",
		"ambiguous", "returned", "missing", "unmatched",
	}[s]
}

// Arrived reports whether money of the payment is in the account, whatever
// differs.
func (s BankState) Arrived() bool { return s >= BankReceived && s <= BankOtherCurrency }

// Agrees reports whether the account has the whole payment, but for tax that the
// Payments report names.
func (s BankState) Agrees() bool { return s >= BankReceived && s <= BankTaxed }

// Covered reports whether the statements cover the payment's days.
func (s BankState) Covered() bool { return s >= BankReceived }

// BankReceipt is what the bank statements show of a payment. Its zero value is that
// no statement is archived.
type BankReceipt struct {
	State       BankState
	Lines       []*BankLine     // that show it, by date; those that fit, where it is ambiguous
	Others      []*PaymentMatch // further payments in the same lines, or that fit as well
	Date        Date            // on which the last line was booked; zero where nothing arrived or it is not known
	Amount      decimal.Decimal // this payment's part of the lines, in Currency
	Currency    string          // "" where no line shows it
	Difference  decimal.Decimal // Amount less the payment's total; all of it when it is missing or was returned; zero in another currency
	Tax         string          // headers of the taxes that explain the difference
	Explanation Sentence
}

// BankPolicy says how bank lines and payments are compared.
type BankPolicy struct {
	Counterparty []string // texts of which a line has one when it may be a payment of Microsoft's
	Days         int      // in which a payment arrives after its date

	Accounts map[string][]string // participants that are paid to an account; one that is not named may be anybody's
}

// BankDaysBefore is how many days before its date a payment may be booked.
const BankDaysBefore = 3

// HasBankStatements reports whether the archive holds statements.
func (r *Result) HasBankStatements() bool { return len(r.BankStatements) > 0 }

// Finding makes a finding at the line's place in its statement.
func (l *BankLine) Finding(s Severity, code Code, says Sentence) Finding {
	return NewFinding(s, code, says).At(l.Place)
}
