package importer

import (
	"slices"
	"strings"

	"golang.org/x/text/currency"
)

// newer are the codes of ISO 4217 that came after the tables of x/text: the new
// leone, digital bolívar, Zimbabwe gold and the Caribbean guilder. All have two
// decimals.
var newer = []string{"SLE", "VED", "ZWG", "XCG"}

// Currency returns the ISO 4217 code that s names in any case. XXX and XTS, which
// stand for no currency and for tests, are none.
func Currency(s string) (string, bool) {
	s = strings.ToUpper(trimBlanks(s))
	switch {
	case len(s) != 3:
		return "", false
	case slices.Contains(newer, s):
		return s, true
	}
	unit, err := currency.ParseISO(s)
	if err != nil || unit == currency.XXX || unit == currency.XTS {
		return "", false
	}
	return unit.String(), true
}
