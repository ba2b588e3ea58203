package reconcile_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
	"cspcoop/calc/calctest"
)

// How many random archives the oracle checks, and how many each law is tried on;
// "make soak" tries many more.
var rounds, lawRounds = func() (uint64, uint64) {
	if os.Getenv("CSPCOOP_SOAK") != "" {
		return 20_000, 3_000
	}
	return 300, 80
}()

// everyArchive tries a law on random archives, with and without the race detector on
// others; a failing subtest's name is its seed.
func everyArchive(t *testing.T, archives uint64, law func(t *testing.T, d dice, a archive)) {
	for seed := range calctest.Seeds(archives) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			d := newDice(seed)
			law(t, d, d.archive())
		})
	}
}

// FuzzCalculateEqualsOracle goes on to seeds beyond those of the tests.
func FuzzCalculateEqualsOracle(f *testing.F) {
	f.Add(rounds)
	f.Fuzz(func(t *testing.T, seed uint64) {
		a := newDice(seed).archive()
		differ(t, "as of "+a.asOf, figures(a.calculate(t)), expected(a))
	})
}

// Figures are those of the oracle. And the throws must reach what they are meant to:
// an oracle that never sees a closed window proves nothing about one.
func TestCalculateEqualsOracle(t *testing.T) {
	decisions, windows, fates := map[calc.Decision]int{}, map[calc.Window]int{}, map[calc.Fate]int{}
	codes, currencies, states := map[calc.Code]int{}, map[string]int{}, map[calc.ClaimStatus]int{}
	provisional, taken, converted := 0, 0, 0
	tried := uint64(0)
	for seed := range rounds {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			tried++
			a := newDice(seed).archive()
			r := a.calculate(t)
			differ(t, "as of "+a.asOf, figures(r), expected(a))
			for _, b := range r.Balances() {
				decisions[b.Decision]++
				windows[b.Window]++
				currencies[b.FundCurrency]++
				if b.Provisional {
					provisional++
				}
			}
			for _, c := range r.Claims {
				states[c.State]++
				if !c.Taken.IsZero() {
					taken++
				}
				if c.Rate.Valid {
					converted++
				}
			}
			for fate, n := range r.Totals.By {
				fates[calc.Fate(fate)] += n
			}
			for _, f := range r.Findings {
				codes[f.Code()]++
			}
		})
	}
	if tried < rounds { // some are run singly
		return
	}
	enough := func(what fmt.Stringer, n int) {
		if n < 8 {
			t.Errorf("only %d of %v", n, what)
		}
	}
	for d := calc.Accruing; d <= calc.ClaimRequired; d++ {
		enough(d, decisions[d])
	}
	for w := calc.NoWindow; w <= calc.WindowClosed; w++ {
		enough(w, windows[w])
	}
	for f := calc.Counted; f <= calc.Skipped; f++ {
		enough(f, fates[f])
	}
	for s := calc.ClaimEditing; s <= calc.ClaimExpired; s++ {
		enough(s, states[s])
	}
	for _, code := range []calc.Code{
		calc.VersionConflict, calc.TypeConflict, calc.Restated, calc.SheetReplaced, calc.FormsDisagree, calc.AfterAsOf, calc.ClaimPaymentRows,
		calc.UnknownReasonCode, calc.UnknownPaymentStatus, calc.AmountsDisagree, calc.CoOpTransferred, calc.TransferCurrency, calc.NewerThreshold,
		calc.Provisional, calc.NegativeBalance, calc.Forfeited, calc.ClaimWithoutFund, calc.ClaimTooLate, calc.ClaimCurrency,
	} {
		enough(word(code), codes[code])
	}
	for _, currency := range []string{"EUR", "USD", "JPY"} {
		enough(word(currency), currencies[currency])
	}
	enough(word("provisional"), provisional)
	enough(word("claims that take"), taken)
	enough(word("claims at a rate"), converted)
}

type word string

