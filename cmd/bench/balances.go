package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"cspcoop/calc"
	"cspcoop/calc/reconcile"
	"cspcoop/importer"
	"cspcoop/report/csvfile"
)

// asOf is after all generated earnings.
const asOf = "2022-12-31"

// importFile reads one export with every check, hashes it and writes its
// balances: what cspcoop does with a file, without the statements.
func importFile(path string, out io.Writer) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	temp, err := os.MkdirTemp("", "cspcoop-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	sum := make(chan string, 1)
	go func() {
		h := sha256.New()
		if _, err := io.Copy(h, io.NewSectionReader(f, 0, info.Size())); err != nil {
			sum <- "" // the import meets the same error
			return
		}
		sum <- hex.EncodeToString(h.Sum(nil))
	}()
	var o importer.Options
	o.Table.TempDir = temp
	src, err := importer.Read(context.Background(), f, info.Size(), o)
	if err != nil {
		return err
	}
	src.File, src.SHA256, src.Receipt = filepath.Base(path), <-sum, 1
	day, err := calc.ParseDate(asOf)
	if err != nil {
		return err
	}
	sources := []*calc.Source{src}
	importer.CollectFor(sources)
	result, err := reconcile.Calculate(calc.Input{AsOf: day, Sources: sources, Policy: calc.DefaultPolicy()})
	if err != nil {
		return err
	}
	return csvfile.Balances.Write(out, result, csvfile.Options{})
}

// sums reduces balances.csv to what the peers compute too: participant,
// program, first day of the earning period, rebate and co-op in USD.
func sums(balances []byte) ([][]string, error) {
	rows, err := csv.NewReader(bytes.NewReader(balances)).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("balances.csv is empty")
	}
	var at []int
	for _, name := range []string{"participant_id", "program", "earning_start", "rebate_usd", "coop_usd"} {
		i := slices.Index(rows[0], name)
		if i < 0 {
			return nil, fmt.Errorf("balances.csv has no column %s", name)
		}
		at = append(at, i)
	}
	var out [][]string
	for _, row := range rows[1:] {
		var short []string
		for _, i := range at {
			short = append(short, row[i])
		}
		out = append(out, short)
	}
	slices.SortFunc(out, slices.Compare[[]string])
	return out, nil
}
