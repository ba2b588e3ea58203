package table

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"cspcoop/calc"
)

func TestCSVDialects(t *testing.T) {
	utf16 := func(order unicode.Endianness, mark unicode.BOMPolicy, text string) string {
		out, err := unicode.UTF16(order, mark).NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	const plain = "Month,Partner,Amount\n2020-03,Müller,\"1,50\"\n"
	want := "1: Month|Partner|Amount\n2: 2020-03|Müller|1,50\n"
	tests := []struct {
		name, data string
		encoding   string
		delimiter  rune
		want       string
		notes      []calc.Code
	}{
		{"UTF-8", plain, "UTF-8", ',', want, nil},
		{"UTF-8 with a mark", "\xEF\xBB\xBF" + plain, "UTF-8", ',', want, nil},
		{"UTF-16LE with a mark", utf16(unicode.LittleEndian, unicode.UseBOM, plain), "UTF-16LE", ',', want, nil},
		{"UTF-16BE with a mark", utf16(unicode.BigEndian, unicode.UseBOM, plain), "UTF-16BE", ',', want, nil},
		{"UTF-16LE", utf16(unicode.LittleEndian, unicode.IgnoreBOM, plain), "UTF-16LE", ',', want, []calc.Code{calc.EncodingAssumed}},
		{"UTF-16BE", utf16(unicode.BigEndian, unicode.IgnoreBOM, plain), "UTF-16BE", ',', want, []calc.Code{calc.EncodingAssumed}},
		{"Windows-1252", strings.ReplaceAll(plain, "ü", "\xFC"), "Windows-1252", ',', want, []calc.Code{calc.EncodingAssumed}},
		{"Windows-1252 with a pair like UTF-8", "Month,Partner,Amount\n1,CAF\xC9\x92S \xFC,2\n", "Windows-1252", ',',
			"1: Month|Partner|Amount\n2: 1|CAFÉ’S ü|2\n", []calc.Code{calc.EncodingAssumed}},
		{"CRLF", strings.ReplaceAll(plain, "\n", "\r\n"), "UTF-8", ',', want, nil},
		{"semicolon with decimal commas", "Month;Partner;Amount\n2020-03;Müller;1,50\n", "UTF-8", ';', want, nil},
		{"tab", "Month\tPartner\tAmount\n2020-03\tMüller\t1,50\n", "UTF-8", '\t', want, nil},
		{"sep= line", "sep=;\r\nMonth;Partner;Amount\r\n2020-03;Müller;1,50\r\n", "UTF-8", ';',
			"2: Month|Partner|Amount\n3: 2020-03|Müller|1,50\n", nil},
		{"quoted sep= line", "\"SEP=|\"\nMonth|Partner|Amount\n", "UTF-8", '|', "2: Month|Partner|Amount\n", nil},
		{"title and blank lines above", "Report; as of, today\n\n \nMonth,Amount\n2020-03,5\n", "UTF-8", ',',
			"1: Report; as of| today\n4: Month|Amount\n5: 2020-03|5\n", nil},
		{"header decides against consistency", "Month;Amount\n1,5;2,5\n3,5;4,5\n5,5;6,5\n", "UTF-8", ';',
			"1: Month|Amount\n2: 1,5|2,5\n3: 3,5|4,5\n4: 5,5|6,5\n", nil},
		{"line breaks in quotes", "Month,Amount\n\"a\r\nb\n\nc\",1\nd,2\n", "UTF-8", ',',
			"1: Month|Amount\n2: a\r\nb\n\nc|1\n6: d|2\n", nil},
		{"doubled quotes", "Month,Amount\n\"a \"\"b\"\"\",\"\"\n\"\"\"\",x\n", "UTF-8", ',',
			"1: Month|Amount\n2: a \"b\"|\n3: \"|x\n", nil},
		{"only delimiters", "Month,Amount\n,\n", "UTF-8", ',', "1: Month|Amount\n2: |\n", nil},
		{"delimiters at the end", "Month,Amount,\nx,,\n", "UTF-8", ',', "1: Month|Amount|\n2: x||\n", nil},
		{"no final line end", "Month,Amount\n1,2", "UTF-8", ',', "1: Month|Amount\n2: 1|2\n", []calc.Code{calc.NoFinalNewline}},
		{"one column", "Amount\n5\n", "UTF-8", ',', "1: Amount\n2: 5\n", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := mustOpen(t, []byte(tt.data), Options{Header: header})
			if file.Format != CSV || file.Encoding != tt.encoding || file.Delimiter != tt.delimiter {
				t.Errorf("%s, %s, delimiter %q; want %s, delimiter %q", file.Format, file.Encoding, file.Delimiter, tt.encoding, tt.delimiter)
			}
			var codes []calc.Code
			for _, n := range file.Notes {
				codes = append(codes, n.Code)
			}
			if fmt.Sprint(codes) != fmt.Sprint(tt.notes) {
				t.Errorf("notes %v, want %v", file.Notes, tt.notes)
			}
			for range 2 { // rows can be read again
				rows, err := collect(file.Sheets[0])
				if err != nil {
					t.Fatal(err)
				}
				if got := text(rows); got != tt.want {
					t.Errorf("rows\n%swant\n%s", got, tt.want)
				}
				for _, r := range rows {
					if len(r.Faults) > 0 {
						t.Errorf("row %d: %v", r.Number, r.Faults)
					}
				}
			}
		})
	}
}

