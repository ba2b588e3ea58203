package table

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"cspcoop/calc"
	"cspcoop/importer/table/xmltoken"
)

// maxMerges bounds the merged ranges of a sheet.
const maxMerges = 1 << 20

// sheetScan reads the XML of one worksheet strictly, to its last byte: rows and
// cells ascend and are unique, and references are right. A value that is not of
// its cell's type is kept as Invalid; what breaks the XML ends the scan.
type sheetScan struct {
	book   *workbook
	info   bookSheet
	x      *xmltoken.Scanner
	space  string // the main namespace as this part writes it
	rows   *spool
	limits Limits
	faults *Faults

	early         bool              // rows are handed out meanwhile
	kept          *spooled          // the sheet in rows
	problems      map[string]string // of invalid cells, by their references
	merges        []area
	count         int // of rows with content
	hidden        int // of these, not shown
	formulas      int
	row, column   int // last seen; column -1 before the first
	hiddenRow     bool
	filled        bool // the row has content
	value, inline []byte
	formula       []byte
	plain         bool   // names without a prefix are of the main namespace in this row
	digits        string // what ends the reference of a cell in this row: its number and a quote
}

func newSheetScan(b *workbook, s bookSheet, rows *spool, limits Limits) *sheetScan {
	return &sheetScan{
		book: b, info: s, rows: rows, limits: limits, problems: map[string]string{},
		kept: newSpooled(rows.file, s.part.Size, b.strings),
	}
}

// sheet is what is scanned.
func (s *sheetScan) sheet(date1904 bool) *Sheet {
	return &Sheet{Name: s.info.name, Date1904: date1904, open: s.kept.blocks, part: s.info.part.Name, problems: s.problems}
}

// notes reports what a user should know of the sheet though it was taken.
func (s *sheetScan) notes() []Note {
	var notes []Note
	note := func(code calc.Code, count int, says calc.Sentence) {
		if count > 0 {
			notes = append(notes, Note{Sheet: s.info.name, Code: code, Says: says})
		}
	}
	note(calc.HiddenRows, s.hidden, calc.Say("%s hidden or filtered rows were read like all others", s.hidden))
	note(calc.FormulaValues, s.formulas, calc.Say("%s cells hold formulas; the values saved with them were used", s.formulas))
	note(calc.MergedCells, len(s.merges), calc.Say("%s ranges of cells are merged", len(s.merges)))
	return notes
}

// run scans the part. Its error is *Faults where the sheet breaks.
func (s *sheetScan) run() (err error) {
	part := s.info.part.OpenAhead()
	defer part.Close()
	defer func() { s.kept.end(err) }()
	s.x, s.rows.sheet = xmltoken.New(part, s.info.part.Size), s.kept
	kind, err := s.x.Next()
	if err != nil {
		return xmlFault(s.info.part, err)
	}
	s.space = s.x.Space()
	if kind != xmltoken.Start || string(s.x.Local()) != "worksheet" || transitional(s.space) != mainSpace {
		return s.breaks("the root element is %q, not a worksheet", s.x.Local())
	}
	seen := map[string]bool{}
	for {
		kind, err := s.x.Next()
		switch {
		case err != nil:
			return s.broken(err)
		case kind == xmltoken.EOF:
			if !seen["sheetData"] {
				return s.breaks("the sheet has no list of rows")
			}
			return s.finish()
		case kind == xmltoken.Chars && !blank(s.x.Text()):
			return s.breaks("text is outside of the cells")
		case kind != xmltoken.Start:
			continue
		}
		name := string(s.x.Local())
		switch {
		case s.main() && (name == "sheetData" || name == "mergeCells"):
			if seen[name] {
				return s.breaks("the element %q is there twice", name)
			}
			seen[name] = true
			if name == "sheetData" {
				err = s.sheetData()
			} else {
				err = s.mergeCells()
			}
		default:
			err = s.broken(s.x.Skip())
		}
		if err != nil {
			return err
		}
	}
}

func (s *sheetScan) finish() error {
	if a, b, overlap := sortMerges(s.merges); overlap {
		return s.breaks("the merged ranges at %s and %s overlap", CellRef(a.top, a.left), CellRef(b.top, b.left))
	}
	if s.early && len(s.merges) > 0 {
		return ErrDialect
	}
	s.kept.merges = s.merges
	return s.rows.write(s.x.Offset())
}

// main reports whether the current element is of the main namespace.
func (s *sheetScan) main() bool { return s.x.Space() == s.space }

// foreign reports whether the current element is an extension of some program, and
// no alternative to what the format has.
func (s *sheetScan) foreign() bool { return !s.main() && s.x.Space() != compatibility }

