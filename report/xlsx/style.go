package xlsx

import (
	"fmt"
	"sync"

	"github.com/xuri/excelize/v2"
)

// Arial, or a face of the same widths, is on every computer that opens a
// workbook.
const (
	fontName = "Arial"
	fontSize = 10
)

func font(colour string, bold bool, size float64) *excelize.Font {
	return &excelize.Font{Family: fontName, Size: size, Color: colour, Bold: bold}
}

// Colours of the documents: one accent, and tints for what is urgent.
const (
	ink     = "1B2430"
	muted   = "5B6675"
	accent  = "0B5F6B"
	rule    = "D5DAE0"
	amber   = "8A5300"
	amberBg = "FCF0DC"
	red     = "9B1C1C"
	redBg   = "FBE4E4"
	grey    = "C3CED6" // rebate in charts
	gold    = "D9942B" // claimed in charts
	slate   = "7A8793" // other in charts
)

// styleName names a cell's look.
type styleName uint8

const (
	titleStyle styleName = iota
	leadStyle            // the sentence that matters
	noteStyle
	headStyle
	numberHeadStyle
	textStyle
	wrappedStyle
	entryStyle // for text that people write: 0123 and Jul-Dec 2020 stay as written
	moneyStyle
	exactStyle
	countStyle
	dayStyle
	monthStyle
	totalTextStyle
	totalMoneyStyle
	totalExactStyle
	totalCountStyle
	styleNames
)

const (
	moneyFormat = `#,##0.00;"−"#,##0.00`
	exactFormat = `#,##0.00######;"−"#,##0.00######`
	countFormat = `#,##0;"−"#,##0`
	textFormat  = 49 // built in
)

// styleSheet is the styles that all workbooks of a language share.
type styleSheet struct {
	file  *excelize.File // that they were made in
	cells [styleNames]int
	marks [markLooks]int
}

// styleSheets are those that were made, by their dateFormats.
var styleSheets sync.Map

// sharedStyles makes the styles, once: for each of them excelize looks through
// all others. Nothing adds to them later, so that workbooks can be written side
// by side.
func sharedStyles(f dateFormats) (*styleSheet, error) {
	once, _ := styleSheets.LoadOrStore(f, sync.OnceValues(func() (*styleSheet, error) { return newStyleSheet(f) }))
	return once.(func() (*styleSheet, error))()
}

func newStyleSheet(f dateFormats) (*styleSheet, error) {
	s := &styleSheet{file: excelize.NewFile()}
	if err := s.file.SetDefaultFont(fontName); err != nil {
		return nil, fmt.Errorf("setting the font: %w", err)
	}
	var err error
	for name, look := range looks(f) {
		if s.cells[name], err = s.file.NewStyle(&look); err != nil {
			return nil, fmt.Errorf("making cell style %d: %w", name, err)
		}
	}
	for name, look := range markColours {
		if s.marks[name], err = s.file.NewConditionalStyle(&excelize.Style{
			Font: &excelize.Font{Color: look.ink, Bold: true}, Fill: solid(look.paper),
		}); err != nil {
			return nil, fmt.Errorf("making the style of mark %d: %w", name, err)
		}
	}
	return s, nil
}

// looks describes every style.
func looks(f dateFormats) [styleNames]excelize.Style {
	line := func(edge, colour string, weight int) []excelize.Border {
		return []excelize.Border{{Type: edge, Color: colour, Style: weight}}
	}
	body := excelize.Style{Font: font(ink, false, fontSize), Alignment: &excelize.Alignment{Horizontal: "left", Indent: 1, Vertical: "center"}, Border: line("bottom", rule, 1)}
	head := excelize.Style{
		Font:      font(muted, true, fontSize),
		Alignment: &excelize.Alignment{Horizontal: "left", Indent: 1, Vertical: "top", WrapText: true},
		Border:    line("bottom", ink, 2),
	}
	total := excelize.Style{Font: font(ink, true, fontSize), Alignment: &excelize.Alignment{Horizontal: "left", Indent: 1, Vertical: "center"}, Border: line("top", ink, 1)}
	aligned := func(s excelize.Style, a excelize.Alignment) excelize.Style {
		s.Alignment = &a
		return s
	}
	broken := excelize.Alignment{Horizontal: "left", Indent: 1, Vertical: "center", WrapText: true}
	// Indents keep columns apart, also where a text fills its own.
	numeric := func(s excelize.Style, format string) excelize.Style {
		s = aligned(s, excelize.Alignment{Horizontal: "right", Indent: 1, Vertical: "center"})
		s.CustomNumFmt = &format
		return s
	}
	dated := func(format string) excelize.Style {
		s := body
		s.CustomNumFmt = &format
		return s
	}
	return [styleNames]excelize.Style{
		titleStyle:      aligned(excelize.Style{Font: font(ink, true, 16)}, broken),
		leadStyle:       aligned(excelize.Style{Font: font(accent, true, 12)}, broken),
		noteStyle:       aligned(excelize.Style{Font: font(muted, false, fontSize)}, broken),
		headStyle:       head,
		numberHeadStyle: aligned(head, excelize.Alignment{Horizontal: "right", Indent: 1, Vertical: "top", WrapText: true}),
		textStyle:       body,
		wrappedStyle:    aligned(body, broken),
		entryStyle:      {Font: body.Font, Border: body.Border, NumFmt: textFormat},
		moneyStyle:      numeric(body, moneyFormat),
		exactStyle:      numeric(body, exactFormat),
		countStyle:      numeric(body, countFormat),
		dayStyle:        dated(f.day),
		monthStyle:      dated(f.month),
		totalTextStyle:  total,
		totalMoneyStyle: numeric(total, moneyFormat),
		totalExactStyle: numeric(total, exactFormat),
		totalCountStyle: numeric(total, countFormat),
	}
}

// cellStyles gives the look of a column's cells and of its total.
var cellStyles = [...]struct{ cell, total styleName }{
	plain: {textStyle, totalTextStyle},
	money: {moneyStyle, totalMoneyStyle},
	exact: {exactStyle, totalExactStyle},
	count: {countStyle, totalCountStyle},
	day:   {dayStyle, totalTextStyle},
	month: {monthStyle, totalTextStyle},
}
