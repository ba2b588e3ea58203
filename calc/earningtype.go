package calc

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
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
	var room [64]byte
	return string(appendTypeKey(room[:0], earningType))
}

// appendTypeKey writes the TypeKey of a text to key, which is empty: what is only
// looked up need not be allocated.
func appendTypeKey(key []byte, text string) []byte {
	for i := range len(text) {
		switch c := text[i]; {
		case c >= utf8.RuneSelf:
			return append(key[:0], wideTypeKey(text)...)
		case c == ' ', c >= '\t' && c <= '\r', c == '-', c == '_':
		case c >= 'A' && c <= 'Z':
			key = append(key, c+'a'-'A')
		default:
			key = append(key, c)
		}
	}
	return key
}

func wideTypeKey(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == '\u2212' || r >= utf8.RuneSelf && unicode.In(r, unicode.Pd, unicode.Cf) { // Cf: the soft hyphen
			return -1
		}
		return r
	}, Fold(text))
}

// reasonOf returns the role of a row by what its reasonCode and its type mean.
func reasonOf(byCode, byType Reason) Reason {
	if byType == PaysClaim || byCode == NoReason || byCode == UnknownReason && byType == Adjustment {
		return byType
	}
	return byCode
}

// ReasonCode is what a documented reason code says of its rows.
type ReasonCode struct {
	Name    string // as Partner Center writes it
	Role    Reason
	Meaning string
	Advice  string
}

// reasons are the reason codes of Microsoft's public documentation. Of two that
// a code begins with, the first one holds.
var reasons = []ReasonCode{
	{"AR Compliance", Adjustment, "earnings are reduced because invoices were not paid in time", "compare with the due dates of Microsoft's invoices, and dispute what was paid in time"},
	{"Ops Adjustment Microsoft incorrect calc", Adjustment, "Microsoft's calculation was wrong", "check the corrected earnings against your own calculation"},
	{"Ops Adjustment Microsoft incorrect enrollment", Adjustment, "Microsoft had the wrong enrollment", "check the enrollment in Partner Center"},
	{"Ops Adjustment", Adjustment, "Microsoft corrected earnings by hand", "ask Microsoft what was corrected, if you did not expect it"},
	{"Partner mapping", Adjustment, "a subscription belongs to another partner", "check which partner each subscription is assigned to"},
	{"Policy Exception", Adjustment, "Microsoft made an exception from its policy", "keep Microsoft's consent with the books"},
	{"Previous period earning", Adjustment, "earnings of an earlier month were missing in it", "book them in the month that they adjust"},
	{"Co-op rollover", Rollover, "co-op is moved to another period or turned into rebate", "book it as a transfer, not as an earning"},
}

// ReasonCodes lists the documented reason codes.
func ReasonCodes() []ReasonCode { return slices.Clone(reasons) }

// ReasonCodeOf returns what a reasonCode cell says; nil for one that is blank or
// not documented.
func ReasonCodeOf(code string) *ReasonCode {
	key := TypeKey(code)
	i := slices.IndexFunc(reasons, func(r ReasonCode) bool { return strings.HasPrefix(key, TypeKey(r.Name)) })
	if i < 0 {
		return nil
	}
	return &reasons[i]
}

// KnownReason reports whether a reasonCode cell is blank or its meaning is
// known.
func KnownReason(code string) bool { return reasonOfCode(code) != UnknownReason }

// ReasonWords are the TypeKeys by which reason codes are recognized.
type ReasonWords struct {
	Rollover []string // the whole code
	Begins   []string // of documented codes that adjust an earlier month, as they begin
	Contains []string // of other codes that do
}

var reasonWords = func() ReasonWords {
	w := ReasonWords{Contains: []string{"adjustment", "correction", "clawback"}}
	for _, r := range reasons {
		key := TypeKey(r.Name)
		begins := func(other ReasonCode) bool {
			return other.Name != r.Name && strings.HasPrefix(key, TypeKey(other.Name))
		}
		switch {
		case r.Role == Rollover:
			w.Rollover = append(w.Rollover, key)
		case !slices.ContainsFunc(reasons, begins):
			w.Begins = append(w.Begins, key)
		}
	}
	w.Rollover = append(w.Rollover, "rollover")
	return w
}()

// KnownReasons returns the words by which reason codes are recognized.
func KnownReasons() ReasonWords { return reasonWords }

func reasonOfCode(code string) Reason {
	if IsPlaceholder(code) {
		return NoReason
	}
	key := TypeKey(code)
	switch {
	case slices.Contains(reasonWords.Rollover, key):
		return Rollover
	case slices.ContainsFunc(reasonWords.Begins, func(word string) bool { return strings.HasPrefix(key, word) }),
		slices.ContainsFunc(reasonWords.Contains, func(word string) bool { return strings.Contains(key, word) }):
		return Adjustment
	}
	return UnknownReason
}
