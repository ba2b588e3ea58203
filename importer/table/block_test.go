package table

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"
)

// plainReading reads records one character at a time, all in memory: the rules
// of records without its speed. It shows each as text shows a row, followed by
// what is wrong with it, and ends with the line of a quote that is not closed.
func plainReading(data string, delimiter byte) string {
	var (
		out, field strings.Builder
		fields     []string
		wrong      map[string]bool
		line       = 1
	)
	for at := 0; at < len(data); {
		start, number := at, line
		end := strings.IndexByte(data[at:]+"\n", '\n') + at
		if first := strings.TrimSuffix(data[at:end], "\r"); strings.Trim(first, " ") == "" {
			at, line = end+1, line+1
			continue
		}
		fields, field, wrong = nil, strings.Builder{}, map[string]bool{}
		quoted, closed, opened := false, false, 0
		for ; ; at++ {
			if at < len(data) && data[at] == '\x01' {
				wrong["the control"] = true
			}
			ends := at == len(data) || data[at] == '\n' || strings.HasPrefix(data[at:], "\r\n")
			switch {
			case quoted && at == len(data):
				return out.String() + fmt.Sprint("open ", opened)
			case quoted && data[at] == '"' && at+1 < len(data) && data[at+1] == '"':
				at++
				field.WriteByte('"')
			case quoted && data[at] == '"':
				quoted, closed = false, true
			case quoted:
				if data[at] == '\n' {
					line++
				}
				field.WriteByte(data[at])
			case ends || data[at] == delimiter:
				fields = append(fields, field.String())
				field.Reset()
				closed = false
			case data[at] == '"' && field.Len() == 0 && !closed && (at == start || data[at-1] == delimiter):
				quoted, opened = true, line
			default:
				if closed && data[at-1] == '"' {
					wrong["text follows"] = true
				}
				if data[at] == '"' {
					wrong["a quote inside"] = true
				}
				if data[at] == '\r' {
					wrong["a carriage return"] = true
				}
				field.WriteByte(data[at])
			}
			if ends && !quoted {
				break
			}
		}
		if at < len(data) && data[at] == '\r' {
			at++
		}
		fmt.Fprintf(&out, "%d: %s %v\n", number, strings.Join(fields, "|"), sortedKeys(wrong))
		at, line = at+1, line+1
	}
	return out.String()
}

func sortedKeys(set map[string]bool) []string {
	var keys []string
	for k := range set {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// randomText strings together what a CSV reader can stumble over.
func randomText(random *rand.Rand, pieces []string) string {
	var b strings.Builder
	b.WriteString("x\n")
	for range random.IntN(40) {
		b.WriteString(pieces[random.IntN(len(pieces))])
	}
	return b.String()
}

var oddPieces = []string{"a", "bcd", "0123456789", ",", ",", ";", "\t", "\"", "\"", "\"\"", ",\"", "\",", "\n", "\n", "\r\n", "\r", " ", "é", "\x01", "\n\n"}

// TestRowsFollowTheRules compares the reader, with blocks so small that every
// record meets their ends, with the plain reading.
func TestRowsFollowTheRules(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 1))
	broken := 0
	for range 5000 {
		data := randomText(random, oddPieces)
		const delimiter = ',' // between others, quotes may be characters
		file := mustOpen(t, encoded(data, random), Options{Delimiter: delimiter, blockBytes: 1 + random.IntN(30)})
		rows, err := collect(file.Sheets[0])
		var got strings.Builder
		for _, r := range rows {
			wrong := map[string]bool{}
			for _, f := range r.Faults {
				for _, words := range []string{"text follows", "a quote inside", "a carriage return", "the control"} {
					wrong[words] = wrong[words] || strings.HasPrefix(f.Problem, words)
				}
			}
			for words, is := range wrong {
				if !is {
					delete(wrong, words)
				}
			}
			fmt.Fprintf(&got, "%s %v\n", strings.TrimSuffix(text([]Row{r}), "\n"), sortedKeys(wrong))
		}
		if faults, bad := asFaults(err); bad {
			broken++
			fmt.Fprint(&got, "open ", faults.List[0].Row)
		} else if err != nil {
			t.Fatal(err)
		}
		if want := plainReading(data, delimiter); got.String() != want {
			t.Fatalf("%q, delimiter %q:\n%swant\n%s", data, delimiter, got.String(), want)
		}
	}
	if broken < 500 {
		t.Errorf("only %d texts with an open quote", broken)
	}
}

