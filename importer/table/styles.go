package table

import (
	"strconv"
	"strings"

	"cspcoop/importer/table/strictzip"
	"cspcoop/importer/table/xmltoken"
)

// maxStyles bounds the cell styles of a workbook; Excel writes 65,490 at most.
const maxStyles = 1 << 20

// styles are the number formats of a workbook's cell styles. They are nil for a
// workbook without a part of styles: what its numbers mean is then for their
// columns to say.
type styles []numberFormat

// numberFormat is how a cell style shows a number.
type numberFormat struct {
	date   bool // as a date or a time
	digits int  // with zeros in front, up to so many
}

// formatOf returns what a number format code means.
func formatOf(code string) numberFormat {
	format := numberFormat{date: dateFormatCode(code)}
	if first, _, _ := strings.Cut(code, ";"); strings.Trim(first, "0") == "" {
		format.digits = len(first)
	}
	return format
}

// readStyles reads the part of styles: its cell formats, and the number formats
// that they refer to (ECMA-376 part 1, §18.8).
func readStyles(part *strictzip.Part) (styles, error) {
	var formats []int // of the cell styles
	custom := map[int]numberFormat{}
	err := eachElement(part, mainSpace, "styleSheet", func(x *xmltoken.Scanner, parent string) error {
		if transitional(x.Space()) != mainSpace {
			return nil
		}
		text, _ := x.Attr("numFmtId")
		id, err := strconv.Atoi(string(text))
		switch name := string(x.Local()); {
		case parent == "numFmts" && name == "numFmt" && err == nil:
			code, _ := x.Attr("formatCode")
			custom[id] = formatOf(string(code))
		case parent == "cellXfs" && name == "xf":
			if len(formats) == maxStyles {
				return partFault(part, "it has more than %d cell styles", maxStyles)
			}
			formats = append(formats, id) // 0, the general format, where there is none
		}
		return nil
	})
	list := make(styles, len(formats))
	for i, id := range formats {
		format, found := custom[id]
		if !found {
			format.date = dateFormat(id)
		}
		list[i] = format
	}
	return list, err
}

// find returns the number format of a cell style, and whether there is such a
// style.
func (s styles) find(id int) (numberFormat, bool) {
	if 0 <= id && id < len(s) {
		return s[id], true
	}
	return numberFormat{}, s == nil || id == 0
}

// dateFormat reports whether a built-in number format is one of dates or times,
// those of East Asian and Thai editions included (ECMA-376 part 1, §18.8.30).
func dateFormat(id int) bool {
	return 14 <= id && id <= 22 || 27 <= id && id <= 36 || 45 <= id && id <= 47 ||
		50 <= id && id <= 58 || 71 <= id && id <= 81
}

// dateFormatCode reports whether a number format code shows a date or a time: its
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
