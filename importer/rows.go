package importer

import (
	"fmt"
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// chunk is how many validated records gocsv maps at a time.
const chunk = 2048

// rowReader reads the rows of one sheet: it validates their cells, lets gocsv
// map them to typed rows, and keeps an account of every one.
type rowReader struct {
	*importing
	sheet   *table.Sheet
	index   uint16 // of the sheet in Source.Sheets
	layout  *layout
	dialect dialect
	kind    calc.FileKind

	header  []string   // documented names of the used columns
	records [][]string // validated, waiting for gocsv
	places  []int      // their rows
	totals  totalRows
	hidden  int // data rows that the sheet hides
	first   int // the first of them
	unrated map[string]bool
	finer   map[string]int // currencies of amounts with more decimals than they have
	stood   map[string]int // defaults that stood in for blanks, by column
}

func (r *rowReader) prepare() {
	for i := range r.layout.columns {
		r.header = append(r.header, r.layout.columns[i].name)
	}
	r.totals.sums = make([]calc.Sum, len(r.layout.columns))
	r.unrated, r.finer, r.stood = map[string]bool{}, map[string]int{}, map[string]int{}
	if in := r.importing; in.claims == nil {
		in.claims = map[string]firstRow{}
	}
}

// fault adds a fault of a row; c is nil where no column is meant.
func (r *rowReader) fault(row *table.Row, c *column, w wrong) {
	f := table.Fault{Sheet: r.sheet.Name, Row: row.Number, Problem: w.problem, Want: w.want}
	if c != nil {
		f.Column = c.header
		if c.index < len(row.Cells) {
			f.Value = row.Cells[c.index].Text
		}
		if r.file.Format == table.XLSX {
			f.Cell = table.CellRef(row.Number, c.index)
		}
	}
	r.faults.Add(f)
}

// take reads one row below the header.
func (r *rowReader) take(row table.Row) error {
	if row.Number <= r.layout.row {
		return nil
	}
	for _, f := range row.Faults {
		r.faults.Add(f)
	}
	if blank(row.Cells) {
		return nil
	}
	r.checkEnd(&row)
	if r.totals.take(r, &row) {
		return nil
	}
	if r.totals.pending() {
		r.totals.faultUnlabelled(r)
		if n := len(r.totals.rows); n > 0 {
			r.fault(&row, nil, wrong{fmt.Sprintf("a row follows the total in row %d", r.totals.rows[n-1].Number),
				"keep one report in a file, with its total as the last row, or remove totals"})
		}
	}
	if r.isHeader(&row) {
		r.fault(&row, nil, wrong{"the header stands here a second time", "keep one report in a file: split it, or remove this row"})
		return nil
	}
	if row.Hidden {
		if r.hidden++; r.first == 0 {
			r.first = row.Number
		}
	}
	if !r.checkWidth(&row) {
		return nil
	}
	record, ok := r.validate(&row)
	if !ok {
		return nil
	}
	r.records = append(r.records, record)
	r.places = append(r.places, row.Number)
	if len(r.records) == chunk {
		return r.flush()
	}
	return nil
}

func blank(cells []table.Cell) bool {
	return !slices.ContainsFunc(cells, func(c table.Cell) bool { return c.NoCache || trimBlanks(c.Text) != "" })
}

// checkEnd refuses a last record without line end whose last field may have
// been cut: half an amount looks like a whole one.
func (r *rowReader) checkEnd(row *table.Row) {
	if !row.Unterminated {
		return
	}
	last := len(row.Cells) - 1
	for i := range r.layout.columns {
		c := &r.layout.columns[i]
		if c.index == last && (c.kind == numberValue || c.kind == dayValue || c.kind == stampValue) {
			r.fault(row, c, wrong{"the file ends in the middle of a line, so that this value may be cut off",
				"export and save the file again, or set accept_missing_final_newline = true in cspcoop.toml if it is whole"})
			return
		}
	}
	r.note(r.sheet.Name, row.Number, calc.Warning, calc.NoFinalNewline, "the last line has no line end; check that the file is whole")
}

// checkWidth holds a row's fields against the header's.
func (r *rowReader) checkWidth(row *table.Row) bool {
	if r.file.Format == table.CSV && len(row.Cells) != r.layout.width {
		r.fault(row, nil, wrong{fmt.Sprintf("the row has %d fields, the header has %d", len(row.Cells), r.layout.width),
			"a delimiter is missing or too many, or a text with a delimiter is not quoted; export the file again"})
		return false
	}
	ok := true
	for i := len(r.layout.headers); i < len(row.Cells); i++ {
		if trimBlanks(row.Cells[i].Text) != "" {
			r.fault(row, &column{field: &field{}, index: i, header: columnLetters(i)},
				wrong{"a value stands right of the header's last column", "give the column a header, or remove the value"})
			ok = false
		}
	}
	return ok
}

// isHeader says that a row repeats the header.
func (r *rowReader) isHeader(row *table.Row) bool {
	for i := range r.layout.columns {
		c := &r.layout.columns[i]
		if c.index >= len(row.Cells) || foldHeader(row.Cells[c.index].Text) != foldHeader(c.header) {
			return false
		}
	}
	return len(r.layout.columns) > 0
}

// validate gives a row's cells as gocsv maps them, or adds every fault that
// they have.
func (r *rowReader) validate(row *table.Row) ([]string, bool) {
	record := make([]string, len(r.layout.columns))
	ok := true
	for i := range r.layout.columns {
		c := &r.layout.columns[i]
		var w *wrong
		if c.index < len(row.Cells) {
			record[i], w = r.dialect.canonical(c, &row.Cells[c.index], r.sheet.Date1904)
		}
		if w == nil && record[i] == "" && c.need == filled {
			record[i], w = r.standIn(c)
		}
		if w != nil {
			r.fault(row, c, *w)
			ok = false
		}
	}
	return record, ok
}

// standIn gives what a configured default puts into a blank cell of a column
// that every row must fill.
func (r *rowReader) standIn(c *column) (string, *wrong) {
	def, key := "", ""
	if r.layout.report == earningsReport {
		switch c.name {
		case "participantId":
			def, key = r.DefaultParticipant, "default_participant"
		case "programName":
			def, key = r.DefaultProgram, "default_program"
		case "transactionCurrency":
			if def, key = r.DefaultCurrency, "default_currency"; r.layout.column("earningAmount") == nil {
				return "", nil // the currency of an amount that is not there
			}
		}
	}
	if def != "" {
		r.stood[key]++
		return def, nil
	}
	want := "fill the cell"
	if key != "" {
		want = "fill the cell, or set " + key + " in cspcoop.toml"
	}
	return "", &wrong{"the cell is blank", want}
}

// end closes the sheet: totals are checked, what stood out is noted.
func (r *rowReader) end() error {
	if err := r.flush(); err != nil {
		return err
	}
	r.totals.check(r)
	if r.hidden > 0 {
		r.note(r.sheet.Name, r.first, calc.Info, calc.HiddenRows, fmt.Sprintf("%d rows are hidden or filtered away, from this one on; they are data and were read", r.hidden))
	}
	for _, key := range slices.Sorted(keysOf(r.stood)) {
		r.note(r.sheet.Name, 0, calc.Info, calc.DefaultUsed, fmt.Sprintf("%s of cspcoop.toml stood in for %d blank cells", key, r.stood[key]))
	}
	for _, code := range slices.Sorted(keysOf(r.finer)) {
		r.note(r.sheet.Name, 0, calc.Info, calc.TooManyDecimals, fmt.Sprintf("%d amounts in %s have more decimals than the currency; they are kept exactly", r.finer[code], code))
	}
	return nil
}

func keysOf[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// totalRows follows an export's own total rows.
type totalRows struct {
	rows       []table.Row // with their cells kept
	unlabelled *table.Row  // a row of amounts alone, a total if it adds up
	sums       []calc.Sum  // by column, of the rows so far
	currencies map[string]bool
}

// totalWords begin the label of a total row in the languages that exports are
// seen in.
var totalWords = []string{"total", "totals", "grand total", "sum", "summe", "gesamt", "gesamtsumme", "gesamtbetrag", "somme", "suma", "totaal", "eindtotaal", "totale"}

func isTotalLabel(s string) bool {
	s = strings.ToLower(strings.TrimRight(trimBlanks(s), ": "))
	if slices.Contains(totalWords, s) {
		return true
	}
	head, rest, ok := strings.Cut(s, " ")
	return ok && slices.Contains(totalWords, head) && len(rest) <= 20
}

func (t *totalRows) pending() bool { return len(t.rows) > 0 || t.unlabelled != nil }

// take tells a total row from data: it has a total's label and no key, or only
// amounts.
func (t *totalRows) take(r *rowReader, row *table.Row) bool {
	labelled, others := false, false
	for i := range row.Cells {
		text := row.Cells[i].Text
		if trimBlanks(text) == "" {
			continue
		}
		c := r.columnAt(i)
		switch {
		case isTotalLabel(text) && row.Cells[i].Kind == table.Text:
			labelled = true
		case c != nil && c.isKey():
			return false
		case c == nil || c.kind != numberValue:
			others = true
		}
	}
	kept := *row
	kept.Cells = slices.Clone(row.Cells)
	switch {
	case labelled:
		t.rows = append(t.rows, kept)
		return true
	case !others && t.unlabelled == nil && r.layout.report == earningsReport:
		t.unlabelled = &kept
		return true
	}
	return false
}

// isKey says that every data row fills the column, so that a total row does
// not.
func (c *column) isKey() bool {
	switch c.name {
	case "earningId", "earningDate", "paymentID", "paymentDate", "claimId", "usagePeriod":
		return true
	}
	return false
}

func (r *rowReader) columnAt(index int) *column {
	i := slices.IndexFunc(r.layout.columns, func(c column) bool { return c.index == index })
	if i < 0 {
		return nil
	}
	return &r.layout.columns[i]
}

// add takes a validated record into the sums that totals are held against.
func (t *totalRows) add(r *rowReader, record []string) error {
	for i := range r.layout.columns {
		c := &r.layout.columns[i]
		if c.kind == currencyValue && record[i] != "" {
			if t.currencies == nil {
				t.currencies = map[string]bool{}
			}
			t.currencies[record[i]] = true
		}
		if c.kind != numberValue || c.shown || record[i] == "" {
			continue
		}
		a, err := parseAmount(record[i])
		if err != nil {
			return err
		}
		t.sums[i].Add(a)
	}
	return nil
}

// check holds every total row against the rows; a total that differs is a
// warning, because what it left out is not known.
func (t *totalRows) check(r *rowReader) {
	if t.unlabelled != nil {
		if t.differs(r, t.unlabelled) != "" {
			t.faultUnlabelled(r)
			return
		}
		t.rows = append(t.rows, *t.unlabelled)
	}
	for i := range t.rows {
		row := &t.rows[i]
		r.source.Totals = append(r.source.Totals, calc.TotalRow{Place: calc.Place{Sheet: r.sheet.Name, Row: row.Number}})
		if d := t.differs(r, row); d != "" {
			r.note(r.sheet.Name, row.Number, calc.Warning, calc.TotalRowDiffers, "the file's own total differs from its rows: "+d)
			continue
		}
		r.note(r.sheet.Name, row.Number, calc.Info, calc.TotalRowSkipped, "this is a total row: it agrees with the rows above and is not counted")
	}
}

// differs words what a total row says otherwise than its rows, "" when nothing.
func (t *totalRows) differs(r *rowReader, row *table.Row) string {
	var list []string
	for i := range r.layout.columns {
		c := &r.layout.columns[i]
		if c.kind != numberValue || c.shown || c.index >= len(row.Cells) || !c.sums() {
			continue
		}
		if c.name != "earningAmountUSD" && len(t.currencies) > 1 {
			continue // a sum over currencies says nothing
		}
		text, w := r.dialect.number(&row.Cells[c.index])
		if w != nil || text == "" {
			continue
		}
		stated, err := parseAmount(text)
		if err != nil {
			continue
		}
		sum := t.sums[i].Decimal()
		said := stated.Decimal()
		if !sum.Round(-min(said.Exponent(), 0)).Equal(said) {
			list = append(list, fmt.Sprintf("column %s says %s, its rows add up to %s", c.header, said, sum))
		}
	}
	return strings.Join(list, "; ")
}

// sums says that adding up the column means something.
func (c *column) sums() bool {
	switch c.name {
	case "earningExchangeRate", "amountUSD", "invoiceAmount":
		return false
	}
	return true
}

// faultUnlabelled tells that a row of amounts alone is no total.
func (t *totalRows) faultUnlabelled(r *rowReader) {
	row := t.unlabelled
	if row == nil {
		return
	}
	t.unlabelled = nil
	for i := range r.layout.columns {
		c := &r.layout.columns[i]
		if c.need == filled && (c.index >= len(row.Cells) || trimBlanks(row.Cells[c.index].Text) == "") {
			r.fault(row, c, wrong{"the cell is blank", "fill the cell; if the row is a total, label it Total"})
		}
	}
}

func quoted(list []string) string {
	q := make([]string, len(list))
	for i, s := range list {
		q[i] = fmt.Sprintf("%q", s)
	}
	return strings.Join(q, ", ")
}
