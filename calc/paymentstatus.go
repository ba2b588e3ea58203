package calc

import (
	"maps"
	"slices"
)

// PayStatus is what a payment status means for the money.
type PayStatus uint8

const (
	StatusUnknown PayStatus = iota // blank, or a word that the table does not know
	StatusWaiting
	StatusPaid
	StatusFailed // reversed, rejected, failed: the earning is unpaid
	StatusLost   // forfeited or escheated: it is not paid any more
)

// Turn says who has to act so that money is paid.
type Turn uint8

const (
	// NobodysTurn: it takes its course.
	NobodysTurn Turn = iota
	// PartnersTurn: the partner has to act.
	PartnersTurn
	// MicrosoftsTurn: Microsoft has to act.
	MicrosoftsTurn
)

// String names whose turn it is.
func (t Turn) String() string { return [...]string{"nobody", "the partner", "Microsoft"}[t] }

// PaymentState is what a payment status of Partner Center means, and what to do
// about it.
type PaymentState struct {
	Name    string // as Partner Center writes it
	Reason  string // of a hold, by the status's description; "" where the status says it, or nothing is held
	Money   PayStatus
	Rank    int // how far it has come; 0 for one that is not documented
	Turn    Turn
	Held    bool   // for missing details or a tax invoice: what is held too long is forfeited
	Code    Code   // of the finding about it; "" for none
	Meaning string // of the money
	Advice  string // "" where there is nothing to do
}

// paymentStates are Partner Center's payment statuses. Money that came back came
// back after it was sent.
var paymentStates = []PaymentState{
	{Name: "Unprocessed", Money: StatusWaiting, Rank: 1, Meaning: "waits for its payment cycle", Advice: "nothing"},
	{Name: "Upcoming", Money: StatusWaiting, Rank: 1, Meaning: "is in internal review before payment", Advice: "nothing"},
	{Name: "In progress", Money: StatusWaiting, Rank: 2, Meaning: "is being paid", Advice: "nothing"},
	{Name: "Processed", Money: StatusWaiting, Rank: 2, Meaning: "is being paid", Advice: "nothing"},
	{Name: "Pending tax invoice", Money: StatusWaiting, Rank: 2, Turn: PartnersTurn, Held: true, Code: PaymentOnHold, Meaning: "is held", Advice: "correct the tax invoice in Partner Center"},
	{Name: "Tax invoice under review", Money: StatusWaiting, Rank: 2, Turn: MicrosoftsTurn, Held: true, Code: PaymentOnHold, Meaning: "is held", Advice: "wait for Microsoft's review of the tax invoice"},
	{Name: "Tax invoice rejected", Money: StatusFailed, Rank: 2, Turn: PartnersTurn, Held: true, Code: PaymentFailed, Meaning: "is held, with all pending payments", Advice: "ask support, and upload a new tax invoice"},
	{Name: "Rejected during review", Money: StatusFailed, Rank: 2, Turn: PartnersTurn, Code: PaymentFailed, Meaning: "is not paid", Advice: "ask support why"},
	{Name: "Sent", Money: StatusPaid, Rank: 3, Meaning: "was paid to the bank", Advice: "nothing"},
	{Name: "Failed", Money: StatusFailed, Rank: 4, Turn: MicrosoftsTurn, Code: PaymentFailed, Meaning: "is not paid", Advice: "look for the repeated payment, and ask Microsoft when there is none"},
	{Name: "Rejected", Money: StatusFailed, Rank: 4, Turn: PartnersTurn, Code: PaymentFailed, Meaning: "was refused by the bank", Advice: "ask the bank why, and correct the bank details in Partner Center"},
	{Name: "Reversed", Money: StatusFailed, Rank: 4, Code: PaymentFailed, Meaning: "came back from the bank, and is sent again in the next cycle", Advice: "check the bank details in Partner Center before the next cycle"},
	{Name: "Reprocessing", Money: StatusFailed, Rank: 4, Turn: MicrosoftsTurn, Code: PaymentReprocessing, Meaning: "will be paid again", Advice: "look for the repeated payment"},
	{Name: "Incorrect payment", Money: StatusFailed, Rank: 4, Turn: MicrosoftsTurn, Code: PaymentIncorrect, Meaning: "is being taken back", Advice: "expect a deduction, and the right payment after it"},
	{Name: "Forfeited", Money: StatusLost, Rank: 5, Code: PaymentForfeited, Meaning: "is lost: bank or tax details were missing for 180 days, or no more than 200 USD gathered within a program year (partners outside the US)", Advice: "complete the bank and tax profiles, so that no more is lost"},
	{Name: "Escheated", Money: StatusLost, Rank: 5, Turn: PartnersTurn, Code: PaymentEscheated, Meaning: "was handed over as unclaimed property (partners in the US)", Advice: "claim it from the state's unclaimed property office"},

	// not documented as statuses, and so without a rank; the first three are actions that Microsoft waits for
	{Name: pendingBank, Money: StatusWaiting, Turn: PartnersTurn, Held: true, Code: PaymentOnHold, Meaning: "is held: bank details are missing", Advice: "complete the payment profile (bank details) in Partner Center"},
	{Name: pendingTax, Money: StatusWaiting, Turn: PartnersTurn, Held: true, Code: PaymentOnHold, Meaning: "is held: tax details are missing", Advice: "complete the tax profile in Partner Center"},
	{Name: pendingBoth, Money: StatusWaiting, Turn: PartnersTurn, Held: true, Code: PaymentOnHold, Meaning: "is held: bank and tax details are missing", Advice: "complete the payment profile (bank details) and the tax profile in Partner Center"},
	{Name: pendingInvoice, Money: StatusWaiting, Turn: PartnersTurn, Held: true, Code: PaymentOnHold, Meaning: "is held: the tax invoice is missing", Advice: "upload the tax invoice in Partner Center"},
	{Name: "Pending", Money: StatusWaiting, Meaning: "waits for its payment cycle", Advice: "nothing"},
	{Name: "Paid", Money: StatusPaid, Meaning: "was paid to the bank", Advice: "nothing"},
	{Name: "Completed", Money: StatusPaid, Meaning: "was paid to the bank", Advice: "nothing"},
}

