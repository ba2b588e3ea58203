package table

import "cspcoop/importer/table/xmltoken"

// plainCell reads the next cell if it is written in the way of almost all
// programs: <c r="B7" s="3" t="s"><v>12</v></c>, perhaps without s and t, or
// with <is><t>text</t></is>, whose blanks may be preserved. Any other is for readCell.
// Both check what they read by the same rules.
func (s *sheetScan) plainCell() (read bool, err error) {
	if !s.plain {
		return false, nil
	}
	x := s.x.Plain()
	if !x.Literal(`<c r="`) {
		return false, nil
	}
	column, ok := columnIndex(x.Letters())
	if !ok || !x.Literal(s.digits) {
		return false, nil
	}
	style, ok := plainStyle(&x)
	cell := rawCell{style: style, kind: plainType(&x)}
	if !ok || cell.kind == "" {
		return false, nil
	}
	switch {
	case x.Literal("/>"):
	case x.Literal("><v>"):
		cell.hasValue, cell.value = true, x.Text()
		ok = x.Literal("</v></c>")
	case x.Literal("><is><t>"), x.Literal(`><is><t xml:space="preserve">`):
		cell.hasInline, cell.inline = true, x.Text()
		ok = x.Literal("</t></is></c>")
	default:
		ok = false
	}
	if !ok {
		return false, nil
	}
	x.Accept()
	if err := s.place(column); err != nil {
		return true, err
	}
	s.keep(cell)
	return true, nil
}

// plainStyle reads the attribute s if it comes next.
func plainStyle(x *xmltoken.Plain) (id int, ok bool) {
	if !x.Literal(` s="`) {
		return 0, true
	}
	digits := x.Digits()
	for _, c := range digits {
		id = id*10 + int(c-'0')
	}
	return id, 0 < len(digits) && len(digits) < 10 && x.Literal(`"`)
}

// plainType reads the attribute t if it comes next; "" is one that readCell is
// to judge.
func plainType(x *xmltoken.Plain) string {
	switch {
	case !x.Literal(` t="`):
		return "n"
	case x.Literal(`s"`):
		return "s"
	case x.Literal(`inlineStr"`):
		return "inlineStr"
	case x.Literal(`str"`):
		return "str"
	case x.Literal(`n"`):
		return "n"
	case x.Literal(`b"`):
		return "b"
	}
	return ""
}

// plainString reads the next shared string if it is a single plain text, and
// appends it.
func plainString(dst []byte, x *xmltoken.Scanner) ([]byte, bool) {
	p := x.Plain()
	if !p.Literal("<si><t>") && !p.Literal(`<si><t xml:space="preserve">`) {
		return dst, false
	}
	text := p.Text()
	if !p.Literal("</t></si>") {
		return dst, false
	}
	p.Accept()
	return append(dst, text...), true
}
