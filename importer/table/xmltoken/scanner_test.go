package xmltoken

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// tokens lists what a scanner returns: "<{space}name a=b", ">name", "text".
func tokens(r io.Reader) (string, error) {
	s := New(r, 100)
	var b strings.Builder
	for {
		kind, err := s.Next()
		if err != nil {
			return b.String(), err
		}
		switch kind {
		case EOF:
			return b.String(), nil
		case Start:
			fmt.Fprintf(&b, "<")
			if s.Space() != "" {
				fmt.Fprintf(&b, "{%s}", s.Space())
			}
			b.Write(s.Local())
			for _, a := range s.attrs {
				fmt.Fprintf(&b, " %s=%q", a.local, a.value)
			}
			b.WriteByte('\n')
		case End:
			fmt.Fprintf(&b, ">%s\n", s.Local())
		case Chars:
			fmt.Fprintf(&b, "%q\n", s.Text())
		}
	}
}

func TestTokens(t *testing.T) {
	for _, tt := range []struct{ name, doc, want string }{
		{"nested", `<a><b x="1" y='2'/>t</a>`, "<a\n<b x=\"1\" y=\"2\"\n>b\n\"t\"\n>a\n"},
		{"declaration", "\xEF\xBB\xBF<?xml version='1.0' encoding=\"UTF-8\" standalone='no' ?>\n<!--c--><?p i?>\n<a/>\n<!---->", "<a\n>a\n"},
		{"default namespace", `<a xmlns="u"><b xmlns=""/><c/></a>`, "<{u}a xmlns=\"u\"\n<b xmlns=\"\"\n>b\n<{u}c\n>c\n>a\n"},
		{"prefix", `<p:a xmlns:p="u"/>`, "<{u}a p=\"u\"\n>a\n"},
		{"references", `<a b="&quot;&#65;&#x1F600;">&lt;&gt;&amp;&apos;&#13;</a>`, "<a b=\"\\\"A😀\"\n\"<>&'\\r\"\n>a\n"},
		{"line ends", "<a b='x\r\ny\tz'>1\r\n2\r3\n</a>", "<a b=\"x y z\"\n\"1\\n2\\n3\\n\"\n>a\n"},
		{"CDATA", "<a><![CDATA[<&]]>]]</a>", "<a\n\"<&\"\n\"]]\"\n>a\n"},
		{"a quoted end", `<a b=">">x</a >`, "<a b=\">\"\n\"x\"\n>a\n"},
		{"names", "<Größe _x-1.b='ü'/>", "<Größe _x-1.b=\"ü\"\n>Größe\n"},
		{"ISO-8859-1", "<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>", "<a\n\"é\"\n>a\n"},
		{"Windows-1252", "<?xml version=\"1.0\" encoding=\"windows-1252\"?><a>\x80</a>", "<a\n\"€\"\n>a\n"},
		{"UTF-16", "\xFE\xFF\x00<\x00a\x00>\x20\xAC\x00<\x00/\x00a\x00>", "<a\n\"€\"\n>a\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, r := range []io.Reader{strings.NewReader(tt.doc), iotest.OneByteReader(strings.NewReader(tt.doc))} {
				got, err := tokens(r)
				if err != nil || got != tt.want {
					t.Errorf("tokens\n%swant\n%s(%v)", got, tt.want, err)
				}
			}
		})
	}
}

