package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
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
	shared map[string]packed    // by part
}

// sheetData is what excelize leaves out of a sheet.
type sheetData struct {
	widths []int // of the columns, in digits
	rows   func(*rowWriter)
}

func newSortedZip(w io.Writer, sheets map[string]sheetData, shared map[string]packed) *sortedZip {
	return &sortedZip{out: w, parts: map[string]*bytes.Buffer{}, sheets: sheets, shared: shared}
}

// partBuffers and rowBuffers are at rest, as deflaters are: those of parts, which
// are small, and of the rows of workbooks, which are not.
var partBuffers, rowBuffers = sync.Pool{New: newBuffer}, sync.Pool{New: newBuffer}

func newBuffer() any { return &bytes.Buffer{} }

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
		if err := z.write(archive, name); err != nil {
			return fmt.Errorf("part %s: %w", name, err)
		}
	}
	return archive.Close()
}

func (z *sortedZip) write(archive *zip.Writer, name string) error {
	if part, ok := z.shared[name]; ok {
		return part.write(archive)
	}
	out, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	part := z.parts[name].Bytes()
	if sheet, ok := z.sheets[name]; ok {
		return sheet.write(out, part)
	}
	if name == "[Content_Types].xml" {
		part = withoutPictures(part)
	}
	_, err = out.Write(part)
	return err
}

// packed is a part as it is in an archive.
type packed struct {
	header zip.FileHeader
	data   []byte
}

func pack(name string, part []byte) (packed, error) {
	var data bytes.Buffer
	out, err := deflate(&data)
	if err != nil {
		return packed{}, err
	}
	if _, err := out.Write(part); err != nil {
		return packed{}, err
	}
	if err := out.Close(); err != nil {
		return packed{}, err
	}
	return packed{zip.FileHeader{
		Name: name, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(part), UncompressedSize64: uint64(len(part)), CompressedSize64: uint64(data.Len()),
	}, data.Bytes()}, nil
}

func (p packed) write(archive *zip.Writer) error {
	out, err := archive.CreateRaw(&p.header)
	if err != nil {
		return err
	}
	_, err = out.Write(p.data)
	return err
}

var noRows = []byte("<sheetData></sheetData>")

// worksheet is how the XML of a sheet begins. Excelize declares thirty names, six
// kilobytes, of which the sheets here need these.
const worksheet = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">`

// write writes the sheet that excelize made, with columns and rows.
func (s sheetData) write(out io.Writer, sheet []byte) error {
	before, after, found := bytes.Cut(sheet, noRows)
	declaration, before, known := bytes.Cut(before, []byte("<worksheet "))
	_, before, whole := bytes.Cut(before, []byte{'>'})
	if !found || !known || !whole {
		return errors.New("the sheet has no place for its rows")
	}
	return useRows(out, func(w *rowWriter) {
		w.buffer = append(w.buffer, declaration...)
		w.buffer = append(w.buffer, worksheet...)
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
	})
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

// deflateLevel lets a run that writes many documents take a tenth less time than at
// level 5, and its documents a seventh more room.
const deflateLevel = 2

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
