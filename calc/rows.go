package calc

import (
	"context"
	"iter"
)

// Rows hands out the single rows of a result, one after another, so that nobody
// needs all of them at once.
type Rows interface {
	// Counted returns a statement's counted rows: by date, id, file and row.
	Counted(*Statement) iter.Seq[Earning]
	// Replaced returns every row that does not count because of another one, with
	// the one that counts.
	Replaced() iter.Seq2[Earning, Replaced]
}

// Counted returns a statement's counted rows; none when the result has no rows.
func (r *Result) Counted(s *Statement) iter.Seq[Earning] {
	if r.Rows == nil {
		return func(func(Earning) bool) {}
	}
	return r.Rows.Counted(s)
}

// Replaced returns every row that does not count, with the one that does.
func (r *Result) Replaced() iter.Seq2[Earning, Replaced] {
	if r.Rows == nil {
		return func(func(Earning, Replaced) bool) {}
	}
	return r.Rows.Replaced()
}

// Trace is a counted row with the rows that it replaces.
type Trace struct {
	Earning
	Others []Replaced // the newest first
}

// Replaced is a row that does not count, because another one does.
type Replaced struct {
	Earning
	Fate Fate
}

// Shown returns what a row shows in a column beyond its figures, as the export writes
// it.
type Shown func(Earning, DetailColumn) string

// Details brings back what rows show that their tables pass on.
type Details interface {
	// Each calls do for all statements, some at a time, with what their counted rows
	// show, which takes memory as long as it is used. It ends with the first error.
	Each(ctx context.Context, r *Result, do func([]*Statement, Shown) error) error
}

// Detail is what a statement's workbook shows of an earning beyond its figures, as
// the export writes it, by column.
type Detail [DetailColumns]string

// DetailColumn is a column of Detail.
type DetailColumn uint8

// The columns, as exports name them.
const (
	DetailEarningRate DetailColumn = iota
	DetailExchangeRate
	DetailTransactionID
	DetailTransactionDate
	DetailTransactionAmount
	DetailQuantity
	DetailCustomer
	DetailProduct
	DetailSubscription
	DetailInvoice
	DetailDistributor
	DetailReseller
	DetailSolutionArea
	DetailColumns // how many there are
)

// Checked reports whether findings rest on the column; documents alone show the
// others.
func (c DetailColumn) Checked() bool {
	return c == DetailEarningRate || c == DetailExchangeRate || c == DetailTransactionAmount
}

// DetailNumbers are the numbers of a detail's texts.
type DetailNumbers [DetailColumns]uint32

// passing holds the details that only documents show of the last rows of a table,
// for whoever takes them elsewhere.
type passing struct {
	ids   *Texts // of the table, which other rows are added to
	first int    // row
	texts [DetailColumns][]string
}

func (p *passing) add(c DetailColumn, text string) { p.texts[c] = append(p.texts[c], text) }

func (p *passing) text(c DetailColumn, row int) string {
	if at := row - p.first; at >= 0 && at < len(p.texts[c]) {
		return p.texts[c][at]
	}
	return ""
}

// PassDetails makes a table that has no rows yet hold what only documents show no
// longer than until LetGo: they are most of an export, and are kept elsewhere.
func (t *Earnings) PassDetails() { t.passing = &passing{ids: t.texts} }

// Look makes the rows readable that are there, while others read further ones for the
// table. It does nothing to a table that keeps its details.
func (t *Earnings) Look() {
	if t.passing != nil {
		t.texts = t.passing.ids.snapshot()
	}
}

// PassesDetails reports whether what only documents show is elsewhere.
func (t *Earnings) PassesDetails() bool { return t != nil && t.passing != nil }

// LetGo lets go what only documents show of the rows before one. It does nothing
// to a table that keeps it.
func (t *Earnings) LetGo(before int) {
	p := t.passing
	if p == nil {
		return
	}
	for c := range p.texts {
		n := min(before-p.first, len(p.texts[c]))
		rest := copy(p.texts[c], p.texts[c][n:])
		clear(p.texts[c][rest:])
		if p.texts[c] = p.texts[c][:rest]; rest == 0 {
			p.texts[c] = nil
		}
	}
	p.first = before
}

// HasDetail reports whether the details of rows are kept.
func (t *Earnings) HasDetail() bool { return t != nil && t.detail }

// HasDetail reports whether what is only shown beside the figures is kept.
func (e Earning) HasDetail() bool { return e.t.detail }

// Detail returns what the row shows in a column, as the export writes it; "" where
// the table does not have it.
func (e Earning) Detail(c DetailColumn) string {
	if e.t.passing != nil && !c.Checked() {
		return e.t.passing.text(c, int(e.row))
	}
	return e.t.texts.Text(e.t.details[c].at(e.row))
}
