package xlsx

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/reconcile"
	"cspcoop/report/table"
	"cspcoop/report/wording"
	"cspcoop/report/xlsx/sample"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"
)

var offered = TemplateLists{
	Categories: []string{"Demand Generation", "Market Development"},
	Activities: []string{"Direct mail, email and SMS", "Print advertising"},
	Statuses:   calc.ClaimStatusNames(),
}

// books writes one of each kind.
func books(t testing.TB, r *calc.Result, o Options) map[string][]byte {
	t.Helper()
	words := wording.English()
	files := map[string][]byte{}
	add := func(name string, write func(io.Writer) error) {
		var out bytes.Buffer
		if err := write(&out); err != nil {
			t.Fatal(name, err)
		}
		files[name] = out.Bytes()
	}
	for _, s := range r.Statements {
		add(s.Participant, func(w io.Writer) error { return Statement(w, r, s, words, o) })
	}
	add("summary", func(w io.Writer) error { return Summary(w, r, words, o) })
	add("template", func(w io.Writer) error { return ClaimsTemplate(w, offered) })
	return files
}

func open(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

// readPart reads a part of the archive.
func readPart(t *testing.T, data []byte, name string) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := archive.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func sheetParts(t *testing.T, data []byte) []string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range archive.File {
		if strings.HasPrefix(f.Name, "xl/worksheets/sheet") {
			names = append(names, f.Name)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(len(a)-len(b), strings.Compare(a, b)) }) // sheet2 before sheet10
	return names
}

func TestSheets(t *testing.T) {
	files := books(t, sample.Portfolio(t), Options{})
	for name, want := range map[string]string{
		"4400123":  "Summary Months Earnings Roll-forward Closing Comparatives Claims Season plan Year end Split Causes Findings Sources",
		"6600789":  "Summary Months Earnings Roll-forward Closing Causes Findings Sources", // has no claims
		"summary":  "Portfolio Lead schedule States Deadlines To do Season plan Year end Months Months by partner Roll-forward Closing Comparatives Claims Split Restated Changed earnings Payouts Forfeited Causes Findings Sources",
		"template": "Claims Guide Lists",
	} {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(open(t, files[name]).GetSheetList(), " "); got != want {
				t.Errorf("%s: sheets %q, want %q", name, got, want)
			}
		})
	}
}

// column reads a column's cells by its header.
func columnOf(t *testing.T, f *excelize.File, sheet, head string, raw bool) []string {
	t.Helper()
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: raw})
	if err != nil {
		t.Fatal(err)
	}
	at := slices.Index(rows[headRow-1], head)
	if at < 0 {
		t.Fatalf("%s has no column %q but %q", sheet, head, rows[headRow-1])
	}
	var cells []string
	for _, row := range rows[headRow:] {
		if len(row) == 0 {
			break // notes follow
		}
		cell := ""
		if at < len(row) {
			cell = row[at]
		}
		cells = append(cells, cell)
	}
	return cells
}

func TestFigures(t *testing.T) {
	files := books(t, sample.Portfolio(t), Options{})
	northwind, summary := open(t, files["4400123"]), open(t, files["summary"])
	for _, test := range []struct {
		f           *excelize.File
		sheet, head string
		want        []string
	}{
		{northwind, "Summary", "Earning period", []string{"Jan–Jun 2020 (FY20 H2)", "Jul–Dec 2020 (FY21 H1)", "Jan–Jun 2019 (FY19 H2)", "Total"}},
		{northwind, "Summary", "Co-op (USD)", []string{"11066.00", "2031.25", "4500.00", "17597.25"}},
		{northwind, "Summary", "Last day to claim", []string{"44241", "", "43875", ""}},
		{northwind, "Summary", "Remaining", []string{"5316.00", "", "0.00", ""}},
		{northwind, "Claims", "Taken from the fund", []string{"0.00", "4500.00", "1250.00", ""}},
		{northwind, "Earnings", "Class", []string{"Rebate", "Co-op", "Rebate", "Co-op", "Rebate", "Co-op", "Rebate", "Co-op", "Rebate", "Co-op", "Rebate", "Co-op", "Rebate", "Co-op", "Co-op", "Gross", "Other", ""}},
		{open(t, files["5500456"]), "Earnings", "Class", []string{"Co-op", "Co-op", "Transfer", ""}},
		{open(t, files["5500456"]), "Earnings", "Amount", []string{"900", "10999.98", "-250", ""}},
		{summary, "Portfolio", "Decision", []string{"Claim required", "Claim required", "Accruing", "Negative", "Paid automatically", "Window closed", ""}},
		{summary, "To do", "At risk", []string{"9749.99", "", "5316.00", "", ""}},
		{summary, "Deadlines", "At risk (USD)", []string{"15992.24", "15992.24"}},
		{summary, "States", "At risk (USD)", []string{"15992.24", "", "", "", "", "15992.24"}},
		{northwind, "Roll-forward", "Closing", []string{"0.00", "6566.00", "2031.25", "8597.25"}},
		{summary, "Sources", "Rows", []string{"20", "5", "1", "26"}},
		{summary, "Sources", "Not accounted for", []string{"0", "0", "0", "0"}},
	} {
		t.Run(test.sheet+", "+test.head, func(t *testing.T) {
			if got := columnOf(t, test.f, test.sheet, test.head, true); !slices.Equal(got, test.want) {
				t.Errorf("%s, %s:\n got %q\nwant %q", test.sheet, test.head, got, test.want)
			}
		})
	}
	if got := columnOf(t, northwind, "Earnings", "Sheet", false)[14]; got != "Q3 2020" {
		t.Errorf("sheet of the monthly row: %q", got)
	}
}

