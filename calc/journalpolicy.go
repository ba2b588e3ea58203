package calc

import (
	"fmt"
	"slices"
)

// Recognition says when co-op becomes income in the books.
type Recognition uint8

const (
	// OnEarning: when it is earned.
	OnEarning Recognition = iota
	// OnApproval: when a claim is approved or the automatic payout is decided;
	// until then it is deferred.
	OnApproval
	// MemoOnly: never; co-op is in memorandum accounts, and what is paid for
	// it is booked elsewhere.
	MemoOnly
)

// String returns the word of the configuration.
func (r Recognition) String() string { return [...]string{"on-earning", "on-approval", "memo-only"}[r] }

// ParseRecognition reads the word that Recognition.String gives.
func ParseRecognition(s string) (Recognition, error) {
	for _, r := range []Recognition{OnEarning, OnApproval, MemoOnly} {
		if r.String() == s {
			return r, nil
		}
	}
	return 0, fmt.Errorf("%q is no recognition of co-op: use %q, %q or %q", s, OnEarning, OnApproval, MemoOnly)
}

// JournalPolicy says how the journal books.
type JournalPolicy struct {
	Recognition Recognition
	Accounts    JournalAccounts
}

// JournalAccounts names the accounts of the books. Which are used depends on the
// recognition.
type JournalAccounts struct {
	RebateReceivable string
	RebateIncome     string
	CoOpReceivable   string // not with MemoOnly, like the five that follow
	CoOpIncome       string
	CoOpDeferred     string // liability; OnApproval only
	Bank             string // what claims are paid into
	Forfeited        string // loss; OnEarning only
	Owed             string // liability: negative co-op, until later earnings offset it
	Memo             string // MemoOnly
	MemoContra       string // MemoOnly

	// Where bank statements are archived; without Clearing as without statements.
	Clearing    string // what arrived at the bank
	WithheldTax string
	SalesTax    string // liability
	Exchange    string // gains and losses
}

// JournalEvent is what a journal entry books.
type JournalEvent uint8

const (
	// RebateEarned is rebate earned, adjustments included.
	RebateEarned JournalEvent = iota
	// OtherEarned is what was earned that is neither rebate nor co-op, where
	// receipts are booked: payments bring it with the rebate.
	OtherEarned
	// CoOpEarned is co-op earned, adjustments apart.
	CoOpEarned
	// CoOpAdjusted is co-op by adjustments.
	CoOpAdjusted
	// CoOpRolledOver is what rollovers brought into the fund.
	CoOpRolledOver
	// CoOpPaidOut is what is paid automatically, with the rebate.
	CoOpPaidOut
	// ClaimsSettled is what claims were paid with.
	ClaimsSettled
	// CoOpForfeited is what was not claimed in time.
	CoOpForfeited
	// CoOpOwed is what later earnings must offset: the co-op below zero of a
	// period that is over.
	CoOpOwed
	// CoOpRecognised is co-op that became income after it was deferred.
	CoOpRecognised
	// PaymentReceived is what arrived at the bank.
	PaymentReceived
	// PaymentTaxed is the taxes of what arrived.
	PaymentTaxed
	// PaymentExchanged is exchange differences of what arrived.
	PaymentExchanged
	JournalEventCount
)

var journalEventNames = [JournalEventCount]string{
	"rebate-earned", "other-earned", "coop-earned", "coop-adjusted", "coop-transferred", "auto-payout", "claims-paid", "forfeited", "offset", "recognised",
	"received", "tax", "exchange",
}

// String returns the word of journal.csv.
func (e JournalEvent) String() string { return journalEventNames[e] }

// MarshalText returns the event's word, for JSON.
func (e JournalEvent) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads the event's word.
func (e *JournalEvent) UnmarshalText(text []byte) error {
	i := slices.Index(journalEventNames[:], string(text))
	if i < 0 {
		return fmt.Errorf("%q is no event of the journal", text)
	}
	*e = JournalEvent(i)
	return nil
}

// Memo says in a journal what is booked.
func (e JournalEvent) Memo() string {
	return [JournalEventCount]string{
		"rebate earned", "other earnings", "co-op earned", "co-op adjusted", "co-op moved by rollover", "co-op paid automatically", "claims paid", "co-op forfeited",
		"negative co-op, to be offset by later earnings", "co-op recognised as income",
		"payments received", "tax of payments", "exchange difference of payments",
	}[e]
}
