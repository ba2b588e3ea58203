package inbox

import (
	"fmt"
	"time"
)

// Withdrawable returns the receipt with this number, or an error that says why it cannot be withdrawn.
func (a *Archive) Withdrawable(number int) (Receipt, error) {
	all := a.index.receipts
	if number < 1 || number > len(all) {
		if len(all) == 0 {
			return Receipt{}, fmt.Errorf("there is no receipt %d: nothing was received yet", number)
		}
		return Receipt{}, fmt.Errorf("there is no receipt %d; archive/index.csv has 1 to %d", number, len(all))
	}
	r := all[number-1]
	if r.Kind == KindWithdrawal {
		return r, fmt.Errorf("receipt %d is itself a withdrawal, of %s; to undo it, drop the file into the inbox again", number, r.Name)
	}
	last := r
	for _, later := range all[number:] {
		if later.SHA256 == r.SHA256 {
			last = later
		}
	}
	if last.Kind == KindWithdrawal {
		return r, fmt.Errorf("%s was already withdrawn by %s (receipt %d)", r.Name, last.By, last.Number)
	}
	return r, nil
}

// Withdraw writes a receipt that takes the one with this number, and every other receipt of the same bytes, out of
// what counts. The original stays where it is.
func (in *Intake) Withdraw(number int, by, reason string, at time.Time) (Receipt, error) {
	withdrawn, err := in.Archive.Withdrawable(number)
	if err != nil {
		return Receipt{}, err
	}
	receipt := in.next(Receipt{Name: withdrawn.Name, SHA256: withdrawn.SHA256, Kind: KindWithdrawal, By: Display(by), Reason: Display(reason)}, at)
	if err := in.step(func() error { return in.append(receipt) }); err != nil {
		return Receipt{}, fmt.Errorf("receipt %d was not withdrawn: %w", number, err)
	}
	return receipt, nil
}
