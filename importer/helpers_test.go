package importer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/importer/table"

	"github.com/xuri/excelize/v2"
)

// readFile imports a file under the given options.
func readFile(t testing.TB, path string, o Options) (*calc.Source, error) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return readBytes(t, data, o)
}

func readBytes(t testing.TB, data []byte, o Options) (*calc.Source, error) {
	t.Helper()
	o.Table.TempDir = t.TempDir()
	s, err := Read(context.Background(), bytes.NewReader(data), int64(len(data)), o)
	noteSeverities(s)
	return s, err
}

// taken imports data that must be taken.
func taken(t testing.TB, data []byte, o Options) *calc.Source {
	t.Helper()
	s, err := readBytes(t, data, o)
	if err != nil {
		t.Fatalf("refused: %s", everyFault(err))
	}
	return s
}

// refusal imports data that must be refused, and returns its faults as
// "row column: problem" lines.
func refusal(t testing.TB, data []byte, o Options) []string {
	t.Helper()
	_, err := readBytes(t, data, o)
	var faults *table.Faults
	if !errors.As(err, &faults) {
		t.Fatalf("want the file refused, got %v", err)
	}
	var lines []string
	for _, f := range faults.List {
		if f.Problem == "" || f.Want == "" {
			t.Errorf("a fault does not say what is wrong and what to do: %+v", f)
		}
		place := fmt.Sprint(f.Row)
		if f.Cell != "" {
			place = f.Sheet + "!" + f.Cell
		}
		lines = append(lines, strings.TrimSpace(place+" "+f.Column)+": "+f.Problem)
	}
	if len(lines) != min(faults.Total, table.MaxFaults) {
		t.Errorf("%d faults are listed of %d", len(lines), faults.Total)
	}
	return lines
}

// wantFaults makes sure that a file is refused for these faults and no others:
// each line begins as wanted, in any order.
func wantFaults(t testing.TB, data []byte, o Options, want ...string) {
	t.Helper()
	got := refusal(t, data, o)
	for _, w := range want {
		i := slices.IndexFunc(got, func(line string) bool { return strings.HasPrefix(line, w) })
		if i < 0 {
			t.Errorf("no fault %q among\n%s", w, strings.Join(got, "\n"))
			continue
		}
		got = slices.Delete(got, i, i+1)
	}
	if len(got) > 0 {
		t.Errorf("faults beyond those wanted:\n%s", strings.Join(got, "\n"))
	}
}

func everyFault(err error) string {
	var faults *table.Faults
	if !errors.As(err, &faults) {
		return fmt.Sprint(err)
	}
	var lines []string
	for _, f := range faults.List {
		lines = append(lines, f.String())
	}
	return strings.Join(lines, "\n")
}

// notes returns the findings of an import as "CODE row" lines, without those named.
func notes(s *calc.Source, but ...calc.Code) []string {
	var lines []string
	for _, f := range s.Findings {
		if !slices.Contains(but, f.Code()) {
			lines = append(lines, strings.TrimSpace(fmt.Sprint(f.Code(), " ", f.Place().Sheet, " ", f.Place().Row)))
		}
	}
	return lines
}

// finding returns the only finding of a code.
func finding(t testing.TB, s *calc.Source, code calc.Code) calc.Finding {
	t.Helper()
	var found []calc.Finding
	for _, f := range s.Findings {
		if f.Code() == code {
			found = append(found, f)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d findings %s, want one; there are %q", len(found), code, notes(s))
	}
	return found[0]
}

// essence words what an earning puts into the figures.
func essence(s *calc.Source) []string {
	var list []string
	for _, e := range s.Earnings.All() {
		list = append(list, fmt.Sprintf("%s %s %s %s %d %s %s %s %s", e.ID(), e.Participant(), e.Program(), e.Type(), e.Kind(), e.Date(),
			e.Amount().Decimal(), e.Currency(), e.USD().Decimal()))
	}
	return list
}

// amounts words date, amount, currency and USD of every earning.
func amounts(s *calc.Source) []string {
	var list []string
	for _, e := range s.Earnings.All() {
		list = append(list, fmt.Sprintf("%s %s %s %s", e.Date(), e.Amount().Decimal(), e.Currency(), e.USD().Decimal()))
	}
	return list
}

func wantLines(t testing.TB, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// lines joins records to a CSV text.
func lines(records ...string) []byte { return []byte(strings.Join(records, "\n") + "\n") }

// earnings is a small export with these records below its header.
func earnings(records ...string) []byte {
	return lines(append([]string{"earningId,participantId,programName,earningType,earningDate,earningAmount,transactionCurrency,earningAmountUSD,paymentStatus"}, records...)...)
}

// sheet is a worksheet under test: its name and rows, a nil value being an
// empty cell.
type sheet struct {
	name string
	rows [][]any
	edit func(*excelize.File) // what is done to it besides
}

// workbook makes an XLSX file.
func workbook(t testing.TB, sheets ...sheet) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, s := range sheets {
		var err error
		if i == 0 {
			err = f.SetSheetName("Sheet1", s.name)
		} else {
			_, err = f.NewSheet(s.name)
		}
		for k := range s.rows {
			if err == nil {
				err = f.SetSheetRow(s.name, fmt.Sprint("A", k+1), &s.rows[k])
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		if s.edit != nil {
			s.edit(f)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
