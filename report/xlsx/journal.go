package xlsx

import "cspcoop/calc"

// posting is a line of the journal with its entry.
type posting struct {
	*calc.JournalEntry
	calc.JournalLine
}

// addJournal writes what to book since the last set, line by line.
func addJournal(b *book, r *calc.Result) error {
	if len(r.Journal) == 0 {
		return nil
	}
	w := b.words
	var rows []posting
	for i := range r.Journal {
		for _, line := range r.Journal[i].Lines {
			rows = append(rows, posting{&r.Journal[i], line})
		}
	}
	columns := []column[posting]{{head: w.T("Entry"), cell: func(p posting) value { return text(p.ID) }}}
	columns = append(columns, owned(b, func(p posting) owner { return owner{p.Participant, p.Program} },
		column[posting]{head: w.T("Earning period"), widest: 12, cell: func(p posting) value { return text(w.Period(p.Period)) }},
		column[posting]{head: w.T("Event"), widest: 16, cell: func(p posting) value { return text(w.JournalEvent(p.Event)) }},
		column[posting]{head: w.T("Account"), cell: func(p posting) value { return text(p.Account) }},
		column[posting]{head: w.T("Debit"), kind: money, cell: func(p posting) value { return nonZero(p.Debit) }},
		column[posting]{head: w.T("Credit"), kind: money, cell: func(p posting) value { return nonZero(p.Credit) }},
		column[posting]{head: w.T("Currency"), cell: func(p posting) value { return text(p.Currency) }},
		column[posting]{head: w.T("Debit (USD)"), kind: money, total: true, cell: func(p posting) value { return nonZero(p.DebitUSD) }},
		column[posting]{head: w.T("Credit (USD)"), kind: money, total: true, cell: func(p posting) value { return nonZero(p.CreditUSD) }},
	)...)
	return addTable(b, table[posting]{
		sheet: w.T("Journal"), title: w.T("Journal"), lead: w.Recognition(r.JournalPolicy.Recognition), rows: rows, columns: columns,
	})
}
