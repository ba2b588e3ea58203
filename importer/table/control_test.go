package table

import (
	"bytes"
	"math/bits"
	"testing"
)

// TestEightAtOnce compares what looks at eight bytes at once with a look at
// each: every value, at every place, among neighbours that carry and borrow.
func TestEightAtOnce(t *testing.T) {
	for _, neighbour := range []byte{' ', '0', '~', '\t', '\n'} {
		for length := 1; length <= 2*wordBytes+1; length++ {
			b := bytes.Repeat([]byte{neighbour}, length)
			for at := range b {
				for c := range 256 {
					b[at] = byte(c)
					if got, want := suspicious(b), oddBytes(b); got != want {
						t.Fatalf("%q: suspicious %v, want %v", b, got, want)
					}
				}
				b[at] = neighbour
			}
		}
	}
	for at := range wordBytes {
		for c := range 256 {
			for _, neighbour := range []byte{0, 1, 0x7F, 0x80, 0xFF} {
				b := bytes.Repeat([]byte{neighbour}, wordBytes)
				b[at] = byte(c)
				if got, want := bits.OnesCount64(zeroBytes(word(b, 0))), bytes.Count(b, []byte{0}); got != want {
					t.Fatalf("%q: %d zero bytes, want %d", b, got, want)
				}
			}
		}
	}
}