// encoded writes a text in one of the encodings that a mark names, or as it is.
func encoded(text string, random *rand.Rand) []byte {
	var order binary.AppendByteOrder = binary.LittleEndian
	switch random.IntN(4) {
	case 0:
		return []byte(text)
	case 1:
		return []byte("\uFEFF" + text)
	case 2:
		order = binary.BigEndian
	}
	var data []byte
	for _, unit := range utf16.Encode([]rune("\uFEFF" + text)) {
		data = order.AppendUint16(data, unit)
	}
	return data
}

// atOnce does all with a block when it is read, and leaves only the error to its turn.
func atOnce(each func(*Block) error) func(*Block) func() error {
	return func(b *Block) func() error {
		err := each(b)
		return func() error { return err }
	}
}

// inBlocks collects the rows of a sheet block by block, and puts them in order.
func inBlocks(s *Sheet, workers int) ([]Row, error) {
	var mu sync.Mutex
	parts := map[int][]Row{}
	err := s.Blocks(context.Background(), workers, atOnce(func(b *Block) error {
		var rows []Row
		err := b.Rows(func(r Row) error {
			r.Cells = slices.Clone(r.Cells)
			rows = append(rows, r)
			return nil
		})
		mu.Lock()
		defer mu.Unlock()
		parts[b.Index] = rows
		return err
	}))
	var all []Row
	for i := range len(parts) {
		all = append(all, parts[i]...)
	}
	return all, err
}

// TestBlocksAreTheRows: the same rows, places, faults and errors, whatever the
// size of the blocks and the number of workers.
func TestBlocksAreTheRows(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 1))
	limits := Limits{MaxLineBytes: 50, MaxRows: 12, MaxFieldBytes: 20, MaxColumns: 6}
	taken, refused := 0, 0
	for range 3000 {
		data := []byte(randomText(random, append(oddPieces, "\xFF", strings.Repeat("y", 30))))
		o := Options{Delimiter: rune(delimiters[random.IntN(len(delimiters))]), Limits: limits}
		file, err := openBytes(t, data, o)
		if err != nil {
			continue
		}
		want, wantErr := collect(file.Sheets[0])
		for _, workers := range []int{1, 3} {
			o.blockBytes = 1 + random.IntN(40)
			got, err := inBlocks(mustOpen(t, data, o).Sheets[0], workers)
			if fmt.Sprint(got) != fmt.Sprint(want) || fmt.Sprint(err) != fmt.Sprint(wantErr) {
				t.Fatalf("%q, blocks of %d bytes, %d workers:\n%v %v, want\n%v %v", data, o.blockBytes, workers, got, err, want, wantErr)
			}
		}
		if wantErr == nil {
			taken++
		} else {
			refused++
		}
	}
	if taken < 200 || refused < 200 {
		t.Errorf("%d texts taken and %d refused, want many of both", taken, refused)
	}
}

func TestBlocksOfAWorkbook(t *testing.T) {
	var xml strings.Builder
	for r := 1; r <= 5000; r++ {
		fmt.Fprintf(&xml, `<row r="%d"><c r="A%d"><v>%d</v></c><c r="C%d" t="inlineStr"><is><t>%s</t></is></c></row>`,
			2*r, 2*r, r, 2*r, strings.Repeat("Contoso ", r%40))
	}
	file := mustOpen(t, book(t, xml.String(), `<mergeCells><mergeCell ref="A2:A9000"/></mergeCells>`), Options{})
	want, err := collect(file.Sheets[0])
	if err != nil {
		t.Fatal(err)
	}
	got, err := inBlocks(file.Sheets[0], 3)
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) || len(want) != 5000 {
		t.Errorf("%d rows in blocks, %d without (%v)", len(got), len(want), err)
	}
	if !want[4499].Cells[0].Merged || want[4500].Cells[0].Merged {
		t.Error("the merged range does not end where it should")
	}
}

