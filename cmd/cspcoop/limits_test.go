package main

import (
	"archive/zip"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// refusalLimit is the memory, in KiB, that no refused input may exceed.
const refusalLimit = 512 << 10

const plainHeader = "earningId,participantId,programName,earningType,earningDate,earningAmountUSD,transactionCurrency,earningAmount\n"

// A giant is a file that wants more than it may have.
type giant struct {
	name  string
	says  string // in its reason
	write func(w io.Writer) error
}

// giants are bombs and files without end, each of about that size in bytes.
func giants(size int) []giant {
	return []giant{
		{"bomb.xlsx", "max_ratio", workbookOf(zip.Deflate, "<row/>", size)},
		{"nested.xlsx", "sheet1.xml", workbookOf(zip.Store, "<a>", size)},
		{"attribute.xlsx", "sheet1.xml", workbookOf(zip.Store, `<row r="`, size)},
		{"declared.xlsx", "sheet1.xml", declaredWorkbook},
		{"parts.xlsx", "max_zip_entries", manyParts},
		{"zeroes.csv", "max_line_bytes", endless(plainHeader, "\x00", size)},
		{"line.csv", "max_line_bytes", endless(plainHeader, `"a",`, size)},
		{"field.csv", "max_line_bytes", endless(plainHeader+"e", "1", size)},
		{"quote.csv", "never closed", endless(plainHeader+`"`, "e\n", size)},
		{"columns.csv", "max_line_bytes", endless(plainHeader, "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z,", size)},
		{"header.csv", "max_", endless("", "earningId,", size)},
		{"faults.csv", "column earningAmountUSD", endless(plainHeader, "e1,4400123,CSP,Coop,2019-03-31,ten,USD,10\n", size)},
		{"exponent.csv", "column earningAmountUSD", endless(plainHeader, "e1,4400123,CSP,Coop,2019-03-31,1e999999999,USD,1e-999999999\n", 1)},
		{"digits.csv", "column earningAmountUSD", endless(plainHeader+"e1,4400123,CSP,Coop,2019-03-31,"+strings.Repeat("9", 100_000), ",USD,1\n", 1)},
		{"packed.csv", "gzip", packed(endless(plainHeader, "e1", size))},
		// Good rows are held until the last one is read, and take some twenty times
		// their size in the file: this one stays at a size that passes.
		{"late.csv", "column earningAmountUSD", lateFault(min(size, 10<<20))},
	}
}

// endless writes one text, and another one again and again.
func endless(once, again string, size int) func(io.Writer) error {
	return func(w io.Writer) error {
		if _, err := io.WriteString(w, once); err != nil {
			return err
		}
		block := strings.Repeat(again, max(1, min(size, 64<<10)/len(again)))
		for written := 0; written < size; written += len(block) {
			if _, err := io.WriteString(w, block); err != nil {
				return err
			}
		}
		return nil
	}
}

// workbookOf writes a workbook whose sheet says one thing again and again.
func workbookOf(method uint16, again string, size int) func(io.Writer) error {
	return func(w io.Writer) error {
		z := zip.NewWriter(w)
		for _, part := range workbookParts {
			f, err := z.Create(part.name)
			if err != nil {
				return err
			}
			if _, err := io.WriteString(f, part.content); err != nil {
				return err
			}
		}
		sheet, err := z.CreateHeader(&zip.FileHeader{Name: sheetPart, Method: method})
		if err != nil {
			return err
		}
		if err := endless(sheetStart, again, size)(sheet); err != nil {
			return err
		}
		return z.Close()
	}
}

// declaredWorkbook says that its sheet inflates to 6 GiB.
func declaredWorkbook(w io.Writer) error {
	z := zip.NewWriter(w)
	sheet, err := z.CreateRaw(&zip.FileHeader{Name: sheetPart, Method: zip.Deflate, CompressedSize64: 70 << 20, UncompressedSize64: 6 << 30})
	if err != nil {
		return err
	}
	if err := endless("", "x", 70<<20)(sheet); err != nil {
		return err
	}
	return z.Close()
}

func manyParts(w io.Writer) error {
	z := zip.NewWriter(w)
	for i := range 20_000 {
		if _, err := z.Create(fmt.Sprintf("xl/%d.xml", i)); err != nil {
			return err
		}
	}
	return z.Close()
}

func packed(write func(io.Writer) error) func(io.Writer) error {
	return func(w io.Writer) error {
		z := gzip.NewWriter(w)
		return errors.Join(write(z), z.Close())
	}
}

// lateFault writes good rows and, at their very end, a bad one.
func lateFault(size int) func(io.Writer) error {
	return func(w io.Writer) error {
		if _, err := io.WriteString(w, plainHeader); err != nil {
			return err
		}
		const row = "e%09d,4400123,CSP Indirect Reseller,Coop,2019-03-31,%s,USD,100.01\n"
		rows := size / len(row)
		for i := range rows {
			if _, err := fmt.Fprintf(w, row, i, "100.01"); err != nil {
				return err
			}
		}
		_, err := fmt.Fprintf(w, row, rows, "ten")
		return err
	}
}

// measuredMain is cspcoop as it says, on systems that report it, how much memory it
// needed at most.
func measuredMain() {
	status := run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	if memory, err := os.ReadFile("/proc/self/status"); err == nil {
		os.Stderr.Write(memory)
	}
	os.Exit(status)
}

var peakMemory = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// TestGiantsAreRefused gives each of them to check and to run, in a process of
// its own, which must refuse it within bounds, leave no temporary file, and take
// the good file beside it.
func TestGiantsAreRefused(t *testing.T) {
	t.Parallel()
	for _, g := range giants(max(5, rounds(5, 200)) << 20) {
		t.Run(g.name, func(t *testing.T) {
			t.Parallel()
			dir, temp := newWorkspace(t), t.TempDir()
			dropFile(t, dir, "good.csv", []byte(plainHeader+"e1,4400123,CSP Indirect Reseller,Coop,2019-03-31,100.01,USD,100.01\n"))
			path := filepath.Join(dir, "inbox", g.name)
			file, err := os.Create(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(g.write(file), file.Close()); err != nil {
				t.Fatal(err)
			}
			measured(t, temp, "check", path)
			measured(t, temp, "run", "--workspace", dir, "--as-of", crashAsOf)
			mustHold(t, temp)
			reason, err := os.ReadFile(filepath.Join(dir, "rejected", g.name+".reason.txt"))
			if err != nil || !strings.Contains(string(reason), g.says) || len(reason) > 1<<20 {
				t.Errorf("the reason does not say %q in few words: %.2000s, %v", g.says, reason, err)
			}
			balances, err := os.ReadFile(filepath.Join(dir, "statements", crashAsOf, "balances.csv"))
			if err != nil || !strings.Contains(string(balances), ",100.01,") {
				t.Errorf("the good file is not in the balances: %s, %v", balances, err)
			}
		})
	}
}

// measured runs cspcoop, wants the status of a refusal, and little memory. The
// race detector multiplies that, so what it needs says nothing.
func measured(t *testing.T, temp string, args ...string) {
	t.Helper()
	cmd := exec.Command("cspcoop-measured", args...)
	cmd.Env = append(os.Environ(), "TMPDIR="+temp, "TMP="+temp, "GOGC=100")
	said, err := cmd.CombinedOutput()
	if status := cmd.ProcessState.ExitCode(); status != exitRefused {
		t.Fatalf("%s: exit status %d, %v\n%.2000s", args[0], status, err, said)
	}
	peak := peakMemory.FindSubmatch(said)
	if peak == nil {
		if runtime.GOOS == "linux" {
			t.Errorf("%s does not say how much memory it needed", args[0])
		}
		return
	}
	kib, err := strconv.Atoi(string(peak[1]))
	if err != nil || !raceDetector && kib > refusalLimit {
		t.Errorf("%s needed %d KiB, more than %d, %v", args[0], kib, refusalLimit, err)
	}
	t.Logf("%s needed %d MiB", args[0], kib>>10)
}
