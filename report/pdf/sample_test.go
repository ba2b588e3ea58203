package pdf

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cspcoop/calc"
	"cspcoop/calc/calctest"
	"cspcoop/calc/reconcile"

	"github.com/shopspring/decimal"
)

// earned is one month of a participant's program, for building results.
type earned struct {
	participant, name, program, currency string
	month                                calc.Month
	rebate, coop                         string // in currency
	usd                                  string // rate to USD; "" is 1
}

// earningsFile makes an export that holds the months.
func earningsFile(t testing.TB, file string, months []earned) *calc.Source {
	t.Helper()
	src := &calc.Source{File: file, SHA256: strings.Repeat("8f3c51aa09de", 5) + "01ab", Receipt: 1, Kind: calc.KindEarnings, Sheets: []string{""}}
	for i, m := range months {
		for k, amount := range []string{m.rebate, m.coop} {
			typ := "Rebate"
			if k == 1 {
				typ = "Coop"
			}
			usd := money(t, amount)
			if m.usd != "" {
				usd = usd.Mul(money(t, m.usd))
			}
			calctest.Add(src, calc.EarningCells{
				Participant: m.participant, ParticipantName: m.name, Country: "NO", Program: m.program, Type: typ, Currency: m.currency,
				ID: fmt.Sprintf("%s-%d-%s", m.participant, i, typ), Date: m.month.Last(),
				Calculated: calc.Stamp{Day: m.month.Add(1).First().AddDays(4)},
				Amount:     calc.NewAmount(money(t, amount)), USD: calc.NewAmount(usd),
				Row: uint32(2*i + k + 2),
			})
		}
	}
	return src
}

