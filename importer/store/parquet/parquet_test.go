package parquet

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	oracle "github.com/parquet-go/parquet-go"
)

var testColumns = []Column{
	{Name: "word"},
	{Name: "id", Distinct: true},
	{Name: "number", Kind: Number},
	{Name: "day", Kind: Day, Optional: true},
	{Name: "amount", Kind: Money},
	{Name: "paid", Kind: Money, Optional: true},
}

// group is one group of a test's table.
type group struct {
	words, ids   []string
	numbers      []int32
	days         []int32
	amount, paid []Decimal
}

func randomGroup(random *rand.Rand) group {
	var g group
	variety := 1 + random.IntN(2000)
	given := random.IntN(5)
	for range 1 + random.IntN(3000) {
		g.words = append(g.words, strings.Repeat("ä", random.IntN(3))+fmt.Sprint(random.IntN(variety)))
		g.ids = append(g.ids, fmt.Sprint(random.Uint64()))
		g.numbers = append(g.numbers, int32(random.Uint32()>>random.IntN(32))+1)
		day, amount, paid := int32(random.IntN(20000)), Decimal{}, NoDecimal
		for i := range amount {
			amount[i] = byte(random.Uint32())
		}
		amount[0] &= 0x4b // of at most 38 digits
		if random.IntN(4) < given {
			paid = amount
		} else {
			day = NoNumber
		}
		g.days, g.amount, g.paid = append(g.days, day), append(g.amount, amount), append(g.paid, paid)
	}
	return g
}

func write(t *testing.T, groups []group) []byte {
	t.Helper()
	var out bytes.Buffer
	w := NewWriter(&out, testColumns)
	for _, g := range groups {
		w.Texts(0, g.words)
		w.Texts(1, g.ids)
		w.Numbers(2, g.numbers)
		w.Numbers(3, g.days)
		w.Decimals(4, g.amount)
		w.Decimals(5, g.paid)
		if err := w.EndGroup(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close("key", "välue"); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// read reads a table with this package's own reader.
func read(t *testing.T, data []byte) []group {
	t.Helper()
	f, err := Open(bytes.NewReader(data), int64(len(data)), testColumns)
	if err != nil {
		t.Fatal(err)
	}
	if f.Metadata("key") != "välue" || f.Metadata("other") != "" {
		t.Error("the metadata is not what was written")
	}
	var groups []group
	for i, n := range f.Groups() {
		g := group{make([]string, n), make([]string, n), make([]int32, n), make([]int32, n), make([]Decimal, n), make([]Decimal, n)}
		for _, err := range []error{
			texts(f, i, 0, g.words), texts(f, i, 1, g.ids), f.Numbers(i, 2, g.numbers), f.Numbers(i, 3, g.days),
			f.Decimals(i, 4, g.amount), f.Decimals(i, 5, g.paid),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		groups = append(groups, g)
	}
	return groups
}

// texts reads a text column.
func texts(f *File, group, column int, into []string) error {
	words, places, err := f.Texts(group, column, len(into))
	if err != nil || places == nil {
		copy(into, words)
		return err
	}
	for i, place := range places {
		into[i] = words[place]
	}
	return nil
}

// readByOracle reads a table with parquet-go's own reader.
func readByOracle(t *testing.T, data []byte) []group {
	t.Helper()
	f, err := oracle.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var groups []group
	for _, rows := range f.RowGroups() {
		var g group
		values := make([][]oracle.Value, len(testColumns))
		for i, chunk := range rows.ColumnChunks() {
			pages := chunk.Pages()
			page, err := pages.ReadPage()
			if err != nil {
				t.Fatal(err)
			}
			values[i] = make([]oracle.Value, page.NumValues())
			if n, _ := page.Values().ReadValues(values[i]); n != int(rows.NumRows()) {
				t.Fatalf("column %d has %d values, want %d", i, n, rows.NumRows())
			}
			if chunk.(*oracle.FileColumnChunk).NullCount() != page.NumNulls() {
				t.Errorf("column %d says another number of nulls than it has", i)
			}
			pages.Close()
		}
		decimal := func(v oracle.Value) Decimal {
			if v.IsNull() {
				return NoDecimal
			}
			return Decimal(v.ByteArray())
		}
		for i := range values[0] {
			g.words = append(g.words, string(values[0][i].ByteArray()))
			g.ids = append(g.ids, string(values[1][i].ByteArray()))
			g.numbers = append(g.numbers, values[2][i].Int32())
			day := int32(NoNumber)
			if v := values[3][i]; !v.IsNull() {
				day = v.Int32()
			}
			g.days = append(g.days, day)
			g.amount = append(g.amount, decimal(values[4][i]))
			g.paid = append(g.paid, decimal(values[5][i]))
		}
		groups = append(groups, g)
	}
	return groups
}

// TestRandomTables writes tables, and wants the same from two readers.
func TestRandomTables(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	for range 25 {
		var groups []group
		for range random.IntN(4) {
			groups = append(groups, randomGroup(random))
		}
		data := write(t, groups)
		if !bytes.Equal(data, write(t, groups)) {
			t.Fatal("the same table gives other bytes")
		}
		if got := read(t, data); !reflect.DeepEqual(got, groups) {
			t.Fatal("the table is read back as another one")
		}
		if got := readByOracle(t, data); !reflect.DeepEqual(got, groups) {
			t.Fatal("parquet-go reads another table")
		}
	}
}

// TestTypesAsReadersSeeThem has parquet-go read the schema.
func TestTypesAsReadersSeeThem(t *testing.T) {
	t.Parallel()
	data := write(t, nil)
	f, err := oracle.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	const want = `message earnings {
	required binary word (STRING);
	required binary id (STRING);
	required int32 number (INT(32,true));
	optional int32 day (DATE);
	required fixed_len_byte_array(16) amount (DECIMAL(38,18));
	optional fixed_len_byte_array(16) paid (DECIMAL(38,18));
}`
	if got := f.Schema().String(); got != want {
		t.Errorf("the schema is\n%s\nwant\n%s", got, want)
	}
}

// TestOtherForms offers files that this package did not write.
func TestOtherForms(t *testing.T) {
	t.Parallel()
	good := write(t, []group{randomGroup(rand.New(rand.NewPCG(1, 2)))})
	other := slices.Clone(testColumns)
	other[2].Name = "count"
	for name, data := range map[string][]byte{
		"empty": nil, "text": []byte("earningId,earningDate\nE-1,2020-03-31\n"), "cut": good[:len(good)/2],
		"no footer": append([]byte(magic), "\xff\xff\xff\x7fPAR1"...), "empty footer": []byte(magic + "\x00\x00\x00\x00" + magic),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Open(bytes.NewReader(data), int64(len(data)), testColumns); err == nil {
				t.Errorf("%s: the file is taken", name)
			}
		})
	}
	if _, err := Open(bytes.NewReader(good), int64(len(good)), other); !errors.Is(err, ErrForm) {
		t.Errorf("a table of other columns: %v", err)
	}
}

// TestUnevenColumns writes columns of different lengths.
func TestUnevenColumns(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	w := NewWriter(&out, testColumns)
	w.Texts(0, []string{"a", "b"})
	if err := w.EndGroup(); err == nil || !strings.Contains(err.Error(), "column id has 0 values, not 2") {
		t.Errorf("columns of different lengths: %v", err)
	}
}
