package main

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
	"cspcoop/calc/reconcile"
	"cspcoop/calc/versions"
	"cspcoop/importer"
	"cspcoop/report/csvfile"
)

// sumKey is what "cspcoop sql" groups by.
type sumKey struct {
	participant, program, engagement, lever, kind, currency, claim string
	when                                                           string // month or day
	class                                                          calc.Class
	reason                                                         calc.Reason
}

// namedIn is what a participant has one name in: a month or a day.
type namedIn struct {
	participant, when string
	aside             bool
}

// newest is the newest text, and of its day the bytewise smallest.
type newest struct {
	text string
	on   calc.Date
}

func (n newest) with(text string, on calc.Date) newest {
	if text != "" && (n.text == "" || on.After(n.on) || on == n.on && text < n.text) {
		return newest{text, on}
	}
	return n
}

// summarized sums the counted rows of exports as "cspcoop sql" does.
func summarized(sources []*calc.Source, policy calc.Policy, byDay bool) [][]string {
	type sum struct {
		first       calc.Earning
		amount, usd decimal.Decimal
		dated       calc.Date
		stamp       calc.Stamp
		in          namedIn
	}
	sums, names := map[sumKey]*sum{}, map[namedIn]newest{}
	ledger := versions.Settle(sources, policy)
	for i, src := range sources {
		for j := range src.Earnings.Len() {
			e := src.Earnings.At(j)
			if ledger.Fates[i][j] != calc.Counted {
				continue
			}
			k := sumKey{
				participant: e.Participant(), program: e.Program(), engagement: e.Engagement(), kind: calc.TypeKey(e.Type()), currency: e.Currency(),
				when: e.Date().Month().String(), class: e.Class(policy.ClaimRows), reason: e.Reason(),
			}
			if e.Kind() == calc.Gross {
				k.kind = ""
			}
			if policy.Rules.NameLevers() {
				k.lever = e.Lever()
			}
			if k.class == calc.ClaimPayment {
				k.claim = e.ClaimID()
			}
			if byDay {
				k.when = e.Date().String()
			}
			s := sums[k]
			if s == nil {
				aside := k.class == calc.ClaimPayment || k.class == calc.Transfer && e.Kind() != calc.CoOp && e.Kind() != calc.Gross
				s = &sum{first: e, in: namedIn{e.Participant(), k.when, aside}}
				sums[k] = s
			}
			s.amount, s.usd, s.stamp = s.amount.Add(e.Amount().Decimal()), s.usd.Add(e.USD().Decimal()), calc.NewestStamp(s.stamp, e.Calculated())
			if e.Date().After(s.dated) {
				s.dated = e.Date()
			}
			names[s.in] = names[s.in].with(e.ParticipantName(), e.Date())
		}
	}
	rows := [][]string{strings.Split("participantId,participantName,programName,engagementName,lever,earningType,earningDate,calculationDate,transactionCurrency,earningAmount,earningAmountUSD,reasonCode,claimId", ",")}
	for _, k := range slices.SortedFunc(maps.Keys(sums), func(a, b sumKey) int { return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) }) {
		s := sums[k]
		stamp := ""
		if !s.stamp.Day.IsZero() {
			stamp = s.stamp.String()
		}
		row := []string{
			k.participant, names[s.in].text, k.program, k.engagement, k.lever, s.first.Type(), s.dated.String(), stamp,
			k.currency, s.amount.String(), s.usd.String(), s.first.ReasonCode(), k.claim,
		}
		rows = append(rows, row)
	}
	return rows
}

// What "cspcoop sql" groups by decides all of balances.csv: the sums of the
// counted rows by it have the balances of the exports, under any rules. That the
// statement makes these sums is what "make bench" shows.
func TestSumsDecideTheBalances(t *testing.T) {
	guide := calc.Guide2019()
	azure := guide
	azure.Name, azure.Levers, azure.CoOpShare = "azure", []string{"Azure"}, decimal.New(25, -2)
	levers := calc.Rules{azure, guide}
	for name, c := range map[string]struct {
		asOf   string
		byDay  bool
		rules  calc.Rules
		earned calc.ClaimRows
	}{
		"long after":         {asOf: "2022-12-31"},
		"at a month's end":   {asOf: "2021-04-30"},
		"rules name levers":  {asOf: "2021-06-30", rules: levers},
		"claims are earned":  {asOf: "2021-12-31", earned: calc.ClaimRowsEarn},
		"days, amid a month": {asOf: "2021-04-11", byDay: true, rules: levers},
	} {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(3) {
				policy := calc.DefaultPolicy()
				policy.ClaimRows = c.earned
				if c.rules != nil {
					policy.Rules = c.rules
				}
				asOf, err := calc.ParseDate(c.asOf)
				if err != nil {
					t.Fatal(err)
				}
				dir := t.TempDir()
				if err := awkward(dir, seed); err != nil {
					t.Fatal(err)
				}
				files, err := filepath.Glob(filepath.Join(dir, "*.csv"))
				if err != nil || len(files) == 0 {
					t.Fatal("no exports", err)
				}
				sources := imported(t, files...)
				want := balances(t, calc.Input{AsOf: asOf, Sources: sources, Policy: policy})
				path := filepath.Join(dir, "summarized.csv")
				rows := summarized(sources, policy, c.byDay)
				if err := writeCSV(path, rows[0], slices.Values(rows[1:])); err != nil {
					t.Fatal(err)
				}
				got := balances(t, calc.Input{AsOf: asOf, Sources: imported(t, path), Policy: policy})
				if got != want || strings.Count(want, "\n") < 5 {
					t.Fatalf("seed %d: of sums\n%s\nof the exports\n%s", seed, got, want)
				}
			}
		})
	}
}

func imported(t *testing.T, files ...string) []*calc.Source {
	t.Helper()
	var list []*calc.Source
	for i, path := range files {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		src, err := importer.Read(t.Context(), bytes.NewReader(content), int64(len(content)), importer.Options{})
		if err != nil {
			t.Fatal(err)
		}
		src.File, src.SHA256, src.Receipt = filepath.Base(path), fmt.Sprintf("%064d", i), i+1
		list = append(list, src)
	}
	return list
}

func balances(t *testing.T, in calc.Input) string {
	t.Helper()
	r, err := reconcile.Calculate(in)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := csvfile.Balances.Write(&out, r, csvfile.Options{}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
