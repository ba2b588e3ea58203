package table

import (
	"slices"

	"cspcoop/calc"
	"cspcoop/calc/lists"

	"github.com/shopspring/decimal"
)

// match names how a payment and its earnings agree, and marks what does not.
func (t *Tables) match(s calc.MatchState) Value {
	v := Text(t.Match(s))
	switch s {
	case calc.MatchWithoutEarnings, calc.MatchMissing, calc.MatchFailed:
		return v.In(Alarming)
	case calc.MatchDiffers:
		return v.In(Doubtful)
	case calc.MatchUnchecked, calc.MatchAgrees, calc.MatchTaxed, calc.MatchLater:
	}
	return v
}

// Payments lists every payment beside the earnings that carry its id.
func (t *Tables) Payments() Table {
	type payment = *calc.PaymentMatch
	compared := func(head string, of func(payment) decimal.Decimal) Column[payment] {
		return Column[payment]{Head: head, Cell: func(m payment) Value { return Exact(of(m)).If(m.Currency != "") }}
	}
	reported := func(head string, of func(payment) decimal.Decimal) Column[payment] {
		return Column[payment]{Head: head, In: Screen, Cell: func(m payment) Value { return NonZero(of(m)) }}
	}
	words := func(head string, in Where, of func(payment) string) Column[payment] {
		return Column[payment]{Head: head, In: in, Widest: 30, Cell: func(m payment) Value { return Text(of(m)) }}
	}
	rows := lists.Payments(t.statements(), t.stray())
	if t.in == Paper { // the text counts those that match, and the workbook lists them
		rows = lists.Unequal(rows)
	}
	table := Of(t.in, rows, join(owned(t, func(m payment) (string, string) { return m.Participant, m.Program },
		Column[payment]{Head: t.T("Date"), Cell: func(m payment) Value { return Date(m.Date) }},
		Column[payment]{Head: t.T("Payment id"), Widest: 16, Cell: func(m payment) Value { return Text(m.ID) }},
		Column[payment]{Head: t.T("Result"), Widest: 20, Cell: func(m payment) Value { return t.match(m.State) }},
		words(t.T("Currency"), 0, func(m payment) string { return m.Currency }),
		compared(t.T("Paid before tax"), func(m payment) decimal.Decimal { return m.Paid }),
		compared(t.T("Earned"), func(m payment) decimal.Decimal { return m.Earned }),
		compared(t.T("Difference"), func(m payment) decimal.Decimal { return m.Difference }),
		Column[payment]{Head: t.T("Earnings"), In: Sheet, Cell: func(m payment) Value { return Count(len(m.Rows)) }},
		words(t.T("Status"), Sheet, func(m payment) string { return m.Status }),
		words(t.T("Payments report"), Sheet, func(m payment) string { return t.Where(m.Place) }),
		Column[payment]{Head: t.T("Explained by rounding"), In: Screen, Cell: func(m payment) Value { return Exact(m.Tolerance).If(!m.Tolerance.IsZero()) }},
		words(t.T("Explained by tax"), Screen, func(m payment) string { return m.Tax }),
		words(t.T("Earnings were paid in"), Screen, func(m payment) string { return m.OtherPay }),
		words(t.T("Paid in"), Screen, func(m payment) string { return m.PayCurrency }),
		reported(t.T("Sales tax"), func(m payment) decimal.Decimal { return m.SalesTax }),
		reported(t.T("Withheld tax"), func(m payment) decimal.Decimal { return m.WithheldTax }),
		reported(t.T("Service fee tax"), func(m payment) decimal.Decimal { return m.ServiceFeeTax }),
		reported(t.T("Total payment"), func(m payment) decimal.Decimal { return m.Total }),
		reported(t.T("Total differs by"), func(m payment) decimal.Decimal { return m.TotalDiffers }),
		words(t.T("Reference"), Screen, func(m payment) string { return m.Reference }),
		words(t.T("Why"), Screen, func(m payment) string { return m.StatusText }),
	), leadLine(t, "", func(m payment) int { return t.lead().PaymentLine(m) }))...)
	table.Name, table.Sheet, table.Title = "payments", t.T("Payments"), t.T("Payments beside the earnings that carry their id")
	table.Notes = []string{t.T("Amounts are compared in the payment's currency where the earnings have it too, else in USD.")}
	return table
}

