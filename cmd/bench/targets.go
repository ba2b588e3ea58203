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
	once    bool // one run is long enough to compare
	prepare func(ctx context.Context) error
	bounds  func() ([]bound, error) // of the program alone, once it is measured
}

// bound is a figure with a limit of its own, in one unit.
type bound struct {
	what      string
	got, most float64 // most is 0 where there is no limit
	format    string
}

const megabyte = 1e6

func (b *bench) targets() []*target {
	return []*target{
		b.csvTarget("CSV → balances", b.in.csv, nil), b.csvTarget("CSV, mixed → balances", b.in.mixed, b.step("cspcoop on the first shape", "import", b.in.csv)),
		b.workbookTarget("XLSX, texts in the cells", b.in.inline, 0.04), b.workbookTarget("XLSX, shared strings", b.in.shared, 0.06),
		b.workbookTarget("XLSX, mixed, texts in the cells", b.in.mixedInline, 0.04), b.workbookTarget("XLSX, mixed, shared strings", b.in.mixedShared, 0.06),
		b.runTarget(), b.againTarget(), b.partnersTarget(), b.statusTarget(), b.besideTarget("status"), b.besideTarget("check"),
	}
}

// step measures one step of cspcoop in a process of its own.
func (b *bench) step(name string, args ...string) *contender {
	return &contender{name: name, command: append([]string{b.self}, args...)}
}

// csvTarget reads an export; of the second shape it is compared with the first.
func (b *bench) csvTarget(name, path string, first *contender) *target {
	t := &target{name: name, ours: b.step("cspcoop", "import", path)}
	t.ours.answer = sums
	t.peers = []*contender{
		b.peers.contender("DuckDB", 0.6, "duckdb.mjs", path),
		b.peers.contender("ClickHouse", 0, "clickhouse.cjs", path),
		b.peers.contender("pandas", 0.12, "balances.py", path),
	}
	for _, p := range t.peers {
		p.answer = plain
	}
	if first != nil {
		first.most = 1.25
		t.peers = append(t.peers, first)
	}
	t.bounds = func() ([]bound, error) {
		most := 96 + 100*float64(b.size.rows)/megabyte
		return []bound{{"peak memory", float64(t.ours.peak()) / megabyte, most, "%.0f MB"}}, nil
	}
	return t
}

func (b *bench) workbookTarget(name, path string, ofRows float64) *target {
	t := &target{name: name, ours: b.step("cspcoop", "import", path)}
	t.peers = []*contender{b.step("excelize Rows", "rows", path), b.step("inflating alone", "inflate", path)}
	t.peers[0].most, t.peers[1].most = ofRows, 1.6
	t.bounds = func() ([]bound, error) {
		texts, err := partSize(path, "xl/sharedStrings.xml")
		most := 128 + float64(texts)/megabyte
		return []bound{{"peak memory", float64(t.ours.peak()) / megabyte, most, "%.0f MB"}}, err
	}
	return t
}

