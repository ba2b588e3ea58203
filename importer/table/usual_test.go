package table

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// What the fast way of splitting a record takes, the thorough one takes for the
// same, whatever is in the text; and in plain records there is nothing left to it.
func TestUsualRecordsAreSplitAsThoroughly(t *testing.T) {
	pieces := []string{"a", "1.50", ",", ",", ",", `"`, `"`, `""`, `"x, y"`, "\n", "\r\n", "\r", "\t", " ", "é", "\x01", "\x7f", "\xff", "long enough for a word"}
	taken := 0
	for seed := range uint64(20_000) {
		random := rand.New(rand.NewPCG(seed, 1))
		var text strings.Builder
		for range 1 + random.IntN(30) {
			text.WriteString(pieces[random.IntN(len(pieces))])
		}
		text.WriteString("\nthe end of the block is far\n")
		c := &csvFile{delimiter: ',', width: 1 + random.IntN(4)}
		quick := records{csv: c, text: text.String(), line: 7, row: Row{Number: 7}}
		slow := quick
		odd, usual := quick.usual()
		if !usual {
			continue
		}
		quick.takeUsed()
		taken++
		if slow.thorough(0) || quick.pos != slow.pos || quick.line != slow.line || !slices.Equal(quick.row.Cells, slow.row.Cells) ||
			!reflect.DeepEqual(quick.row.Faults, slow.row.Faults) || slow.row.Unterminated || slow.doubtful {
			t.Fatalf("%q: %+v to %d, line %d; thoroughly %+v to %d, line %d", text.String(), quick.row, quick.pos, quick.line, slow.row, slow.pos, slow.line)
		}
		if record := slow.text[:slow.pos]; suspicious(record) && !odd {
			t.Fatalf("%q: odd characters %v", record, odd)
		}
	}
	if taken < 5_000 {
		t.Errorf("only %d records were split in the fast way", taken)
	}
}
