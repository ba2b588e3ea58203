package payments

import (
	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// Account is what payments of a participant's program are compared with.
type Account struct {
	calc.StatementKey
	Program    string         // as written
	Counted    []calc.Earning // rows that are figures, by date
	Aside      []calc.Earning // rows in force that are none, like payments of claims
	KnownUntil calc.Date      // newest calculation or earning date of the exports with its rows
	Funds      []Fund

	Replaced   func() map[calc.Earning][]calc.Replaced // rows that counted ones replace; nil for none
	Calculated func(*calc.Source) calc.Date            // newest calculation date of an export
}

// Fund is a fund with what claims take from it.
type Fund struct {
	*calc.Fund
	Claimed decimal.Decimal
}

// Outcome is what is known of an account's payments. Holds and
// totals name no statement yet.
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
	matches map[string]*match // by payment id; only where a Payments report names the account
	out     Outcome
}

// match is a payment with what its status in a Payments report means.
type match struct {
	*calc.PaymentMatch
	status calc.PayStatus
	state  *calc.PaymentState
}

// row is an earning with what the comparisons ask of it: its columns are read once.
type row struct {
	calc.Earning
	counted  bool // it is a figure
	kind     calc.Kind
	date     calc.Date
	usd      calc.Amount
	match    *calc.PaymentMatch // nil where no Payments report names the account
	status   calc.PayStatus     // whether it was paid
	state    *calc.PaymentState // nil where nothing that is known says it
	reported bool               // a Payments report has the last word on state
}

// rowOf reads an earning. It was paid or not by its payment, where a Payments report
// has it, else by its own status. One that is Sent but missing from the report counts
// as paid here, because it has a finding of its own.
func (c *check) rowOf(e calc.Earning, counted bool) row {
	r := row{Earning: e, counted: counted, kind: e.Kind(), date: e.Date(), usd: e.USD(), state: e.PaymentState()}
	if r.state != nil {
		r.status = r.state.Money
	}
	if len(c.matches) == 0 {
		return r
	}
	m := c.matches[e.PaymentID()]
	if m == nil {
		return r
	}
	r.match = m.PaymentMatch
	switch m.State {
	case calc.MatchUnchecked:
	case calc.MatchMissing:
		r.status = calc.StatusPaid
	case calc.MatchLater:
		if r.status == calc.StatusPaid {
			r.state = calc.PaymentStateOf("In progress")
		}
		r.status = calc.StatusWaiting
	case calc.MatchFailed:
		r.status, r.state, r.reported = m.status, m.state, true
	case calc.MatchAgrees, calc.MatchTaxed, calc.MatchDiffers, calc.MatchWithoutEarnings:
		r.status, r.state, r.reported = calc.StatusPaid, m.state, true
		if m.status == calc.StatusWaiting {
			r.status = calc.StatusWaiting // the report has it, and it is not sent yet
		}
	}
	return r
}

// waits reports whether an earning is rebate that is still to be paid.
func (r *row) waits() bool {
	return r.kind == calc.Rebate && (r.status == calc.StatusWaiting || r.status == calc.StatusFailed)
}

// comparison looks at every row of an account in turn, and then says what it saw.
type comparison interface {
	see(*check, *row)
	finish(*check)
}

func (c *check) compareRows() {
	all := []comparison{c.duePayouts(), &ageing{}, statuses{}, &holds{}}
	see := func(list []calc.Earning, counted bool) {
		var r row
		for _, e := range list {
			r = c.rowOf(e, counted)
			for _, x := range all {
				x.see(c, &r)
			}
		}
	}
	see(c.Counted, true)
	see(c.Aside, false)
	for _, x := range all {
		x.finish(c)
	}
}

// Check compares an account with the reports. Findings about payments of an
// account without counted rows are left to [Findings].
func (b *Reports) Check(a Account) Outcome {
	c := &check{Reports: b, Account: a}
	c.matchPayments()
	if len(a.Counted) > 0 {
		c.out.Findings = append(c.out.Findings, Findings(c.out.Payments, a.Counted[0].Date().Month())...)
		c.compareRows()
	}
	return c.out
}

func (c *check) report(f calc.Finding) { c.out.Findings = append(c.out.Findings, f) }
