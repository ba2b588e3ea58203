package reconcile_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// booked returns a journal with accounts named as their role.
func booked(r calc.Recognition) *calc.JournalPolicy {
	return &calc.JournalPolicy{Recognition: r, Accounts: calc.JournalAccounts{
		RebateReceivable: "rebate receivable", RebateIncome: "rebate income", CoOpReceivable: "co-op receivable", CoOpIncome: "co-op income",
		CoOpDeferred: "co-op deferred", Bank: "bank", Forfeited: "forfeited", Owed: "owed", Memo: "memo", MemoContra: "memo contra",
	}}
}

// sides are the debits less the credits of an account, in the currency and in
// USD.
type sides struct{ plain, usd decimal.Decimal }

// books are the accounts' balances of each fund, by fund, currency and account,
// as somebody has them who posts every journal.
type books map[string]*sides

func fundAccount(participant, program string, period calc.EarningPeriod, currency, account string) string {
	return strings.Join([]string{participant, string(calc.KeyOfProgram(program)), period.String(), currency, account}, "|")
}

// post books the entries, and compares each one's debits with its credits.
func (bs books) post(t *testing.T, entries []calc.JournalEntry) {
	t.Helper()
	for _, e := range entries {
		var entry sides
		for _, l := range e.Lines {
			if l.Debit.IsNegative() || l.Credit.IsNegative() || l.DebitUSD.IsNegative() || l.CreditUSD.IsNegative() {
				t.Errorf("entry %s has a negative amount: %+v", e.ID, l)
			}
			debit := !l.Debit.IsZero() || !l.DebitUSD.IsZero()
			if credit := !l.Credit.IsZero() || !l.CreditUSD.IsZero(); debit == credit {
				t.Errorf("entry %s has a line on both sides or on none: %+v", e.ID, l)
			}
			plain, usd := l.Debit.Sub(l.Credit), l.DebitUSD.Sub(l.CreditUSD)
			entry.plain, entry.usd = entry.plain.Add(plain), entry.usd.Add(usd)
			key := fundAccount(e.Participant, e.Program, e.Period, e.Currency, l.Account)
			if bs[key] == nil {
				bs[key] = &sides{}
			}
			bs[key].plain, bs[key].usd = bs[key].plain.Add(plain), bs[key].usd.Add(usd)
		}
		if !entry.plain.IsZero() || !entry.usd.IsZero() || len(e.Lines) == 0 {
			t.Errorf("entry %s does not balance: %+v", e.ID, e.Lines)
		}
	}
	maps.DeleteFunc(bs, func(_ string, s *sides) bool { return s.plain.IsZero() && s.usd.IsZero() })
}

// wantBooks returns the currency's side of the books as the recognition implies it,
// from the roll-forward alone.
func wantBooks(r *calc.Result, recognition calc.Recognition) map[string]string {
	want := map[string]decimal.Decimal{}
	for _, b := range r.Balances() {
		m := b.Movement
		add := func(currency, account string, amount decimal.Decimal) {
			key := fundAccount(m.Participant, m.Program, m.Period, currency, account)
			want[key] = want[key].Add(amount)
		}
		add(b.RebateCurrency, "rebate receivable", b.RebatePlain)
		add(b.RebateCurrency, "rebate income", b.RebatePlain.Neg())
		to := m.ToDate
		if recognition == calc.MemoOnly {
			add(m.Currency, "memo", m.Closing)
			add(m.Currency, "memo contra", m.Closing.Neg())
			continue
		}
		owed := decimal.Zero
		if b.Decision == calc.Negative {
			owed = decimal.Max(decimal.Zero, m.ApprovedUnpaid.Sub(m.Closing))
		}
		add(m.Currency, "rebate receivable", to.PaidOut.Sub(to.Transferred))
		add(m.Currency, "co-op receivable", m.Closing.Add(owed))
		add(m.Currency, "owed", owed.Neg())
		add(m.Currency, "bank", to.ClaimsPaid)
		earned := to.Earned.Add(to.Adjusted)
		if recognition == calc.OnEarning {
			add(m.Currency, "co-op income", earned.Neg())
			add(m.Currency, "forfeited", to.Forfeited)
			continue
		}
		deferred := m.Closing.Sub(m.ApprovedUnpaid).Add(owed)
		add(m.Currency, "co-op deferred", deferred.Neg())
		add(m.Currency, "co-op income", deferred.Add(to.Forfeited).Sub(earned))
	}
	text := map[string]string{}
	for key, amount := range want {
		if !amount.IsZero() {
			text[key] = amount.StringFixed(2)
		}
	}
	return text
}

