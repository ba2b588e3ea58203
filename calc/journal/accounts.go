package journal

import "cspcoop/calc"

// accounts returns the accounts of an event; "" for one that the recognition does
// not book.
func accounts(p *calc.JournalPolicy, event calc.JournalEvent) (debit, credit string) {
	a := &p.Accounts
	switch {
	case event == calc.RebateEarned, event == calc.OtherEarned:
		return a.RebateReceivable, a.RebateIncome
	case p.Recognition == calc.MemoOnly:
		return memoOf(a, event)
	}
	income, lost := a.CoOpIncome, a.Forfeited
	if p.Recognition == calc.OnApproval {
		income, lost = a.CoOpDeferred, a.CoOpDeferred
	}
	switch event {
	case calc.RebateEarned, calc.OtherEarned, calc.PaymentReceived, calc.PaymentTaxed, calc.PaymentExchanged:
	case calc.CoOpEarned, calc.CoOpAdjusted:
		return a.CoOpReceivable, income
	case calc.CoOpRolledOver: // co-op that leaves by a rollover comes back as rebate, or in another period
		return a.CoOpReceivable, a.RebateReceivable
	case calc.CoOpPaidOut:
		return a.RebateReceivable, a.CoOpReceivable
	case calc.ClaimsSettled:
		return a.Bank, a.CoOpReceivable
	case calc.CoOpForfeited:
		return lost, a.CoOpReceivable
	case calc.CoOpOwed:
		return a.CoOpReceivable, a.Owed
	case calc.CoOpRecognised:
		if p.Recognition == calc.OnApproval {
			return a.CoOpDeferred, a.CoOpIncome
		}
	}
	return "", ""
}

// memoOf keeps a fund's closing in the memorandum accounts.
func memoOf(a *calc.JournalAccounts, event calc.JournalEvent) (debit, credit string) {
	switch event {
	case calc.CoOpEarned, calc.CoOpAdjusted, calc.CoOpRolledOver:
		return a.Memo, a.MemoContra
	case calc.CoOpPaidOut, calc.ClaimsSettled, calc.CoOpForfeited:
		return a.MemoContra, a.Memo
	case calc.RebateEarned, calc.OtherEarned, calc.CoOpOwed, calc.CoOpRecognised, calc.PaymentReceived, calc.PaymentTaxed, calc.PaymentExchanged:
	}
	return "", ""
}
