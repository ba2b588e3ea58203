package main

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
)

const monthlyExports = 13

// year returns an export of so many rows over twelve months.
func year(rows, pairs int) iter.Seq[[]string] {
	distinct := rows - rows/50
	b := book{pairs: pairs, perMonth: (distinct + 11) / 12}
	return restating(rows, b.record)
}

// export is a file that is to be written.
type export struct {
	columns []string
	rows    iter.Seq[[]string]
}

// counted is an export with a row for each number up to n.
func counted(columns []string, n int, row func(i int) []string) export {
	return export{columns, func(yield func([]string) bool) {
		for i := range n {
			if !yield(row(i)) {
				return
			}
		}
	}}
}

// restating returns an export whose every fiftieth row is a newer version of an earning
// above it: 2 %.
func restating(rows int, record func(n int, restated bool) []string) iter.Seq[[]string] {
	return counted(header, rows, func(r int) []string {
		n := r - r/50 // earnings above it
		if r%50 == 49 {
			return record(n-1-r%40, true)
		}
		return record(n, false)
	}).rows
}

// download returns a monthly export: the twelve months up to the k-th download.
// Of the eleven months that were downloaded before, 2 % are restated.
func download(k, perMonth, pairs int) iter.Seq[[]string] {
	b := book{pairs: pairs, perMonth: perMonth}
	return counted(header, 12*perMonth, func(i int) []string {
		n := k*perMonth + i
		return b.record(n, i < 11*perMonth && n%50 == 0)
	}).rows
}

// head returns the first rows.
func head(rows iter.Seq[[]string], n int) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		left := n
		for row := range rows {
			if left--; left < 0 || !yield(row) {
				return
			}
		}
	}
}

// inputs are the generated files of one bench.
type inputs struct {
	csv            string // the earnings export
	mixed          string // of the same size, in which everything combines at random
	inline, shared string // its first tenth as workbooks
	mixedInline    string // likewise of the mixed one
	mixedShared    string
	monthly        string // folder with thirteen monthly exports
	partners       string // an export of very many partners
	twice          string // of twice as many
	bare           string // folder with the monthly exports without what workbooks show beside a figure
}

// size says how much is generated; everything follows from rows.
type size struct{ rows int }

func (s size) pairs() int    { return max(1, min(400, s.rows/2_500)) }
func (s size) mixed() mixed  { return mixed{participants: max(1, min(200, s.rows/5_000))} }
func (s size) workbook() int { return s.rows / 10 }
func (s size) perMonth() int { return s.rows / 120 }
func (s size) partners() int { return max(1, s.rows/50) }

func inputsIn(dir string) inputs {
	in := func(name string) string { return filepath.Join(dir, name) }
	return inputs{csv: in("earnings.csv"), mixed: in("mixed.csv"), inline: in("inline.xlsx"), shared: in("shared.xlsx"), mixedInline: in("mixed-inline.xlsx"), mixedShared: in("mixed-shared.xlsx"),
		monthly: in("monthly"), bare: in("bare"), partners: in("partners.csv"), twice: in("partners-twice.csv")}
}

// generate writes all inputs but the partners' export, which is larger than all
// others together.
func generate(dir string, s size) error {
	in := inputsIn(dir)
	if err := writeCSV(in.csv, header, year(s.rows, s.pairs())); err != nil {
		return err
	}
	if err := writeCSV(in.mixed, header, s.mixed().rows(s.rows)); err != nil {
		return err
	}
	for _, book := range []struct {
		path   string
		rows   iter.Seq[[]string]
		shared bool
	}{
		{in.inline, year(s.rows, s.pairs()), false}, {in.shared, year(s.rows, s.pairs()), true},
		{in.mixedInline, s.mixed().rows(s.rows), false}, {in.mixedShared, s.mixed().rows(s.rows), true},
	} {
		if err := writeXLSX(book.path, head(book.rows, s.workbook()), book.shared); err != nil {
			return err
		}
	}
	for k := range monthlyExports {
		columns, rows := withoutDetails(download(k, s.perMonth(), s.pairs()))
		if err := writeCSV(monthly(in.bare, k), columns, rows); err != nil {
			return err
		}
		if err := writeCSV(monthly(in.monthly, k), header, download(k, s.perMonth(), s.pairs())); err != nil {
			return err
		}
	}
	return nil
}

// generatePartners writes the export of very many partners.
func generatePartners(path string, s size) error {
	return writeCSV(path, header, year(200*s.partners(), s.partners()))
}

// figures are the columns that decide figures; the others are details.
var figures = []string{
	"earningId", "participantId", "participantName", "partnerCountryCode", "programName", "transactionCurrency", "lever", "earningType", "earningAmount", "earningAmountUSD",
	"earningDate", "calculationDate", "paymentId", "paymentStatus",
}

// withoutDetails leaves the columns of rows that decide figures.
func withoutDetails(rows iter.Seq[[]string]) (columns []string, _ iter.Seq[[]string]) {
	keep := func(row []string) []string {
		var kept []string
		for i, cell := range row {
			if slices.Contains(figures, header[i]) {
				kept = append(kept, cell)
			}
		}
		return kept
	}
	return keep(header), func(yield func([]string) bool) {
		for row := range rows {
			if !yield(keep(row)) {
				return
			}
		}
	}
}

func monthly(folder string, k int) string {
	return filepath.Join(folder, fmt.Sprintf("earnings-%02d.csv", k+1))
}

// writeCSV writes a file, and its folder where that is missing.
func writeCSV(path string, columns []string, rows iter.Seq[[]string]) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	buffered := bufio.NewWriterSize(f, 1<<20)
	w := csv.NewWriter(buffered)
	w.Write(columns)
	for row := range rows {
		w.Write(row)
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	if err := buffered.Flush(); err != nil {
		return err
	}
	return f.Close()
}
