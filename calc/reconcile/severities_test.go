package reconcile_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/calctest"
)

// emitted holds every code with a severity that a test of this package found.
var emitted sync.Map

func severityOf(f calc.Finding) string { return fmt.Sprint(f.Code(), " ", f.Severity()) }

// TestMain makes sure, after all tests, that the table of findings allows nothing
// that is never found: every severity of every code was in some test's result. What
// is not allowed can't be found, see [calc.NewFinding]. Codes of files and of
// documents have the same test where they are found.
func TestMain(m *testing.M) {
	status := m.Run()
	if all := flag.Lookup("test.run").Value.String() == "" && flag.Lookup("test.skip").Value.String() == "" && flag.Lookup("test.list").Value.String() == ""; all && status == 0 {
		elsewhere := mentioned("../../importer", "../../importer/table", "../../report")
		for _, note := range calc.CodeNotes() {
			for _, severity := range note.Severities {
				what := fmt.Sprint(note.Code, " ", severity)
				if _, found := emitted.Load(what); !found && !elsewhere[strings.ReplaceAll(string(note.Code), "_", "")] {
					fmt.Println("the table of findings allows", what, "and no test finds it")
					status = 1
				}
			}
		}
	}
	os.Exit(status)
}

// mentioned returns the names of package calc that the files of directories
// mention, as codes are written but for underscores.
func mentioned(directories ...string) map[string]bool {
	names := map[string]bool{}
	for _, directory := range directories {
		files, _ := filepath.Glob(directory + "/*.go")
		for _, file := range files {
			content, err := os.ReadFile(file)
			if err != nil {
				panic(err)
			}
			for _, name := range regexp.MustCompile(`\bcalc\.[A-Z]\w+`).FindAllString(string(content), -1) {
				names[strings.ToUpper(strings.TrimSuffix(strings.TrimPrefix(name, "calc."), "Code"))] = true
			}
		}
	}
	return names
}