// Through any chain of sealed sets, while exports and registers keep coming in
// and sets between them are never sealed, every entry balances, and the journals
// of the sealed sets, posted once each, give what the recognition says of the
// funds: also after a set without a journal, and after the recognition was
// changed.
func TestJournalsAddUpToTheFunds(t *testing.T) {
	everyArchive(t, lawRounds, func(t *testing.T, d dice, a archive) {
		var last *calc.LastSet
		held := books{}
		date := fmt.Sprintf("%d-01-15", d.year)
		recognition := pick(d, calc.OnEarning, calc.OnApproval, calc.MemoOnly)
		c := chainOf(d, a)
		for range c.steps() {
			in := c.next(date).input()
			in.Last = last
			if d.oneIn(6) {
				recognition = pick(d, calc.OnEarning, calc.OnApproval, calc.MemoOnly)
			}
			if !d.oneIn(6) {
				in.Policy.Journal = booked(recognition)
			}
			r := calculateInput(t, in)
			if d.oneIn(4) {
				date = plus(date, d.IntN(60))
				continue // nobody seals it, and its journal is not posted
			}
			held.post(t, r.Journal)
			if in.Policy.Journal != nil {
				got := map[string]string{}
				for key, s := range held {
					if !s.plain.IsZero() {
						got[key] = s.plain.StringFixed(2)
					}
				}
				if want := wantBooks(r, recognition); !maps.Equal(got, want) {
					t.Errorf("as of %s, %s: the books hold\n%v, want\n%v", date, recognition, got, want)
				}
				held.holdUSD(t, r)
				if recognition == calc.OnEarning {
					held.incomeIsEarned(t, r)
				}
			}
			last = lastSet(r)
			date = plus(date, 20+d.IntN(120))
		}
	})
}

// holdUSD compares the USD beside the amounts with the balances: rebate as it is
// reported, what a fund in USD holds as its own amounts, and nothing for a fund
// that holds nothing.
func (bs books) holdUSD(t *testing.T, r *calc.Result) {
	t.Helper()
	usd := func(m *calc.FundMovement, currency, account string) decimal.Decimal {
		if s := bs[fundAccount(m.Participant, m.Program, m.Period, currency, account)]; s != nil {
			return s.usd
		}
		return decimal.Zero
	}
	for _, b := range r.Balances() {
		m := b.Movement
		if got := usd(m, b.RebateCurrency, "rebate income").Neg(); !got.Equal(b.Rebate) {
			t.Errorf("%s %s %s: rebate income is %s USD, want %s", m.Participant, m.Program, m.Period, got, b.Rebate)
		}
		cancelled := m.ToDate.Earned.Add(m.ToDate.Adjusted).IsZero()
		for _, account := range []string{"co-op receivable", "memo"} {
			got := usd(m, m.Currency, account)
			held := bs[fundAccount(m.Participant, m.Program, m.Period, m.Currency, account)]
			switch {
			case m.Currency == "USD" && held != nil && !held.plain.Equal(got):
				t.Errorf("%s %s %s: %s is %s USD and %s USD", m.Participant, m.Program, m.Period, account, held.plain, got)
			case (held == nil || held.plain.IsZero()) && !cancelled && !got.IsZero():
				t.Errorf("%s %s %s: %s is empty, and holds %s USD", m.Participant, m.Program, m.Period, account, got)
			}
		}
	}
}

