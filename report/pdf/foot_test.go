package pdf

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cspcoop/calc"
	"cspcoop/report/table"
	"cspcoop/report/wording"
)

// expired has a fund of 11,066.00 USD of which a claim took 4,500.00 before it expired.
func expired(t *testing.T) *calc.Result {
	t.Helper()
	earnings := earningsFile(t, "earnings.csv", months("4400123", "Northwind Cloud AS", "CSP 1T Direct Partner", "USD", calc.NewMonth(2020, time.January), "",
		repeat([2]string{"2766.50", "1844.3333"}, 6)))
	return calculated(t, "2021-03-01", earnings, register(t,
		claim(t, "1234567", calc.ClaimPaid, "4500", "2020-10-05", "Digital Advertising"),
		claim(t, "1234588", calc.ClaimRejected, "600", "2020-10-27", "Customer seminars and bootcamps")))
}

// What was forfeited of a fund and what was rejected is on the sheets of its claims.
func TestClaimSheetOfExpiredFund(t *testing.T) {
	r := expired(t)
	for _, c := range r.Claims {
		t.Run(c.ID, func(t *testing.T) {
			d := claimOf(t, r, c, options)
			text := d.text()
			for _, want := range []string{"Forfeited, USD", "6,566.00 | 0.00", "Paid 4,500.00\u00a0USD, Rejected 600.00\u00a0USD (takes nothing)", "Claim sheet · " + c.ID, c.ID + " · 4400123 · set of"} {
				if !strings.Contains(text, want) {
					t.Errorf("the sheet does not say %q:\n%s", want, text)
				}
			}
		})
	}
}

// columnOf returns a column of a table by its head.
func columnOf(t *testing.T, of table.Table, head string) *table.Heading {
	t.Helper()
	for i := range of.Columns {
		if of.Columns[i].Head == head {
			return &of.Columns[i]
		}
	}
	t.Fatalf("%s has no column %q", of.Title, head)
	return nil
}

// Months come to their funds in the funds' currency, with the rounding between them.
func TestMonthsComeToFunds(t *testing.T) {
	list := months("4400123", "Northwind Cloud AS", "CSP Direct Bill Partner", "NOK", calc.NewMonth(2021, time.January), "0.1125", repeat([2]string{"900.004", "9200.004"}, 6))
	for name, of := range map[string][]earned{
		"one currency":  list,
		"and one month": append(list[:6:6], months("4400123", "Northwind Cloud AS", "CSP Direct Bill Partner", "USD", calc.NewMonth(2021, time.July), "", repeat([2]string{"100.00", "200.00"}, 1))...),
	} {
		t.Run(name, func(t *testing.T) {
			r := calculated(t, "2022-02-20", earningsFile(t, "earnings.csv", of))
			s := r.Statements[0]
			shown := table.New(wording.English(), r, s, table.Paper).Months()
			coop, rebate, month := columnOf(t, shown, "Co-op (NOK)"), columnOf(t, shown, "Rebate (NOK)"), columnOf(t, shown, "Month")
			end := 0
			for end < shown.Rows && (month.Cell(end).Kind == table.Words || month.Cell(end).Day.Month().Period() == s.Balances[0].Period) {
				end++
			}
			if got, want := coop.SumOf(0, end).Number.Decimal(), s.Balances[0].CoOpFund; !got.Equal(want) || got.String() != "55200.02" {
				t.Errorf("co-op of the months comes to %s NOK, the fund has %s", got, want)
			}
			if got, want := rebate.SumOf(0, end).Number.Decimal(), s.Balances[0].RebatePlain; !got.Equal(want) {
				t.Errorf("rebate of the months comes to %s NOK, the period has %s", got, want)
			}
		})
	}
}

// What claims take comes to what each fund says is claimed.
func TestClaimsComeToFunds(t *testing.T) {
	r := expired(t)
	claims := table.New(wording.English(), r, r.Statements[0], table.Paper).Claims()
	taken := columnOf(t, claims, "Taken from the fund")
	if got, want := taken.Total().Number.Decimal(), r.Statements[0].Balances[0].Claimed.Decimal; !got.Equal(want) || !taken.Column.Total || !claims.Sums {
		t.Errorf("claims take %s, the fund says %s", got, want)
	}
	if got, want := columnOf(t, claims, "Co-op earned").Cell(0).Text, "11,066.00\u00a0USD"; !strings.Contains(got, want) {
		t.Errorf("claims are under %q, want %q in it", got, want)
	}
}

