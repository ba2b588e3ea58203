package pdf

import "github.com/shopspring/decimal"

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
	var debit, credit decimal.Decimal
	totals := p.result.JournalTotals()
	for i, total := range totals {
		if i == 0 || totals[i-1].Event != total.Event {
			t.rows = append(t.rows, row{kind: groupRow, cells: []cell{{text: w.JournalEvent(total.Event)}}})
		}
		t.rows = append(t.rows, row{cells: []cell{
			{text: w.Account(&policy.Accounts, total.Account)}, {text: total.Currency}, {text: p.unlessZero(total.Debit)}, {text: p.unlessZero(total.Credit)},
			{text: p.unlessZero(total.DebitUSD)}, {text: p.unlessZero(total.CreditUSD)},
		}})
		debit, credit = debit.Add(total.DebitUSD), credit.Add(total.CreditUSD)
	}
	lead := w.Recognition(policy.Recognition)
	if last := p.result.Last; last == nil {
		lead += " " + w.T("The journal opens the books: there is no earlier set.")
	} else {
		lead += " " + w.T("The journal books what moved since the set as of %s.", w.Date(last.AsOf))
	}
	if len(t.rows) == 0 {
		p.section(toJournal, w.T("Journal"), 2*bodyType.line())
		p.paragraph(lead+" "+w.T("Nothing moved."), bodyType)
		return
	}
	t.rows = append(t.rows, row{kind: totalRow, cells: []cell{{text: w.T("Total")}, {}, {}, {}, {text: w.Money(debit)}, {text: w.Money(credit)}}})
	p.tableSection(toJournal, w.T("Journal"), t)
	p.gap(4)
	p.paragraph(lead+" "+w.T("Entry by entry it is in journal.csv."), noteType)
}
