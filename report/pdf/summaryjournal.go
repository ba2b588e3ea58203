package pdf

// journal sums what journal.csv posts, and names the accounts and when co-op
// becomes income.
func (p *summary) journal() {
	w, policy := p.words, p.result.JournalPolicy
	if policy == nil {
		return
	}
	t := &table{columns: []column{
		{head: w.T("Account"), share: 1, least: 110},
		{head: w.T("Currency")},
		{head: w.T("Debit"), right: true},
		{head: w.T("Credit"), right: true},
		{head: w.T("Debit, USD"), right: true},
		{head: w.T("Credit, USD"), right: true},
	}}
	totals := p.result.JournalTotals()
	for i, total := range totals {
		if i == 0 || totals[i-1].Event != total.Event {
			t.rows = append(t.rows, row{kind: groupRow, cells: []cell{{text: w.JournalEvent(total.Event)}}})
		}
		t.rows = append(t.rows, row{cells: []cell{
			{text: w.Account(&policy.Accounts, total.Account)}, {text: total.Currency}, {text: p.unlessZero(total.Debit)}, {text: p.unlessZero(total.Credit)},
			{text: p.unlessZero(total.DebitUSD)}, {text: p.unlessZero(total.CreditUSD)},
		}})
	}
	lead := w.Recognition(policy.Recognition)
	if since := p.result.JournalSince(); since.IsZero() {
		lead += " " + w.T("The journal opens the books: no earlier set has one.")
	} else {
		lead += " " + w.T("The journal books what moved since the set as of %s.", w.Date(since))
	}
	if len(t.rows) == 0 {
		p.section(toJournal, w.T("Journal"), 2*bodyType.line())
		p.paragraph(lead+" "+w.T("Nothing moved."), bodyType)
		return
	}
	total := cell{text: w.Money(p.result.JournalUSD())}
	t.rows = append(t.rows, row{kind: totalRow, cells: []cell{{text: w.T("Total")}, {}, {}, {}, total, total}})
	p.tableSection(toJournal, w.T("Journal"), t)
	p.gap(4)
	p.paragraph(lead+" "+w.T("Entry by entry it is in journal.csv."), noteType)
}
