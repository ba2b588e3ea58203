package calc

import (
	"strings"
	"unicode"
)

// CurrentName returns the name under which a program is shown: the current one of a
// known program, else the one that is written.
func CurrentName(program string) string {
	if known := KeyOfProgram(program).Known(); known != "" {
		return known
	}
	return Spaced(program)
}

// ProgramKey is what makes two spellings of a program one fund: case and
// spacing are folded and renamed programs lead to their current name
// (cspcoop help rules).
type ProgramKey string

// programNames maps former names to current ones, as Partner Center shows them
// (cspcoop help rules; Microsoft's public Partner Center documentation).
var programNames = []struct{ former, current string }{
	{"CSP 1T Direct Partner", "CSP Direct Bill Partner"},
	{"CSP 2T Indirect Provider", "CSP Indirect Provider"},
	{"CSP 2T Indirect Reseller", "CSP Indirect Reseller"},
}

var programKeys, programCurrent = func() (map[string]ProgramKey, map[ProgramKey]string) {
	keys, names := map[string]ProgramKey{}, map[ProgramKey]string{}
	for _, p := range programNames {
		key := ProgramKey(Fold(p.current))
		keys[Fold(p.former)] = key
		names[key] = p.current
	}
	return keys, names
}()

// KeyOfProgram folds a program's name as an export writes it.
func KeyOfProgram(name string) ProgramKey {
	f := Fold(name)
	if key, renamed := programKeys[f]; renamed {
		return key
	}
	return ProgramKey(f)
}

// Known returns the current name as Partner Center writes it, or "" for a
// program that the table does not know.
func (k ProgramKey) Known() string { return programCurrent[k] }

// Fold makes names equal that differ in case, spacing or the kind of dash.
func Fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'A' <= r && r <= 'Z':
			return r - 'A' + 'a'
		case '!' <= r && r <= '~': // as nearly all are
			return r
		case unicode.IsSpace(r), unicode.Is(unicode.Cf, r): // the soft hyphen and marks without width
			return -1
		case unicode.Is(unicode.Pd, r), r == '\u2212': // the minus sign
			return '-'
		}
		return unicode.ToLower(r)
	}, s)
}

// Spaced trims a name and makes every run of blanks one space.
func Spaced(s string) string { return strings.Join(strings.Fields(s), " ") }