// A threshold far above a small partner's earnings leaves the bars readable.
func TestThresholdAboveChart(t *testing.T) {
	for _, c := range []struct {
		coop  string
		above bool
	}{{"20.00", true}, {"400.00", false}, {"0.00", true}} {
		t.Run(c.coop, func(t *testing.T) {
			list := months("4400123", "Litware", "CSP Indirect Reseller", "USD", calc.NewMonth(2021, time.January), "", repeat([2]string{"30.00", c.coop}, 6))
			r := calculated(t, "2021-07-31", earningsFile(t, "earnings.csv", list))
			text := statementOf(t, r, r.Statements[0], options).text()
			if got := strings.Contains(text, "Threshold, 4,000.00\u00a0USD, is above this chart"); got != c.above {
				t.Errorf("above the chart is %t, want %t:\n%s", got, c.above, text)
			}
		})
	}
}

// Of a list that is cut short, as many rows are printed as end on its last page.
func TestListsFillTheirPage(t *testing.T) {
	r := portfolio(t)
	d := newDocument(r.AsOf, wording.English(), options)
	funds := table.New(wording.English(), r, nil, table.Paper).Funds()
	if got := d.filling(funds, 2, 0); got != funds.Rows {
		t.Errorf("%d of %d rows are printed on an empty page", got, funds.Rows)
	}
	if got := d.filling(funds, 2, d.bottom()-d.top()-150); got != 2 {
		t.Errorf("%d rows are printed where two have room", got)
	}
}

// Months of one half-year are on one page with their sums, and no table leaves
// fewer than three rows to its last page, wherever it begins.
func TestGroupsStayTogether(t *testing.T) {
	var list []earned
	for i := range 3 {
		list = append(list, months("4400123", "Northwind", "Hosting", "USD", calc.NewMonth(2019, time.July).Add(6*i), "", repeat([2]string{"100.00", fmt.Sprint(50 + i)}, 6))...)
	}
	r := calculated(t, "2021-01-31", earningsFile(t, "earnings.csv", list))
	tables := table.New(wording.English(), r, r.Statements[0], table.Paper)
	for _, of := range []table.Table{tables.Months(), tables.Comparatives(), tables.Funds()} {
		for top := marginTop; top < 760; top += 7 {
			d := newDocument(r.AsOf, wording.English(), options)
			d.y = top
			l := d.layOut(of, table.Every)
			d.room(l.start(0))
			pages := make([]int, len(l.rows))
			l.putHead()
			for i := range l.rows {
				l.putRow(i)
				pages[i] = len(d.pages)
			}
			for i, r := range l.rows {
				first := i == 0 || l.rows[i-1].kind == totalRow
				if end := i > 0 && r.kind == totalRow; !first && (of.Sums || end) && pages[i] != pages[i-1] {
					t.Errorf("%s from %.0f: row %d is parted from its group", of.Title, top, i)
				}
			}
			if n := len(pages); n >= lastRows && pages[n-lastRows] != pages[n-1] {
				t.Errorf("%s from %.0f: the last page has fewer than %d rows", of.Title, top, lastRows)
			}
		}
	}
}

// Heads of the lead schedule's sheet are distinct: formulas and readers name columns by them.
func TestLeadHeadsAreDistinct(t *testing.T) {
	seen := map[string]bool{}
	for _, h := range table.New(wording.English(), crowded(t, hardNames[0], "-98765.4321", 60), nil, table.Sheet|table.Screen).Lead().Columns {
		if seen[h.Head] {
			t.Errorf("two columns are headed %q", h.Head)
		}
		seen[h.Head] = true
	}
}

// Only what moved is among what changed, in the order of the other tables.
func TestOnlyWhatChanged(t *testing.T) {
	r := portfolio(t)
	text := statementOf(t, r, r.Statements[0], options).text()
	_, changed, _ := strings.Cut(text, "What changed since")
	changed, _, _ = strings.Cut(changed, "Comparative figures")
	if strings.Contains(changed, "6,210.00 | 0.00 | 6,210.00") || !strings.Contains(changed, "3,982.50 | 2,700.00 | 6,682.50") {
		t.Errorf("what changed:\n%s", changed)
	}
}
