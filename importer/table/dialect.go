package table

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"cspcoop/calc"
)

// sampleRecords is how many records a delimiter is chosen by.
const sampleRecords = 64

// sampleBytes is about how much of a file is read at a time for a sample.
const sampleBytes = 64 << 10

// delimiters are the candidates, the usual ones first.
var delimiters = []byte{',', ';', '\t', '|'}

// openCSV finds the dialect of a text file. The records are proven by Rows.
func openCSV(ctx context.Context, r io.ReaderAt, size int64, head []byte, o Options) (*File, error) {
	set, err := findCharset(cancelable{ctx, r}, size, head, o.DialectByStart)
	if err != nil {
		return nil, err
	}
	text := textFile{r, size, set, &settled{}}
	start, err := io.ReadAll(io.LimitReader(text.open(ctx), headBytes))
	if err != nil {
		return nil, fmt.Errorf("read the start of the file: %w", err)
	}
	if kind, wrong := textKind(string(start)); wrong {
		return nil, kind.refuse()
	}
	c := &csvFile{text: text, options: o}
	if err := c.findDelimiter(ctx); err != nil {
		if other := text.contradicted(ctx); errors.Is(other, ErrDialect) {
			o.DialectByStart = false
			return openCSV(ctx, r, size, head, o)
		}
		return nil, err
	}
	file := &File{
		Format:    CSV,
		Sheets:    []*Sheet{{open: c.blocks}},
		Encoding:  set.name,
		Delimiter: rune(c.delimiter),
	}
	if set.assumed.Template != "" {
		file.Notes = append(file.Notes, Note{Code: calc.EncodingAssumed, Says: set.assumed})
	}
	ended, err := text.endsWithNewline()
	if err != nil {
		return nil, err
	}
	if !ended {
		file.Notes = append(file.Notes, Note{Code: calc.NoFinalNewline,
			Says: calc.Say("the last line has no line end, so the file may have been cut off")})
	}
	return file, nil
}

// endsWithNewline looks at the last character of the text.
func (f textFile) endsWithNewline() (bool, error) {
	newline := "\n"
	switch f.charset.name {
	case "UTF-16LE":
		newline = "\n\x00"
	case "UTF-16BE":
		newline = "\x00\n"
	}
	last := make([]byte, len(newline))
	if f.size < int64(len(last)) {
		return false, nil
	}
	if n, err := f.r.ReadAt(last, f.size-int64(len(last))); n < len(last) {
		return false, fmt.Errorf("read the end of the file: %w", err)
	}
	return string(last) == newline, nil
}

// csvFile is a text file whose dialect is known.
type csvFile struct {
	text      textFile
	options   Options
	delimiter byte
	named     int64 // length of a first line "sep=", which names the delimiter
	quotes    quoteUse
	assumed   bool // that quotes quote
	header    int  // line of the record that looks most like a header; 0: none does
	width     int  // its fields
}

// blocks reads from the first line on, or from the second if the first one
// names the delimiter.
func (c *csvFile) blocks(ctx context.Context) blockSource { return newCSVBlocks(ctx, c) }

// findDelimiter settles the delimiter: the configured one, else the one that
// the file names, else the one under which a record looks like a header.
func (c *csvFile) findDelimiter(ctx context.Context) error {
	named, err := c.firstLine(ctx)
	if err != nil {
		return err
	}
	candidates := delimiters
	switch {
	case c.options.Delimiter != 0:
		if !usableDelimiter(c.options.Delimiter) {
			return fmt.Errorf("the configured delimiter %q cannot separate fields", c.options.Delimiter)
		}
		candidates = []byte{byte(c.options.Delimiter)}
	case named != 0:
		candidates = []byte{named}
	}
	var best sample
	for _, delimiter := range candidates {
		s, err := c.sample(ctx, delimiter, best.score)
		if err != nil {
			return err
		}
		if c.delimiter == 0 || s.better(best) {
			best, c.delimiter, c.header, c.width = s, delimiter, s.header, s.width
		}
	}
	switch {
	case best.broken != nil && (!best.content || c.options.Header != nil && best.score == 0):
		return best.broken
	case !best.content:
		return wrongKind{"the file holds only blanks", wantExport}.refuse()
	case c.options.Header != nil && best.score == 0:
		return refused(Fault{
			Problem: fmt.Sprintf("none of the first %d lines is the header of a known report", sampleRecords),
			Want:    "check that this is one of the reports in \"cspcoop help columns\"; map other column names in the configuration",
		})
	}
	return c.findQuotes(ctx)
}

