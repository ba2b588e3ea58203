// Package xmltoken reads XML strictly and in one pass: what it accepts is
// well-formed to the last byte, and has no document type, so no entity but the
// five that XML predefines. It holds one token at a time.
//
// Its rules are those of XML 1.0 (fifth edition) and Namespaces in XML 1.0,
// for documents in UTF-8.
package xmltoken

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// MaxToken is the longest tag, text or comment, in bytes.
const MaxToken = 1 << 20

// maxDepth is how deep elements may nest.
const maxDepth = 256

// Kind is the kind of a token.
type Kind uint8

// The tokens that Next returns. An empty element gives Start, then End.
const (
	EOF Kind = iota
	Start
	End
	Chars
)

// SyntaxError says where a document stops being well-formed XML.
type SyntaxError struct {
	Offset  int64 // in bytes from the start of the document
	Line    int   // from 1
	Problem string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%s at byte %d", e.Problem, e.Offset)
}

// Scanner reads a document token by token. What its methods return is valid
// until the next call of Next.
type Scanner struct {
	r    io.Reader
	buf  []byte
	pos  int   // of the next unread byte in buf
	end  int   // of what was read into buf
	base int64 // offset of buf[0] in the document
	eof  bool

	lines   int // line feeds before buf[counted]
	counted int

	begun    bool
	encoding string // of the document, where it was decoded first

	names  []byte // of the open elements, one after the other
	open   []int  // where each of them begins in names
	spaces []binding
	seen   bool // the root element was seen

	prefix, local []byte // name of the current element
	space         string // its namespace
	text          []byte
	attrs         []attr
	endPending    bool // of an empty element

	plain []byte // the text that Plain read last, where it is not in buf
}

// New returns a scanner of the document that r delivers. Its size, in bytes, need
// not be right: it spares a small document a large buffer.
func New(r io.Reader, size int64) *Scanner {
	return &Scanner{r: r, buf: make([]byte, min(max(size+1, 64), 64<<10))}
}

// Offset returns how many bytes of the document were read.
func (s *Scanner) Offset() int64 { return s.base + int64(s.pos) }

// Next advances to the next token. EOF comes once, after a whole document. An
// error is a *SyntaxError or that of the reader.
func (s *Scanner) Next() (Kind, error) {
	if !s.begun {
		if err := s.begin(); err != nil {
			return EOF, err
		}
	}
	if s.endPending {
		s.endPending = false
		s.pop()
		return End, nil
	}
	for {
		if s.pos == s.end {
			if err := s.fill(); err != nil {
				return EOF, err
			}
			if s.pos == s.end {
				return EOF, s.finish()
			}
		}
		if s.buf[s.pos] != '<' {
			found, err := s.chars()
			if found || err != nil {
				return Chars, err
			}
			continue
		}
		switch c, err := s.peek(1); {
		case err != nil:
			return EOF, err
		case c == '/':
			return End, s.endTag()
		case c == '?':
			if err := s.instruction(); err != nil {
				return EOF, err
			}
		case c == '!':
			found, err := s.declaration()
			if found || err != nil {
				return Chars, err
			}
		default:
			return Start, s.startTag()
		}
	}
}

// Local is the name of the current element without its prefix.
func (s *Scanner) Local() []byte { return s.local }

// Space is the namespace of the current element.
func (s *Scanner) Space() string { return s.space }

// Text is the current Chars token, its references replaced.
func (s *Scanner) Text() []byte { return s.text }

// Depth counts the open elements, a just started one included.
func (s *Scanner) Depth() int { return len(s.open) }

// Line returns the line of the document that the current token ends in, from 1.
func (s *Scanner) Line() int {
	if s.counted < s.pos {
		s.lines += bytes.Count(s.buf[s.counted:s.pos], []byte{'\n'})
		s.counted = s.pos
	}
	return s.lines + 1
}

// Skip reads to the end of the element that just started.
func (s *Scanner) Skip() error {
	for depth := s.Depth(); ; {
		kind, err := s.Next()
		if err != nil {
			return err
		}
		if kind == End && s.Depth() < depth {
			return nil
		}
	}
}

// finish checks the end of the input.
func (s *Scanner) finish() error {
	switch {
	case len(s.open) > 0:
		return s.fault("the XML ends inside <%s>", s.names[s.open[len(s.open)-1]:])
	case !s.seen:
		return s.fault("the XML has no element")
	}
	return nil
}

// fault is a SyntaxError at the next unread byte.
func (s *Scanner) fault(format string, args ...any) error {
	return &SyntaxError{s.Offset(), s.Line(), fmt.Sprintf(format, args...)}
}

// fill reads more behind what is unread: it moves that to the front of the
// buffer, and doubles the buffer when it is full.
func (s *Scanner) fill() error {
	if s.eof {
		return nil
	}
	if s.pos > 0 {
		s.Line()
		s.counted = 0
		copy(s.buf, s.buf[s.pos:s.end])
		s.base += int64(s.pos)
		s.end -= s.pos
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= MaxToken {
			return s.fault("a tag or text is longer than %d bytes", MaxToken)
		}
		s.buf = append(s.buf, make([]byte, min(len(s.buf), MaxToken-len(s.buf)))...)
	}
	n, err := io.ReadAtLeast(s.r, s.buf[s.end:], 1)
	s.end += n
	if errors.Is(err, io.EOF) {
		s.eof = true
		err = nil
	}
	return err
}