var formulaCell = regexp.MustCompile(`<c r="([A-Z]+[0-9]+)"([^>]*)><f>([^<]*)</f>(?:<v>([^<]*)</v>)?</c>`)

// TestFormulas: every formula is a number with its right result beside it.
func TestFormulas(t *testing.T) {
	files := books(t, sample.Portfolio(t), Options{})
	files["tied"] = books(t, sample.Tied(t), Options{})["summary"]
	for name, data := range files {
		f := open(t, data)
		found := 0
		for i, p := range sheetParts(t, data) {
			xml := readPart(t, data, p)
			for _, m := range formulaCell.FindAllStringSubmatch(xml, -1) {
				found++
				at, attributes, cached := m[1], m[2], m[4]
				if strings.Contains(attributes, " t=") || cached == "" {
					t.Errorf("%s, %s, %s: type%s, result %q", name, p, at, attributes, cached)
					continue
				}
				value, err := f.CalcCellValue(f.GetSheetName(i), at, excelize.Options{RawCellValue: true})
				if err != nil {
					t.Fatal(err)
				}
				got, err := decimal.NewFromString(value)
				if err != nil {
					t.Fatal(err)
				}
				if want := decimal.RequireFromString(cached); !got.Round(8).Equal(want.Round(8)) {
					t.Errorf("%s, %s, %s: %s gives %s, the file says %s", name, p, at, m[3], got, want)
				}
			}
			if n := strings.Count(xml, "<f>"); n != len(formulaCell.FindAllString(xml, -1)) {
				t.Errorf("%s, %s: %d formulas have another form", name, p, n)
			}
		}
		if name != "template" && found < 5 {
			t.Errorf("%s: %d formulas", name, found)
		}
	}
}

