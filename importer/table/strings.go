package table

import (
	"fmt"
	"slices"

	"cspcoop/importer/table/strictzip"
	"cspcoop/importer/table/xmltoken"
)

// stringRun is how many shared strings are kept as one text.
const stringRun = 1024

// stringCost is what a shared string takes besides its bytes.
const stringCost = 24

// stringTable holds the shared strings of a workbook.
type stringTable struct {
	runs  []textRun
	count int
	bad   map[int]string // what is wrong with those that no cell may hold

	batch []byte // of the next run
	ends  []int
	bytes int64 // memory for all
}

// textRun holds stringRun texts, one after the other, or those that are left. There
// are too many strings to let the collector follow each.
type textRun struct {
	text string
	ends []int
}

// text returns the string of that number.
func (t *stringTable) text(number int) string {
	run, at, start := &t.runs[number/stringRun], number%stringRun, 0
	if at > 0 {
		start = run.ends[at-1]
	}
	return run.text[start:run.ends[at]]
}

// readStrings reads the table of shared strings; part may be nil.
func readStrings(part *strictzip.Part, limits Limits) (*stringTable, error) {
	t := &stringTable{bad: map[int]string{}}
	if part == nil {
		return t, nil
	}
	r := part.OpenAhead()
	defer r.Close()
	x := xmltoken.New(r, part.Size)
	if kind, err := x.Next(); err != nil {
		return nil, xmlFault(part, err)
	} else if kind != xmltoken.Start || string(x.Local()) != "sst" || transitional(x.Space()) != mainSpace {
		return nil, partFault(part, "its root element is %q, not a table of strings", x.Local())
	}
	space := x.Space()
	plain := x.DefaultSpace() == space
	for {
		start := len(t.batch)
		if plain {
			var read bool
			if t.batch, read = plainString(t.batch, x); read {
				if err := t.add(part, start, limits); err != nil {
					return nil, err
				}
				continue
			}
		}
		kind, err := x.Next()
		switch {
		case err != nil:
			return nil, xmlFault(part, err)
		case kind == xmltoken.EOF:
			t.flush()
			return t, nil
		case kind != xmltoken.Start:
			continue
		case string(x.Local()) == "si" && x.Space() == space:
			if t.batch, err = appendRichText(t.batch, x); err != nil {
				return nil, xmlFault(part, err)
			}
			if err := t.add(part, start, limits); err != nil {
				return nil, err
			}
		case string(x.Local()) == "extLst":
			if err := x.Skip(); err != nil {
				return nil, xmlFault(part, err)
			}
		default:
			return nil, partFault(part, "it holds a %q among the strings", x.Local())
		}
	}
}

// add takes what is in the batch from start on for the next string.
func (t *stringTable) add(part *strictzip.Part, start int, limits Limits) error {
	text := unescape(t.batch[start:])
	t.batch = t.batch[:start+len(text)]
	if problem, found := badText(text, limits); found {
		t.bad[t.count] = problem
	}
	t.count++
	t.ends = append(t.ends, len(t.batch))
	t.bytes += int64(len(text)) + stringCost
	if t.bytes > limits.MaxStringBytes {
		return refused(Fault{Part: part.Name,
			Problem: fmt.Sprintf("the strings of the workbook take more than %d bytes", limits.MaxStringBytes),
			Want:    fmt.Sprintf("split the workbook, or raise the limit ([limits] max_string_bytes = %d)", limits.MaxStringBytes)})
	}
	if len(t.ends) == stringRun {
		t.flush()
	}
	return nil
}

// flush makes a run of the batch.
func (t *stringTable) flush() {
	t.runs = append(t.runs, textRun{string(t.batch), slices.Clone(t.ends)})
	t.batch, t.ends = t.batch[:0], t.ends[:0]
}

// badText says what is wrong with a text as the content of a cell.
func badText(text []byte, limits Limits) (problem string, found bool) {
	if len(text) > limits.MaxFieldBytes {
		return fmt.Sprintf("the text has %d bytes, more than %d ([limits] max_field_bytes = %d)",
			len(text), limits.MaxFieldBytes, limits.MaxFieldBytes), true
	}
	if !suspicious(text) {
		return "", false
	}
	return badCharacter(text)
}

// appendRichText appends the text of the si or is element that just started:
// its t, or that of its runs r. Phonetic runs are not part of it (ECMA-376
// part 1, §18.4.6).
func appendRichText(dst []byte, x *xmltoken.Scanner) ([]byte, error) {
	space, depth := x.Space(), x.Depth()
	for {
		kind, err := x.Next()
		if err != nil {
			return dst, err
		}
		if kind == xmltoken.End && x.Depth() < depth {
			return dst, nil
		}
		if kind != xmltoken.Start {
			continue
		}
		switch name := string(x.Local()); {
		case x.Space() == space && name == "t":
			if dst, err = appendText(dst, x); err != nil {
				return dst, err
			}
		case x.Space() == space && name == "r":
		default:
			if err := x.Skip(); err != nil {
				return dst, err
			}
		}
	}
}

// appendText appends the text of the element that just started, which holds no
// other element.
func appendText(dst []byte, x *xmltoken.Scanner) ([]byte, error) {
	for {
		kind, err := x.Next()
		switch {
		case err != nil:
			return dst, err
		case kind == xmltoken.Chars:
			dst = append(dst, x.Text()...)
		case kind == xmltoken.End:
			return dst, nil
		default:
			return dst, x.Fault("an element inside of a text")
		}
	}
}
