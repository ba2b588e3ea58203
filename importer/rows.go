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
	places   []int      // their rows
	count    int        // of rows validated so far
	totals   totals
	tally    tally
	decimals map[string]int32       // of currencies
	rates    map[calc.Amount]string // exchange rates as they are shown
	paid     slab[calc.PaidAmount]
	details  slab[calc.Detail]
}

func newRowReader(in *importing, index int, d dialect) *rowReader {
	t := &in.tabs[index]
	r := &rowReader{
		importing: in, tab: t, index: uint16(index), dialect: d,
		amount: t.layout.column("earningAmount"), usd: t.layout.column("earningAmountUSD"),
		tally: newTally(t.layout), decimals: map[string]int32{}, rates: map[calc.Amount]string{},
	}
	for _, c := range t.layout.columns {
		r.header = append(r.header, c.name)
	}
	return r
}

// fault adds a fault of a row; c is nil where no column is meant.
func (r *rowReader) fault(row *table.Row, c *column, w wrong) {
	if c == nil {
		r.faults.Add(table.Fault{Sheet: r.sheet.Name, Row: row.Number, Problem: w.problem, Want: w.want})
		return
	}
	value := ""
	if c.index < len(row.Cells) {
		value = row.Cells[c.index].Text
	}
	r.faultAt(row.Number, c.name, value, w)
}

// faultAt adds a fault of a row that is typed already.
func (r *rowReader) faultAt(row int, name, value string, w wrong) {
	r.faultIn(r.tab, row, name, value, w)
}

func (r *rowReader) place(row int) calc.Place { return calc.Place{Sheet: r.sheet.Name, Row: row} }

// read reads all rows of the sheet.
func (r *rowReader) read(ctx context.Context) error {
	if r.layout.report == earningsReport && !r.layout.faulty && !r.oneByOne {
		return r.readBlocks(ctx)
	}
	return r.sheet.Rows(ctx, r.take)
}

// take reads one row below the header.
func (r *rowReader) take(row table.Row) error {
	if row.Number <= r.layout.row {
		return nil // its faults are told with the header
	}
	r.evidence.see(r.tab, &row, r.file.Format)
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
	r.totals.follow(r, &row)
	if r.isHeader(&row) {
		r.fault(&row, nil, wrong{"the header stands here a second time", "keep one report in a file: split it, or remove this row"})
		return nil
	}
	if !r.checkWidth(&row) {
		return nil
	}
	record, ok := r.validate(&row)
	if !ok || r.layout.faulty {
		return nil
	}
	if err := r.tally.add(r.layout, record); err != nil {
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
	if row.Unterminated && c != nil && (c.kind == numberValue || c.kind == dayValue || c.kind == stampValue) {
		r.fault(row, c, wrong{"the file ends in the middle of a line, so that this value may be cut off",
			"export and save the file again, or set accept_missing_final_newline = true in cspcoop.toml if it is whole"})
	}
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
		if trimBlanks(row.Cells[i].Text) == "" {
			continue
		}
		f := table.Fault{Sheet: r.sheet.Name, Row: row.Number, Column: columnLetters(i), Value: shorten(row.Cells[i].Text),
			Problem: "a value stands right of the header's last column", Want: "give the column a header, or remove the value"}
		if r.file.Format == table.XLSX {
			f.Cell = table.CellRef(row.Number, i)
		}
		r.faults.Add(f)
		ok = false
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
	before := r.faults.Total
	record := make([]string, len(r.layout.columns))
	bad := make([]bool, len(r.layout.columns))
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
			bad[i] = true
		}
	}
	if r.layout.report == claimsReport {
		r.checkClaim(row, record, bad)
	}
	return record, r.faults.Total == before
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
			if r.amount == nil || r.amount.currency != "" {
				return "", nil // only USD figures, or the amount's header names the currency
			}
			def, key = r.DefaultCurrency, "default_currency"
		}
	}
	switch {
	case def != "":
		r.tally.stood[key]++
		return def, nil
	case key != "":
		return "", &wrong{"the cell is blank", "fill the cell, or set " + key + " in cspcoop.toml"}
	}
	return "", &wrong{"the cell is blank", "fill the cell; if the row is a total, label it Total"}
}

// end closes the sheet: what stood out is noted.
func (r *rowReader) end() error {
	if err := r.flush(); err != nil {
		return err
	}
	for _, rate := range r.tally.rates {
		r.note(r.sheet.Name, 0, calc.Info, calc.RateUsed, fmt.Sprintf("amounts in %s became USD at the configured rate of %s", rate.currency, rate.value))
	}
	for _, key := range slices.Sorted(maps.Keys(r.tally.stood)) {
		r.note(r.sheet.Name, 0, calc.Info, calc.DefaultUsed, fmt.Sprintf("%s of cspcoop.toml stood in for %d blank cells", key, r.tally.stood[key]))
	}
	for _, code := range slices.Sorted(maps.Keys(r.tally.finer)) {
		r.note(r.sheet.Name, 0, calc.Info, calc.TooManyDecimals, fmt.Sprintf("%d amounts in %s have more decimals than the currency; they are kept exactly", r.tally.finer[code], code))
	}
	return nil
}
