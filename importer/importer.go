// Package importer turns a dropped file into typed rows, or into the list of
// everything that is wrong with it. It distinguishes reports by their headers,
// never by file name, settles dialects by evidence, and takes or refuses a file
// as a whole.
package importer

import (
	"context"
	"errors"
	"io"
	"runtime"
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/calc/versions"
	"cspcoop/importer/table"
)

// Options is the part of the configuration that decides how files are read.
type Options struct {
	Table              table.Options
	DefaultParticipant string // fills a missing or blank participantId
	DefaultProgram     string // likewise for programName
	DefaultCurrency    string // ISO 4217; for files that name no currency
	DecimalMark        byte   // '.' or ',' for files that leave it open; 0: refuse them
	DayFirst           *bool  // order of 03/04/2020 for files that leave it open; nil: refuse them
	Rates              calc.Rates
	Columns            map[string][]string // documented column name to further headers
	BankColumns        map[string][]string // headers of a bank's CSV statements, by the names of BankColumnNames
	KeepDetail         bool                // keep what is only shown beside figures
	Controls           bool                // read a list of control totals too, which is no export

	keeper   Keeper
	oneByOne bool // read earnings row by row too, as all other reports
	unproven int  // earnings that are kept of a file before its last row is proven; 0 means the default
	workers  int  // that read blocks side by side; 0 means one for each processor
}

// Read imports one file. The error of a refused file is *table.Faults, with
// every fault; any other error is one of reading or of ctx. The source that it
// returns has no name, hash or receipt yet.
func Read(ctx context.Context, r io.ReaderAt, size int64, o Options) (*calc.Source, error) {
	return ReadKeeping(ctx, r, size, o, nil)
}

// ReadKeeping is Read with a Keeper, which may be nil.
func ReadKeeping(ctx context.Context, r io.ReaderAt, size int64, o Options, keeper Keeper) (*calc.Source, error) {
	o.keeper = keeper
	source, err := readAny(ctx, r, size, o)
	if errors.Is(err, ErrNotKept) {
		o.keeper = nil
		return readAny(ctx, r, size, o)
	}
	return source, err
}

func readAny(ctx context.Context, r io.ReaderAt, size int64, o Options) (*calc.Source, error) {
	if source, err := readBank(ctx, r, size, &o); source != nil || err != nil {
		return source, err
	}
	o.Table.DialectByStart = true
	source, err := read(ctx, r, size, o)
	if errors.Is(err, table.ErrDialect) {
		o.Table.DialectByStart = false
		source, err = read(ctx, r, size, o)
	}
	return source, err
}

func read(ctx context.Context, r io.ReaderAt, size int64, o Options) (*calc.Source, error) {
	vocabularies := newVocabularies(o.Columns, o.BankColumns)
	o.Table.Header = func(fields []string) int {
		return likeness(fields, vocabularies)
	}
	file, err := table.Open(ctx, r, size, o.Table)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	in := &importing{Options: &o, vocabularies: vocabularies, file: file, source: &calc.Source{}}
	in.origin = in.source
	err = in.read(ctx)
	if unproven := file.Prove(); unproven != nil {
		return nil, unproven
	}
	if err != nil {
		return nil, err
	}
	if err := in.faults.Err(); err != nil {
		return nil, err
	}
	in.finish()
	if in.source.Earnings.PassesDetails() {
		if err := in.keeper.End(in.source); err != nil {
			return nil, err
		}
	}
	return in.source, nil
}

// importing is the state of one import.
type importing struct {
	*Options
	vocabularies *vocabularies
	file         *table.File
	tabs         []tab               // sheets that are read, in the order of source.Sheets
	origin       *calc.Source        // what Read returns
	source       *calc.Source        // what was found here: origin, or a part of it
	faults       table.Faults        // likewise
	evidence     evidence            // likewise
	claims       map[string]firstRow // claims seen, by id
	repeats      []versions.Pair     // earnings that are repeated further up in the file
	most         int                 // earnings that are kept; beyond it all are let go; 0 means any number
	letGo        bool                // they were
	texts        *calc.Texts         // what is only shown of them
}

// mostUnproven returns how many earnings of a file are kept while it may yet be
// refused, so that no file takes more than 512 MiB before that. One with more is
// read once to prove it, and once again to keep it.
func (o *Options) mostUnproven() int {
	switch {
	case o.unproven > 0:
		return o.unproven
	case o.KeepDetail && o.keeper == nil:
		return 700_000 // half a kilobyte each
	}
	return 1_200_000
}

