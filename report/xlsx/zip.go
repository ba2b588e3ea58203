package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"sync"

	"github.com/klauspost/compress/flate"
)

// sortedZip is the zip archive of a workbook. Excelize hands parts over in the
// order of a map; here they are written in the order of their names, so that
// equal workbooks have equal bytes. Sheets get their columns and rows on the way:
// a million rows are a gigabyte of XML that is nowhere kept.
type sortedZip struct {
	out    io.Writer
	parts  map[string]*bytes.Buffer
	sheets map[string]sheetData // by part
}

// sheetData is what excelize leaves out of a sheet.
type sheetData struct {
	widths []int // of the columns, in digits
	rows   func(*rowWriter)
}

func newSortedZip(w io.Writer, sheets map[string]sheetData) *sortedZip {
	return &sortedZip{out: w, parts: map[string]*bytes.Buffer{}, sheets: sheets}
}

// partBuffers and rowWriters are at rest, as deflaters are.
var (
	partBuffers = sync.Pool{New: func() any { return &bytes.Buffer{} }}
	rowWriters  = sync.Pool{New: func() any { return &rowWriter{} }}
)

// Create begins a part.
func (z *sortedZip) Create(name string) (io.Writer, error) {
	part := partBuffers.Get().(*bytes.Buffer)
	part.Reset()
	z.parts[name] = part
	return part, nil
}

// AddFS is of excelize's interface; no workbook needs it.
func (z *sortedZip) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close writes the archive.
func (z *sortedZip) Close() error {
	defer func() {
		for _, part := range z.parts {
			partBuffers.Put(part)
		}
		z.parts = nil
	}()
	for name := range z.sheets {
		if z.parts[name] == nil {
			return fmt.Errorf("the workbook has no part %s", name)
		}
	}
	archive := zip.NewWriter(z.out)
	archive.RegisterCompressor(zip.Deflate, deflate)
	for _, name := range slices.Sorted(maps.Keys(z.parts)) {
		out, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		if err := z.write(out, name); err != nil {
			return fmt.Errorf("part %s: %w", name, err)
		}
	}
	return archive.Close()
}

func (z *sortedZip) write(out io.Writer, name string) error {
	part := z.parts[name].Bytes()
	if name == "[Content_Types].xml" {
		part = withoutPictures(part)
	}
	if sheet, ok := z.sheets[name]; ok {
		return sheet.write(out, part)
	}
	_, err := out.Write(part)
	return err
}

var noRows = []byte("<sheetData></sheetData>")

// write writes the sheet that excelize made, with columns and rows.
func (s sheetData) write(out io.Writer, sheet []byte) error {
	before, after, found := bytes.Cut(sheet, noRows)
	if !found {
		return errors.New("the sheet has no place for its rows")
	}
	w := rowWriters.Get().(*rowWriter)
	defer rowWriters.Put(w)
	w.out, w.err, w.buffer = out, nil, w.buffer[:0]
	w.buffer = append(w.buffer, before...)
	w.buffer = append(w.buffer, "<cols>"...)
	for i, width := range s.widths {
		column := strconv.Itoa(i + 1)
		w.buffer = append(w.buffer, `<col min="`+column+`" max="`+column+`" width="`+strconv.Itoa(width)+`" customWidth="1"/>`...)
	}
	w.buffer = append(w.buffer, "</cols><sheetData>"...)
	s.rows(w)
	w.buffer = append(w.buffer, "</sheetData>"...)
	w.buffer = append(w.buffer, after...)
	w.flush()
	return w.err
}

// deflaters are at rest: each holds most of a megabyte, which making a new one for
// every part would have to clear.
var deflaters = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, deflateLevel)
	if err != nil {
		panic(err) // the level is a constant
	}
	return w
}}

// deflateLevel packs sheets a little smaller than the standard library's usual
// level does, in a third of its time.
const deflateLevel = 6

// deflater is a compressor that goes back to rest when it is closed.
type deflater struct{ *flate.Writer }

func deflate(out io.Writer) (io.WriteCloser, error) {
	w := deflaters.Get().(*flate.Writer)
	w.Reset(out)
	return deflater{w}, nil
}

func (d deflater) Close() error {
	err := d.Writer.Close()
	deflaters.Put(d.Writer)
	return err
}
