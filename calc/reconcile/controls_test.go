package reconcile_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// withControls calculates an archive with controls, which are in the rows from 2
// on.
func withControls(t testing.TB, a archive, lines ...calc.Control) *calc.Result {
	t.Helper()
	in := a.input()
	for i := range lines {
		lines[i].Source, lines[i].By, lines[i].Place = "a page", "A. Controller", calc.Place{File: "controls.csv", Row: i + 2}
	}
	in.Controls = &calc.Controls{SHA256: "c", Lines: lines}
	return calculateInput(t, in)
}

// control reads as_of|participant|program|period|month|figure|amount|currency.
func control(text string) calc.Control {
	f := strings.Split(text, "|")
	c := calc.Control{AsOf: day(f[0]), Participant: f[1], Program: f[2], Amount: money(f[6]), Currency: f[7]}
	if f[3] != "" {
		var err error
		if c.Period, err = calc.ParsePeriod(f[3]); err != nil {
			panic(err)
		}
	}
	if f[4] != "" {
		c.Month = day(f[4] + "-01").Month()
	}
	figure, ok := calc.ParseControlFigure(f[5])
	if !ok {
		panic(f[5])
	}
	c.Figure = figure
	return c
}

// tied words what came of a control: state, ours, difference, what is open.
func tied(x *calc.TieOut) string {
	null := func(d decimal.NullDecimal) string {
		if !d.Valid {
			return "-"
		}
		return d.Decimal.String()
	}
	return fmt.Sprintf("%s %s %s %s", x.State, null(x.Ours), null(x.Difference), x.Open())
}

