package xmltoken

import "bytes"

const (
	xmlSpace   = "http://www.w3.org/XML/1998/namespace"
	xmlnsSpace = "http://www.w3.org/2000/xmlns/"
)

// attr is an attribute as it is written, its references replaced.
type attr struct{ prefix, local, value []byte }

// binding says what namespace a prefix means inside an element.
type binding struct {
	prefix, space string
	depth         int
}

// Attr is the value of the current element's attribute of that name, written
// without a prefix.
func (s *Scanner) Attr(name string) (value []byte, ok bool) {
	for i := range s.attrs {
		if len(s.attrs[i].prefix) == 0 && string(s.attrs[i].local) == name {
			return s.attrs[i].value, true
		}
	}
	return nil, false
}

// AttrIn is the value of the attribute of that name in a namespace.
func (s *Scanner) AttrIn(space, name string) (value []byte, ok bool) {
	for i := range s.attrs {
		a := &s.attrs[i]
		if len(a.prefix) == 0 || string(a.local) != name {
			continue
		}
		if bound, _ := s.lookup(a.prefix); bound == space {
			return a.value, true
		}
	}
	return nil, false
}

// startTag reads the start of an element, or an empty element.
func (s *Scanner) startTag() error {
	n, err := s.tagLength()
	if err != nil {
		return err
	}
	tag := s.buf[s.pos+1 : s.pos+n-1]
	if len(s.open) == 0 && s.seen {
		return s.fault("a second root element")
	}
	if len(s.open) == maxDepth {
		return s.fault("elements nested deeper than %d", maxDepth)
	}
	empty := len(tag) > 0 && tag[len(tag)-1] == '/'
	if empty {
		tag = tag[:len(tag)-1]
	}
	prefix, local, rest, ok := qualified(tag)
	if !ok {
		return s.fault("a tag without a valid name")
	}
	s.prefix, s.local = prefix, local
	s.open = append(s.open, len(s.names))
	s.names = append(s.names, tag[:len(tag)-len(rest)]...)
	if err := s.attributes(rest); err != nil {
		return err
	}
	if s.space, ok = s.lookup(prefix); !ok {
		return s.fault("the prefix %q has no namespace", prefix)
	}
	s.seen = true
	s.pos += n
	s.endPending = empty
	return nil
}

// tagLength finds the end of the tag at the next unread byte, minding quotes.
func (s *Scanner) tagLength() (int, error) {
	var quote byte
	for n := 1; ; n++ {
		if s.pos+n >= s.end {
			if _, err := s.peek(n); err != nil {
				return 0, err
			}
		}
		switch c := s.buf[s.pos+n]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return n + 1, nil
		case c == '<':
			return 0, s.fault("'<' inside a tag")
		}
	}
}

// attributes reads what follows the name in a start tag.
func (s *Scanner) attributes(rest []byte) error {
	s.attrs = s.attrs[:0]
	for {
		if len(skipBlanks(rest)) == 0 {
			break
		}
		a, after, err := s.attribute(rest)
		if err != nil {
			return err
		}
		rest = after
		s.attrs = append(s.attrs, a)
	}
	return s.bindAndCompare()
}

// bindAndCompare applies the namespace declarations among the attributes, then
// makes sure that no attribute is there twice.
func (s *Scanner) bindAndCompare() error {
	for _, a := range s.attrs {
		switch {
		case len(a.prefix) == 0 && string(a.local) == "xmlns":
			s.spaces = append(s.spaces, binding{"", string(a.value), len(s.open)})
		case string(a.prefix) == "xmlns":
			if len(a.value) == 0 || string(a.local) == "xml" || string(a.local) == "xmlns" {
				return s.fault("the prefix %q cannot be declared so", a.local)
			}
			s.spaces = append(s.spaces, binding{string(a.local), string(a.value), len(s.open)})
		}
	}
	for i, a := range s.attrs {
		if len(a.prefix) > 0 {
			if _, ok := s.lookup(a.prefix); !ok {
				return s.fault("the prefix %q has no namespace", a.prefix)
			}
		}
		for _, b := range s.attrs[:i] {
			if bytes.Equal(a.local, b.local) && s.sameSpace(a.prefix, b.prefix) {
				return s.fault("the attribute %q is there twice", a.local)
			}
		}
	}
	return nil
}

