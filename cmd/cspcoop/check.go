package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"cspcoop/calc"
	"cspcoop/calc/reconcile"
	"cspcoop/importer"
	"cspcoop/importer/inbox"
	"cspcoop/importer/table"

	"github.com/spf13/cobra"
)

func (a *app) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check FILE...",
		Short: "Say what each file is and what is wrong with it; import nothing",
		Long: `check reads files as a run would, and says what each is, what it holds and what is
wrong with it. It imports nothing and changes nothing. Of a folder it checks what
a run would take from it.`,
		Example: `  # What is this download, and is anything wrong with it?
  cspcoop check Downloads/earnings.csv

  # A register of claims, compared with the funds of a workspace
  cspcoop check register.csv --workspace books --as-of 2022-01-31`,
		Args: func(_ *cobra.Command, files []string) error {
			if len(files) == 0 {
				return errors.New("name the files to check, or a folder")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, files []string) error {
			w, err := a.openForCheck()
			if err != nil {
				return err
			}
			if files, err = expandFolders(cmd.Context(), files); err != nil {
				return err
			}
			var reports []checkReport
			for _, f := range files {
				report, err := a.check(cmd.Context(), w, f)
				if err != nil {
					return err
				}
				if !report.Taken {
					*a.status = exitRefused
				}
				reports = append(reports, report)
			}
			return a.answer(reports, func() {
				for _, r := range reports {
					a.printCheck(r)
				}
			})
		},
	}
}

// expandFolders puts the files of a folder in its place, as a run would find them
// in the inbox.
func expandFolders(ctx context.Context, paths []string) ([]string, error) {
	var files []string
	for _, path := range paths {
		if info, err := os.Stat(path); err != nil || !info.IsDir() {
			files = append(files, path)
			continue
		}
		folder, err := inbox.Open(path)
		if err != nil {
			return nil, err
		}
		found, err := folder.Scan(ctx, inbox.SystemClock(), 0)
		folder.Close()
		if err != nil {
			return nil, err
		}
		if len(found.Files)+len(found.Irregular) == 0 {
			return nil, usage("the folder %s holds no file to check", path)
		}
		for _, f := range found.Files {
			files = append(files, filepath.Join(path, filepath.FromSlash(f.Path)))
		}
		for _, f := range found.Irregular {
			files = append(files, filepath.Join(path, filepath.FromSlash(f.Path)))
		}
	}
	return files, nil
}

// openForCheck opens the workspace, or the defaults where there is none: a file
// can be checked anywhere.
func (a *app) openForCheck() (*workspace, error) {
	if a.workspace == "" && os.Getenv("CSPCOOP_WORKSPACE") == "" {
		if _, err := os.Stat("cspcoop.toml"); errors.Is(err, os.ErrNotExist) {
			c := defaultConfig()
			options, err := c.importOptions(nil)
			return &workspace{config: c, options: options, policy: calc.DefaultPolicy()}, err
		}
	}
	return a.open()
}

// checkReport says what a file is.
type checkReport struct {
	File     string        `json:"file"`
	Taken    bool          `json:"would_be_taken"`
	Kind     calc.FileKind `json:"kind,omitempty"`
	Rows     int           `json:"rows"`
	Earnings *earningsSpan `json:"earnings,omitempty"`
	Claims   bool          `json:"claims_checked"` // they were compared with the workspace's funds
	Notes    []checkNote   `json:"notes"`
	Faults   []checkFault  `json:"faults"`
	Total    int           `json:"faults_total"`      // of all places
	Members  []checkReport `json:"members,omitempty"` // of a ZIP archive

	more int // places that are not listed
}

// earningsSpan says what earnings a file holds.
type earningsSpan struct {
	From         calc.Date `json:"from"`
	To           calc.Date `json:"to"`
	Participants int       `json:"participants"`
	Programs     int       `json:"programs"`
	USD          string    `json:"usd"`
}

