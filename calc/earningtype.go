package calc

import (
	"maps"
	"slices"
	"strings"
	"unicode"
)

// typeMeaning is what an earning type says of its rows.
type typeMeaning struct {
	kind   Kind
	reason Reason
}

// earningTypes are the earning types that are known, by their TypeKey
// (Microsoft's public Partner Center documentation, and what people and
// spreadsheets make of it).
var earningTypes = func() map[string]typeMeaning {
	types := map[string]typeMeaning{
		"fee": {kind: Other}, "sell": {kind: Other}, "indirectrebate": {kind: Other},
		"claim": {Other, PaysClaim}, "claims": {Other, PaysClaim},
	}
	for _, word := range []string{"", "earning", "earnings", "gross", "incentive", "incentives"} {
		types[word] = typeMeaning{kind: Gross}
	}
	add := func(word string, kind Kind) {
		types[word] = typeMeaning{kind: kind}
		types["adjustment"+word] = typeMeaning{kind, Adjustment}
		types[word+"adjustment"] = typeMeaning{kind, Adjustment}
	}
	for _, what := range []string{"", "earning", "earnings", "fund", "funds", "incentive", "incentives"} {
		add("rebate"+what, Rebate)
		add("coop"+what, CoOp)
		add("cooperative"+what, CoOp)
	}
	for _, what := range []string{"rebate", "rebates"} {
		add("coop"+what, CoOp)
		add("cooperative"+what, CoOp)
	}
	add("rebates", Rebate)
	return types
}()

// KindOf returns what an earningType cell means, in any of its spellings.
func KindOf(earningType string) Kind {
	if meaning, known := earningTypes[TypeKey(earningType)]; known {
		return meaning.kind
	}
	return Other
}

// KnownType reports whether the meaning of an earningType cell is known. Rows of
// other types are totalled as Other, and reported.
func KnownType(earningType string) bool {
	_, known := earningTypes[TypeKey(earningType)]
	return known
}

// TypeSpellings returns the TypeKeys of the types of a kind and role, sorted.
func TypeSpellings(kind Kind, reason Reason) []string {
	var list []string
	for _, word := range slices.Sorted(maps.Keys(earningTypes)) {
		if earningTypes[word] == (typeMeaning{kind, reason}) {
			list = append(list, word)
		}
	}
	return list
}

// TypeKey makes Coop, Co-op and CO OP one type, whatever its dash is.
func TypeKey(earningType string) string {
	return strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && r != '-' && r != '_' {
			return r
		}
		if r == '-' || r == '_' || r == '\u2212' || unicode.In(r, unicode.Pd, unicode.Cf) { // Cf: the soft hyphen
			return -1
		}
		return r
	}, Fold(earningType))
}

// ReasonOf returns the role of a row by its reasonCode and its type.
func ReasonOf(code, earningType string) Reason {
	byCode, byType := reasonOfCode(code), earningTypes[TypeKey(earningType)].reason
	switch {
	case byType == PaysClaim || byCode == NoReason || byCode == UnknownReason && byType == Adjustment:
		return byType
	}
	return byCode
}
