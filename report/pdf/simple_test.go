package pdf

import (
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// TestSimpleFaces: a simple face takes what Windows-1252 has, and the minus
// sign, as wide as the whole font has it; all else goes to whole fonts.
func TestSimpleFaces(t *testing.T) {
	for w := regular; w < weights; w++ {
		simple, whole := faces()[w][0], faces()[w][1]
		taken := 0
		for r := ' '; r < 0xFFFF; r++ {
			width, ok := simple.advance(r)
			if !ok {
				continue
			}
			taken++
			if _, known := charmap.Windows1252.EncodeRune(r); !known && r != minus {
				t.Errorf("weight %d: %q is in the simple face", w, r)
			}
			if want, _ := whole.advance(r); width != want {
				t.Errorf("weight %d: %q is %d wide, in the whole font %d", w, r, width, want)
			}
			if code := simple.encode(string(r)); len(code) != 1 || characterOf(code[0]) != r {
				t.Errorf("weight %d: %q is encoded as %q", w, r, code)
			}
		}
		if taken < 200 {
			t.Errorf("weight %d has %d characters", w, taken)
		}
		for _, r := range "łќΩ□\u0081" {
			if f, _ := w.faceOf(r); f == simple {
				t.Errorf("weight %d: %q goes to the simple face", w, r)
			}
		}
	}
}
