package xlsx

import "cspcoop/calc"

// restatedRow is an earning that exports tell otherwise than before, or that a
// period got after its end.
type restatedRow struct {
	owner
	what    string
	counted *calc.Earning
	before  *calc.Earning // nil where nothing came before
	lacking *calc.Source  // newer export that lacks it; nil where none does
}

// addRestated lists by earning what changed between exports. One that moved
// from a partner to another stands in both statements, and once over all
// partners.
func addRestated(b *book, statements []*calc.Statement) error {
	w := b.words
	var rows []restatedRow
	listed := map[*calc.Earning]bool{}
	for _, s := range statements {
		for i := range s.Changes.Restated {
			x := &s.Changes.Restated[i]
			if !listed[x.Counted] {
				listed[x.Counted] = true
				rows = append(rows, restatedRow{ownerOf(s), w.T("Restated"), x.Counted, x.Before(), nil})
			}
		}
		for _, v := range s.Changes.Vanished {
			rows = append(rows, restatedRow{ownerOf(s), w.T("Missing from a newer export"), v.Earning, nil, v.Export})
		}
		for _, e := range s.Changes.Booked {
			what := w.T("Adjustment after the period's end")
			if e.Reason == calc.Rollover {
				what = w.T("Transfer after the period's end")
			}
			rows = append(rows, restatedRow{ownerOf(s), what, e, nil, nil})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	now := func(x restatedRow) *calc.Earning { return x.counted }
	before := func(x restatedRow) *calc.Earning { return x.before }
	columns := owned(b, func(x restatedRow) owner { return x.owner },
		column[restatedRow]{head: w.T("What"), widest: 18, cell: func(x restatedRow) value { return text(x.what) }},
		column[restatedRow]{head: w.T("Earning id"), widest: 14, cell: func(x restatedRow) value { return text(x.counted.ID) }},
		column[restatedRow]{head: w.T("Class"), cell: func(x restatedRow) value { return text(w.Class(x.counted)) }},
		versionColumn(w.T("Month before"), month, before, func(e *calc.Earning) value { return monthOf(e.Date.Month()) }),
		versionColumn(w.T("Amount before"), exact, before, func(e *calc.Earning) value { return unrounded(e.Amount.Decimal()) }),
		versionColumn(w.T("USD before"), exact, before, func(e *calc.Earning) value { return unrounded(e.USD.Decimal()) }),
		versionColumn(w.T("Month now"), month, now, func(e *calc.Earning) value { return monthOf(e.Date.Month()) }),
		versionColumn(w.T("Amount now"), exact, now, func(e *calc.Earning) value { return unrounded(e.Amount.Decimal()) }),
		versionColumn(w.T("Currency"), plain, now, func(e *calc.Earning) value { return text(e.Currency) }),
		versionColumn(w.T("USD now"), exact, now, func(e *calc.Earning) value { return unrounded(e.USD.Decimal()) }),
		column[restatedRow]{head: w.T("Difference (USD)"), kind: exact, optional: true, cell: func(x restatedRow) value {
			if x.before == nil {
				return value{}
			}
			return unrounded(calc.MovedUSD(x.before, x.counted))
		}},
		versionColumn(w.T("Now in"), plain, now, func(e *calc.Earning) value { return text(w.Where(e.Place())) }),
		versionColumn(w.T("Before in"), plain, before, func(e *calc.Earning) value { return text(w.Where(e.Place())) }),
		column[restatedRow]{head: w.T("Missing from"), widest: 26, optional: true, cell: func(x restatedRow) value {
			if x.lacking == nil {
				return value{}
			}
			return text(x.lacking.File)
		}},
	)
	columns = append(columns,
		elsewhere(w.T("Currency before"), before, now, func(e *calc.Earning) string { return e.Currency }),
		elsewhere(w.T("Partner location before"), before, now, func(e *calc.Earning) string { return e.Participant }),
		elsewhere(w.T("Program before"), before, now, func(e *calc.Earning) string { return e.Program }),
		elsewhere(w.T("Partner location now"), now, before, func(e *calc.Earning) string { return e.Participant }),
		elsewhere(w.T("Program now"), now, before, func(e *calc.Earning) string { return e.Program }),
	)
	return addTable(b, table[restatedRow]{
		sheet:   w.T("Restated"),
		title:   w.T("What exports changed, by earning"),
		rows:    rows,
		columns: columns,
		notes:   []string{w.T("The version that stands under “now” counts.")},
	})
}

// versionColumn shows one version of an earning.
func versionColumn(head string, kind kind, of func(restatedRow) *calc.Earning, cell func(*calc.Earning) value) column[restatedRow] {
	widest := 0
	if kind == plain {
		widest = 26
	}
	return column[restatedRow]{head: head, kind: kind, widest: widest, optional: true, cell: func(x restatedRow) value {
		if of(x) == nil {
			return value{}
		}
		return cell(of(x))
	}}
}

// elsewhere shows what a version says where the other one says otherwise.
func elsewhere(head string, of, other func(restatedRow) *calc.Earning, what func(*calc.Earning) string) column[restatedRow] {
	return column[restatedRow]{head: head, optional: true, screen: true, cell: func(x restatedRow) value {
		if of(x) == nil || other(x) == nil || what(of(x)) == what(other(x)) {
			return value{}
		}
		return text(what(of(x)))
	}}
}
