package reconcile_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
	"cspcoop/calc/reconcile"
)

// scene is a fund of 5,000.00 USD earned January–June 2019 and a register whose
// one claim has nothing wrong with it, two business days into its review.
type scene struct {
	asOf   string
	earned []file
	rows   []calc.ClaimRow
	policy calc.Policy
}

func newScene() *scene {
	return &scene{
		asOf: "2019-10-03", policy: calc.DefaultPolicy(),
		earned: []file{export("a", coop("1", "2019-06-30", "5000"))},
		rows:   []calc.ClaimRow{goodClaim("CL-1")},
	}
}

func goodClaim(id string) calc.ClaimRow {
	return calc.ClaimRow{
		ClaimTerms: calc.ClaimTerms{
			ID: id, Participant: "4711", Program: "CSP Indirect Reseller", Usage: calc.PeriodOf(day("2019-07-01")),
			Category: "Demand Generation", Activity: "Print advertising", ActivityStart: day("2019-09-01"), ActivityEnd: day("2019-09-30"),
			Currency: "USD", Amount: money("1000"), Status: calc.ClaimInReview, Submitted: day("2019-10-01"), LastActivity: day("2019-10-01"),
			Proof: []string{"final piece.pdf"},
		},
		Invoice: &calc.Invoice{Number: "R-" + id, Document: "printer " + id + ".pdf", Date: day("2019-09-30"), Amount: maybe("1000"), Currency: "USD"},
		Place:   calc.Place{Row: 2},
	}
}

// register returns the scene's register as it was received last.
func (s *scene) register() *calc.Source {
	return &calc.Source{File: "claims", SHA256: "claims", Receipt: 9, Sheets: []string{""}, HasRegister: true, Register: s.rows}
}

func (s *scene) input() calc.Input {
	in := asOf(s.asOf, s.earned...).input()
	in.Policy = s.policy
	return in
}

func (s *scene) calculate(t testing.TB) *calc.Result {
	t.Helper()
	in := s.input()
	in.Sources = append(in.Sources, s.register())
	return calculateInput(t, in)
}

func (s *scene) claim() *calc.ClaimRow { return &s.rows[0] }

// draft makes the claim a draft that was last touched on 1 October.
func (s *scene) draft() {
	s.claim().Status, s.claim().Submitted = calc.ClaimEditing, calc.Date{}
}

// second adds a claim in which nothing is wrong either.
func (s *scene) second() *calc.ClaimRow {
	row := goodClaim("CL-2")
	row.Place.Row = 3
	s.rows = append(s.rows, row)
	return &s.rows[1]
}

// messages returns what findings of a code say.
func messages(list []calc.Finding, code calc.Code) []string {
	var out []string
	for _, f := range list {
		if f.Code() == code {
			out = append(out, f.Message())
		}
	}
	return out
}

func TestGoodClaimHasNoFindings(t *testing.T) {
	s := newScene()
	found, err := reconcile.CheckRegister(s.input(), s.register())
	if err != nil {
		t.Fatal(err)
	}
	if c := s.calculate(t).Claims[0]; len(found) > 0 || len(c.Findings) > 0 || len(c.Missing) > 0 {
		t.Errorf("findings %v and %v, missing %v", found, c.Findings, c.Missing)
	}
}

