package csvfile

import (
	"io"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// posting is one row of journal.csv.
type posting struct {
	asOf calc.Date
	*calc.JournalEntry
	calc.JournalLine
}

var journalColumns = []column[posting]{
	{"entry_id", func(p posting) string { return p.ID }},
	{"posting_date", func(p posting) string { return p.asOf.String() }},
	{"participant_id", func(p posting) string { return text(p.Participant) }},
	{"program", func(p posting) string { return text(p.Program) }},
	{"earning_period", func(p posting) string { return p.Period.String() }},
	{"event", func(p posting) string { return p.Event.String() }},
	{"account", func(p posting) string { return text(p.Account) }},
	{"debit", func(p posting) string { return oneSide(p.Debit) }},
	{"credit", func(p posting) string { return oneSide(p.Credit) }},
	{"currency", func(p posting) string { return text(p.Currency) }},
	{"debit_usd", func(p posting) string { return oneSide(p.DebitUSD) }},
	{"credit_usd", func(p posting) string { return oneSide(p.CreditUSD) }},
	{"memo", func(p posting) string { return text(p.Memo) }},
}

// oneSide gives an amount of a line's own side, and "" for the other one.
func oneSide(d decimal.Decimal) string {
	if d.IsZero() {
		return ""
	}
	return money(d)
}

// Journal writes journal.csv: what to book for what moved since the last set,
// posted on the as-of date. Within each entry debits equal credits, in currency
// and in debit_usd and credit_usd.
func Journal(w io.Writer, r *calc.Result) error {
	var rows []posting
	for i := range r.Journal {
		for _, line := range r.Journal[i].Lines {
			rows = append(rows, posting{r.AsOf, &r.Journal[i], line})
		}
	}
	return write(w, journalColumns, rows)
}