// Unmatched lists earnings and payments without their counterpart.
func (t *Tables) Unmatched() Table {
	type loose = lists.Loose
	ofEarning := func(cell func(calc.Earning) Value) func(loose) Value {
		return where(func(x loose) bool { return !x.Earning.IsZero() }, func(x loose) Value { return cell(x.Earning) })
	}
	either := func(payment func(*calc.PaymentMatch) Value, earning func(calc.Earning) Value) func(loose) Value {
		return func(x loose) Value {
			if x.Earning.IsZero() {
				return payment(x.Match)
			}
			return earning(x.Earning)
		}
	}
	table := Of(t.in, lists.Unmatched(t.result.AsOf, t.statements(), t.stray()), owned(t, func(x loose) (string, string) { return x.Participant, x.Program },
		Column[loose]{Head: t.T("What"), Widest: 22, Cell: func(x loose) Value {
			if x.Match == nil {
				return Text(t.T("Rebate not yet paid"))
			}
			return t.match(x.Match.State)
		}},
		Column[loose]{Head: t.T("Payment id"), Widest: 16, Cell: either(func(m *calc.PaymentMatch) Value { return Text(m.ID) }, func(e calc.Earning) Value { return Text(e.PaymentID()) })},
		Column[loose]{Head: t.T("Date"), Cell: either(func(m *calc.PaymentMatch) Value { return Date(m.Date) }, func(e calc.Earning) Value { return Date(e.Date()) })},
		Column[loose]{Head: t.T("Days since its month"), Cell: func(x loose) Value { return Count(x.Days).If(x.Match == nil) }},
		Column[loose]{Head: t.T("Earning id"), Widest: 16, Cell: ofEarning(func(e calc.Earning) Value { return Text(e.ID()) })},
		Column[loose]{Head: t.T("Class"), Cell: ofEarning(func(e calc.Earning) Value { return Text(t.Class(e)) })},
		Column[loose]{Head: t.T("Amount"), Cell: either(func(m *calc.PaymentMatch) Value { return Exact(m.Paid) }, func(e calc.Earning) Value { return Figure(e.Amount()) })},
		Column[loose]{Head: t.T("Currency"), Cell: either(func(m *calc.PaymentMatch) Value { return Text(m.PayCurrency) }, func(e calc.Earning) Value { return Text(e.Currency()) })},
		Column[loose]{Head: t.T("Earned (USD)"), Total: true, Cell: ofEarning(func(e calc.Earning) Value { return Figure(e.USD()) })},
		Column[loose]{Head: t.T("Payment status"), Widest: 16, Cell: ofEarning(func(e calc.Earning) Value { return Text(e.Status()) })},
		Column[loose]{Head: t.T("Where"), Widest: 30, Cell: either(func(m *calc.PaymentMatch) Value { return Text(t.Where(m.Place)) }, func(e calc.Earning) Value { return Text(t.Where(e.Place())) })},
	)...)
	table.Name, table.Sheet, table.Title = "unmatched", t.T("Unmatched"), t.T("Payments without earnings, and earnings without their payment")
	return table
}

// UnpaidBy sums what is not paid by its payment status, and says whose turn it
// is and what to do. Pages have it where something has to be done.
func (t *Tables) UnpaidBy() Table {
	rows := lists.StatusTotals(t.statements())
	if t.in == Paper && !slices.ContainsFunc(rows, func(x calc.StatusTotal) bool { return x.State.Code != "" }) {
		rows = nil
	}
	table := t.byStatus(rows)
	table.Name, table.Sheet, table.Title = "unpaid-by", t.T("Payment status"), t.T("Not paid, by payment status")
	return table
}

// UnpaidByPartner lists the same of each statement.
func (t *Tables) UnpaidByPartner() Table {
	table := t.byStatus(lists.UnpaidBy(t.statements()), owned(t, func(x calc.StatusTotal) (string, string) { return ownerOf(x.Statement) })...)
	table.Name, table.Sheet, table.Title = "unpaid-by-partner", t.T("Status by partner"), t.T("Not paid, by partner and payment status")
	return table
}

func (t *Tables) byStatus(rows []calc.StatusTotal, owner ...Column[calc.StatusTotal]) Table {
	type total = calc.StatusTotal
	return Of(t.in, rows, append(owner,
		Column[total]{Head: t.T("Payment status"), Widest: 16, Cell: func(x total) Value { return Text(x.State.String()) }},
		Column[total]{Head: t.T("Earnings"), Total: true, Cell: func(x total) Value { return Count(x.Earnings) }},
		Column[total]{Head: t.T("Amount (USD)"), Total: true, Cell: func(x total) Value {
			return Exact(x.USD).alarmIf(x.State.Money == calc.StatusLost)
		}},
		Column[total]{Head: t.T("Of it unpaid rebate (USD)"), Total: true, Cell: func(x total) Value { return Exact(x.Rebate) }},
		Column[total]{Head: t.T("The money"), Widest: 40, Cell: func(x total) Value { return Text(t.T(x.State.Meaning)) }},
		Column[total]{Head: t.T("What to do"), Widest: 50, Cell: func(x total) Value { return Text(t.Turn(x.State)) }},
	)...)
}

// Holds lists what is held and will be forfeited, by the day by which it has to
// be resolved.
func (t *Tables) Holds() Table {
	type hold = *calc.Hold
	var rows []hold
	for _, s := range t.statements() {
		for i := range s.Holds {
			rows = append(rows, &s.Holds[i])
		}
	}
	table := Of(t.in, rows, owned(t, func(h hold) (string, string) { return h.Statement.Participant, h.Statement.Program },
		Column[hold]{Head: t.T("Resolve by, at the latest"), Cell: func(h hold) Value { return Date(h.LastDay) }},
		Column[hold]{Head: t.T("Days left"), Cell: func(h hold) Value {
			if h.DaysLeft < 0 {
				return Text(t.T("lapsed")).In(Alarming)
			}
			return t.days(h.DaysLeft)
		}},
		Column[hold]{Head: t.T("Payment status"), Widest: 16, Cell: func(h hold) Value { return Text(h.State.String()) }},
		Column[hold]{Head: t.T("Earnings"), Total: true, Cell: func(h hold) Value { return Count(h.Earnings) }},
		Column[hold]{Head: t.T("Amount (USD)"), Total: true, Cell: func(h hold) Value { return Exact(h.USD()) }},
		Column[hold]{Head: t.T("Assumed to be held since"), Cell: func(h hold) Value { return Date(h.Since) }},
		Column[hold]{Head: t.T("By"), Widest: 30, Cell: func(h hold) Value {
			if h.Shown {
				return Text(t.T("last export without the hold"))
			}
			return Text(t.T("earning date"))
		}},
	)...)
	table.Name, table.Sheet, table.Title = "holds", t.T("Holds"), t.T("Held payments, which are forfeited when they are held too long")
	table.Notes = []string{t.T("When a hold began is in no export. The day is the earliest on which it can lapse.")}
	return table
}
