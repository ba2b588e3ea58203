package strictzip

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
)

// largePart is an archive with one part of that size, hard to compress.
func largePart(t *testing.T, size int) (archive, content []byte) {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 1))
	content = make([]byte, size)
	for i := range content {
		content[i] = byte('a' + random.IntN(20))
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	part, err := w.Create("part")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), content
}

func openOnly(t *testing.T, archive []byte) *Part {
	t.Helper()
	a, err := Open(bytes.NewReader(archive), int64(len(archive)), Limits{Entries: 10, Ratio: 100, Inflated: 1 << 30})
	if err != nil {
		t.Fatal(err)
	}
	return a.Parts[0]
}

func TestOpenAhead(t *testing.T) {
	for _, size := range []int{0, 1, aheadBytes, aheadBytes + 1, 20*aheadBytes + 7} {
		archive, content := largePart(t, size)
		part := openOnly(t, archive)
		r := part.OpenAhead()
		got, err := io.ReadAll(r)
		if err := errors.Join(err, r.Close()); err != nil || !bytes.Equal(got, content) || !part.proven {
			t.Errorf("%d bytes: %d came, proven %v, %v", size, len(got), part.proven, err)
		}
	}
}

func TestOpenAheadTellsDamage(t *testing.T) {
	archive, _ := largePart(t, 20*aheadBytes)
	archive[len(archive)/2] ^= 1
	part := openOnly(t, archive)
	r := part.OpenAhead()
	_, err := io.Copy(io.Discard, r)
	var problem *Problem
	if !errors.As(err, &problem) || part.proven {
		t.Errorf("error %v, proven %v; want a problem", err, part.proven)
	}
	if _, again := r.Read(make([]byte, 1)); !errors.Is(again, err) {
		t.Errorf("a second read says %v, want the same error", again)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

// TestOpenAheadClosed: Close ends the goroutine, however much was read.
func TestOpenAheadClosed(t *testing.T) {
	archive, _ := largePart(t, 20*aheadBytes)
	for _, read := range []int64{0, 1, 3 * aheadBytes} {
		r := openOnly(t, archive).OpenAhead().(*aheadReader)
		if _, err := io.CopyN(io.Discard, r, read); err != nil {
			t.Fatal(err)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		if _, running := <-r.ended; running {
			t.Errorf("after %d bytes the goroutine runs on", read)
		}
	}
}
