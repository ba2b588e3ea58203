package xlsx

import (
	"fmt"
	"io"
	"sync"

	"cspcoop/report/table"
	"cspcoop/report/wording"

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
	entryStyle // for text that people write: 0123 and Jul-Dec 2020 stay as written
	totalTextStyle
	totalMoneyStyle
	totalExactStyle
	totalCountStyle
	styleNames
)

// look is how cells of a kind are set; each has a style for every tone.
type look uint8

const (
	textLook look = iota
	wrappedLook
	moneyLook
	exactLook
	countLook
	shareLook
	dayLook
	monthLook
	looks
)

func lookOf(kind table.Kind) look {
	return [...]look{table.Nothing: textLook, table.Words: textLook, table.Half: textLook, table.Cash: moneyLook, table.Precise: exactLook,
		table.Whole: countLook, table.Share: shareLook, table.Day: dayLook, table.MonthYear: monthLook}[kind]
}

var totalStyles = map[table.Kind]styleName{table.Cash: totalMoneyStyle, table.Precise: totalExactStyle, table.Whole: totalCountStyle}

const tones = table.Alarming + 1

// toneColours are the ink and the paper of cells that matter more than others.
var toneColours = [tones]struct {
	ink, paper string
	bold       bool
}{
	table.Usual: {ink: ink}, table.Quiet: {ink: muted}, table.Fine: {ink: muted}, table.Strong: {ink: ink, bold: true}, table.Settled: {ink: accent, bold: true},
	table.Doubtful: {amber, amberBg, true}, table.Alarming: {red, redBg, true},
}

const (
	moneyFormat = `#,##0.00;"−"#,##0.00`
	exactFormat = `#,##0.00######;"−"#,##0.00######`
	countFormat = `#,##0;"−"#,##0`
	textFormat  = 49 // built in
)

// styleSheet is the styles that all workbooks of a language share.
type styleSheet struct {
	file  *excelize.File // that they were made in
	named [styleNames]int
	toned [tones][looks]int
	forms struct{ styles, theme string } // parts of every workbook
}

// styleSheets are those that were made, by their wording.SheetFormats.
var styleSheets sync.Map

// sharedStyles makes the styles, once: for each of them excelize looks through
// all others. Nothing adds to them later, so that workbooks can be written side
// by side.
func sharedStyles(f wording.SheetFormats) (*styleSheet, error) {
	once, _ := styleSheets.LoadOrStore(f, sync.OnceValues(func() (*styleSheet, error) { return newStyleSheet(f) }))
	return once.(func() (*styleSheet, error))()
}

func newStyleSheet(f wording.SheetFormats) (*styleSheet, error) {
	s := &styleSheet{file: excelize.NewFile()}
	if err := s.file.SetDefaultFont(fontName); err != nil {
		return nil, fmt.Errorf("setting the font: %w", err)
	}
	var err error
	for name, style := range namedStyles() {
		if s.named[name], err = s.file.NewStyle(&style); err != nil {
			return nil, fmt.Errorf("making cell style %d: %w", name, err)
		}
	}
	for tone, c := range toneColours {
		for look, style := range cellStyles(f) {
			style.Font = font(c.ink, c.bold, fontSize)
			if c.paper != "" {
				style.Fill = solid(c.paper)
			}
			if s.toned[tone][look], err = s.file.NewStyle(&style); err != nil {
				return nil, fmt.Errorf("making the style of cells: %w", err)
			}
		}
	}
	if err := s.file.Write(io.Discard); err != nil {
		return nil, fmt.Errorf("writing cell styles: %w", err)
	}
	s.forms.styles, s.forms.theme = partOf(s.file, stylesPart), partOf(s.file, themePart)
	return s, nil
}

func border(edge, colour string, weight int) []excelize.Border {
	return []excelize.Border{{Type: edge, Color: colour, Style: weight}}
}

// aligned returns a style with its text at one side. Indents keep columns apart,
// also where a text fills its own.
func aligned(s excelize.Style, side, height string, wrap bool) excelize.Style {
	s.Alignment = &excelize.Alignment{Horizontal: side, Indent: 1, Vertical: height, WrapText: wrap}
	return s
}

func numeric(s excelize.Style, format string) excelize.Style {
	s = aligned(s, "right", "center", false)
	s.CustomNumFmt = &format
	return s
}

// cellStyles describes the cells of tables, whatever their tone.
func cellStyles(f wording.SheetFormats) [looks]excelize.Style {
	plain := excelize.Style{Border: border("bottom", rule, 1)}
	dated := func(format string) excelize.Style {
		s := aligned(plain, "left", "center", false)
		s.CustomNumFmt = &format
		return s
	}
	return [looks]excelize.Style{
		textLook: aligned(plain, "left", "center", false), wrappedLook: aligned(plain, "left", "center", true),
		moneyLook: numeric(plain, moneyFormat), exactLook: numeric(plain, exactFormat), countLook: numeric(plain, countFormat), shareLook: numeric(plain, f.Share),
		dayLook: dated(f.Day), monthLook: dated(f.Month),
	}
}

// namedStyles describes what is around the cells.
func namedStyles() [styleNames]excelize.Style {
	sentence := func(colour string, bold bool, size float64) excelize.Style {
		return aligned(excelize.Style{Font: font(colour, bold, size)}, "left", "center", true)
	}
	head := excelize.Style{Font: font(muted, true, fontSize), Border: border("bottom", ink, 2)}
	total := excelize.Style{Font: font(ink, true, fontSize), Border: border("top", ink, 1)}
	return [styleNames]excelize.Style{
		titleStyle:      sentence(ink, true, 16),
		leadStyle:       sentence(accent, true, 12),
		noteStyle:       sentence(muted, false, fontSize),
		headStyle:       aligned(head, "left", "top", true),
		numberHeadStyle: aligned(head, "right", "top", true),
		entryStyle:      {Font: font(ink, false, fontSize), Border: border("bottom", rule, 1), NumFmt: textFormat},
		totalTextStyle:  aligned(total, "left", "center", false),
		totalMoneyStyle: numeric(total, moneyFormat),
		totalExactStyle: numeric(total, exactFormat),
		totalCountStyle: numeric(total, countFormat),
	}
}