func money(t testing.TB, s string) decimal.Decimal {
	t.Helper()
	d, err := decimal.NewFromString(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func calculated(t testing.TB, asOf string, sources ...*calc.Source) *calc.Result {
	t.Helper()
	day, err := calc.ParseDate(asOf)
	if err != nil {
		t.Fatal(err)
	}
	r, err := reconcile.Calculate(calc.Input{AsOf: day, Sources: sources, Policy: calc.DefaultPolicy()})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// northwind is the story that the documents have in tests: a fund to claim, and
// the next one accruing.
func northwind(t testing.TB) *calc.Result {
	t.Helper()
	earnings := earningsFile(t, "earnings-2020-10.csv", months("4400123", "Northwind Cloud AS", "CSP 1T Direct Partner", "USD", calc.NewMonth(2020, time.January), "", [][2]string{
		{"2410.50", "1607.00"}, {"2688.75", "1792.50"}, {"3015.30", "2010.20"}, {"2250.00", "1500.00"}, {"2946.90", "1964.60"}, {"3287.55", "2191.70"},
		{"780.00", "520.00"}, {"801.30", "534.20"}, {"-60.00", "-40.00"}, {"825.60", "1017.05"},
	}))
	return calculated(t, "2020-10-31", earnings, register(t,
		claim(t, "1234567", calc.ClaimPaid, "4500", "2020-10-05", "Digital Advertising"),
		claim(t, "1234588", calc.ClaimInReview, "1250", "2020-10-27", "Customer seminars and bootcamps"),
		claim(t, "draft 12", calc.ClaimEditing, "2000", "", "Microsoft exams and tuition"),
	))
}

// portfolio has a fund of every state, in three legal entities.
func portfolio(t testing.TB) *calc.Result {
	t.Helper()
	spring, autumn := calc.NewMonth(2021, time.January), calc.NewMonth(2021, time.July)
	six := func(coop string) [][2]string { return repeat([2]string{"900.00", coop}, 6) }
	list := months("4400123", "Northwind Cloud AS", "CSP Direct Bill Partner", "NOK", spring, "0.1125", six("9200.00"))
	list = append(list, months("4400123", "Northwind Cloud AS", "CSP Direct Bill Partner", "NOK", autumn, "0.1125", six("9900.00"))...)
	list = append(list, months("4400777", "Fabrikam Oslo", "CSP Indirect Reseller", "USD", spring.Add(-6), "", six("800.00"))...)
	list = append(list, months("4400777", "Fabrikam Oslo", "CSP Indirect Reseller", "USD", spring, "", six("666.66"))...)
	list = append(list, months("4400888", "Adatum GmbH", "CSP Indirect Reseller", "EUR", spring, "1.18", six("-20.00"))...)
	list = append(list, months("4400888", "Adatum GmbH", "CSP Indirect Reseller", "EUR", autumn, "1.18", six("1500.00"))...)
	list = append(list, months("4400999", "Tailspin Reseller Ltd", "CSP Indirect Reseller", "GBP", autumn.Add(6), "1.30", six("1320.00")[:2])...)
	earnings := earningsFile(t, "earnings-2022-02.csv", list)
	cut := calc.NewFinding(calc.Warning, calc.NoFinalNewline, calc.Say("the last line has no line end"))
	total := calc.NewFinding(calc.Info, calc.TotalRowCode, calc.Say("the total row is left out"))
	earnings.Findings = []calc.Finding{cut.At(calc.Place{File: earnings.File, Row: 12}), total.At(calc.Place{File: earnings.File, Row: 99})}
	policy := calc.DefaultPolicy()
	policy.Entities = []calc.EntityRule{{Name: "Northwind Group", Participants: []string{"4400123", "4400777"}}, {Name: "Adatum Holding", Participants: []string{"4400888"}}}
	// The last set had one fund below the threshold that exceeds it now.
	last := &calc.LastSet{AsOf: calc.MustDate(2022, time.January, 31), Funds: []calc.FundState{
		{Participant: "4400123", Program: "CSP Direct Bill Partner", Period: spring.Period(), Currency: "NOK", Decision: calc.ClaimRequired,
			Rule: calc.Guide2019().Name, Rebate: money(t, "607.50"), CoOp: money(t, "6210.00"), Flows: calc.Flows{Earned: money(t, "55200.00")}},
		{Participant: "4400123", Program: "CSP Direct Bill Partner", Period: autumn.Period(), Currency: "NOK", Decision: calc.AutoPayout,
			Rule: calc.Guide2019().Name, Rebate: money(t, "405.00"), CoOp: money(t, "3982.50"), Flows: calc.Flows{Earned: money(t, "35400.00"), PaidOut: money(t, "35400.00")}},
	}}
	r, err := reconcile.Calculate(calc.Input{AsOf: calc.MustDate(2022, time.February, 20), Sources: []*calc.Source{earnings}, Last: last, Policy: policy})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func months(participant, name, program, currency string, first calc.Month, usd string, amounts [][2]string) []earned {
	var list []earned
	for i, a := range amounts {
		list = append(list, earned{participant, name, program, currency, first.Add(i), a[0], a[1], usd})
	}
	return list
}

func register(t testing.TB, rows ...calc.ClaimRow) *calc.Source {
	t.Helper()
	src := &calc.Source{File: "claims.xlsx", SHA256: strings.Repeat("c1a1", 16), Receipt: 2, Kind: calc.KindClaims, Sheets: []string{"Claims"}, HasRegister: true}
	for i, r := range rows {
		r.Place = calc.Place{File: src.File, Sheet: "Claims", Row: i + 2}
		src.Register = append(src.Register, r)
	}
	return src
}

func claim(t testing.TB, id string, status calc.ClaimStatus, amount, submitted, activity string) calc.ClaimRow {
	t.Helper()
	r := calc.ClaimRow{ClaimTerms: calc.ClaimTerms{
		ID: id, Participant: "4400123", Program: "CSP Direct Bill Partner", Usage: calc.NewMonth(2020, time.July).Period(),
		Name: "Autumn campaign", Category: "Demand Generation", Activity: activity,
		ActivityStart: calc.MustDate(2020, time.September, 1), ActivityEnd: calc.MustDate(2020, time.September, 30),
		Currency: "USD", Amount: money(t, amount), Status: status, LastActivity: calc.MustDate(2020, time.October, 28),
		Proof: []string{"banner.png", "landing page.pdf"},
	}}
	if submitted != "" {
		day, err := calc.ParseDate(submitted)
		if err != nil {
			t.Fatal(err)
		}
		r.Submitted = day
	}
	r.Invoice = &calc.Invoice{Number: "INV-" + id, Document: "invoice " + id + ".pdf", Date: calc.MustDate(2020, time.September, 30),
		Amount: decimal.NewNullDecimal(money(t, amount)), Currency: "USD"}
	return r
}

func repeat(a [2]string, n int) [][2]string {
	list := make([][2]string, n)
	for i := range list {
		list[i] = a
	}
	return list
}