// TestLeadFollows: in the lead schedule, every number is a formula over other sheets
// but for those that name a line.
func TestLeadFollows(t *testing.T) {
	data := books(t, sample.Tied(t), Options{})["summary"]
	f := open(t, data)
	sheet := slices.Index(f.GetSheetList(), "Lead schedule")
	xml := readPart(t, data, sheetParts(t, data)[sheet])
	formulas := map[string]bool{}
	for _, m := range formulaCell.FindAllStringSubmatch(xml, -1) {
		formulas[m[1]] = true
	}
	rows, err := f.GetRows("Lead schedule", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	heads, seen := rows[headRow-1], map[string]bool{}
	for y, row := range rows[headRow:] {
		if len(row) < 2 {
			break // notes follow
		}
		for x, cell := range row {
			at, err := excelize.CoordinatesToCellName(x+1, headRow+1+y)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := decimal.NewFromString(cell); err == nil && heads[x] != "Line" && !formulas[at] {
				t.Errorf("%s, %q: %s is a value", at, heads[x], cell)
			}
			seen[heads[x]] = seen[heads[x]] || formulas[at] && cell != "0" && cell != "0.00"
		}
	}
	for _, head := range []string{"Opening", "Earned", "Claims paid", "Closing", "Books", "Payments", "Rebate and other", "By the earnings", "By Payments reports", "By tax and rounding", "Tax",
		"Bank", "Not on bank statements", "Bank less after tax", "Controls", "Ours less controls", "Restated earnings", "Restated (USD)", "Open errors", "Acknowledged errors"} {
		if !seen[head] {
			t.Errorf("no line has anything in %q", head)
		}
	}
}

// TestUncontrolled: totals from outside that no export has anything of, alone and
// beside payments that no earning carries, have a workbook.
func TestUncontrolled(t *testing.T) {
	of := func(participant string, figure calc.ControlFigure) calc.Control {
		return calc.Control{AsOf: sample.AsOf, Participant: participant, Program: "CSP Indirect Reseller", Figure: figure, Amount: decimal.New(1234, -2), Currency: "EUR",
			Source: "a page", By: "A. Controller", Place: calc.Place{File: "controls.csv", Row: 2}}
	}
	payments := &calc.Source{File: "payments.csv", SHA256: "p", Kind: calc.KindPayments, Payments: []calc.Payment{{
		ID: "5017000001", Participant: "7700001", Program: "CSP Indirect Reseller", Date: sample.AsOf.AddDays(-30), Currency: "EUR", Status: "SENT",
		Earned: decimal.NewNullDecimal(decimal.New(100, 0)), Total: decimal.NewNullDecimal(decimal.New(100, 0)), Place: calc.Place{Row: 2},
	}}}
	for name, c := range map[string]struct {
		control calc.Control
		sources []*calc.Source
	}{
		"nothing else":    {of("7700001", calc.ControlRebate), nil},
		"a payment":       {of("7700001", calc.ControlRebate), []*calc.Source{payments}},
		"a control of it": {of("7700001", calc.ControlPayment), []*calc.Source{payments}},
		"what all have":   {of("", calc.ControlRemaining), []*calc.Source{payments}},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := reconcile.Calculate(calc.Input{AsOf: sample.AsOf, Policy: calc.DefaultPolicy(), Sources: c.sources, Controls: &calc.Controls{SHA256: "c", Lines: []calc.Control{c.control}}})
			if err != nil {
				t.Fatal(err)
			}
			f := open(t, books(t, r, Options{})["summary"])
			if got := columnOf(t, f, "Controls", "Control", false); !slices.Contains(got, "12.34") {
				t.Errorf("the controls are %q", got)
			}
		})
	}
}

// TestInjection: what looks like a formula is text in the file.
func TestInjection(t *testing.T) {
	bad := []string{`=HYPERLINK("http://example.com","x")`, "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "</c><c><f>1</f></c>"}
	var rows []sample.Row
	for i, s := range bad {
		rows = append(rows, sample.Row{ID: fmt.Sprint(i), Participant: s, Name: s, Program: s, Type: "Coop",
			Date: "2020-01-31", Currency: "USD", Amount: "5000", USD: "5000", Customer: s})
	}
	r := sample.Calculate(t, sample.Earnings("=file.csv", rows...))
	for name, data := range books(t, r, Options{Issuer: "=1"}) {
		f := open(t, data)
		for _, sheet := range f.GetSheetList() {
			cells, err := f.GetRows(sheet)
			if err != nil {
				t.Fatal(err)
			}
			for y, row := range cells {
				for x, s := range row {
					if !slices.Contains(bad, s) {
						continue
					}
					at, _ := excelize.CoordinatesToCellName(x+1, y+1)
					kind, err := f.GetCellType(sheet, at)
					if err != nil {
						t.Fatal(err)
					}
					formula, err := f.GetCellFormula(sheet, at)
					if err != nil {
						t.Fatal(err)
					}
					if formula != "" || kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
						t.Errorf("%s, %s!%s: %q is of type %d, formula %q", name, sheet, at, s, kind, formula)
					}
				}
			}
		}
	}
}

// TestEarningsGoOn: more earnings than a sheet holds go on in the next one, and
// none is lost.
func TestEarningsGoOn(t *testing.T) {
	r := sample.Portfolio(t)
	f := open(t, books(t, r, Options{rows: 12})["4400123"])
	var ids []string
	for _, sheet := range []string{"Earnings", "Earnings 2", "Earnings 3"} {
		for _, id := range columnOf(t, f, sheet, "File", false) {
			if id != "" { // of the totals
				ids = append(ids, id)
			}
		}
	}
	if want := len(slices.Collect(r.Counted(r.Statements[0]))); len(ids) != want {
		t.Errorf("%d earnings on three sheets, want %d", len(ids), want)
	}
}

