package calc

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// ClaimStatus is a claim's state in Partner Center (cspcoop help rules).
type ClaimStatus uint8

const (
	// ClaimEditing is a draft: planned, not yet claimed.
	ClaimEditing ClaimStatus = iota
	// ClaimInReview was submitted and waits for Microsoft.
	ClaimInReview
	// ClaimActionRequired waits for the partner.
	ClaimActionRequired
	// ClaimApproved waits for payment.
	ClaimApproved
	// ClaimPaid is done.
	ClaimPaid
	// ClaimRejected takes nothing.
	ClaimRejected
	// ClaimDisputed is decided within five business days.
	ClaimDisputed
	// ClaimExpired takes nothing.
	ClaimExpired
	ClaimStateCount
)

var claimStatusNames = [...]string{
	ClaimEditing: "Editing", ClaimInReview: "In review", ClaimActionRequired: "Partner Action Required",
	ClaimApproved: "Approved", ClaimPaid: "Paid", ClaimRejected: "Rejected", ClaimDisputed: "Disputed", ClaimExpired: "Expired",
}

// String returns the state as Partner Center words it.
func (s ClaimStatus) String() string { return claimStatusNames[s] }

// ParseClaimStatus reads a state in any case and spacing; "Submitted" is in
// review and "Draft" is editing.
func ParseClaimStatus(s string) (ClaimStatus, bool) {
	key := TypeKey(s)
	switch key {
	case "draft":
		return ClaimEditing, true
	case "submitted", "review", "underreview":
		return ClaimInReview, true
	case "actionrequired":
		return ClaimActionRequired, true
	}
	for status, name := range claimStatusNames {
		if TypeKey(name) == key {
			return ClaimStatus(status), true
		}
	}
	return 0, false
}

// MarshalText returns the state as Partner Center words it, for JSON.
func (s ClaimStatus) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what [ParseClaimStatus] reads.
func (s *ClaimStatus) UnmarshalText(text []byte) error {
	state, known := ParseClaimStatus(string(text))
	if !known {
		return fmt.Errorf("%q is no status of a claim", text)
	}
	*s = state
	return nil
}

// ClaimStatusNames lists the states as a register writes them.
func ClaimStatusNames() []string { return append([]string{}, claimStatusNames[:]...) }

// Reserves reports whether a claim in this state takes its amount from the fund.
func (s ClaimStatus) Reserves() bool {
	switch s {
	case ClaimInReview, ClaimActionRequired, ClaimApproved, ClaimPaid, ClaimDisputed:
		return true
	case ClaimEditing, ClaimRejected, ClaimExpired:
	}
	return false
}

// ClaimRow is one row of a claims register. A claim with several invoices
// is on several rows that differ in Invoice only.
type ClaimRow struct {
	ClaimTerms
	Invoice *Invoice // nil when the row names none
	Place   Place
}

// ClaimTerms is what belongs to a claim and is equal on all of its rows, with the
// columns of a register that its fields are read from.
type ClaimTerms struct {
	ID            string              `csv:"claimId"`
	Participant   string              `csv:"participantId"`
	Program       string              `csv:"programName"` // as written
	Usage         EarningPeriod       `csv:"usagePeriod"` // the half-year in which the money is spent
	Name          string              `csv:"claimName"`
	Category      string              `csv:"category"`
	Activity      string              `csv:"activity"`
	ActivityStart Date                `csv:"activityStart"`
	ActivityEnd   Date                `csv:"activityEnd"`
	Currency      string              `csv:"currency"`
	Amount        decimal.Decimal     `csv:"amount"` // in Currency
	AmountUSD     decimal.NullDecimal `csv:"amountUSD"`
	Approved      decimal.NullDecimal `csv:"approvedAmount"` // in Currency
	Status        ClaimStatus         `csv:"status"`
	Submitted     Date                `csv:"submittedDate"`
	Resubmitted   Date                `csv:"resubmittedDate"`
	LastActivity  Date                `csv:"lastActivity"`
	ApprovedOn    Date                `csv:"approvedDate"`
	RejectedOn    Date                `csv:"rejectedDate"`
	PaidOn        Date                `csv:"paidDate"`
	PaidAmount    decimal.NullDecimal `csv:"paidAmount"`
	PaidCurrency  string              `csv:"paidCurrency"`
	PaymentID     string              `csv:"paymentId"`
	CSR           bool                `csv:"csr"`
	CSRAmount     decimal.NullDecimal `csv:"csrAmount"` // in Currency
	Proof         []string            `csv:"-"`         // names of proof-of-execution documents
	Owner         string              `csv:"owner"`     // who answers for it
	Metrics       string              `csv:"metrics"`
	Comments      string              `csv:"comments"`
}

