package reconcile_test

import (
	"testing"
	"time"

	"cspcoop/calc"
	"cspcoop/calc/reconcile"
)

// A result that is made by hand, with as little as it can hold, answers or says
// what it lacks.
func TestHandmadeResult(t *testing.T) {
	period := calc.PeriodOf(calc.MustDate(2020, time.March, 31))
	s := &calc.Statement{Participant: "1", Program: "CSP Direct Bill Partner"}
	fund := &calc.Balance{Statement: s, Fund: calc.Fund{Period: period, FundCurrency: "EUR"}}
	next := &calc.Balance{Statement: s, Fund: calc.Fund{Period: period.Next(), FundCurrency: "EUR"}}
	s.Balances = []*calc.Balance{fund, next}
	for name, r := range map[string]*calc.Result{
		"empty":      {},
		"a fund":     {Statements: []*calc.Statement{s}},
		"a last set": {Statements: []*calc.Statement{s}, Last: &calc.LastSet{}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, figure := range append(reconcile.Figures(), "nonsense") {
				for _, month := range []calc.Month{{}, period.FirstMonth()} {
					x, err := reconcile.Explain(r, reconcile.Query{Participant: "1", Period: period, Month: month, Figure: figure})
					if err == nil && !x.Value.IsZero() {
						t.Errorf("%s is %s", figure, x.Value)
					}
				}
			}
			if rows := reconcile.Sample(r, 3, ""); len(rows) > 0 {
				t.Errorf("a sample of %d rows", len(rows))
			}
			for range r.Counted(s) {
				t.Error("it has a row")
			}
			if len(r.States())+len(r.Deadlines())+len(r.Calendar())+len(r.JournalTotals()) > 1 || !r.AtRiskUSD().IsZero() || r.NextDeadline() != nil {
				t.Error("it has figures")
			}
			for _, b := range calc.ByUrgency(r.Balances()) {
				if b.State().Net().IsPositive() {
					t.Errorf("%s holds something", b.Period)
				}
			}
			s.Lead()
		})
	}
}
