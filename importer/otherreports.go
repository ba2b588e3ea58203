package importer

import (
	"fmt"
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// otherReport is a report of Partner Center that holds no earnings, payments or
// claims. It is refused by its name.
type otherReport struct {
	name     string
	identify func(has func(names ...string) bool) bool
}

var otherReports = []otherReport{
	{"Ineligible revenue usage", func(has func(...string) bool) bool {
		sale := has("partnerId", "transactionAmount") || has("partnerId", "transactionAmountUSD")
		return has("unearnedId") || sale && (has("partnerAssociation") || has("partnerRole") || has("compensableUnits") || has("reason"))
	}},
	{"MaxCapBalance", func(has func(...string) bool) bool {
		return has("maxCapUSD") || has("balanceEarningOpportunityUSD") || has("maxCapBalanceRefreshDate")
	}},
	{"Historical statements", func(has func(...string) bool) bool {
		return has("revenueSource") && (has("appProceeds") || has("payment") || has("transactionDateTime"))
	}},
}

// identifyOther returns the name of a report that is none of ours, by the cells
// of its header. A column that only an earnings export has makes it one.
func identifyOther(cells []string) string {
	if earnings, _ := earningsColumns(cells); earnings {
		return ""
	}
	has := func(names ...string) bool {
		for _, name := range names {
			// The names are letters alone: folding them is ignoring their case.
			if !slices.ContainsFunc(cells, func(cell string) bool { return strings.EqualFold(cell, name) }) {
				return false
			}
		}
		return true
	}
	for _, r := range otherReports {
		if r.identify(has) {
			return r.name
		}
	}
	return ""
}

const wantReport = "drop Partner Center's Earnings (Transaction history) or Payments report, or a claims register"

// sheetOfOther is a sheet without a header of ours.
type sheetOfOther struct {
	sheet  string
	row    int    // of another report's header
	report string // its name; "" when it is not known
}

func (o sheetOfOther) says() calc.Sentence {
	if o.report != "" {
		return calc.Say("sheet %s is Partner Center's %s report, which holds no earnings, and is not read", calc.Quoted{Of: o.sheet}, calc.Quoted{Of: o.report})
	}
	return calc.Say("sheet %s has no header that fits a report and is not read", calc.Quoted{Of: o.sheet})
}

// refuseOther refuses a file that holds only reports that are none of ours.
func (in *importing) refuseOther(o sheetOfOther) {
	in.faults.Add(table.Fault{Sheet: o.sheet, Row: o.row, Want: wantReport,
		Problem: fmt.Sprintf("this is Partner Center's %q report, which holds no earnings, payments or claims", o.report)})
}

// refuseStore refuses earnings of nothing but the Microsoft Store or the
// commercial marketplace: they have the same columns, and are sales, no
// incentives.
func (in *importing) refuseStore() {
	list := in.source.Earnings
	for i := range list.Len() {
		if !isStore(list.At(i).Program()) {
			return
		}
	}
	if list.Len() > 0 {
		in.faults.Add(table.Fault{Sheet: in.tabs[0].sheet.Name, Want: wantReport, Value: table.Excerpt(list.At(0).Program()),
			Problem: "this is Partner Center's Store or Marketplace report: its rows are sales in a store, not incentives"})
	}
}

// isStore reports whether a program's name is that of a store or marketplace.
func isStore(program string) bool {
	store := false
	for _, word := range strings.Fields(strings.ToLower(program)) {
		switch {
		case strings.HasPrefix(word, "incentive") || word == "csp":
			return false
		case word == "store" || word == "marketplace" || word == "appsource":
			store = true
		}
	}
	return store
}
