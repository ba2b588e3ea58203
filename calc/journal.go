package calc

import "github.com/shopspring/decimal"

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
// USD, rounded to cents. It has no negative amount: what is taken back stands
// on the other side.
type JournalLine struct {
	Account             string
	Debit, Credit       decimal.Decimal // in the entry's currency
	DebitUSD, CreditUSD decimal.Decimal
}

// Booking is what the books hold of one event of a fund once every journal up to
// a set is posted: the sum since the fund began, rounded to cents. A negative
// one stands on the opposite sides.
type Booking struct {
	Participant   string
	Program       string // current name
	Period        EarningPeriod
	Event         JournalEvent
	Debit, Credit string // accounts
	Currency      string
	Amount        decimal.Decimal // in Currency
	USD           decimal.Decimal
}
