package calc

import (
	"cmp"
	"maps"
	"slices"
)

// JournalTotal sums what the journal posts for one event to one account.
type JournalTotal struct {
	Event    JournalEvent
	Currency string
	JournalLine
}

// JournalTotals sums the journal by event, currency and account.
func (r *Result) JournalTotals() []JournalTotal {
	type key struct {
		event             JournalEvent
		currency, account string
	}
	sums := map[key]JournalTotal{}
	for _, entry := range r.Journal {
		for _, line := range entry.Lines {
			k := key{entry.Event, entry.Currency, line.Account}
			sum := sums[k].JournalLine
			sum.Account = line.Account
			sum.Debit, sum.Credit = sum.Debit.Add(line.Debit), sum.Credit.Add(line.Credit)
			sum.DebitUSD, sum.CreditUSD = sum.DebitUSD.Add(line.DebitUSD), sum.CreditUSD.Add(line.CreditUSD)
			sums[k] = JournalTotal{entry.Event, entry.Currency, sum}
		}
	}
	return slices.SortedFunc(maps.Values(sums), func(a, b JournalTotal) int {
		return cmp.Or(cmp.Compare(a.Event, b.Event), cmp.Compare(a.Currency, b.Currency), cmp.Compare(a.Account, b.Account))
	})
}
