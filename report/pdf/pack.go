package pdf

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// packers are at rest: gofpdf makes one for each page, which takes longer and
// more memory than all the rest of a document.
var packers = sync.Pool{New: func() any {
	w, err := zlib.NewWriterLevel(nil, packLevel)
	if err != nil {
		panic(err) // the level is a constant
	}
	return w
}}

const packLevel = 6

// buffers are at rest, too.
var buffers = sync.Pool{New: func() any { return &bytes.Buffer{} }}

var (
	errUnpacked = errors.New("gofpdf made no PDF that can be packed")

	plainStream = []byte(">>\nstream\n")
	streamEnd   = []byte("\nendstream\n")
	plainLength = []byte("<</Length ")
)

// pack writes a file of gofpdf's with the streams deflated that it left plain.
func pack(w io.Writer, file []byte) error {
	objects, trailer, err := objectsOf(file)
	if err != nil {
		return err
	}
	out := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(out)
	out.Reset()
	offsets := make([]int, len(objects)+1)
	for i, o := range objects {
		if i == 0 {
			out.Write(file[:o.at]) // the header
		}
		offsets[o.number] = out.Len()
		if err := packObject(out, file[o.at:o.end]); err != nil {
			return err
		}
	}
	start := out.Len()
	fmt.Fprintf(out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets))
	for _, at := range offsets[1:] {
		fmt.Fprintf(out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(out, "%sstartxref\n%d\n%%%%EOF\n", trailer, start)
	_, err = w.Write(out.Bytes())
	return err
}

// object is where a numbered object is in a file.
type object struct{ number, at, end int }

// objectsOf returns the objects of a file by place, and its trailer.
func objectsOf(file []byte) (list []object, trailer []byte, err error) {
	const entry = len("0000000000 00000 n \n")
	body, tail, found := cutLast(file, "startxref\n")
	start, number := 0, 0
	if n, err := fmt.Sscanf(string(tail), "%d", &start); !found || n != 1 || err != nil || start > len(body) {
		return nil, nil, errUnpacked
	}
	table := body[start:]
	if n, err := fmt.Sscanf(string(table[:min(len(table), 32)]), "xref\n0 %d\n", &number); n != 1 || err != nil {
		return nil, nil, errUnpacked
	}
	table = table[len(fmt.Sprintf("xref\n0 %d\n", number)):]
	if len(table) < number*entry {
		return nil, nil, errUnpacked
	}
	for i := 1; i < number; i++ {
		at, err := strconv.Atoi(string(table[i*entry : i*entry+10]))
		if err != nil || at > start {
			return nil, nil, errUnpacked
		}
		list = append(list, object{number: i, at: at, end: start})
	}
	slices.SortFunc(list, func(a, b object) int { return cmp.Compare(a.at, b.at) })
	for i := 1; i < len(list); i++ {
		list[i-1].end = list[i].at
	}
	return list, table[number*entry:], nil
}

func cutLast(b []byte, sep string) (before, after []byte, found bool) {
	i := bytes.LastIndex(b, []byte(sep))
	if i < 0 {
		return b, nil, false
	}
	return b[:i], b[i+len(sep):], true
}

// packObject writes an object, its stream deflated where it is plain.
func packObject(out *bytes.Buffer, o []byte) error {
	head, rest, _ := bytes.Cut(o, plainStream)
	name, length, plain := bytes.Cut(head, plainLength)
	n, err := strconv.Atoi(string(length))
	if !plain || err != nil || n > len(rest) || !bytes.HasPrefix(rest[n:], streamEnd) {
		out.Write(o)
		return nil
	}
	packed := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(packed)
	packed.Reset()
	z := packers.Get().(*zlib.Writer)
	defer packers.Put(z)
	z.Reset(packed)
	if _, err := z.Write(rest[:n]); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s<</Filter /FlateDecode /Length %d%s", name, packed.Len(), plainStream)
	out.Write(packed.Bytes())
	out.Write(rest[n:])
	return nil
}
