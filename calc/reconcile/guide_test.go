package reconcile_test

import (
	"testing"

	"cspcoop/calc"
)

// 5,000 USD of co-op earned January–June 2019, a campaign of 5,000 USD from
// 1 July to 31 August 2019: claimable in full from 2019-07-01 to 2020-02-14
// (cspcoop help rules).
func TestGuideFiveThousandDollars(t *testing.T) {
	earned := []line{coop("1", "2019-01-31", "1250.40"), coop("2", "2019-04-30", "2499.60"), coop("3", "2019-06-30", "1250.00")}
	campaign := claim{
		id: "CL-1", participant: "4711", program: "CSP Indirect Reseller", usage: "2019-07-01",
		currency: "USD", amount: "5000.00", status: "Submitted", submitted: "2019-09-10", activityEnd: "2019-08-31",
	}
	register := file{name: "claims.csv", sha: "claims", receipt: 2, register: true, claims: []claim{campaign}}

	unclaimed := func(date string) *calc.Balance {
		return onlyBalance(t, asOf(date, export("a", earned...)).calculate(t))
	}
	if b := unclaimed("2019-06-30"); b.Decision != calc.Accruing || b.Remaining.Valid {
		t.Errorf("on the period's last day: %s, remaining %s", b.Decision, nullText(b.Remaining))
	}
	for _, date := range []string{"2019-07-01", "2020-02-14"} {
		b := unclaimed(date)
		if b.CoOp.StringFixed(2) != "5000.00" || b.Decision != calc.ClaimRequired || b.Window != calc.WindowOpen || nullText(b.Remaining) != "5000.00" {
			t.Errorf("on %s: %s earned, %s, %s, remaining %s", date, b.CoOp, b.Decision, b.Window, nullText(b.Remaining))
		}
		if b.Period.UsageStart().String() != "2019-07-01" || b.Period.UsageEnd().String() != "2019-12-31" || b.ClaimDeadline.String() != "2020-02-14" {
			t.Errorf("usable from %s to %s, claimable to %s", b.Period.UsageStart(), b.Period.UsageEnd(), b.ClaimDeadline)
		}
	}
	if b := unclaimed("2020-02-15"); b.Window != calc.WindowClosed || nullText(b.Forfeited) != "5000.00" {
		t.Errorf("on the day of expiry: %s, forfeited %s", b.Window, nullText(b.Forfeited))
	}
	for _, date := range []string{"2019-09-10", "2020-02-15"} {
		b := onlyBalance(t, asOf(date, export("a", earned...), register).calculate(t))
		if nullText(b.Claimed) != "5000.00" || nullText(b.Remaining) != "0.00" || nullText(b.Forfeited) != "0.00" {
			t.Errorf("claimed in full, on %s: claimed %s, remaining %s, forfeited %s", date, nullText(b.Claimed), nullText(b.Remaining), nullText(b.Forfeited))
		}
	}
}

// The guide's claim page: 999.99 EUR claimed of 10,999.98 EUR, 9,999.99 EUR
// remaining, funds expire on Sat 15 Feb 2020 (cspcoop help rules).
func TestGuideClaim(t *testing.T) {
	earned := coop("1", "2019-03-31", "10999.98")
	earned.currency, earned.usd = "EUR", "12319.98"
	register := file{name: "claims.csv", sha: "claims", receipt: 1, register: true, claims: []claim{{
		id: "CL-1", participant: "4711", program: "CSP Indirect Reseller", usage: "2019-07-01", currency: "EUR", amount: "999.99",
		status: "In review", submitted: "2019-10-15", activityEnd: "2019-09-30",
	}}}
	r := asOf("2019-10-20", export("a", earned), register).calculate(t)
	b := onlyBalance(t, r)
	if b.FundCurrency != "EUR" || b.CoOpFund.StringFixed(2) != "10999.98" || nullText(b.Claimed) != "999.99" || nullText(b.Remaining) != "9999.99" {
		t.Errorf("%s %s, claimed %s, remaining %s", b.CoOpFund, b.FundCurrency, nullText(b.Claimed), nullText(b.Remaining))
	}
	if got := b.FundsExpire.Time().Format("Mon Jan 2 2006"); got != "Sat Feb 15 2020" {
		t.Errorf("funds expire on %s", got)
	}
	if c := r.Claims[0]; c.Balance != b || c.Taken.StringFixed(2) != "999.99" || c.Rate.Valid {
		t.Errorf("the claim takes %s, at a rate: %v", c.Taken, c.Rate.Valid)
	}
}
