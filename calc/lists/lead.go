package lists

import (
	"cmp"
	"maps"
	"slices"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// LeadSchedule ties funds to the books, to payments, to the bank and to totals
// from outside, a line for each program, earning period and currency.
type LeadSchedule struct {
	Lines       []LeadLine
	Differences []LeadDifference // that lines have, by line
	Controls    []LeadControl
	Parts       []LeadPart    // of payments in lines
	Held        []LeadBooking // of funds, by the journals of earlier sets
	Banked      bool          // there are bank statements
	Errors      int           // findings that are errors, in all lines and in none

	Acknowledged int // likewise
	at           map[leadKey]int
	funds        map[calc.FundKey]int
	ofFund       map[fundAccount]bool
	restOf       map[*calc.PaymentMatch]int // line that has the rest of a payment
	claimRows    calc.ClaimRows
	claims       map[string]*calc.Claim
	paidPeriod   map[string]calc.EarningPeriod // whose claims a payment pays, by the register
}

// leadKey is what makes two amounts belong to one line.
type leadKey struct {
	program  calc.ProgramKey
	period   calc.EarningPeriod
	currency string
}

// LeadLine is a line of the lead schedule. All amounts are in its currency, summed
// over its participants and rounded to cents.
type LeadLine struct {
	Number   int // from 1; 0 for the rest of lines that are not shown
	Lines    int // of the rest
	Program  string
	Period   calc.EarningPeriod // none for payments without earnings
	Currency string

	Movements int             // lines of rollforward.csv
	Opening   decimal.Decimal // closing of the last set
	Moved     calc.Flows
	Closing   decimal.Decimal
	Booked    decimal.NullDecimal // what the books hold of the funds; invalid without a journal

	Payments   int                 // that have something in the line
	Earned     decimal.Decimal     // earnings that name a payment, before tax
	CoOpPaid   decimal.Decimal     // of them co-op, and transfers of co-op
	ClaimsPaid decimal.Decimal     // of them payments of claims
	Paid       decimal.Decimal     // the same by Payments reports
	Settled    decimal.Decimal     // of what differs between them, by tax and rounding
	Tax        decimal.Decimal     // that the reports add or take off
	Banked     decimal.NullDecimal // what arrived at the bank, after tax; invalid without bank statements
	Outside    decimal.Decimal     // after tax, of payments that no bank statement can show

	Controls   calc.TieCount   // of this line alone
	Difference decimal.Decimal // ours less the controls
	Explained  decimal.Decimal

	Rules        []string // that decide its funds, by name
	Restated     int      // earnings
	RestatedUSD  decimal.Decimal
	Errors       int // findings that are errors, and open
	Acknowledged int // findings that were errors, and are acknowledged
}

// IsTied reports whether anything beside the books is compared with the line, or
// is to be said of it.
func (l *LeadLine) IsTied() bool {
	return l.Payments+l.Restated+l.Errors+l.Acknowledged > 0
}

// HasFunds reports whether the line has funds, also ones that are gone.
func (l *LeadLine) HasFunds() bool { return l.Movements > 0 }

// Unbanked returns how much more arrived at the bank than was paid; negative is
// less. Without bank statements it has no meaning.
func (l *LeadLine) Unbanked() decimal.Decimal {
	return l.Banked.Decimal.Add(l.Outside).Sub(l.Net())
}

// OthersPaid returns what of the earnings that name a payment is neither co-op nor
// the payment of a claim.
func (l *LeadLine) OthersPaid() decimal.Decimal { return l.Earned.Sub(l.CoOpPaid).Sub(l.ClaimsPaid) }

// Net returns what payments come to after tax.
func (l *LeadLine) Net() decimal.Decimal { return l.Paid.Add(l.Tax) }

// Lead makes the lead schedule of a result.
func Lead(r *calc.Result) *LeadSchedule {
	s := &LeadSchedule{
		Banked: r.HasBankStatements(), at: map[leadKey]int{}, funds: map[calc.FundKey]int{}, ofFund: map[fundAccount]bool{},
		restOf: map[*calc.PaymentMatch]int{}, claimRows: r.Policy.ClaimRows, claims: map[string]*calc.Claim{}, paidPeriod: map[string]calc.EarningPeriod{},
	}
	for _, c := range r.Claims {
		s.claims[c.ID] = c
		if c.PaymentID != "" {
			s.paidPeriod[c.PaymentID] = c.Earned
		}
	}
	lines := map[leadKey]*LeadLine{}
	line := func(program string, period calc.EarningPeriod, currency string) *LeadLine {
		key := leadKey{calc.KeyOfProgram(program), period, currency}
		if lines[key] == nil {
			lines[key] = &LeadLine{Program: program, Period: period, Currency: currency}
		}
		l := lines[key]
		l.Program = min(l.Program, program)
		return l
	}
	s.addFunds(r, line)
	s.addPayments(Payments(r.Statements, r.StrayPayments), line)
	for _, key := range slices.SortedFunc(maps.Keys(lines), func(a, b leadKey) int {
		return cmp.Or(cmp.Compare(a.program, b.program), a.period.Compare(b.period), cmp.Compare(a.currency, b.currency))
	}) {
		l := lines[key]
		l.Earned, l.Paid, l.Settled, l.Tax = calc.Cents(l.Earned), calc.Cents(l.Paid), calc.Cents(l.Settled), calc.Cents(l.Tax)
		l.CoOpPaid, l.ClaimsPaid = calc.Cents(l.CoOpPaid), calc.Cents(l.ClaimsPaid)
		l.Banked.Decimal, l.Outside = calc.Cents(l.Banked.Decimal), calc.Cents(l.Outside)
		l.Number = len(s.Lines) + 1
		s.at[key] = l.Number
		s.Lines = append(s.Lines, *l)
	}
	for i := range s.Parts {
		p := &s.Parts[i]
		p.Line = s.Line(p.Payment.Program, p.Period, p.Payment.Currency)
		s.restOf[p.Payment] = p.Line // the newest is its last
	}
	slices.SortStableFunc(s.Parts, func(a, b LeadPart) int { return a.Line - b.Line })
	for _, b := range r.Balances() {
		s.funds[b.Key()] = s.Line(b.Statement.Program, b.Period, b.FundCurrency)
	}
	s.addControls(r)
	s.addChanges(r)
	s.listDifferences(r)
	return s
}

// Line returns the number of the line that an amount is in; 0 where it is in none.
func (s *LeadSchedule) Line(program string, period calc.EarningPeriod, currency string) int {
	return s.at[leadKey{calc.KeyOfProgram(program), period, currency}]
}

// FundLine returns the number of the line that has a fund; 0 for none.
func (s *LeadSchedule) FundLine(participant, program string, period calc.EarningPeriod) int {
	return s.funds[calc.NewFundKey(participant, program, period)]
}

type leadLines func(program string, period calc.EarningPeriod, currency string) *LeadLine

// addFunds adds the roll-forward, and what the books hold of it.
func (s *LeadSchedule) addFunds(r *calc.Result, line leadLines) {
	for _, m := range r.RollForward {
		l := line(m.Program, m.Period, m.Currency)
		l.Opening, l.Closing = l.Opening.Add(m.Opening), l.Closing.Add(m.Closing)
		l.Moved = l.Moved.Add(m.Moved)
		l.Movements++
		if r.Journal != nil {
			l.Booked.Valid = true
		}
	}
	for _, b := range r.Balances() {
		l := line(b.Statement.Program, b.Period, b.FundCurrency)
		if !slices.Contains(l.Rules, b.Rule.Name) {
			l.Rules = append(l.Rules, b.Rule.Name)
		}
	}
	if r.Journal != nil {
		s.addBooks(r, line)
	}
}

// addChanges adds restatements and errors, each to the line of its fund. What is of
// none is counted for the whole portfolio.
func (s *LeadSchedule) addChanges(r *calc.Result) {
	none := &LeadLine{}
	of := func(participant, program string, period calc.EarningPeriod) *LeadLine {
		if n := s.FundLine(participant, program, period); n > 0 {
			return &s.Lines[n-1]
		}
		return none
	}
	for _, c := range Restated(r.Statements) {
		l := of(c.Participant, c.Program, c.Period)
		l.Restated += c.Restated
		l.RestatedUSD = l.RestatedUSD.Add(c.SumUSD())
	}
	for _, f := range r.Findings {
		if f.Severity() == calc.Error {
			s.Errors++
			of(f.Participant(), f.Program(), f.Period()).Errors++
		}
	}
	for _, f := range r.Closed {
		if f.Severity() == calc.Error {
			s.Acknowledged++
			of(f.Participant(), f.Program(), f.Period()).Acknowledged++
		}
	}
}
