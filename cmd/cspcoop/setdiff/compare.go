package setdiff

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Difference is what differs between two sets; its lists are in the order of their
// keys. It is printed as JSON.
type Difference struct {
	From      string     `json:"from"` // as-of date of the first set; "" for none
	To        string     `json:"to"`
	Funds     []Fund     `json:"funds"`
	Decisions []Decision `json:"decisions"`
	Claims    []Claim    `json:"claims"`
	Findings  []Finding  `json:"findings"`
}

// Change says how a thing differs.
type Change string

// The ways in which a thing of one set differs from that of the other.
const (
	Added   Change = "added"
	Removed Change = "removed"
	Changed Change = "changed"
)

// Fund is a row of balances.csv that differs.
type Fund struct {
	FundKey
	Change Change  `json:"change"`
	Fields []Field `json:"fields"` // that differ, in the order of their names; all that are not empty of one that is new or gone
}

// FundKey names a fund.
type FundKey struct {
	Participant string `json:"participant_id"`
	Program     string `json:"program"`
	Period      string `json:"earning_period"`
}

// Field is a column with its value in each set.
type Field struct {
	Name string `json:"name"`
	From string `json:"from"`
	To   string `json:"to"`
}

// Decision is one that changed.
type Decision struct {
	FundKey
	From string `json:"from"`
	To   string `json:"to"`
}

// Claim is a claim that differs.
type Claim struct {
	ID     string  `json:"claim_id"`
	Change Change  `json:"change"`
	Fields []Field `json:"fields"`
}

// Finding is one that one set has and the other has not.
type Finding struct {
	Change      Change `json:"change"` // Added or Removed
	Severity    string `json:"severity"`
	Code        string `json:"code"`
	Participant string `json:"participant_id"`
	Program     string `json:"program"`
	Period      string `json:"earning_period"`
	Message     string `json:"message"`
}

// Empty reports whether nothing differs.
func (d *Difference) Empty() bool {
	return len(d.Funds)+len(d.Decisions)+len(d.Claims)+len(d.Findings) == 0
}

// Compare says what differs between two sets. A nil set is one without anything.
func Compare(from, to *Tables) *Difference {
	if from == nil {
		from = &Tables{}
	}
	d := &Difference{From: from.AsOf, To: to.AsOf, Funds: []Fund{}, Decisions: []Decision{}, Claims: []Claim{}, Findings: []Finding{}}
	// How many days are left follows from the as-of date alone.
	for _, p := range pairs(byKey(from.rows["balances.csv"], fundColumns...), byKey(to.rows["balances.csv"], fundColumns...), fundColumns, []string{"days_left"}) {
		key := FundKey{p.any["participant_id"], p.any["program"], p.any["earning_period"]}
		d.Funds = append(d.Funds, Fund{key, p.change, p.fields})
		if a, b := p.from["decision"], p.to["decision"]; p.change == Changed && a != b {
			d.Decisions = append(d.Decisions, Decision{key, a, b})
		}
	}
	for _, p := range pairs(claims(from.rows["claims.csv"]), claims(to.rows["claims.csv"]), []string{"claim_id"}, []string{"file", "row"}) {
		d.Claims = append(d.Claims, Claim{p.any["claim_id"], p.change, p.fields})
	}
	d.Findings = append(d.Findings, missing(from.rows["exceptions.csv"], to.rows["exceptions.csv"], Removed)...)
	d.Findings = append(d.Findings, missing(to.rows["exceptions.csv"], from.rows["exceptions.csv"], Added)...)
	return d
}

var fundColumns = []string{"participant_id", "program", "earning_period"}

func byKey(rows []record, columns ...string) map[string]record {
	list := map[string]record{}
	for _, row := range rows {
		list[row.key(columns...)] = row
	}
	return list
}

// claims makes one record of each claim: its first line, with the invoices of all.
func claims(rows []record) map[string]record {
	list := map[string]record{}
	for _, row := range rows {
		invoice := strings.TrimSpace(strings.Join([]string{row["invoice_number"], row["invoice_date"], row["invoice_amount"], row["invoice_currency"]}, " "))
		claim := list[row["claim_id"]]
		if claim == nil {
			claim = maps.Clone(row)
			list[row["claim_id"]] = claim
			maps.DeleteFunc(claim, func(name, _ string) bool { return strings.HasPrefix(name, "invoice_") })
		} else {
			invoice = claim["invoices"] + ", " + invoice
		}
		claim["invoices"] = invoice
	}
	return list
}

// pair is a thing that differs.
type pair struct {
	change        Change
	from, to, any record
	fields        []Field
}

// pairs lists what differs, by key.
func pairs(from, to map[string]record, keys, ignored []string) []pair {
	all := maps.Clone(to)
	maps.Copy(all, from)
	var list []pair
	for _, key := range slices.Sorted(maps.Keys(all)) {
		p := pair{change: Changed, from: from[key], to: to[key], any: all[key]}
		switch {
		case p.from == nil:
			p.change = Added
		case p.to == nil:
			p.change = Removed
		}
		names := maps.Clone(p.from)
		if names == nil {
			names = record{}
		}
		maps.Copy(names, p.to)
		for _, name := range slices.Sorted(maps.Keys(names)) {
			if p.from[name] != p.to[name] && !slices.Contains(keys, name) && !slices.Contains(ignored, name) {
				p.fields = append(p.fields, Field{name, p.from[name], p.to[name]})
			}
		}
		if len(p.fields) > 0 || p.change != Changed {
			list = append(list, p)
		}
	}
	return list
}

// missing lists the findings of one set that the other has not.
func missing(of, in []record, change Change) []Finding {
	columns := []string{"severity", "code", "participant_id", "program", "earning_period", "file", "row", "column", "message"}
	there := map[string]int{}
	for _, row := range in {
		there[row.key(columns...)]++
	}
	var list []Finding
	for _, row := range of {
		if there[row.key(columns...)]--; there[row.key(columns...)] < 0 {
			list = append(list, Finding{change, row["severity"], row["code"], row["participant_id"], row["program"], row["earning_period"], row["message"]})
		}
	}
	slices.SortStableFunc(list, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(rank[a.Severity], rank[b.Severity]), strings.Compare(a.Code, b.Code), strings.Compare(a.Message, b.Message))
	})
	return list
}

// rank sorts severities, the worst first.
var rank = map[string]int{"error": 0, "warning": 1, "info": 2}
