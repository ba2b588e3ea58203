package sqltext

import (
	"fmt"
	"slices"
	"strings"

	"cspcoop/calc"
)

// column is one of the result, which is grouped by what decides money and, on
// request, by more.
type column struct {
	name   string // Microsoft's
	key    string // what to group by; "" where it is a sum or newest value
	always bool   // it decides money
	shown  string // what the result has where it is not grouped by; "" for nothing
}

// resultColumns are the columns of the result, in their order.
var resultColumns = []column{
	{name: "participantId", key: "counted_participant", always: true},
	{name: "participantName", key: "counted_name", shown: "coalesce(max(newest_name), '')"},
	{name: "partnerCountryCode", key: "counted_country", shown: "coalesce(max(newest_country), '')"},
	{name: "programName", key: "counted_program", always: true},
	{name: "engagementName", key: "counted_engagement", always: true},
	{name: "lever", key: "counted_lever"},
	{name: "earningType", key: "counted_type", always: true, shown: "min(daily_kind)"},
	{name: "earningDate", key: "counted_day", shown: "max(counted_day)"},
	{name: "calculationDate", shown: "substr(max(daily_stamp), 1, 19)"},
	{name: "transactionCurrency", key: "counted_currency", always: true},
	{name: "earningAmount", shown: "sum(daily_amount)"},
	{name: "earningAmountUSD", shown: "sum(daily_usd)"},
	{name: "paymentId", key: "counted_payment"},
	{name: "paymentStatus", key: "counted_status"},
	{name: "reasonCode", key: "counted_reason", shown: "min(daily_reason)"},
	{name: "claimId", key: "counted_claim", shown: "paid_claim"},
}

// Columns lists the columns that a statement groups by on request.
func Columns() []string {
	var names []string
	for _, c := range resultColumns {
		if c.key != "" && !c.always {
			names = append(names, c.name)
		}
	}
	return names
}

// columnsNamed returns the columns that names mean, in the result's order; those
// that are always grouped by change nothing.
func columnsNamed(names []string) ([]string, error) {
	asked := map[string]bool{}
	for _, name := range names {
		i := slices.IndexFunc(resultColumns, func(c column) bool { return c.key != "" && strings.EqualFold(c.name, strings.TrimSpace(name)) })
		if i < 0 {
			known := strings.Join(Columns(), ", ")
			if meant := calc.NearestName(name, Columns()); strings.TrimSpace(name) != "" {
				return nil, fmt.Errorf("--by: there is no column %q to group by; did you mean %q? It takes %s", name, meant, known)
			}
			return nil, fmt.Errorf("--by: a name is missing; it takes %s", known)
		}
		asked[resultColumns[i].name] = true
	}
	return slices.DeleteFunc(Columns(), func(name string) bool { return !asked[name] }), nil
}

// grouping holds the lists of columns of the statement.
type grouping struct {
	keys   []string // of a row of the result
	daily  []string // the same without the day
	names  []string // of the rows among which a participant's newest name is looked for
	result []string
	order  []string
}

// groupedBy groups by what decides money and by the named columns.
func groupedBy(by []string, levers bool) grouping {
	g := grouping{keys: []string{"counted_month", "counted_role", "paid_claim", "aside"}, names: []string{"counted_participant", "counted_month", "aside"}}
	if slices.Contains(by, "earningDate") {
		g.names = append(g.names, "counted_day")
	}
	for _, c := range resultColumns {
		grouped := c.always || slices.Contains(by, c.name) || c.name == "lever" && levers
		if grouped && c.key != "" {
			g.keys = append(g.keys, c.key)
		}
		switch shown := c.shown; {
		case grouped && (shown == "" || !c.always):
			g.result = append(g.result, c.key+" AS "+c.name)
		case shown != "":
			g.result = append(g.result, shown+" AS "+c.name)
		}
	}
	g.daily = slices.DeleteFunc(slices.Clone(g.keys), func(key string) bool { return key == "counted_day" })
	g.order = []string{"participantId", "programName", "earningDate", "earningType", "transactionCurrency", "engagementName", "reasonCode", "claimId", "counted_role"}
	for _, name := range append(slices.Clone(by), "lever") {
		if !slices.Contains(g.order, name) && (name != "lever" || levers) {
			g.order = append(g.order, name)
		}
	}
	return g
}
