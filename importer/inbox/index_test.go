package inbox

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestReceiptSurvivesItsLine(t *testing.T) {
	for _, name := range []string{
		"march.csv", "sub/with, comma.csv", `with "quotes".csv`, " leading blank.csv", "Grüße 北京.xlsx",
		"=HYPERLINK(1).csv", "'=quoted.csv", "''+.csv", "'s-Hertogenbosch.csv", "-2.csv", "@me.csv", `\.`,
		display("two\r\nlines.csv"), display("\xff\u202e.csv"),
	} {
		r := Receipt{1, received, name, sumOf(name), "earnings"}
		line := r.line()
		if strings.Count(line, "\n") != 1 || !strings.HasSuffix(line, "\n") {
			t.Errorf("%q is not one line: %q", name, line)
		}
		if back, err := parseReceipt(line); err != nil || back != r {
			t.Errorf("%q came back as %+v, %v", line, back, err)
		}
		if cell := strings.Split(line, ",")[2]; strings.ContainsAny(cell[:1], "=+-@") {
			t.Errorf("%q begins a formula", cell)
		}
	}
}

func TestDisplay(t *testing.T) {
	for in, want := range map[string]string{
		"Grüße 北京.csv":      "Grüße 北京.csv",
		"two\nlines":        `two\nlines`,
		"\xff\u202e\u200b":  `\xff\u202e\u200b`,
		"\x00\x1b[31m":      `\x00\x1b[31m`,
		`a\b "c".csv`:       `a\b "c".csv`,
		"\ufffd replaced":   "\ufffd replaced",
		"\U000e0001 tagged": `\U000e0001 tagged`,
	} {
		if got := display(in); got != want {
			t.Errorf("%q is shown as %q, want %q", in, got, want)
		}
	}
}

func indexOf(receipts ...Receipt) string {
	content := header
	for _, r := range receipts {
		content += r.line()
	}
	return content
}

func TestIndexDamage(t *testing.T) {
	one := Receipt{1, received, "a.csv", sumOf("a"), "earnings"}
	two := Receipt{2, received, "b.csv", sumOf("b"), "claims"}
	good := indexOf(one, two)
	gap := two
	gap.Number = 3
	for _, c := range []struct {
		name, content string
		receipts      int
		torn          string
		damage        string
	}{
		{name: "whole", content: good, receipts: 2},
		{name: "no receipts yet", content: header},
		{name: "last line feed missing", content: strings.TrimSuffix(good, "\n"), receipts: 1,
			torn: strings.TrimSuffix(two.line(), "\n")},
		{name: "half a line", content: good + "3,2020-10", receipts: 2, torn: "3,2020-10"},
		{name: "open quote", content: good + `3,2020-10-15T06:00:00Z,"a`, receipts: 2, torn: `3,2020-10-15T06:00:00Z,"a`},
		{name: "zeros for a line", content: good + "\x00\x00\x00\n", receipts: 2, torn: "\x00\x00\x00\n"},
		{name: "last line wrong", content: indexOf(one, gap), receipts: 1, torn: gap.line()},
		{name: "half a header", content: "number,rec", damage: "line 1"},
		{name: "another header", content: "a,b\n" + one.line(), damage: "line 1"},
		{name: "byte-order mark", content: "\ufeff" + good, damage: "line 1"},
		{name: "saved with CRLF", content: strings.ReplaceAll(good, "\n", "\r\n"), damage: "line 1"},
		{name: "line in the middle lost", content: indexOf(one, gap, gap), damage: "line 3 has receipt 3 where receipt 2 belongs"},
		{name: "line in the middle torn", content: header + "1,2020\n" + two.line(), damage: "line 2"},
		{name: "blank line", content: indexOf(one) + "\n" + two.line(), damage: "line 3"},
		{name: "upper-case fingerprint", damage: "line 2",
			content: header + strings.Replace(one.line(), one.SHA256, strings.ToUpper(one.SHA256), 1) + two.line()},
		{name: "time not in UTC", damage: "line 2",
			content: header + strings.Replace(one.line(), "06:00:00Z", "08:00:00+02:00", 1) + two.line()},
		{name: "needless quotes", damage: "line 2",
			content: header + strings.Replace(one.line(), "a.csv", `"a.csv"`, 1) + two.line()},
	} {
		t.Run(c.name, func(t *testing.T) {
			folders := workspace(t)
			if err := os.MkdirAll(folders.Archive, 0o750); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(folders.Archive, "index.csv")
			if err := os.WriteFile(path, []byte(c.content), 0o640); err != nil {
				t.Fatal(err)
			}
			a, err := OpenArchive(folders.Archive)
			if c.damage != "" {
				if err == nil || !strings.Contains(err.Error(), c.damage) || !strings.Contains(err.Error(), "backup") {
					t.Fatalf("error %v does not name %q and what to do", err, c.damage)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			receipts, err := a.Receipts(0)
			if err != nil || len(receipts) != c.receipts || string(a.index.torn) != c.torn {
				t.Errorf("%d receipts, %q torn, %v; want %d and %q", len(receipts), a.index.torn, err, c.receipts, c.torn)
			}
		})
	}
}

func FuzzIndex(f *testing.F) {
	one := Receipt{1, received, "a, \"b\".csv", sumOf("a"), "earnings"}
	f.Add([]byte(indexOf(one)))
	f.Add([]byte(indexOf(one) + "2,2020"))
	f.Add([]byte(header + "1,,,,\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		in, err := parseIndex(content)
		if err != nil {
			return
		}
		if string(in.intact)+string(in.torn) != string(content) {
			t.Errorf("%q and %q are not the whole of %q", in.intact, in.torn, content)
		}
		if len(in.intact) > 0 && indexOf(in.receipts...) != string(in.intact) {
			t.Errorf("%q was read as %+v", in.intact, in.receipts)
		}
	})
}

func TestFilesGroupReceipts(t *testing.T) {
	at := func(day int) time.Time { return received.AddDate(0, 0, day) }
	a, b := sumOf("a"), sumOf("b")
	archive := &Archive{index: index{receipts: []Receipt{
		{1, at(0), "m.csv", a, "claims"},
		{2, at(1), "n.csv", b, "earnings"},
		{3, at(2), "B.csv", a, "claims"},
		{4, at(3), "z.csv", a, "sheet"},
	}}}
	for known, want := range map[int][]Original{
		0: {{a, "B.csv", 4, "sheet"}, {b, "n.csv", 2, "earnings"}},
		3: {{a, "B.csv", 3, "claims"}, {b, "n.csv", 2, "earnings"}},
		1: {{a, "m.csv", 1, "claims"}},
	} {
		got, err := archive.Files(known)
		if err != nil || len(got) != len(want) {
			t.Fatalf("%d known: %+v, %v", known, got, err)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%d known: file %d is %+v, want %+v", known, i, got[i], want[i])
			}
		}
	}
	for _, known := range []int{-1, 5} {
		if _, err := archive.Files(known); err == nil {
			t.Errorf("%d of 4 receipts were taken", known)
		}
	}
}