// Invoice is a third-party invoice behind a claim, likewise.
type Invoice struct {
	Number   string              `csv:"invoiceNumber"`
	Document string              `csv:"invoiceDocument"`
	Date     Date                `csv:"invoiceDate"`
	Amount   decimal.NullDecimal `csv:"invoiceAmount"`   // in Currency
	Currency string              `csv:"invoiceCurrency"` // "": the claim's
	Place    Place               `csv:"-"`               // its row in the register in force
}

// Claim is a claim with what it does to its fund.
type Claim struct {
	ClaimTerms
	Place       Place // its first row in the register
	Invoices    []Invoice
	ProgramName string        // current name
	Earned      EarningPeriod // the half-year whose co-op it claims
	Balance     *Balance      // its fund; nil when there is none

	// What it does to the fund, in the fund's currency and rounded to cents.
	Taken       decimal.Decimal     // reserved
	TakenUSD    decimal.Decimal     // the same in USD
	Planned     decimal.Decimal     // by a draft
	PlannedUSD  decimal.Decimal     // the same in USD
	Rate        decimal.NullDecimal // configured rate that was used, claim currency to fund currency
	Opens       Date                // first day on which it can be submitted
	Deadline    Date                // last day
	DocumentsBy Date                // by which its documents must be approved if it is sent back; no date where the rule sets none
	State       ClaimStatus         // as it is at the as-of date: a draft after the last day is expired

	Entry    *Activity // what the table says of its activity; nil when it knows none of that name
	Needs    []Need    // what it needs against what the register names
	Missing  []string  // what it needs and the register does not name
	Since    Date      // day on which its state began, as far as the register says; no date when it does not
	Age      int       // business days in its state; 0 without Since
	NextStep Step      // what the partner does next
	Findings []Finding // what needs attention about it, the worst first
}

// StateAmount is what the claims of one state take from a fund or, as drafts,
// plan of it, rounded to cents.
type StateAmount struct {
	Claims int
	Fund   decimal.Decimal // in the fund's currency
	USD    decimal.Decimal
}

// Add adds a claim of the state.
func (a *StateAmount) Add(c *Claim) {
	a.Claims++
	a.Fund = a.Fund.Add(c.Taken).Add(c.Planned)
	a.USD = a.USD.Add(c.TakenUSD).Add(c.PlannedUSD)
}

// Need is something that a claim needs (cspcoop help rules, cspcoop help claims).
type Need struct {
	What     string
	When     string // the case in which it is needed; "" for always
	Named    List   // what the register names for it
	Proof    bool   // it is proof of execution
	Optional bool   // a claim is complete without it
}

// Missing reports whether a claim is not complete without it.
func (n Need) Missing() bool { return len(n.Named) == 0 && !n.Optional }

// Over reports whether a claim takes nothing and never will: it was rejected or has
// expired.
func (c *Claim) Over() bool { return c.State == ClaimRejected || c.State == ClaimExpired }

// Worth returns what is to be paid for the claim, in its currency: what was
// approved, else what was claimed.
func (c *Claim) Worth() decimal.Decimal {
	if (c.State == ClaimApproved || c.State == ClaimPaid) && c.Approved.Valid {
		return c.Approved.Decimal
	}
	return c.Amount
}

// StepAction is what a partner does next about a claim.
type StepAction uint8

const (
	// StepNone: nothing is left to do.
	StepNone StepAction = iota
	// StepComplete: a draft lacks something.
	StepComplete
	// StepSubmit: a draft is complete.
	StepSubmit
	// StepWait: the fund still accrues; the draft can be submitted from a day on.
	StepWait
	// StepDiscard: the fund is paid automatically or owed; it cannot be claimed.
	StepDiscard
	// StepAnswer: Microsoft waits for the partner.
	StepAnswer
	// StepLookUp: Microsoft should have decided by a day.
	StepLookUp
	// StepExpectPayment: the payment should arrive by a day.
	StepExpectPayment
	// StepAsk: Microsoft has taken longer than it should.
	StepAsk
	// StepAskLate: Microsoft waits for the partner, and the day to answer has passed.
	StepAskLate
	// StepResubmit: the claim was rejected and the window is open.
	StepResubmit
)

// String returns the action as a sentence in lower case without full stop.
func (a StepAction) String() string {
	return [...]string{
		StepNone:          "nothing is left to do",
		StepComplete:      "add what is missing and submit it",
		StepSubmit:        "submit it",
		StepWait:          "wait until its fund can be claimed",
		StepDiscard:       "discard it, its fund cannot be claimed",
		StepAnswer:        "answer Microsoft and resubmit it",
		StepLookUp:        "look up the decision in Partner Center",
		StepExpectPayment: "look for the payment",
		StepAsk:           "ask Microsoft about the delay",
		StepAskLate:       "ask Microsoft whether it can still be answered",
		StepResubmit:      "correct what was wrong and resubmit",
	}[a]
}

// Step is what a partner does next about a claim.
type Step struct {
	Action StepAction
	By     Date // last day for it; for StepWait the first, for StepAskLate one that has passed; no date when none is set
}
