package xmltoken

import "unicode/utf8"

// Plain reads elements that are written in the plainest way, straight from what
// a Scanner has buffered: a fixed spelling of the tags, and values without carriage
// returns. Where an element is written otherwise, or is cut by the end of the
// buffer, nothing is lost: the Scanner reads it.
type Plain struct {
	scanner *Scanner
	rest    []byte
}

// Plain looks at what comes next. Names without a prefix must mean a namespace
// that the caller expects; see DefaultSpace.
func (s *Scanner) Plain() Plain {
	if s.endPending {
		return Plain{}
	}
	return Plain{s, s.buf[s.pos:s.end]}
}

// DefaultSpace is the namespace of elements without a prefix here.
func (s *Scanner) DefaultSpace() string {
	space, _ := s.lookup(nil)
	return space
}

// Literal skips text if it is next.
func (p *Plain) Literal(text string) bool {
	if len(p.rest) < len(text) || string(p.rest[:len(text)]) != text {
		return false
	}
	p.rest = p.rest[len(text):]
	return true
}

// Letters returns the capital letters that are next.
func (p *Plain) Letters() []byte {
	n := 0
	for n < len(p.rest) && 'A' <= p.rest[n] && p.rest[n] <= 'Z' {
		n++
	}
	return p.take(n)
}

// Digits returns the digits that are next.
func (p *Plain) Digits() []byte {
	n := 0
	for n < len(p.rest) && '0' <= p.rest[n] && p.rest[n] <= '9' {
		n++
	}
	return p.take(n)
}

// Text returns the text that is next, its references replaced. It is valid until the
// next one is read.
func (p *Plain) Text() []byte {
	n := p.themselves()
	if n == len(p.rest) || p.rest[n] == '<' {
		return p.take(n)
	}
	text := append(p.scanner.plain[:0], p.take(n)...)
	for len(p.rest) > 0 {
		r, size := rune(p.rest[0]), 1
		switch {
		case r == '&':
			r, size = reference(p.rest)
		case r >= utf8.RuneSelf:
			if r, size = utf8.DecodeRune(p.rest); r == utf8.RuneError && size == 1 || !legalRune(r) {
				size = 0
			}
		case r != '\n' && r != '\t':
			size = 0
		}
		if size == 0 { // the end, or what the Scanner is to judge
			break
		}
		p.rest = p.rest[size:]
		text = utf8.AppendRune(text, r)
		text = append(text, p.take(p.themselves())...)
	}
	p.scanner.plain = text
	return text
}

// themselves returns how many characters are next that mean themselves.
func (p *Plain) themselves() int {
	n := 0
	for n < len(p.rest) && itself[p.rest[n]] {
		n++
	}
	return n
}

func (p *Plain) take(n int) []byte {
	taken := p.rest[:n]
	p.rest = p.rest[n:]
	return taken
}

// Accept moves the Scanner behind what was read, which must be whole elements.
func (p *Plain) Accept() { p.scanner.pos = p.scanner.end - len(p.rest) }

// itself marks the bytes that stand for themselves in a text: printable ASCII
// but '&', '<', and '>', which may end a forbidden "]]>".
var itself = func() (table [256]bool) {
	for c := ' '; c < 0x7F; c++ {
		table[c] = c != '&' && c != '<' && c != '>'
	}
	return table
}()