// keeps reports whether so many more earnings are kept. With the first that are not,
// all are let go.
func (in *importing) keeps(more int) bool {
	if !in.letGo && in.most > 0 && in.source.Earnings.Len()+more > in.most {
		in.letGo, in.source.Earnings = true, nil
		in.texts.Drop()
		if in.unproven == 0 {
			runtime.GC() // or as much again piles up before the collector comes by itself
		}
	}
	return !in.letGo
}

// withNewResult returns an import of the same file whose result is empty: that of
// a part of its rows, or of another reading.
func (in *importing) withNewResult() *importing {
	p := *in
	p.source, p.faults, p.evidence, p.claims = &calc.Source{}, table.Faults{}, evidence{}, map[string]firstRow{}
	return &p
}

// tab is a sheet whose header fits a report.
type tab struct {
	sheet  *table.Sheet
	layout *layout
}

// read finds the headers of all sheets, and then the values of their rows and
// what these prove about dates and decimal marks. Rows that were read in another
// dialect than is proven in the end are read again.
func (in *importing) read(ctx context.Context) error {
	if err := in.findTabs(ctx); err != nil {
		return err
	}
	in.refuseControls()
	assumed, err := in.guessDialect(ctx)
	if err != nil {
		return err
	}
	rows, err := in.readRows(ctx, assumed, in.mostUnproven())
	if err != nil {
		return err
	}
	if err := in.file.Prove(); err != nil {
		return err
	}
	in.noteTable()
	settled := in.settleDialect(&rows.evidence)
	if rows.evidence.misread(assumed, settled) {
		if rows, err = in.readRows(ctx, settled, in.mostUnproven()); err != nil {
			return err
		}
	}
	if rows.letGo && rows.faults.Total+in.faults.Total == 0 {
		if rows, err = in.readRows(ctx, settled, 0); err != nil {
			return err
		}
	}
	in.adopt(rows)
	in.refuseEmptyRegister()
	in.refuseStore()
	in.checkMixedDays(&rows.evidence)
	in.noteMidnight(&rows.evidence)
	in.repeats = versions.Repeats(in.source.Earnings)
	in.checkContradictions()
	in.checkSheets()
	return nil
}

