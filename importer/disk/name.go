package disk

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// SafeName is name in a form that can be one file or folder name on every file system the program runs on,
// else a name like it that can: what Windows forbids, what cannot be seen (control and bidirectional override
// characters, invalid UTF-8) and a leading dot become underscores, trailing dots and spaces go, and reserved
// device names get an underscore before them. It says nothing about length or letter case; whoever changes a
// name this way adds something that keeps it apart from others.
func SafeName(name string) string {
	safe := strings.Map(func(r rune) rune {
		if r == utf8.RuneError || strings.ContainsRune(`<>:"/\|?*`, r) || !unicode.IsGraphic(r) {
			return '_'
		}
		return r
	}, name)
	safe = trimEnd(safe)
	if strings.HasPrefix(safe, ".") {
		safe = "_" + safe[1:]
	}
	if safe == "" || reserved(safe) {
		safe = "_" + safe
	}
	return safe
}

// Shorten cuts a name to at most limit bytes, between characters and so that it still ends as a name may.
func Shorten(name string, limit int) string {
	if len(name) <= limit {
		return name
	}
	for limit > 0 && !utf8.RuneStart(name[limit]) {
		limit--
	}
	return trimEnd(name[:limit])
}

// trimEnd drops what Windows drops silently, so that two names would become one.
func trimEnd(name string) string { return strings.TrimRight(name, ". ") }

// reserved reports a device name, with or without an extension. Source: Microsoft, "Naming Files, Paths, and
// Namespaces".
func reserved(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	switch stem = strings.ToUpper(strings.TrimRight(stem, " ")); stem {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	port, ok := strings.CutPrefix(stem, "COM")
	if !ok {
		port, ok = strings.CutPrefix(stem, "LPT")
	}
	return ok && utf8.RuneCountInString(port) == 1 && strings.ContainsAny(port, "0123456789¹²³")
}
