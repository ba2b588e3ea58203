package reconcile_test

import (
	"fmt"
	"testing"

	"cspcoop/calc"
)

// withClaims returns a fund of 5,000.00 earned January–June 2019 in a currency,
// at 1.10 USD, and a register.
func withClaims(date, currency string, claims ...claim) archive {
	earned := coop("1", "2019-03-31", "5000")
	earned.currency = currency
	if currency != "USD" {
		earned.usd = "5500"
	}
	return asOf(date, export("a", earned), file{name: "claims", sha: "claims", receipt: 1, register: true, claims: claims})
}

func aClaim(id, status, currency, amount string) claim {
	return claim{
		id: id, participant: "4711", program: "CSP 2T Indirect Reseller", usage: "2019-07-01",
		currency: currency, amount: amount, status: status, submitted: "2019-10-01", activityEnd: "2019-09-30",
	}
}

// A draft for a fund that still accrues is no draft for one whose earnings were
// restated, also where every amount must be claimed.
func TestDraftsWhereAllMustBeClaimed(t *testing.T) {
	in := withClaims("2019-05-31", "USD", aClaim("CL-1", "Editing", "USD", "40")).input()
	in.Sources[1].Register[0].Submitted = calc.Date{}
	rule := calc.Guide2019()
	rule.Threshold, rule.Comparison = money("0"), calc.Reaches
	in.Policy.Rules = calc.Rules{rule}
	r := calculateInput(t, in)
	if findings(r, calc.FundNotClaimable) != 1 || findings(r, calc.FundRestatedBelowThreshold) != 0 {
		t.Errorf("found %v", r.Findings)
	}
}

func TestWhatAClaimTakes(t *testing.T) {
	for _, c := range []struct {
		status           string
		claimed, planned string
		closed           string // claimed once the window is closed
	}{
		{"Editing", "0.00", "1000.00", "0.00"},
		{"Submitted", "1000.00", "0.00", "1000.00"},
		{"In review", "1000.00", "0.00", "1000.00"},
		{"Partner Action Required", "1000.00", "0.00", "1000.00"},
		{"Disputed", "1000.00", "0.00", "1000.00"},
		{"Approved", "900.00", "0.00", "900.00"},
		{"Paid", "900.00", "0.00", "900.00"},
		{"Rejected", "0.00", "0.00", "0.00"},
		{"Expired", "0.00", "0.00", "0.00"},
	} {
		t.Run(c.status, func(t *testing.T) {
			row := aClaim("CL-1", c.status, "USD", "1000")
			row.approved = "900"
			if c.status == "Editing" {
				row.submitted = ""
			}
			open := onlyBalance(t, withClaims("2020-02-14", "USD", row).calculate(t))
			if nullText(open.Claimed) != c.claimed || nullText(open.Planned) != c.planned || nullText(open.Remaining) != money("5000").Sub(money(c.claimed)).StringFixed(2) {
				t.Errorf("%s: claimed %s, planned %s, remaining %s", c.status, nullText(open.Claimed), nullText(open.Planned), nullText(open.Remaining))
			}
			closed := onlyBalance(t, withClaims("2020-02-15", "USD", row).calculate(t))
			if nullText(closed.Claimed) != c.closed || nullText(closed.Planned) != "0.00" || nullText(closed.Remaining) != "0.00" ||
				nullText(closed.Forfeited) != money("5000").Sub(money(c.closed)).StringFixed(2) {
				t.Errorf("%s, closed: claimed %s, planned %s, forfeited %s", c.status, nullText(closed.Claimed), nullText(closed.Planned), nullText(closed.Forfeited))
			}
		})
	}
	row := aClaim("CL-1", "Approved", "USD", "1000")
	if b := onlyBalance(t, withClaims("2020-02-14", "USD", row).calculate(t)); nullText(b.Claimed) != "1000.00" {
		t.Errorf("approved without an approved amount: %s", nullText(b.Claimed))
	}
	row.approved = "0"
	if b := onlyBalance(t, withClaims("2020-02-14", "USD", row).calculate(t)); nullText(b.Claimed) != "0.00" {
		t.Errorf("approved with 0.00: %s", nullText(b.Claimed))
	}
}

