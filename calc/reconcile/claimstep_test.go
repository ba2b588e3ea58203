package reconcile_test

import (
	"strings"
	"testing"

	"cspcoop/calc"
)

func TestNextStepAndAge(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*scene)
		step   calc.StepAction
		by     string
		since  string
		age    int
	}{
		{"in review", func(*scene) {}, calc.StepLookUp, "2019-10-03", "2019-10-01", 2},
		{"over a weekend", func(s *scene) { s.claim().Submitted, s.asOf = day("2019-10-04"), "2019-10-06" }, calc.StepLookUp, "2019-10-08", "2019-10-04", 0},
		{"in review for long", func(s *scene) { s.asOf = "2019-10-04" }, calc.StepAsk, "", "2019-10-01", 3},
		{"in review since nobody knows", func(s *scene) { s.claim().Submitted, s.claim().LastActivity = calc.Date{}, calc.Date{} }, calc.StepLookUp, "", "", 0},
		{"draft", func(s *scene) { s.draft() }, calc.StepSubmit, "2020-02-14", "2019-10-01", 2},
		{"draft without proof", func(s *scene) { s.draft(); s.claim().Proof = nil }, calc.StepComplete, "2020-02-14", "2019-10-01", 2},
		{"draft of an accruing fund", func(s *scene) { s.draft(); s.claim().LastActivity, s.asOf = calc.Date{}, "2019-06-30" }, calc.StepWait, "2019-07-01", "", 0},
		{"draft of a fund that is paid", func(s *scene) { s.draft(); s.earned[0].rows[0].usd = "4000" }, calc.StepDiscard, "", "2019-10-01", 2},
		{"draft after the last day", func(s *scene) { s.draft(); s.asOf = "2020-02-17" }, calc.StepNone, "", "2020-02-15", 1},
		{"action required", func(s *scene) { s.claim().Status, s.claim().LastActivity = calc.ClaimActionRequired, day("2019-10-02") }, calc.StepAnswer, "2020-02-14", "2019-10-02", 1},
		{"action required after the last day", func(s *scene) { s.claim().Status, s.asOf = calc.ClaimActionRequired, "2020-02-28" }, calc.StepAskLate, "2020-02-14", "2019-10-01", 108},
		{"disputed", func(s *scene) { s.claim().Status = calc.ClaimDisputed }, calc.StepLookUp, "2019-10-08", "2019-10-01", 2},
		{"approved", func(s *scene) { s.approve() }, calc.StepExpectPayment, "2019-12-03", "2019-10-01", 2},
		{"paid", func(s *scene) { s.claim().Status, s.claim().PaidOn = calc.ClaimPaid, day("2019-10-02") }, calc.StepNone, "", "2019-10-02", 1},
		{"rejected", func(s *scene) { s.claim().Status = calc.ClaimRejected }, calc.StepResubmit, "2020-02-14", "2019-10-01", 2},
		{"rejected and closed", func(s *scene) { s.reject("2020-02-28") }, calc.StepNone, "", "2020-02-28", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScene()
			c.change(s)
			claim := s.calculate(t).Claims[0]
			if claim.NextStep != (calc.Step{Action: c.step, By: day(c.by)}) || claim.Since.String() != c.since || claim.Age != c.age {
				t.Errorf("%s: %s by %s, since %s, age %d; want %s by %s, since %s, age %d", c.name,
					claim.NextStep.Action, claim.NextStep.By, claim.Since, claim.Age, c.step, c.by, c.since, c.age)
			}
		})
	}
}

func TestAmountsByState(t *testing.T) {
	s := newScene()
	earned := coop("1", "2019-06-30", "10000")
	earned.currency, earned.usd = "EUR", "11000"
	s.earned = []file{export("a", earned)}
	s.rows = nil
	for i, status := range []calc.ClaimStatus{calc.ClaimEditing, calc.ClaimInReview, calc.ClaimInReview, calc.ClaimActionRequired, calc.ClaimApproved, calc.ClaimPaid, calc.ClaimRejected} {
		row := goodClaim(strings.Repeat("x", i+1))
		row.Status, row.Currency, row.Amount, row.Approved = status, "EUR", money("100"), maybe("90")
		s.rows = append(s.rows, row)
	}
	b := onlyBalance(t, s.calculate(t))
	want := map[calc.ClaimStatus][2]string{
		calc.ClaimEditing: {"100.00", "110.00"}, calc.ClaimInReview: {"200.00", "220.00"}, calc.ClaimActionRequired: {"100.00", "110.00"},
		calc.ClaimApproved: {"90.00", "99.00"}, calc.ClaimPaid: {"90.00", "99.00"},
	}
	claims := 0
	for status, amount := range b.ByState {
		w, reserved := want[calc.ClaimStatus(status)]
		if !reserved {
			w = [2]string{"0.00", "0.00"}
		}
		if amount.Fund.StringFixed(2) != w[0] || amount.USD.StringFixed(2) != w[1] {
			t.Errorf("%s: %s EUR, %s USD, want %v", calc.ClaimStatus(status), amount.Fund, amount.USD, w)
		}
		claims += amount.Claims
	}
	if claims != len(s.rows) {
		t.Errorf("%d claims, want %d", claims, len(s.rows))
	}
}
