package calc

import (
	"maps"
	"slices"
)

// payStatus is what a payment status means for the money.
type PayStatus uint8

const (
	StatusUnknown PayStatus = iota // blank, or a word that the table does not know
	StatusWaiting
	StatusPaid
	StatusFailed // reversed, rejected, failed: the earning is unpaid
)

// payStatuses are Partner Center's payment statuses, by their TypeKey, with what
// each means for the money and how far it has come: money that came back came
// back after it was sent.
var payStatuses = map[string]struct {
	status PayStatus
	rank   int
}{
	"unprocessed": {StatusWaiting, 1}, "upcoming": {StatusWaiting, 1},
	"inprogress": {StatusWaiting, 2}, "processed": {StatusWaiting, 2},
	"pendingtaxinvoice": {StatusWaiting, 2}, "taxinvoiceunderreview": {StatusWaiting, 2},
	"taxinvoicerejected": {StatusFailed, 2}, "rejectedduringreview": {StatusFailed, 2},
	"sent":   {StatusPaid, 3},
	"failed": {StatusFailed, 4}, "rejected": {StatusFailed, 4}, "reversed": {StatusFailed, 4},
	"reprocessing": {StatusFailed, 4}, "incorrectpayment": {StatusFailed, 4},
	"forfeited": {StatusFailed, 5}, "escheated": {StatusFailed, 5},

	// not documented, and so without a rank
	"pending": {StatusWaiting, 0}, "paid": {StatusPaid, 0}, "completed": {StatusPaid, 0},
}

// StatusOf returns what a paymentStatus cell means for the money.
func StatusOf(status string) PayStatus { return payStatuses[TypeKey(status)].status }

// KnownStatus reports whether a paymentStatus cell is blank or its meaning is
// known.
func KnownStatus(status string) bool {
	_, known := payStatuses[TypeKey(status)]
	return known || IsPlaceholder(status)
}

// StatusRank orders payment statuses by how far they have come; those that are
// not documented rank lowest.
func StatusRank(status string) int { return payStatuses[TypeKey(status)].rank }

// StatusesOfRank returns the TypeKeys of the statuses that have come equally
// far, sorted.
func StatusesOfRank(rank int) []string {
	var list []string
	for _, word := range slices.Sorted(maps.Keys(payStatuses)) {
		if payStatuses[word].rank == rank {
			list = append(list, word)
		}
	}
	return list
}

// statuses keeps the payment statuses of terms, which thousands of earnings
// share.
type Statuses map[*Terms]PayStatus

func (s Statuses) Of(t *Terms) PayStatus {
	status, known := s[t]
	if !known {
		status = StatusOf(t.PaymentStatus)
		s[t] = status
	}
	return status
}
