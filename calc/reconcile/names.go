package reconcile

import (
	"slices"

	"cspcoop/calc"
)

// naming is the name that a participant goes by: that of the counted earning with
// the latest earningDate, then the bytewise smallest (contract). So is its country.
type naming struct {
	name, country string
	all           []string     // names of counted rows, of each file once
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

// names returns all names that counted rows have, sorted.
func (n *naming) names() []string { return slices.Compact(slices.Sorted(slices.Values(n.all))) }
