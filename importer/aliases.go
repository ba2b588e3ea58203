package importer

import (
	"fmt"
	"maps"
	"slices"
)

// vocabulary is what headers of one report may be called: the documented names
// and aliases, and the configuration's further ones.
type vocabulary struct {
	report *report
	names  map[string]fit
}

// newVocabularies adds the configuration's headers to every report that has the
// column they stand for. They rank behind the documented ones.
func newVocabularies(columns map[string][]string) []vocabulary {
	var all []vocabulary
	for _, r := range reports {
		v := vocabulary{r, maps.Clone(r.names)}
		for _, name := range slices.Sorted(maps.Keys(columns)) {
			f, ok := r.names[foldHeader(name)]
			if !ok || f.rank > 0 {
				continue
			}
			for i, header := range columns[name] {
				if _, taken := v.names[foldHeader(header)]; !taken {
					v.names[foldHeader(header)] = fit{f.field, len(f.aliases) + 1 + i}
				}
			}
		}
		all = append(all, v)
	}
	return all
}

// fitOf returns the field of the report that a header stands for, and the currency
// that it names. An amount whose header names USD, "Earnings (USD)", is the USD
// figure (exports.md, the plain form).
func (v *vocabulary) fitOf(header headerCell) (f fit, currency string, ok bool) {
	if f, ok = v.names[header.folded]; ok {
		return f, "", true
	}
	name, currency, ok := cutCurrency(header.written)
	if !ok {
		return fit{}, "", false
	}
	f, ok = v.names[foldHeader(name)]
	switch {
	case !ok || f.name != "earningAmount" && f.name != "earningAmountUSD":
		return fit{}, "", false
	case f.name == "earningAmount" && currency == "USD":
		usd := v.names[foldHeader("earningAmountUSD")]
		return fit{usd.field, byCurrency + f.rank}, currency, true
	case f.name == "earningAmountUSD" && currency != "USD":
		return fit{}, "", false
	}
	return f, currency, true
}

// byCurrency ranks a header that became the USD figure by its brackets behind
// every name of that field.
const byCurrency = 1000

// cutCurrency splits "Earnings (USD)" into its name and currency.
func cutCurrency(header string) (name, currency string, ok bool) {
	h := trimBlanks(header)
	n := len(h)
	if n < 6 || h[n-1] != ')' || h[n-5] != '(' {
		return "", "", false
	}
	currency, ok = Currency(h[n-4 : n-1])
	return h[:n-5], currency, ok
}

// CheckColumns reports whether a configuration's further headers stand for columns
// that exist, and each for one only.
func CheckColumns(columns map[string][]string) error {
	for _, r := range reports {
		owner := map[string]string{}
		for folded, f := range r.names {
			owner[folded] = f.name
		}
		for _, name := range slices.Sorted(maps.Keys(columns)) {
			if !knownColumn(name) {
				return fmt.Errorf("%q is not a known column; \"cspcoop help columns\" lists them", name)
			}
			if f, ok := r.names[foldHeader(name)]; !ok || f.rank > 0 {
				continue
			}
			for _, header := range columns[name] {
				folded := foldHeader(header)
				if other, taken := owner[folded]; taken && foldHeader(other) != foldHeader(name) {
					return fmt.Errorf("the header %q is to stand for %q, but already stands for %q; use another header", header, name, other)
				}
				owner[folded] = name
			}
		}
	}
	return nil
}

// knownColumn reports whether a report has a column of this documented name.
func knownColumn(name string) bool {
	return slices.ContainsFunc(reports, func(r *report) bool {
		f, ok := r.names[foldHeader(name)]
		return ok && f.rank == 0
	})
}
