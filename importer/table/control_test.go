package table

import (
	"bytes"
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
}