// TestSameBytes: neither the number of processors nor other workbooks in the
// making show in a file.
func TestSameBytes(t *testing.T) {
	r := sample.Portfolio(t)
	want := books(t, r, Options{rows: 12})
	for _, processors := range []int{1, 8} {
		before := runtime.GOMAXPROCS(processors)
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for name, data := range books(t, r, Options{rows: 12}) {
					if !bytes.Equal(data, want[name]) {
						t.Errorf("%s differs with %d processors", name, processors)
					}
				}
			})
		}
		wg.Wait()
		runtime.GOMAXPROCS(before)
	}
}

// sheetOrder is the order of a worksheet's elements that ECMA-376 asks for and
// Excel insists on.
var sheetOrder = []string{
	"sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection", "autoFilter", "mergeCells",
	"conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "drawing", "tableParts", "extLst",
}

func TestElementOrder(t *testing.T) {
	for name, data := range books(t, sample.Portfolio(t), Options{}) {
		for _, p := range sheetParts(t, data) {
			decoder := xml.NewDecoder(strings.NewReader(readPart(t, data, p)))
			depth, last := 0, -1
			for {
				token, err := decoder.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatal(name, p, err)
				}
				switch element := token.(type) {
				case xml.StartElement:
					depth++
					if depth != 2 {
						continue
					}
					at := slices.Index(sheetOrder, element.Name.Local)
					if at < last || at < 0 {
						t.Errorf("%s, %s: <%s> stands after <%s>", name, p, element.Name.Local, sheetOrder[last])
					}
					last = at
				case xml.EndElement:
					depth--
				}
			}
		}
	}
}

// TestNamesOnce: Excel repairs a workbook that has a name twice in one scope.
func TestNamesOnce(t *testing.T) {
	for name, data := range books(t, sample.Portfolio(t), Options{}) {
		seen := map[string]bool{}
		for _, n := range open(t, data).GetDefinedName() {
			if key := n.Scope + "!" + n.Name; seen[key] {
				t.Errorf("%s: %s is defined twice", name, key)
			} else {
				seen[key] = true
			}
		}
		if len(seen) < 3 {
			t.Errorf("%s: %d names", name, len(seen))
		}
	}
}

// TestColumnsAscend: Excel takes <cols> in the order of columns only.
func TestColumnsAscend(t *testing.T) {
	minimum := regexp.MustCompile(`<col [^>]*min="([0-9]+)"`)
	for name, data := range books(t, sample.Portfolio(t), Options{}) {
		for _, p := range sheetParts(t, data) {
			last := decimal.Zero
			for _, m := range minimum.FindAllStringSubmatch(readPart(t, data, p), -1) {
				n := decimal.RequireFromString(m[1])
				if n.LessThanOrEqual(last) {
					t.Errorf("%s, %s: column %s after %s", name, p, n, last)
				}
				last = n
			}
		}
	}
}

func TestProperties(t *testing.T) {
	r := sample.Portfolio(t)
	f := open(t, books(t, r, Options{Issuer: "Fabrikam & Sons", Inputs: "8f3c51aa09de"})["4400123"])
	p, err := f.GetDocProps()
	if err != nil {
		t.Fatal(err)
	}
	if p.Created != "2020-10-31T00:00:00Z" || p.Modified != p.Created || p.Creator != "Fabrikam & Sons" || p.Language != "en" ||
		p.Title != "Statement of co-op and rebate, Northwind Cloud AS" {
		t.Errorf("properties %+v", p)
	}
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		names[n.Scope+"!"+n.Name] = n.RefersTo
	}
	for name, want := range map[string]string{
		"Workbook!Months_CoOp":         "'Months'!$E$5:$E$20",
		"Earnings!_xlnm.Print_Titles":  "'Earnings'!$4:$4",
		"Summary!_xlnm.Print_Area":     "'Summary'!$A$1:$O$35",
		"Months!_xlnm._FilterDatabase": "'Months'!$A$4:$H$20",
	} {
		t.Run(name, func(t *testing.T) {
			if names[name] != want {
				t.Errorf("%s is %q, want %q", name, names[name], want)
			}
		})
	}
	footer, err := f.GetHeaderFooter("Months")
	if err != nil {
		t.Fatal(err)
	}
	if want := "&LFabrikam && Sons · as of 31 October 2020 · 8f3c51aa09de&R&A · page &P of &N"; footer.OddFooter != want {
		t.Errorf("footer %q, want %q", footer.OddFooter, want)
	}
}

