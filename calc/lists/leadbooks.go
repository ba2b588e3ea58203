package lists

import (
	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// LeadBooking is what the journals of earlier sets booked on the account of a fund.
type LeadBooking struct {
	calc.Booking
	Account string          // of the fund
	Held    decimal.Decimal // on it; what left is negative
}

// onFund says how events change what the books hold of a fund: 1 for what comes
// in, -1 for what leaves. All others are booked elsewhere.
var onFund = map[calc.JournalEvent]int64{
	calc.CoOpEarned: 1, calc.CoOpAdjusted: 1, calc.CoOpRolledOver: 1,
	calc.CoOpPaidOut: -1, calc.ClaimsSettled: -1, calc.CoOpForfeited: -1,
}

// fundAccount is an account that holds a fund, by what was booked on it.
type fundAccount struct {
	calc.FundKey
	event             calc.JournalEvent
	currency, account string
}

func accountOf(participant, program string, period calc.EarningPeriod, event calc.JournalEvent, currency, account string) fundAccount {
	return fundAccount{calc.NewFundKey(participant, program, period), event, currency, account}
}

// addBooks adds what the books hold of funds after the journal, and keeps what they
// held before it.
func (s *LeadSchedule) addBooks(r *calc.Result, line leadLines) {
	onAccount := func(list []calc.Booking) (held []LeadBooking) {
		for _, b := range list {
			sign, ok := onFund[b.Event]
			if !ok {
				continue
			}
			account := b.Debit
			if sign < 0 {
				account = b.Credit
			}
			s.ofFund[accountOf(b.Participant, b.Program, b.Period, b.Event, b.Currency, account)] = true
			held = append(held, LeadBooking{b, account, b.Amount.Mul(decimal.New(sign, 0))})
		}
		return held
	}
	for _, b := range onAccount(r.Booked) {
		l := line(b.Program, b.Period, b.Currency)
		l.Booked = decimal.NewNullDecimal(l.Booked.Decimal.Add(b.Held))
	}
	if !r.JournalSince().IsZero() {
		s.Held = onAccount(r.Last.Booked)
	}
}

// PostingLine returns the number of the line whose fund a posting of the journal
// changes; 0 where it changes none.
func (s *LeadSchedule) PostingLine(p Posting) int {
	if !s.ofFund[accountOf(p.Participant, p.Program, p.Period, p.Event, p.Currency, p.Account)] {
		return 0
	}
	return s.Line(p.Program, p.Period, p.Currency)
}