// peek is the byte n places behind the next one.
func (s *Scanner) peek(n int) (byte, error) {
	for s.end-s.pos <= n {
		if s.eof {
			return 0, s.fault("the XML ends inside a tag")
		}
		if err := s.fill(); err != nil {
			return 0, err
		}
	}
	return s.buf[s.pos+n], nil
}

// until returns what is unread up to and including mark, and where it begins to
// look for it; it reads on as far as it must.
func (s *Scanner) until(mark string, from int) ([]byte, error) {
	for {
		rest := s.buf[s.pos:s.end]
		if i := bytes.Index(rest[min(from, len(rest)):], []byte(mark)); i >= 0 {
			return rest[:from+i+len(mark)], nil
		}
		from = max(from, len(rest)-len(mark)+1)
		if s.eof {
			return nil, s.fault("the XML ends before %q", mark)
		}
		if err := s.fill(); err != nil {
			return nil, err
		}
	}
}

// chars reads text up to the next tag; found says that it is a token, which
// blanks outside of the root element are not.
func (s *Scanner) chars() (found bool, err error) {
	n := 0
	for {
		rest := s.buf[s.pos:s.end]
		if i := bytes.IndexByte(rest[n:], '<'); i >= 0 {
			n += i
			break
		}
		n = len(rest)
		if s.eof {
			break
		}
		if err := s.fill(); err != nil {
			return false, err
		}
	}
	raw := s.buf[s.pos : s.pos+n]
	if len(s.open) == 0 {
		if len(skipBlanks(raw)) > 0 {
			return false, s.fault("text outside of the root element")
		}
		s.pos += n
		return false, nil
	}
	if bytes.Contains(raw, []byte("]]>")) {
		return false, s.fault("']]>' in text")
	}
	if s.text, err = s.decode(raw, false); err != nil {
		return false, err
	}
	s.pos += n
	return true, nil
}

// declaration reads what begins with "<!": a comment, which is ignored, or
// a CDATA section, which is text. A document type is refused.
func (s *Scanner) declaration() (found bool, err error) {
	c, err := s.peek(2)
	if err != nil {
		return false, err
	}
	open, shut := "<!--", "-->"
	if c == '[' {
		open, shut = "<![CDATA[", "]]>"
	}
	if _, err := s.peek(len(open) - 1); err != nil {
		return false, err
	}
	if string(s.buf[s.pos:s.pos+len(open)]) != open {
		return false, s.fault("a declaration such as DOCTYPE is not allowed")
	}
	whole, err := s.until(shut, len(open))
	if err != nil {
		return false, err
	}
	body := whole[len(open) : len(whole)-len(shut)]
	if err := s.legal(body); err != nil {
		return false, err
	}
	if c == '[' {
		if len(s.open) == 0 {
			return false, s.fault("text outside of the root element")
		}
		s.text = newlines(body, false)
		s.pos += len(whole)
		return true, nil
	}
	if bytes.Contains(body, []byte("--")) || bytes.HasSuffix(body, []byte("-")) {
		return false, s.fault("'--' in a comment")
	}
	s.pos += len(whole)
	return false, nil
}

// instruction skips a processing instruction. The XML declaration looks
// like one, and may be at the very start only.
func (s *Scanner) instruction() error {
	whole, err := s.until("?>", 2)
	if err != nil {
		return err
	}
	body := whole[2 : len(whole)-2]
	if err := s.legal(body); err != nil {
		return err
	}
	n := nameLength(body)
	if n == 0 || n < len(body) && !isBlank(body[n]) {
		return s.fault("a processing instruction without a name")
	}
	if bytes.EqualFold(body[:n], []byte("xml")) {
		if s.Offset() != 0 || string(body[:n]) != "xml" {
			return s.fault("an XML declaration in the wrong place")
		}
		if err := s.xmlDeclaration(body[n:]); err != nil {
			return err
		}
	}
	s.pos += len(whole)
	return nil
}

// xmlDeclaration checks version, encoding and standalone, in this order.
func (s *Scanner) xmlDeclaration(body []byte) error {
	for i, want := range []struct {
		name   string
		values []string
	}{
		{"version", []string{"1.0"}},
		{"encoding", s.encodings()},
		{"standalone", []string{"yes", "no"}},
	} {
		a, rest, err := s.attribute(body)
		if err != nil {
			return err
		}
		if string(a.local) != want.name {
			if i == 0 {
				return s.fault("an XML declaration without a version")
			}
			continue
		}
		known := false
		for _, v := range want.values {
			known = known || bytes.EqualFold(a.value, []byte(v))
		}
		if !known {
			return s.fault("%s %q in the XML declaration is not supported", want.name, a.value)
		}
		body = rest
	}
	if len(skipBlanks(body)) > 0 {
		return s.fault("an XML declaration that is not well-formed")
	}
	return nil
}

// legal checks that b is UTF-8 and holds no character that XML forbids.
func (s *Scanner) legal(b []byte) error {
	for i := 0; i < len(b); {
		c := b[i]
		if c < utf8.RuneSelf {
			if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
				return s.fault("the control character %#02x", c)
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return s.fault("a byte that is not UTF-8 (%#02x)", c)
		}
		if r == utf8.RuneError && s.encoding != "" {
			return s.fault("a character that is not %s", strings.ToUpper(s.encoding))
		}
		if !legalRune(r) {
			return s.fault("the character %U", r)
		}
		i += n
	}
	return nil
}

// Fault is a SyntaxError at the current place, for what a document's own format
// forbids.
func (s *Scanner) Fault(problem string) error { return s.fault("%s", problem) }
