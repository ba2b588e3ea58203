package xmltoken

import (
	"bytes"
	"io"
	"regexp"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// declarationBytes is how far the encoding of a document is looked for.
const declarationBytes = 128

// declared finds the encoding in an XML declaration.
var declared = regexp.MustCompile(`^<\?xml[^>]*[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*["']([A-Za-z0-9._-]+)["']`)

// charmaps are the encodings of one byte a character that documents are declared
// in, by their names in lower case.
var charmaps = map[string]*charmap.Charmap{
	"iso-8859-1": charmap.ISO8859_1, "iso-8859-2": charmap.ISO8859_2, "iso-8859-5": charmap.ISO8859_5, "iso-8859-7": charmap.ISO8859_7,
	"iso-8859-9": charmap.ISO8859_9, "iso-8859-15": charmap.ISO8859_15, "latin1": charmap.ISO8859_1,
	"windows-1250": charmap.Windows1250, "windows-1251": charmap.Windows1251, "windows-1252": charmap.Windows1252, "windows-1253": charmap.Windows1253,
	"windows-1254": charmap.Windows1254,
}

// begin looks for a byte-order mark and a declared encoding: the mark of UTF-8 is
// ignored; a document in UTF-16 or in an encoding of one byte a character is
// decoded first.
func (s *Scanner) begin() error {
	s.begun = true
	for s.end < declarationBytes && !s.eof {
		if err := s.fill(); err != nil {
			return err
		}
	}
	start := s.buf[:s.end]
	switch {
	case bytes.HasPrefix(start, []byte("\xEF\xBB\xBF")):
		// base stays so that the declaration is still at offset 0
		s.pos, s.base = 3, -3
	case bytes.HasPrefix(start, []byte("\xFF\xFE")), bytes.HasPrefix(start, []byte("\xFE\xFF")):
		s.decodeFrom(unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM), "utf-16")
	default:
		if name := declared.FindSubmatch(start); name != nil {
			if coding := charmaps[strings.ToLower(string(name[1]))]; coding != nil {
				s.decodeFrom(coding, string(name[1]))
			}
		}
	}
	return nil
}

// decodeFrom reads the document again from its start, in an encoding.
func (s *Scanner) decodeFrom(coding encoding.Encoding, name string) {
	whole := io.MultiReader(bytes.NewReader(bytes.Clone(s.buf[:s.end])), s.r)
	s.r = coding.NewDecoder().Reader(whole)
	s.encoding = name
	s.end, s.eof = 0, false
}

// encodings are the names that the XML declaration may give.
func (s *Scanner) encodings() []string {
	if s.encoding != "" {
		return []string{s.encoding}
	}
	return []string{"utf-8", "us-ascii"}
}