// TestRareSeverities finds what no other test of this package does.
func TestRareSeverities(t *testing.T) {
	reported := func(status, date string) calc.Payment {
		p := payment("P9", date, "100.00", "110.00")
		p.Status = status
		return p
	}
	archived := func(change func(in *calc.Input)) func(*testing.T) *calc.Result {
		return func(t *testing.T) *calc.Result {
			return asOf("2020-08-31", export("a", paid("P1.1", "2020-03-31", "100.00", "110.00"))).change(t, func(in *calc.Input) {
				each(in, "", carrying)
				change(in)
			})
		}
	}
	payments := func(list ...calc.Payment) *calc.Source {
		return &calc.Source{File: "pay", SHA256: "p", Kind: calc.KindPayments, Payments: list}
	}
	workbook := func(f file, sheets ...int) *calc.Source {
		s := f.typed()
		s.Sheets = []string{"January", "February", "Summary"}
		calctest.Change(s, func(row int, cells *calc.EarningCells) {
			if row < len(sheets) {
				cells.Sheet = uint16(sheets[row])
			}
		})
		return s
	}
	for _, c := range []struct {
		code     calc.Code
		severity calc.Severity
		result   func(t *testing.T) *calc.Result
	}{
		{calc.PaymentForfeited, calc.Info, archived(func(in *calc.Input) {
			in.Sources = append(in.Sources, payments(reported("Forfeited", "2020-04-15")))
		})},
		{calc.PaymentEscheated, calc.Info, archived(func(in *calc.Input) {
			in.Sources = append(in.Sources, payments(reported("Escheated", "2020-04-15")))
		})},
		{calc.FileWithdrawn, calc.Warning, archived(func(in *calc.Input) {
			in.Withdrawn = []calc.Withdrawal{{File: "b.csv", SHA256: "b", By: "A. Miller", Reason: "wrong tenant"}}
		})},
		{calc.ControlWithoutExport, calc.Info, func(t *testing.T) *calc.Result {
			return withControls(t, asOf("2020-06-30", export("a", coop("1", "2020-03-31", "5"))), control("2020-06-30|9999|CSP Indirect Reseller|FY20H2||rebate|0|USD"))
		}},
		{calc.ProofIncomplete, calc.Info, func(t *testing.T) *calc.Result {
			s := newScene()
			claim := s.claim()
			claim.Activity, claim.Status, claim.ApprovedOn = "Digital Advertising", calc.ClaimApproved, day("2019-10-02")
			return s.calculate(t)
		}},
		{calc.BankPaymentReturned, calc.Info, archived(func(in *calc.Input) {
			rejected := reported("Rejected", "2020-04-15")
			rejected.ID = "PAY-0001"
			in.Sources = append(in.Sources, payments(rejected), bankOf(
				calc.BankLine{Booked: day("2020-04-16"), Amount: money("100"), Currency: "EUR", Text: "PAY-0001"},
				calc.BankLine{Booked: day("2020-04-20"), Amount: money("-100"), Currency: "EUR", Text: "PAY-0001"}))
		})},
		{calc.BankLineUnmatched, calc.Info, archived(func(in *calc.Input) {
			in.Sources = append(in.Sources, payments(payment("P1", "2020-04-15", "100.00", "110.00")), bankOf(
				calc.BankLine{Booked: day("2020-08-20"), Amount: money("7"), Currency: "EUR", Counterparty: "Microsoft"}))
		})},
		{calc.BankAmbiguousCode, calc.Warning, archived(func(in *calc.Input) {
			other := payment("P2", "2020-04-15", "100.00", "110.00")
			other.Place.Row = 3
			third := other
			third.ID, third.Place.Row = "P3", 4
			in.Sources = append(in.Sources, payments(payment("P1", "2020-04-15", "100.00", "110.00"), other, third), bankOf(
				calc.BankLine{Booked: day("2020-04-16"), Amount: money("200"), Currency: "EUR", Counterparty: "Microsoft"}))
		})},
		{calc.BankStatementMissing, calc.Warning, archived(func(in *calc.Input) {
			bank := &calc.Source{File: "bank", SHA256: "b", Kind: calc.KindBank, Bank: []calc.BankStatement{
				{Account: "A", Currency: "EUR", First: day("2020-01-01"), Last: day("2020-01-31"), Closing: maybe("10")},
				{Account: "A", Currency: "EUR", First: day("2020-03-01"), Last: day("2020-03-31"), Opening: maybe("20")},
			}}
			in.Sources = append(in.Sources, bank)
		})},
		{calc.BankAccountUnknown, calc.Warning, archived(func(in *calc.Input) {
			list := []calc.Payment{payment("P1", "2020-04-15", "100.00", "110.00")}
			for i := range 3 {
				p := payment(fmt.Sprint("P4", i), "2020-04-15", fmt.Sprint(i+1, "11.00"), "120.00")
				p.Participant, p.Place.Row = "4712", i+3
				list = append(list, p)
			}
			in.Sources = append(in.Sources, payments(list...), bankOf(calc.BankLine{Booked: day("2020-04-16"), Amount: money("100"), Currency: "EUR", Counterparty: "Microsoft"}))
		})},
		{calc.SheetRepeated, calc.Warning, archived(func(in *calc.Input) {
			f := sheet("book", 2, coop("", "2020-01-31", "10"), coop("", "2020-02-29", "7"), coop("", "2020-01-31", "10"), coop("", "2020-02-29", "7"))
			in.Sources = []*calc.Source{workbook(f, 0, 1, 2, 2)}
		})},
		{calc.SheetsOverlap, calc.Warning, archived(func(in *calc.Input) {
			f := sheet("book", 2, coop("", "2020-01-31", "10"), coop("", "2020-01-31", "9"))
			in.Sources = []*calc.Source{workbook(f, 0, 1)}
		})},
		{calc.SameTotals, calc.Warning, archived(func(in *calc.Input) {
			var rows []line
			for i, amount := range []string{"60", "10", "20", "30"} {
				row := coop("", "2020-01-31", amount)
				row.participant = fmt.Sprint(4711 + i)
				rows = append(rows, row)
			}
			in.Sources = []*calc.Source{sheet("summary", 1, rows[0]).typed(), sheet("rows", 2, rows[1:]...).typed()}
		})},
	} {
		t.Run(string(c.code), func(t *testing.T) {
			for _, f := range c.result(t).Findings {
				if f.Code() == c.code && f.Severity() == c.severity {
					return
				}
			}
			t.Errorf("no %s %s", c.severity, c.code)
		})
	}
}
