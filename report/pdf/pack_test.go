package pdf

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"github.com/klauspost/compress/zlib"
)

// A packed file has the objects of the plain one where its table says, and their
// streams inflate to the plain ones.
func TestPackedFilesSayTheSame(t *testing.T) {
	r := northwind(t)
	d := statementOf(t, r, r.Statements[0], options)
	pdf, plain, packed := d.file(), &bytes.Buffer{}, &bytes.Buffer{}
	pdf.SetCompression(false)
	if err := pdf.Output(plain); err != nil {
		t.Fatal(err)
	}
	if err := pack(packed, plain.Bytes()); err != nil {
		t.Fatal(err)
	}
	before, trailer, err := objectsOf(plain.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	after, again, err := objectsOf(packed.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if len(after) != len(before) || !bytes.Equal(again, trailer) {
		t.Fatalf("%d objects and the trailer %q, want %d and %q", len(after), again, len(before), trailer)
	}
	streams := 0
	for i, o := range after {
		was, is := plain.Bytes()[before[i].at:before[i].end], packed.Bytes()[o.at:o.end]
		if start := fmt.Sprintf("%d 0 obj\n", o.number); !bytes.HasPrefix(is, []byte(start)) || !bytes.HasPrefix(was, []byte(start)) {
			t.Fatalf("the table places object %d at %.20q", o.number, is)
		}
		if bytes.Equal(was, is) {
			continue
		}
		streams++
		if got, want := inflated(t, is), streamOf(t, was); !bytes.Equal(got, want) {
			t.Errorf("the stream of object %d is %.80q, want %.80q", o.number, got, want)
		}
	}
	if streams < len(d.pages) {
		t.Errorf("%d streams are packed, and there are %d pages", streams, len(d.pages))
	}
	if packed.Len() >= plain.Len() {
		t.Errorf("packed it takes %d bytes of %d", packed.Len(), plain.Len())
	}
}

func TestOnlyWholeFilesArePacked(t *testing.T) {
	for name, file := range map[string]string{
		"nothing":    "",
		"no table":   "%PDF-1.3\nstartxref\n5\n%%EOF\n",
		"far away":   "%PDF-1.3\nxref\n0 1\nstartxref\n500\n%%EOF\n",
		"cut table":  "%PDF-1.3\nxref\n0 9\n0000000000 65535 f \nstartxref\n9\n%%EOF\n",
		"no numbers": "%PDF-1.3\nxref\n0 2\n0000000000 65535 f \nthe object 00000 n \nstartxref\n9\n%%EOF\n",
	} {
		t.Run(name, func(t *testing.T) {
			if err := pack(io.Discard, []byte(file)); err == nil {
				t.Error("it is packed")
			}
		})
	}
}

func streamOf(t *testing.T, object []byte) []byte {
	t.Helper()
	_, rest, found := bytes.Cut(object, plainStream)
	stream, _, ended := cutLast(rest, string(streamEnd))
	if !found || !ended {
		t.Fatalf("no stream: %.80q", object)
	}
	return stream
}

func inflated(t *testing.T, object []byte) []byte {
	t.Helper()
	z, err := zlib.NewReader(bytes.NewReader(streamOf(t, object)))
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
