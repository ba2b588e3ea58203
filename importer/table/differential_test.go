package table

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"cspcoop/calc"
)

// oracle reads every sheet with excelize, raw, each cell under its reference.
func oracle(t *testing.T, data []byte, sheets []*Sheet) map[string]string {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	cells := map[string]string{}
	for _, sheet := range sheets {
		rows, err := book.Rows(sheet.Name)
		if err != nil {
			t.Fatal(err)
		}
		for number := 1; rows.Next(); number++ {
			columns, err := rows.Columns(excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			for i, value := range columns {
				if value != "" {
					cells[sheet.Name+"!"+CellRef(number, i)] = value
				}
			}
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	return cells
}

// scanned returns the same of our scanner, booleans as excelize has them.
func scanned(t *testing.T, sheets []*Sheet) map[string]string {
	t.Helper()
	cells := map[string]string{}
	for _, sheet := range sheets {
		rows, err := collect(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for i, c := range row.Cells {
				value := c.Text
				if c.Kind == Bool {
					value = map[string]string{"TRUE": "1", "FALSE": "0"}[value]
				}
				if value != "" {
					cells[sheet.Name+"!"+CellRef(row.Number, i)] = value
				}
			}
		}
	}
	return cells
}

// randomBook writes a workbook of all kinds of cells, with gaps, through both of
// excelize's writers: shared strings and inline ones.
func randomBook(t *testing.T, random *rand.Rand) []byte {
	t.Helper()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	book := excelize.NewFile()
	date, err := book.NewStyle(&excelize.Style{NumFmt: 14})
	check(err)
	texts := []string{"Contoso", "a<b>&\"c\"", " outer blanks ", "line\nbreak", "Größe", "日本語", "😀", "_x000D_", "=1+1", "tab\there", "00123"}
	for r := 1; r <= 40; r++ {
		for c := range 12 {
			ref := CellRef(r, c)
			switch random.IntN(9) {
			case 0:
				check(book.SetCellStr("Sheet1", ref, texts[random.IntN(len(texts))]))
			case 1:
				check(book.SetCellDefault("Sheet1", ref, fmt.Sprintf("%d.%02d", random.IntN(10000)-5000, random.IntN(100))))
			case 2:
				check(book.SetCellValue("Sheet1", ref, random.NormFloat64()*1e6))
			case 3:
				check(book.SetCellBool("Sheet1", ref, random.IntN(2) == 0))
			case 4:
				check(book.SetCellValue("Sheet1", ref, time.Date(2020, 1, 1+random.IntN(900), 0, 0, 0, 0, time.UTC)))
			case 5:
				check(book.SetCellRichText("Sheet1", ref, []excelize.RichTextRun{{Text: "rich "}, {Text: texts[random.IntN(len(texts))]}}))
			case 6:
				check(book.SetCellValue("Sheet1", ref, random.IntN(50000)))
				check(book.SetCellStyle("Sheet1", ref, ref, date))
			}
		}
	}
	check(book.SetCellFormula("Sheet1", "N1", "SUM(A1:A3)"))
	check(book.MergeCell("Sheet1", "B50", "C51"))
	check(book.SetCellStr("Sheet1", "B50", "merged"))
	check(book.SetRowVisible("Sheet1", 3, false))
	_, err = book.NewSheet("Stream")
	check(err)
	stream, err := book.NewStreamWriter("Stream")
	check(err)
	for r := 1; r <= 40; r += 1 + random.IntN(2) {
		row := make([]any, 8)
		for c := range row {
			switch random.IntN(5) {
			case 0:
				row[c] = texts[random.IntN(len(texts))]
			case 1:
				row[c] = random.Float64()
			case 2:
				row[c] = random.IntN(2) == 0
			case 3:
				row[c] = excelize.Cell{StyleID: date, Formula: "TODAY()", Value: 43831}
			}
		}
		check(stream.SetRow(CellRef(r, 0), row))
	}
	check(stream.Flush())
	var out bytes.Buffer
	check(book.Write(&out))
	check(book.Close())
	return out.Bytes()
}

func TestScannerAgreesWithExcelize(t *testing.T) {
	for seed := range uint64(25) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			data := randomBook(t, rand.New(rand.NewPCG(seed, 1)))
			file := mustOpen(t, data, Options{})
			if len(file.Sheets) != 2 {
				t.Fatalf("%d sheets, want 2", len(file.Sheets))
			}
			ours, theirs := scanned(t, file.Sheets), oracle(t, data, file.Sheets)
			for ref, value := range theirs {
				if ours[ref] != value {
					t.Errorf("%s: %q, excelize has %q", ref, ours[ref], value)
				}
			}
			for ref, value := range ours {
				if theirs[ref] == "" {
					t.Errorf("%s: %q, excelize has nothing", ref, value)
				}
			}
			if len(ours) < 200 {
				t.Errorf("only %d cells were compared", len(ours))
			}
		})
	}
}

