package table

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// TestQuotesByStart reads large files whose quotes are settled by their starts: a
// late line that shows them to be characters ends the reading, and a file that
// follows the rule is read like the same one after a full look.
func TestQuotesByStart(t *testing.T) {
	filler := strings.Repeat("2020-03;Contoso;1.00\n", startBytes/20)
	for _, tt := range []struct {
		name, delimiter, late string
		doubtful              bool
	}{
		{"no quotes", "\t", "1;a;5\n", false},
		{"proven quotes", "\t", "1;\"a \"\"b\"\"\";5\n", false},
		{"a quote inside", "\t", "1;50\";5\n", true},
		{"a quote inside, pipes", "|", "1;50\";5\n", true},
		{"a quote inside, commas", ",", "1;50\";5\n", false},
		{"text after quotes", ";", "1;\"Surface\" Hub;5\n", true},
		{"a line break", "\t", "1;\"a\nb\";5\n", true},
		{"a line break, semicolons", ";", "1;\"a\nb\";5\n", false},
		{"an open quote", "\t", "1;\"a;5\n2;b;6\n", true},
		{"an open quote, pipes", "|", "1;\"a;5\n2;b;6\n", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := []byte(strings.ReplaceAll("Month;Partner;Amount\n"+filler+tt.late+"3;c;7\n", ";", tt.delimiter))
			count := func(byStart bool) (rows int, err, inBlocks error) {
				sheet := mustOpen(t, data, Options{Header: header, DialectByStart: byStart}).Sheets[0]
				err = sheet.Rows(context.Background(), func(r Row) error { rows++; return nil })
				inBlocks = sheet.Blocks(context.Background(), 2, atOnce(func(b *Block) error { return b.Rows(func(Row) error { return nil }) }))
				return rows, err, inBlocks
			}
			rows, err, inBlocks := count(true)
			if errors.Is(err, ErrDialect) != tt.doubtful || errors.Is(inBlocks, ErrDialect) != tt.doubtful {
				t.Fatalf("errors %v and %v; want ErrDialect: %v", err, inBlocks, tt.doubtful)
			}
			if tt.doubtful {
				return
			}
			if all, err, _ := count(false); rows != all || err != nil {
				t.Errorf("%d rows, and %d after a full look (%v)", rows, all, err)
			}
		})
	}
}

