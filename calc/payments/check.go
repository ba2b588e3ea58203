package payments

import (
	"slices"

	"cspcoop/calc"
)

// Account is what payments of a participant's program are compared with.
type Account struct {
	calc.StatementKey
	Program    string         // as written
	Counted    []calc.Earning // rows that are figures, by date
	Aside      []calc.Earning // rows in force that are none, like payments of claims
	KnownUntil calc.Date      // newest calculation or earning date of the exports with its rows
	Balances   []*calc.Balance

	Replaced   func() map[calc.Earning][]calc.Replaced // rows that counted ones replace; nil for none
	Calculated func(*calc.Source) calc.Date            // newest calculation date of an export
}

// inForce lists every row that is the version in force and not dated after the
// as-of date, whether or not it is a figure.
func (a *Account) inForce() []calc.Earning {
	if len(a.Aside) == 0 {
		return a.Counted
	}
	return slices.Concat(a.Counted, a.Aside)
}

// Outcome is what is known of an account's payments.
type Outcome struct {
	Payments  []*calc.PaymentMatch // by date, then id
	Unpaid    calc.Ageing
	Payouts   []calc.Payout
	UnpaidBy  []calc.StatusTotal // by how far they have come
	Holds     []calc.Hold        // by last day
	Unchecked int                // payments that the rows name, where there is no report to compare them with
	Findings  []calc.Finding
}

// check is the work on one account.
type check struct {
	*Reports
	Account
	matches map[string]*calc.PaymentMatch // by payment id; only where a Payments report names the account
	out     Outcome
}

// Check compares an account with the reports. Findings about payments of an
// account without counted rows are left to [Findings].
func (b *Reports) Check(a Account) Outcome {
	c := &check{Reports: b, Account: a}
	c.matchPayments()
	if len(a.Counted) > 0 {
		c.out.Findings = append(c.out.Findings, Findings(c.out.Payments, a.Counted[0].Date().Month())...)
		c.checkPayouts()
		c.ageUnpaid()
		c.sumStatuses()
		c.findHolds()
	}
	return c.out
}

func (c *check) report(f calc.Finding) { c.out.Findings = append(c.out.Findings, f) }
