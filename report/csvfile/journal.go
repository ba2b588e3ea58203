package csvfile

import (
	"cspcoop/calc"
	"cspcoop/calc/lists"
	"cspcoop/report/table"
)

// posting is one row of journal.csv.
type posting struct {
	asOf calc.Date
	lists.Posting
}

var journalColumns = []table.Column[posting]{
	{Head: "entry_id", Cell: func(p posting) table.Value { return table.Text(p.ID) }},
	{Head: "posting_date", Cell: func(p posting) table.Value { return table.Text(p.asOf.String()) }},
	{Head: "participant_id", Cell: func(p posting) table.Value { return table.Text(p.Participant) }},
	{Head: "program", Cell: func(p posting) table.Value { return table.Text(p.Program) }},
	{Head: "earning_period", Cell: func(p posting) table.Value { return table.Text(p.Period.String()) }},
	{Head: "event", Cell: func(p posting) table.Value { return table.Text(p.Event.String()) }},
	{Head: "account", Cell: func(p posting) table.Value { return table.Text(p.Account) }},
	{Head: "debit", Cell: func(p posting) table.Value { return table.NonZero(p.Debit) }},
	{Head: "credit", Cell: func(p posting) table.Value { return table.NonZero(p.Credit) }},
	{Head: "currency", Cell: func(p posting) table.Value { return table.Text(p.Currency) }},
	{Head: "debit_usd", Cell: func(p posting) table.Value { return table.NonZero(p.DebitUSD) }},
	{Head: "credit_usd", Cell: func(p posting) table.Value { return table.NonZero(p.CreditUSD) }},
	{Head: "memo", Cell: func(p posting) table.Value { return table.Text(p.Memo) }},
}

// Journal is journal.csv: what to book for what moved since the last set, posted on the
// as-of date. Within each entry debits equal credits, in currency and in debit_usd and
// credit_usd.
var Journal = sorted("journal.csv", journalColumns, func(r *calc.Result) (rows []posting) {
	for _, p := range lists.Postings(r) {
		rows = append(rows, posting{r.AsOf, p})
	}
	return rows
})
