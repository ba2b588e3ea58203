package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"cspcoop/calc"
	"cspcoop/importer"
	"cspcoop/importer/disk"
	"cspcoop/importer/inbox"
	"cspcoop/importer/table"
	"cspcoop/report/runjson"
	"cspcoop/report/wording"
)

// workspace is a folder with its configuration.
type workspace struct {
	dir     string
	config  config
	policy  calc.Policy
	zone    *time.Location
	options importer.Options
	words   *wording.Words // of the documents

	acknowledged []calc.Acknowledgement
	controls     *calc.Controls // nil without any
}

func (w *workspace) path(name ...string) string {
	return filepath.Join(append([]string{w.dir}, name...)...)
}

// beside returns a path that the configuration names, from the folder that it is in.
func (w *workspace) beside(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return w.path(path)
}

func (w *workspace) folders() inbox.Folders {
	return inbox.Folders{Inbox: w.path("inbox"), Archive: w.path("archive"), Rejected: w.path("rejected"), State: w.path("state")}
}

// openWorkspace reads and checks the configuration; it touches nothing.
func openWorkspace(dir string) (*workspace, error) {
	file := filepath.Join(dir, "cspcoop.toml")
	c, err := readConfig(file)
	if err != nil {
		return nil, err
	}
	w := &workspace{dir: dir, config: c}
	if err := w.configure(); err != nil {
		return nil, usage("%s: %w", file, err)
	}
	if w.acknowledged, err = w.readAcknowledged(); err != nil {
		return nil, err
	}
	if w.controls, err = w.readControls(); err != nil {
		return nil, err
	}
	return w, nil
}

// configure takes from the configuration what commands need of it.
func (w *workspace) configure() (err error) {
	c := w.config
	if w.policy, err = c.policy(); err != nil {
		return err
	}
	if w.zone, err = time.LoadLocation(c.TimeZone); err != nil {
		return fmt.Errorf("time_zone = %q: %w; write it like \"Europe/Oslo\"", c.TimeZone, err)
	}
	if w.options, err = c.importOptions(w.policy.Rates); err != nil {
		return err
	}
	if w.words, err = wording.New(c.Documents.Language); err != nil {
		return fmt.Errorf("[documents] language: %w", err)
	}
	if p := c.Documents.Paper; p != "A4" && p != "Letter" {
		return fmt.Errorf(`[documents] paper = %q: use "A4" or "Letter"`, p)
	}
	return nil
}

// readKept reads a list that people keep by hand in the workspace; one that is not
// there has nothing to be read. It belongs to the configuration, and so do its
// faults, which come every one on its line.
func (w *workspace) readKept(name string, read func(f *os.File, size int64, o importer.Options) error) error {
	path := w.path(name)
	f, size, err := disk.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return usageError{err}
	}
	defer f.Close()
	var faults *table.Faults
	switch err = read(f, size, w.options); {
	case err == nil:
		return nil
	case !errors.As(err, &faults):
		return usage("%s: %w", path, err)
	}
	var lines []string
	for _, fault := range faults.List {
		lines = append(lines, path+": "+visible(fault.String()))
	}
	return usage("%s", strings.Join(lines, "\n"))
}

func (c config) importOptions(rates calc.Rates) (importer.Options, error) {
	o := importer.Options{
		Table:              table.Options{Limits: c.Limits, AcceptMissingFinalNewline: c.AcceptMissingFinalNewline},
		DefaultParticipant: c.DefaultParticipant,
		DefaultProgram:     c.DefaultProgram,
		Rates:              rates,
		Columns:            c.Columns,
		KeepDetail:         true,
	}
	if err := c.Limits.Check(); err != nil {
		return o, err
	}
	switch c.DecimalMark {
	case "":
	case ".", ",":
		o.DecimalMark = c.DecimalMark[0]
	default:
		return o, fmt.Errorf(`decimal_mark = %q: use "." or ","`, c.DecimalMark)
	}
	switch c.DateOrder {
	case "":
	case "day-first", "month-first":
		dayFirst := c.DateOrder == "day-first"
		o.DayFirst = &dayFirst
	default:
		return o, fmt.Errorf(`date_order = %q: use "day-first" or "month-first"`, c.DateOrder)
	}
	if c.DefaultCurrency != "" {
		code, ok := importer.Currency(c.DefaultCurrency)
		if !ok {
			return o, fmt.Errorf("default_currency = %q is no ISO 4217 currency", c.DefaultCurrency)
		}
		o.DefaultCurrency = code
	}
	var err error
	if o.BankColumns, err = c.Bank.columns(); err != nil {
		return o, err
	}
	if err := importer.CheckColumns(c.Columns); err != nil {
		return o, fmt.Errorf("[columns]: %w", err)
	}
	return o, nil
}

// settings lists the entries of the configuration that decide figures, for
// run.json.
func (w *workspace) settings() []runjson.Setting {
	c := w.config
	list := []runjson.Setting{
		{Name: "rule_set", Value: c.RuleSet},
		{Name: "default_currency", Value: c.DefaultCurrency},
		{Name: "default_participant", Value: c.DefaultParticipant},
		{Name: "default_program", Value: c.DefaultProgram},
		{Name: "decimal_mark", Value: c.DecimalMark},
		{Name: "date_order", Value: c.DateOrder},
		{Name: "accept_missing_final_newline", Value: fmt.Sprint(c.AcceptMissingFinalNewline)},
		{Name: "claims.rows", Value: c.Claims.Rows},
		{Name: "claims.review_days", Value: fmt.Sprint(c.Claims.ReviewDays)},
		{Name: "claims.paid_days", Value: fmt.Sprint(c.Claims.PaidDays)},
		{Name: "claims.warn_days", Value: fmt.Sprint(c.Claims.WarnDays)},
		{Name: "payments.late_days", Value: fmt.Sprint(c.Payments.LateDays)},
		{Name: "payments.hold_days", Value: fmt.Sprint(c.Payments.HoldDays)},
		{Name: "payments.minimum_payment", Value: c.Payments.MinimumPayment.String()},
	}
	list = append(list, c.Bank.settings()...)
	list = append(list, c.Journal.settings()...)
	for _, activity := range c.Activities {
		list = append(list, runjson.Setting{Name: "activities", Value: activity.Name})
	}
	for _, r := range w.policy.Rates {
		since := "always"
		if !r.First.IsZero() {
			since = "from " + r.First.String()
		}
		list = append(list, runjson.Setting{Name: "rates." + r.From + "/" + r.To, Value: r.Value.String() + " " + since})
	}
	return list
}