// TestBlocksEndWithTheFirstError: of several failures the one that stands first
// in the file is reported, and no work goes on behind the caller's back.
func TestBlocksEndWithTheFirstError(t *testing.T) {
	data := []byte("Month,Amount\n" + strings.Repeat("1,2\n", 2000) + "\"open\n")
	for workers := 1; workers <= 4; workers++ {
		sheet := mustOpen(t, data, Options{Header: header, blockBytes: 40}).Sheets[0]
		running := make(chan struct{}, workers)
		err := sheet.Blocks(context.Background(), workers, atOnce(func(b *Block) error {
			running <- struct{}{}
			defer func() { <-running }()
			if b.Index >= 7 {
				return fmt.Errorf("block %d", b.Index)
			}
			return nil
		}))
		if err == nil || err.Error() != "block 7" || len(running) != 0 {
			t.Errorf("%d workers: %v with %d calls under way, want the error of block 7", workers, err, len(running))
		}
		_, err = inBlocks(sheet, workers)
		wantFault(t, err, "opens on line 2002")
	}
}

func TestBlocksCancelled(t *testing.T) {
	for _, data := range [][]byte{
		[]byte("Month,Amount\n" + strings.Repeat("1,2\n", 2000)),
		book(t, strings.Repeat(`<row><c><v>1</v></c></row>`, 10)),
	} {
		sheet := mustOpen(t, data, Options{Header: header, blockBytes: 40}).Sheets[0]
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		err := sheet.Blocks(ctx, 2, atOnce(func(*Block) error { return nil }))
		if !errors.Is(err, context.Canceled) {
			t.Errorf("error %v, want that it was cancelled", err)
		}
	}
}

// TestDialectByStart: what a late byte shows is what a full reading decides.
func TestDialectByStart(t *testing.T) {
	filler := strings.Repeat("2020-03,Contoso,1.00\n", startBytes/20)
	for _, tt := range []struct {
		name, late string
		encoding   string // by the whole file
		faults     int
	}{
		{"ASCII", "2020-03,Contoso,1.00\n", "UTF-8", 0},
		{"late UTF-8", "2020-03,Müller,1.00\n", "UTF-8", 0},
		{"late Windows-1252", "2020-03,M\xFCller,1.00\n", "Windows-1252", 0},
		{"late Windows-1252 in quotes", "2020-03,\"M\xC3\"\xBCller,1.00\n", "Windows-1252", 1},
		{"damaged UTF-8", "2020-03,Müller Größe,1.00\n2020-03,M\xFCller,1.00\n", "UTF-8", 1},
		{"an open quote before it", "\"2020-03,M\xFCller", "Windows-1252", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := []byte("Month,Partner,Amount\n" + filler + tt.late)
			full := mustOpen(t, data, Options{Header: header})
			if full.Encoding != tt.encoding {
				t.Fatalf("the whole file is %s, want %s", full.Encoding, tt.encoding)
			}
			quick := mustOpen(t, data, Options{Header: header, DialectByStart: true})
			faults := 0
			err := quick.Sheets[0].Rows(context.Background(), func(r Row) error { faults += len(r.Faults); return nil })
			blocksErr := quick.Sheets[0].Blocks(context.Background(), 2, atOnce(func(b *Block) error {
				return b.Rows(func(Row) error { return nil })
			}))
			if tt.encoding != "UTF-8" {
				if !errors.Is(err, ErrDialect) || !errors.Is(blocksErr, ErrDialect) {
					t.Errorf("errors %v and %v, want another encoding", err, blocksErr)
				}
				return
			}
			if err != nil || blocksErr != nil || faults != tt.faults {
				t.Errorf("%d faults, want %d; errors %v and %v", faults, tt.faults, err, blocksErr)
			}
		})
	}
}

// TestShares: the shares of a sheet's blocks make up the sheet.
func TestShares(t *testing.T) {
	text := "Month,Amount\n" + strings.Repeat("2020-03,2.50\n", 500)
	for _, tt := range []struct {
		name        string
		data        []byte
		least, most float64
	}{
		{"UTF-8", []byte(text), 0.999, 1.001},
		{"UTF-8 with a mark", []byte("\xEF\xBB\xBF" + text), 0.99, 1.001},
		{"UTF-16", []byte("\xFE\xFF\x00" + strings.Join(strings.Split(text, ""), "\x00")), 0, 0},
		{"a workbook", book(t, strings.Repeat(`<row><c><v>1</v></c></row>`, 10)), 0.999, 1.001},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sum := 0.0
			err := mustOpen(t, tt.data, Options{Header: header, blockBytes: 600}).Sheets[0].Blocks(context.Background(), 1, atOnce(func(b *Block) error {
				sum += b.Share
				return nil
			}))
			if err != nil || sum < tt.least || sum > tt.most {
				t.Errorf("%s: the blocks are %v of the sheet, want %v to %v; %v", tt.name, sum, tt.least, tt.most, err)
			}
		})
	}
}