// Every check is triggered once, and nearly once.
func TestClaimChecks(t *testing.T) {
	type change = func(*scene)
	paidFor := func(claimID, amount string) line {
		l := coop("9", "2019-10-02", amount)
		l.claimID = claimID
		return l
	}
	for _, c := range []struct {
		code            calc.Code
		severity        calc.Severity
		triggers, nears change
		says            string
	}{
		{calc.ActivityDates, calc.Warning,
			func(s *scene) { s.claim().ActivityStart = calc.Date{} },
			func(s *scene) { s.claim().ActivityStart = s.claim().ActivityEnd }, "enter activityStart"},
		{calc.ActivityDates, calc.Error,
			func(s *scene) { s.claim().ActivityEnd = day("2019-08-31") },
			func(s *scene) { s.claim().ActivityEnd = day("2019-09-01") }, "before it starts"},
		{calc.ActivityOutsideUsage, calc.Error,
			func(s *scene) { s.claim().ActivityStart = day("2019-06-30") },
			func(s *scene) { s.claim().ActivityStart = day("2019-07-01") }, "30 Jun 2019 to 30 Sep 2019"},
		{calc.ActivityOutsideUsage, calc.Error,
			func(s *scene) { s.claim().ActivityEnd = day("2020-01-01") },
			func(s *scene) { s.claim().ActivityEnd = day("2019-12-31") }, "1 Jul 2019 to 31 Dec 2019"},
		{calc.ClaimTooEarly, calc.Error,
			func(s *scene) { s.claim().Submitted = day("2019-06-30") },
			func(s *scene) { s.claim().Submitted = day("2019-07-01") }, "opened on 1 Jul 2019"},
		{calc.ClaimUndated, calc.Warning,
			func(s *scene) { s.claim().Submitted = calc.Date{} },
			func(s *scene) { s.draft() }, "enter submittedDate"},
		{calc.DraftDue, calc.Warning,
			func(s *scene) { s.draft(); s.asOf = "2019-12-16" },
			func(s *scene) { s.draft(); s.asOf = "2019-12-15" }, "within 60 days (days left: 60)"},
		{calc.DraftDue, calc.Warning,
			func(s *scene) { s.draft(); s.asOf = "2020-01-15" },
			func(s *scene) { s.asOf = "2020-01-15" }, "within 30 days (days left: 30)"},
		{calc.DraftDue, calc.Warning,
			func(s *scene) { s.draft(); s.asOf = "2020-02-06" },
			func(s *scene) { s.draft(); s.asOf = "2020-02-06"; s.policy.Claims.WarnDays = []int{7} }, "within 14 days (days left: 8)"},
		{calc.DraftDue, calc.Error,
			func(s *scene) { s.draft(); s.asOf = "2020-02-07" },
			func(s *scene) { s.draft(); s.asOf = "2020-02-07"; s.policy.Claims.WarnDays = nil }, "within 7 days (days left: 7)"},
		{calc.DraftExpired, calc.Warning,
			func(s *scene) { s.draft(); s.asOf = "2020-02-15" },
			func(s *scene) { s.draft(); s.asOf = "2020-02-14" }, "has expired"},
		{calc.NoInvoice, calc.Warning,
			func(s *scene) { s.claim().Invoice = nil },
			func(s *scene) { s.claim().Invoice = nil; s.claim().CSR = true }, "names no invoice"},
		{calc.NoInvoice, calc.Info,
			func(s *scene) { s.claim().Invoice = nil; s.claim().Status = calc.ClaimApproved },
			func(s *scene) { s.claim().Invoice = nil; s.claim().Status = calc.ClaimRejected }, "24 months"},
		{calc.InvoiceOutsideUsage, calc.Error,
			func(s *scene) { s.claim().Invoice.Date = day("2020-01-01") },
			func(s *scene) { s.claim().Invoice.Date = day("2019-12-31") }, "is dated 1 Jan 2020"},
		{calc.InvoiceCurrency, calc.Warning,
			func(s *scene) { s.claim().Invoice.Currency = "EUR" },
			func(s *scene) { s.claim().Invoice.Currency = "" }, "is in EUR, but the claim in USD"},
		{calc.InvoicesBelowClaim, calc.Error,
			func(s *scene) { s.claim().Invoice.Amount = maybe("999.99") },
			func(s *scene) { s.claim().Invoice.Amount = maybe("1000.00") }, "999.99 USD, less than the 1,000.00 USD"},
		{calc.InvoicesBelowClaim, calc.Error,
			func(s *scene) { s.claim().Invoice.Amount, s.claim().CSRAmount = maybe("600"), maybe("399.99") },
			func(s *scene) { s.claim().Invoice.Amount, s.claim().CSRAmount = maybe("600"), maybe("400") }, "999.99 USD"},
		{calc.InvoicesBelowClaim, calc.Warning,
			func(s *scene) { s.claim().Invoice.Amount = maybe("") },
			func(s *scene) { s.claim().Amount, s.claim().Invoice.Amount = decimal.Zero, maybe("") }, "enter the amounts that are blank"},
		{calc.SameInvoice, calc.Error,
			func(s *scene) {
				*s.second().Invoice = calc.Invoice{Number: "r-cl-1", Document: "PRINTER CL-1.PDF", Amount: maybe("1000")}
			},
			func(s *scene) {
				*s.second().Invoice = calc.Invoice{Number: "R-CL-1", Document: "another supplier.pdf", Amount: maybe("1000")}
			},
			"is in claim CL-1 and in claim CL-2"},
		{calc.SameInvoice, calc.Error,
			func(s *scene) { *s.second().Invoice = *s.claim().Invoice; s.rows[1].Invoice.Document = "scan.pdf" },
			func(s *scene) {
				*s.second().Invoice = *s.claim().Invoice
				s.rows[1].Invoice.Document, s.rows[1].Invoice.Date = "scan.pdf", day("2019-09-29")
			}, "an invoice can be claimed once"},
		{calc.SameInvoice, calc.Error,
			func(s *scene) { *s.second().Invoice = *s.claim().Invoice },
			func(s *scene) { *s.second().Invoice = *s.claim().Invoice; s.rows[0].Status = calc.ClaimRejected }, "take it out"},
		{calc.NoProof, calc.Warning,
			func(s *scene) { s.claim().Proof = nil },
			func(s *scene) { s.claim().Proof = []string{"scan 17.pdf"} }, "copy of the final piece"},
		{calc.ProofIncomplete, calc.Warning,
			func(s *scene) { s.claim().Activity = "Digital Advertising" },
			func(s *scene) {
				s.claim().Activity, s.claim().Proof = "Digital Advertising", []string{"banner-screenshots.pdf", "landing page.txt"}
			},
			"names 1 of 2 documents"},
		{calc.UnknownCategory, calc.Warning,
			func(s *scene) { s.claim().Category = "Demand Generator" },
			func(s *scene) { s.claim().Category = "demand-generation" }, `the nearest is "Demand Generation"`},
		{calc.UnknownActivity, calc.Warning,
			func(s *scene) { s.claim().Activity = "Pint advertisings" },
			func(s *scene) { s.claim().Activity = "PRINT Ads" }, `the nearest is "Print advertising"`},
		{calc.UnknownActivity, calc.Warning,
			func(s *scene) { s.claim().Activity = "" },
			func(s *scene) { s.claim().Activity, s.claim().Status = "", calc.ClaimExpired }, "does not say what it is for"},
		{calc.ActivityInOtherCategory, calc.Warning,
			func(s *scene) { s.claim().Category = "Partner Skilling" },
			func(s *scene) { s.claim().Activity = "Trade shows & expositions" }, "belongs to Demand Generation"},
		{calc.OverCap, calc.Error,
			func(s *scene) { s.claim().Activity, s.claim().Amount = "Customer offers", money("1250.01") },
			func(s *scene) { s.claim().Activity, s.claim().Amount = "Customer offers", money("1250") }, "at most 1,250.00 USD"},
		{calc.OverCap, calc.Error,
			func(s *scene) {
				s.second().Activity, s.claim().Activity, s.rows[1].Amount = "SPIFFs", "Internal incentives", money("250.01")
			},
			func(s *scene) {
				s.second().Activity, s.claim().Activity, s.rows[1].Amount = "SPIFFs", "Customer offers", money("250.01")
			},
			"with claim CL-2"},
		{calc.OverCap, calc.Warning,
			func(s *scene) { s.draft(); s.claim().Activity, s.claim().Amount = "Demo units", money("3000.01") },
			func(s *scene) { s.draft(); s.claim().Activity, s.claim().Amount = "Demo units", money("3000") }, "3,000.00 USD, whichever is greater"},
		{calc.FundOverdrawn, calc.Error,
			func(s *scene) { s.claim().Amount = money("5000.01") },
			func(s *scene) { s.claim().Amount = money("5000") }, "overdrawn by 0.01"},
		{calc.FundOverplanned, calc.Warning,
			func(s *scene) { s.second().Status, s.rows[1].Amount = calc.ClaimEditing, money("4000.01") },
			func(s *scene) { s.second().Status, s.rows[1].Amount = calc.ClaimEditing, money("4000") }, "lower a draft by 0.01"},
		{calc.FundNotClaimable, calc.Error,
			func(s *scene) { s.earned = []file{export("a", coop("1", "2019-06-30", "4000"))} },
			func(s *scene) { s.earned = []file{export("a", coop("1", "2019-06-30", "4000.01"))} }, "paid automatically and cannot be claimed"},
		{calc.FundNotClaimable, calc.Error,
			func(s *scene) { s.earned = []file{export("a", coop("1", "2019-06-30", "-0.01"))} },
			func(s *scene) {
				s.earned = []file{export("a", coop("1", "2019-06-30", "-0.01"))}
				s.claim().Status = calc.ClaimRejected
			}, "negative, −0.01 USD"},
		{calc.FundNotClaimable, calc.Info,
			func(s *scene) { s.draft(); s.asOf = "2019-06-30" },
			func(s *scene) { s.draft(); s.asOf = "2019-07-01" }, "still accrues; it can be claimed from 1 Jul 2019 on"},
		{calc.FundRestatedBelowThreshold, calc.Error,
			func(s *scene) { s.restate("5000", "3900") },
			func(s *scene) { s.restate("4000", "3900") }, "restated from 5,000.00 USD to 3,900.00 USD"},
		{calc.FundRestatedBelowThreshold, calc.Error,
			func(s *scene) { s.adjust("-1000") },
			func(s *scene) { s.adjust("-999.99") }, "ask Microsoft"},
		{calc.PartnerActionRequired, calc.Warning,
			func(s *scene) { s.claim().Status = calc.ClaimActionRequired },
			func(s *scene) { s.claim().Resubmitted = day("2019-10-02") }, "resubmit it by 14 Feb 2020"},
		{calc.PartnerActionRequired, calc.Warning,
			func(s *scene) { s.claim().Status, s.asOf = calc.ClaimActionRequired, "2020-02-15" },
			func(s *scene) { s.claim().Resubmitted, s.asOf = day("2020-02-10"), "2020-02-15" }, "14 Feb 2020, the last day to answer Microsoft, has passed"},
		{calc.DisputeWaiting, calc.Info,
			func(s *scene) { s.claim().Status, s.asOf = calc.ClaimDisputed, "2019-10-08" },
			func(s *scene) { s.asOf = "2019-10-08" }, "a decision is due"},
		{calc.DisputeWaiting, calc.Warning,
			func(s *scene) { s.claim().Status, s.asOf = calc.ClaimDisputed, "2019-10-09" },
			func(s *scene) { s.claim().Status, s.asOf = calc.ClaimPaid, "2019-10-09" }, "6 business days"},
		{calc.ReviewOverdue, calc.Warning,
			func(s *scene) { s.asOf = "2019-10-04" },
			func(s *scene) { s.asOf, s.claim().Resubmitted = "2019-10-04", day("2019-10-02") }, "since 1 Oct 2019, 3 business days"},
		{calc.ReviewOverdue, calc.Warning,
			func(s *scene) { s.claim().Submitted, s.asOf = day("2019-10-04"), "2019-10-09" },
			func(s *scene) { s.claim().Submitted, s.asOf = day("2019-10-04"), "2019-10-08" }, "3 business days"},
		{calc.PaymentOverdue, calc.Warning,
			func(s *scene) { s.approve(); s.asOf = "2019-12-04" },
			func(s *scene) { s.approve(); s.asOf = "2019-12-03" }, "46 business days"},
		{calc.ApprovedAboveClaim, calc.Error,
			func(s *scene) { s.approve(); s.claim().Approved = maybe("100000.00") },
			func(s *scene) { s.approve(); s.claim().Approved = maybe("1000.00") }, "100,000.00 USD, more than the 1,000.00 USD that was claimed"},
		{calc.PaidAmountDiffers, calc.Warning,
			func(s *scene) { s.approve(); s.claim().PaidAmount = maybe("899.99") },
			func(s *scene) { s.approve(); s.claim().PaidAmount = maybe("900.00") }, "difference −0.01"},
		{calc.PaidAmountDiffers, calc.Warning,
			func(s *scene) { s.approve(); s.claim().PaidAmount = maybe("810") },
			func(s *scene) { s.approve(); s.claim().PaidAmount, s.claim().PaidCurrency = maybe("810"), "EUR" }, "900.00 USD was approved"},
		{calc.ClaimRejectedCode, calc.Warning,
			func(s *scene) { s.claim().Status = calc.ClaimRejected; s.asOf = "2020-02-14" },
			func(s *scene) { s.claim().Status = calc.ClaimRejected; s.asOf = "2020-02-15" }, "its money is free again"},
		{calc.RejectedForfeits, calc.Warning,
			func(s *scene) { s.reject("2020-02-15") },
			func(s *scene) { s.reject("2020-02-14") }, "adds 1,000.00 USD to what is forfeited"},
		{calc.RegisterStale, calc.Warning,
			func(s *scene) { s.asOf = "2019-10-04" },
			func(s *scene) { s.asOf = "2019-10-04"; s.second().LastActivity = day("2019-10-02") }, "3 business days ago; claim CL-1, which has the status \"In review\","},
		{calc.RegisterStale, calc.Warning,
			func(s *scene) { s.approve(); s.asOf = "2019-12-04" },
			func(s *scene) { s.draft(); s.asOf = "2019-12-04" }, "such claims: 1"},
		{calc.ClaimPaymentUnmatched, calc.Warning,
			func(s *scene) { s.earned = append(s.earned, export("b", paidFor("CL-9", "10"))) },
			func(s *scene) { s.earned = append(s.earned, export("b", paidFor("CL-1", "10"))) }, "10.00 USD was paid for claim CL-9"},
		{calc.ClaimPaymentDiffers, calc.Warning,
			func(s *scene) { s.approve(); s.earned = append(s.earned, export("b", paidFor("CL-1", "899.99"))) },
			func(s *scene) { s.approve(); s.earned = append(s.earned, export("b", paidFor("CL-1", "900"))) }, "difference −0.01"},
		{calc.ClaimPaymentDiffers, calc.Warning,
			func(s *scene) { s.earned = append(s.earned, export("b", paidFor("CL-1", "1000"))) },
			func(s *scene) {
				s.earned = append(s.earned, export("b", paidFor("CL-1", "1000")))
				s.policy.ClaimRows = calc.ClaimRowsEarn
			}, `the register has it as "In review"`},
	} {
		t.Run(c.says, func(t *testing.T) {
			near, hit := newScene(), newScene()
			c.nears(near)
			for _, message := range messages(near.calculate(t).Findings, c.code) {
				t.Errorf("%s nearly, but: %s", c.code, message)
			}
			c.triggers(hit)
			var found []calc.Finding
			for _, f := range hit.calculate(t).Findings {
				if f.Code() == c.code {
					found = append(found, f)
				}
			}
			if len(found) != 1 || found[0].Severity() != c.severity || !strings.Contains(found[0].Message(), c.says) || found[0].Place().File == "" {
				t.Errorf("%s: %v, want one %s that says %q", c.code, found, c.severity, c.says)
			}
		})
	}
}