func TestChartReadsTheCells(t *testing.T) {
	chart := readPart(t, books(t, sample.Portfolio(t), Options{})["4400123"], "xl/charts/chart1.xml")
	for _, want := range []string{"'Months'!$E$5:$E$20", "'Months'!$D$5:$D$20", "'Months'!$C$5:$C$20", `<grouping val="stacked">`} {
		if !strings.Contains(strings.NewReplacer("&#39;", "'").Replace(chart), want) {
			t.Errorf("the chart has no %s", want)
		}
	}
}

func TestTemplate(t *testing.T) {
	f := open(t, books(t, sample.Portfolio(t), Options{})["template"])
	rows, err := f.GetRows("Claims")
	if err != nil {
		t.Fatal(err)
	}
	want := "claimId participantId programName usagePeriod currency amount status claimName category activity activityStart activityEnd " +
		"amountUSD approvedAmount submittedDate resubmittedDate approvedDate rejectedDate paidDate paidAmount paidCurrency paymentId lastActivity " +
		"invoiceNumber invoiceDocument invoiceDate invoiceAmount invoiceCurrency csr csrAmount poe owner metrics comments"
	if len(rows) != 1 || strings.Join(rows[0], " ") != want {
		t.Errorf("rows %q", rows)
	}
	validations, err := f.GetDataValidations("Claims")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, v := range validations {
		found[v.Sqref] = v.Type + " " + v.Formula1
	}
	for cells, want := range map[string]string{
		"G2:G1001": "list list_status", "I2:I1001": "list list_category", "J2:J1001": "list list_activity", "AC2:AC1001": `list "yes,no"`, "K2:K1001": "date 43101",
	} {
		t.Run(cells, func(t *testing.T) {
			if found[cells] != want {
				t.Errorf("%s takes %q, want %q", cells, found[cells], want)
			}
		})
	}
	if visible, err := f.GetSheetVisible("Lists"); err != nil || visible {
		t.Errorf("lists visible %t, %v", visible, err)
	}
	if got, _ := f.GetCellValue("Lists", "B1"); got != "Direct mail, email and SMS" {
		t.Errorf("first activity %q", got)
	}
	if err := ClaimsTemplate(io.Discard, TemplateLists{}); err == nil {
		t.Error("a template without lists was written")
	}
}

// full refuses every byte.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestWriteError(t *testing.T) {
	if err := Summary(full{}, sample.Portfolio(t), wording.English(), Options{}); err == nil {
		t.Error("a full disk went unnoticed")
	}
}

// TestPagesSideBySide: a sheet is printed at a scale that is read with ease. What is too
// wide for one page goes on at the side, where the columns that name a row come again,
// and its sentences are on the first page, beside those columns.
func TestPagesSideBySide(t *testing.T) {
	side := 0
	for name, r := range map[string]*calc.Result{"portfolio": sample.Portfolio(t), "tied": sample.Tied(t), "long": longNames(t)} {
		for book, data := range books(t, r, Options{}) {
			if book == "template" {
				continue
			}
			f := open(t, data)
			names := map[string]string{}
			for _, n := range f.GetDefinedName() {
				names[n.Scope+n.Name] = n.RefersTo
			}
			for _, sheet := range f.GetSheetList() {
				layout, err := f.GetPageLayout(sheet)
				if err != nil {
					t.Fatal(err)
				}
				width := func(from, to int) int { // columns count from 1
					sum := 0.0
					for i := from; i <= to; i++ {
						w, err := f.GetColWidth(sheet, letters(i-1))
						if err != nil {
							t.Fatal(err)
						}
						sum += w
					}
					return int(sum)
				}
				_, area, _ := strings.Cut(names[sheet+"_xlnm.Print_Area"], "!")
				_, corner, _ := strings.Cut(strings.ReplaceAll(area, "$", ""), ":")
				printed, _, err := excelize.CellNameToCoordinates(corner)
				if err != nil {
					t.Fatal(err)
				}
				keys, wide := 0, *layout.FitToWidth
				if wide > 1 {
					side++
					m := regexp.MustCompile(`!\$A:\$([A-Z]+),`).FindStringSubmatch(names[sheet+"_xlnm.Print_Titles"])
					if m == nil {
						t.Errorf("%s, %s, %s: pages at the side repeat no column: %s", name, book, sheet, names[sheet+"_xlnm.Print_Titles"])
						continue
					}
					if keys, err = excelize.ColumnNameToNumber(m[1]); err != nil {
						t.Fatal(err)
					}
				}
				all := width(1, printed) + (wide-1)*width(1, keys)
				if all > wide*landscapeRoom {
					t.Errorf("%s, %s, %s: %d digits on %d pages", name, book, sheet, all, wide)
				}
				merged, err := f.GetMergeCells(sheet)
				if err != nil {
					t.Fatal(err)
				}
				if len(merged) == 0 {
					t.Errorf("%s, %s, %s: has no title", name, book, sheet)
				}
				for _, m := range merged {
					first, _, _ := excelize.CellNameToCoordinates(m.GetStartAxis())
					last, _, _ := excelize.CellNameToCoordinates(m.GetEndAxis())
					if first != keys+1 || width(1, last) > all/wide+1 {
						t.Errorf("%s, %s, %s: %s is cut by the first page, of %d digits with %d columns repeated", name, book, sheet, m.GetStartAxis()+":"+m.GetEndAxis(), all/wide, keys)
					}
				}
			}
		}
	}
	if side < 3 {
		t.Errorf("%d sheets are on pages side by side", side)
	}
}

