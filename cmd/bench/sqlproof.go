package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cspcoop/fixtures"
)

type engine struct{ name, dialect, script string }

// engines are the database engines that run here; the statement for Spark is
// printed but needs a cluster.
var engines = []engine{
	{"DuckDB", "duckdb", "duckdb.mjs"},
	{"ClickHouse", "clickhouse", "clickhouse.cjs"},
}

// proveSQL compares "cspcoop sql" with "cspcoop run": every byte of balances.csv,
// on the sample exports and on generated ones.
func (b *bench) proveSQL(ctx context.Context) ([]line, error) {
	samples := filepath.Join(b.dir, "samples")
	if err := errors.Join(os.MkdirAll(samples, 0o755), copySamples(samples)); err != nil {
		return nil, err
	}
	hard := filepath.Join(b.dir, "awkward")
	if err := awkward(hard, 0); err != nil {
		return nil, err
	}
	var lines []line
	for _, data := range []struct{ name, exports, asOf string }{
		{"sample exports", filepath.Join(samples, "*.csv"), "2022-01-31"},
		{"versions hard to distinguish", filepath.Join(hard, "*.csv"), asOf},
		{"thirteen monthly exports", filepath.Join(b.in.monthly, "*.csv"), asOf},
		{"mixed export", b.in.mixed, asOf},
	} {
		own, err := b.proveOn(ctx, data.name, data.exports, data.asOf)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", data.name, err)
		}
		lines = append(lines, own...)
	}
	return lines, b.proveRefusals(ctx)
}

// faulty are cells that no figure may come of.
var faulty = []struct{ column, value string }{
	{"earningId", ""}, {"participantId", " "}, {"programName", ""}, {"earningDate", "12/31/2020"}, {"calculationDate", "01/04/2021 3:00 PM"},
	{"transactionCurrency", ""}, {"earningAmount", ""}, {"earningAmount", "1,5"}, {"earningAmountUSD", "1.0000000000001"},
}

// proveRefusals wants every engine to fail where one cell is faulty.
func (b *bench) proveRefusals(ctx context.Context) error {
	file := filepath.Join(b.dir, "faulty.csv")
	for _, f := range faulty {
		row := (book{pairs: 1, perMonth: 1}).record(0, false)
		row[slices.Index(header, f.column)] = f.value
		if err := writeCSV(file, header, slices.Values([][]string{row})); err != nil {
			return err
		}
		for _, e := range engines {
			c, err := b.statement(ctx, e, file)
			if err != nil {
				return err
			}
			if c.absent != "" {
				continue
			}
			if _, err := c.run(ctx); err == nil || !strings.Contains(err.Error(), "cspcoop check names it") {
				return fmt.Errorf("%s: %s %q was not refused: %s", e.name, f.column, f.value, fmt.Sprint(err))
			}
		}
	}
	return nil
}

// statement writes the statement of a dialect for the exports, and makes the
// engine's run of it.
func (b *bench) statement(ctx context.Context, e engine, exports string) (*contender, error) {
	text, _, err := timed(ctx, []string{b.cspcoop, "sql", "--dialect", e.dialect, "--exports", filepath.ToSlash(exports)}, nil)
	if err != nil {
		return nil, err
	}
	file := filepath.Join(b.dir, e.dialect+".sql")
	return b.peers.contender(e.name, 0, e.script, "--sql", file), os.WriteFile(file, text, 0o644)
}

// proveOn compares on the exports that a pattern matches.
func (b *bench) proveOn(ctx context.Context, name, exports, asOf string) ([]line, error) {
	files, err := filepath.Glob(exports)
	if err != nil {
		return nil, err
	}
	say("sql on the %s", name)
	want, err := b.balancesOf(ctx, asOf, files...)
	if err != nil {
		return nil, err
	}
	// The next workspace takes the place of this one.
	stored := filepath.Join(b.dir, "stored")
	if err := errors.Join(os.RemoveAll(stored), os.Rename(filepath.Join(b.proofDir(), "state", "earnings"), stored)); err != nil {
		return nil, err
	}
	var lines []line
	for _, data := range []struct{ name, pattern string }{
		{name, exports},
		{name + ", from the store", filepath.Join(stored, "*.parquet")},
	} {
		own, err := b.proveEngines(ctx, data.name, data.pattern, asOf, want)
		if err != nil {
			return nil, err
		}
		lines = append(lines, own...)
	}
	return lines, nil
}

// proveEngines wants every engine to come to the balances that are expected.
func (b *bench) proveEngines(ctx context.Context, name, pattern, asOf string, want proven) ([]line, error) {
	var lines []line
	for _, e := range engines {
		c, err := b.statement(ctx, e, pattern)
		if err != nil {
			return nil, err
		}
		l := line{target: "cspcoop sql, " + name, measured: e.name}
		if c.absent != "" {
			l.figure = "missing: " + c.absent
			lines = append(lines, l)
			continue
		}
		rows, err := c.run(ctx)
		if err != nil {
			return nil, err
		}
		summarized := filepath.Join(b.dir, "summarized.csv")
		if err := os.WriteFile(summarized, rows, 0o644); err != nil {
			return nil, err
		}
		got, err := b.balancesOf(ctx, asOf, summarized)
		if err != nil {
			return nil, err
		}
		if !bytes.Equal(want.balances, got.balances) {
			return nil, fmt.Errorf("%s: balances.csv differs from that of the exports themselves", e.name)
		}
		l.figure, l.verdict = c.figure(), "the same balances.csv"
		lines = append(lines, l)
		if !strings.Contains(pattern, filepath.Base(b.in.mixed)) {
			continue
		}
		share := float64(bytes.Count(rows, []byte("\n"))-1) / float64(b.size.rows)
		ratio := got.run.elapsed.Seconds() / want.run.elapsed.Seconds()
		lines = append(lines,
			line{"", "rows of the result ÷ rows of the exports", fmt.Sprintf("%.2f ×", share), "≤ 0.25 ×", verdict(share / 0.25)},
			line{"", "cspcoop run on it ÷ on the exports", fmt.Sprintf("%.2f ×", ratio), "≤ 0.2 ×", verdict(ratio / 0.2)})
	}
	return lines, nil
}

// proven is what a run in a fresh workspace gave.
type proven struct {
	balances []byte
	run      sample
}

func (b *bench) proofDir() string { return filepath.Join(b.dir, "proof") }

// balancesOf runs a fresh workspace with the files.
func (b *bench) balancesOf(ctx context.Context, asOf string, files ...string) (p proven, err error) {
	dir := b.proofDir()
	if err := b.workspace(ctx, dir, files...); err != nil {
		return p, err
	}
	if _, p.run, err = timed(ctx, b.runIn(dir, asOf), nil); err != nil {
		return p, err
	}
	p.balances, err = os.ReadFile(filepath.Join(dir, "statements", asOf, "balances.csv"))
	return p, err
}

// copySamples gathers those of the demonstration's exports that are as Partner
// Center gave them, in one folder.
func copySamples(folder string) error {
	samples, err := fixtures.DemoInbox()
	if err != nil {
		return err
	}
	for _, report := range []string{"*/Earnings-*.csv", "*/Growth-*.csv"} {
		files, err := fs.Glob(samples, report)
		if err != nil {
			return err
		}
		for _, f := range files {
			content, err := fs.ReadFile(samples, f)
			if err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(folder, strings.ReplaceAll(f, "/", "-")), content, 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}
