package xmltoken

import (
	"bytes"
	"io"

	"golang.org/x/text/encoding/unicode"
)

// begin looks for a byte-order mark: that of UTF-8 is ignored, those of
// UTF-16 mean that the document is decoded first.
func (s *Scanner) begin() error {
	s.begun = true
	for s.end < 3 && !s.eof {
		if err := s.fill(); err != nil {
			return err
		}
	}
	start := s.buf[:s.end]
	switch {
	case bytes.HasPrefix(start, []byte("\xEF\xBB\xBF")):
		// base stays so that the declaration still stands at offset 0
		s.pos, s.base = 3, -3
	case bytes.HasPrefix(start, []byte("\xFF\xFE")), bytes.HasPrefix(start, []byte("\xFE\xFF")):
		whole := io.MultiReader(bytes.NewReader(bytes.Clone(start)), s.r)
		s.r = unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder().Reader(whole)
		s.utf16 = true
		s.end, s.eof = 0, false
	}
	return nil
}

// encodings are the names that the XML declaration may give.
func (s *Scanner) encodings() []string {
	if s.utf16 {
		return []string{"utf-16"}
	}
	return []string{"utf-8", "us-ascii"}
}