// restate has the fund's earning twice: once as it was calculated in July and
// once as in August.
func (s *scene) restate(before, after string) {
	first, then := coop("1", "2019-06-30", before), coop("1", "2019-06-30", after)
	first.calculated, then.calculated = "2019-07-05", "2019-08-05"
	s.earned = []file{export("a", first), export("b", then)}
}

// adjust adds an adjustment of the fund's earning, 5,000.00 USD.
func (s *scene) adjust(amount string) {
	l := coop("2", "2019-06-30", amount)
	l.reason = "Adjustment"
	s.earned = append(s.earned, export("b", l))
}

// approve has 900.00 USD of the claim approved on 1 October.
func (s *scene) approve() {
	c := s.claim()
	c.Status, c.Approved, c.ApprovedOn = calc.ClaimApproved, maybe("900"), day("2019-10-01")
}

// reject rejects the claim on a day, seen from later.
func (s *scene) reject(date string) {
	s.claim().Status, s.claim().LastActivity, s.asOf = calc.ClaimRejected, day(date), "2020-03-02"
}

// Sheets without ids are restated as a whole, whatever the order of arrival.
func TestFundRestatedByASheet(t *testing.T) {
	for _, c := range []struct {
		before string
		want   int
	}{{"4000.01", 1}, {"4000", 0}} {
		s := newScene()
		first, then := coop("", "2019-06-30", c.before), coop("", "2019-06-30", "3000")
		first.calculated, then.calculated = "2019-07-05", "2019-08-05"
		s.earned = []file{export("b", then), export("a", first)}
		if got := findings(s.calculate(t), calc.FundRestatedBelowThreshold); got != c.want {
			t.Errorf("from %s: %d findings, want %d", c.before, got, c.want)
		}
	}
}

