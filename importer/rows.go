package importer

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// chunk is how many validated records gocsv maps at a time.
const chunk = 2048

// rowReader reads the rows of one sheet: it validates their cells, lets gocsv
// map them to typed rows, and keeps an account of every one.
type rowReader struct {
	*importing
	*tab
	index       uint16 // of the sheet in Source.Sheets
	dialect     dialect
	amount, usd *column // earningAmount and earningAmountUSD, where there are such

	header   []string   // documented names of the used columns
	records  [][]string // validated, waiting for gocsv
	taken    []string   // the one that is taken, now typed
	places   []int      // their rows
	count    int        // of rows validated so far
	totals   totals
	sums     sheetSums
	refusals table.Faults
	decimals map[string]int32       // of currencies
	rates    map[calc.Amount]uint32 // texts of exchange rates as they are shown
	shown    *calc.TextWriter
	accounts []*bankAccount // of a bank's statement
}

func newRowReader(in *importing, index int, d dialect) *rowReader {
	t := &in.tabs[index]
	r := &rowReader{
		importing: in, tab: t, index: uint16(index), dialect: d,
		amount: t.layout.column("earningAmount"), usd: t.layout.column("earningAmountUSD"),
		sums: newSheetSums(t.layout), decimals: map[string]int32{}, rates: map[calc.Amount]uint32{}, shown: in.texts.NewWriter(),
	}
	for _, c := range t.layout.columns {
		r.header = append(r.header, c.name)
	}
	return r
}

// fault adds a fault of a row; c is nil where no column is meant.
func (r *rowReader) fault(row *table.Row, c *column, w cellFault) {
	if c == nil {
		r.faults.Add(table.Fault{Sheet: r.sheet.Name, Row: row.Number, Problem: w.problem, Want: w.want})
		return
	}
	value := ""
	if c.index < len(row.Cells) {
		cell := row.Cells[c.index]
		if cell.Kind == table.Invalid {
			f := r.sheet.Fault(row.Number, c.index, cell)
			f.Column = c.header
			r.faults.Add(f)
			return
		}
		value = cell.Text
		if day, ok := serialInText(textOf(&cell)); ok && w == storedDate {
			value += ", which is " + day.String()
		}
	}
	r.faultIn(r.tab, row.Number, c.name, value, w)
}

// refuse adds a fault of a row whose cells are all right. Such faults follow the
// others, whenever the row was typed.
func (r *rowReader) refuse(row int, name, value string, w cellFault) {
	r.refusals.Add(r.faultOf(r.tab, row, name, value, w))
}

func (r *rowReader) place(row int) calc.Place { return calc.Place{Sheet: r.sheet.Name, Row: row} }

// read reads all rows of the sheet.
func (r *rowReader) read(ctx context.Context) error {
	if r.layout.report.isEarnings && !r.layout.faulty && !r.oneByOne {
		return r.readBlocks(ctx)
	}
	return r.sheet.Rows(ctx, r.take)
}

