package wording

import "cspcoop/calc"

// JournalEvent words what a journal entry books.
func (w *Words) JournalEvent(e calc.JournalEvent) string {
	switch e {
	case calc.RebateEarned:
		return w.T("Rebate earned")
	case calc.OtherEarned:
		return w.T("Other earnings")
	case calc.CoOpEarned:
		return w.T("Co-op earned")
	case calc.CoOpAdjusted:
		return w.T("Co-op adjusted")
	case calc.CoOpRolledOver:
		return w.T("Co-op moved by rollover")
	case calc.CoOpPaidOut:
		return w.T("Co-op paid automatically")
	case calc.ClaimsSettled:
		return w.T("Claims paid")
	case calc.CoOpForfeited:
		return w.T("Co-op forfeited")
	case calc.CoOpOwed:
		return w.T("Negative co-op, to be offset")
	case calc.CoOpRecognised:
		return w.T("Co-op recognised as income")
	case calc.PaymentReceived:
		return w.T("Payments received")
	case calc.PaymentTaxed:
		return w.T("Tax of payments")
	case calc.PaymentExchanged:
		return w.T("Exchange differences of payments")
	}
	return e.String()
}

// Recognition words when co-op becomes income.
func (w *Words) Recognition(r calc.Recognition) string {
	switch r {
	case calc.OnEarning:
		return w.T("Co-op is income when it is earned (%s).", r)
	case calc.OnApproval:
		return w.T("Co-op is deferred until a claim is approved or its payout decided (%s).", r)
	case calc.MemoOnly:
	}
	return w.T("Co-op is in memorandum accounts only (%s).", r)
}

// Account words an account with what it is for, "1510, rebate receivable".
func (w *Words) Account(a *calc.JournalAccounts, account string) string {
	var role string
	switch account {
	case a.RebateReceivable:
		role = w.T("rebate receivable")
	case a.RebateIncome:
		role = w.T("rebate income")
	case a.CoOpReceivable:
		role = w.T("co-op receivable")
	case a.CoOpIncome:
		role = w.T("co-op income")
	case a.CoOpDeferred:
		role = w.T("deferred co-op")
	case a.Bank:
		role = w.T("bank")
	case a.Forfeited:
		role = w.T("forfeited co-op")
	case a.Owed:
		role = w.T("negative co-op owed")
	case a.Memo, a.MemoContra:
		role = w.T("memorandum")
	case a.Clearing:
		role = w.T("bank clearing")
	case a.WithheldTax:
		role = w.T("withheld tax")
	case a.SalesTax:
		role = w.T("sales tax")
	case a.Exchange:
		role = w.T("exchange differences")
	default: // of an earlier configuration
		return account
	}
	return w.T("%s, %s", account, role)
}
