package reconcile

import (
	"maps"
	"slices"

	"cspcoop/calc"
	"cspcoop/calc/parallel"
)

// naming is the name that a participant goes by: that of the counted earning with
// the latest earningDate, then the bytewise smallest (contract). So is its country.
type naming struct {
	name, country string
	all           []string     // names of counted rows, sorted
	by            calc.Earning // that gave the name
	named         calc.Date    // earningDate that gave the name
	from          calc.Date    // earningDate that gave the country
}

// see takes name and country of a counted row.
func (n *naming) see(e calc.Earning) {
	date := e.Date()
	if !date.Before(n.named) {
		if name := e.ParticipantName(); name != "" && (n.name == "" || date.After(n.named) || name < n.name) {
			n.name, n.named, n.by = name, date, e
		}
	}
	if !date.Before(n.from) {
		if country := e.Country(); country != "" && (n.country == "" || date.After(n.from) || country < n.country) {
			n.country, n.from = country, date
		}
	}
}

// named returns what participants are called, by their ids.
func (g *gathering) named() map[string]naming {
	rows := map[string][]*statement{}
	for _, s := range g.list {
		rows[s.Participant] = append(rows[s.Participant], s.statement)
	}
	ids := slices.Collect(maps.Keys(rows))
	all := parallel.Map(ids, func(id string) []string { return g.namesIn(rows[id]) })
	names := map[string]naming{}
	for i, id := range ids {
		n := *g.people[id]
		n.all = all[i]
		names[id] = n
	}
	return names
}

// namesIn lists the names of participants in rows, sorted.
func (g *gathering) namesIn(list []*statement) []string {
	var coded []uint64 // names by source and code
	for _, s := range list {
		for _, number := range s.rows {
			source, e := g.ledger.Find(number)
			coded = append(coded, uint64(source)<<32|uint64(e.Code(calc.ParticipantNameColumn)))
		}
	}
	slices.Sort(coded)
	names := map[string]bool{}
	for _, c := range slices.Compact(coded) {
		if name := g.ledger.Sources[c>>32].Earnings.Words(calc.ParticipantNameColumn)[uint32(c)]; name != "" {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}