// A cap in USD is taken to a fund in EUR at the rate of the fund's earnings,
// here 1.25.
func TestCapInAFundsCurrency(t *testing.T) {
	for amount, want := range map[string]int{"15000.00": 0, "15000.01": 1} {
		s := newScene()
		earned := coop("1", "2019-06-30", "20000")
		earned.currency, earned.usd = "EUR", "25000"
		s.earned = []file{export("a", earned)}
		c := s.claim()
		c.Activity, c.Currency, c.Amount, c.Invoice = "Microsoft syndicated content", "EUR", money(amount), nil
		if got := messages(s.calculate(t).Findings, calc.OverCap); len(got) != want {
			t.Errorf("%s EUR: %q", amount, got)
		}
	}
}

func TestRejectedClaimInAnotherCurrency(t *testing.T) {
	s := newScene()
	s.reject("2020-02-20")
	s.claim().Currency, s.claim().Invoice = "EUR", nil
	if r := s.calculate(t); findings(r, calc.ClaimCurrency) != 1 || findings(r, calc.RejectedForfeits) != 0 {
		t.Errorf("without a rate: %v", r.Findings)
	}
	s.policy.Rates = calc.Rates{{From: "EUR", To: "USD", Value: money("1.1")}}
	if got := messages(s.calculate(t).Findings, calc.RejectedForfeits); len(got) != 1 || !strings.Contains(got[0], "1,000.00 EUR") || !strings.Contains(got[0], "adds 1,100.00 USD") {
		t.Errorf("at 1.10: %q", got)
	}
}

// What a check says before a register is received is what a run finds after it,
// and the register that is in force is ignored.
func TestCheckRegister(t *testing.T) {
	s := newScene()
	s.rows[0].Amount, s.rows[0].Proof = money("6000"), nil
	in := s.input()
	before := newScene().register()
	in.Sources = append(in.Sources, before)
	register := s.register()
	register.File, register.Receipt = "next.xlsx", 0
	found, err := reconcile.CheckRegister(in, register)
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range []calc.Code{calc.FundOverdrawn, calc.InvoicesBelowClaim, calc.NoProof} {
		if len(messages(found, code)) != 1 {
			t.Errorf("%d findings of %s", len(messages(found, code)), code)
		}
	}
	if len(found) != 3 || found[0].Severity() != calc.Error || found[0].Place().File != "next.xlsx" || register.Receipt != 0 || len(in.Sources) != 2 {
		t.Errorf("found %v", found)
	}
	received := calculateInput(t, in)
	if b := onlyBalance(t, received); findings(received, calc.FundOverdrawn) != 0 || nullText(b.Claimed) != "1000.00" {
		t.Errorf("after the check the archive claims %s", nullText(b.Claimed))
	}
}
