package xmltoken

import (
	"bytes"
	"strings"
	"testing"
)

func TestPlain(t *testing.T) {
	s := New(strings.NewReader(`<a xmlns="u"><b r="AB12">text</b><b r="A2">&amp;a&#xA;&quot;é</b><b r="A1">`+"\r"+`</b></a>`), 100)
	if _, err := s.Next(); err != nil || s.DefaultSpace() != "u" {
		t.Fatalf("namespace %q, %v", s.DefaultSpace(), err)
	}
	read := func() (text string, whole bool) {
		p := s.Plain()
		if !p.Literal(`<b r="`) || len(p.Letters()) == 0 || len(p.Digits()) == 0 || !p.Literal(`">`) {
			return "", false
		}
		text = string(p.Text())
		if whole = p.Literal("</b>"); whole {
			p.Accept()
		}
		return text, whole
	}
	if text, whole := read(); text != "text" || !whole {
		t.Errorf("the plain element reads %q, %v", text, whole)
	}
	if text, whole := read(); text != "&a\n\"é" || !whole {
		t.Errorf("the element with references reads %q, %v", text, whole)
	}
	if text, whole := read(); whole {
		t.Errorf("the element with a carriage return reads %q as if it were plain", text)
	}
	for _, want := range []Kind{Start, Chars, End, End, EOF} {
		if kind, err := s.Next(); kind != want || err != nil {
			t.Fatalf("token %v (%v), want %v", kind, err, want)
		}
	}
}

func TestPlainInAnEmptyElement(t *testing.T) {
	s := New(strings.NewReader(`<a><b/><c/></a>`), 100)
	for range 2 {
		if _, err := s.Next(); err != nil {
			t.Fatal(err)
		}
	}
	if p := s.Plain(); p.Literal("<c/>") {
		t.Error("<c/> was read inside of <b/>")
	}
}

// TestPlainText compares eight bytes at once with one at a time: every value, at every
// place, among neighbours that carry and borrow.
func TestPlainText(t *testing.T) {
	for _, neighbour := range []byte{' ', '&' - 1, '<' - 1, '=', '~'} {
		b := bytes.Repeat([]byte{neighbour}, 19)
		for at := range b {
			for c := range 256 {
				b[at] = byte(c)
				want := at
				if itself[c] {
					want = len(b)
				}
				p := Plain{rest: b}
				if got := p.themselves(); got != want {
					t.Fatalf("%q: %d bytes mean themselves, want %d", b, got, want)
				}
			}
			b[at] = neighbour
		}
	}
}
