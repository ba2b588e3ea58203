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
	Locations   []*calc.TieOut   // numbers of partner locations, which are in no line
	Banked      bool             // there are bank statements
	Errors      int              // findings that are errors, in all lines and in none

	Acknowledged int // likewise
	at           map[leadKey]int
}

// leadKey is what makes two amounts belong to one line.
type leadKey struct {
	program  calc.ProgramKey
	period   calc.EarningPeriod
	currency string
}

// LeadLine is a line of the lead schedule. All amounts are in its currency, summed
// over its partner locations and rounded to cents.
type LeadLine struct {
	Number   int // from 1
	Program  string
	Period   calc.EarningPeriod // none for payments without earnings, and for controls of several periods
	Currency string

	Movements int             // lines of rollforward.csv
	Opening   decimal.Decimal // closing of the last set
	Moved     calc.Flows
	Closing   decimal.Decimal
	Booked    decimal.NullDecimal // what the books hold of the funds; invalid without a journal

	Payments int                 // that have something in the line
	Earned   decimal.Decimal     // earnings that name a payment, before tax
	Paid     decimal.Decimal     // the same by Payments reports
	Settled  decimal.Decimal     // of what differs between them, by tax and rounding
	Tax      decimal.Decimal     // that the reports add or take off
	Banked   decimal.NullDecimal // what arrived at the bank, after tax; invalid without bank statements
	Outside  decimal.Decimal     // after tax, of payments that no bank statement can show

	Controls   calc.TieCount
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
	return l.Payments+l.Controls.All()+l.Restated+l.Errors+l.Acknowledged > 0
}

// HasFunds reports whether the line has funds, also ones that are gone.
func (l *LeadLine) HasFunds() bool { return l.Movements > 0 }

// Unbanked returns how much more arrived at the bank than was paid; negative is
// less. Without bank statements it has no meaning.
func (l *LeadLine) Unbanked() decimal.Decimal {
	return l.Banked.Decimal.Add(l.Outside).Sub(l.Net())
}

// Net returns what payments come to after tax.
func (l *LeadLine) Net() decimal.Decimal { return l.Paid.Add(l.Tax) }

// Lead makes the lead schedule of a result.
func Lead(r *calc.Result) *LeadSchedule {
	s := &LeadSchedule{Banked: r.HasBankStatements(), at: map[leadKey]int{}}
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
	addFunds(r, line)
	for _, statement := range r.Statements {
		addPayments(r, statement.Payments, line)
	}
	addPayments(r, r.StrayPayments, line)
	addControls(r, line)
	for i := range r.TieOuts {
		if t := &r.TieOuts[i]; !t.Figure.IsMoney() {
			s.Locations = append(s.Locations, t)
		}
	}
	s.addChanges(r, line)
	for _, key := range slices.SortedFunc(maps.Keys(lines), func(a, b leadKey) int {
		return cmp.Or(cmp.Compare(a.program, b.program), a.period.Compare(b.period), cmp.Compare(a.currency, b.currency))
	}) {
		l := lines[key]
		l.Earned, l.Paid, l.Settled, l.Tax = calc.Cents(l.Earned), calc.Cents(l.Paid), calc.Cents(l.Settled), calc.Cents(l.Tax)
		l.Banked.Decimal, l.Outside = calc.Cents(l.Banked.Decimal), calc.Cents(l.Outside)
		l.Number = len(s.Lines) + 1
		s.at[key] = l.Number
		s.Lines = append(s.Lines, *l)
	}
	s.listDifferences(r)
	return s
}

// Line returns the number of the line that an amount is in; 0 where it is in none.
func (s *LeadSchedule) Line(program string, period calc.EarningPeriod, currency string) int {
	return s.at[leadKey{calc.KeyOfProgram(program), period, currency}]
}

type leadLines func(program string, period calc.EarningPeriod, currency string) *LeadLine

// addFunds adds the roll-forward, and what the books hold of it.
func addFunds(r *calc.Result, line leadLines) {
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
	if r.Journal == nil {
		return
	}
	for _, b := range r.Booked {
		if sign, ok := onFund[b.Event]; ok {
			l := line(b.Program, b.Period, b.Currency)
			l.Booked = decimal.NewNullDecimal(l.Booked.Decimal.Add(b.Amount.Mul(decimal.New(sign, 0))))
		}
	}
}

// besideBank reports whether the bank statements cover a payment, in the currency
// in which it is compared with its earnings.
func besideBank(m *calc.PaymentMatch) bool {
	b := &m.Bank
	return m.Currency == m.PayCurrency && b.State != calc.BankUncovered && b.State != calc.BankUnsent && (b.Currency == "" || b.Currency == m.Currency)
}