func TestKindsOfAnExcelizeBook(t *testing.T) {
	book := excelize.NewFile()
	for ref, value := range map[string]any{"A1": "text", "B1": 1.5, "C1": true, "D1": time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)} {
		t.Run(ref, func(t *testing.T) {
			if err := book.SetCellValue("Sheet1", ref, value); err != nil {
				t.Fatal(err)
			}
		})
	}
	if err := book.SetCellFormula("Sheet1", "E1", "1+1"); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	file := mustOpen(t, out.Bytes(), Options{})
	rows, err := collect(file.Sheets[0])
	if err != nil {
		t.Fatal(err)
	}
	want := []Cell{
		{Text: "text", Kind: Text}, {Text: "1.5", Kind: Number}, {Text: "TRUE", Kind: Bool},
		{Text: "43831", Kind: Number, AsDate: true}, {NoCache: true},
	}
	if fmt.Sprint(rows[0].Cells) != fmt.Sprint(want) {
		t.Errorf("cells %+v, want %+v", rows[0].Cells, want)
	}
	if len(file.Notes) != 1 || file.Notes[0].Code != calc.FormulaValues {
		t.Errorf("notes %v, want one of formulas", file.Notes)
	}
}

// TestEverySingleByteMatters changes each byte of small workbooks: the file is
// refused, or its rows and notes are the same as before.
func TestEverySingleByteMatters(t *testing.T) {
	books := map[string][]byte{
		"numbers": book(t, `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" s="1"><v>43831</v></c><c r="B2"><v>100.00</v></c></row>`),
		"texts": book(t, `<row r="1"><c r="A1" t="inlineStr"><is><t>Contoso &amp; Co</t></is></c><c r="B1" t="b"><v>1</v></c></row>`,
			`<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>`),
		"stored": stored(t, bookParts(worksheet(`<row r="1" hidden="1"><c r="A1"><f>1+1</f><v>900.00</v></c></row>`))),
	}
	for name, data := range books {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			want := reading(t, data, folder)
			if !strings.HasPrefix(want, "taken") {
				t.Fatalf("the workbook itself: %s", want)
			}
			changed := bytes.Clone(data)
			same := 0
			for i := range data {
				for _, mask := range []byte{0x01, 0x20, 0xFF} {
					changed[i] = data[i] ^ mask
					switch got := reading(t, changed, folder); {
					case got == want:
						same++
					case got != "refused":
						t.Errorf("byte %d, mask %#x: %s, want %s or refused", i, mask, got, want)
					}
				}
				changed[i] = data[i]
			}
			t.Logf("%d bytes, 3 changes each, %d without effect", len(data), same)
		})
	}
}

// reading is all that a workbook says, or "refused".
func reading(t *testing.T, data []byte, folder string) string {
	t.Helper()
	file, err := Open(context.Background(), bytes.NewReader(data), int64(len(data)), Options{Header: header, TempDir: folder})
	if err != nil {
		if _, refused := asFaults(err); !refused {
			t.Fatalf("no fault: %v", err)
		}
		return "refused"
	}
	defer func() {
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	}()
	said := fmt.Sprintf("taken %v", file.Notes)
	for _, sheet := range file.Sheets {
		rows, err := collect(sheet)
		if err != nil {
			return "refused"
		}
		for _, r := range rows {
			if slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.Kind == Invalid }) {
				return "refused"
			}
		}
		said += fmt.Sprintf(" %q %v %+v", sheet.Name, sheet.Date1904, rows)
	}
	return said
}