// TestQuotes reads files between whose delimiters quotes may be characters, row by
// row and in blocks.
func TestQuotes(t *testing.T) {
	const tabs, pipes = "Month\tPartner\tAmount\n", "Month|Partner|Amount\n"
	tests := []struct {
		name, data string
		want       string
		faults     string // each row with faults, and their words
	}{
		{"a quote inside", tabs + "1\tHub 50\"\t5\n2\tb\t6\n", "2: 1|Hub 50\"|5\n3: 2|b|6\n", ""},
		{"a quote at the start", tabs + "1\t\"Surface\" Hub\t5\n", "2: 1|\"Surface\" Hub|5\n", ""},
		{"a name in quotes beside such", tabs + "1\t\"Surface\" Hub\t5\n2\t\"Café\"\t6\n", "2: 1|\"Surface\" Hub|5\n3: 2|\"Café\"|6\n", ""},
		{"Excel's quotes", tabs + "1\t\"Hub 50\"\"\"\t5\n2\t\"a, b\"\t6\n", "2: 1|Hub 50\"|5\n3: 2|a, b|6\n", ""},
		{"a tab in quotes", tabs + "1\t\"a\tb\"\t5\n", "2: 1|a\tb|5\n", ""},
		{"a tab between two quotes", tabs + "\"1\tb\"\t5\n2\tc\t6\n", "2: \"1|b\"|5\n3: 2|c|6\n", ""},
		{"all in quotes", strings.ReplaceAll("\"Month\tPartner\tAmount\"\n\"1\ta\t5\"\n", "\t", "\"\t\""), "2: 1|a|5\n", ""},
		{"all in quotes and one inside", strings.ReplaceAll("\"Month\tPartner\tAmount\"\n\"1\ta\"b\t5\"\n", "\t", "\"\t\""), "2: 1|\"a\"b\"|5\n", ""},
		{"a quote that swallows nothing", tabs + "1\t\"Surface\t5\n2\tb\t6\n3\tHub\"\t7\n", "2: 1|\"Surface|5\n3: 2|b|6\n4: 3|Hub\"|7\n", "2: field 2 not closed on its line CSV UTF-8"},
		{"a line break in proven quotes", tabs + "1\t\"a\nb\"\t5\n2\t\"a \"\"c\"\"\"\t6\n", "2: 1|a\nb|5\n4: 2|a \"c\"|6\n", ""},
		{"swallowed rows in proven quotes", tabs + "1\t\"a\t5\n2\tb\"\t6\n3\t\"a \"\"c\"\"\"\t6\n", "2: 1|a\t5\n2\tb|6\n4: 3|a \"c\"|6\n", "2: later line, whole rows"},
		{"a line break in quotes", tabs + "1\t\"a\nb\"\t5\n2\tc\t6\n", "2: 1|\"a\n3: b\"|5\n4: 2|c|6\n", "2: field 2 not closed on its line .xlsx"},
		{"a quote that closes in another field", tabs + "1\t\"a\t5\"x\n", "2: 1|\"a|5\"x\n", "2: field 2 not closed"},
		{"a lone quote", tabs + "1\t\"\t5\n", "2: 1|\"|5\n", "2: field 2 not closed"},
		{"an empty text in quotes", tabs + "1\t\"\"\t5\n", "2: 1||5\n", ""},
		{"a lone CR", tabs + "1\t\"a\rb\"\t5\n", "2: 1|a\rb|5\n", "2: carriage return"},
		{"pipes", pipes + "1|Hub 50\"|5\n", "2: 1|Hub 50\"|5\n", ""},
		{"pipes with quotes", pipes + "1|\"a|b\"|5\n2|\"c\nd\"|6\n", "2: 1|a|b|5\n3: 2|c\nd|6\n", ""},
		{"semicolons", strings.ReplaceAll(tabs, "\t", ";") + "1;\"Surface\" Hub;5\n2;\"Café\";6\n", "2: 1|\"Surface\" Hub|5\n3: 2|\"Café\"|6\n", ""},
		{"semicolons that contradict", strings.ReplaceAll(tabs, "\t", ";") + "1;Hub 50\";5\n2;\"Hub 50\"\"\";6\n", "2: 1|Hub 50\"|5\n3: 2|Hub 50\"|6\n", "2: quote inside"},
		{"semicolons with swallowed rows", strings.ReplaceAll(tabs, "\t", ";") + "1;\"Surface;5\n2;b;6\n3;Hub\";7\n", "2: 1|Surface;5\n2;b;6\n3;Hub|7\n", "2: field 2 later line, whole rows"},
		{"commas with a swallowed row", "Month,Partner,Amount\n1,a,\"5\n2,b,6\"\n", "2: 1|a|5\n2,b,6\n", "2: field 3 later line, whole rows"},
		{"commas with line breaks", "Month,Partner,Amount\n1,\"a, b\nc\",5\n", "2: 1|a, b\nc|5\n", ""},
		{"commas with a quote inside", "Month,Partner,Amount\n1,Hub 50\",5\n", "2: 1|Hub 50\"|5\n", "2: quote inside"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := mustOpen(t, []byte(tt.data), Options{Header: header, blockBytes: 16})
			rows, err := collect(file.Sheets[0])
			if err != nil {
				t.Fatal(err)
			}
			if got := text(rows[1:]); got != tt.want {
				t.Errorf("rows\n%swant\n%s", got, tt.want)
			}
			var faults strings.Builder
			for _, r := range rows {
				for _, f := range r.Faults {
					fmt.Fprintf(&faults, "%d: %s\n", f.Row, f)
				}
			}
			for _, word := range strings.Fields(tt.faults) {
				if !strings.Contains(faults.String(), word) {
					t.Errorf("faults %q, want %q", faults.String(), tt.faults)
				}
			}
			if strings.Count(faults.String(), "\n") != min(len(tt.faults), 1) {
				t.Errorf("faults %q, want %q", faults.String(), tt.faults)
			}
			again, err := inBlocks(file.Sheets[0], 2)
			if err != nil || text(again) != text(rows) {
				t.Errorf("in blocks\n%swant\n%s(%v)", text(again), text(rows), err)
			}
		})
	}
}