// stateByKey has the states by the TypeKeys of their names.
var stateByKey, longestStateKey = func() (byKey map[string]*PaymentState, longest int) {
	byKey = map[string]*PaymentState{}
	for i := range paymentStates {
		key := TypeKey(paymentStates[i].Name)
		byKey[key], longest = &paymentStates[i], max(longest, len(key))
	}
	return byKey, longest
}()

// PaymentStates lists the documented payment statuses, by how far they have come.
func PaymentStates() []PaymentState {
	return slices.DeleteFunc(slices.Clone(paymentStates), func(s PaymentState) bool { return s.Rank == 0 })
}

// PaymentStateOf returns what a paymentStatus cell means; nil for one that is
// blank or not known.
func PaymentStateOf(status string) *PaymentState {
	var room [64]byte
	return stateByKey[string(appendTypeKey(room[:0], status))]
}

// StatusOf returns what a paymentStatus cell means for the money.
func StatusOf(status string) PayStatus {
	if s := PaymentStateOf(status); s != nil {
		return s.Money
	}
	return StatusUnknown
}

// KnownStatus reports whether a paymentStatus cell is blank or its meaning is
// known.
func KnownStatus(status string) bool { return PaymentStateOf(status) != nil || IsPlaceholder(status) }

// StatusesOfRank returns the TypeKeys of the statuses that have come equally
// far, sorted.
func StatusesOfRank(rank int) []string {
	var list []string
	for _, key := range slices.Sorted(maps.Keys(stateByKey)) {
		if stateByKey[key].Rank == rank {
			list = append(list, key)
		}
	}
	return list
}