// longNames makes every column of names as wide as it grows.
func longNames(t *testing.T) *calc.Result {
	t.Helper()
	r := sample.Tied(t)
	long := strings.Repeat("Partner of a long name ", 4)
	for _, s := range r.Statements {
		s.Name = long
	}
	for i := range r.Findings {
		place := r.Findings[i].Place()
		place.File = strings.ReplaceAll(long, " ", "/") + ".csv"
		r.Findings[i] = r.Findings[i].At(place)
	}
	return r
}

// TestFirstSheetOfMany: where the funds are too many for a chart below them, the
// workbook opens on their states, with the chart.
func TestFirstSheetOfMany(t *testing.T) {
	for _, partners := range []int{10, 40} {
		t.Run(fmt.Sprint(partners), func(t *testing.T) {
			var rows []sample.Row
			for i := range partners {
				rows = append(rows, sample.Row{ID: fmt.Sprint(i), Participant: fmt.Sprint(4400000 + i), Name: fmt.Sprint("Partner ", i), Program: "CSP Indirect Reseller", Type: "Coop",
					Date: "2020-01-31", Currency: "USD", Amount: "5000", USD: "5000"})
			}
			data := books(t, sample.Calculate(t, sample.Earnings("many.csv", rows...)), Options{})["summary"]
			f := open(t, data)
			want := []string{"Portfolio", "Lead schedule"}
			if partners > mostAboveChart {
				want = []string{"States", "Portfolio"}
			}
			sheets := f.GetSheetList()
			if !slices.Equal(sheets[:2], want) {
				t.Errorf("the first sheets are %q, want %q", sheets[:2], want)
			}
			title, err := f.GetCellValue(sheets[0], "A1")
			if err != nil {
				t.Fatal(err)
			}
			lead, err := f.GetCellValue(sheets[0], "A2")
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(title, "Portfolio as of") || !strings.Contains(lead, "Claim 5,000.00") {
				t.Errorf("the first sheet begins with %q, %q", title, lead)
			}
			if xml := readPart(t, data, sheetParts(t, data)[0]); !strings.Contains(xml, "<drawing ") {
				t.Error("the first sheet has no chart")
			}
			for _, n := range f.GetDefinedName() {
				if n.Scope == "States" && n.Name == "_xlnm.Print_Area" && partners > mostAboveChart && n.RefersTo < "'States'!$A$1:$L" {
					t.Errorf("the chart is cut by the print area %s", n.RefersTo)
				}
			}
			if n := len(columnOf(t, f, "Portfolio", "Decision", false)); n != partners+1 {
				t.Errorf("the portfolio has %d rows", n)
			}
		})
	}
}

// A sheet whose last page would hold a few rows, or a part of a chart, is fitted to
// one page less; others are left to the program that prints.
func TestPagesBelow(t *testing.T) {
	b, err := newBook(calc.MustDate(2022, 1, 31), wording.English(), Options{}, "", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		rows, chart, want int
	}{{3, 0, 0}, {37, 0, 1}, {42, 0, 1}, {50, 0, 0}, {19, 19, 1}, {26, 26, 1}, {300, 300, 0}, {mostMeasured + 1, 0, 0}} {
		t.Run(fmt.Sprint(c.rows, " ", c.chart), func(t *testing.T) {
			s := b.sheetOf(table.Of(table.Sheet, make([]int, c.rows), table.Column[int]{Head: "Amount", Cell: func(int) table.Value { return table.Money(decimal.New(1, 0)) }}))
			s.Chart, s.chart = c.chart, c.chart > 0
			if got := s.pagesBelow(); got != c.want {
				t.Errorf("%d pages below each other, want %d", got, c.want)
			}
		})
	}
}
