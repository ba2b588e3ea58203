package lists_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
	"cspcoop/calc/lists"
)

func money(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// openFund is a fund of 5,000 whose window is given, with a claim in every state.
func openFund(window calc.Window) *calc.Balance {
	b := &calc.Balance{Statement: &calc.Statement{}, Fund: calc.Fund{Decision: calc.ClaimRequired, Window: window, FundCurrency: "USD", CoOpFund: money("5000")}}
	add := func(state calc.ClaimStatus, taken, planned string, missing ...string) {
		b.Claims = append(b.Claims, &calc.Claim{State: state, Taken: money(taken), Planned: money(planned), Missing: missing})
	}
	add(calc.ClaimPaid, "1000", "0")
	add(calc.ClaimApproved, "800", "0")
	add(calc.ClaimInReview, "600", "0")
	add(calc.ClaimActionRequired, "50", "0", "invoice")
	add(calc.ClaimEditing, "0", "400")
	add(calc.ClaimEditing, "0", "200.50", "invoice")
	add(calc.ClaimRejected, "0", "0")
	add(calc.ClaimExpired, "0", "0")
	return b
}

func TestSeasonAddsUp(t *testing.T) {
	for _, window := range []calc.Window{calc.WindowOpen, calc.WindowUpcoming} {
		t.Run(window.String(), func(t *testing.T) {
			b := openFund(window)
			lines := lists.Season([]*calc.Balance{b})
			var sum decimal.Decimal
			for _, line := range lines {
				sum = sum.Add(line.Amount)
			}
			if len(lines) != 7 || !sum.Equal(b.CoOpFund) {
				t.Errorf("%d lines of %s, want 7 of %s", len(lines), sum, b.CoOpFund)
			}
			if last := lines[len(lines)-1]; last.Claim != nil || last.Amount.String() != "1949.5" {
				t.Errorf("the last line is %+v", last)
			}
			year := lists.YearEnd([]*calc.Balance{b})[0]
			unsupported, later := "2150", "0"
			if window == calc.WindowUpcoming {
				unsupported, later = "200.5", "1949.5"
			}
			for what, pair := range map[string][2]string{
				"approved": {year.Approved.String(), "800"}, "in review": {year.InReview.String(), "650"}, "documented": {year.Documented.String(), "400"},
				"unsupported": {year.Unsupported.String(), unsupported}, "not yet usable": {year.NotYetUsable.String(), later},
				"base": {year.AllowanceBase.String(), "3200"},
			} {
				if pair[0] != pair[1] {
					t.Errorf("%s is %s, want %s", what, pair[0], pair[1])
				}
			}
			if all := decimal.Sum(year.Approved, year.AllowanceBase, money("1000")); !all.Equal(b.CoOpFund) {
				t.Errorf("with what was paid it is %s", all)
			}
		})
	}
	t.Run("closed", func(t *testing.T) {
		if lines := lists.Season(lists.Open([]*calc.Balance{openFund(calc.WindowClosed)})); len(lines) != 0 {
			t.Errorf("%d lines", len(lines))
		}
		// Claims that are approved or not decided hold money after the window, too.
		b := openFund(calc.WindowClosed)
		b.Claims = b.Claims[:4] // drafts expire
		held := lists.Carried([]*calc.Balance{b})
		if len(held) != 1 {
			t.Fatalf("%d funds", len(held))
		}
		year := lists.YearEnd(held)[0]
		if year.Approved.String() != "800" || year.InReview.String() != "650" || !year.NotYetUsable.IsZero() || year.AllowanceBase.String() != "650" {
			t.Errorf("%+v", year)
		}
		b.Claims = b.Claims[:1]
		if held := lists.Carried([]*calc.Balance{b}); len(held) != 0 {
			t.Errorf("%d funds whose claims were paid", len(held))
		}
	})
}