func TestDraftAfterTheLastDayIsExpired(t *testing.T) {
	draft := aClaim("CL-1", "Editing", "USD", "1000")
	draft.submitted = ""
	for date, want := range map[string]calc.ClaimStatus{"2020-02-14": calc.ClaimEditing, "2020-02-15": calc.ClaimExpired} {
		r := withClaims(date, "USD", draft).calculate(t)
		if got := r.Claims[0].State; got != want || r.Claims[0].Status != calc.ClaimEditing {
			t.Errorf("on %s the draft is %s, want %s", date, got, want)
		}
	}
}

func TestClaimAfterTheLastDay(t *testing.T) {
	for submitted, want := range map[string]struct {
		taken string
		late  int
	}{"2020-02-14": {"1000.00", 0}, "2020-02-15": {"0.00", 1}} {
		c := aClaim("CL-1", "Submitted", "USD", "1000")
		c.submitted = submitted
		r := withClaims("2020-03-01", "USD", c).calculate(t)
		if got := r.Claims[0].Taken.StringFixed(2); got != want.taken || findings(r, calc.ClaimTooLate) != want.late {
			t.Errorf("submitted on %s: takes %s with %d errors", submitted, got, findings(r, calc.ClaimTooLate))
		}
	}
}

func TestClaimsAfterTheAsOfDate(t *testing.T) {
	now, later, unknown := aClaim("CL-1", "Submitted", "USD", "1"), aClaim("CL-2", "Submitted", "USD", "10"), aClaim("CL-3", "Submitted", "USD", "100")
	later.submitted, unknown.submitted = "2019-10-02", ""
	r := withClaims("2019-10-01", "USD", now, later, unknown).calculate(t)
	if b := onlyBalance(t, r); nullText(b.Claimed) != "101.00" || len(r.Claims) != 2 || findings(r, calc.AfterAsOf) != 1 {
		t.Errorf("claimed %s by %d claims, %d notices", nullText(b.Claimed), len(r.Claims), findings(r, calc.AfterAsOf))
	}
	if got := fates(r, "claims"); got != [5]int{2, 0, 0, 0, 1} {
		t.Errorf("the register's rows: %v", got)
	}
}

