package pdf

import (
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/report/table"
	"cspcoop/report/wording"

	"github.com/shopspring/decimal"
)

// printed reads an amount as a page shows it.
func printed(t *testing.T, text string) decimal.Decimal {
	t.Helper()
	if text == "" {
		return decimal.Zero
	}
	d, err := decimal.NewFromString(strings.NewReplacer(",", "", wording.Minus, "-").Replace(text))
	if err != nil {
		t.Fatalf("%q is no amount: %v", text, err)
	}
	return d
}

// allTables lists every table of a document.
func allTables(p *table.Tables, r *calc.Result, s *calc.Statement) []table.Table {
	list := []table.Table{p.Funds(), p.Months(), p.Currencies(), p.Comparatives(), p.RollForward(), p.Closing(), p.Claims(), p.Splits(),
		p.Changes(), p.Restated(), p.Changed(), p.Payouts(), p.Unpaid(), p.Payments(), p.Unmatched(), p.Published(), p.Findings(), p.Acknowledged()}
	if s != nil {
		return append(list, p.Shares())
	}
	list = append(list, p.States(), p.Deadlines(), p.ToDo(), p.AtRisk(3), p.Lost(), p.Entities(), p.Causes(), p.Sources(), p.Fates())
	if r.Policy.Journal != nil {
		list = append(list, p.JournalTotals())
	}
	return list
}

// Every total that is printed is the sum of the lines above it as they are
// printed, also where a table is cut short.
func TestTablesAddUp(t *testing.T) {
	totals := 0
	for name, r := range map[string]*calc.Result{"northwind": northwind(t), "portfolio": portfolio(t), "crowded": crowded(t, hardNames[0], "-98765.4321", 60)} {
		t.Run(name, func(t *testing.T) {
			for _, s := range append([]*calc.Statement{nil}, r.Statements...) {
				for _, of := range allTables(table.New(wording.English(), r, s, table.Paper), r, s) {
					d := newDocument(r.AsOf, wording.English(), Options{})
					for _, most := range []int{table.Every, 2} {
						if most == 2 && of.Sums {
							continue // a table of groups is never cut
						}
						l := d.layOut(of, most)
						for column := range l.heads {
							var sum decimal.Decimal
							for _, row := range l.rows {
								switch {
								case row.kind == groupRow:
								case row.kind == totalRow && column > 0 && row.cells[column].text != "":
									totals++
									if got := printed(t, row.cells[column].text); !got.Equal(sum) {
										t.Errorf("%s, %s, %s: the total is %s, the lines come to %s", name, of.Title, l.heads[column].Head, got, sum)
									}
									sum = decimal.Zero
								case l.heads[column].Column.Total && l.heads[column].Kind.IsNumber():
									sum = sum.Add(printed(t, row.cells[column].text))
								}
							}
						}
					}
				}
			}
		})
	}
	if totals < 100 {
		t.Errorf("only %d totals were checked", totals)
	}
}
