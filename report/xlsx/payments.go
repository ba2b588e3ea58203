package xlsx

import (
	"slices"

	"cspcoop/calc"
	"cspcoop/report/wording"

	"github.com/shopspring/decimal"
)

// paymentsOf gives the payments of statements, then the stray ones.
func paymentsOf(statements []*calc.Statement, stray []*calc.PaymentMatch) []*calc.PaymentMatch {
	var list []*calc.PaymentMatch
	for _, s := range statements {
		list = append(list, s.Payments...)
	}
	return append(list, stray...)
}

func payee(m *calc.PaymentMatch) owner { return owner{m.Participant, m.Program} }

// matchMarks mark payments without their counterpart, and those that differ.
func matchMarks(w *wording.Words) []mark {
	return wordMarks(
		[]string{w.Match(calc.MatchWithoutEarnings), w.Match(calc.MatchMissing), w.Match(calc.MatchFailed)},
		[]string{w.Match(calc.MatchDiffers)})
}

// addPayments writes every payment against the earnings that carry its id.
func addPayments(b *book, statements []*calc.Statement, stray []*calc.PaymentMatch) error {
	rows := paymentsOf(statements, stray)
	if len(rows) == 0 {
		return nil
	}
	w := b.words
	figure := func(head string, of func(*calc.PaymentMatch) decimal.Decimal) column[*calc.PaymentMatch] {
		return column[*calc.PaymentMatch]{head: head, kind: exact, cell: func(m *calc.PaymentMatch) value {
			if m.Currency == "" {
				return value{}
			}
			return unrounded(of(m))
		}}
	}
	told := func(head string, of func(*calc.PaymentMatch) decimal.Decimal) column[*calc.PaymentMatch] {
		return column[*calc.PaymentMatch]{head: head, kind: money, optional: true, screen: true, cell: func(m *calc.PaymentMatch) value { return nonZero(of(m)) }}
	}
	return addTable(b, table[*calc.PaymentMatch]{
		sheet: w.T("Payments"),
		title: w.T("Payments against the earnings that carry their id"),
		rows:  rows,
		columns: owned(b, payee,
			column[*calc.PaymentMatch]{head: w.T("Date"), kind: day, cell: func(m *calc.PaymentMatch) value { return date(m.Date) }},
			column[*calc.PaymentMatch]{head: w.T("Payment id"), widest: 16, cell: func(m *calc.PaymentMatch) value { return text(m.ID) }},
			column[*calc.PaymentMatch]{head: w.T("Result"), widest: 20, marks: matchMarks(w), cell: func(m *calc.PaymentMatch) value { return text(w.Match(m.State)) }},
			column[*calc.PaymentMatch]{head: w.T("Currency"), cell: func(m *calc.PaymentMatch) value { return text(m.Currency) }},
			figure(w.T("Paid before tax"), func(m *calc.PaymentMatch) decimal.Decimal { return m.Paid }),
			figure(w.T("Earned"), func(m *calc.PaymentMatch) decimal.Decimal { return m.Earned }),
			figure(w.T("Difference"), func(m *calc.PaymentMatch) decimal.Decimal { return m.Difference }),
			column[*calc.PaymentMatch]{head: w.T("Earnings"), kind: count, cell: func(m *calc.PaymentMatch) value { return number(len(m.Rows)) }},
			column[*calc.PaymentMatch]{head: w.T("Status"), widest: 14, optional: true, cell: func(m *calc.PaymentMatch) value { return text(m.Status) }},
			column[*calc.PaymentMatch]{head: w.T("Payments report"), widest: 30, optional: true, cell: func(m *calc.PaymentMatch) value { return text(w.Where(m.Place)) }},
			column[*calc.PaymentMatch]{head: w.T("Explained by rounding"), kind: exact, optional: true, screen: true, cell: func(m *calc.PaymentMatch) value {
				if m.Tolerance.IsZero() {
					return value{}
				}
				return unrounded(m.Tolerance)
			}},
			column[*calc.PaymentMatch]{head: w.T("Explained by tax"), optional: true, screen: true, cell: func(m *calc.PaymentMatch) value { return text(m.Tax) }},
			column[*calc.PaymentMatch]{head: w.T("Earnings were paid in"), optional: true, screen: true, cell: func(m *calc.PaymentMatch) value { return text(m.OtherPay) }},
			column[*calc.PaymentMatch]{head: w.T("Paid in"), optional: true, screen: true, cell: func(m *calc.PaymentMatch) value { return text(m.PayCurrency) }},
			told(w.T("Sales tax"), func(m *calc.PaymentMatch) decimal.Decimal { return m.SalesTax }),
			told(w.T("Withheld tax"), func(m *calc.PaymentMatch) decimal.Decimal { return m.WithheldTax }),
			told(w.T("Service fee tax"), func(m *calc.PaymentMatch) decimal.Decimal { return m.ServiceFeeTax }),
			told(w.T("Total payment"), func(m *calc.PaymentMatch) decimal.Decimal { return m.Total }),
			told(w.T("Total differs by"), func(m *calc.PaymentMatch) decimal.Decimal { return m.TotalDiffers }),
			column[*calc.PaymentMatch]{head: w.T("Reference"), optional: true, screen: true, cell: func(m *calc.PaymentMatch) value { return text(m.Reference) }},
			column[*calc.PaymentMatch]{head: w.T("Why"), optional: true, screen: true, cell: func(m *calc.PaymentMatch) value { return text(m.StatusText) }},
		),
		notes: []string{w.T("Amounts are compared in the payment's currency where the earnings have it too, else in USD.")},
	})
}

