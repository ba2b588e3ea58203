package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"cspcoop/calc"
	"cspcoop/cmd/cspcoop/publish"
	"cspcoop/cmd/cspcoop/setdiff"
	"cspcoop/importer/inbox"
	"cspcoop/schedule"
)

// pretended takes the place of the archive and rejected/ in a dry run: it keeps the
// receipts that a run would write, and moves nothing.
type pretended struct {
	box      *inbox.Inbox
	receipts []inbox.Receipt
}

func (p *pretended) Copy(f inbox.File) (*inbox.Copy, error) {
	return p.box.CopyAside(f)
}

func (p *pretended) Receive(c *inbox.Copy, kind string, _ time.Time) (inbox.Receipt, error) {
	r := inbox.Receipt{Name: visible(c.Path), SHA256: c.SHA256, Kind: kind}
	p.receipts = append(p.receipts, r)
	return r, nil
}

func (p *pretended) Reject(c *inbox.Copy, _ []byte) (string, error) { return c.Path, nil }

// trial is what a run would do, as JSON.
type trial struct {
	AsOf    calc.Date      `json:"as_of"`
	Taken   []trialTaken   `json:"would_take"`
	Refused []trialRefused `json:"would_refuse"`
	Left    []string       `json:"would_leave"` // still growing, unreadable or no regular file
	setdiff.Difference

	irregular int
}

type trialTaken struct {
	File string        `json:"file"`
	Kind calc.FileKind `json:"kind"`
	Rows int           `json:"rows"`
}

type trialRefused struct {
	File   string       `json:"file"`
	Faults []checkFault `json:"faults"`
	Total  int          `json:"faults_total"`
}

// dryRun finds out what a run would take, refuse and change against the newest set
// up to the as-of date. It touches nothing at all.
func (a *app) dryRun(ctx context.Context, w *workspace, asOf calc.Date) (*trial, error) {
	if _, err := w.ready(asOf, 0); err != nil {
		return nil, err
	}
	lock, err := schedule.Hold(w.path("state"))
	if err != nil {
		return nil, err
	}
	defer lock.Release()
	if _, err := a.sealedSets(w); err != nil {
		return nil, err
	}
	var done intake
	pretend := &pretended{}
	box, err := inbox.Open(w.path("inbox"))
	switch {
	case errors.Is(err, fs.ErrNotExist): // a run would make it
	case err != nil:
		return nil, err
	default:
		defer box.Close()
		pretend.box = box
		if done, err = a.takeFrom(ctx, w, box, pretend, nil); err != nil {
			return nil, err
		}
	}
	archive, err := a.loadArchive(ctx, w, loading{imported: done.imported, waiting: pretend.receipts, prove: true})
	if err != nil {
		return nil, err
	}
	result, err := w.calculate(asOf, archive)
	if err != nil {
		return nil, err
	}
	a.noticeSurroundings(w, result)
	out := trialOf(asOf, done)
	changes, err := w.changesSinceNewest(result)
	if err != nil {
		return nil, err
	}
	out.Difference = *changes
	return out, nil
}

func trialOf(asOf calc.Date, done intake) *trial {
	t := &trial{AsOf: asOf, Taken: []trialTaken{}, Refused: []trialRefused{}, Left: []string{}}
	for _, f := range done.taken {
		t.Taken = append(t.Taken, trialTaken{visible(f.path), f.kind, f.rows})
	}
	for _, f := range done.refused {
		r := trialRefused{File: visible(f.path), Faults: []checkFault{}, Total: f.faults.Total}
		for _, group := range f.faults.Groups() {
			r.Faults = append(r.Faults, checkFaultOf(group))
		}
		t.Refused = append(t.Refused, r)
	}
	for _, path := range done.growing {
		t.Left = append(t.Left, visible(path))
	}
	t.irregular = len(done.irregular)
	for _, i := range done.irregular {
		t.Left = append(t.Left, visible(i.Path))
	}
	return t
}

// changesSinceNewest compares a result with the newest set up to its as-of date.
func (w *workspace) changesSinceNewest(r *calc.Result) (*setdiff.Difference, error) {
	sets, err := publish.Sets(w.path("statements"))
	if err != nil {
		return nil, err
	}
	var newest *setdiff.Tables
	for i := len(sets) - 1; i >= 0 && newest == nil; i-- {
		if sets[i].AsOf <= r.AsOf.String() {
			if newest, err = setdiff.Read(w.path("statements"), sets[i].AsOf); err != nil {
				return nil, err
			}
		}
	}
	now, err := setdiff.Of(r)
	if err != nil {
		return nil, err
	}
	return setdiff.Compare(newest, now), nil
}

func (a *app) printTrial(t *trial) {
	s := styleOf(a.stdout)
	fmt.Fprintln(a.stdout, s.bold("Dry run as of "+english.Date(t.AsOf)+": nothing was touched"))
	for _, f := range t.Taken {
		fmt.Fprintf(a.stdout, "  would take    %s: %s\n", f.File, plural(f.Rows, "row"))
	}
	for _, f := range t.Refused {
		fmt.Fprintf(a.stdout, "  %s  %s: %s\n", s.urgent("would refuse"), f.File, plural(f.Total, "fault"))
		for _, fault := range f.Faults {
			paragraph(a.stdout, nil, 4, 6, fault.text)
		}
	}
	if len(t.Taken)+len(t.Refused)+len(t.Left) == 0 {
		fmt.Fprintln(a.stdout, "  the inbox is empty")
	}
	fmt.Fprintln(a.stdout)
	title := "Compared with no statement set, since there is none"
	if t.From != "" {
		title = "Compared with the statement set of " + t.From
	}
	a.printDifference(title, &t.Difference)
}