// allot takes an amount of a payment to its periods: to older ones what their
// earnings come to, where there was that much, and to the newest the rest.
func allot(m *calc.PaymentMatch, amount decimal.Decimal, paid bool, add func(calc.EarningPeriod, decimal.Decimal)) {
	newest := newestPeriod(m)
	for period, earned := range earnedByPeriod(m) {
		if period != newest && paid {
			add(period, earned)
			amount = amount.Sub(earned)
		}
	}
	add(newest, amount)
}

// onFund says how events change what the books hold of a fund: 1 for what comes
// in, -1 for what leaves. All others are booked elsewhere.
var onFund = map[calc.JournalEvent]int64{
	calc.CoOpEarned: 1, calc.CoOpAdjusted: 1, calc.CoOpRolledOver: 1,
	calc.CoOpPaidOut: -1, calc.ClaimsSettled: -1, calc.CoOpForfeited: -1,
}

// addPayments adds what earnings and Payments reports say of payments. A payment
// for several periods is in the line of each with what its earnings come to, and
// in the newest with the rest.
func addPayments(r *calc.Result, list []*calc.PaymentMatch, line leadLines) {
	for _, m := range list {
		if m.Currency == "" || m.State == calc.MatchFailed {
			continue // nothing to compare, or nothing was paid
		}
		byPeriod, newest := earnedByPeriod(m), newestPeriod(m)
		for period, earned := range byPeriod {
			l := line(m.Program, period, m.Currency)
			l.Payments++
			l.Earned = l.Earned.Add(earned)
		}
		l := line(m.Program, newest, m.Currency)
		if len(byPeriod) == 0 {
			l.Payments++
		}
		allot(m, m.Paid, m.State != calc.MatchMissing, func(period calc.EarningPeriod, amount decimal.Decimal) {
			older := line(m.Program, period, m.Currency)
			older.Paid = older.Paid.Add(amount)
		})
		if isSettled(m) {
			l.Settled = l.Settled.Add(m.Difference)
		}
		net := m.Paid
		if m.Currency == m.PayCurrency {
			l.Tax, net = l.Tax.Add(m.Total.Sub(m.Paid)), m.Total
		}
		switch {
		case !r.HasBankStatements():
		case besideBank(m):
			allot(m, m.Bank.Amount, m.Bank.State.Arrived(), func(period calc.EarningPeriod, amount decimal.Decimal) {
				older := line(m.Program, period, m.Currency)
				older.Banked = decimal.NewNullDecimal(older.Banked.Decimal.Add(amount))
			})
		default:
			allot(m, net, m.State != calc.MatchMissing, func(period calc.EarningPeriod, amount decimal.Decimal) {
				older := line(m.Program, period, m.Currency)
				older.Outside = older.Outside.Add(amount)
				older.Banked.Valid = true
			})
		}
	}
}

// earnedByPeriod sums the earnings of a payment in the currency in which it is
// compared.
func earnedByPeriod(m *calc.PaymentMatch) map[calc.EarningPeriod]decimal.Decimal {
	sums := map[calc.EarningPeriod]decimal.Decimal{}
	shared := !slices.ContainsFunc(m.Rows, func(e *calc.Earning) bool {
		_, ok := inPayCurrency(m, e)
		return !ok
	})
	for _, e := range m.Rows {
		amount := e.USD
		if shared {
			amount, _ = inPayCurrency(m, e)
		}
		period := calc.PeriodOf(e.Date)
		sums[period] = sums[period].Add(amount.Decimal())
	}
	return sums
}

// newestPeriod returns the period of a payment's newest earnings; none where it
// has none.
func newestPeriod(m *calc.PaymentMatch) calc.EarningPeriod {
	newest := calc.EarningPeriod{}
	for _, e := range m.Rows {
		if period := calc.PeriodOf(e.Date); period.Compare(newest) > 0 {
			newest = period
		}
	}
	return newest
}

// isSettled reports whether tax or rounding explains what differs between a payment
// and its earnings.
func isSettled(m *calc.PaymentMatch) bool {
	return m.State == calc.MatchAgrees || m.State == calc.MatchTaxed
}

// LeadDifference is a difference of one line: of a payment, of a control, or of
// the books.
type LeadDifference struct {
	Line      int
	Payment   *calc.PaymentMatch
	Bank      bool // of the payment at the bank
	Control   *calc.TieOut
	Amount    decimal.Decimal
	Currency  string
	Explained bool
}