func (w word) String() string { return string(w) }

func TestOrderOfSourcesAndRowsIsIrrelevant(t *testing.T) {
	everyArchive(t, lawRounds, func(t *testing.T, d dice, a archive) {
		want := a.calculate(t)
		in := a.input()
		d.Shuffle(len(in.Sources), func(i, j int) { in.Sources[i], in.Sources[j] = in.Sources[j], in.Sources[i] })
		got := calculateInput(t, in)
		differ(t, "sources in another order", figures(got), figures(want))
		if !slices.EqualFunc(got.Findings, want.Findings, calc.Finding.Same) {
			t.Errorf("findings depend on the order of sources:\n%v\n%v", got.Findings, want.Findings)
		}

		for _, f := range a.files {
			d.Shuffle(len(f.rows), func(i, j int) { f.rows[i], f.rows[j] = f.rows[j], f.rows[i] })
		}
		differ(t, "rows in another order", figures(a.calculate(t)), figures(want))
	})
}

func TestNamesOfFilesAreIrrelevant(t *testing.T) {
	everyArchive(t, lawRounds, func(t *testing.T, d dice, a archive) {
		want := figures(a.calculate(t))
		for i, at := range d.Perm(len(a.files)) {
			a.files[i].name = fmt.Sprintf("renamed-%02d.csv", at)
		}
		differ(t, "other names", figures(a.calculate(t)), want)
	})
}

// A saved copy has other bytes and the same rows. Its SHA-256 is next to
// the original's, and its receipt too: which of two files breaks a tie is not
// what is tried here.
func TestCopiesOfFilesAreIrrelevant(t *testing.T) {
	everyArchive(t, lawRounds, func(t *testing.T, d dice, a archive) {
		before := a.calculate(t)
		var copies int
		for _, f := range a.files {
			if d.oneIn(2) {
				f.name, f.sha = "copy of "+f.name, f.sha+"0"
				a.files = append(a.files, f)
				copies++
			}
		}
		after := a.calculate(t)
		got, want := figures(after), figures(before)
		got.accounts, want.accounts = nil, nil // a copy has an account of its own
		differ(t, fmt.Sprint(copies, " copies"), got, want)
		if after.Totals.By[calc.Counted] != before.Totals.By[calc.Counted] {
			t.Errorf("%d rows count with copies, %d without", after.Totals.By[calc.Counted], before.Totals.By[calc.Counted])
		}
	})
}

// Provisional is about files, so that it may depend on how rows are divided
// among them; no amount may.
func TestPartitionOfFilesIsIrrelevant(t *testing.T) {
	everyArchive(t, lawRounds, func(t *testing.T, d dice, a archive) {
		a = a.unambiguous()
		whole := a.calculate(t)
		parts := a
		parts.files = nil
		for _, f := range a.files {
			if f.register || len(f.rows) == 0 || f.rows[0].id == "" {
				parts.files = append(parts.files, f)
				continue
			}
			split := make([]file, 2+d.IntN(3))
			for _, l := range f.rows {
				p := &split[d.IntN(len(split))]
				p.rows = append(p.rows, l)
			}
			for i := range split {
				split[i].name, split[i].sha, split[i].receipt = fmt.Sprint(i, " of ", f.name), fmt.Sprint(f.sha, i), f.receipt
				split[i].totals = f.totals
			}
			parts.files = append(parts.files, split...)
		}
		got, want := withoutProvisional(parts.calculate(t)), withoutProvisional(whole)
		differ(t, "files in parts", got, want)
	})
}

func withoutProvisional(r *calc.Result) oracleAccount {
	for _, b := range r.Balances() {
		b.Provisional = false
	}
	out := figures(r)
	out.accounts = nil
	return out
}