func TestRefused(t *testing.T) {
	for _, tt := range []struct{ doc, words string }{
		{"", "no element"},
		{"  ", "no element"},
		{"<!-- x -->", "no element"},
		{"x<a/>", "outside"},
		{"<a/>x", "outside"},
		{"<a/><b/>", "second root"},
		{"<a>", "ends inside <a>"},
		{"<a", "ends inside"},
		{"<", "ends inside"},
		{"<a></b>", "where <a> is open"},
		{"</a>", "closes nothing"},
		{"<a/></a>", "closes nothing"},
		{"<a></a b>", "not well-formed"},
		{"<a b='1' b='2'/>", "twice"},
		{"<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>", "twice"},
		{"<a b=1/>", "no quotes"},
		{"<a b/>", "no value"},
		{"<a b='1'c='2'/>", "no blank"},
		{"<a b='<'/>", "'<'"},
		{"<a <b/>", "'<'"},
		{"<a b='1></a>", "ends inside"},
		{"<p:a/>", "no namespace"},
		{"<a p:b='1'/>", "no namespace"},
		{"<a xmlns:p=''/>", "declared"},
		{"<a xmlns:xml='u'/>", "declared"},
		{"<a:b:c xmlns:a='u'/>", "attribute"},
		{"<1/>", "name"},
		{"<a><></a>", "name"},
		{"<a>&nbsp;</a>", "reference"},
		{"<a>&amp</a>", "reference"},
		{"<a>& b</a>", "reference"},
		{"<a>&#0;</a>", "reference"},
		{"<a>&#xD800;</a>", "reference"},
		{"<a>&#x110000;</a>", "reference"},
		{"<a>&#;</a>", "reference"},
		{"<a>&#x;</a>", "reference"},
		{"<a>&#+65;</a>", "reference"},
		{"<a>]]></a>", "]]>"},
		{"<a>\x01</a>", "control character"},
		{"<a>\xFF</a>", "not UTF-8"},
		{"<a>\xEF\xBF\xBF</a>", "U+FFFF"},
		{"<a><!-- a -- b --></a>", "comment"},
		{"<a><!-- a ---></a>", "comment"},
		{"<a><!-- \x02 --></a>", "control character"},
		{"<a><!-- a", "ends before"},
		{"<a><![CDATA[x</a>", "ends before"},
		{"<![CDATA[x]]><a/>", "outside"},
		{"<!DOCTYPE a><a/>", "DOCTYPE"},
		{"<a><!ELEMENT a></a>", "DOCTYPE"},
		{" <?xml version='1.0'?><a/>", "wrong place"},
		{"<a><?XML x?></a>", "wrong place"},
		{"<?xml version='1.1'?><a/>", "not supported"},
		{"<?xml version='1.0' encoding='utf-7'?><a/>", "not supported"},
		{"<?xml encoding='utf-8'?><a/>", "without a version"},
		{"<?xml version='1.0' x='y'?><a/>", "not well-formed"},
		{"<?xml version='1.0'", "ends before"},
		{"<??><a/>", "without a name"},
		{strings.Repeat("<a>", 300), "deeper"},
		{"<a>" + strings.Repeat("x", MaxToken+1) + "</a>", "longer than"},
		{"<a b='" + strings.Repeat("x", MaxToken+1) + "'/>", "longer than"},
		{"<?xml version='1.0' encoding='windows-1252'?><a>\x81</a>", "WINDOWS-1252"},
		{"<?xml version='1.0' encoding='Shift_JIS'?><a/>", "not supported"},
		{"\xFF\xFE<\x00a\x00>\x00\x00\xD8<\x00/\x00a\x00>\x00", "UTF-16"},
	} {
		t.Run(tt.doc, func(t *testing.T) {
			_, err := tokens(strings.NewReader(tt.doc))
			var syntax *SyntaxError
			if !errors.As(err, &syntax) || !strings.Contains(err.Error(), tt.words) {
				t.Errorf("%.60q: %v, want %q", tt.doc, err, tt.words)
			}
		})
	}
}

func TestLongDocument(t *testing.T) {
	var doc, want strings.Builder
	doc.WriteString("<a>")
	want.WriteString("<a\n")
	for i := range 50_000 {
		fmt.Fprintf(&doc, `<b r="%d">é&amp;%d</b>`, i, i)
		fmt.Fprintf(&want, "<b r=\"%d\"\n\"é&%d\"\n>b\n", i, i)
	}
	doc.WriteString("</a>")
	want.WriteString(">a\n")
	got, err := tokens(iotest.HalfReader(strings.NewReader(doc.String())))
	if err != nil || got != want.String() {
		t.Errorf("%d bytes of tokens, want %d (%v)", len(got), want.Len(), err)
	}
}

func TestSkipAndAttributes(t *testing.T) {
	s := New(strings.NewReader(`<a xmlns:p="u" x="1" p:x="2"><b><c/>t</b>u</a>`), 0)
	if _, err := s.Next(); err != nil {
		t.Fatal(err)
	}
	plain, _ := s.Attr("x")
	spaced, _ := s.AttrIn("u", "x")
	if _, ok := s.Attr("y"); ok || string(plain) != "1" || string(spaced) != "2" {
		t.Errorf("attributes %q and %q, want 1 and 2", plain, spaced)
	}
	if _, err := s.Next(); err != nil {
		t.Fatal(err)
	}
	if err := s.Skip(); err != nil {
		t.Fatal(err)
	}
	if kind, err := s.Next(); kind != Chars || err != nil || string(s.Text()) != "u" {
		t.Errorf("after the skip: %v %q, %v", kind, s.Text(), err)
	}
}

func TestReadError(t *testing.T) {
	_, err := tokens(iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("<a/>"))))
	if !errors.Is(err, iotest.ErrTimeout) {
		t.Errorf("error %v, want that of the reader", err)
	}
}

// FuzzDocument: what is accepted, the standard library reads to the same text.
func FuzzDocument(f *testing.F) {
	for _, doc := range []string{`<a b="1">x&amp;y<c/></a>`, `<?xml version="1.0"?><p:a xmlns:p="u"><![CDATA[x]]></p:a>`, "<a>\r\n</a>"} {
		f.Add(doc)
	}
	f.Fuzz(func(t *testing.T, doc string) {
		if strings.HasPrefix(doc, "\xFF\xFE") || strings.HasPrefix(doc, "\xFE\xFF") {
			return
		}
		s := New(strings.NewReader(doc), int64(len(doc)))
		var ours strings.Builder
		for {
			kind, err := s.Next()
			if err != nil {
				return
			}
			if kind == EOF {
				break
			}
			if kind == Chars {
				ours.Write(s.Text())
			}
		}
		var theirs strings.Builder
		d := xml.NewDecoder(strings.NewReader(strings.TrimPrefix(doc, "\xEF\xBB\xBF")))
		d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
		depth := 0
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("the standard library refuses %q: %v", doc, err)
			}
			switch token := token.(type) {
			case xml.StartElement:
				depth++
			case xml.EndElement:
				depth--
			case xml.CharData:
				if depth > 0 {
					theirs.Write(token)
				}
			}
		}
		if ours.String() != theirs.String() {
			t.Fatalf("%q: text %q, the standard library has %q", doc, ours.String(), theirs.String())
		}
	})
}