func TestClaimsInOtherCurrencies(t *testing.T) {
	euroUSD, usdEuro := rate{"EUR", "USD", "", "1.2"}, rate{"USD", "EUR", "", "0.8"}
	later := rate{"EUR", "USD", "2019-10-01", "1.3"}
	for _, c := range []struct {
		name, fund, taken string
		claim             claim
		rates             []rate
		unknown           int
	}{
		{"the fund's currency, whatever amountUSD says", "EUR", "100.00", claim{currency: "EUR", amount: "100", amountUSD: "999"}, []rate{euroUSD}, 0},
		{"amountUSD before a rate", "USD", "111.11", claim{currency: "EUR", amount: "100", amountUSD: "111.11"}, []rate{euroUSD}, 0},
		{"approved in proportion", "USD", "33.33", claim{currency: "EUR", amount: "300", amountUSD: "100", approved: "100", status: "Approved"}, nil, 0},
		{"approved in proportion, a cent's half", "USD", "0.13", claim{currency: "EUR", amount: "8", amountUSD: "1", approved: "1", status: "Paid"}, nil, 0},
		{"amountUSD says nothing of a fund in EUR", "EUR", "80.00", claim{currency: "USD", amount: "100", amountUSD: "100"}, []rate{usdEuro}, 0},
		{"a rate is not turned round", "EUR", "0.00", claim{currency: "USD", amount: "100"}, []rate{euroUSD}, 1},
		{"without a rate", "USD", "0.00", claim{currency: "EUR", amount: "100"}, nil, 1},
		{"the rate of the submission date", "USD", "130.00", claim{currency: "EUR", amount: "100", submitted: "2019-10-01"}, []rate{euroUSD, later}, 0},
		{"not a later one", "USD", "120.00", claim{currency: "EUR", amount: "100", submitted: "2019-09-30", activityEnd: "2019-10-02"}, []rate{later, euroUSD}, 0},
		{"else of the activity's end", "USD", "130.00", claim{currency: "EUR", amount: "100", submitted: "none", activityEnd: "2019-10-01"}, []rate{later, euroUSD}, 0},
		{"a rate that begins too late", "USD", "0.00", claim{currency: "EUR", amount: "100", submitted: "2019-09-30"}, []rate{later}, 1},
		{"rounded to cents", "USD", "0.01", claim{currency: "EUR", amount: "0.004", submitted: "2019-10-01"}, []rate{later}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			whole := aClaim("CL-1", "Submitted", c.claim.currency, c.claim.amount)
			whole.amountUSD, whole.approved = c.claim.amountUSD, c.claim.approved
			if c.claim.status != "" {
				whole.status = c.claim.status
			}
			switch c.claim.submitted {
			case "":
			case "none":
				whole.submitted = ""
			default:
				whole.submitted = c.claim.submitted
			}
			if c.claim.activityEnd != "" {
				whole.activityEnd = c.claim.activityEnd
			}
			a := withClaims("2019-12-31", c.fund, whole)
			a.rates = c.rates
			r := a.calculate(t)
			if got := r.Claims[0].Taken.StringFixed(2); got != c.taken || findings(r, calc.ClaimCurrency) != c.unknown {
				t.Errorf("%s: takes %s with %d errors, want %s with %d", c.name, got, findings(r, calc.ClaimCurrency), c.taken, c.unknown)
			}
		})
	}
}

func TestOverdrawnFund(t *testing.T) {
	c := aClaim("CL-1", "Approved", "USD", "5000.01")
	if b := onlyBalance(t, withClaims("2020-02-14", "USD", c).calculate(t)); nullText(b.Remaining) != "-0.01" || !b.AtRisk().IsZero() {
		t.Errorf("open: remaining %s, at risk %s", nullText(b.Remaining), b.AtRisk())
	}
	if b := onlyBalance(t, withClaims("2020-02-15", "USD", c).calculate(t)); nullText(b.Remaining) != "0.00" || nullText(b.Forfeited) != "0.00" {
		t.Errorf("closed: remaining %s, forfeited %s", nullText(b.Remaining), nullText(b.Forfeited))
	}
}

// Claimed and planned stand wherever a claim exists, and nowhere else unless
// claims are required; remaining and forfeited only where they are required.
func TestWhereFundColumnsApply(t *testing.T) {
	rejected := aClaim("CL-1", "Rejected", "USD", "1")
	for _, c := range []struct {
		name, asOf, earned string
		claims             []claim
		want               string
	}{
		{"accruing", "2019-06-30", "5000", nil, "|||"},
		{"auto-payout", "2019-07-01", "4000", nil, "|||"},
		{"negative", "2019-07-01", "-1", nil, "|||"},
		{"claim-required", "2019-07-01", "4000.01", nil, "0.00|0.00|4000.01|0.00"},
		{"auto-payout with a rejected claim", "2019-10-01", "4000", []claim{rejected}, "0.00|0.00||"},
		{"accruing with a claim", "2019-06-30", "5000", []claim{{id: "CL-2", participant: "4711", program: "CSP Indirect Reseller", usage: "2019-07-01", currency: "USD", amount: "7", status: "Editing"}}, "0.00|7.00||"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := asOf(c.asOf, export("a", coop("1", "2019-03-31", c.earned)), file{name: "r", sha: "r", register: true, claims: c.claims}).calculate(t)
			b := onlyBalance(t, r)
			if got := fmt.Sprint(nullText(b.Claimed), "|", nullText(b.Planned), "|", nullText(b.Remaining), "|", nullText(b.Forfeited)); got != c.want {
				t.Errorf("%s: %s, want %s", c.name, got, c.want)
			}
		})
	}
}

