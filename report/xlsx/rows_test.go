package xlsx

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"cspcoop/report/table"
	"cspcoop/report/wording"
	"cspcoop/report/xlsx/sample"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"
)

// awkward are texts that XML, Excel or a careless reader would change.
var awkward = []string{
	"plain", "", " leading", "trailing ", "two  blanks", "a & b < c > d", `"quoted" 'twice'`, "</t></is></c><c><f>1</f></c>", "=1+1", "12.50", "1E5", "TRUE",
	"_x0041_", "_x005F_", "_x005F_x0041_", "_xGGGG_", "_x0041", "_", "__x0041__", "Søren Åse ñ €", "北风株式会社", "עברית", "𝔯🚀", "]]>", "&amp;", "#N/A",
}

// TestRowsAgainstExcelize: excelize reads out of a sheet what was written into it.
func TestRowsAgainstExcelize(t *testing.T) {
	for _, n := range []int{1, 100, 400} {
		t.Run(fmt.Sprint(n), func(t *testing.T) { compareRows(t, n) })
	}
}

func awkwardTable(n int) ([][]table.Value, table.Table) {
	random := rand.New(rand.NewPCG(1, 2))
	var rows [][]table.Value
	for i := range n {
		exact := decimal.New(random.Int64N(1e17), -8)
		row := []table.Value{table.Text(awkward[i%len(awkward)]), {}, table.Count(random.IntN(1e6) - 5e5), table.Exact(exact)}
		var mixed strings.Builder
		for range random.IntN(6) {
			mixed.WriteString(awkward[random.IntN(len(awkward))])
		}
		rows = append(rows, append(row, table.Text(mixed.String()), table.Date(sample.Day("2020-02-29").AddDays(i))))
	}
	columns := make([]table.Column[[]table.Value], 6)
	for i := range columns {
		columns[i] = table.Column[[]table.Value]{Head: fmt.Sprintf("C%d & <co>", i), Needed: true, Total: i == 3, Cell: func(row []table.Value) table.Value { return row[i] }}
	}
	written := table.Of(table.Sheet, rows, columns...)
	written.Sheet, written.Title = "Rows", "A & B"
	return rows, written
}

func compareRows(t *testing.T, n int) {
	rows, written := awkwardTable(n)
	b, err := newBook(sample.AsOf, wording.English(), Options{}, "", "")
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := b.write(&file, []func() table.Table{ready(written)}); err != nil {
		t.Fatal(err)
	}
	f := open(t, file.Bytes())
	for y, row := range rows {
		for x, v := range row {
			at, _ := excelize.CoordinatesToCellName(x+1, headRow+1+y)
			compareCell(t, f, at, v)
		}
	}
	heads, err := f.GetRows("Rows")
	if err != nil {
		t.Fatal(err)
	}
	if got := heads[headRow-1][5]; got != "C5 & <co>" {
		t.Errorf("head %q", got)
	}
	sum, total := fmt.Sprintf("D%d", headRow+1+n), fmt.Sprintf("SUBTOTAL(109,D5:D%d)", headRow+n)
	if got, err := f.GetCellFormula("Rows", sum); err != nil || got != total {
		t.Errorf("total %q, %v", got, err)
	}
}

// TestRowsWrittenTwice: a table that is too long to be kept is written as a shorter
// one is.
func TestRowsWrittenTwice(t *testing.T) {
	_, written := awkwardTable(150)
	b, err := newBook(sample.AsOf, wording.English(), Options{}, "", "")
	if err != nil {
		t.Fatal(err)
	}
	s := b.sheetOf(written)
	if s.xml == nil {
		t.Fatal("a short table is not kept")
	}
	var sheets [2]bytes.Buffer
	for i := range sheets {
		if err := useRows(&sheets[i], s.writeRows); err != nil {
			t.Fatal(err)
		}
		s.xml = nil
	}
	if !bytes.Equal(sheets[0].Bytes(), sheets[1].Bytes()) {
		t.Error("rows differ when they are written again")
	}
	if long := b.sheetOf(table.Of(table.Sheet, make([]int, mostKept+1), table.Column[int]{Head: "Amount", Needed: true, Cell: func(int) table.Value { return table.Value{} }})); long.xml != nil {
		t.Error("a table is kept that has too many cells")
	}
}

func compareCell(t *testing.T, f *excelize.File, at string, want table.Value) {
	t.Helper()
	got, err := f.GetCellValue("Rows", at, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	kind, err := f.GetCellType("Rows", at)
	if err != nil {
		t.Fatal(err)
	}
	wantKind := excelize.CellTypeInlineString
	if !isText(want) {
		wantKind = excelize.CellTypeUnset
	}
	if got != shown(want) || kind != wantKind {
		t.Errorf("%s reads %q of type %d, want %q of type %d", at, got, kind, shown(want), wantKind)
	}
}
