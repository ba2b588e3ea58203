package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/jung-kurt/gofpdf"
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

// cutOut cuts a simple face out of its font: its definition and its file, not deflated.
func cutOut(t *testing.T, f *face) (definition, file []byte) {
	t.Helper()
	const first = 32
	var characters strings.Builder
	widths := make([]int, 256)
	for code := first; code < len(widths); code++ {
		r := characterOf(byte(code))
		if width, ok := f.advance(r); ok {
			characters.WriteRune(r)
			widths[code] = width
		}
	}
	whole := gofpdf.New("", "", "", "")
	whole.AddUTF8FontFromBytes(f.family, "", slices.Clone(f.file))
	about := whole.GetFontDesc(f.family, "")
	about.Flags = gofpdf.FontFlagNonsymbolic
	file = gofpdf.UTF8CutFont(slices.Clone(f.file), characters.String())
	definition, err := json.Marshal(struct {
		Tp, Name, Enc, Diff, File string
		Desc                      gofpdf.FontDescType
		Cw                        []int
		OriginalSize              int
	}{
		Tp: "TrueType", Name: f.family, Enc: "cp1252", Diff: fmt.Sprintf("%d /minus", minusCode), File: f.family + ".z",
		Desc: about, Cw: widths, OriginalSize: len(file),
	})
	if err != nil {
		t.Fatal(err)
	}
	return definition, file
}

// TestCutFaces cuts the simple faces out of their fonts again; -update writes them.
func TestCutFaces(t *testing.T) {
	for w := regular; w < weights; w++ {
		f := faces()[w][0]
		definition, file := cutOut(t, f)
		if *update {
			packed := &bytes.Buffer{}
			z, err := zlib.NewWriterLevel(packed, zlib.BestCompression)
			if err != nil {
				t.Fatal(err)
			}
			z.Write(file)
			z.Close()
			for ending, content := range map[string][]byte{".json": definition, ".z": packed.Bytes()} {
				if err := os.WriteFile("fonts/"+f.family+ending, content, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			continue
		}
		z, err := zlib.NewReader(bytes.NewReader(f.cut.file))
		if err != nil {
			t.Fatal(err)
		}
		embedded, err := io.ReadAll(z)
		if err != nil || !bytes.Equal(embedded, file) || !bytes.Equal(f.cut.definition, definition) {
			t.Errorf("fonts/%s is not what is cut out of its font (run with -update): %v", f.family, err)
		}
	}
}

// characterOf returns the character of a byte in a simple face.
func characterOf(code byte) rune {
	if code == minusCode {
		return minus
	}
	return charmap.Windows1252.DecodeByte(code)
}
