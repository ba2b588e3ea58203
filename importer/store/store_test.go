package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cspcoop/calc"
	"cspcoop/calc/calctest"
	"cspcoop/calc/reconcile"
	"cspcoop/importer"
	"cspcoop/importer/disk"
	"cspcoop/importer/disk/faulty"

	"github.com/shopspring/decimal"
)

// options are wide enough for every fixture.
func options(t testing.TB) importer.Options {
	t.Helper()
	dayFirst := true
	o := importer.Options{
		DefaultParticipant: "4400123", DefaultProgram: "CSP Direct Bill Partner", DefaultCurrency: "EUR",
		DecimalMark: '.', DayFirst: &dayFirst, KeepDetail: true,
		Rates: calc.Rates{{From: "EUR", To: "USD", Value: decimal.RequireFromString("1.08765432101234567891")}},
	}
	o.Table.TempDir = t.TempDir()
	return o
}

// read imports a file, or returns nil for one that is refused.
func read(t testing.TB, content []byte, o importer.Options) *calc.Source {
	t.Helper()
	src, err := importer.Read(context.Background(), bytes.NewReader(content), int64(len(content)), o)
	if err != nil {
		return nil
	}
	return src
}

// fixtures are the sample exports that are taken, by path.
func fixtures(t testing.TB, o importer.Options) map[string]*calc.Source {
	t.Helper()
	sources := map[string]*calc.Source{}
	root := filepath.Join("..", "..", "fixtures")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.Contains(path, "expected") || !slices.Contains([]string{".csv", ".tsv", ".xlsx"}, filepath.Ext(path)) {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if src := read(t, content, o); src != nil {
			name, _ := filepath.Rel(root, path)
			sources[filepath.ToSlash(name)] = src
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return sources
}

// anOriginal stands for the SHA-256 of an original.
var anOriginal = strings.Repeat("0af3", 16)

// keep puts a source into the store; one that it does not hold is not kept.
func keep(s *Store, original string, src *calc.Source) error {
	drafts := s.Draft(original)
	keeper := drafts.Keeper("")
	keeper.Begin(src)
	if src.Earnings != nil {
		keeper.Take(src.Earnings)
	}
	if err := keeper.End(src); err != nil && !errors.Is(err, importer.ErrNotKept) {
		return err
	}
	return errors.Join(drafts.Keep(), drafts.Discard())
}

// again keeps a source and loads it, with its store.
func again(t testing.TB, src *calc.Source) (*Store, *calc.Source) {
	t.Helper()
	s := New(disk.OS(), filepath.Join(t.TempDir(), "earnings"), "reading")
	if err := keep(s, anOriginal, src); err != nil {
		t.Fatal(err)
	}
	return s, s.Load(anOriginal)
}

// someRows are rows by statement.
type someRows map[*calc.Statement][]calc.Earning

func (r someRows) Counted(s *calc.Statement) iter.Seq[calc.Earning] { return slices.Values(r[s]) }

func (r someRows) Replaced() iter.Seq2[calc.Earning, calc.Replaced] { return nil }

// details returns what rows of a source show, from the store: those of several
// statements, which are in as many parts as rowsPerPart makes of them, and nothing of
// every eleventh row, which is in no statement.
func details(t testing.TB, s *Store, src *calc.Source, rowsPerPart int) []*calc.Detail {
	t.Helper()
	src.SHA256 = anOriginal
	defer func() { src.SHA256 = "" }()
	r := &calc.Result{Sources: []*calc.SourceAccount{{Source: src}}}
	rows := someRows{}
	for range 7 {
		r.Statements = append(r.Statements, &calc.Statement{})
	}
	for i, e := range src.Earnings.All() {
		if i%11 != 10 {
			statement := r.Statements[i*i%len(r.Statements)]
			rows[statement] = append(rows[statement], e)
		}
	}
	for _, of := range rows {
		slices.Reverse(of)
	}
	r.Rows = rows
	shown := make([]*calc.Detail, src.Earnings.Len())
	err := s.each(context.Background(), r, rowsPerPart, func(statements []*calc.Statement, of calc.Shown) error {
		for _, statement := range statements {
			for e := range r.Counted(statement) {
				var d calc.Detail
				for c := range d {
					if e.HasDetail() {
						d[c] = of(e, calc.DetailColumn(c))
					}
				}
				shown[e.Index()] = &d
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return shown
}

// same says where what the store has of a source differs from it.
func same(t testing.TB, s *Store, got, want *calc.Source) {
	t.Helper()
	if got == nil {
		t.Fatal("the source is not kept")
	}
	if got.Earnings.Len() != want.Earnings.Len() {
		t.Fatalf("%d earnings, want %d", got.Earnings.Len(), want.Earnings.Len())
	}
	one, many := details(t, s, got, 1+want.Earnings.Len()), details(t, s, got, 1)
	if !slices.EqualFunc(one, many, sameDetail) {
		t.Fatal("what rows show depends on the parts in which they come back")
	}
	for i := range want.Earnings.Len() {
		g, w := got.Earnings.At(i), want.Earnings.At(i)
		if g.Source() != got {
			t.Fatalf("earning %d is of another source", i)
		}
		cells, wanted := calctest.Cells(g), calctest.Cells(w)
		if shown := one[i]; shown != nil && wanted.Detail != nil {
			*cells.Detail = *shown
		} else if wanted.Detail != nil {
			for _, c := range shownColumns {
				wanted.Detail[c] = ""
			}
		}
		if g.PaymentState() != w.PaymentState() || g.Contradict() != w.Contradict() || !sameCells(cells, wanted) {
			t.Fatalf("earning %d is\n%+v\nwant\n%+v", i, cells, wanted)
		}
	}
	bare := func(s calc.Source) calc.Source {
		s.Earnings = nil
		return s
	}
	if !reflect.DeepEqual(bare(*got), bare(*want)) {
		t.Fatal("the sources differ beside their earnings")
	}
}

func sameDetail(a, b *calc.Detail) bool { return a == b || a != nil && b != nil && *a == *b }

// sameCells compares what is equal byte by byte, as nearly all rows are, without
// looking behind pointers.
func sameCells(a, b calc.EarningCells) bool {
	same := sameDetail(a.Detail, b.Detail)
	a.Detail, b.Detail = nil, nil
	return same && (a == b || reflect.DeepEqual(a, b))
}

// heldBack reports whether a source is one that the store leaves to its original.
func heldBack(src *calc.Source) bool { return src.HasRegister || len(src.Payments) > 0 }

func TestFixturesComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	kept := 0
	for name, src := range fixtures(t, options(t)) {
		t.Run(name, func(t *testing.T) {
			if heldBack(src) {
				return
			}
			kept++
			s, got := again(t, src)
			same(t, s, got, src)
		})
	}
	if kept < 50 {
		t.Errorf("only %d fixtures were kept", kept)
	}
}

// randomExport is an export as awkward as exports can be that are taken.
func randomExport(random *rand.Rand) []byte {
	pick := func(list ...string) string { return list[random.IntN(len(list))] }
	amount := func() string {
		return pick("0", "0.00", "12.50", "-7.1", "1e3", "5e-3", "999999999999999999.999", "0.0000000000000142108547152020",
			"-123456789012345678.1234567890123456789", fmt.Sprintf("%d.%02d", random.IntN(5000), random.IntN(100)))
	}
	var b bytes.Buffer
	b.WriteString("earningId,participantId,participantName,programName,earningType,lever,earningDate,calculationDate,earningAmount,transactionCurrency," +
		"earningExchangeRate,paymentAmountWOTax,paymentCurrency,claimId,paymentStatus,paymentStatusDescription,reasonCode,customerName,transactionAmount,somethingElse\n")
	for n := range random.IntN(2 * rowsPerGroup / 1000) {
		paid, paidCurrency := "", ""
		if random.IntN(2) == 0 {
			paid, paidCurrency = amount(), pick("EUR", "NOK", "")
		}
		fmt.Fprintf(&b, "E-%d,%d,%s,%s,%s,%s,2021-%02d-%02d,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,x\n",
			n, 4400000+random.IntN(5), pick("Contoso", "Łódź Żółw", "\"Fabrikam, Inc.\"", "\"two\nlines\""), pick("CSP Direct Bill Partner", "CSP Indirect Provider"), pick("Rebate", "Coop", "CO-OP", "", "Fee"),
			pick("", "Core"), 1+random.IntN(12), 1+random.IntN(28), pick("", "2021-07-05", "2021-07-05T23:59:59.9999999", "2021-07-05T00:00:00", "2021-07-05 14:03:07.5"),
			amount(), pick("EUR", "USD", "JPY"), pick("1.1", "1.08765432101234567891"), paid, paidCurrency, pick("", "C-7", "n/a"), pick("SENT", "Unprocessed", "?", ""),
			pick("", "Payment is in progress.", "Pending tax profile", "\"Bank details, missing\"", "whatever"),
			pick("", "Co-op Rollover", "Adjustment"), pick("", "Tailspin Toys", "Tailspin Toys 2"), amount())
	}
	return b.Bytes()
}

func TestRandomExportsComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	o := options(t)
	for range 30 {
		o.KeepDetail = random.IntN(4) > 0
		content := randomExport(random)
		src := read(t, content, o)
		if src == nil {
			t.Fatalf("the export is refused:\n%s", content)
		}
		s, got := again(t, src)
		same(t, s, got, src)
	}
}

// manyGroups is an export of one row more than two groups have.
var manyGroups = sync.OnceValue(func() []byte { return export(2*rowsPerGroup + 1) })

// TestFiguresAndFindingsNeedNoDetails loads sources without what only documents
// show: what is calculated of them is the same.
func TestFiguresAndFindingsNeedNoDetails(t *testing.T) {
	t.Parallel()
	checked := 0
	sources := fixtures(t, options(t))
	sources["rates that do not fit"] = read(t, export(40), options(t))
	maps.DeleteFunc(sources, func(_ string, src *calc.Source) bool { return heldBack(src) })
	for name, src := range sources {
		t.Run(name, func(t *testing.T) {
			s := New(disk.OS(), filepath.Join(t.TempDir(), "earnings"), "reading")
			if err := keep(s, anOriginal, src); err != nil {
				t.Fatal(err)
			}
			whole, bare := src, s.Load(anOriginal)
			for i := range bare.Earnings.Len() {
				for c := range calc.DetailColumns {
					want := ""
					if c.Checked() {
						want = src.Earnings.At(i).Detail(c)
					}
					if got := bare.Earnings.At(i).Detail(c); got != want {
						t.Fatalf("earning %d has %q in column %d, want %q", i, got, c, want)
					}
				}
			}
			var said [2][]string
			for k, s := range []*calc.Source{whole, bare} {
				r, err := reconcile.Calculate(calc.Input{AsOf: calc.MustDate(2022, 1, 31), Sources: []*calc.Source{s}, Policy: calc.DefaultPolicy()})
				if err != nil {
					t.Fatal(err)
				}
				for _, b := range r.Balances() {
					said[k] = append(said[k], fmt.Sprint(b.Period, b.Rebate, b.CoOp, b.Other, b.Decision))
				}
				for _, f := range r.Findings {
					said[k] = append(said[k], fmt.Sprint(f.Severity(), f.Code(), f.Place(), f.Message()))
					if f.Code() == calc.USDNotByRate {
						checked++
					}
				}
			}
			if !slices.Equal(said[0], said[1]) {
				t.Errorf("without details:\n%s\nwith them:\n%s", strings.Join(said[1], "\n"), strings.Join(said[0], "\n"))
			}
		})
	}
	if checked == 0 {
		t.Error("no source has a finding of rates")
	}
}

// TestSameBytes keeps a source twice.
func TestSameBytes(t *testing.T) {
	t.Parallel()
	src := read(t, export(500), options(t))
	var first, second bytes.Buffer
	for _, out := range []*bytes.Buffer{&first, &second} {
		e := newEncoder(out, src)
		if err := e.end(identity{anOriginal, "reading"}, src); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same source gives other bytes")
	}
}

// TestKeptWhileRead compares what is kept row by row, while a file is read, with what
// is kept of the whole source.
func TestKeptWhileRead(t *testing.T) {
	t.Parallel()
	o := options(t)
	random := rand.New(rand.NewPCG(7, 0))
	for name, content := range map[string][]byte{
		"one group": export(500), "many groups": manyGroups(), "no rows": export(0),
		"odd rows": randomExport(random), "other odd rows": randomExport(random),
	} {
		t.Run(name, func(t *testing.T) {
			s := New(disk.OS(), filepath.Join(t.TempDir(), "earnings"), "reading")
			drafts := s.Draft(anOriginal)
			src, err := importer.ReadKeeping(t.Context(), bytes.NewReader(content), int64(len(content)), o, drafts.Keeper(""))
			if err != nil {
				t.Fatal(err)
			}
			if s.Load(anOriginal) != nil {
				t.Error("it is in the store before the original is taken")
			}
			if err := errors.Join(drafts.Keep(), drafts.Discard()); err != nil {
				t.Fatal(err)
			}
			whole := read(t, content, o)
			same(t, s, src, whole)
			other, got := again(t, whole)
			same(t, other, got, whole)
			wantBytes(t, s.path(anOriginal), other.path(anOriginal))
			wantBytes(t, s.sumPath(anOriginal), other.sumPath(anOriginal))
		})
	}
}

func wantBytes(t *testing.T, got, want string) {
	t.Helper()
	a, err := os.ReadFile(got)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(want)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) {
		t.Errorf("%s has other bytes than what is kept of the whole source", filepath.Base(got))
	}
}

// TestRefusedLeavesNothing reads a file that is refused at its end, and one for which
// there are no columns.
func TestRefusedLeavesNothing(t *testing.T) {
	t.Parallel()
	good := manyGroups()
	wide := []byte("earningId,participantId,programName,earningDate,earningAmount,transactionCurrency,earningExchangeRate,customerName\n" +
		"E-1,4400123,p,2021-01-31,1.50,EUR,1.1,Contoso\nE-2,4400123,p,2021-01-31,999999999999999999,EUR,1000,Contoso\n")
	for name, content := range map[string][]byte{"refused": append(slices.Clone(good), "E-1,2\n"...), "21 digits in USD": wide} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "earnings")
			s := New(disk.OS(), dir, "reading")
			drafts := s.Draft(anOriginal)
			src, err := importer.ReadKeeping(t.Context(), bytes.NewReader(content), int64(len(content)), options(t), drafts.Keeper(""))
			if refused := name == "refused"; refused != (err != nil) {
				t.Fatalf("reading it: %v", err)
			}
			if err == nil && (src.Earnings.PassesDetails() || src.Earnings.At(1).Detail(calc.DetailCustomer) == "") {
				t.Error("what its rows show is nowhere")
			}
			if err == nil {
				err = drafts.Keep()
			} else {
				err = nil
			}
			if err := errors.Join(err, drafts.Discard()); err != nil {
				t.Fatal(err)
			}
			if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
				t.Errorf("left in the store: %v, %v", left, err)
			}
		})
	}
}

