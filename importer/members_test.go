package importer

import (
	"archive/zip"
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
)

// file is a member of an archive under test.
type file struct{ name, content string }

// zipped makes a ZIP archive, as the services of Microsoft write them: deflated,
// with descriptors behind the data.
func zipped(t testing.TB, files ...file) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		part, err := w.Create(f.name)
		if err == nil && f.content != "" {
			_, err = part.Write([]byte(f.content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func readAll(t testing.TB, data []byte, o Options) ([]Member, error) {
	t.Helper()
	o.Table.TempDir = t.TempDir()
	return ReadAll(context.Background(), bytes.NewReader(data), int64(len(data)), o, nil)
}

const (
	headerOfEarnings = "earningId,participantId,programName,earningType,earningDate,earningAmountUSD\n"
	january          = headerOfEarnings + "E1,4400123,p,Coop,2020-01-31,10.00\n"
	february         = headerOfEarnings + "E2,4400123,p,Coop,2020-02-29,20.00\n"
	emptyRegister    = "claimId,participantId,programName,usagePeriod,currency,amount,status\n"
	register         = emptyRegister + "C1,4400123,p,FY21H1,USD,5.00,Editing\n"
)

func TestReadAll(t *testing.T) {
	workbook, err := os.ReadFile("../fixtures/real/x_sheetjs_json.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name  string
		files []file
		want  string // the members, with their rows
	}{
		{"one file", []file{{"Earnings.csv", january}}, "Earnings.csv 1"},
		{"several, in the order of names", []file{{"2020/b.csv", february}, {"2020/", ""}, {"2020/a.csv", january}}, "2020/a.csv 1, 2020/b.csv 1"},
		{"what a Mac adds", []file{{"__MACOSX/", ""}, {"__MACOSX/._a.csv", "\x00\x05"}, {".DS_Store", "x"}, {"in/.DS_Store", "x"}, {"a.csv", january}}, "a.csv 1"},
		{"folders by backslash", []file{{`2020\`, ""}, {`2020\a.csv`, january}}, "2020/a.csv 1"},
		{"a workbook and text", []file{{"a.xlsx", string(workbook)}, {"b.tsv", strings.ReplaceAll(february, ",", "\t")}}, "a.xlsx 12, b.tsv 1"},
		{"the same bytes twice", []file{{"b.csv", january}, {"a.csv", january}}, "a.csv 1"},
		{"a register", []file{{"a.csv", january}, {"claims.csv", register}}, "a.csv 1, claims.csv 1"},
		{"the same register twice", []file{{"claims.csv", register}, {"again.csv", register}}, "again.csv 1"},
		{"names of other alphabets", []file{{"M\x84rz.csv", january}, {"二月.csv", february}}, "März.csv 1, 二月.csv 1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			members, err := readAll(t, zipped(t, tt.files...), Options{})
			if err != nil {
				t.Fatal(everyFault(err))
			}
			var got []string
			for _, m := range members {
				got = append(got, fmt.Sprintf("%s %d", m.Name, m.Source.RowCount()))
				if len(m.SHA256) != 64 {
					t.Errorf("%s has the SHA-256 %q", m.Name, m.SHA256)
				}
			}
			if text := strings.Join(got, ", "); text != tt.want {
				t.Errorf("members %q, want %q", text, tt.want)
			}
		})
	}
	t.Run("no archive", func(t *testing.T) {
		for _, data := range [][]byte{[]byte(january), workbook} {
			members, err := readAll(t, data, Options{})
			if err != nil || len(members) != 1 || members[0].Name != "" || members[0].SHA256 != "" {
				t.Errorf("members %+v, %v", members, err)
			}
		}
	})
}

// TestReadAllSkipsKnown imports no member whose source is known.
func TestReadAllSkipsKnown(t *testing.T) {
	data := zipped(t, file{"a.csv", january}, file{"b.csv", february})
	first, err := readAll(t, data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	kept := &calc.Source{Header: "kept"}
	again, err := ReadAll(context.Background(), bytes.NewReader(data), int64(len(data)), Options{Table: table.Options{TempDir: t.TempDir()}},
		&Known{Sums: map[string]string{}, Source: func(sha256 string) *calc.Source {
			if sha256 == first[1].SHA256 {
				return kept
			}
			return nil
		}})
	if err != nil || len(again) != 2 || again[1].Source != kept || !slices.Equal(figures(again[0].Source), figures(first[0].Source)) || again[0].SHA256 != first[0].SHA256 {
		t.Errorf("members %+v, %v", again, err)
	}
}

// What is known of all members is not inflated: not a byte of their data is read.
func TestReadAllInflatesNothingThatIsKnown(t *testing.T) {
	data := zipped(t, file{"a.csv", january}, file{"b.csv", february}, file{"copy of a.csv", january})
	known := &Known{Sums: map[string]string{}, Source: func(string) *calc.Source { return nil }}
	first, err := ReadAll(t.Context(), bytes.NewReader(data), int64(len(data)), Options{Table: table.Options{TempDir: t.TempDir()}}, known)
	if err != nil || len(first) != 2 || len(known.Sums) != 3 || known.Sums["copy of a.csv"] != first[0].SHA256 {
		t.Fatalf("members %+v, sums %v, %v", first, known.Sums, err)
	}
	known.Source = func(sha256 string) *calc.Source {
		for _, m := range first {
			if m.SHA256 == sha256 {
				return m.Source
			}
		}
		return nil
	}
	// Deflated data that is garbage would be a fault.
	broken := bytes.Clone(data)
	for _, name := range []string{"a.csv", "b.csv", "copy of a.csv"} {
		at := bytes.Index(broken, []byte(name)) + len(name)
		copy(broken[at:], "garbage!")
	}
	again, err := ReadAll(t.Context(), bytes.NewReader(broken), int64(len(broken)), Options{}, known)
	if err != nil || len(again) != 2 || again[0].Source != first[0].Source || again[1].Source != first[1].Source {
		t.Errorf("members %+v, %v", again, err)
	}
	if _, err := ReadAll(t.Context(), bytes.NewReader(broken), int64(len(broken)), Options{Table: table.Options{TempDir: t.TempDir()}}, nil); err == nil {
		t.Error("the damage is none")
	}
}

func TestReadAllRefuses(t *testing.T) {
	bad := headerOfEarnings + "E3,4400123,p,Coop,2020-03-31,abc\n"
	inner := string(zipped(t, file{"a.csv", january}))
	tests := []struct {
		name   string
		data   []byte
		limits table.Limits
		words  []string
	}{
		{"one bad member", zipped(t, file{"good.csv", january}, file{"in/bad.csv", bad}), table.Limits{}, []string{"in/bad.csv, row 2, column earningAmountUSD"}},
		{"two bad members", zipped(t, file{"a.csv", bad}, file{"b.txt", "prose"}), table.Limits{}, []string{"a.csv, row 2", "b.txt: "}},
		{"a document", zipped(t, file{"a.csv", january}, file{"terms.pdf", "%PDF-1.7\n"}), table.Limits{}, []string{"terms.pdf: this is a PDF"}},
		{"no file", zipped(t, file{"2020/", ""}, file{"__MACOSX/x", "x"}), table.Limits{}, []string{"holds no report"}},
		{"an empty archive", zipped(t), table.Limits{}, []string{"empty zip"}},
		{"an archive inside", zipped(t, file{"a.csv", january}, file{"b.zip", inner}), table.Limits{}, []string{"b.zip: it is a ZIP archive inside"}},
		{"an empty archive inside", zipped(t, file{"a.csv", january}, file{"b.zip", string(zipped(t))}), table.Limits{}, []string{"b.zip: ", "empty zip"}},
		{"two registers", zipped(t, file{"a.csv", register}, file{"b.csv", register + "C2,4400123,p,FY21H1,USD,5.00,Editing\n"}), table.Limits{}, []string{"b.csv: it is a claims register, and so is a.csv"}},
		{"a name that leaves the archive", zipped(t, file{"../a.csv", january}), table.Limits{}, []string{"../a.csv", "no plain path"}},
		{"an absolute name", zipped(t, file{`\Windows\a.csv`, january}), table.Limits{}, []string{"no plain path"}},
		{"a name twice", zipped(t, file{"a.csv", january}, file{"A.CSV", february}), table.Limits{}, []string{"twice"}},
		{"a large member", zipped(t, file{"a.csv", january}), table.Limits{MaxInflatedBytes: 50}, []string{"a.csv: it inflates to", "max_inflated_bytes = 50"}},
		{"a member of a ratio", zipped(t, file{"a.csv", january + strings.Repeat(" ", 2<<20)}), table.Limits{}, []string{"a.csv: ", "max_ratio"}},
		{"many members", zipped(t, file{"a.csv", january}, file{"b.csv", february}), table.Limits{MaxZipEntries: 1}, []string{"max_zip_entries = 1"}},
		{"a changed byte", flipped(zipped(t, file{"a.csv", january})), table.Limits{}, []string{"a.csv"}},
		{"encrypted", encrypted(zipped(t, file{"a.csv", january})), table.Limits{}, []string{"encrypted", "unpack it"}},
		{"a link", linked(t), table.Limits{}, []string{"a.csv: it is a link"}},
		{"cut off", zipped(t, file{"a.csv", january})[:100], table.Limits{}, []string{"cut off", "download it again"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			members, err := readAll(t, tt.data, Options{Table: table.Options{Limits: tt.limits}})
			var faults *table.Faults
			if !errors.As(err, &faults) {
				t.Fatalf("members %+v, %v; want faults", members, err)
			}
			text := everyFault(err)
			for _, words := range tt.words {
				if !strings.Contains(text, words) {
					t.Errorf("faults %q, want %q", text, words)
				}
			}
		})
	}
}

// flipped changes a byte of the first member.
func flipped(data []byte) []byte {
	data[60] ^= 0x10
	return data
}

// encrypted says that the first member is.
func encrypted(data []byte) []byte {
	data[6] |= 1
	data[bytes.Index(data, []byte("PK\x01\x02"))+8] |= 1
	return data
}

func linked(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	h := &zip.FileHeader{Name: "a.csv"}
	h.SetMode(os.ModeSymlink | 0o777)
	part, err := w.CreateHeader(h)
	if err == nil {
		_, err = part.Write([]byte("/etc/passwd"))
	}
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// FuzzReadAll takes or refuses any archive, leaves nothing behind, and reads a
// member as it reads the same file alone.
func FuzzReadAll(f *testing.F) {
	f.Add([]byte(january), []byte(february), "a.csv", "b/c.tsv", uint16(0))
	f.Add([]byte(register), []byte(january), `x\y.csv`, "__MACOSX/a", uint16(77))
	f.Fuzz(func(t *testing.T, one, two []byte, a, b string, flip uint16) {
		if len(one)+len(two) > 10_000 {
			return
		}
		var packed bytes.Buffer
		w := zip.NewWriter(&packed)
		for _, m := range []struct {
			name    string
			content []byte
		}{{a, one}, {b, two}} {
			part, err := w.Create(m.name)
			if err == nil {
				_, err = part.Write(m.content)
			}
			if err != nil {
				return
			}
		}
		if err := w.Close(); err != nil {
			return
		}
		data := packed.Bytes()
		if flip > 0 {
			data[int(flip)%len(data)] ^= byte(flip >> 8)
		}
		folder := t.TempDir()
		o := Options{Table: table.Options{TempDir: folder}}
		members, err := ReadAll(context.Background(), bytes.NewReader(data), int64(len(data)), o, nil)
		if left, _ := os.ReadDir(folder); len(left) > 0 {
			t.Fatalf("left behind: %v", left)
		}
		var faults *table.Faults
		if err != nil {
			if !errors.As(err, &faults) {
				t.Fatalf("an error that is no fault: %v", err)
			}
			return
		}
		for _, m := range members {
			if m.Name == "" {
				return // a byte made another file of it
			}
			alone := 0
			for _, content := range [][]byte{one, two} {
				if s, err := Read(context.Background(), bytes.NewReader(content), int64(len(content)), o); err == nil && slices.Equal(figures(s), figures(m.Source)) {
					alone++
				}
			}
			if alone == 0 {
				t.Fatalf("%s is read differently alone", m.Name)
			}
		}
	})
}