func TestEveryRowHasOneFate(t *testing.T) {
	everyArchive(t, lawRounds, func(t *testing.T, _ dice, a archive) {
		r := a.calculate(t)
		var rows int
		var usd decimal.Decimal
		for _, f := range a.files {
			rows += len(f.rows) + len(f.claims) + f.totals
			for _, l := range f.rows {
				usd = usd.Add(money(l.usd))
			}
		}
		var fated int
		var fatedUSD decimal.Decimal
		for _, s := range r.Sources {
			if !s.Balanced() {
				t.Errorf("%s: %d rows, fates %v", s.File, s.Rows, s.By)
			}
			for fate := range s.By {
				fated += s.By[fate]
				fatedUSD = fatedUSD.Add(s.USD[fate])
			}
		}
		if fated != rows || r.Totals.Rows != rows {
			t.Errorf("%d rows came in, %d have a fate, the total is %d", rows, fated, r.Totals.Rows)
		}
		if !fatedUSD.Equal(usd) {
			t.Errorf("%s USD came in, %s have a fate", usd, fatedUSD)
		}
	})
}

// Where every amount is in whole cents nothing is lost by rounding, and parts
// must sum up to the cent.
func TestMonthsSumToPeriods(t *testing.T) {
	everyArchive(t, lawRounds, func(t *testing.T, _ dice, a archive) {
		for _, f := range a.files {
			for i := range f.rows {
				l := &f.rows[i]
				l.amount, l.usd = cent(money(l.amount)).String(), cent(money(l.usd)).String()
			}
		}
		r := a.calculate(t)
		for _, s := range r.Statements {
			for _, b := range s.Balances {
				var rebate, coop, other, calendar decimal.Decimal
				for _, m := range s.Months {
					if m.Month.Period() == b.Period {
						rebate, coop, other = rebate.Add(m.USD(calc.Rebate)), coop.Add(m.USD(calc.CoOp)), other.Add(m.USD(calc.Other))
					}
				}
				for _, m := range s.Calendar {
					if m.Month.Period() == b.Period {
						calendar = calendar.Add(m.Total())
					}
				}
				if !rebate.Equal(b.Rebate) || !coop.Equal(b.CoOp) || !other.Equal(b.Other) || !calendar.Equal(b.Rebate.Add(b.CoOp).Add(b.Other)) {
					t.Errorf("%s %s %s: months give %s + %s + %s (calendar %s), the period has %s + %s + %s",
						s.Participant, s.Program, b.Period, rebate, coop, other, calendar, b.Rebate, b.CoOp, b.Other)
				}
			}
		}
	})
}

// What is unpaid of rebate is the same by payment status as by age.
func TestUnpaidByStatusAndByAge(t *testing.T) {
	everyArchive(t, lawRounds, func(t *testing.T, _ dice, a archive) {
		for _, s := range a.calculate(t).Statements {
			var rebate decimal.Decimal
			for _, x := range s.UnpaidBy {
				rebate = rebate.Add(x.Rebate)
			}
			if !rebate.Equal(s.Unpaid.Rebate) {
				t.Errorf("%s %s: %s of rebate is unpaid by status, %s by age", s.Participant, s.Program, rebate, s.Unpaid.Rebate)
			}
		}
	})
}

// Messages are sentences for people: lower case, no full stop, and with a code
// and a place to look at.
func TestFindingsSpeakPlainly(t *testing.T) {
	month := regexp.MustCompile(`^[A-Z][a-z]{2} \d{4} `) // begins with a capital letter anyway
	everyArchive(t, lawRounds, func(t *testing.T, _ dice, a archive) {
		for _, f := range a.calculate(t).Findings {
			if unicode.IsUpper(rune(f.Message()[0])) && !month.MatchString(f.Message()) || strings.HasSuffix(f.Message(), ".") || strings.Contains(f.Message(), "%!") || f.Code() == "" {
				t.Errorf("%s: %q", f.Code(), f.Message())
			}
			if f.Place().File == "" && f.Period().IsZero() {
				t.Errorf("%s names neither file nor period: %q", f.Code(), f.Message())
			}
		}
	})
}
