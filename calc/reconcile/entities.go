package reconcile

import (
	"slices"

	"cspcoop/calc"
)

// entityNames returns the legal entity of each configured participant; of
// several that name it, the first.
func entityNames(rules []calc.EntityRule) map[string]string {
	names := map[string]string{}
	for _, rule := range slices.Backward(rules) {
		for _, participant := range rule.Participants {
			names[participant] = rule.Name
		}
	}
	return names
}

// entities lists the configured legal entities with their subtotals, in the
// order of the configuration; participants that belong to none come last under
// no name.
func entities(rules []calc.EntityRule, statements []*calc.Statement) []calc.Entity {
	if len(rules) == 0 {
		return nil
	}
	of := map[string]*calc.Entity{}
	for _, s := range statements {
		e := of[s.Entity]
		if e == nil {
			e = &calc.Entity{Name: s.Entity}
			of[s.Entity] = e
		}
		e.Statements = append(e.Statements, s)
		for _, b := range s.Balances {
			e.Shares = e.Shares.Plus(b.Shares)
			e.AtRiskUSD = e.AtRiskUSD.Add(b.USD(b.AtRisk()))
		}
	}
	var list []calc.Entity
	for _, rule := range append(slices.Clone(rules), calc.EntityRule{}) {
		if e := of[rule.Name]; e != nil {
			list = append(list, *e)
			delete(of, rule.Name) // two entries of one name are one entity
		}
	}
	return list
}
