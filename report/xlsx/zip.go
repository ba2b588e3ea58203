package xlsx

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// sortedZip is the zip archive of a workbook. Excelize hands parts over in the
// order of a map; here they are written in the order of their names, so that
// equal workbooks have equal bytes. Parts are kept compressed meanwhile: a sheet
// of a million rows is a gigabyte of XML.
type sortedZip struct {
	out     io.Writer
	parts   map[string]*part
	last    *part
	deflate *flate.Writer // of the last part
}

func newSortedZip(w io.Writer) *sortedZip { return &sortedZip{out: w, parts: map[string]*part{}} }

// part is a compressed part of the archive.
type part struct {
	data    bytes.Buffer
	deflate *flate.Writer
	numbers *numbers // sheets only
	sum     uint32
	size    uint64
}

// Create begins a part; what is written up to the next call belongs to it.
func (z *sortedZip) Create(name string) (io.Writer, error) {
	if err := z.finish(); err != nil {
		return nil, err
	}
	p := &part{}
	if z.deflate == nil {
		var err error
		if z.deflate, err = flate.NewWriter(&p.data, flate.DefaultCompression); err != nil {
			return nil, err
		}
	} else {
		z.deflate.Reset(&p.data)
	}
	p.deflate = z.deflate
	z.last, z.parts[name] = p, p
	switch {
	case strings.HasPrefix(name, "xl/worksheets/sheet"):
		p.numbers = &numbers{out: p}
		return p.numbers, nil
	case name == "[Content_Types].xml":
		return contentTypes{p}, nil
	}
	return p, nil
}

func (p *part) Write(b []byte) (int, error) {
	p.sum = crc32.Update(p.sum, crc32.IEEETable, b)
	p.size += uint64(len(b))
	return p.deflate.Write(b)
}

func (z *sortedZip) finish() error {
	if z.last == nil {
		return nil
	}
	if n := z.last.numbers; n != nil {
		if err := n.flush(); err != nil {
			return err
		}
	}
	return z.deflate.Close()
}

// AddFS is of excelize's interface; no workbook needs it.
func (z *sortedZip) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close writes the archive.
func (z *sortedZip) Close() error {
	if err := z.finish(); err != nil {
		return err
	}
	archive := zip.NewWriter(z.out)
	for _, name := range slices.Sorted(maps.Keys(z.parts)) {
		p := z.parts[name]
		w, err := archive.CreateRaw(&zip.FileHeader{
			Name: name, Method: zip.Deflate, CRC32: p.sum,
			CompressedSize64: uint64(p.data.Len()), UncompressedSize64: p.size,
		})
		if err != nil {
			return err
		}
		if _, err := p.data.WriteTo(w); err != nil {
			return err
		}
	}
	return archive.Close()
}