// listDifferences lists what makes the differences of the lines.
func (s *LeadSchedule) listDifferences(r *calc.Result) {
	for i := range s.Lines {
		l := &s.Lines[i]
		if d := l.Closing.Sub(l.Booked.Decimal); l.Booked.Valid && !d.IsZero() {
			s.Differences = append(s.Differences, LeadDifference{Line: l.Number, Amount: d, Currency: l.Currency})
		}
	}
	for _, m := range Payments(r.Statements, r.StrayPayments) {
		if m.Currency != "" && m.State != calc.MatchFailed && !calc.Cents(m.Paid.Sub(m.Earned)).IsZero() {
			s.Differences = append(s.Differences, LeadDifference{
				Line: s.PaymentLine(m), Payment: m, Amount: calc.Cents(m.Paid.Sub(m.Earned)), Currency: m.Currency, Explained: isSettled(m),
			})
		}
	}
	for _, m := range Payments(r.Statements, r.StrayPayments) {
		if d := calc.Cents(m.Bank.Amount.Sub(m.Total)); r.HasBankStatements() && m.Currency != "" && m.State != calc.MatchFailed && besideBank(m) && !d.IsZero() {
			s.Differences = append(s.Differences, LeadDifference{
				Line: s.PaymentLine(m), Payment: m, Bank: true, Amount: d, Currency: m.Currency, Explained: m.Bank.State == calc.BankTaxed,
			})
		}
	}
	for i := range r.TieOuts {
		t := &r.TieOuts[i]
		if t.Figure.IsMoney() && t.State != calc.TieAgrees {
			s.Differences = append(s.Differences, LeadDifference{
				Line: s.Line(t.ProgramName, t.Earned(), t.Currency), Control: t, Amount: t.Difference.Decimal, Currency: t.Currency,
				Explained: t.Difference.Valid && t.Open().IsZero(),
			})
		}
	}
	slices.SortStableFunc(s.Differences, func(a, b LeadDifference) int { return a.Line - b.Line })
}

// PaymentLine returns the number of the line that has the rest of a payment; 0
// where none has it.
func (s *LeadSchedule) PaymentLine(m *calc.PaymentMatch) int {
	return s.Line(m.Program, newestPeriod(m), m.Currency)
}

// inPayCurrency returns what was paid for an earning in the payment's currency;
// false where no export says.
func inPayCurrency(m *calc.PaymentMatch, e *calc.Earning) (calc.Amount, bool) {
	switch {
	case m.PayCurrency == "":
	case e.Paid != nil:
		return e.Paid.Amount, e.Paid.Currency == m.PayCurrency
	case e.Currency == m.PayCurrency:
		return e.Amount, true
	}
	return calc.Amount{}, false
}

// addControls counts the controls of amounts.
func addControls(r *calc.Result, line leadLines) {
	for i := range r.TieOuts {
		t := &r.TieOuts[i]
		if !t.Figure.IsMoney() {
			continue
		}
		l := line(t.ProgramName, t.Earned(), t.Currency)
		l.Controls = l.Controls.Plus(calc.CountTieOuts(r.TieOuts[i : i+1]))
		l.Difference, l.Explained = l.Difference.Add(t.Difference.Decimal), l.Explained.Add(t.Explained)
	}
}

// addChanges adds restatements and errors, each to the line of its fund.
func (s *LeadSchedule) addChanges(r *calc.Result, line leadLines) {
	funds := map[calc.FundKey]*LeadLine{}
	for _, b := range r.Balances() {
		funds[b.Key()] = line(b.Statement.Program, b.Period, b.FundCurrency)
	}
	of := func(participant, program string, period calc.EarningPeriod) *LeadLine {
		if l := funds[calc.FundKey{Participant: participant, Program: calc.KeyOfProgram(program), Period: period}]; l != nil {
			return l
		}
		return &LeadLine{} // of none: it is counted for the whole portfolio
	}
	for _, c := range Restated(r.Statements) {
		l := of(c.Participant, c.Program, c.Period)
		l.Restated += c.Restated
		for _, usd := range c.RestatedUSD {
			l.RestatedUSD = l.RestatedUSD.Add(usd)
		}
	}
	for _, f := range r.Findings {
		if f.Severity() == calc.Error {
			s.Errors++
			of(f.Participant, f.Program, f.Period).Errors++
		}
	}
	for _, f := range r.Closed {
		if f.Severity() == calc.Error {
			s.Acknowledged++
			of(f.Participant, f.Program, f.Period).Acknowledged++
		}
	}
}
