package calc

import (
	"fmt"
	"strings"
	"testing"
)

// TestTextsComeBack adds texts of every length by several writers.
func TestTextsComeBack(t *testing.T) {
	texts := &Texts{}
	writers := []*TextWriter{texts.NewWriter(), texts.NewWriter(), texts.NewWriter()}
	lengths := []int{0, 1, 2, 3, 4, 127, 128, 129, 16383, 16384, mostTextChunk - 5, mostTextChunk, 3 * mostTextChunk}
	var numbers []uint32
	var want []string
	for i := range 20_000 {
		text := fmt.Sprint(i)
		if i%50 == 0 {
			text = strings.Repeat("x", lengths[i/50%len(lengths)])
		}
		want = append(want, text)
		numbers = append(numbers, writers[i%len(writers)].Add(text))
	}
	for _, w := range writers {
		w.Flush()
	}
	for i, n := range numbers {
		if got := texts.Text(n); got != want[i] {
			t.Fatalf("text %d comes back with %d bytes, not %d", i, len(got), len(want[i]))
		}
	}
}

// TestDroppedTextsAreGone: what is let go stays so, whatever writers still add.
func TestDroppedTextsAreGone(t *testing.T) {
	texts := &Texts{}
	w := texts.NewWriter()
	w.Add("Contoso")
	texts.Drop()
	w.Add(strings.Repeat("Fabrikam ", mostTextChunk))
	w.Flush()
	for i, chunk := range texts.chunks {
		if chunk != "" {
			t.Errorf("chunk %d is kept", i)
		}
	}
}

func BenchmarkTexts(b *testing.B) {
	texts := &Texts{}
	w := texts.NewWriter()
	b.ReportAllocs()
	for b.Loop() {
		w.Add("Tailspin Reseller, Region 17")
	}
}