func TestCSVKinds(t *testing.T) {
	file := mustOpen(t, []byte("Month,Amount\n,x\n"), Options{Header: header})
	rows, err := collect(file.Sheets[0])
	if err != nil {
		t.Fatal(err)
	}
	if got := rows[1].Cells; got[0].Kind != Blank || got[1].Kind != Text {
		t.Errorf("cells %+v, want a blank and a text", got)
	}
}

func TestCSVDelimiterFromConfiguration(t *testing.T) {
	data := []byte("sep=,\nMonth;Amount\n1;2\n")
	file := mustOpen(t, data, Options{Header: header, Delimiter: ';'})
	rows, err := collect(file.Sheets[0])
	if err != nil || text(rows) != "2: Month|Amount\n3: 1|2\n" {
		t.Errorf("rows\n%s, %v", text(rows), err)
	}
	if _, err := openBytes(t, data, Options{Delimiter: '"'}); err == nil {
		t.Error("a quote was taken as a delimiter")
	}
}

func TestCSVWithoutHeaderFunction(t *testing.T) {
	file := mustOpen(t, []byte("a;b,b\nc;d\ne;f,f,f\n"), Options{})
	if file.Delimiter != ';' {
		t.Errorf("delimiter %q, want the one with equal field counts", file.Delimiter)
	}
}

func TestCSVUnterminated(t *testing.T) {
	for _, tt := range []struct {
		data   string
		accept bool
		want   bool
	}{
		{"Month,Amount\n1,2\n", false, false},
		{"Month,Amount\n1,2", false, true},
		{"Month,Amount\n1,\"2\"", false, true},
		{"Month,Amount\n1,2", true, false},
		{"Month,Amount\n\"a\nb\",2\n", false, false},
	} {
		t.Run(tt.data, func(t *testing.T) {
			file := mustOpen(t, []byte(tt.data), Options{Header: header, AcceptMissingFinalNewline: tt.accept})
			rows, err := collect(file.Sheets[0])
			if err != nil {
				t.Fatal(err)
			}
			if rows[0].Unterminated || rows[1].Unterminated != tt.want {
				t.Errorf("%q: unterminated %v and %v, want false and %v", tt.data, rows[0].Unterminated, rows[1].Unterminated, tt.want)
			}
		})
	}
}