type checkNote struct {
	Severity string `json:"severity"`
	Code     string `json:"code"`
	File     string `json:"file,omitempty"` // where it is another one
	Sheet    string `json:"sheet,omitempty"`
	Row      int    `json:"row,omitempty"`
	Message  string `json:"message"`
}

// checkFault is one kind of fault in a column: its first place, and all of them.
type checkFault struct {
	File    string `json:"file,omitempty"` // where it is a member of a ZIP archive
	Sheet   string `json:"sheet,omitempty"`
	Part    string `json:"part,omitempty"`
	Row     int    `json:"row,omitempty"`
	Cell    string `json:"cell,omitempty"`
	Column  string `json:"column,omitempty"`
	Value   string `json:"value,omitempty"`
	Problem string `json:"problem"`
	Want    string `json:"want"`

	Places []faultPlace `json:"places"`
	text   string
}

type faultPlace struct {
	Row   int    `json:"row,omitempty"`
	Cell  string `json:"cell,omitempty"`
	Value string `json:"value,omitempty"`
}

// check imports a file without taking it anywhere.
func (a *app) check(ctx context.Context, w *workspace, path string) (checkReport, error) {
	report := checkReport{File: path, Notes: []checkNote{}, Faults: []checkFault{}}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return report, usage("%s: there is no such file", path)
	case err != nil:
		return report, err
	case !info.Mode().IsRegular():
		f := table.Fault{Problem: "is no regular file", Want: "name a CSV or XLSX file"}
		report.Faults, report.Total = append(report.Faults, checkFaultOf(table.FaultGroup{f})), 1
		return report, nil
	}
	f, err := os.Open(filepath.Clean(path))
	if err != nil {
		return report, err
	}
	defer f.Close()
	o := w.options
	o.KeepDetail = false // nothing here shows it
	o.Controls = !w.inInbox(path)
	members, err := importer.ReadAll(ctx, f, info.Size(), o, nil)
	var faults *table.Faults
	switch {
	case errors.As(err, &faults):
		nameMembers(faults, path)
		for _, group := range faults.Groups() {
			report.Faults = append(report.Faults, checkFaultOf(group))
		}
		report.more = faults.Total - len(faults.List)
		report.Total = faults.Total
		return report, nil
	case err != nil:
		return report, err
	}
	for _, m := range members {
		if m.Name == "" {
			return report, a.describe(ctx, w, m.Source, &report)
		}
		member := checkReport{File: path + "/" + m.Name, Notes: []checkNote{}, Faults: []checkFault{}}
		if err := a.describe(ctx, w, m.Source, &member); err != nil {
			return report, err
		}
		report.Members = append(report.Members, member)
	}
	report.Taken = true
	report.Kind, report.Rows = kindOf(members)
	return report, nil
}

// describe says what a file that would be taken holds.
func (a *app) describe(ctx context.Context, w *workspace, src *calc.Source, report *checkReport) error {
	report.Taken, report.Kind, report.Rows, report.Earnings = true, src.Kind, src.RowCount(), spanOf(src)
	src.File = report.File
	for _, f := range src.Findings {
		place := f.Place()
		place.File = report.File
		report.note(f.At(place))
	}
	if src.HasRegister && w.dir != "" {
		return a.checkClaims(ctx, w, src, report)
	}
	return nil
}

// checkClaims adds what a run would find if the register were received now.
func (a *app) checkClaims(ctx context.Context, w *workspace, register *calc.Source, report *checkReport) error {
	asOf, err := a.day(w)
	if err != nil {
		return err
	}
	archive, err := a.loadArchive(ctx, w, loading{})
	if err != nil {
		return err
	}
	found, err := reconcile.CheckRegister(calc.Input{AsOf: asOf, Sources: archive.sources, Policy: w.policy}, register)
	if err != nil {
		return err
	}
	report.Claims = true
	for _, f := range found {
		report.note(f)
	}
	return nil
}

