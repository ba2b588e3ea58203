package inbox

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Display is a name as people may see it: on one line, with control characters, invisible ones (bidirectional
// overrides among them) and bytes that are no UTF-8 written out, \n or \u202e or \xff.
func Display(name string) string {
	var out strings.Builder
	for len(name) > 0 {
		r, size := utf8.DecodeRuneInString(name)
		if (r == utf8.RuneError && size == 1) || !unicode.IsGraphic(r) {
			quoted := strconv.Quote(name[:size])
			out.WriteString(quoted[1 : len(quoted)-1])
		} else {
			out.WriteString(name[:size])
		}
		name = name[size:]
	}
	return out.String()
}