func TestRegisterReceivedLastIsInForce(t *testing.T) {
	first := withClaims("2019-12-31", "USD", aClaim("CL-1", "Submitted", "USD", "1"), aClaim("CL-2", "Submitted", "USD", "2"))
	second := file{name: "Z", sha: "0", receipt: 2, register: true, claims: []claim{aClaim("CL-1", "Submitted", "USD", "40")}}
	empty := file{name: "A", sha: "f", receipt: 3, register: true}
	first.files = append(first.files, second)
	r := first.calculate(t)
	if b := onlyBalance(t, r); nullText(b.Claimed) != "40.00" || fates(r, "claims") != [5]int{0, 0, 2, 0, 0} {
		t.Errorf("claimed %s, the old register's rows %v", nullText(b.Claimed), fates(r, "claims"))
	}
	first.files = append(first.files, empty)
	if b := onlyBalance(t, first.calculate(t)); nullText(b.Claimed) != "40.00" {
		t.Errorf("a register without rows in force, claimed %s", nullText(b.Claimed))
	}
}

func TestClaimWithSeveralInvoicesCountsOnce(t *testing.T) {
	in := withClaims("2019-12-31", "USD", aClaim("CL-1", "Submitted", "USD", "100"), aClaim("CL-1", "Submitted", "USD", "100")).input()
	rows := in.Sources[1].Register
	rows[0].Invoice, rows[1].Invoice = &calc.Invoice{Number: "R-1"}, &calc.Invoice{Number: "R-2"}
	r := calculateInput(t, in)
	if b := onlyBalance(t, r); nullText(b.Claimed) != "100.00" || len(r.Claims) != 1 || len(r.Claims[0].Invoices) != 2 || r.Claims[0].Place.Row != rows[0].Place.Row {
		t.Errorf("claimed %s by %d claims", nullText(b.Claimed), len(r.Claims))
	}
}

func TestClaimWithoutFund(t *testing.T) {
	for name, change := range map[string]func(*claim){
		"participant": func(c *claim) { c.participant = "4712" },
		"program":     func(c *claim) { c.program = "CSP Indirect Provider" },
		"period":      func(c *claim) { c.usage = "2020-01-01" },
	} {
		c := aClaim("CL-1", "Submitted", "USD", "1")
		change(&c)
		r := withClaims("2020-01-31", "USD", c).calculate(t)
		if b := onlyBalance(t, r); nullText(b.Claimed) != "0.00" || findings(r, calc.ClaimWithoutFund) != 1 || r.Claims[0].Balance != nil || !r.Claims[0].Taken.IsZero() {
			t.Errorf("another %s: claimed %s, %d errors", name, nullText(b.Claimed), findings(r, calc.ClaimWithoutFund))
		}
	}
}

// What a claim takes from a fund in EUR is worth USD at the fund's own rate.
func TestClaimsWorthInUSD(t *testing.T) {
	r := withClaims("2019-12-31", "EUR", aClaim("CL-1", "Submitted", "EUR", "1000")).calculate(t)
	if got := r.Claims[0].TakenUSD.StringFixed(2); got != "1100.00" {
		t.Errorf("1,000.00 EUR are worth %s USD, want 1100.00", got)
	}
	if got := r.Statements[0].Calendar[0].Claimed; !got.IsZero() {
		t.Errorf("claimed in %s: %s", r.Statements[0].Calendar[0].Month, got)
	}
}