// TestDetailsThatAreLost changes and removes what is kept after it was loaded.
func TestDetailsThatAreLost(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(path string) error{
		"removed": os.Remove,
		"changed": func(path string) error { return os.Truncate(path, 1000) },
		"replaced": func(path string) error {
			return keep(New(disk.OS(), filepath.Dir(path), "another"), anOriginal, read(t, export(3), options(t)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, src := again(t, read(t, export(40), options(t)))
			if err := change(s.path(anOriginal)); err != nil {
				t.Fatal(err)
			}
			src.SHA256 = anOriginal
			statement := &calc.Statement{}
			r := &calc.Result{Statements: []*calc.Statement{statement}, Sources: []*calc.SourceAccount{{Source: src}}, Rows: someRows{statement: {src.Earnings.At(0)}}}
			err := s.Each(t.Context(), r, func([]*calc.Statement, calc.Shown) error {
				t.Error("statements are written")
				return nil
			})
			if err == nil || !strings.Contains(err.Error(), "the stored file "+s.path(anOriginal)) {
				t.Errorf("the error is %v", err)
			}
		})
	}
}

// TestNothingDamagedIsBelieved cuts and changes what is kept.
func TestNothingDamagedIsBelieved(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "earnings")
	s := New(disk.OS(), dir, "reading")
	src := read(t, export(40), options(t))
	if err := keep(s, anOriginal, src); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{s.path(anOriginal), s.sumPath(anOriginal)} {
		good, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		refuse := func(what string, bad []byte) {
			t.Helper()
			if err := os.WriteFile(path, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			if s.Load(anOriginal) != nil {
				t.Errorf("%s, %s: it is believed", filepath.Ext(path), what)
			}
		}
		for at := 0; at < len(good); at += 1 + len(good)/100 {
			bad := slices.Clone(good)
			bad[at] ^= 1 << (at % 8)
			refuse(fmt.Sprintf("bit %d of byte %d turned", at%8, at), bad)
			refuse(fmt.Sprintf("cut to %d bytes", at), good[:at])
		}
		refuse("more behind it", append(slices.Clone(good), 0))
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if s.Load(anOriginal) != nil {
			t.Errorf("%s is gone: it is believed", filepath.Ext(path))
		}
		if err := os.WriteFile(path, good, 0o600); err != nil {
			t.Fatal(err)
		}
		same(t, s, s.Load(anOriginal), src)
	}
	if err := keep(s, anOriginal, src); err != nil {
		t.Fatal(err)
	}
	same(t, s, s.Load(anOriginal), src)
}

// TestOnlyTheSameReading loads what was kept of another file, or in another way.
func TestOnlyTheSameReading(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := New(disk.OS(), dir, "reading")
	first, second := read(t, export(3), options(t)), read(t, export(4), options(t))
	if err := keep(s, anOriginal, first); err != nil {
		t.Fatal(err)
	}
	other := New(disk.OS(), dir, "another")
	if other.Load(anOriginal) != nil {
		t.Error("what was read in another way is believed")
	}
	renamed := strings.Repeat("9", 64)
	data, err := os.ReadFile(s.path(anOriginal))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(data)
	for path, content := range map[string][]byte{s.path(renamed): data, s.sumPath(renamed): []byte(sumLine(sum[:], renamed))} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if s.Load(renamed) != nil {
		t.Error("what is kept of another original is believed")
	}
	if err := keep(other, anOriginal, second); err != nil {
		t.Fatal(err)
	}
	same(t, other, other.Load(anOriginal), second)
	if s.Load(anOriginal) != nil {
		t.Error("the earlier reading is still there")
	}
}

func TestReadingNamesEveryOption(t *testing.T) {
	t.Parallel()
	plain := options(t)
	of := func(version string, o importer.Options) string {
		t.Helper()
		reading, err := Reading(version, o)
		if err != nil {
			t.Fatal(err)
		}
		return reading
	}
	elsewhere := plain
	elsewhere.Table.TempDir = "elsewhere"
	elsewhere.Table.Header = func([]string) int { return 0 }
	if of("1", plain) != of("1", elsewhere) {
		t.Error("the temporary folder counts")
	}
	seen := map[string]string{of("1", plain): "nothing", of("2", plain): "version"}
	for name, change := range map[string]func(o *importer.Options){
		"limit":        func(o *importer.Options) { o.Table.Limits.MaxRows = 7 },
		"line end":     func(o *importer.Options) { o.Table.AcceptMissingFinalNewline = true },
		"delimiter":    func(o *importer.Options) { o.Table.Delimiter = ';' },
		"participant":  func(o *importer.Options) { o.DefaultParticipant = "4400124" },
		"program":      func(o *importer.Options) { o.DefaultProgram = "" },
		"currency":     func(o *importer.Options) { o.DefaultCurrency = "NOK" },
		"decimal mark": func(o *importer.Options) { o.DecimalMark = ',' },
		"month first":  func(o *importer.Options) { o.DayFirst = new(bool) },
		"open dates":   func(o *importer.Options) { o.DayFirst = nil },
		"rate": func(o *importer.Options) {
			o.Rates = calc.Rates{{From: "EUR", To: "USD", Value: decimal.RequireFromString("1.09")}}
		},
		"day of a rate": func(o *importer.Options) {
			o.Rates = slices.Clone(o.Rates)
			o.Rates[0].First = calc.MustDate(2021, 1, 1)
		},
		"headers": func(o *importer.Options) { o.Columns = map[string][]string{"lever": {"Hebel"}} },
		"detail":  func(o *importer.Options) { o.KeepDetail = false },
	} {
		t.Run(name, func(t *testing.T) {
			o := plain
			change(&o)
			reading := of("1", o)
			if other, known := seen[reading]; known {
				t.Errorf("nothing distinguishes %s from %s", name, other)
			}
			seen[reading] = name
		})
	}
}

// TestWhatIsNotHeld offers sources for which there are no columns: they are left
// to their originals.
func TestWhatIsNotHeld(t *testing.T) {
	t.Parallel()
	changed := func(change func(*calc.EarningCells)) func(*calc.Source) {
		return func(src *calc.Source) {
			calctest.Change(src, func(row int, cells *calc.EarningCells) {
				if row == 1 {
					change(cells)
				}
			})
		}
	}
	for name, change := range map[string]func(src *calc.Source){
		"payments":           func(src *calc.Source) { src.Payments = []calc.Payment{{ID: "P-1"}} },
		"claims":             func(src *calc.Source) { src.HasRegister = true },
		"amount":             changed(func(c *calc.EarningCells) { c.USD = calc.NewAmount(decimal.New(1, 20)) }),
		"row":                changed(func(c *calc.EarningCells) { c.Row = 1 << 31 }),
		"sheet":              changed(func(c *calc.EarningCells) { c.Sheet = 1 }),
		"sheets of one name": func(src *calc.Source) { src.Sheets = []string{"a", "a"} },
		"clock":              changed(func(c *calc.EarningCells) { c.Calculated.Clock = 24 * time.Hour }),
		"another source":     func(src *calc.Source) { src.Earnings = calctest.Source(calc.EarningCells{}).Earnings },
		"finding": func(src *calc.Source) {
			src.Findings = []calc.Finding{calc.NewFinding(calc.Info, calc.NoRows, calc.Say("")).About(calc.Subject{Participant: "4400123"})}
		},
		"text": func(src *calc.Source) {
			src.Findings = []calc.Finding{calc.NewFinding(calc.Info, calc.NoRows, calc.Say("\xff"))}
		},
		"no such finding": func(src *calc.Source) { src.Findings = make([]calc.Finding, 1) },
		"name":            func(src *calc.Source) { src.File = "earnings.csv" },
	} {
		t.Run(name, func(t *testing.T) {
			src := read(t, export(3), options(t))
			change(src)
			if _, got := again(t, src); got != nil {
				t.Errorf("%s: the source is kept", name)
			}
		})
	}
}

// TestFaultsOfTheDisk lets every operation fail: what is there afterwards is the
// source or nothing.
func TestFaultsOfTheDisk(t *testing.T) {
	t.Parallel()
	earlier, src := read(t, export(3), options(t)), read(t, export(5), options(t))
	faulty.Sweep(t, func(t *testing.T, d *faulty.Disk) {
		dir := filepath.Join(t.TempDir(), "earnings")
		if err := keep(New(disk.OS(), dir, "reading"), anOriginal, earlier); err != nil {
			t.Fatal(err)
		}
		err := keep(New(d, dir, "reading"), anOriginal, src)
		s := New(disk.OS(), dir, "reading")
		switch got := s.Load(anOriginal); {
		case got != nil && got.Earnings.Len() == earlier.Earnings.Len() && err != nil:
			same(t, s, got, earlier)
		case got != nil || err == nil:
			same(t, s, got, src)
		}
		if err := keep(s, anOriginal, src); err != nil {
			t.Fatal(err)
		}
		same(t, s, s.Load(anOriginal), src)
	})
}

// TestKilledWhileSorting: the file in which rows are sorted is nowhere to be found, so
// that a run that is killed does not leave it.
func TestKilledWhileSorting(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	s, src := again(t, read(t, export(4000), options(t)))
	src.SHA256 = anOriginal
	statements := []*calc.Statement{{}, {}}
	rows := someRows{}
	for i, e := range src.Earnings.All() {
		rows[statements[i%2]] = append(rows[statements[i%2]], e)
	}
	sorting := sortingOf(&calc.Result{Statements: statements, Rows: rows}, 1)
	if err := sorting.read(t.Context(), s, 0, src); err != nil {
		t.Fatal(err)
	}
	if sorting.spilt == nil {
		t.Fatal("nothing is in a file")
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 && runtime.GOOS != "windows" {
		t.Errorf("left in the temporary folder: %v, %v", left, err)
	}
	if err := sorting.close(); err != nil {
		t.Error(err)
	}
}
