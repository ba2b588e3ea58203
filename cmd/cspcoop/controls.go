package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/calc/controls"
	"cspcoop/calc/reconcile"
	"cspcoop/importer"
	"cspcoop/importer/disk"
)

// controlsFile is in the workspace, if totals from outside the exports are kept.
const controlsFile = "controls.csv"

// controlsTemplate is a controls.csv without a line.
func controlsTemplate() []byte { return []byte(strings.Join(importer.ControlColumns(), ",") + "\n") }

// inInbox reports whether a path leads into the workspace's inbox, where a list of
// control totals is refused.
func (w *workspace) inInbox(path string) bool {
	if w.dir == "" {
		return false
	}
	inbox, err := filepath.Abs(w.path("inbox"))
	file, bad := filepath.Abs(path)
	return err == nil && bad == nil && strings.HasPrefix(file, inbox+string(filepath.Separator))
}

// readControls reads the workspace's controls.csv, if there is one.
func (w *workspace) readControls() (*calc.Controls, error) {
	var lines []calc.Control
	var sum string
	err := w.readKept(controlsFile, func(f *os.File, size int64, o importer.Options) (err error) {
		if lines, err = importer.ReadControls(context.Background(), f, size, o); err == nil { // the file is small
			sum, err = disk.SHA256(io.NewSectionReader(f, 0, size))
		}
		return err
	})
	if len(lines) == 0 { // no file, or the template
		return nil, err
	}
	for i := range lines {
		lines[i].Place.File = controlsFile
	}
	return &calc.Controls{SHA256: sum, Lines: lines}, nil
}

// explainedControl is a control as JSON. Amounts are text, as in tieout.csv.
type explainedControl struct {
	Row         int        `json:"row"` // of controls.csv
	AsOf        calc.Date  `json:"as_of"`
	Participant string     `json:"participant_id"`
	Program     string     `json:"program"`
	Period      string     `json:"earning_period"`
	Month       string     `json:"month"`
	Figure      string     `json:"figure"`
	Ours        string     `json:"ours"`
	Theirs      string     `json:"theirs"`
	Difference  string     `json:"difference"`
	Explained   string     `json:"explained"`
	Currency    string     `json:"currency"`
	Source      string     `json:"source"`
	By          string     `json:"by"`
	State       string     `json:"state"`
	Explanation string     `json:"explanation"`
	OurFigure   *explained `json:"our_figure,omitempty"` // as of the control's day, where one figure is it
}

// explainControl explains the control in a row of controls.csv, and our figure as
// of its day where it is one figure of one statement.
func (a *app) explainControl(w *workspace, archive *archived, r *calc.Result, row int) error {
	i := slices.IndexFunc(r.TieOuts, func(t calc.TieOut) bool { return t.Place.Row == row })
	if i < 0 {
		return noSuchControl(w, r, row)
	}
	t := &r.TieOuts[i]
	amount := func(valid bool, text string) string {
		if !valid {
			return ""
		}
		text, _, _ = strings.Cut(text, " ")
		return text
	}
	out := explainedControl{
		Row: row, AsOf: t.AsOf, Participant: t.Location, Program: t.ProgramName, Period: t.Period.String(), Month: t.Month.String(), Figure: t.Figure.String(),
		Ours: amount(t.Ours.Valid, controls.Amount(t, t.Ours.Decimal)), Theirs: amount(true, controls.Amount(t, t.Amount)),
		Difference: amount(t.Difference.Valid, controls.Amount(t, t.Difference.Decimal)), Explained: amount(true, controls.Amount(t, t.Explained)),
		Currency: t.Currency, Source: t.Source, By: t.By, State: t.State.String(), Explanation: t.Explanation.English(),
	}
	x, err := w.ourFigure(archive, t)
	if err != nil {
		return err
	}
	if x != nil {
		figure := explainedOf(x)
		out.OurFigure = &figure
	}
	return a.answer(out, func() {
		a.printControl(t)
		if x != nil {
			fmt.Fprintln(a.stdout)
			a.printExplanation(x)
		}
	})
}

// noSuchControl says which rows there are.
func noSuchControl(w *workspace, r *calc.Result, row int) error {
	var rows []int
	for _, t := range r.TieOuts {
		rows = append(rows, t.Place.Row)
	}
	slices.Sort(rows)
	switch {
	case w.controls == nil:
		return usage("--control %d: the workspace has no controls in %s", row, controlsFile)
	case len(rows) == 0:
		return usage("--control %d: all controls are of later days than %s; use a later --as-of", row, r.AsOf.Text())
	}
	return usage("--control %d: %s has no control of %s or earlier in this row; those are in rows %s", row, controlsFile, r.AsOf.Text(), strings.ReplaceAll(strings.Trim(fmt.Sprint(rows), "[]"), " ", ", "))
}

func (a *app) printControl(t *calc.TieOut) {
	s := styleOf(a.stdout)
	where := []string{t.Location, t.ProgramName}
	if !t.Period.IsZero() {
		where = append(where, english.Period(t.Period))
	}
	if !t.Month.IsZero() {
		where = append(where, english.Month(t.Month))
	}
	where = slices.DeleteFunc(where, func(text string) bool { return text == "" })
	title := strings.Join(append([]string{"control of " + english.Date(t.AsOf) + " for " + t.Figure.String()}, where...), ", ")
	ours, difference := "none", ""
	if t.Ours.Valid {
		ours = controls.Amount(t, t.Ours.Decimal)
	}
	if t.Difference.Valid {
		difference = controls.Amount(t, t.Difference.Decimal)
	}
	lines := [][2]string{
		{"ours", ours}, {"control", controls.Amount(t, t.Amount) + ", " + t.Source + ", read by " + t.By}, {"difference", difference},
		{"state", t.State.String()}, {"explanation", t.Explanation.English()},
	}
	paragraph(a.stdout, s.bold, 0, 2, title)
	for _, l := range lines {
		if l[1] != "" {
			labelled(a.stdout, fmt.Sprintf("  %-13s", l[0]), l[1])
		}
	}
}

// ourFigure explains our figure as of the control's day; nil where it is not one
// figure of one statement, or nothing was there yet.
func (w *workspace) ourFigure(archive *archived, t *calc.TieOut) (*reconcile.Explanation, error) {
	q := reconcile.Query{Participant: t.Location, Program: t.ProgramName, Period: t.Period, Month: t.Month, Figure: t.Figure.String()}
	switch t.Figure {
	case calc.ControlRebate, calc.ControlCoOp, calc.ControlOther:
		if t.Currency == "USD" {
			q.Figure += "_usd"
		} else {
			q.Currency = t.Currency
		}
	case calc.ControlRemaining, calc.ControlClaimed:
		q.Figure += "_fund"
	case calc.ControlPayment, calc.ControlLocations:
		return nil, nil
	}
	if !t.Ours.Valid || t.Location == "" || q.Period.IsZero() && q.Month.IsZero() {
		return nil, nil
	}
	r, err := w.calculate(t.AsOf, archive)
	if err != nil {
		return nil, err
	}
	x, err := reconcile.Explain(r, q)
	if errors.Is(err, reconcile.ErrUnbalanced) {
		return nil, err
	}
	if err != nil || !x.Value.Equal(t.Ours.Decimal) || x.Unit != t.Currency {
		return nil, nil //nolint:nilerr // of several currencies, or of what is no figure of a statement
	}
	return x, nil
}
