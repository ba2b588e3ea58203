package inbox

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cspcoop/importer/disk"
	"cspcoop/importer/disk/faulty"

	"golang.org/x/text/encoding/unicode"
)

func TestReceiptSurvivesItsLine(t *testing.T) {
	for _, name := range []string{
		"march.csv", "sub/with, comma.csv", `with "quotes".csv`, " leading blank.csv", "Grüße 北京.xlsx",
		"=HYPERLINK(1).csv", "'=quoted.csv", "''+.csv", "'s-Hertogenbosch.csv", "-2.csv", "@me.csv", `\.`,
		Display("two\r\nlines.csv"), Display("\xff\u202e.csv"),
	} {
		t.Run(name, func(t *testing.T) {
			r := Receipt{Number: 1, Received: received, Name: name, SHA256: sumOf(name), Kind: "earnings"}
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
		})
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
		t.Run(in, func(t *testing.T) {
			if got := Display(in); got != want {
				t.Errorf("%q is shown as %q, want %q", in, got, want)
			}
		})
	}
}

func indexOf(receipts ...Receipt) string { return string(listOf(receipts)) }

// archived is a workspace whose archive has this list of receipts, and these originals.
func archived(t *testing.T, list string, originals ...string) Folders {
	t.Helper()
	folders := workspace(t)
	if err := os.MkdirAll(folders.Archive, 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folders.Archive, "index.csv"), []byte(list), 0o640); err != nil {
		t.Fatal(err)
	}
	for _, content := range originals {
		if err := os.WriteFile(filepath.Join(folders.Archive, sumOf(content)), []byte(content), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	return folders
}

func TestIndexDamage(t *testing.T) {
	one := Receipt{Number: 1, Received: received, Name: "a.csv", SHA256: sumOf("a"), Kind: "earnings"}
	two := Receipt{Number: 2, Received: received, Name: "=b.csv", SHA256: sumOf("b"), Kind: "claims"}
	out := Receipt{Number: 3, Received: received, Name: "a.csv", SHA256: sumOf("a"), Kind: KindWithdrawal, By: "Adele Vance", Reason: "wrong month, \"March\""}
	good := indexOf(one, two)
	all := indexOf(one, two, out)
	gap := two
	gap.Number = 3
	crlf := strings.NewReplacer("\n", "\r\n")
	semicolons := strings.NewReplacer(`,"wrong month, ""March"""`, `;"wrong month, ""March"""`, ",", ";")
	for _, c := range []struct {
		name, content string
		receipts      int
		foreign       bool
		torn          string
		damage        string // what the message says, and how to get out of it
	}{
		{name: "whole", content: all, receipts: 3},
		{name: "last line end lost", content: strings.TrimSuffix(good, "\n"), receipts: 2, foreign: true},
		{name: "line end of a withdrawal lost", content: strings.TrimSuffix(all, "\n"), receipts: 3, foreign: true},
		{name: "half a line", content: good + "3,2020-10", receipts: 2, torn: "3,2020-10"},
		{name: "open quote", content: good + `3,2020-10-15T06:00:00Z,"a`, receipts: 2, torn: `3,2020-10-15T06:00:00Z,"a`},
		{name: "zeros for a line", content: good + "\x00\x00\x00\n", receipts: 2, torn: "\x00\x00\x00\n"},

		{name: "byte-order mark", content: "\ufeff" + all, receipts: 3, foreign: true},
		{name: "CRLF", content: crlf.Replace(all), receipts: 3, foreign: true},
		{name: "CRLF without the last one", content: strings.TrimSuffix(crlf.Replace(all), "\r\n"), receipts: 3, foreign: true},
		{name: "CRLF, mark, padded", content: "\ufeff" + crlf.Replace(strings.NewReplacer("kind\n", "kind,,\n", "earnings\n", "earnings,,\n", "claims\n", "claims,,\n").Replace(all)), receipts: 3, foreign: true},
		{name: "semicolons", content: semicolons.Replace(all), receipts: 3, foreign: true},
		{name: "tabs", content: strings.ReplaceAll(good, ",", "\t"), receipts: 2, foreign: true},
		{name: "UTF-16, as Unicode text", content: utf16(unicode.LittleEndian, crlf.Replace(strings.ReplaceAll(good, ",", "\t"))), receipts: 2, foreign: true},
		{name: "UTF-16, big end first", content: utf16(unicode.BigEndian, all), receipts: 3, foreign: true},
		{name: "needless quotes", content: strings.Replace(good, "a.csv", `"a.csv"`, 1), receipts: 2, foreign: true},
		{name: "rows in another order", content: header + two.line() + one.line(), receipts: 2, foreign: true},
		{name: "blank line", content: indexOf(one) + "\n" + two.line(), receipts: 2, foreign: true},
		{name: "columns in another order", receipts: 3, foreign: true, content: "kind,sha256,number,received,name,,\n" +
			"earnings," + one.SHA256 + ",1,2020-10-15T06:00:00Z,a.csv,,\n" + "claims," + two.SHA256 + ",2,2020-10-15T06:00:00Z,'=b.csv,,\n" +
			"withdrawal," + one.SHA256 + ",3,2020-10-15T06:00:00Z,a.csv,Adele Vance,\"wrong month, \"\"March\"\"\"\n"},

		{name: "empty", content: "", damage: sumOf("b") + ", " + sumOf("a") + "|move these files from the archive into the inbox"},
		{name: "header only", content: header, damage: sumOf("b") + ", " + sumOf("a") + "|move these files from the archive into the inbox"},
		{name: "last line lost", content: indexOf(one), damage: sumOf("b") + "|restore"},
		{name: "last line lost by a spreadsheet", content: crlf.Replace(indexOf(one)), damage: sumOf("b") + "|restore"},
		{name: "last line wrong", content: indexOf(one, gap), damage: sumOf("b") + "|restore"},
		{name: "half a header", content: "number,rec", damage: "line 1|restore"},
		{name: "another header", content: "a,b\n" + one.line(), damage: "line 1|restore"},
		{name: "a column lost", content: "number,received,name,sha256\n" + one.line(), damage: `lacks the column "kind"|restore`},
		{name: "line in the middle lost", content: indexOf(one, gap, gap), damage: "line 3 has receipt 3 where receipt 2 belongs|restore"},
		{name: "line in the middle lost by a spreadsheet", content: crlf.Replace(indexOf(one, gap)), damage: "has receipt 3 where receipt 2 belongs|restore"},
		{name: "line twice by a spreadsheet", content: crlf.Replace(indexOf(one, one, two)), damage: "has receipt 1 where receipt 2 belongs|restore"},
		{name: "line in the middle torn", content: header + "1,2020\n" + two.line(), damage: "line 2|restore"},
		{name: "date format of a spreadsheet", content: crlf.Replace(strings.ReplaceAll(good, "2020-10-15T06:00:00Z", "15.10.2020 06:00")), damage: "line 2|restore"},
		{name: "UTF-16 with a code unit lost", content: utf16(unicode.LittleEndian, all)[:20] + utf16(unicode.LittleEndian, all)[21:], damage: "damaged|restore"},
		{name: "UTF-16 without its last line", content: utf16(unicode.LittleEndian, indexOf(one)), damage: sumOf("b") + "|restore"},
		{name: "UTF-16 without its mark", content: utf16(unicode.LittleEndian, all)[2:], damage: "line 1|restore"},
		{name: "Windows-1252", content: crlf.Replace(strings.Replace(all, "a.csv", "M\xe4rz.csv", 2)), damage: "code page|restore"},
		{name: "not UTF-8", content: crlf.Replace(strings.Replace(good, "a.csv", "\xfc.csv", 1)), damage: "not UTF-8|restore"},
		{name: "upper-case SHA-256", damage: "line 2|restore",
			content: header + strings.Replace(one.line(), one.SHA256, strings.ToUpper(one.SHA256), 1) + two.line()},
		{name: "withdrawal without its reason", damage: "line 4|restore",
			content: crlf.Replace(good + strings.Replace(out.line(), `,"wrong month, ""March"""`, ",", 1))},
	} {
		t.Run(c.name, func(t *testing.T) {
			folders := archived(t, c.content, "a", "b")
			a, err := OpenArchive(folders)
			if c.damage != "" {
				for _, part := range strings.Split(c.damage, "|") {
					if err == nil || !strings.Contains(err.Error(), part) {
						t.Errorf("error %v lacks %q", err, part)
					}
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if a.index.foreign != c.foreign || string(a.index.torn) != c.torn {
				t.Errorf("foreign: %v, %q torn; want %v and %q", a.index.foreign, a.index.torn, c.foreign, c.torn)
			}
			if want := []Receipt{one, two, out}[:c.receipts]; !slices.Equal(a.index.receipts, want) {
				t.Errorf("receipts are %+v, want %+v", a.index.receipts, want)
			}
			// The next run goes on from a list in the program's own form.
			in := start(t, disk.OS(), folders)
			content, err := os.ReadFile(filepath.Join(folders.Archive, "index.csv"))
			if err != nil || string(content) != indexOf(in.Archive.index.receipts...) || len(in.Archive.index.receipts) != c.receipts {
				t.Errorf("after the next start the list is %q, %v", content, err)
			}
		})
	}
}

// What a killed run leaves is no damage: its file is still in the inbox, or its move on record.
func TestProofAllowsWhatAKilledRunLeaves(t *testing.T) {
	one := Receipt{Number: 1, Received: received, Name: "a.csv", SHA256: sumOf("a"), Kind: "earnings"}
	two := Receipt{Number: 2, Received: received, Name: "b.csv", SHA256: sumOf("b"), Kind: "earnings"}
	for _, c := range []struct {
		name, list string
		originals  []string
		inbox      string
		recorded   string
		receipts   int
		damage     string
	}{
		{name: "original without receipt, still in the inbox", list: indexOf(one), originals: []string{"a", "b"}, inbox: "b", receipts: 1},
		{name: "original without receipt, on record", list: indexOf(one), originals: []string{"a", "b"}, recorded: "b", receipts: 1},
		{name: "torn receipt, still in the inbox", list: strings.TrimSuffix(indexOf(one, two), "\n"), originals: []string{"a", "b"}, inbox: "b", receipts: 1},
		{name: "receipt without original, still in the inbox", list: indexOf(one, two), originals: []string{"a"}, inbox: "b", receipts: 2},
		{name: "another file in the inbox", list: indexOf(one), originals: []string{"a", "b"}, inbox: "c", damage: sumOf("b")},
		{name: "another file on record", list: indexOf(one), originals: []string{"a", "b"}, recorded: "c", damage: sumOf("b")},
		{name: "receipt without original", list: indexOf(one, two), originals: []string{"a"}, damage: "b.csv, receipt 2"},
		{name: "both", list: indexOf(one), originals: []string{"b"}, damage: "a.csv, receipt 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			folders := archived(t, c.list, c.originals...)
			if c.inbox != "" {
				drop(t, folders, "waiting.csv", c.inbox)
			}
			if c.recorded != "" {
				if err := (move{2, []byte("b.csv"), received, sumOf(c.recorded)}).write(disk.OS(), folders.State); err != nil {
					t.Fatal(err)
				}
			}
			a, err := OpenArchive(folders)
			if c.damage != "" {
				if err == nil || !strings.Contains(err.Error(), c.damage) {
					t.Errorf("error %v lacks %q", err, c.damage)
				}
				return
			}
			if err != nil || len(a.index.receipts) != c.receipts {
				t.Errorf("receipts %+v, error %v; want %d", a, err, c.receipts)
			}
		})
	}
}

func FuzzIndex(f *testing.F) {
	one := Receipt{Number: 1, Received: received, Name: "a, \"b\".csv", SHA256: sumOf("a"), Kind: "earnings"}
	out := Receipt{Number: 2, Received: received, Name: "a.csv", SHA256: sumOf("a"), Kind: KindWithdrawal, By: "=x", Reason: "why"}
	f.Add([]byte(indexOf(one, out)))
	f.Add([]byte(indexOf(one) + "2,2020"))
	f.Add([]byte(header + "1,,,,\n"))
	f.Add([]byte(header + "1\"afac231b,earnings\n2,2020-1ooooo000:00Z,a.csv,ca978112,withdrawal,'=xrawal,,why\n"))
	f.Add([]byte("\ufeff" + strings.NewReplacer("\n", "\r\n", ",", ";").Replace(indexOf(one, out))))
	f.Fuzz(func(t *testing.T, content []byte) {
		in, err := parseIndex(content)
		if err != nil {
			return
		}
		if !in.foreign && string(in.intact)+string(in.torn) != string(content) {
			t.Errorf("%q and %q are not the whole of %q", in.intact, in.torn, content)
		}
		if len(in.intact) > 0 && indexOf(in.receipts...) != string(in.intact) {
			t.Errorf("%q was read as %+v", in.intact, in.receipts)
		}
		for i, r := range in.receipts {
			if r.Number != i+1 {
				t.Errorf("receipt %d has the number %d", i+1, r.Number)
			}
		}
	})
}

func TestFilesGroupReceipts(t *testing.T) {
	at := func(day int) time.Time { return received.AddDate(0, 0, day) }
	a, b := sumOf("a"), sumOf("b")
	archive := &Archive{index: index{receipts: []Receipt{
		{Number: 1, Received: at(0), Name: "m.csv", SHA256: a, Kind: "claims"},
		{Number: 2, Received: at(1), Name: "n.csv", SHA256: b, Kind: "earnings"},
		{Number: 3, Received: at(2), Name: "B.csv", SHA256: a, Kind: "claims"},
		{Number: 4, Received: at(3), Name: "z.csv", SHA256: a, Kind: "sheet"},
		{Number: 5, Received: at(4), Name: "m.csv", SHA256: a, Kind: KindWithdrawal, By: "Adele Vance", Reason: "wrong"},
		{Number: 6, Received: at(5), Name: "q.csv", SHA256: a, Kind: "claims"},
	}}}
	for _, c := range []struct {
		known     int
		files     []Original
		withdrawn []Withdrawal
	}{
		{0, []Original{{b, "n.csv", 2, "earnings"}, {a, "q.csv", 6, "claims"}}, nil},
		{5, []Original{{b, "n.csv", 2, "earnings"}}, []Withdrawal{{Original{a, "B.csv", 4, "sheet"}, "Adele Vance", "wrong"}}},
		{4, []Original{{a, "B.csv", 4, "sheet"}, {b, "n.csv", 2, "earnings"}}, nil},
		{3, []Original{{a, "B.csv", 3, "claims"}, {b, "n.csv", 2, "earnings"}}, nil},
		{1, []Original{{a, "m.csv", 1, "claims"}}, nil},
	} {
		files, withdrawn, err := archive.Files(c.known)
		if err != nil || !slices.Equal(files, c.files) || !slices.Equal(withdrawn, c.withdrawn) {
			t.Errorf("%d known: %+v, withdrawn %+v, %v", c.known, files, withdrawn, err)
		}
	}
	for _, known := range []int{-1, 7} {
		if _, _, err := archive.Files(known); err == nil {
			t.Errorf("%d of 6 receipts were taken", known)
		}
	}
}

func TestWithdraw(t *testing.T) {
	folders := workspace(t)
	drop(t, folders, "a.csv", "first")
	if err := receiveAll(disk.OS(), folders); err != nil {
		t.Fatal(err)
	}
	if _, err := start(t, disk.OS(), folders).Withdraw(1, "Adele Vance", "=wrong\nmonth", received); err != nil {
		t.Fatal(err)
	}
	in := start(t, disk.OS(), folders)
	want := Receipt{Number: 2, Received: received, Name: "a.csv", SHA256: sumOf("first"), Kind: KindWithdrawal, By: "Adele Vance", Reason: `=wrong\nmonth`}
	if got := in.Archive.index.receipts[1]; got != want {
		t.Errorf("the receipt is %+v, want %+v", got, want)
	}
	for number, says := range map[int]string{
		0: "no receipt 0", 1: "already withdrawn by Adele Vance (receipt 2)", 2: "itself a withdrawal", 3: "has 1 to 2",
	} {
		if _, err := in.Withdraw(number, "x", "y", received); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("receipt %d: error %v lacks %q", number, err, says)
		}
	}
	drop(t, folders, "again.csv", "first")
	if err := receiveAll(disk.OS(), folders); err != nil {
		t.Fatal(err)
	}
	if _, err := start(t, disk.OS(), folders).Withdraw(1, "Adele Vance", "still wrong", received); err != nil {
		t.Errorf("the file that was dropped again cannot be withdrawn: %v", err)
	}
}

// A withdrawal is written or not, whatever fails; nothing else changes.
func TestEveryFaultOfAWithdrawal(t *testing.T) {
	faulty.Sweep(t, func(t *testing.T, d *faulty.Disk) {
		folders := crowded(t)
		if err := receiveAll(disk.OS(), folders); err != nil {
			t.Fatal(err)
		}
		in, err := Start(d, folders)
		if err != nil {
			t.Fatal(err)
		}
		_, failed := in.Withdraw(1, "Adele Vance", "wrong", received)
		in.Close()
		again := start(t, faulty.New(disk.OS()), folders)
		n := len(again.Archive.index.receipts)
		if failed == nil && n != 4 || n < 3 || n > 4 {
			t.Errorf("error %v, and %d receipts", failed, n)
		}
		if n == 3 {
			if _, err := again.Withdraw(1, "Adele Vance", "wrong", received); err != nil {
				t.Errorf("the next attempt: %v", err)
			}
		}
		left := faulty.Tree(t, filepath.Dir(folders.Inbox))
		withdrawal := Receipt{Number: 4, Received: received, Name: "a.csv", SHA256: sumOf("first"), Kind: KindWithdrawal, By: "Adele Vance", Reason: "wrong"}
		want := complete()
		want["archive/index.csv"] += withdrawal.line()
		if !maps.Equal(left, want) {
			t.Errorf("left is %q, want %q", left, want)
		}
	})
}

// utf16 writes a text as UTF-16 with its mark.
func utf16(order unicode.Endianness, text string) string {
	wide, err := unicode.UTF16(order, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		panic(err)
	}
	return wide
}