// sameSpace reports whether two attribute prefixes mean one namespace. The default
// namespace does not reach attributes.
func (s *Scanner) sameSpace(p, q []byte) bool {
	if len(p) == 0 || len(q) == 0 {
		return len(p) == len(q)
	}
	ps, _ := s.lookup(p)
	qs, _ := s.lookup(q)
	return ps == qs
}

// lookup is the namespace that a prefix means here.
func (s *Scanner) lookup(prefix []byte) (space string, ok bool) {
	for i := len(s.spaces) - 1; i >= 0; i-- {
		if s.spaces[i].prefix == string(prefix) {
			return s.spaces[i].space, true
		}
	}
	switch string(prefix) {
	case "":
		return "", true
	case "xml":
		return xmlSpace, true
	case "xmlns":
		return xmlnsSpace, true
	}
	return "", false
}

// attribute reads a blank and one attribute from the start of b.
func (s *Scanner) attribute(b []byte) (a attr, rest []byte, err error) {
	trimmed := skipBlanks(b)
	if len(trimmed) == 0 {
		return attr{}, b, nil
	}
	if len(trimmed) == len(b) {
		return attr{}, nil, s.fault("no blank before an attribute")
	}
	var ok bool
	if a.prefix, a.local, rest, ok = qualified(trimmed); !ok {
		return attr{}, nil, s.fault("an attribute without a valid name")
	}
	rest = skipBlanks(rest)
	if len(rest) == 0 || rest[0] != '=' {
		return attr{}, nil, s.fault("the attribute %q has no value", a.local)
	}
	rest = skipBlanks(rest[1:])
	if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
		return attr{}, nil, s.fault("the value of the attribute %q has no quotes", a.local)
	}
	end := bytes.IndexByte(rest[1:], rest[0])
	if end < 0 {
		return attr{}, nil, s.fault("the value of the attribute %q does not end", a.local)
	}
	raw := rest[1 : 1+end]
	if bytes.IndexByte(raw, '<') >= 0 {
		return attr{}, nil, s.fault("'<' in the attribute %q", a.local)
	}
	a.value, err = s.decode(raw, true)
	return a, rest[end+2:], err
}

// qualified splits the name at the start of b into prefix and local part.
func qualified(b []byte) (prefix, local, rest []byte, ok bool) {
	n := nameLength(b)
	if n == 0 {
		return nil, nil, nil, false
	}
	if n == len(b) || b[n] != ':' {
		return nil, b[:n], b[n:], true
	}
	m := nameLength(b[n+1:])
	return b[:n], b[n+1 : n+1+m], b[n+1+m:], m > 0
}

// endTag reads an end tag and makes sure that it closes the open element.
func (s *Scanner) endTag() error {
	n, err := s.tagLength()
	if err != nil {
		return err
	}
	tag := s.buf[s.pos+2 : s.pos+n-1]
	prefix, local, rest, ok := qualified(tag)
	if !ok || len(skipBlanks(rest)) > 0 {
		return s.fault("an end tag that is not well-formed")
	}
	if len(s.open) == 0 {
		return s.fault("</%s> closes nothing", tag)
	}
	opened := s.names[s.open[len(s.open)-1]:]
	if !bytes.Equal(opened, tag[:len(tag)-len(rest)]) {
		return s.fault("</%s> where <%s> is open", tag, opened)
	}
	s.prefix, s.local = prefix, local
	s.space, _ = s.lookup(prefix)
	s.pos += n
	s.pop()
	return nil
}

// pop leaves the innermost element and the namespaces declared in it.
func (s *Scanner) pop() {
	depth := len(s.open)
	for len(s.spaces) > 0 && s.spaces[len(s.spaces)-1].depth == depth {
		s.spaces = s.spaces[:len(s.spaces)-1]
	}
	s.names = s.names[:s.open[depth-1]]
	s.open = s.open[:depth-1]
}
