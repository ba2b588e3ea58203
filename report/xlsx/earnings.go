package xlsx

import (
	"slices"

	"cspcoop/calc"
	"cspcoop/report/wording"
)

// addEarnings writes every counted earning with the row that it came from. More
// than a sheet holds goes on in the next one.
func addEarnings(b *book, s *calc.Statement) error {
	room := b.rows - headRow - 1 // and the row of totals
	chunks := slices.Collect(slices.Chunk(s.Earnings, room))
	if len(chunks) == 0 {
		chunks = [][]*calc.Earning{nil}
	}
	for i, rows := range chunks {
		sheet := b.words.T("Earnings")
		if i > 0 {
			sheet = b.words.T("Earnings %d", i+1)
		}
		if err := addTable(b, table[*calc.Earning]{
			sheet: sheet, title: b.words.T("Counted earnings, with the row that each came from"), rows: rows,
			columns: earningColumns(b.words),
		}); err != nil {
			return err
		}
	}
	return nil
}

func earningColumns(w *wording.Words) []column[*calc.Earning] {
	return []column[*calc.Earning]{
		{head: w.T("Date"), kind: day, cell: func(e *calc.Earning) value { return date(e.Date) }},
		{head: w.T("Earning id"), optional: true, cell: func(e *calc.Earning) value { return text(e.ID) }},
		{head: w.T("Class"), cell: classes(w)},
		{head: w.T("Amount"), kind: exact, cell: func(e *calc.Earning) value { return unrounded(e.Amount.Decimal()) }},
		{head: w.T("Currency"), cell: func(e *calc.Earning) value { return text(e.Currency) }},
		{head: w.T("Amount (USD)"), kind: exact, total: true, cell: func(e *calc.Earning) value { return unrounded(e.USD.Decimal()) }},
		{head: w.T("Payment status"), widest: 16, optional: true, cell: func(e *calc.Earning) value { return text(e.PaymentStatus) }},
		{head: w.T("File"), cell: func(e *calc.Earning) value { return text(e.Place().File) }},
		{head: w.T("Sheet"), optional: true, cell: func(e *calc.Earning) value { return text(e.Place().Sheet) }},
		{head: w.T("Row"), kind: count, cell: func(e *calc.Earning) value { return known(e.Place().Row) }},
		{head: w.T("Type as exported"), screen: true, cell: func(e *calc.Earning) value { return text(e.Type) }},
		{head: w.T("Program as exported"), screen: true, cell: func(e *calc.Earning) value { return text(e.Program) }},
		{head: w.T("Calculated"), screen: true, cell: func(e *calc.Earning) value { return text(e.Calculated.String()) }},
		{head: w.T("Lever"), optional: true, screen: true, cell: func(e *calc.Earning) value { return text(e.Lever) }},
		{head: w.T("Reason"), optional: true, screen: true, cell: func(e *calc.Earning) value { return text(e.ReasonCode) }},
		{head: w.T("Estimated payment"), optional: true, screen: true, cell: func(e *calc.Earning) value { return text(e.EstimatedMonth) }},
		{head: w.T("Payment id"), optional: true, screen: true, cell: func(e *calc.Earning) value { return text(e.PaymentID) }},
		{head: w.T("Claim id"), optional: true, screen: true, cell: func(e *calc.Earning) value { return text(e.ClaimID) }},
		detail(w.T("Customer"), func(d *calc.Detail) string { return d.Customer }),
		detail(w.T("Product"), func(d *calc.Detail) string { return d.Product }),
		detail(w.T("Subscription"), func(d *calc.Detail) string { return d.Subscription }),
		detail(w.T("Invoice"), func(d *calc.Detail) string { return d.Invoice }),
		detail(w.T("Quantity"), func(d *calc.Detail) string { return d.Quantity }),
		detail(w.T("Earning rate"), func(d *calc.Detail) string { return d.EarningRate }),
		detail(w.T("Exchange rate"), func(d *calc.Detail) string { return d.ExchangeRate }),
		detail(w.T("Transaction id"), func(d *calc.Detail) string { return d.TransactionID }),
		detail(w.T("Transaction date"), func(d *calc.Detail) string { return d.TransactionDate }),
		detail(w.T("Transaction amount"), func(d *calc.Detail) string { return d.TransactionAmount }),
		detail(w.T("Distributor"), func(d *calc.Detail) string { return d.Distributor }),
		detail(w.T("Reseller"), func(d *calc.Detail) string { return d.Reseller }),
		detail(w.T("Engagement"), func(d *calc.Detail) string { return d.Engagement }),
		detail(w.T("Solution area"), func(d *calc.Detail) string { return d.SolutionArea }),
	}
}

// classes gives what an earning is. Each of the few classes is worded once: that
// takes as long as all other cells of a row.
func classes(w *wording.Words) func(*calc.Earning) value {
	type class struct {
		kind   calc.Kind
		reason calc.Reason
	}
	worded := map[class]value{}
	return func(e *calc.Earning) value {
		c := class{e.Kind, e.Reason}
		v, known := worded[c]
		if !known {
			v = text(w.Class(e))
			worded[c] = v
		}
		return v
	}
}

// detail is a column of what an export tells beyond the figures, as it is
// written there.
func detail(head string, of func(*calc.Detail) string) column[*calc.Earning] {
	return column[*calc.Earning]{head: head, optional: true, screen: true, cell: func(e *calc.Earning) value {
		if e.Detail == nil {
			return value{}
		}
		return text(of(e.Detail))
	}}
}
