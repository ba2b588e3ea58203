package reconcile_test

import (
	"strings"
	"testing"

	"cspcoop/calc"
)

// Every documented reason code has its role, its meaning and a line of advice.
func TestEveryReasonCode(t *testing.T) {
	for _, c := range []struct {
		code    string
		role    calc.Reason
		meaning string
		advice  string
	}{
		{"AR Compliance", calc.Adjustment, "not paid in time", "due dates"},
		{"Ops Adjustment", calc.Adjustment, "by hand", "ask Microsoft"},
		{"Ops Adjustment Microsoft incorrect calc", calc.Adjustment, "calculation was wrong", "own calculation"},
		{"Ops Adjustment Microsoft incorrect enrollment", calc.Adjustment, "wrong enrollment", "check the enrollment"},
		{"Partner mapping (subscription) MCI/CSP", calc.Adjustment, "another partner", "assigned"},
		{"Policy Exception", calc.Adjustment, "exception", "consent"},
		{"Previous period earnings", calc.Adjustment, "earlier month", "month that they adjust"},
		{"Co-op rollover", calc.Rollover, "another period", "transfer"},
	} {
		t.Run(c.code, func(t *testing.T) {
			for _, code := range []string{c.code, strings.ToUpper(c.code), strings.ReplaceAll(c.code, " ", "  ")} {
				got := calc.ReasonCodeOf(code)
				if got == nil || got.Role != c.role || !strings.Contains(got.Meaning, c.meaning) || !strings.Contains(got.Advice, c.advice) || reasonOf(code, "Coop") != c.role {
					t.Errorf("%q: %+v", code, got)
				}
			}
		})
	}
	for _, code := range []string{"", "n/a", "Mystery", "Compliance"} {
		if got := calc.ReasonCodeOf(code); got != nil {
			t.Errorf("%q means %+v", code, got)
		}
	}
}