// Each claim is rounded to cents by itself, as its own sheet shows it.
func TestClaimsAreRoundedOneByOne(t *testing.T) {
	r := withClaims("2019-12-31", "USD", aClaim("CL-1", "Submitted", "USD", "0.005"), aClaim("CL-2", "Submitted", "USD", "0.005")).calculate(t)
	if b := onlyBalance(t, r); nullText(b.Claimed) != "0.02" || nullText(b.Remaining) != "4999.98" {
		t.Errorf("claimed %s, remaining %s", nullText(b.Claimed), nullText(b.Remaining))
	}
}

// As of an earlier day a claim stands where its own dates put it, whatever the
// register says of later ones.
func TestClaimAsOfItsDates(t *testing.T) {
	claim := func(change func(*calc.ClaimRow)) calc.ClaimRow {
		c := calc.ClaimRow{ClaimTerms: calc.ClaimTerms{
			ID: "K", Participant: "4711", Program: "CSP Indirect Reseller", Usage: calc.PeriodOf(day("2020-07-01")), Currency: "USD", Amount: money("500"),
			Submitted: day("2020-08-01"),
		}}
		change(&c)
		return c
	}
	paid := claim(func(c *calc.ClaimRow) {
		c.Status, c.Approved, c.ApprovedOn = calc.ClaimPaid, maybe("100"), day("2020-12-01")
		c.PaidOn, c.PaidAmount, c.PaidCurrency, c.PaymentID = day("2021-01-15"), maybe("100"), "USD", "P1"
	})
	paidAlone := claim(func(c *calc.ClaimRow) { c.Status, c.PaidOn = calc.ClaimPaid, day("2021-01-15") })
	approved := claim(func(c *calc.ClaimRow) {
		c.Status, c.Approved, c.ApprovedOn = calc.ClaimApproved, maybe("100"), day("2020-12-01")
	})
	undated := claim(func(c *calc.ClaimRow) { c.Status, c.Approved = calc.ClaimApproved, maybe("100") })
	rejected := claim(func(c *calc.ClaimRow) { c.Status, c.RejectedOn = calc.ClaimRejected, day("2020-11-01") })
	for _, c := range []struct {
		name, asOf string
		row        calc.ClaimRow
		state      calc.ClaimStatus
		taken      string
	}{
		{"paid", "2021-01-15", paid, calc.ClaimPaid, "100"},
		{"paid later", "2021-01-14", paid, calc.ClaimApproved, "100"},
		{"paid later, no day of approval", "2021-01-14", paidAlone, calc.ClaimApproved, "500"},
		{"approved that day", "2020-12-01", paid, calc.ClaimApproved, "100"},
		{"approved and paid later", "2020-11-30", paid, calc.ClaimInReview, "500"},
		{"approved", "2020-12-01", approved, calc.ClaimApproved, "100"},
		{"approved later", "2020-11-30", approved, calc.ClaimInReview, "500"},
		{"approved on no day", "2020-08-01", undated, calc.ClaimApproved, "100"},
		{"rejected", "2020-11-01", rejected, calc.ClaimRejected, "0"},
		{"rejected later", "2020-10-31", rejected, calc.ClaimInReview, "500"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := asOf(c.asOf, export("a", coop("E1", "2020-03-15", "5000"))).input()
			in.Sources = append(in.Sources, &calc.Source{File: "r.csv", HasRegister: true, Register: []calc.ClaimRow{c.row}})
			r := calculateInput(t, in)
			got := r.Claims[0]
			if got.State != c.state || got.Taken.String() != c.taken {
				t.Errorf("it is %q and takes %s, want %q and %s", got.State, got.Taken, c.state, c.taken)
			}
			for _, d := range []calc.Date{got.ApprovedOn, got.RejectedOn, got.PaidOn} {
				if d.After(in.AsOf) {
					t.Errorf("it shows %s", d)
				}
			}
			if got.State != calc.ClaimPaid && got.PaidAmount.Valid {
				t.Errorf("it shows a payment of %s", got.PaidAmount.Decimal)
			}
		})
	}
}