// incomeIsEarned checks that co-op income in USD is the co-op of balances.csv, to
// the cent.
func (bs books) incomeIsEarned(t *testing.T, r *calc.Result) {
	t.Helper()
	for _, b := range r.Balances() {
		if b.FundCurrency == "USD" && !b.Exact.Fund.Equal(b.Exact.CoOp) {
			continue // amounts in USD that differ from their USD
		}
		m, got := b.Movement, decimal.Zero
		if s := bs[fundAccount(m.Participant, m.Program, m.Period, m.Currency, "co-op income")]; s != nil {
			got = s.usd.Neg()
		}
		if !got.Equal(b.CoOp) {
			t.Errorf("%s %s %s: co-op income is %s USD, want %s", m.Participant, m.Program, m.Period, got, b.CoOp)
		}
		if earned := m.ToDate.Earned.Add(m.ToDate.Adjusted); b.FundCurrency == "USD" && !earned.Equal(b.CoOp) {
			t.Errorf("%s %s %s: %s earned and adjusted, want %s", m.Participant, m.Program, m.Period, earned, b.CoOp)
		}
	}
}

// words returns a journal in short: each entry's number, event, currency and lines.
func words(entries []calc.JournalEntry) string {
	var list []string
	for _, e := range entries {
		lines := make([]string, len(e.Lines))
		for i, l := range e.Lines {
			switch {
			case l.Credit.Add(l.CreditUSD).IsZero():
				lines[i] = fmt.Sprintf("%s %s/%s", l.Account, l.Debit, l.DebitUSD)
			default:
				lines[i] = fmt.Sprintf("to %s %s/%s", l.Account, l.Credit, l.CreditUSD)
			}
		}
		list = append(list, e.ID[len("2019-12-31-"):]+" "+e.Event.String()+" "+e.Currency+": "+strings.Join(lines, " "))
	}
	return strings.Join(list, "\n")
}