// firstLine returns the delimiter that the first line names, 0 if it does not. It
// refuses a text whose lines end as on old Macs: it would be one line.
func (c *csvFile) firstLine(ctx context.Context) (named byte, err error) {
	limit := int64(c.options.Limits.MaxLineBytes)
	line, err := bufio.NewReader(io.LimitReader(c.text.open(ctx), limit)).ReadBytes('\n')
	whole := err == nil
	if !whole && !errors.Is(err, io.EOF) {
		return 0, fmt.Errorf("read line 1: %w", err)
	}
	body := bytes.TrimRight(line, "\r\n")
	if !whole && bytes.IndexByte(body, '\r') >= 0 {
		return 0, refused(Fault{Row: 1,
			Problem: "the lines end in a lone carriage return, as on old Macs",
			Want:    "save the file again with CRLF or LF line ends (in Excel: CSV UTF-8)"})
	}
	text := strings.Trim(string(body[:min(len(body), 16)]), `"`)
	if len(text) < 4 || !strings.EqualFold(text[:4], "sep=") {
		return 0, nil
	}
	c.named = int64(len(line))
	if len(text) != 5 || !usableDelimiter(rune(text[4])) {
		return 0, refused(Fault{Row: 1, Value: text,
			Problem: "the line names no delimiter that can be used",
			Want:    "write sep=, or sep=; or remove the line"})
	}
	return text[4], nil
}

// usableDelimiter reports whether r can separate fields.
func usableDelimiter(r rune) bool {
	return r == '\t' || r > ' ' && r < 0x7F && !strings.ContainsRune(`"'+-.0123456789`, r) &&
		(r|0x20 < 'a' || r|0x20 > 'z')
}

// sample is what the first records look like under one delimiter.
type sample struct {
	content bool  // a field is not blank
	score   int   // of the record that looks most like a header
	header  int   // its line
	width   int   // its fields
	equal   int   // records with the most common number of fields
	faults  int   // in characters and quotes
	broken  error // *Faults that ended the sample
}

// better reports whether s speaks for its delimiter more than t.
func (s sample) better(t sample) bool {
	switch {
	case s.score != t.score:
		return s.score > t.score
	case s.equal != t.equal:
		return s.equal > t.equal
	}
	return s.faults < t.faults
}

// sample reads the first records. It looks for no header in those whose fields are too
// few for the score of another delimiter.
func (c *csvFile) sample(ctx context.Context, delimiter byte, other int) (sample, error) {
	var s sample
	enough := errors.New("enough records")
	trial := *c
	trial.delimiter, trial.quotes = delimiter, useWith(delimiter)
	trial.options.blockBytes = cmp.Or(trial.options.blockBytes, sampleBytes)
	sheet := Sheet{open: trial.blocks}
	counts := map[int]int{}
	var fields []string
	seen := 0
	err := sheet.Rows(ctx, func(row Row) error {
		fields = fields[:0]
		for _, cell := range row.Cells {
			fields = append(fields, cell.Text)
			s.content = s.content || strings.TrimSpace(cell.Text) != ""
		}
		s.faults += len(row.Faults)
		if c.options.Header != nil && len(fields) > s.score && len(fields) >= other {
			if score := c.options.Header(fields); score > s.score {
				s.score, s.header, s.width = score, row.Number, len(fields)
			}
		}
		if len(fields) > 1 {
			counts[len(fields)]++
			s.equal = max(s.equal, counts[len(fields)])
		}
		if seen++; seen == sampleRecords {
			return enough
		}
		return nil
	})
	if _, bad := asFaults(err); bad {
		s.broken = err
		s.faults++
	} else if err != nil && !errors.Is(err, enough) {
		return s, err
	}
	return s, nil
}