// looseRow is an earning or payment without its counterpart.
type looseRow struct {
	owner
	what     string
	payment  string
	date     calc.Date
	earning  *calc.Earning // nil for a payment
	days     value         // since the end of its month; empty where it does not matter
	currency string
	amount   decimal.Decimal
	place    calc.Place
}

// addUnmatched lists payments without earnings, earnings without their payment,
// and rebate that waits for one.
func addUnmatched(b *book, statements []*calc.Statement, stray []*calc.PaymentMatch) error {
	w := b.words
	var rows []looseRow
	listed := map[*calc.Earning]bool{}
	for _, m := range paymentsOf(statements, stray) {
		switch m.State {
		case calc.MatchWithoutEarnings, calc.MatchMissing, calc.MatchFailed:
			rows = append(rows, looseEnds(b, m)...)
			for _, e := range m.Rows {
				listed[e] = true
			}
		case calc.MatchUnchecked, calc.MatchAgrees, calc.MatchTaxed, calc.MatchDiffers, calc.MatchLater:
		}
	}
	var notes []string
	for _, s := range statements {
		for _, e := range s.Unpaid.Rows {
			if !listed[e] {
				row := loose(owner{s.Participant, s.Program}, w.T("Rebate not yet paid"), e)
				row.days = number(max(0, e.Date.Month().Last().DaysUntil(b.asOf)))
				rows = append(rows, row)
			}
		}
		if !b.portfolio && !s.Unpaid.Total.IsZero() {
			notes = append(notes, ageNote(w, &s.Unpaid))
		}
	}
	if len(rows) == 0 {
		return nil
	}
	ofEarning := func(cell func(*calc.Earning) value) func(looseRow) value {
		return func(x looseRow) value {
			if x.earning == nil {
				return value{}
			}
			return cell(x.earning)
		}
	}
	return addTable(b, table[looseRow]{
		sheet: w.T("Unmatched"),
		title: w.T("Payments without earnings, and earnings without their payment"),
		rows:  rows,
		columns: owned(b, func(x looseRow) owner { return x.owner },
			column[looseRow]{head: w.T("What"), widest: 22, marks: matchMarks(w), cell: func(x looseRow) value { return text(x.what) }},
			column[looseRow]{head: w.T("Payment id"), widest: 16, optional: true, cell: func(x looseRow) value { return text(x.payment) }},
			column[looseRow]{head: w.T("Date"), kind: day, cell: func(x looseRow) value { return date(x.date) }},
			column[looseRow]{head: w.T("Days since its month"), kind: count, optional: true, cell: func(x looseRow) value { return x.days }},
			column[looseRow]{head: w.T("Earning id"), widest: 16, optional: true, cell: ofEarning(func(e *calc.Earning) value { return text(e.ID) })},
			column[looseRow]{head: w.T("Class"), optional: true, cell: ofEarning(func(e *calc.Earning) value { return text(w.Class(e)) })},
			column[looseRow]{head: w.T("Amount"), kind: exact, cell: func(x looseRow) value { return unrounded(x.amount) }},
			column[looseRow]{head: w.T("Currency"), cell: func(x looseRow) value { return text(x.currency) }},
			column[looseRow]{head: w.T("Earned (USD)"), kind: exact, total: true, optional: true, cell: ofEarning(func(e *calc.Earning) value { return unrounded(e.USD.Decimal()) })},
			column[looseRow]{head: w.T("Payment status"), widest: 16, optional: true, cell: ofEarning(func(e *calc.Earning) value { return text(e.PaymentStatus) })},
			column[looseRow]{head: w.T("Where"), widest: 30, optional: true, cell: func(x looseRow) value { return text(w.Where(x.place)) }},
		),
		notes: notes,
	})
}

// looseEnds lists what a payment without its counterpart leaves: its earnings,
// or the payment itself where none carries its id.
func looseEnds(b *book, m *calc.PaymentMatch) []looseRow {
	what := b.words.Match(m.State)
	if len(m.Rows) == 0 {
		return []looseRow{{owner: payee(m), what: what, payment: m.ID, date: m.Date, currency: m.PayCurrency, amount: m.Paid, place: m.Place}}
	}
	var rows []looseRow
	for _, e := range m.Rows {
		rows = append(rows, loose(payee(m), what, e))
	}
	return rows
}

func loose(of owner, what string, e *calc.Earning) looseRow {
	return looseRow{owner: of, what: what, payment: e.PaymentID, date: e.Date, earning: e, currency: e.Currency, amount: e.Amount.Decimal(), place: e.Place()}
}

// ageNote tells unpaid rebate by age.
func ageNote(w *wording.Words, a *calc.Ageing) string {
	var amounts []any
	for _, sum := range a.Buckets {
		amounts = append(amounts, w.Amount(sum, "USD"))
	}
	amounts = slices.Insert(amounts, 0, any(w.Amount(a.Total, "USD")))
	return w.T("%s of rebate is unpaid: %s for up to 30 days after its month, %s for up to 60, %s for up to 90, %s for longer.", amounts...)
}