// take reads one row below the header.
func (r *rowReader) take(row table.Row) error {
	if row.Number <= r.layout.row {
		return nil // its faults are reported with the header
	}
	r.evidence.see(r.tab, &row, r.file.Format)
	for _, f := range row.Faults {
		if f.Field > 0 && f.Field <= len(r.layout.headers) && r.layout.headers[f.Field-1] != "" {
			f.Column, f.Field = r.layout.headers[f.Field-1], 0
		}
		r.faults.Add(f)
	}
	if blank(row.Cells) {
		return nil
	}
	r.checkEnd(&row)
	if r.totals.take(r, &row) {
		return nil
	}
	r.totals.follow(r, row.Number)
	if r.isHeader(&row) {
		r.fault(&row, nil, cellFault{"the header is repeated here", "keep one report in a file: split it, or remove this row"})
		return nil
	}
	before := r.faults
	var record []string
	ok := r.checkWidth(&row)
	if ok {
		record, ok = r.validate(&row)
	}
	if !ok {
		if w := r.notData(&row); w != nil { // one fault, in place of one for each cell
			r.faults = table.Faults{List: before.List[:len(before.List):len(before.List)], Total: before.Total}
			r.fault(&row, nil, *w)
		}
		return nil
	}
	if r.layout.faulty {
		return nil
	}
	if err := r.sums.add(r.layout, record); err != nil {
		return err
	}
	r.records = append(r.records, record)
	r.places = append(r.places, row.Number)
	if r.count++; r.count%chunk == 0 {
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
	c := r.layout.columnAt(len(row.Cells) - 1)
	if row.Unterminated && c != nil && c.isNumberOrDate() {
		r.fault(row, c, cellFault{"the file ends in the middle of a line, so that this value may be cut off",
			"export and save the file again, or set accept_missing_final_newline = true in cspcoop.toml if it is whole"})
	}
}

// checkWidth compares a row's fields with the header's.
func (r *rowReader) checkWidth(row *table.Row) bool {
	if r.file.Format == table.CSV && len(row.Cells) != r.layout.width {
		r.fault(row, nil, cellFault{fmt.Sprintf("the header has %d fields, the row %d", r.layout.width, len(row.Cells)),
			"a delimiter is missing or too many, or a text with a delimiter is not quoted; export the file again"})
		return false
	}
	ok := true
	for i := len(r.layout.headers); i < len(row.Cells); i++ {
		if trimBlanks(row.Cells[i].Text) == "" {
			continue
		}
		f := table.Fault{Sheet: r.sheet.Name, Row: row.Number, Column: columnLetters(i), Value: table.Excerpt(row.Cells[i].Text),
			Problem: "there is a value to the right of the header's last column", Want: "give the column a header, or remove the value"}
		if r.file.Format == table.XLSX {
			f.Cell = table.CellRef(row.Number, i)
		}
		r.faults.Add(f)
		ok = false
	}
	return ok
}

// isHeader reports whether a row repeats the header.
func (r *rowReader) isHeader(row *table.Row) bool {
	for i := range r.layout.columns {
		c := &r.layout.columns[i]
		if c.index >= len(row.Cells) || foldHeader(row.Cells[c.index].Text) != c.folded {
			return false
		}
	}
	return len(r.layout.columns) > 0
}

// validate returns a row's cells as gocsv maps them, or adds every fault that
// they have.
func (r *rowReader) validate(row *table.Row) ([]string, bool) {
	before := r.faults.Total
	record := make([]string, len(r.layout.columns))
	bad := make([]bool, len(r.layout.columns))
	for i := range r.layout.columns {
		c := &r.layout.columns[i]
		var w *cellFault
		if c.index < len(row.Cells) {
			record[i], w = r.dialect.canonical(c, &row.Cells[c.index], r.sheet.Date1904)
		}
		if w == nil && record[i] == "" && c.need == filled {
			var entry string
			if record[i], entry, w = r.standIn(c); entry != "" {
				r.sums.fill(entry, row.Number)
			}
		}
		if w != nil {
			r.fault(row, c, *w)
			bad[i] = true
		}
	}
	r.checkSigns(row, record, bad)
	if check := r.layout.report.check; check != nil {
		check(r, row, record, bad)
	}
	return record, r.faults.Total == before
}

// standIn returns what a configured default puts into a blank cell of a column
// that every row must fill, and its entry in the configuration.
func (r *rowReader) standIn(c *column) (value, entry string, wrong *cellFault) {
	if r.layout.report.standIn != nil {
		value, entry = r.layout.report.standIn(r.layout, r.Options, c.name)
	}
	switch {
	case value != "":
		return value, entry, nil
	case entry != "":
		return "", "", &cellFault{"the cell is blank", "fill the cell, or set " + entry + " in cspcoop.toml"}
	case c.name == "transactionCurrency":
		return "", "", nil // nothing needs it
	}
	return "", "", &cellFault{"the cell is blank", "fill the cell; if the row is a total, label it Total"}
}

// end closes the sheet: what was odd is noted.
func (r *rowReader) end() error {
	if err := r.flush(); err != nil {
		return err
	}
	r.closeAccounts()
	r.shown.Flush()
	r.faults.AddAll(&r.refusals)
	r.checkSubtotals()
	for _, rate := range r.sums.rates {
		r.note(r.sheet.Name, 0, calc.Info, calc.RateUsed, calc.Say("amounts in %s became USD at the configured rate of %s", rate.currency, rate.value))
	}
	defaults := slices.Sorted(maps.Keys(r.sums.defaults))
	r.noteFilled(r.index, defaults)
	for _, key := range defaults {
		r.note(r.sheet.Name, 0, calc.Info, calc.DefaultUsed, calc.Say("%s of cspcoop.toml filled %s", key, calc.CountOf(r.sums.defaults[key], "%s blank cell", "%s blank cells")))
	}
	for _, code := range slices.Sorted(maps.Keys(r.sums.finer)) {
		r.note(r.sheet.Name, 0, calc.Info, calc.TooManyDecimals, calc.Say("%s in %s with more decimals than the currency has: kept exactly", calc.CountOf(r.sums.finer[code], "%s amount", "%s amounts"), code))
	}
	return nil
}