// Each figure is compared as of the control's own day, and a difference explained
// by what is known to have happened after it. The second of a pair is a near miss.
func TestControls(t *testing.T) {
	first := coop("E-1", "2020-03-31", "100")
	first.calculated = "2020-04-05"
	again := coop("E-1", "2020-03-31", "120")
	again.calculated = "2020-05-05"
	late := coop("E-2", "2020-04-30", "30")
	late.calculated = "2020-05-06"
	paid := rebate("R-1", "2020-04-30", "45")
	paid.calculated = "2020-05-06"
	euro := rebate("R-2", "2020-05-31", "10")
	euro.currency, euro.usd, euro.calculated = "EUR", "11", "2020-06-05"
	big := coop("E-3", "2019-12-31", "5000")
	claims := file{name: "claims", sha: "claims", register: true, receipt: 9, claims: []claim{
		{id: "C-1", participant: "4711", program: "CSP Indirect Reseller", usage: "2020-01-01", currency: "USD", amount: "600", status: "Submitted", submitted: "2020-02-10"},
	}}
	a := asOf("2020-06-30", export("one", first), export("two", again, late, paid, euro, big), claims)
	for _, c := range []struct{ name, control, want, why string }{
		{"right", "2020-06-30|4711|CSP Indirect Reseller|FY20H2||coop|150|USD", "agrees 150 0 0", ""},
		{"right by a former name of the program", "2020-06-30|4711|csp 2T indirect reseller||2020-03|coop|120|USD", "agrees 120 0 0", ""},
		{"by the participant's name", "2020-06-30|contoso gmbh||FY20H2||coop|150|USD", "agrees 150 0 0", ""},
		{"with zeros in front", "2020-06-30|004711||FY20H2||coop|150|USD", "agrees 150 0 0", ""},
		{"of all partners", "2020-06-30|||FY20H2||coop|150|USD", "agrees 150 0 0", ""},
		{"as of an earlier day", "2020-03-31|4711||FY20H2||coop|120|USD", "agrees 120 0 0", ""},
		{"right for an older state", "2020-04-20|4711||FY20H2||coop|100|USD", "differs 120 20 0", "restated after 20 Apr 2020, by 20.00 USD: E-1 from 100.00 to 120.00, calculated on 5 May 2020 (two row 2)"},
		{"wrong, and restated too", "2020-04-20|4711||FY20H2||coop|101|USD", "differs 120 19 19", "restated after"},
		{"before an earning was calculated", "2020-04-30|4711||FY20H2||coop|100|USD", "differs 150 50 0", "restated after 30 Apr 2020, by 20.00 USD: E-1 from 100.00 to 120.00, calculated on 5 May 2020 (two row 2); calculated after 30 Apr 2020, 30.00 USD: E-2"},
		{"an earning left out", "2020-06-30|4711||FY20H2||coop|120|USD", "differs 150 30 30", "the control may leave out E-2"},
		{"more than the exports have", "2020-06-30|4711||FY20H2||coop|170|USD", "differs 150 -20 -20", "the newest export with earnings of it reaches to 5 Jun 2020"},
		{"rebate in USD", "2020-06-30|4711||FY20H2||rebate|56|USD", "agrees 56 0 0", ""},
		{"rebate in EUR", "2020-06-30|4711||FY20H2||rebate|10|EUR", "agrees 10 0 0", ""},
		{"rebate in EUR with that in USD", "2020-06-30|4711||FY20H2||rebate|55|EUR", "differs 10 -45 -45", "ours has only earnings in EUR; there are others in USD"},
		{"remaining", "2020-06-30|4711||FY20H1||remaining|4400|USD", "agrees 4400 0 0", ""},
		{"remaining before the claim", "2020-02-01|4711||FY20H1||remaining|5000|USD", "agrees 5000 0 0", ""},
		{"remaining without the claim", "2020-06-30|4711||FY20H1||remaining|5000|USD", "differs 4400 -600 -600", "claim C-1 takes exactly that and is In review here"},
		{"claimed", "2020-06-30|4711||FY20H1||claimed|600|USD", "agrees 600 0 0", ""},
		{"claimed of the running period", "2020-06-30|4711||FY20H2||claimed|0|USD", "agrees 0 0 0", ""},
		{"remaining while it accrues", "2020-06-30|4711||FY20H2||remaining|150|USD", "agrees 150 0 0", ""},
		{"in a currency without a rate", "2020-06-30|4711||FY20H1||remaining|600|EUR", "differs - - 0", "the fund is kept in USD, and there is no rate to EUR"},
		{"a location never exported", "2020-06-30|999||FY20H2||coop|7|USD", "no export - -7 -7", "no export has earnings of it"},
		{"a program never exported", "2020-06-30|4711|Hosting|FY20H2||coop|7|USD", "no export - -7 -7", "no export has earnings of it"},
		{"a month that no export reaches", "2020-06-30|4711|||2020-06|coop|7|USD", "no export - -7 -7", "no export has earnings of this time; the newest one with any of it reaches to 5 Jun 2020"},
		{"an idle month", "2020-06-30|4711|||2020-01|coop|0|USD", "agrees 0 0 0", ""},
		{"locations", "2020-06-30|||||locations|1|", "agrees 1 0 0", ""},
		{"more locations", "2020-06-30|||||locations|2|", "differs 1 -1 -1", "the exports have earnings of 1 participant"},
		{"payments without a report", "2020-06-30|4711|||2020-06|payment|5|USD", "no export - -5 -5", "no Payments report has a payment of it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := withControls(t, a, control(c.control))
			if got := tied(&r.TieOuts[0]); got != c.want {
				t.Errorf("got %s, want %s (%s)", got, c.want, r.TieOuts[0].Explanation.English())
			}
			if why := r.TieOuts[0].Explanation.English(); !strings.HasPrefix(why, c.why) || c.why == "" && why != "" {
				t.Errorf("explained by %q, want %q", why, c.why)
			}
			want := map[calc.TieState][2]int{calc.TieAgrees: {0, 0}, calc.TieDiffers: {1, 0}, calc.TieNoExport: {0, 1}}[r.TieOuts[0].State]
			if got := [2]int{findings(r, calc.ControlDiffers), findings(r, calc.ControlWithoutExport)}; got != want {
				t.Errorf("%v findings, want %v", got, want)
			}
			for _, f := range r.Findings {
				differs, tie := f.Code() == calc.ControlDiffers, &r.TieOuts[0]
				if differs && tie.Figure.IsMoney() && !f.Money().Amount.Equal(calc.Cents(tie.Difference.Decimal)) {
					t.Errorf("%s behind it, want the difference of %s", f.Money().Amount, tie.Difference.Decimal)
				}
			}
		})
	}
}

// Controls of later days wait; what has exports and no control is named where
// others have one.
func TestControlsOfOthers(t *testing.T) {
	other := coop("E-9", "2020-03-31", "1")
	other.participant, other.name = "4712", "Fabrikam"
	a := asOf("2020-06-30", export("one", coop("E-1", "2020-03-31", "100"), other))
	r := withControls(t, a, control("2020-06-30|4711||FY20H2||coop|100|USD"), control("2020-07-01|4712||FY20H2||coop|1|USD"))
	if len(r.TieOuts) != 1 || findings(r, calc.AfterAsOf) != 1 || findings(r, calc.ExportWithoutControl) != 1 {
		t.Errorf("%d compared, findings %v", len(r.TieOuts), r.Findings)
	}
	r = withControls(t, a, control("2020-06-30|||FY20H2||coop|101|USD"))
	if findings(r, calc.ExportWithoutControl) != 0 || r.TieOuts[0].State != calc.TieAgrees {
		t.Errorf("a total of all: %s, findings %v", tied(&r.TieOuts[0]), r.Findings)
	}
}

// controlFault is what is wrong with a control, or with the archive that it is
// compared with.
type controlFault int

const (
	rightControl controlFault = iota
	wrongAmount
	olderState
	neverExported
	controlFaults
)

