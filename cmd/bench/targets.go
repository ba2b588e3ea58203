package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// target is one line of what cspcoop promises about speed.
type target struct {
	name    string
	ours    *contender
	peers   []*contender
	once    bool // one run is long enough to tell
	prepare func(ctx context.Context) error
	bounds  func() ([]bound, error) // of the program alone, once it is measured
}

// bound is a figure with a limit of its own, in one unit.
type bound struct {
	what      string
	got, most float64
	format    string
	atLeast   bool
}

const megabyte = 1e6

func (b *bench) targets() []*target {
	return []*target{
		b.csvTarget(), b.workbookTarget("XLSX, texts in the cells", b.in.inline), b.workbookTarget("XLSX, shared strings", b.in.shared),
		b.runTarget(), b.againTarget(), b.partnersTarget(), b.statusTarget(),
	}
}

// step measures one step of cspcoop in a process of its own.
func (b *bench) step(name string, args ...string) *contender {
	return &contender{name: name, command: append([]string{b.self}, args...)}
}

func (b *bench) csvTarget() *target {
	t := &target{name: "CSV → balances", ours: b.step("cspcoop", "import", b.in.csv)}
	t.ours.answer = sums
	t.peers = []*contender{
		b.peers.contender("DuckDB", "0.6", "duckdb.mjs", b.in.csv),
		b.peers.contender("ClickHouse", "", "clickhouse.cjs", b.in.csv),
		b.peers.contender("pandas", "0.2", "balances.py", b.in.csv),
	}
	for _, p := range t.peers {
		p.answer = plain
	}
	t.bounds = func() ([]bound, error) {
		most := 256 + 200*float64(b.size.rows-b.size.rows/50)/megabyte
		return []bound{{"peak memory", float64(t.ours.peak()) / megabyte, most, "%.0f MB", false}}, nil
	}
	return t
}

func (b *bench) workbookTarget(name, path string) *target {
	t := &target{name: name, ours: b.step("cspcoop", "import", path)}
	t.peers = []*contender{b.step("excelize Rows", "rows", path), b.step("inflating alone", "inflate", path)}
	t.peers[0].limit, t.peers[1].limit = "0.056", "2.5"
	t.bounds = func() ([]bound, error) {
		texts, err := partSize(path, "xl/sharedStrings.xml")
		most := 128 + float64(texts)/megabyte
		return []bound{{"peak memory", float64(t.ours.peak()) / megabyte, most, "%.0f MB", false}}, err
	}
	return t
}

func (b *bench) runTarget() *target {
	dir := filepath.Join(b.dir, "run")
	t := &target{name: "whole run, statements for all", ours: &contender{
		name: "cspcoop run", command: b.runIn(dir, asOf),
		prepare: func(ctx context.Context) error { return b.workspace(ctx, dir, b.in.csv) },
	}}
	t.peers = []*contender{b.peers.contender("pandas, XlsxWriter, ReportLab", "0.2", "statements.py", b.in.csv, filepath.Join(b.dir, "statements"))}
	t.bounds = func() ([]bound, error) {
		return []bound{{"peak memory", float64(t.ours.peak()) / megabyte, 1_500, "%.0f MB", false}}, nil
	}
	return t
}

func (b *bench) againTarget() *target {
	dir, first, before := filepath.Join(b.dir, "again"), filepath.Join(b.dir, "first"), filepath.Join(b.dir, "before")
	var files []string
	for k := range monthlyExports {
		files = append(files, monthly(b.in.monthly, k))
	}
	last := files[monthlyExports-1]
	return &target{
		name: "one more monthly export",
		prepare: func(ctx context.Context) error {
			if err := b.workspace(ctx, before, files[:monthlyExports-1]...); err != nil {
				return err
			}
			_, _, err := timed(ctx, b.runIn(before, asOf), nil)
			return err
		},
		ours: &contender{
			name: "cspcoop run, twelve in the archive", command: b.runIn(dir, asOf),
			prepare: func(context.Context) error {
				if err := os.RemoveAll(dir); err != nil {
					return err
				}
				if err := os.CopyFS(dir, os.DirFS(before)); err != nil {
					return err
				}
				return drop(dir, last)
			},
			answer: func([]byte) ([][]string, error) { return balancesIn(dir, asOf) },
		},
		peers: []*contender{{
			name: "the first run of all thirteen", limit: "0.15", command: b.runIn(first, asOf),
			prepare: func(ctx context.Context) error { return b.workspace(ctx, first, files...) },
			answer:  func([]byte) ([][]string, error) { return balancesIn(first, asOf) },
		}},
	}
}

func (b *bench) partnersTarget() *target {
	dir := filepath.Join(b.dir, "partners")
	t := &target{
		name: fmt.Sprintf("%d partner–programs × 200 rows", b.size.partners()), once: true,
		prepare: func(ctx context.Context) error {
			_, _, err := timed(ctx, b.step("", "-rows", fmt.Sprint(b.size.rows), "partners", b.in.partners).command, nil)
			return err
		},
		ours: &contender{
			name: "cspcoop run", command: b.runIn(dir, asOf),
			prepare: func(ctx context.Context) error { return b.workspace(ctx, dir, b.in.partners) },
		},
	}
	t.bounds = func() ([]bound, error) {
		n, err := documents(dir)
		return []bound{{"documents a second, import included", float64(n) / t.ours.elapsed().Seconds(), 100, "%.0f", true}}, err
	}
	return t
}

func (b *bench) statusTarget() *target {
	dir := filepath.Join(b.dir, "empty")
	t := &target{
		name:    "status of an empty workspace",
		prepare: func(ctx context.Context) error { return b.workspace(ctx, dir) },
		ours:    &contender{name: "cspcoop status", command: []string{b.cspcoop, "status", "--workspace", dir, "--as-of", asOf}},
	}
	t.bounds = func() ([]bound, error) {
		info, err := os.Stat(b.cspcoop)
		if err != nil {
			return nil, err
		}
		return []bound{
			{"time", float64(t.ours.elapsed()) / float64(time.Millisecond), 20, "%.1f ms", false},
			{"size of the program", float64(info.Size()) / megabyte, 30, "%.1f MB", false},
		}, nil
	}
	return t
}

// plain reads a peer's table, without its header.
func plain(stdout []byte) ([][]string, error) {
	rows, err := csv.NewReader(bytes.NewReader(stdout)).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows[1:], nil
}
