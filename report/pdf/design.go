package pdf

// The design, written down once. Lengths are points.
//
// A page has one column between wide margins, a running header and a footer.
// Two weights and six sizes carry the hierarchy; one accent colour marks what
// to do, and nothing else. Rules are thin, boxes are rare, white space
// separates. Plex has tabular figures, so columns of money align by
// themselves.
const (
	marginSide   = 54.0
	marginTop    = 72.0 // first line of content, on A4
	marginBottom = 60.0

	// Letter is shorter: it spares this of either margin and above each section, so
	// that what fits a page of A4 fits one of Letter.
	letterMargin = 9.0
	letterTitle  = 4.0

	// A document whose last page would hold little is set tighter.
	tightTitle = 5.0 // above each section
	tightCell  = 0.7 // above and below a table's text
	littlePage = 0.6

	headerLine = 44.0 // baseline of the running header
	footerRise = 34.0 // baseline of the footer above the page's edge

	leading   = 1.38 // line height by type size
	gutter    = 10.0 // between columns of a table
	cellPad   = 2.2  // above and below a table's text
	blockGap  = 10.0 // between a block and the next
	titleGap  = 15.0 // above a section's title
	underHead = 6.0  // between a section's title and its content
	hairline  = 0.5
	ruleWidth = 0.9
)

// weight is one of two weights of type.
type weight uint8

const (
	regular weight = iota
	semibold
	weights
)

// colour is red, green, blue.
type colour [3]uint8

// Colours of text and rules, and of charts. The chart's colours differ in
// lightness as well as in hue, so that they stay apart for every kind of
// colour vision and on a black-and-white printer.
var (
	ink    = colour{0x1a, 0x22, 0x2e}
	quiet  = colour{0x56, 0x61, 0x70}
	rule   = colour{0xd5, 0xda, 0xe0}
	accent = colour{0x0b, 0x5f, 0x6b}
	alarm  = colour{0xa4, 0x37, 0x1e}

	barRebate  = colour{0xc3, 0xcd, 0xd6}
	barCoOp    = accent
	barClaimed = colour{0xd8, 0x91, 0x2e}
	barEarning = colour{0xa3, 0xb2, 0xbe}
	amber      = colour{0x9a, 0x5b, 0x00}
)

// style is how text is set.
type style struct {
	size   float64
	weight weight
	colour colour
}

// The type scale.
var (
	titleType   = style{22, semibold, ink}
	actionType  = style{15, semibold, ink}
	figureType  = style{13, semibold, ink}
	sectionType = style{11.5, semibold, ink}
	bodyType    = style{9, regular, ink}
	noteType    = style{9, regular, quiet}
	cellType    = style{8.4, regular, ink}
	headType    = style{7.6, regular, quiet}
	smallType   = style{7.2, regular, quiet}
	stampType   = style{6.6, regular, quiet}
)

func (s style) in(c colour) style { s.colour = c; return s }

func (s style) bold() style { s.weight = semibold; return s }

func (s style) sized(size float64) style { s.size = size; return s }

// line returns the height of one line.
func (s style) line() float64 { return s.size * leading }

// ascent returns how far the baseline is below the top of a line, so that
// capitals are in the middle of it.
func (s style) ascent() float64 { return s.size * (leading + 0.698) / 2 }