func (r *checkReport) note(f calc.Finding) {
	n := checkNote{Severity: f.Severity().String(), Code: string(f.Code()), Sheet: f.Place().Sheet, Row: f.Place().Row, Message: f.Message()}
	if f.Place().File != r.File {
		n.File = f.Place().File
	}
	r.Notes = append(r.Notes, n)
}

func checkFaultOf(g table.FaultGroup) checkFault {
	f := g[0]
	list := make([]faultPlace, len(g))
	for i, f := range g {
		list[i] = faultPlace{f.Row, f.Cell, f.Value}
	}
	return checkFault{f.Member, f.Sheet, f.Part, f.Row, f.Cell, f.Column, f.Value, f.Problem, f.Want, list, g.String()}
}

func spanOf(src *calc.Source) *earningsSpan {
	if src.Earnings.Len() == 0 {
		return nil
	}
	span := &earningsSpan{}
	participants, programs := map[string]bool{}, map[calc.ProgramKey]bool{}
	var usd calc.Sum
	for i := range src.Earnings.Len() {
		e := src.Earnings.At(i)
		participants[e.Participant()], programs[e.ProgramKey()] = true, true
		span.From, span.To = calc.Earliest(span.From, e.Date()), calc.Latest(span.To, e.Date())
		usd.Add(e.USD())
	}
	span.Participants, span.Programs = len(participants), len(programs)
	span.USD = calc.Cents(usd.Decimal()).StringFixed(2)
	return span
}

// kindWords says what a report is, in a finance person's english.
var kindWords = map[calc.FileKind]string{
	calc.KindEarnings:   "an earnings export of Partner Center",
	calc.KindGrowth:     "a Growth report of Partner Center (one earning on several lines)",
	calc.KindSummarized: "a Summarized earnings report (without earning ids)",
	calc.KindMonthly:    "a plain monthly sheet",
	calc.KindPayments:   "a Payments report",
	calc.KindClaims:     "a claims register",
	calc.KindBank:       "a bank statement",
	calc.KindControls:   "a list of control totals (controls.csv)",
	calc.KindMixed:      "a workbook with several reports",
	calc.KindArchive:    "a ZIP archive of reports",
}

func (a *app) printCheck(r checkReport) {
	s := styleOf(a.stdout)
	fmt.Fprintln(a.stdout, s.bold(visible(r.File)))
	if !r.Taken {
		fmt.Fprintf(a.stdout, "  %s\n", s.urgent("would be refused"))
		for _, f := range r.Faults {
			fmt.Fprintf(a.stdout, "  - %s\n", visible(f.text))
		}
		if r.more > 0 {
			fmt.Fprintf(a.stdout, "  and %s\n", plural(r.more, "more fault"))
		}
		return
	}
	taken := "would be taken"
	if r.Kind == calc.KindControls {
		taken = "belongs in the workspace, beside cspcoop.toml"
	}
	fmt.Fprintf(a.stdout, "  %s: it is %s with %s\n", taken, kindWords[r.Kind], plural(r.Rows, "row"))
	for _, m := range r.Members {
		a.printCheck(m)
	}
	if e := r.Earnings; e != nil {
		paragraph(a.stdout, nil, 2, 4, fmt.Sprintf("earnings from %s to %s, %s USD in all, of %s and %s",
			e.From.Text(), e.To.Text(), shown(e.USD), plural(e.Participants, "participant"), plural(e.Programs, "program")))
	}
	for _, n := range r.Notes {
		fmt.Fprintf(a.stdout, "  %s: %s%s\n", n.Severity, n.place(), visible(n.Message))
	}
	if r.Kind == calc.KindClaims && !r.Claims {
		fmt.Fprintln(a.stdout, "  the claims were not compared with their funds: name the workspace with --workspace")
	}
}

// place formats where a note belongs, ready to be put before its message.
func (n checkNote) place() string {
	var place string
	if n.File != "" {
		place = visible(n.File) + " "
	}
	if n.Row > 0 {
		place += fmt.Sprintf("row %d", n.Row)
	}
	if place == "" {
		return ""
	}
	return strings.TrimSpace(place) + ": "
}