func (b *bench) runTarget() *target {
	dir := filepath.Join(b.dir, "run")
	t := &target{name: "whole run, statements for all", ours: &contender{
		name: "cspcoop run", command: b.runIn(dir, asOf),
		prepare: func(ctx context.Context) error { return b.workspace(ctx, dir, b.in.csv) },
	}}
	t.peers = []*contender{b.peers.contender("pandas, XlsxWriter, ReportLab", 0.12, "statements.py", b.in.csv, filepath.Join(b.dir, "statements"))}
	t.bounds = func() ([]bound, error) {
		return []bound{{"peak memory", float64(t.ours.peak()) / megabyte, 500, "%.0f MB"}}, nil
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
	t := &target{
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
	}
	// The first comes first: the others run in the workspaces that it leaves.
	alone, documents := b.step("import of the one file", "import", last), &contender{name: "cspcoop run, nothing new", command: b.runIn(first, asOf)}
	t.peers = []*contender{{
		name: "the first run of all thirteen", most: 0.35, command: b.runIn(first, asOf),
		prepare: func(ctx context.Context) error { return b.workspace(ctx, first, files...) },
		answer:  func([]byte) ([][]string, error) { return balancesIn(first, asOf) },
	}, alone, documents}
	t.bounds = func() ([]bound, error) {
		return []bound{{"CPU, of importing the one file and a run with nothing new", t.ours.cpu().Seconds() / (alone.cpu() + documents.cpu()).Seconds(), 1.15, "%.2f ×"}}, nil
	}
	return t
}

func (b *bench) partnersTarget() *target {
	dir, twice, before := filepath.Join(b.dir, "partners"), filepath.Join(b.dir, "twice"), filepath.Join(b.dir, "partners-before")
	t := &target{
		name: fmt.Sprintf("%d partner–programs × 200 rows", b.size.partners()), once: true,
		prepare: func(ctx context.Context) error {
			for path, rows := range map[string]int{b.in.partners: b.size.rows, b.in.twice: 2 * b.size.rows} {
				if _, _, err := timed(ctx, b.step("", "-rows", fmt.Sprint(rows), "partners", path).command, nil); err != nil {
					return err
				}
			}
			return nil
		},
		ours: &contender{
			name: "cspcoop run, once", command: b.runIn(dir, asOf),
			prepare: func(ctx context.Context) error { return b.workspace(ctx, dir, b.in.partners) },
		},
	}
	more := &contender{
		name: "twice as many", command: b.runIn(twice, asOf),
		prepare: func(ctx context.Context) error { return b.workspace(ctx, twice, b.in.twice) },
	}
	earlier := &contender{
		name: "the version before", most: 0.77, command: append([]string{b.before}, b.runIn(before, asOf)[1:]...),
		prepare: func(ctx context.Context) error { return b.workspace(ctx, before, b.in.partners) },
	}
	if b.before == "" {
		earlier.absent = "name its program with -before"
	}
	t.peers = []*contender{more, earlier}
	t.bounds = func() ([]bound, error) {
		n, err := documents(dir)
		rows := 200 * float64(b.size.partners())
		return []bound{
			{"documents a second, import included", float64(n) / t.ours.elapsed().Seconds(), 0, "%.0f"},
			{"peak memory", float64(t.ours.peak()) / megabyte, 1_000, "%.0f MB"},
			{"memory of a row more", float64(more.peak()-t.ours.peak()) / rows, 100, "%.0f bytes"},
		}, err
	}
	return t
}

// besideTarget runs a command beside an archive with and without details.
func (b *bench) besideTarget(command string) *target {
	dir, bare := filepath.Join(b.dir, "beside"), filepath.Join(b.dir, "beside-bare")
	claims := filepath.Join(b.dir, "beside.csv")
	in := func(dir string) []string {
		args := []string{b.cspcoop, command, "--workspace", dir, "--as-of", asOf}
		if command == "check" {
			args = append(args, claims)
		}
		return args
	}
	t := &target{name: command + " beside twelve archived exports", ours: &contender{name: "cspcoop " + command, command: in(dir)}}
	t.peers = []*contender{{name: "without their details", most: 1.1, command: in(bare)}}
	t.prepare = func(ctx context.Context) error {
		register := registerOf(5)
		if err := writeCSV(claims, register.columns, register.rows); err != nil {
			return err
		}
		for dir, folder := range map[string]string{dir: b.in.monthly, bare: b.in.bare} {
			var files []string
			for k := range monthlyExports - 1 {
				files = append(files, monthly(folder, k))
			}
			if err := b.workspace(ctx, dir, files...); err != nil {
				return err
			}
			if _, _, err := timed(ctx, b.runIn(dir, asOf), nil); err != nil {
				return err
			}
		}
		return nil
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
			{"time", float64(t.ours.elapsed()) / float64(time.Millisecond), 20, "%.1f ms"},
			{"size of the program", float64(info.Size()) / megabyte, 40, "%.1f MB"},
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
