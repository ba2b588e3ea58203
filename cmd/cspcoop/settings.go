package main

import (
	"fmt"

	"cspcoop/report/runjson"
)

// settings lists the entries of the configuration that decide figures, for
// run.json.
func (w *workspace) settings() []runjson.Setting {
	c := w.config
	list := []runjson.Setting{
		{Name: "rule_set", Value: c.RuleSet},
		{Name: "default_currency", Value: c.DefaultCurrency},
		{Name: "default_participant", Value: c.DefaultParticipant},
		{Name: "default_program", Value: c.DefaultProgram},
		{Name: "decimal_mark", Value: c.DecimalMark},
		{Name: "date_order", Value: c.DateOrder},
		{Name: "accept_missing_final_newline", Value: fmt.Sprint(c.AcceptMissingFinalNewline)},
		{Name: "claims.rows", Value: c.Claims.Rows},
		{Name: "claims.review_days", Value: fmt.Sprint(c.Claims.ReviewDays)},
		{Name: "claims.paid_days", Value: fmt.Sprint(c.Claims.PaidDays)},
		{Name: "claims.warn_days", Value: fmt.Sprint(c.Claims.WarnDays)},
		{Name: "payments.late_days", Value: fmt.Sprint(c.Payments.LateDays)},
		{Name: "payments.hold_days", Value: fmt.Sprint(c.Payments.HoldDays)},
		{Name: "payments.minimum_payment", Value: c.Payments.MinimumPayment.String()},
	}
	list = append(list, c.Bank.settings()...)
	list = append(list, c.Journal.settings()...)
	for _, activity := range c.Activities {
		list = append(list, runjson.Setting{Name: "activities", Value: activity.Name})
	}
	for _, r := range w.policy.Rates {
		since := "always"
		if !r.First.IsZero() {
			since = "from " + r.First.String()
		}
		list = append(list, runjson.Setting{Name: "rates." + r.From + "/" + r.To, Value: r.Value.String() + " " + since})
	}
	return list
}
