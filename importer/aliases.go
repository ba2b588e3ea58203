package importer

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// vocabulary is what headers of one report may be called: the documented names
// and aliases, and the configuration's further ones.
type vocabulary struct {
	report *report
	names  map[string]fit
}

// vocabularies are those of all reports that a file may be, and every name in them:
// most cells of a file are none.
type vocabularies struct {
	all   []vocabulary
	names map[string]bool // folded
}

// add puts a vocabulary behind the others.
func (vs *vocabularies) add(v vocabulary) {
	vs.all = append(vs.all, v)
	for name := range v.names {
		vs.names[name] = true
	}
}

// known returns the cells that name a column of some report.
func (vs *vocabularies) known(cells []string) []string {
	var list []string
	for _, cell := range cells {
		known := vs.names[cell]
		if !known {
			_, money := cutMoney(cell, func(name string) bool { return vs.names[name] })
			known = money != (headerMoney{})
		}
		if known {
			list = append(list, cell)
		}
	}
	return list
}

// newVocabularies adds the configuration's headers to every report that has the
// column they stand for. They rank behind the documented ones. A bank's statements
// come before all reports, where their columns are configured.
func newVocabularies(columns, bank map[string][]string) *vocabularies {
	if len(columns) == 0 && len(bank) == 0 {
		return documented()
	}
	all := &vocabularies{names: map[string]bool{}}
	if len(bank) > 0 {
		all.add(newBankVocabulary(bank))
	}
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
		all.add(v)
	}
	return all
}

// documented are the vocabularies without a configuration.
var documented = sync.OnceValue(func() *vocabularies {
	all := &vocabularies{names: map[string]bool{}}
	for _, r := range reports {
		all.add(vocabulary{r, r.names})
	}
	return all
})

// fitOf returns the field of the report that a header stands for, and the
// currency or the currency sign that it names. An amount whose header names USD,
// "Earnings (USD)", is the USD figure.
func (v *vocabulary) fitOf(header string) (f fit, money headerMoney, ok bool) {
	if f, ok = v.names[header]; ok {
		return f, money, true
	}
	name, money := cutMoney(header, func(name string) bool {
		_, known := v.names[name]
		return known
	})
	if money == (headerMoney{}) {
		return fit{}, money, false
	}
	f = v.names[name]
	switch {
	case f.name != "earningAmount" && f.name != "earningAmountUSD":
		return fit{}, money, false
	case f.name == "earningAmount" && money.currency == "USD":
		usd := v.names["earningamountusd"]
		return fit{usd.field, byCurrency + f.rank}, money, true
	case f.name == "earningAmountUSD" && money.currency != "USD" && money.sign == "":
		return fit{}, money, false
	}
	return f, money, true
}

// byCurrency ranks a header that became the USD figure by its currency behind
// every name of that field.
const byCurrency = 1000

// headerMoney is what a header says of the currency of its amounts.
type headerMoney struct {
	currency string // "Earnings (USD)", "Amount EUR"
	sign     string // "Amount ($)": any dollar
}

// cutMoney splits a folded header, "Earnings (USD)", "Amount USD" or "Amount ($)",
// into a name that is known and the currency; there is none for other headers.
func cutMoney(header string, known func(name string) bool) (name string, money headerMoney) {
	const code = 3 // letters
	cut := func(at int, word string) bool {
		if name = strings.TrimSuffix(header[:at], "in"); known(name) {
			money = moneyOf(word)
		}
		return money != (headerMoney{})
	}
	switch i := strings.LastIndexAny(header, "(["); {
	case i > 0 && (strings.HasSuffix(header, ")") || strings.HasSuffix(header, "]")):
		cut(i, header[i+1:len(header)-1])
	case len(header) > code:
		if at := len(header) - code; !cut(at, header[at:]) {
			_, size := utf8.DecodeLastRuneInString(header)
			cut(len(header)-size, header[len(header)-size:])
		}
	}
	return name, money
}

// moneyOf returns the currency that a folded word of a header names.
func moneyOf(word string) headerMoney {
	if code, known := Currency(word); known {
		return headerMoney{currency: code}
	}
	return headerMoney{sign: foldedSigns[word]}
}

// foldedSigns has the signs of currencies by how they are folded in a header; the
// first by name where two fold alike.
var foldedSigns = func() map[string]string {
	signs := map[string]string{}
	for _, sign := range slices.Backward(slices.Sorted(maps.Keys(currencySigns))) {
		signs[foldHeader(sign)] = sign
	}
	return signs
}()

// CheckColumns reports whether a configuration's further headers stand for columns
// that exist, and each for one only.
func CheckColumns(columns map[string][]string) error {
	for _, r := range exports {
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
					return fmt.Errorf("the header %q is to mean %q, but already means %q; use another header", header, name, other)
				}
				owner[folded] = name
			}
		}
	}
	return nil
}

// knownColumn reports whether a report has a column of this documented name.
func knownColumn(name string) bool {
	return slices.ContainsFunc(exports, func(r *report) bool {
		f, ok := r.names[foldHeader(name)]
		return ok && f.rank == 0
	})
}