// What a fund of 5,000 USD, of which 4,600 EUR are earned, books in its life.
func TestJournal(t *testing.T) {
	euros := coop("1", "2019-03-31", "4600")
	euros.currency, euros.usd = "EUR", "5000"
	rebate := coop("2", "2019-03-31", "6900")
	rebate.typ, rebate.currency, rebate.usd = "Rebate", "EUR", "7500"
	small := coop("1", "2019-03-31", "100.10")
	owed := coop("1", "2019-03-31", "-85.20")
	register := file{name: "claims", sha: "claims", register: true, claims: []claim{
		aClaim("CL-1", "Paid", "EUR", "1000"), aClaim("CL-2", "Approved", "EUR", "200"), aClaim("CL-3", "In review", "EUR", "30")}}
	for _, c := range []struct {
		name        string
		recognition calc.Recognition
		asOf        string
		files       []file
		want        []string
	}{
		{"rebate", calc.OnEarning, "2019-06-30", []file{export("a", rebate)}, []string{
			"0001 rebate-earned EUR: rebate receivable 6900/7500 to rebate income 6900/7500"}},
		{"claimed", calc.OnEarning, "2020-02-15", []file{export("a", euros), register}, []string{
			"0001 coop-earned EUR: co-op receivable 4600/5000 to co-op income 4600/5000",
			"0002 claims-paid EUR: bank 1000/1086.96 to co-op receivable 1000/1086.96",
			"0003 forfeited EUR: forfeited 3370/3663.04 to co-op receivable 3370/3663.04"}},
		{"claimed", calc.OnApproval, "2020-02-15", []file{export("a", euros), register}, []string{
			"0001 coop-earned EUR: co-op receivable 4600/5000 to co-op deferred 4600/5000",
			"0002 claims-paid EUR: bank 1000/1086.96 to co-op receivable 1000/1086.96",
			"0003 forfeited EUR: co-op deferred 3370/3663.04 to co-op receivable 3370/3663.04",
			"0004 recognised EUR: co-op deferred 1200/1304.35 to co-op income 1200/1304.35"}},
		{"claimed", calc.MemoOnly, "2020-02-15", []file{export("a", euros), register}, []string{
			"0001 coop-earned EUR: memo 4600/5000 to memo contra 4600/5000",
			"0002 claims-paid EUR: memo contra 1000/1086.96 to memo 1000/1086.96",
			"0003 forfeited EUR: memo contra 3370/3663.04 to memo 3370/3663.04"}},
		{"paid automatically", calc.OnEarning, "2019-07-15", []file{export("a", small)}, []string{
			"0001 coop-earned USD: co-op receivable 100.1/100.1 to co-op income 100.1/100.1",
			"0002 auto-payout USD: rebate receivable 100.1/100.1 to co-op receivable 100.1/100.1"}},
		{"paid automatically", calc.OnApproval, "2019-07-15", []file{export("a", small)}, []string{
			"0001 coop-earned USD: co-op receivable 100.1/100.1 to co-op deferred 100.1/100.1",
			"0002 auto-payout USD: rebate receivable 100.1/100.1 to co-op receivable 100.1/100.1",
			"0003 recognised USD: co-op deferred 100.1/100.1 to co-op income 100.1/100.1"}},
		{"negative", calc.OnEarning, "2019-07-15", []file{export("a", owed)}, []string{
			"0001 coop-earned USD: co-op income 85.2/85.2 to co-op receivable 85.2/85.2",
			"0002 offset USD: co-op receivable 85.2/85.2 to owed 85.2/85.2"}},
		{"negative", calc.OnApproval, "2019-07-15", []file{export("a", owed)}, []string{
			"0001 coop-earned USD: co-op deferred 85.2/85.2 to co-op receivable 85.2/85.2",
			"0002 offset USD: co-op receivable 85.2/85.2 to owed 85.2/85.2",
			"0003 recognised USD: co-op income 85.2/85.2 to co-op deferred 85.2/85.2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := asOf(c.asOf, c.files...).input()
			in.Policy.Journal = booked(c.recognition)
			r := calculateInput(t, in)
			if got := words(r.Journal); got != strings.Join(c.want, "\n") {
				t.Errorf("%s, %s:\n%s\nwant\n%s", c.name, c.recognition, got, strings.Join(c.want, "\n"))
			}
		})
	}
}

// What a second journal books, after the first one was posted.
func TestJournalSinceTheLastSet(t *testing.T) {
	euros := coop("1", "2019-03-31", "100")
	euros.currency, euros.usd = "EUR", "110"
	restated := euros
	restated.amount, restated.usd, restated.calculated = "105", "109", "2019-04-20"
	dollars := coop("2", "2019-03-31", "7")
	moved := euros
	moved.participant, moved.calculated = "4712", "2019-04-20"
	for _, c := range []struct {
		name string
		now  *calc.JournalPolicy
		file file
		want []string
	}{
		{"nothing", booked(calc.OnEarning), export("b", euros), nil},
		{"restated", booked(calc.OnEarning), export("b", restated), []string{
			"0001 coop-earned EUR: co-op receivable 5/0 to co-op income 5/0 co-op income 0/1 to co-op receivable 0/1"}},
		{"another currency", booked(calc.OnEarning), export("b", dollars), []string{
			"0001 coop-earned EUR: co-op income 100/110 to co-op receivable 100/110",
			"0002 coop-earned USD: co-op receivable 117/117 to co-op income 117/117"}},
		{"fund gone", booked(calc.OnEarning), export("b", moved), []string{
			"0001 coop-earned EUR: co-op income 100/110 to co-op receivable 100/110",
			"0002 coop-earned EUR: co-op receivable 100/110 to co-op income 100/110"}},
		{"another recognition", booked(calc.OnApproval), export("b", euros), []string{
			"0001 coop-earned EUR: co-op receivable 100/110 to co-op deferred 100/110",
			"0002 coop-earned EUR: co-op income 100/110 to co-op receivable 100/110"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := asOf("2019-04-15", export("a", euros)).input()
			in.Policy.Journal = booked(calc.OnEarning)
			first := calculateInput(t, in)
			in = asOf("2019-05-15", export("a", euros), c.file).input()
			in.Policy.Journal, in.Last = c.now, lastSet(first)
			r := calculateInput(t, in)
			if got := words(r.Journal); got != strings.Join(c.want, "\n") {
				t.Errorf("%s:\n%s\nwant\n%s", c.name, got, strings.Join(c.want, "\n"))
			}
			if r.Journal == nil {
				t.Errorf("%s: a journal that books nothing is taken for none", c.name)
			}
		})
	}
}

