package xmltoken

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// skipBlanks is b without the blanks at its start.
func skipBlanks(b []byte) []byte {
	for len(b) > 0 && isBlank(b[0]) {
		b = b[1:]
	}
	return b
}

// legalRune is production Char of XML 1.0.
func legalRune(r rune) bool {
	switch {
	case r < ' ':
		return r == '\t' || r == '\n' || r == '\r'
	case r < 0xD800:
		return true
	default:
		return 0xE000 <= r && r <= 0xFFFD || 0x10000 <= r && r <= utf8.MaxRune
	}
}

// nameStart is production NameStartChar of XML 1.0 without the colon.
func nameStart(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r == '_'
	}
	switch {
	case r < 0xC0, r == 0xD7, r == 0xF7, 0x300 <= r && r < 0x370, r == 0x37E:
		return false
	case r < 0x2000:
		return true
	case r == 0x200C, r == 0x200D, 0x2070 <= r && r <= 0x218F, 0x2C00 <= r && r <= 0x2FEF:
		return true
	case 0x3001 <= r && r <= 0xD7FF, 0xF900 <= r && r <= 0xFDCF, 0xFDF0 <= r && r <= 0xFFFD:
		return true
	}
	return 0x10000 <= r && r <= 0xEFFFF
}

// nameLength is how many bytes of b, from its start, are a name without colon.
func nameLength(b []byte) int {
	n := 0
	for n < len(b) {
		c := b[n]
		if c < utf8.RuneSelf {
			if nameStart(rune(c)) || n > 0 && (c == '-' || c == '.' || '0' <= c && c <= '9') {
				n++
				continue
			}
			return n
		}
		r, size := utf8.DecodeRune(b[n:])
		if r == utf8.RuneError && size == 1 {
			return n
		}
		inner := r == 0xB7 || 0x300 <= r && r < 0x370 || r == 0x203F || r == 0x2040
		if !nameStart(r) && (n == 0 || !inner) {
			return n
		}
		n += size
	}
	return n
}

// decode checks raw text and replaces its references and line ends, in place:
// a reference is always longer than what it stands for. In an attribute, line
// ends and tabs become spaces (XML 1.0 §3.3.3).
func (s *Scanner) decode(raw []byte, attribute bool) ([]byte, error) {
	plain := true
	for _, c := range raw {
		if c >= utf8.RuneSelf || c < ' ' || c == '&' {
			plain = false
			break
		}
	}
	if plain {
		return raw, nil
	}
	if err := s.legal(raw); err != nil {
		return nil, err
	}
	amp := bytes.IndexByte(raw, '&')
	if amp < 0 {
		return newlines(raw, attribute), nil
	}
	// Line ends are settled in the text between references only: a line end
	// that is written as a reference stays what it is.
	out := raw[:0]
	for rest := raw; ; {
		amp = bytes.IndexByte(rest, '&')
		if amp < 0 {
			return append(out, newlines(rest, attribute)...), nil
		}
		out = append(out, newlines(rest[:amp], attribute)...)
		r, n := reference(rest[amp:])
		if n == 0 {
			return nil, s.fault("an unknown reference %q", rest[amp:min(len(rest), amp+12)])
		}
		out = utf8.AppendRune(out, r)
		rest = rest[amp+n:]
	}
}

// reference reads the entity or character reference at the start of b and
// is its length; 0 is none that is allowed.
func reference(b []byte) (rune, int) {
	end := bytes.IndexByte(b[:min(len(b), 16)], ';')
	if end < 0 {
		return 0, 0
	}
	name := string(b[1:end])
	switch name {
	case "amp":
		return '&', end + 1
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "quot":
		return '"', end + 1
	case "apos":
		return '\'', end + 1
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, 0
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune || !legalRune(rune(n)) {
		return 0, 0
	}
	return rune(n), end + 1
}

// newlines makes every line end a single line feed, in place; in an attribute
// line ends and tabs become spaces.
func newlines(b []byte, attribute bool) []byte {
	if !attribute && bytes.IndexByte(b, '\r') < 0 {
		return b
	}
	out := b[:0]
	afterCR := false
	for _, c := range b {
		switch {
		case c == '\n' && afterCR:
			afterCR = false
			continue
		case c == '\r':
			afterCR = true
			c = '\n'
		default:
			afterCR = false
		}
		if attribute && (c == '\n' || c == '\t') {
			c = ' '
		}
		out = append(out, c)
	}
	return out
}
