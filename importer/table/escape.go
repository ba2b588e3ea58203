package table

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// unescape replaces, in place, the escapes _xHHHH_ by which a workbook stores
// what XML cannot hold (ECMA-376 part 1, §22.9.2.19): each stands for one
// UTF-16 code unit. What is no escape stays as it is.
func unescape(text []byte) []byte {
	at := bytes.IndexByte(text, '_')
	if at < 0 {
		return text
	}
	out := text[:at]
	for rest := text[at:]; len(rest) > 0; {
		r, n := escaped(rest)
		if n == 0 {
			out = append(out, rest[0])
			rest = rest[1:]
			continue
		}
		if utf16.IsSurrogate(r) {
			low, m := escaped(rest[n:])
			pair := utf16.DecodeRune(r, low)
			if m == 0 || pair == utf8.RuneError {
				out = append(out, rest[:n]...)
				rest = rest[n:]
				continue
			}
			r, n = pair, n+m
		}
		out = utf8.AppendRune(out, r)
		rest = rest[n:]
	}
	return out
}

// escaped reads the escape at the start of b and returns its length, 0 for none.
func escaped(b []byte) (rune, int) {
	const length = len("_x0000_")
	if len(b) < length || b[0] != '_' || b[1] != 'x' || b[length-1] != '_' {
		return 0, 0
	}
	var r rune
	for _, c := range b[2 : length-1] {
		switch {
		case '0' <= c && c <= '9':
			r = r<<4 | rune(c-'0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, 0
		}
	}
	return r, length
}
