package importer

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/calctest"
	"cspcoop/importer/table"
)

// account words everything that an import gives, in its order: rows, findings
// and faults.
func account(s *calc.Source, err error) string { return accountWith(s, err, calc.Earning.Detail) }

// accountWith is account for a source whose rows show elsewhere what they show.
func accountWith(s *calc.Source, err error, shown calc.Shown) string {
	noteSeverities(s)
	if err != nil {
		total := 0
		if faults := (*table.Faults)(nil); errors.As(err, &faults) {
			total = faults.Total
		}
		return fmt.Sprintf("refused for %d faults\n%s", total, everyFault(err))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %q %v\n", s.Kind, s.Sheets, s.HasRegister)
	for i := range s.Earnings.Len() {
		e := s.Earnings.At(i)
		fmt.Fprintf(&b, "%q %q %q %q %q %q %v %q %v %q %q %q %q", e.Participant(), e.Country(), e.Program(), e.ParticipantName(), e.Engagement(), e.Lever(),
			e.Kind(), e.Type(), e.Reason(), e.ReasonCode(), e.Currency(), e.PaymentStatus(), e.EstimatedMonth())
		fmt.Fprintf(&b, " %q %v %t %q %s %v %s %s %q %q", e.StatusText(), e.PaymentState(), e.Contradict(), e.ID(), e.Date(), e.Calculated(), e.Amount().Decimal(), e.USD().Decimal(), e.ClaimID(), e.PaymentID())
		fmt.Fprintf(&b, " %d %d %v %v", e.Sheet(), e.Row(), e.Source() == s, e.Calculated().Clock)
		if e.Paid().IsGiven() {
			fmt.Fprintf(&b, " paid %s %s", e.Paid().Amount.Decimal(), e.Paid().Currency)
		}
		if e.HasDetail() {
			for c := range calc.DetailColumns {
				fmt.Fprintf(&b, " %q", shown(e, c))
			}
		}
		b.WriteByte('\n')
	}
	for _, row := range s.Register {
		fmt.Fprintf(&b, "%v %+v\n", row.Place, row.ClaimTerms)
	}
	fmt.Fprintf(&b, "%v\n%v\n", s.Payments, s.Totals)
	for _, f := range s.Findings {
		fmt.Fprintf(&b, "%+v\n", f)
	}
	return b.String()
}

// remembering is a Keeper that takes a few rows at a time.
type remembering struct {
	begun, ended int
	details      []calc.Detail
}

func (k *remembering) Begin(*calc.Source) { k.begun, k.details = k.begun+1, nil }

func (k *remembering) Take(t *calc.Earnings) {
	const few = 3
	for t.Len()-len(k.details) >= few {
		k.take(t, few)
	}
}

func (k *remembering) take(t *calc.Earnings, rows int) {
	t.Look()
	for range rows {
		e := t.At(len(k.details))
		_ = e.ID() // as whoever keeps the row reads all of it
		var d calc.Detail
		for c := range d {
			d[c] = e.Detail(calc.DetailColumn(c))
		}
		k.details = append(k.details, d)
	}
	t.LetGo(len(k.details))
}

func (k *remembering) End(s *calc.Source) error {
	k.ended++
	k.take(s.Earnings, s.Earnings.Len()-len(k.details))
	return nil
}

func (k *remembering) shown(e calc.Earning, c calc.DetailColumn) string {
	if k.begun == 0 {
		return e.Detail(c)
	}
	return k.details[e.Index()][c]
}

// wantSame reads data row by row, and in blocks of two sizes by several workers: all
// give the same. It reports whether the data was taken.
//
// The workers of small blocks, and the blocks of a file that is proven first, take
// turns with the bytes of the file and the last of the name, which numbers its
// configuration, and so do those of which a Keeper takes the rows: who reads a block does not depend on what its cells mean, so that a
// file need not meet each of them in each configuration.
func wantSame(t *testing.T, name string, data []byte, o Options) bool {
	t.Helper()
	const small, whole = 600, 256 << 10
	turn := len(data) + int(name[len(name)-1])
	o.Table.TempDir = t.TempDir()
	read := func(size int, o Options) string {
		o.Table.Limits.MaxLineBytes = size // bounds a block too
		if !o.oneByOne && turn/2%2 == 0 == (size == small) {
			kept := &remembering{}
			src, err := ReadKeeping(context.Background(), bytes.NewReader(data), int64(len(data)), o, kept)
			if err == nil && (kept.begun > 0) != (kept.ended == 1) {
				t.Fatalf("%s: the rows were begun %d times and ended %d times", name, kept.begun, kept.ended)
			}
			return accountWith(src, err, kept.shown)
		}
		return account(Read(context.Background(), bytes.NewReader(data), int64(len(data)), o))
	}
	rowByRow := o
	rowByRow.oneByOne = true
	want := read(whole, rowByRow)
	for _, c := range []struct{ size, workers int }{{small, []int{1, 2, 7}[turn%3]}, {whole, 2}} {
		proven := turn%2 == 0 == (c.size == small)
		if c.size == whole && len(data) < small && !proven {
			continue // its only block was read above
		}
		o.workers = c.workers
		got := read(c.size, o)
		want := want
		if got != want && c.size == small { // lines may be longer than that
			want = read(small, rowByRow)
		}
		if got != want {
			t.Fatalf("%s in blocks of %d bytes by %d workers:\n%s\nwant, as row by row:\n%s", name, c.size, c.workers, got, want)
		}
		// A file that has too many earnings to keep before it is proven is read twice.
		// Only contradictions between earnings are not looked for beside other faults.
		o.workers, o.unproven = 2, 2
		if proven {
			if got := read(c.size, o); got != want && !(strings.HasPrefix(want, "refused") && strings.HasPrefix(got, "refused")) {
				t.Fatalf("%s, proven first, in blocks of %d bytes:\n%s\nwant, as read at once:\n%s", name, c.size, got, want)
			}
		}
		o.unproven = 0
	}
	return !strings.HasPrefix(want, "refused")
}

// variants are configurations that files are read under.
func variants() []Options {
	dayFirst, monthFirst := true, false
	return []Options{
		{},
		{KeepDetail: true, Rates: euro, DefaultParticipant: "4400123", DefaultProgram: "CSP Indirect Provider", DefaultCurrency: "EUR", DayFirst: &dayFirst},
		{KeepDetail: true, DecimalMark: ',', DayFirst: &monthFirst},
	}
}

// TestBlocksAgreeOnFixtures reads every file of the corpus.
func TestBlocksAgreeOnFixtures(t *testing.T) {
	var files int
	var read, takenFiles atomic.Int64
	t.Run("corpus", func(t *testing.T) {
		err := filepath.WalkDir("../fixtures", func(path string, d fs.DirEntry, err error) error {
			if ext := filepath.Ext(path); err != nil || d.IsDir() || ext != ".csv" && ext != ".tsv" && ext != ".xlsx" {
				return err
			}
			files++
			t.Run(strings.TrimPrefix(filepath.ToSlash(path), "../fixtures/"), func(t *testing.T) {
				t.Parallel()
				read.Add(1)
				data, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				for i, o := range variants() {
					if wantSame(t, fmt.Sprint("configuration ", i), data, o) {
						takenFiles.Add(1)
					}
				}
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
	whole := int(read.Load()) == files // not when some are run singly
	if files < 90 || whole && takenFiles.Load() < 100 {
		t.Errorf("%d files were read, %d times taken", files, takenFiles.Load())
	}
}

// values are texts that a column's cells may have; the first are usual.
func valuesOf(f *field) []string {
	switch f.kind {
	case numberValue:
		return []string{"1234.50", "-0.07", "12", "1.0825", "0.5", "", "1.234", "12,5", "1,234.56", "1e3", "+7", " 8.10 ", "x", ".5", "5.", "-", "00012.10", "1234567890123456789.5", "−3", "n/a", "$12.50", "7 €", "(EUR 3.10)"}
	case dayValue, stampValue:
		return []string{"2020-03-31", "2020-04-30T00:00:00", "2021-01-31T23:59:59", "2020-02-05 14:03:00", "", "31.03.2020", "03/04/2020", "31/12/2020", "12/31/2020", "2020-02-30", "2020-3-1", "Mar 2020", "n/a", "1999-12-31", "2020-03-31T24:00:00", "2020-04-30T00:00:00.5Z"}
	case idValue:
		return []string{"", "4400123", "E-77", "a b", "1.23E+12", " 4400123 ", "N/A", "-", "Total"}
	case currencyValue:
		return []string{"EUR", "USD", "usd", "", "JPY", "EURO", "N/A"}
	case textValue, yesNoValue, periodValue, statusValue:
	}
	if strings.Contains(f.name, "programName") {
		return []string{"CSP Indirect Provider", "CSP 1T Direct Partner", "CSP  indirect provider", "", " "}
	}
	return []string{"Coop", "Rebate", "Sent", "", "Contoso, Ltd.", "Fee", "Total", "Adatum \"Nord\"", "Tail\nspin", " Litware ", "Co-op Rollover", "Summe"}
}

// messyExport writes an export with random columns; usual is how many times out
// of 1000 a cell is one of the usual values.
func messyExport(r *rand.Rand, usual int) []byte {
	var columns []*field
	for i := range earningsReport.columns {
		f := &earningsReport.columns[i]
		if f.need == filled && r.IntN(40) > 0 || r.IntN(2) == 0 {
			columns = append(columns, f)
		}
	}
	r.Shuffle(len(columns), func(i, j int) { columns[i], columns[j] = columns[j], columns[i] })
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	var header []string
	for _, f := range columns {
		name := f.name
		if f.currencyIn != "" && r.IntN(12) == 0 {
			name += pick(r, " ($)", " (€)", " (EUR)")
		}
		header = append(header, name)
	}
	w.Write(header)
	for n := range 1 + r.IntN(60) {
		var record []string
		for _, f := range columns {
			values := valuesOf(f)
			if r.IntN(1000) < usual {
				values = values[:4]
			}
			text := pick(r, values...)
			if f.name == "earningId" && text != "Total" {
				text = fmt.Sprint(text, n-r.IntN(60)/59) // seldom that of the row above
			}
			record = append(record, text)
		}
		switch {
		case r.IntN(30) == 0:
			clear(record)
		case r.IntN(1000) < usual:
		case r.IntN(4) == 0:
			record = append(record, "more")
		case r.IntN(3) == 0:
			record = header
		}
		w.Write(record)
	}
	w.Flush()
	if data := b.Bytes(); r.IntN(20) == 0 {
		return data[:len(data)-1]
	}
	return b.Bytes()
}

// TestBlocksAgreeOnMessyExports reads random exports, most of them with
// something wrong.
func TestBlocksAgreeOnMessyExports(t *testing.T) {
	seeds := slices.Collect(calctest.Seeds(150))
	var read, takenFiles atomic.Int64
	t.Run("exports", func(t *testing.T) {
		for _, seed := range seeds {
			t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
				t.Parallel()
				read.Add(1)
				r := rand.New(rand.NewPCG(seed, 1))
				data := messyExport(r, pick(r, 1000, 1000, 999, 990, 900))
				for i, o := range variants() {
					if wantSame(t, fmt.Sprint("configuration ", i), data, o) {
						takenFiles.Add(1)
					}
				}
			})
		}
	})
	if n := takenFiles.Load(); int(read.Load()) == len(seeds) && n < 40 {
		t.Errorf("%d exports were taken: too few to prove anything", n)
	}
}

// TestBlocksAgreeInAnyDialect reads random exports as CSV files and workbooks in
// random dialects, with a total of their own now and then.
func TestBlocksAgreeInAnyDialect(t *testing.T) {
	for seed := range calctest.Seeds(60) {
		r := rand.New(rand.NewPCG(seed, 2))
		w := writer{
			Rand: r, mark: pick(r, ".", ","), comma: pick(r, ",", ";", "\t"), end: pick(r, "\n", "\r\n"), quoted: r.IntN(2) == 0,
			date: pick(r, "2006-01-02", "2006-01-02T15:04:05Z", "02/01/2006", "1/2/2006 3:04:05 PM", "02.01.2006", "02-Jan-2006"),
		}
		list := export(r)
		if r.IntN(3) == 0 { // the proof of the dialect comes last
			list[0], list[len(list)-1] = list[len(list)-1], list[0]
		}
		data := w.text(list)
		if seed%4 == 3 {
			data = w.book(t, list)
		}
		wantSame(t, fmt.Sprint("seed ", seed), data, Options{KeepDetail: seed%2 == 0})
	}
}

// TestProofFarBelow reads files whose dialect is proven below the rows by which
// it is guessed: all their values are read in it.
func TestProofFarBelow(t *testing.T) {
	export := func(usual, last string) []byte {
		header := "earningId;participantId;programName;earningType;earningDate;earningAmount;transactionCurrency;earningAmountUSD"
		rows := []string{header}
		for i := range guessRows + 50 {
			rows = append(rows, fmt.Sprintf("E%d;a;p;Coop;%s", i, usual))
		}
		return lines(append(rows, "L;a;p;Coop;"+last)...)
	}
	for _, c := range []struct{ usual, last, first string }{
		{"03/04/2020;1,250;USD;1,250", "13/04/2020;7,5;USD;7,5", "2020-04-03 1.25 USD 1.25"},
		{"03/04/2020;1.250;USD;1.250", "04/13/2020;7.5;USD;7.5", "2020-03-04 1.25 USD 1.25"},
		{"2020-04-03;1,250;USD;1,250", "2020-04-03;7,5;USD;7,5", "2020-04-03 1.25 USD 1.25"},
		{"2020-04-03;12;USD;1.250", "2020-04-03;7;USD;7.5", "2020-04-03 12 USD 1.25"},
	} {
		t.Run(c.usual, func(t *testing.T) {
			data := export(c.usual, c.last)
			if got := amounts(taken(t, data, Options{}))[0]; got != c.first {
				t.Errorf("%s before %s is read as %s, want %s", c.usual, c.last, got, c.first)
			}
			wantSame(t, c.usual, data, Options{})
		})
	}
	contradictory := export("03/04/2020;12.50;USD;1.250", "13/04/2020;7,5;USD;7,50")
	wantFaults(t, contradictory, Options{}, fmt.Sprint(guessRows+52, " earningAmount: decimal marks contradict each other"))
	wantSame(t, "a contradiction", contradictory, Options{})
	grouped := export("2020-04-03;12,5;USD;12,5", "2020-04-03;1.234;USD;7,5")
	wantFaults(t, grouped, Options{}, fmt.Sprint(guessRows+52, " earningAmount: groups thousands"))
	wantSame(t, "a grouped number", grouped, Options{})
}

// TestEncodingThatShowsLate reads a large file in Windows-1252 whose start could
// be UTF-8.
func TestEncodingThatShowsLate(t *testing.T) {
	long := strings.Repeat("Northwind Traders ", 100)
	rows := []string{"earningId,participantId,participantName,programName,earningDate,earningAmount,transactionCurrency,earningAmountUSD"}
	for i := range 3000 {
		rows = append(rows, fmt.Sprintf("E%d,a,%s,p,2020-03-31,1.50,USD,1.50", i, long))
	}
	data := lines(append(rows, "L,b,M\xfcller,p,2020-03-31,2.50,USD,2.50")...)
	s := taken(t, data, Options{})
	if n := s.Earnings.Len(); n != 3001 || s.Earnings.At(n-1).ParticipantName() != "Müller" {
		t.Errorf("%d earnings, the last of %q", n, s.Earnings.At(n-1).ParticipantName())
	}
	finding(t, s, calc.EncodingAssumed)
}

// TestOddRowsAmongUsual reads exports of which single rows, or a few in a row, are
// written differently from all others, or are faulty, or totals.
func TestOddRowsAmongUsual(t *testing.T) {
	header := "earningId,participantId,programName,earningType,earningDate,earningAmount,transactionCurrency,earningAmountUSD,earningExchangeRate"
	odd := map[string]string{
		"a total below":       "Total,,,,,%d.00,EUR,,",
		"no amount":           "E%d,a,p,Coop,2020-03-31,,EUR,1.10,1.1",
		"no rate":             "E%d,a,p,Coop,2020-03-31,5.00,EUR,,0",
		"another field":       "E%d,a,p,Coop,2020-03-31,5.00,EUR,5.50,1.1,more",
		"a blank participant": "E%d,,p,Coop,2020-03-31,5.00,EUR,5.50,1.1",
		"the header again":    header,
		"a sign":              `E%d,a,p,Coop,2020-03-31,"€1,005.00",EUR,5.50,1.1`,
		"another's sign":      "E%d,a,p,Coop,2020-03-31,5.00 €,USD,5.50,1.1",
		"quotes in a field":   `E%d,"a"b,p,Coop,2020-03-31,5.00,EUR,5.50,1.1`,
	}
	for name, row := range odd {
		for _, every := range []int{1, 3, 150} {
			t.Run(fmt.Sprint(name, ", one in ", every), func(t *testing.T) {
				t.Parallel()
				rows := []string{header}
				for i := range 400 {
					rows = append(rows, fmt.Sprintf("E%d,a,p,Coop,2020-03-%02d,5.00,EUR,5.50,1.1", i, 1+i%31))
					if i%every == every-1 {
						rows = append(rows, strings.ReplaceAll(row, "%d", fmt.Sprint(1000+i)))
					}
				}
				for i, o := range variants() {
					wantSame(t, fmt.Sprint("configuration ", i), lines(rows...), o)
				}
			})
		}
	}
}

// TestStampsOfTwoShapes: the dates of a column that proves nothing of months are all
// looked at, so that those that could be swapped show when they are written in
// another form than the others.
func TestStampsOfTwoShapes(t *testing.T) {
	rows := []string{"earningId,participantId,programName,earningDate,calculationDate,earningAmount,transactionCurrency,earningAmountUSD"}
	for i, stamp := range []string{"1/31/2020 12:00:00 AM", "01/02/2020 00:00", "01/03/2020 00:00", "01/04/2020 00:00", "1/30/2020 12:00:00 AM"} {
		rows = append(rows, fmt.Sprintf("E%d,1,p,2020-01-31,%s,1.50,USD,1.50", i, stamp))
	}
	if wantSame(t, "stamps", lines(rows...), Options{}) {
		t.Error("dates of two shapes are taken, want them refused")
	}
}

// TestHardlyAnyTextRepeats reads more texts than a column remembers.
func TestHardlyAnyTextRepeats(t *testing.T) {
	rows := []string{"earningId,participantId,participantName,programName,earningDate,earningAmount,transactionCurrency,earningAmountUSD,paymentId,customerName"}
	for i := range mostCached {
		rows = append(rows, fmt.Sprintf("E%d,%d,Contoso %d,p,2020-03-31,%d.50,USD,1.50,%d,Fabrikam %d", i, i/2, i, i, i/3, i%100))
	}
	data := lines(rows...)
	o := Options{KeepDetail: true, oneByOne: true}
	want := account(readBytes(t, data, o))
	o.oneByOne = false
	for _, o.workers = range []int{1, 2} {
		if got := account(readBytes(t, data, o)); got != want {
			t.Errorf("%d workers read something else than row by row", o.workers)
		}
	}
}

// TestShownNumbersInADialect: numbers that are only shown are shown with a point
// where they are certain to be numbers, and else as they stand.
func TestShownNumbersInADialect(t *testing.T) {
	data := lines("earningId;participantId;programName;earningDate;earningAmount;transactionCurrency;earningAmountUSD;quantity;transactionAmount",
		"A;a;p;31.03.2020;1,50;USD;1,50;2,5;1.234", "B;a;p;31.03.2020;1,50;USD;1,50;7;1234,50")
	o := Options{KeepDetail: true}
	var shown []string
	for _, e := range taken(t, data, o).Earnings.All() {
		shown = append(shown, e.Detail(calc.DetailQuantity)+" "+e.Detail(calc.DetailTransactionAmount))
	}
	wantLines(t, "shown numbers", shown, "2.5 1.234", "7 1234.50")
	wantSame(t, "shown numbers", data, o)
}