// readRows reads the rows of all sheets in a dialect, and keeps that many
// earnings at most.
func (in *importing) readRows(ctx context.Context, d dialect, most int) (*importing, error) {
	rows := in.withNewResult()
	rows.texts = &calc.Texts{}
	rows.source.Earnings = calc.NewEarnings(in.origin, rows.texts)
	if in.passesDetails() {
		rows.source.Earnings.PassDetails()
		in.keeper.Begin(in.origin)
	}
	rows.most = most
	for i := range rows.tabs {
		r := newRowReader(rows, i, d)
		err := r.read(ctx)
		rows.addAll(err)
		if err := withoutFaults(err); err != nil {
			return nil, err
		}
		if err := r.end(); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// adopt adds what was found in the rows.
func (in *importing) adopt(rows *importing) {
	s, from := in.source, *rows.source
	from.Sheets, from.HasRegister = s.Sheets, s.HasRegister
	from.Findings, from.Filled = append(s.Findings, from.Findings...), append(s.Filled, from.Filled...)
	*s = from
	in.faults.AddAll(&rows.faults)
	s.Earnings.Finish()
}

// findTabs finds the sheets whose header fits a report.
func (in *importing) findTabs(ctx context.Context) error {
	var others []sheetOfOther
	for _, s := range in.file.Sheets {
		l, other, err := in.findHeader(ctx, s)
		if err != nil {
			return err
		}
		if l == nil {
			others = append(others, other)
			continue
		}
		in.tabs = append(in.tabs, tab{s, l})
		in.source.Sheets = append(in.source.Sheets, s.Name)
		in.source.HasRegister = in.source.HasRegister || l.kind == calc.KindClaims
		in.noteHeader(uint16(len(in.tabs)-1), s, l)
	}
	if len(in.tabs) > 0 {
		for _, o := range others {
			in.note(o.sheet, 0, calc.Info, calc.SheetPassedOver, o.says())
		}
		return nil
	}
	for _, o := range others {
		if o.report != "" {
			in.refuseOther(o)
		}
	}
	if in.faults.Total == 0 {
		in.faults.Add(table.Fault{
			Problem: "no header of a known report in the first rows",
			Want:    "drop an earnings, payments or claims export with its header row; a plain sheet needs at least a column Month (or Date) and a column Amount; names of your own go under [columns] in cspcoop.toml",
		})
	}
	return nil
}

// withoutFaults returns the errors that are none of the file's own.
func withoutFaults(err error) error {
	if _, bad := errors.AsType[*table.Faults](err); bad {
		return nil
	}
	return err
}

// addAll takes the faults of an error, if it has any.
func (in *importing) addAll(err error) {
	if broken, bad := errors.AsType[*table.Faults](err); bad {
		in.faults.AddAll(broken)
	}
}

// faultIn adds a fault at a row's column, named as documented.
func (in *importing) faultIn(t *tab, row int, name, value string, w cellFault) {
	in.faults.Add(in.faultOf(t, row, name, value, w))
}

func (in *importing) faultOf(t *tab, row int, name, value string, w cellFault) table.Fault {
	f := table.Fault{Sheet: t.sheet.Name, Row: row, Column: name, Value: table.Excerpt(value), Problem: w.problem, Want: w.want}
	if c := t.layout.column(name); c != nil {
		f.Column = c.header
		if in.file.Format == table.XLSX {
			f.Cell = table.CellRef(row, c.index)
		}
	}
	return f
}

func (in *importing) note(sheet string, row int, s calc.Severity, code calc.Code, says calc.Sentence) {
	in.source.Findings = append(in.source.Findings, calc.NewFinding(s, code, says).At(calc.Place{Sheet: sheet, Row: row}))
}

// noteTable reports what is notable in the file's structure, but for sheets
// that are not read.
func (in *importing) noteTable() {
	for _, n := range in.file.Notes {
		visible := slices.ContainsFunc(in.file.Sheets, func(s *table.Sheet) bool { return s.Name == n.Sheet })
		if visible && !slices.Contains(in.source.Sheets, n.Sheet) {
			continue
		}
		severity := calc.Info
		if n.Code == calc.NoFinalNewline {
			severity = calc.Warning
		}
		in.note(n.Sheet, n.Row, severity, n.Code, n.Says)
	}
}

func (in *importing) noteHeader(index uint16, s *table.Sheet, l *layout) {
	if len(l.unknown) > 0 {
		in.note(s.Name, l.row, calc.Info, calc.UnknownColumns, calc.Say("unknown columns are ignored: %s", quoted(slices.Sorted(slices.Values(l.unknown)))))
	}
	if len(l.unused) > 0 {
		in.note(s.Name, l.row, calc.Warning, calc.TwoColumns, calc.Say("columns that mean the same as another one are ignored: %s", quoted(l.unused)))
	}
	if keys := l.standIns(in.Options); len(keys) > 0 {
		in.noteFilled(index, keys)
		in.note(s.Name, l.row, calc.Info, calc.DefaultUsed, calc.Say("a column is missing and filled from cspcoop.toml: %s", strings.Join(keys, ", ")))
	}
}

// noteFilled notes which names of a sheet's rows are the configuration's.
func (in *importing) noteFilled(sheet uint16, entries []string) {
	f := calc.Filled{Sheet: sheet, Participant: slices.Contains(entries, defaultParticipant), Program: slices.Contains(entries, defaultProgram)}
	if f.Participant || f.Program {
		in.source.Filled = append(in.source.Filled, f)
	}
}

// quoted makes a list of columns, the first twenty of them.
func quoted(list []string) calc.Parameter {
	shown := make([]string, len(list))
	for i, s := range list {
		shown[i] = table.Excerpt(s)
	}
	return calc.QuotedList(shown, 20)
}

// finish names the file's kind once its rows are known.
func (in *importing) finish() {
	s := in.source
	for _, t := range in.tabs {
		s.Header += strings.Join(t.layout.headers, "\x1f") + "\x1e"
	}
	s.Kind = in.tabs[0].layout.kind
	for _, t := range in.tabs {
		if t.layout.kind != s.Kind {
			s.Kind = calc.KindMixed
		}
	}
	if s.Kind == calc.KindEarnings && len(versions.Repetitions(in.repeats)) > 0 {
		s.Kind = calc.KindGrowth
	}
	switch {
	case s.RowCount() > 0:
	case s.Kind == calc.KindControls:
		in.note("", 0, calc.Info, calc.NoRows, calc.Say("the file has a header and no rows"))
	default:
		in.note("", 0, calc.Info, calc.NoRows, calc.Say("the report has a header and no rows: an idle month"))
	}
}
