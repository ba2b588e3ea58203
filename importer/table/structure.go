package table

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"

	"cspcoop/importer/table/strictzip"
	"cspcoop/importer/table/xmltoken"

	"github.com/xuri/excelize/v2"
)

// emptySheet stands for every worksheet in what excelize is given.
const emptySheet = `<worksheet xmlns="` + mainSpace + `"><sheetData/></worksheet>`

// readStructure lets excelize read the workbook's structure: which sheets are
// visible, which date system holds, what the styles mean. It gets an archive of
// the small parts alone, proven before, so that no sheet of any size is
// inflated, and none of its lenience touches a cell.
func (b *workbook) readStructure(o Options) (err error) {
	reduced, err := b.reduce()
	if err != nil {
		return err
	}
	defer func() {
		if p := recover(); p != nil {
			err = partFault(b.root, "the structure of the workbook cannot be read (%v)", p)
		}
	}()
	book, err := excelize.OpenReader(bytes.NewReader(reduced), excelize.Options{
		UnzipSizeLimit:    int64(4+len(b.sheets)) * maxStructureBytes,
		UnzipXMLSizeLimit: maxStructureBytes,
		TmpDir:            o.TempDir,
	})
	if err != nil {
		return partFault(b.root, "the structure of the workbook cannot be read (%v)", err)
	}
	listed := book.WorkBook.Sheets.Sheet
	if len(listed) != len(b.sheets) {
		return partFault(b.root, "its list of sheets has two readings")
	}
	for i, sheet := range listed {
		if sheet.Name != b.sheets[i].name {
			return partFault(b.root, "its list of sheets has two readings")
		}
		b.sheets[i].hidden = sheet.State == "hidden" || sheet.State == "veryHidden"
	}
	props, err := book.GetWorkbookProps()
	if err != nil {
		return partFault(b.root, "the properties of the workbook cannot be read (%v)", err)
	}
	b.date1904 = props.Date1904 != nil && *props.Date1904
	b.styles = &styles{book: book, dates: map[int]bool{}}
	return nil
}

// reduce makes the archive that excelize reads. Styles stand where it looks for
// them; worksheets are there, and empty.
func (b *workbook) reduce() ([]byte, error) {
	var archive bytes.Buffer
	w := zip.NewWriter(&archive)
	add := func(name string, content []byte) error {
		part, err := w.CreateHeader(&zip.FileHeader{Name: name}) // stored
		if err != nil {
			return err
		}
		_, err = part.Write(content)
		return err
	}
	names := []string{contentTypesPart, "_rels/.rels", b.root.Name, b.rels.Name}
	for _, name := range names {
		part, _ := b.archive.Find(name)
		whole, err := content(part)
		if err != nil {
			return nil, err
		}
		if err := add(name, whole); err != nil {
			return nil, fmt.Errorf("copy part %s: %w", name, err)
		}
	}
	if b.stylesPart != nil {
		if err := eachElement(b.stylesPart, mainSpace, "styleSheet", func(*xmltoken.Scanner) error { return nil }); err != nil {
			return nil, err
		}
		whole, err := content(b.stylesPart)
		if err != nil {
			return nil, err
		}
		if err := add("xl/styles.xml", whole); err != nil {
			return nil, fmt.Errorf("copy part %s: %w", b.stylesPart.Name, err)
		}
	}
	for _, sheet := range b.sheets {
		if sheet.part == nil {
			continue
		}
		if err := add(sheet.part.Name, []byte(emptySheet)); err != nil {
			return nil, fmt.Errorf("copy part %s: %w", sheet.part.Name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("copy the parts of the workbook: %w", err)
	}
	return archive.Bytes(), nil
}

// styles knows which cell styles show a number as a date or a time.
type styles struct {
	book  *excelize.File
	dates map[int]bool
}

// asDate says whether a number of that style is shown as a date or a time. A
// style that the workbook does not have is an error.
func (s *styles) asDate(part *strictzip.Part, id int) (date bool, err error) {
	if date, known := s.dates[id]; known {
		return date, nil
	}
	defer func() {
		if p := recover(); p != nil {
			err = partFault(part, "the cell style %d cannot be read (%v)", id, p)
		}
	}()
	style, err := s.book.GetStyle(id)
	switch {
	case err != nil && id == 0: // the default; a workbook need not have a part of styles
		return false, nil
	case err != nil:
		return false, partFault(part, "the cell style %d does not exist", id)
	}
	date = dateFormat(style.NumFmt)
	if style.CustomNumFmt != nil {
		date = dateFormatCode(*style.CustomNumFmt)
	}
	s.dates[id] = date
	return date, nil
}

// dateFormat says whether a built-in number format is one of dates or times,
// those of East Asian and Thai editions included (ECMA-376 part 1, §18.8.30).
func dateFormat(id int) bool {
	return 14 <= id && id <= 22 || 27 <= id && id <= 36 || 45 <= id && id <= 47 ||
		50 <= id && id <= 58 || 71 <= id && id <= 81
}

// dateFormatCode says whether a number format code shows a date or a time: its
// first section has a letter of one outside of quotes, escapes and brackets, or
// an elapsed time in brackets.
func dateFormatCode(code string) bool {
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return false
			}
			i += end + 1
		case '\\', '_', '*':
			i++
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return false
			}
			inner := strings.ToLower(code[i+1 : i+end])
			if inner != "" && strings.Trim(inner, string(inner[0])) == "" && strings.Contains("hms", inner[:1]) {
				return true
			}
			i += end
		case ';':
			return false
		case 'G', 'g':
			if len(code)-i >= len("General") && strings.EqualFold(code[i:i+len("General")], "General") {
				i += len("General") - 1
			}
		case 'y', 'Y', 'm', 'M', 'd', 'D', 'h', 'H', 's', 'S':
			return true
		}
	}
	return false
}