// sheetData reads the rows.
func (s *sheetScan) sheetData() error {
	for {
		kind, err := s.x.Next()
		switch {
		case err != nil:
			return s.broken(err)
		case kind == xmltoken.End:
			return nil
		case kind == xmltoken.Chars:
			if !blank(s.x.Text()) {
				return s.breaks("text is between the rows")
			}
		case s.main() && string(s.x.Local()) == "row":
			if err := s.readRow(); err != nil {
				return err
			}
		case s.foreign():
			if err := s.x.Skip(); err != nil {
				return s.broken(err)
			}
		default:
			return s.breaks("the element %q is between the rows", s.x.Local())
		}
	}
}

// readRow reads the row that just started, with its cells.
func (s *sheetScan) readRow() error {
	number := s.row + 1
	if r, ok := s.x.Attr("r"); ok {
		if number, ok = parseRowNumber(r); !ok {
			return s.breaks("%q is no row number", r)
		}
	}
	if number <= s.row {
		return s.breaks("row %d follows row %d: a row is there twice, or rows are out of order", number, s.row)
	}
	if number > xlsxMaxRows {
		return s.breaks("the sheet has more than %d rows", xlsxMaxRows)
	}
	hidden, _ := boolean(s.x, "hidden") // read like all others
	s.row, s.column, s.hiddenRow, s.filled = number, -1, hidden, false
	s.plain, s.digits = s.x.DefaultSpace() == s.space, strconv.Itoa(number)+`"`
	for {
		if read, err := s.plainCell(); err != nil {
			return err
		} else if read {
			continue
		}
		kind, err := s.x.Next()
		switch {
		case err != nil:
			return s.broken(err)
		case kind == xmltoken.End:
			return s.endRow()
		case kind == xmltoken.Chars:
			if !blank(s.x.Text()) {
				return s.breaks("text is between the cells of row %d", s.row)
			}
		case s.main() && string(s.x.Local()) == "c":
			if err := s.readCell(); err != nil {
				return err
			}
		case s.main() && string(s.x.Local()) == "extLst", s.foreign():
			if err := s.x.Skip(); err != nil {
				return s.broken(err)
			}
		default:
			return s.breaks("the element %q is between the cells of row %d", s.x.Local(), s.row)
		}
	}
}

// endRow keeps the row if it has content.
func (s *sheetScan) endRow() error {
	if !s.filled {
		return nil
	}
	if s.count++; s.count > s.limits.MaxRows {
		return refused(Fault{Sheet: s.info.name, Row: s.row,
			Problem: fmt.Sprintf("the sheet has more than %d rows", s.limits.MaxRows),
			Want:    fmt.Sprintf("split it, or raise the limit ([limits] max_rows = %d)", s.limits.MaxRows)})
	}
	if s.hiddenRow {
		s.hidden++
	}
	if s.early && len(s.problems) > 0 {
		return ErrDialect
	}
	return s.rows.end(s.x.Offset())
}

// boolean reads an attribute of type xsd:boolean, in any case of letters; missing
// is false.
func boolean(x *xmltoken.Scanner, name string) (value, ok bool) {
	text, _ := x.Attr(name)
	switch strings.ToLower(string(text)) {
	case "", "0", "false":
		return false, true
	case "1", "true":
		return true, true
	}
	return false, false
}

// mergeCells reads the merged ranges.
func (s *sheetScan) mergeCells() error {
	for {
		kind, err := s.x.Next()
		switch {
		case err != nil:
			return s.broken(err)
		case kind == xmltoken.End && string(s.x.Local()) == "mergeCells":
			return nil
		case kind != xmltoken.Start:
			continue
		}
		ref, _ := s.x.Attr("ref")
		merged, ok := parseArea(ref)
		if !ok || !s.main() || string(s.x.Local()) != "mergeCell" {
			return s.breaks("%q is no range of merged cells", ref)
		}
		if len(s.merges) == maxMerges {
			return s.breaks("more than %d ranges are merged", maxMerges)
		}
		s.merges = append(s.merges, merged)
	}
}

// broken is an error of the XML, at the row where the scan stands.
func (s *sheetScan) broken(err error) error {
	if err == nil {
		return nil
	}
	err = xmlFault(s.info.part, err)
	if faults, ok := asFaults(err); ok {
		faults.List[0].Sheet, faults.List[0].Row = s.info.name, s.row
	}
	return err
}

// breaks is a fault that leaves the rest of the sheet without meaning.
func (s *sheetScan) breaks(format string, args ...any) error {
	return refused(Fault{Sheet: s.info.name, Part: s.info.part.Name, Row: s.row,
		Problem: fmt.Sprintf(format, args...), Want: wantExcelAgain})
}

func blank(text []byte) bool { return len(trimmed(text)) == 0 }

// trimmed returns a text without the blanks around it, which hardly any has.
func trimmed(text []byte) []byte {
	if n := len(text); n > 0 && text[0] > ' ' && text[n-1] > ' ' {
		return text
	}
	return bytes.Trim(text, " \t\r\n")
}