func TestCSVRowFaults(t *testing.T) {
	tests := []struct {
		name, row string
		words     []string
	}{
		{"NUL", "a\x00b,1", []string{"row 2", "NUL", "field 1"}},
		{"control character", "1,a\x0Bb", []string{"row 2", "U+000B", "field 2"}},
		{"delete", "1,\x7F", []string{"U+007F"}},
		{"C1 control", "1,\u0085", []string{"U+0085"}},
		{"quote inside", `12" screen,1`, []string{"row 2", "quote inside of a field"}},
		{"text after a quote", `"a"b,1`, []string{"row 2", "closing quote"}},
		{"lone carriage return", "a\rb,1", []string{"row 2", "carriage return"}},
		{"lone carriage return beside quotes", "a\rb,\"1\"", []string{"row 2", "carriage return"}},
		{"invalid UTF-8", "ä ö ü,\xFC", []string{"row 2", "0xFC", "field 2"}},
		{"a long run of bytes", strings.Repeat("\x9D", 300) + "\x00,1", []string{"row 2", "0x9D"}},
		{"large field", strings.Repeat("x", 101) + ",1", []string{"row 2", "field 1", "max_field_bytes = 100"}},
		{"many columns", "1,2,3,4,5,6", []string{"row 2", "max_columns = 5"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			limits := Limits{MaxFieldBytes: 100, MaxColumns: 5}
			file := mustOpen(t, []byte("Month,Amount\n"+tt.row+"\nlast,1\n"), Options{Header: header, Limits: limits})
			rows, err := collect(file.Sheets[0])
			if err != nil {
				t.Fatal(err)
			}
			if len(rows) != 3 || len(rows[0].Faults) > 0 || len(rows[2].Faults) > 0 {
				t.Fatalf("rows %+v, want a fault in the second of three only", rows)
			}
			faults := &Faults{}
			for _, f := range rows[1].Faults {
				faults.Add(f)
			}
			wantFault(t, faults.Err(), tt.words...)
		})
	}
}

func TestCSVUndefinedBytesOfWindows1252(t *testing.T) {
	for _, c := range []string{"\x81", "\x8D", "\x8F", "\x90", "\x9D"} {
		t.Run(c, func(t *testing.T) {
			file := mustOpen(t, []byte("Month,Amount\n\xFC"+c+",1\n"), Options{Header: header})
			rows, err := collect(file.Sheets[0])
			if err != nil {
				t.Fatal(err)
			}
			if file.Encoding != "Windows-1252" || len(rows[1].Faults) != 1 {
				t.Errorf("%q: %s, faults %v; want one", c, file.Encoding, rows[1].Faults)
			}
		})
	}
}

func TestCSVDamagedUTF16(t *testing.T) {
	for _, data := range []string{
		"\xFF\xFEM\x00o\x00n\x00t\x00h\x00,\x00x\x00\n\x00a\x00\x00\xD8,\x00b\x00\n\x00", // half a pair
		"\xFF\xFEM\x00o\x00n\x00t\x00h\x00,\x00x\x00\n\x00a\x00,\x00b",                   // half a unit
	} {
		file := mustOpen(t, []byte(data), Options{Header: header})
		rows, err := collect(file.Sheets[0])
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) != 2 || len(rows[1].Faults) == 0 || !strings.Contains(rows[1].Faults[0].Problem, "UTF-16LE") {
			t.Errorf("%q: rows %+v, want a fault in the second", data, rows)
		}
	}
}

func TestCSVStructuralFaults(t *testing.T) {
	many := strings.Repeat("1,2\n", 100)
	tests := []struct {
		name, data string
		words      []string
	}{
		{"unterminated quote", "Month,Amount\n" + many + "a,\"b\nc\n", []string{"row 102", "opens on line 102"}},
		{"unterminated quote past the limit", "Month,Amount\n" + many + "x,1\na,\"b\n" + strings.Repeat("y\n", 5000), []string{"opens on line 103"}},
		{"quote that opens in a later line", "Month,Amount\n" + many + "\"a\nb\",\"c\n", []string{"opens on line 103"}},
		{"long line", "Month,Amount\n" + many + strings.Repeat("x", 5000) + "\n", []string{"row 102", "max_line_bytes = 4096"}},
		{"many rows", "Month,Amount\n" + strings.Repeat(many, 20), []string{"row 1001", "max_rows = 1000"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := mustOpen(t, []byte(tt.data), Options{Header: header, Limits: Limits{MaxLineBytes: 4096, MaxRows: 1000}})
			_, err := collect(file.Sheets[0])
			wantFault(t, err, tt.words...)
		})
	}
}

