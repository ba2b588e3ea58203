package reconcile_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// figures words a result as the oracle words its own.
func figures(r *calc.Result) oracleAccount {
	var out oracleAccount
	for _, s := range r.Statements {
		program := programOf(s.Program)
		for _, b := range s.Balances {
			out.balances = append(out.balances, balanceText(program, b))
		}
		for _, m := range s.Months {
			out.months = append(out.months, strings.Join([]string{s.Participant, program, m.Month.String(), m.Currency,
				m.Plain(calc.Rebate).StringFixed(2), m.Plain(calc.CoOp).StringFixed(2), m.Plain(calc.Other).StringFixed(2),
				m.USD(calc.Rebate).StringFixed(2), m.USD(calc.CoOp).StringFixed(2), m.USD(calc.Other).StringFixed(2)}, "|"))
		}
	}
	for _, c := range r.Claims {
		out.claims = append(out.claims, fmt.Sprint(c.ID, " ", squeeze(c.State.String()), " takes ", c.Taken.StringFixed(2), " plans ", c.Planned.StringFixed(2), " by ", c.Deadline))
	}
	for _, s := range r.Sources {
		out.accounts = append(out.accounts, fmt.Sprint(s.SHA256, " counted ", s.By[calc.Counted], " skipped ", s.By[calc.Skipped]))
	}
	for _, lines := range [][]string{out.balances, out.months, out.claims, out.accounts} {
		slices.Sort(lines)
	}
	t := r.Totals
	out.total = t.Rebate.Add(t.CoOp).Add(t.Other).Add(t.Transferred)
	return out
}

func balanceText(program string, b *calc.Balance) string {
	var left string
	if b.Window == calc.WindowOpen {
		left = fmt.Sprint(b.DaysLeft)
	}
	provisional := "no"
	if b.Provisional {
		provisional = "yes"
	}
	p := b.Period
	return strings.Join([]string{
		b.Statement.Participant, b.Statement.Name, program, p.String(), p.Start().String(), p.End().String(),
		p.UsageStart().String(), p.UsageEnd().String(), b.ClaimDeadline.String(), b.FundsExpire.String(),
		b.Rebate.StringFixed(2), b.CoOp.StringFixed(2), b.Other.StringFixed(2), b.Rule.Threshold.StringFixed(2),
		b.Decision.String(), b.Window.String(), left, b.FundCurrency, b.CoOpFund.StringFixed(2),
		nullText(b.Claimed), nullText(b.Planned), nullText(b.Remaining), nullText(b.Forfeited), provisional, b.ClaimsOpen.String(),
	}, "|")
}

func nullText(d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return d.Decimal.StringFixed(2)
}

// differ reports the lines in which two accounts differ.
func differ(t testing.TB, what string, got, want oracleAccount) {
	t.Helper()
	for _, part := range []struct {
		name      string
		got, want []string
	}{
		{"balances", got.balances, want.balances},
		{"months", got.months, want.months},
		{"claims", got.claims, want.claims},
		{"accounts", got.accounts, want.accounts},
	} {
		if slices.Equal(part.got, part.want) {
			continue
		}
		for _, line := range part.got {
			if !slices.Contains(part.want, line) {
				t.Errorf("%s: %s: got  %s", what, part.name, line)
			}
		}
		for _, line := range part.want {
			if !slices.Contains(part.got, line) {
				t.Errorf("%s: %s: want %s", what, part.name, line)
			}
		}
		if len(part.got) != len(part.want) {
			t.Errorf("%s: %s: %d lines, want %d", what, part.name, len(part.got), len(part.want))
		}
	}
	if !got.total.Equal(want.total) {
		t.Errorf("%s: figures hold %s USD, want %s", what, got.total, want.total)
	}
}
