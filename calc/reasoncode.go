package calc

import (
	"slices"
	"strings"
)

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
	{"Co-op rollover", Rollover, "co-op moves to another period or becomes rebate", "nothing; it is a transfer and not earned"},
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
	w := ReasonWords{Rollover: []string{"rollover"}, Contains: []string{"adjustment", "correction", "clawback"}}
	for _, r := range reasons {
		if r.Role == Rollover {
			w.Rollover = append(w.Rollover, TypeKey(r.Name))
		} else {
			w.Begins = append(w.Begins, TypeKey(r.Name))
		}
	}
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