func TestCSVRefusedAtOnce(t *testing.T) {
	tests := []struct {
		name, data string
		words      []string
	}{
		{"old Mac line ends", "Month,Amount\r1,2\r3,4\r", []string{"row 1", "lone carriage return"}},
		{"old Mac line ends past the limit", "Month,Amount\r" + strings.Repeat("1,2\r", 5000), []string{"lone carriage return"}},
		{"sep= with no delimiter", "sep=a\nMonth,Amount\n", []string{"row 1", "sep=a"}},
		{"no header", "Dear all,\nplease find the numbers attached.\n", []string{"header"}},
		{"a quote that swallows the header", "\"Month,Amount\n1,2\n", []string{"line 1 is never closed"}},
		{"large file", strings.Repeat("x", 9000), []string{"max_file_bytes = 8192"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := openBytes(t, []byte(tt.data), Options{Header: header, Limits: Limits{MaxLineBytes: 4096, MaxFileBytes: 8192}})
			if tt.name == "old Mac line ends past the limit" {
				_, err = openBytes(t, []byte(tt.data), Options{Header: header, Limits: Limits{MaxLineBytes: 4096}})
			}
			wantFault(t, err, tt.words...)
		})
	}
}

func TestRowsEndWithTheCallersError(t *testing.T) {
	enough := errors.New("enough")
	for _, data := range [][]byte{[]byte("Month,Amount\n1,2\n"), book(t, `<row><c><v>1</v></c></row><row><c><v>2</v></c></row>`)} {
		file := mustOpen(t, data, Options{Header: header})
		calls := 0
		err := file.Sheets[0].Rows(context.Background(), func(Row) error { calls++; return enough })
		if !errors.Is(err, enough) || calls != 1 {
			t.Errorf("error %v after %d calls, want that of the caller after the first", err, calls)
		}
	}
}

func TestCancelledContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, data := range [][]byte{[]byte("Month,Amount\n1,2\n"), book(t, `<row><c><v>1</v></c></row>`)} {
		if _, err := Open(ctx, bytes.NewReader(data), int64(len(data)), Options{TempDir: t.TempDir()}); !errors.Is(err, context.Canceled) {
			t.Errorf("open: %v, want that it was cancelled", err)
		}
		file := mustOpen(t, data, Options{Header: header})
		if err := file.Sheets[0].Rows(ctx, func(Row) error { return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("rows: %v, want that it was cancelled", err)
		}
	}
}

// brokenDisk fails to read beyond its first bytes.
type brokenDisk struct {
	io.ReaderAt
	good int64
}

var errDisk = errors.New("input/output error")

func (d brokenDisk) ReadAt(b []byte, offset int64) (int, error) {
	if offset+int64(len(b)) > d.good {
		return 0, errDisk
	}
	return d.ReaderAt.ReadAt(b, offset)
}

func TestReadErrorIsNoFault(t *testing.T) {
	csv := []byte("Month,Amount\n" + strings.Repeat("1,2\n", 100_000))
	xlsx := book(t, strings.Repeat(`<row><c><v>1</v></c></row>`, 1000))
	for _, data := range [][]byte{csv, xlsx} {
		for _, good := range []int64{0, int64(len(data)) / 2, int64(len(data)) - 1} {
			_, err := Open(context.Background(), brokenDisk{bytes.NewReader(data), good}, int64(len(data)),
				Options{Header: header, TempDir: t.TempDir()})
			if _, refused := asFaults(err); err == nil || refused || !errors.Is(err, errDisk) {
				t.Errorf("%d good bytes: %v, want the disk's error and no fault", good, err)
			}
		}
	}
}