// On random archives every seeded fault is found exactly once, and nothing else
// is. The oracle adds up what was generated, by itself.
func TestRandomControls(t *testing.T) {
	seen := map[controlFault]int{}
	for seed := range uint64(60) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 18))
			participants := []string{"4711", "4712", "0815"}
			programs := []string{"CSP Indirect Reseller", "CSP Direct Bill Partner"}
			months := []string{"2021-01", "2021-02", "2021-03", "2021-04", "2021-05", "2021-06", "2021-07"}
			type cell struct{ participant, program, month, typ string }
			cents := map[cell]int64{}  // as they are in the end
			before := map[cell]int64{} // before their restatement
			restated := map[cell]bool{}
			var old, now []line
			id := 0
			for _, participant := range participants {
				for _, program := range programs {
					for _, month := range months {
						for _, typ := range []string{"Coop", "Rebate"} {
							for range 1 + random.IntN(3) {
								id++
								amount := random.Int64N(90000) - 9000
								l := coop(fmt.Sprintf("E-%03d", id), month+"-15", decimal.New(amount, -2).String())
								l.participant, l.name, l.program, l.typ, l.calculated = participant, participant+" Ltd", program, typ, month+"-20"
								key := cell{participant, program, month, typ}
								before[key] += amount
								old = append(old, l)
								if random.IntN(6) == 0 {
									amount += 1 + random.Int64N(5000)
									l.amount, l.usd, l.calculated = decimal.New(amount, -2).String(), decimal.New(amount, -2).String(), "2021-08-02"
									now = append(now, l)
									restated[key] = true
								}
								cents[key] += amount
							}
						}
					}
				}
			}
			reach := coop("E-000", "2021-08-15", "1") // so that exports reach to the end
			var fill []line
			for _, participant := range participants {
				for _, program := range programs {
					reach.id, reach.participant, reach.name, reach.program, reach.calculated = "F-"+participant+program, participant, participant+" Ltd", program, "2021-09-01"
					fill = append(fill, reach)
				}
			}
			a := asOf("2021-08-31", export("old", old...), export("now", append(now, fill...)...))
			var lines []calc.Control
			var want []controlFault
			keys := slices.SortedFunc(maps.Keys(cents), func(a, b cell) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
			for _, key := range keys {
				if random.IntN(3) > 0 {
					continue
				}
				fault, amount, on := controlFault(random.IntN(int(controlFaults))), cents[key], "2021-08-31"
				switch {
				case fault == wrongAmount:
					amount += 100000 + random.Int64N(1000) // more than any row
				case fault == olderState && restated[key]:
					amount, on = before[key], "2021-07-31"
				case fault == olderState:
					fault = rightControl
				case fault == neverExported:
					key.participant = fmt.Sprintf("9%05d", len(lines)) // one of its own
				}
				month, program := key.month, key.program
				if random.IntN(2) == 0 {
					program = map[string]string{"CSP Indirect Reseller": "csp 2t INDIRECT  reseller", "CSP Direct Bill Partner": "CSP 1T Direct Partner"}[program]
				}
				lines = append(lines, control(fmt.Sprintf("%s|%s|%s||%s|%s|%s|USD", on, key.participant, program, month, key.typ, decimal.New(amount, -2))))
				want = append(want, fault)
			}
			r := withControls(t, a, lines...)
			found := map[int]calc.Finding{} // by row of controls.csv
			for _, f := range r.Findings {
				if f.Code() == calc.ControlDiffers || f.Code() == calc.ControlWithoutExport {
					if _, twice := found[f.Place().Row]; twice {
						t.Errorf("row %d is found twice", f.Place().Row)
					}
					found[f.Place().Row] = f
				}
			}
			for _, x := range r.TieOuts {
				fault := want[x.Place.Row-2]
				seen[fault]++
				f, reported := found[x.Place.Row]
				state := map[controlFault]calc.TieState{rightControl: calc.TieAgrees, wrongAmount: calc.TieDiffers, olderState: calc.TieDiffers, neverExported: calc.TieNoExport}[fault]
				severity := map[controlFault]calc.Severity{wrongAmount: calc.Warning, olderState: calc.Info, neverExported: calc.Error}[fault]
				switch {
				case x.State != state:
					t.Errorf("row %d, fault %d: %s", x.Place.Row, fault, tied(&x))
				case reported != (fault != rightControl), reported && f.Severity() != severity:
					t.Errorf("row %d, fault %d: finding %v", x.Place.Row, fault, f)
				case fault == olderState && !x.Open().IsZero():
					t.Errorf("row %d is not explained: %s", x.Place.Row, x.Explanation.English())
				}
			}
			if len(r.TieOuts) != len(lines) {
				t.Errorf("%d of %d controls compared", len(r.TieOuts), len(lines))
			}
		})
	}
	for fault := range controlFaults {
		if seen[fault] < 20 {
			t.Errorf("fault %d was seeded %d times only", fault, seen[fault])
		}
	}
}
