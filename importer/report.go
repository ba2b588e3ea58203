package importer

import (
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// report is a family of exports with everything that is its own. Adding one is
// a value of this type in a file of its own, and a line in reports.
type report struct {
	title   string  // in the documentation
	columns []field // used ones, in the order of the rows that gocsv maps

	// identify reports whether a header is the report's.
	identify func(h *heading) bool
	// required returns the columns that a header must have and lacks.
	required func(l *layout, o *Options) []missingColumn
	// form returns which form of the report a header begins.
	form func(l *layout) calc.FileKind
	// take maps the rows that wait and adds them to the source. Its errors are
	// defects: every cell was validated before.
	take func(r *rowReader) error

	// default_… entries of the configuration that fill blanks; nil for none.
	standIn func(l *layout, o *Options, column string) (value, entry string)
	// check finds what a cell alone cannot show; nil for nothing.
	check func(r *rowReader, row *table.Row, record []string, bad []bool)

	isEarnings bool // rows are earnings: read in blocks, and sums below them need no label

	names map[string]fit // by folded header
}

// fit says which field a header stands for, and how well: rank 0 is the
// documented name, then its aliases in order.
type fit struct {
	*field
	rank int
}

// reports are tried in this order: the columns of control totals, of a claims
// register and of a Payments report distinguish them from plain sheets, which need
// few columns.
var reports = []*report{controlsReport, claimsReport, paymentsReport, earningsReport}

// exports are those that a configuration may name columns of.
var exports = reports[1:]

// newReport indexes a report's columns by their headers.
func newReport(r report) *report {
	r.names = map[string]fit{}
	for i := range r.columns {
		f := &r.columns[i]
		r.names[foldHeader(f.name)] = fit{f, 0}
		for k, alias := range f.aliases {
			r.names[foldHeader(alias)] = fit{f, k + 1}
		}
	}
	return &r
}

// ReportColumns lists the columns that a family of reports may have.
type ReportColumns struct {
	Report  string
	Columns []KnownColumn
}

// KnownColumn is a column as its users know it.
type KnownColumn struct {
	Name    string   // as Microsoft documents it
	Aliases []string // other headers, the preferred one first
	Values  string   // what its cells hold
	Filled  bool     // no cell may be blank
}

// KnownColumns returns the columns of all reports, for the documentation.
func KnownColumns() []ReportColumns {
	var list []ReportColumns
	for _, r := range []*report{earningsReport, paymentsReport, claimsReport, controlsReport} {
		known := ReportColumns{Report: r.title}
		for _, f := range r.columns {
			known.Columns = append(known.Columns, KnownColumn{f.name, f.aliases, f.kind.String(), f.need == filled})
		}
		list = append(list, known)
	}
	return list
}

// missingColumn is a required column that a header lacks.
type missingColumn struct{ name, want string }

// requireAll returns those of the named columns that the header lacks.
func (l *layout) requireAll(want func(name string) string, names ...string) []missingColumn {
	var list []missingColumn
	for _, name := range names {
		if l.column(name) == nil {
			list = append(list, missingColumn{name, want(name)})
		}
	}
	return list
}

// heading is what the cells of a record name, were it the header of a report.
type heading struct {
	named    map[string]bool // the report's fields
	figures  int             // how many of them count in figures; columns that are only shown make no report
	earnings bool            // it has a column that only an earnings export has
	dated    bool            // it has a column for the date of an earning
}

// headerName folds a header. Power BI writes Table[column].
func headerName(text string) string {
	text = textOf(&table.Cell{Text: text, Kind: table.Text})
	if i := strings.IndexByte(text, '['); i >= 0 && strings.HasSuffix(text, "]") {
		if inner := text[i+1 : len(text)-1]; i == 0 || !isCurrencySign(trimBlanks(inner)) {
			text = inner
		}
	}
	return foldHeader(text)
}

// maxHeader is longer than any header of a column, in bytes.
const maxHeader = 120

// headerNames folds the cells of a record once for all reports.
func headerNames(cells []string) []string {
	list := make([]string, 0, len(cells))
	for _, cell := range cells {
		if cell != "" && len(cell) <= maxHeader {
			list = append(list, headerName(cell))
		}
	}
	return list
}

// identify returns the report that a record is the header of, by its cells
// alone. The second value is how many fields of the report it names, 0 when it
// is no header.
func identify(cells []string, vocabularies *vocabularies) (*vocabulary, int) {
	if cells = vocabularies.known(cells); len(cells) == 0 {
		return nil, 0
	}
	earnings, dated := earningsColumns(cells)
	for i := range vocabularies.all {
		v := &vocabularies.all[i]
		h := heading{earnings: earnings, dated: dated}
		h.named, h.figures = v.namedBy(cells)
		if v.report.identify(&h) {
			return v, len(h.named)
		}
	}
	return nil, 0
}

// earningsColumns reports whether a record has a documented column that only an
// earnings export has, which distinguishes it from the others, and whether it
// has a column for the date of an earning.
func earningsColumns(cells []string) (earnings, dated bool) {
	own := []string{"earningDate", "earningId", "earningAmount", "earningAmountUSD"}
	for _, cell := range cells {
		f := earningsReport.names[cell]
		if f.field == nil {
			continue
		}
		dated = dated || f.name == "earningDate"
		earnings = earnings || f.rank == 0 && slices.Contains(own, f.name)
	}
	return earnings, dated
}

// namedBy returns the fields that a record's cells name, and how many of them
// count in figures.
func (v *vocabulary) namedBy(cells []string) (named map[string]bool, figures int) {
	for _, cell := range cells {
		f, _, ok := v.fitOf(cell)
		if !ok || named[f.name] {
			continue
		}
		if named == nil { // not for every row that is no header
			named = map[string]bool{}
		}
		named[f.name] = true
		if !f.shown {
			figures++
		}
	}
	return named, figures
}
