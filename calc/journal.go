package calc

import (
	"cmp"
	"maps"
	"slices"

	"github.com/shopspring/decimal"
)

// JournalEntry books how far one event of a fund has moved since the last
// statement set. Its debits equal its credits, in Currency and in USD.
type JournalEntry struct {
	ID          string // as-of date and running number
	Participant string
	Program     string // current name
	Period      EarningPeriod
	Event       JournalEvent
	Currency    string
	Lines       []JournalLine
	Memo        string
}

// JournalLine posts to one side of an account, in the entry's currency and in
// USD, rounded to cents. It has no negative amount: what is taken back is
// on the other side.
type JournalLine struct {
	Account             string
	Debit, Credit       decimal.Decimal // in the entry's currency
	DebitUSD, CreditUSD decimal.Decimal
}

// Booking is what the books hold of one event of a fund once every journal up to
// a set is posted: the sum since the fund began, rounded to cents. A negative
// one is on the opposite sides.
type Booking struct {
	Participant string          `json:"participant_id"`
	Program     string          `json:"program"` // current name
	Period      EarningPeriod   `json:"earning_period"`
	Event       JournalEvent    `json:"event"`
	Debit       string          `json:"debit_account"`
	Credit      string          `json:"credit_account"`
	Currency    string          `json:"currency"`
	Amount      decimal.Decimal `json:"amount"` // in Currency
	USD         decimal.Decimal `json:"amount_usd"`
}

// JournalTotal sums what the journal posts for one event to one account.
type JournalTotal struct {
	Event    JournalEvent
	Currency string
	JournalLine
}

// JournalSince returns the as-of date of the set since which the journal books what
// moved; no date when it opens the books, because no set before had a journal.
func (r *Result) JournalSince() Date {
	if r.Last == nil || len(r.Last.Booked) == 0 {
		return Date{}
	}
	return r.Last.AsOf
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
