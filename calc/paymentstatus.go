package calc

// payStatus is what a payment status means for the money.
type PayStatus uint8

const (
	StatusUnknown PayStatus = iota // blank, or a word that the table does not know
	StatusWaiting
	StatusPaid
	StatusFailed // reversed, rejected, failed: the earning is unpaid
)

// payStatuses are Partner Center's payment states (exports.md; rules.md §6,
// Payments).
var payStatuses = map[string]PayStatus{
	"unprocessed": StatusWaiting, "upcoming": StatusWaiting, "inprogress": StatusWaiting, "processed": StatusWaiting, "pending": StatusWaiting,
	"sent": StatusPaid, "paid": StatusPaid, "completed": StatusPaid,
	"reversed": StatusFailed, "rejected": StatusFailed, "failed": StatusFailed,
}

func StatusOf(status string) PayStatus { return payStatuses[TypeKey(status)] }

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
