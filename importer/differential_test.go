package importer

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"cspcoop/calc"
	"cspcoop/calc/calctest"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"
)

// entry is an earning of a generated export.
type entry struct {
	id, participant, name, program, kind, currency, amount, usd string
	day                                                         time.Time
}

func (e entry) String() string {
	return fmt.Sprintf("%s %s %s %s %d %s %s %s %s", e.id, e.participant, e.program, e.kind, calc.KindOf(e.kind),
		e.day.Format(time.DateOnly), decimal.RequireFromString(e.amount), e.currency, decimal.RequireFromString(e.usd))
}

// writer writes an export in one of the dialects of cspcoop help rules, Files.
type writer struct {
	*rand.Rand
	mark   string
	date   string // layout of time.Format
	comma  string
	quoted bool
	end    string
}

func pick[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

// export makes entries; the first proves the dialect, as real exports do.
func export(r *rand.Rand) []entry {
	var list []entry
	for i := range 1 + r.IntN(30) {
		e := entry{
			id:          fmt.Sprintf("%x-%d", r.Uint64(), i),
			participant: fmt.Sprint(4400000 + r.IntN(3)),
			name:        pick(r, "Northwind", "Adatum, Ltd.", "Litware; Inc", "Fabrikam \"Süd\"", "Tail\nspin", "Contoso"),
			program:     pick(r, "CSP Indirect Provider", "CSP 1T Direct Partner"),
			kind:        pick(r, "Coop", "Rebate", "CO-OP", "Fee", ""),
			currency:    pick(r, "USD", "EUR", "JPY"),
			amount:      fmt.Sprintf("%d.%02d", r.IntN(2e6)-1e6, r.IntN(100)),
			usd:         fmt.Sprintf("%d.%04d", r.IntN(2e6)-1e6, r.IntN(10000)),
			day:         time.Date(2018+r.IntN(8), time.Month(1+r.IntN(12)), 1+r.IntN(28), 0, 0, 0, 0, time.UTC),
		}
		if i == 0 {
			e.amount, e.day = "-12.50", time.Date(2020, 3, 31, 0, 0, 0, 0, time.UTC)
		}
		if e.kind == "Fee" {
			e.amount = fmt.Sprint(r.IntN(5000))
		}
		list = append(list, e)
	}
	return list
}

var differentialHeader = []string{"earningId", "participantId", "participantName", "programName", "earningType", "earningDate", "earningAmount", "transactionCurrency", "earningAmountUSD", "customerName"}

func (w writer) cells(e entry) []string {
	number := func(s string) string { return strings.Replace(s, ".", w.mark, 1) }
	return []string{e.id, e.participant, e.name, e.program, e.kind, e.day.Format(w.date), number(e.amount), e.currency, number(e.usd), "ü"}
}

// text writes a CSV file.
func (w writer) text(list []entry) []byte {
	var b strings.Builder
	record := func(cells []string) {
		for i, c := range cells {
			if w.quoted || strings.ContainsAny(c, w.comma+"\"\n") {
				c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
			if i > 0 {
				b.WriteString(w.comma)
			}
			b.WriteString(c)
		}
		b.WriteString(w.end)
	}
	order := w.Perm(len(differentialHeader))
	ordered := func(cells []string) []string {
		list := make([]string, len(cells))
		for i, k := range order {
			list[k] = cells[i]
		}
		return list
	}
	if w.comma != "\t" && w.IntN(3) == 0 {
		b.WriteString("sep=" + w.comma + w.end)
	}
	if w.IntN(3) == 0 {
		b.WriteString("Earnings of Contoso" + w.end + w.end)
	}
	header := make([]string, len(differentialHeader))
	for i, h := range differentialHeader {
		header[i] = pick(w.Rand, h, strings.ToUpper(h), "  "+h+"_", strings.Replace(h, "earning", "Earning-", 1))
	}
	record(ordered(header))
	for _, e := range list {
		record(ordered(w.cells(e)))
	}
	if w.IntN(3) == 0 {
		sum := decimal.Zero
		for _, e := range list {
			sum = sum.Add(decimal.RequireFromString(e.usd))
		}
		record(ordered([]string{"", "", pick(w.Rand, "Total", "Summe:", ""), "", "", "", "", "", strings.Replace(sum.String(), ".", w.mark, 1), ""}))
	}
	return encode(w.Rand, b.String())
}

// encode writes a text in an encoding that can hold it.
func encode(r *rand.Rand, s string) []byte {
	switch r.IntN(6) {
	case 0:
		return append([]byte("\ufeff"), s...)
	case 1: // Windows-1252; the texts hold no character above U+00FF
		b := make([]byte, 0, len(s))
		for _, c := range s {
			b = append(b, byte(c))
		}
		return b
	case 2, 3:
		mark := pick(r, "", "\ufeff")
		little := r.IntN(2) == 0
		var b []byte
		for _, u := range utf16.Encode([]rune(mark + s)) {
			if little {
				b = append(b, byte(u), byte(u>>8))
			} else {
				b = append(b, byte(u>>8), byte(u))
			}
		}
		return b
	}
	return []byte(s)
}

// book writes a workbook: every value in its own type, or as text.
func (w writer) book(t *testing.T, list []entry) []byte {
	asText := w.IntN(2) == 0
	f := excelize.NewFile()
	defer f.Close()
	stream, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	header := make([]any, len(differentialHeader))
	for i, h := range differentialHeader {
		header[i] = h
	}
	rows := [][]any{header}
	for _, e := range list {
		cells := w.cells(e)
		row := make([]any, len(cells))
		for i, c := range cells {
			row[i] = c
		}
		if !asText {
			row[5] = excelize.Cell{StyleID: style, Value: e.day}
			for i, text := range map[int]string{6: e.amount, 8: e.usd} {
				row[i] = decimal.RequireFromString(text).InexactFloat64() // as a spreadsheet holds it
			}
		}
		rows = append(rows, row)
	}
	for i, row := range rows {
		if err := stream.SetRow(fmt.Sprint("A", i+1), row); err != nil {
			t.Fatal(err)
		}
	}
	if err := stream.Flush(); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestAnyDialectGivesTheSameEarnings writes random exports in random dialects:
// what is imported equals what was written, to the last digit.
func TestAnyDialectGivesTheSameEarnings(t *testing.T) {
	for seed := range calctest.Seeds(250) {
		r := rand.New(rand.NewPCG(seed, 0))
		list := export(r)
		w := writer{
			Rand: r, mark: pick(r, ".", ","), comma: pick(r, ",", ";", "\t"), end: pick(r, "\n", "\r\n"), quoted: r.IntN(2) == 0,
			date: pick(r, "2006-01-02", "2006-01-02T15:04:05Z", "02/01/2006", "1/2/2006 3:04:05 PM", "02.01.2006", "2006/01/02", "02-Jan-2006", "January 2, 2006", "2-1-2006"),
		}
		var want []string
		for i := range list {
			if w.comma == "\t" && !w.quoted { // line breaks are refused where nothing proves that quotes quote
				list[i].name = strings.ReplaceAll(list[i].name, "\n", " ")
			}
			e := list[i]
			want = append(want, e.String())
		}
		data := w.text(list)
		if seed%4 == 3 {
			data = w.book(t, list)
		}
		s, err := readBytes(t, data, Options{})
		if err != nil {
			t.Fatalf("seed %d is refused: %s", seed, everyFault(err))
		}
		wantLines(t, fmt.Sprint("seed ", seed), essence(s), want...)
	}
}
