package calc

import "time"

// payStatus is what a payment status means for the money.
type payStatus uint8

const (
	statusUnknown payStatus = iota // blank, or a word that the table does not know
	statusWaiting
	statusPaid
	statusFailed // reversed, rejected, failed: the earning is unpaid
)

// payStatuses are Partner Center's payment states (exports.md; rules.md §6,
// Payments).
var payStatuses = map[string]payStatus{
	"unprocessed": statusWaiting, "upcoming": statusWaiting, "inprogress": statusWaiting, "processed": statusWaiting, "pending": statusWaiting,
	"sent": statusPaid, "paid": statusPaid, "completed": statusPaid,
	"reversed": statusFailed, "rejected": statusFailed, "failed": statusFailed,
}

func statusOf(status string) payStatus { return payStatuses[typeKey(status)] }

// statuses keeps the payment statuses of terms, which thousands of earnings
// share.
type statuses map[*Terms]payStatus

func (s statuses) of(t *Terms) payStatus {
	status, known := s[t]
	if !known {
		status = statusOf(t.PaymentStatus)
		s[t] = status
	}
	return status
}

// monthLayouts are the forms in which estimatedPaymentMonth is found.
var monthLayouts = []string{"2006-01", "2006-1", time.DateOnly, "2006-01-02T15:04:05", "2006-01-02T15:04:05Z", "January 2006", "Jan 2006", "Jan-06", "Jan-2006", "01/2006", "200601"}

// expectedMonth gives the month in which Microsoft expects to pay the earning;
// false when the export does not say.
func (e *Earning) expectedMonth() (Month, bool) {
	for _, layout := range monthLayouts {
		if t, err := time.Parse(layout, e.EstimatedMonth); err == nil {
			return NewMonth(t.Year(), t.Month()), true
		}
	}
	return Month{}, false
}
