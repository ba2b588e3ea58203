package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// options are the command line's.
type options struct {
	size    size
	runs    int
	only    string
	cspcoop string
	peers   string
	before  string // an earlier cspcoop; "" for none

	noInstall bool // measure only peers that are installed
}

// bench is one measurement: its programs and inputs.
type bench struct {
	options
	self  string // this program, for single steps
	dir   string // everything that is made
	in    inputs
	peers *peers
}

// measure generates, runs every target and prints the table.
func (o options) measure(ctx context.Context) (err error) {
	b := &bench{options: o}
	if b.self, err = os.Executable(); err != nil {
		return err
	}
	if b.cspcoop, err = filepath.Abs(o.cspcoop); err != nil {
		return err
	}
	version, err := goVersion(ctx, b.cspcoop)
	if err != nil {
		return err
	}
	if b.dir, err = os.MkdirTemp("", "cspcoop-bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.dir)
	if b.options.peers == "" {
		b.options.peers = filepath.Join(b.dir, "peers")
	}
	say("installing peers")
	if b.peers, err = installPeers(ctx, b.options.peers, b.noInstall); err != nil {
		return err
	}
	say("generating %d rows", b.size.rows)
	b.in = inputsIn(b.dir)
	if _, _, err := timed(ctx, b.step("", "-rows", fmt.Sprint(b.size.rows), "generate", b.dir).command, nil); err != nil {
		return err
	}
	var measures []measure
	for _, t := range b.targets() {
		measures = append(measures, measure{t.name, func(ctx context.Context) ([]line, error) { return b.race(ctx, t) }})
	}
	measures = append(measures, measure{"growth", b.growth}, measure{"sql", b.proveSQL})
	var lines []line
	for _, m := range measures {
		if !strings.Contains(m.name, b.only) {
			continue
		}
		own, err := m.run(ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		lines = append(lines, own...)
	}
	fmt.Printf("%d rows, medians of %d interleaved runs, %d cores; %s; %s\n\n", b.size.rows, b.runs, runtime.NumCPU(), version, strings.Join(b.peers.versions, "; "))
	printTable(os.Stdout, lines)
	return nil
}

// measure is a part of what is measured; run returns its lines of the table.
type measure struct {
	name string
	run  func(ctx context.Context) ([]line, error)
}

// race runs a target's programs in turn, and compares every answer with that of
// cspcoop.
func (b *bench) race(ctx context.Context, t *target) ([]line, error) {
	say("%s", t.name)
	if t.prepare != nil {
		if err := t.prepare(ctx); err != nil {
			return nil, err
		}
	}
	runs := b.runs
	if t.once {
		runs = 1
	}
	for n := range runs {
		var want [][]string
		for _, c := range append([]*contender{t.ours}, t.peers...) {
			if c.absent != "" {
				continue
			}
			out, err := c.run(ctx)
			if err != nil {
				return nil, err
			}
			say("  run %d of %d: %s %v", n+1, runs, c.name, c.taken[n].elapsed)
			if c.answer == nil {
				continue
			}
			got, err := c.answer(out)
			if err != nil {
				return nil, fmt.Errorf("answer of %s: %w", c.name, err)
			}
			if want == nil {
				want = got
			}
			if err := sameAnswer(want, got); err != nil {
				return nil, fmt.Errorf("%s: %w", c.name, err)
			}
		}
	}
	return t.lines()
}

// sameAnswer says where an answer differs from that of cspcoop.
func sameAnswer(want, got [][]string) error {
	if len(want) == 0 {
		return fmt.Errorf("cspcoop gave no balances")
	}
	for i := range min(len(want), len(got)) {
		if !slices.Equal(want[i], got[i]) {
			return fmt.Errorf("the answer differs: %v, but cspcoop says %v", got[i], want[i])
		}
	}
	if len(want) != len(got) {
		return fmt.Errorf("the answer has %d balances, that of cspcoop %d", len(got), len(want))
	}
	return nil
}

func say(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
