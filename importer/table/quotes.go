package table

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// quoteUse is how a text file uses quotes.
type quoteUse uint8

const (
	// quotesQuote: a field in quotes may hold delimiters and line breaks.
	quotesQuote quoteUse = iota
	// quotesInLine: a field in quotes may hold delimiters, and a quote elsewhere
	// is a character. So programs write fields between tabs, which have no rule.
	quotesInLine
	// quotesAreCharacters: quotes mean nothing.
	quotesAreCharacters
)

// byLine reports whether every line is a record.
func (u quoteUse) byLine() bool { return u != quotesQuote }

// useWith is how quotes are used between such delimiters before anything is
// known of a file.
func useWith(delimiter byte) quoteUse {
	if delimiter == '\t' {
		return quotesInLine
	}
	return quotesQuote
}

// findQuotes settles by the whole file how quotes are used. Those of a file with
// commas always quote (RFC 4180). Else the file speaks for it, if all of its
// quotes follow that rule: semicolons and pipes need no more, but tabs a field
// with doubled quotes, or a header in quotes. Where some do not follow it, because
// one is inside of a field that does not begin with one, or text follows a closing
// one, quotes are characters, unless there are doubled ones too. A large file is
// taken to follow the rule until it does not.
func (c *csvFile) findQuotes(ctx context.Context) error {
	c.quotes = useWith(c.delimiter)
	if c.delimiter == ',' {
		return nil
	}
	if c.options.DialectByStart && c.text.size > startBytes {
		c.quotes, c.assumed = quotesQuote, true
		return nil
	}
	s := quoteSurvey{csv: c, follows: true}
	r := bufio.NewReaderSize(c.text.open(ctx), 64<<10)
	for number := 1; ; number++ {
		line, err := r.ReadSlice('\n')
		for errors.Is(err, bufio.ErrBufferFull) { // the rest is looked at as another line
			s.see(line, 0)
			line, err = r.ReadSlice('\n')
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read the file: %w", err)
		}
		s.see(line, number)
		if err != nil {
			c.quotes = s.use()
			return nil //nolint:nilerr // the end of the file
		}
	}
}

// quoteSurvey is what the lines of a file say of its quotes.
type quoteSurvey struct {
	csv     *csvFile
	seen    [fieldForms]bool // where every line is a record
	follows bool             // all follow the rule so far, line breaks in quotes included
	open    bool             // the lines so far end in quotes
}

// use is what the survey comes to.
func (s *quoteSurvey) use() quoteUse {
	odd := s.seen[innerQuote] || s.seen[textAfterQuote]
	switch byLine := useWith(s.csv.delimiter).byLine(); {
	case s.follows && !s.open && (!byLine || s.seen[doubledField]):
		return quotesQuote
	case odd && !s.seen[doubledField] && (byLine || !s.seen[openField]):
		return quotesAreCharacters
	case byLine:
		return quotesInLine
	}
	return quotesQuote
}

// see looks at a line.
func (s *quoteSurvey) see(line []byte, number int) {
	if bytes.IndexByte(line, '"') < 0 {
		return
	}
	text := strings.TrimRight(string(line), "\r\n")
	var form fieldForm
	for at := 0; at <= len(text); at++ {
		at, form = fieldEnd(text, at, s.csv.delimiter)
		if form == quotedField && number == s.csv.header {
			form = doubledField // as good
		}
		s.seen[form] = true
	}
	at := 0
	if s.open {
		if at = closingQuote(text, 0, strings.IndexByte); at < 0 {
			return
		}
		s.open = false
		s.follows = s.follows && (at == len(text) || text[at] == s.csv.delimiter)
		at++
	}
	for ; at <= len(text) && !s.open; at++ {
		from := at
		at, form = fieldEnd(text, at, s.csv.delimiter)
		s.open = form == openField && closingQuote(text, from+1, strings.IndexByte) < 0
		s.follows = s.follows && form != innerQuote && form != textAfterQuote && (form != openField || s.open)
	}
}

// fieldForm is how a field of a line uses quotes.
type fieldForm uint8

const (
	bareField      fieldForm = iota // not at all
	innerQuote                      // 50"
	quotedField                     // "Contoso", perhaps with delimiters
	doubledField                    // "50"""
	textAfterQuote                  // "Surface" Hub
	openField                       // not closed on its line
	fieldForms                      // how many there are
)

// fieldEnd returns where the field of a line that begins at from ends, and its
// form.
func fieldEnd(line string, from int, delimiter byte) (end int, form fieldForm) {
	plain := len(line)
	if n := strings.IndexByte(line[from:], delimiter); n >= 0 {
		plain = from + n
	}
	if from == len(line) || line[from] != '"' {
		if strings.IndexByte(line[from:plain], '"') >= 0 {
			return plain, innerQuote
		}
		return plain, bareField
	}
	after := closingQuote(line, from+1, strings.IndexByte)
	switch {
	case after < 0, after > plain && after < len(line) && line[after] != delimiter:
		return plain, openField
	case after < len(line) && line[after] != delimiter:
		return plain, textAfterQuote
	case after <= plain && strings.IndexByte(line[from+1:after-1], '"') >= 0:
		return after, doubledField
	}
	return after, quotedField
}

// inLine splits a record that is one line and has quotes. Where a quoted field may
// as well be several fields, the number of the header's decides.
func (r *records) inLine(body string) {
	c := r.csv
	quoted := c.quotes != quotesAreCharacters
	fields, plain := 0, strings.Count(body, string(c.delimiter))+1
	var form fieldForm
	for at := 0; at <= len(body); at++ {
		at, form = fieldEnd(body, at, c.delimiter)
		if fields++; form == openField {
			r.faultIn(fields, "", "begins with a quote that is not closed on its line",
				`if the cell has a line break, as Excel's "Unicode Text" writes it, save the file as CSV UTF-8 or .xlsx instead; `+
					`if the quote is a character, put the field in quotes and write the inner quote twice ("")`)
		}
	}
	holding := fields == c.width || plain != c.width && quoted // delimiters in quotes
	for at := 0; at <= len(body); at++ {
		from := at
		at, form = fieldEnd(body, from, c.delimiter)
		if n := strings.IndexByte(body[from:at], c.delimiter); n >= 0 && !holding {
			at, form = from+n, openField
		}
		field := body[from:at]
		if (form == quotedField || form == doubledField) && (quoted || strings.IndexByte(field, c.delimiter) >= 0) {
			field = strings.ReplaceAll(field[1:len(field)-1], `""`, `"`)
		}
		r.row.Cells = append(r.row.Cells, textCell(field))
	}
}

// checkSwallowed refuses a field in quotes that holds line breaks where the
// header's number of fields says that they end rows: a quote that is a character
// then took in all rows up to the next one. Before it are that many fields.
func (r *records) checkSwallowed(field string, before int) {
	width := r.csv.width
	for i, rest := 0, field; ; i++ {
		piece, after, more := strings.Cut(rest, "\n")
		want := width - 1
		if i == 0 {
			want -= before
		} else if !more {
			want = before
		}
		if width < 2 || strings.Count(piece, string(r.csv.delimiter)) != want {
			return
		}
		if !more {
			break
		}
		rest = after
	}
	r.faultIn(before+1, "", "begins with a quote that closes only on a later line, with whole rows between",
		`if the quote is a character, put the field in quotes and write the inner quote twice ("")`)
}