func TestJournalMemo(t *testing.T) {
	in := asOf("2019-04-15", export("a", coop("1", "2019-03-31", "5"))).input()
	in.Policy.Journal = booked(calc.OnEarning)
	first := calculateInput(t, in)
	in = asOf("2019-05-15", export("a", coop("1", "2019-03-31", "4"))).input()
	in.Policy.Journal, in.Last = booked(calc.OnEarning), lastSet(first)
	second := calculateInput(t, in)
	for _, c := range []struct{ got, want string }{
		{first.Journal[0].ID, "2019-04-15-0001"},
		{first.Journal[0].Memo, "co-op earned for FY19H2"},
		{second.Journal[0].Memo, "negative: co-op earned for FY19H2 since the statement of 2019-04-15"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

// Totals by event hold every line of the journal once, and balance in each event
// and currency.
func TestJournalTotals(t *testing.T) {
	everyArchive(t, lawRounds, func(t *testing.T, d dice, a archive) {
		in := a.input()
		in.Policy.Journal = booked([]calc.Recognition{calc.OnEarning, calc.OnApproval, calc.MemoOnly}[d.IntN(3)])
		r := calculateInput(t, in)
		var lines, totals decimal.Decimal
		for _, e := range r.Journal {
			for _, l := range e.Lines {
				lines = lines.Add(l.DebitUSD)
			}
		}
		balance := map[string]decimal.Decimal{}
		for _, s := range r.JournalTotals() {
			totals = totals.Add(s.DebitUSD)
			key := fmt.Sprint(s.Event, s.Currency)
			balance[key] = balance[key].Add(s.Debit).Sub(s.Credit)
		}
		for key, rest := range balance {
			if !rest.IsZero() {
				t.Errorf("%s leaves %s", key, rest)
			}
		}
		if !lines.Equal(totals) {
			t.Errorf("lines debit %s USD, totals %s", lines, totals)
		}
	})
}

// journalUSD sums what a journal debits.
func journalUSD(r *calc.Result) (sum decimal.Decimal) {
	for _, total := range r.JournalTotals() {
		sum = sum.Add(total.DebitUSD)
	}
	return sum
}

// A journal that is configured later opens the books, whatever sets there are.
func TestJournalSince(t *testing.T) {
	in := asOf("2019-08-01", export("a", coop("1", "2019-03-31", "100"))).input()
	without := calculateInput(t, in)
	in.Policy.Journal = booked(calc.OnEarning)
	in.Last = lastSet(without)
	opening := calculateInput(t, in)
	if since := opening.JournalSince(); !since.IsZero() || journalUSD(opening).String() != "200" { // earned, and paid out
		t.Errorf("after a set without a journal it books %s since %s", journalUSD(opening), since)
	}
	in.Last = lastSet(opening)
	next := calculateInput(t, in)
	if since := next.JournalSince(); since != day("2019-08-01") || !journalUSD(next).IsZero() {
		t.Errorf("after one with it, it books %s since %s", journalUSD(next), since)
	}
}
