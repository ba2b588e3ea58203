package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
	"io"
	"sync"

	"github.com/klauspost/compress/flate"
)

// rowBuffers are at rest, as deflaters are.
var rowBuffers = sync.Pool{New: func() any { return &bytes.Buffer{} }}

// archive is the archive of a workbook: a million rows are a gigabyte of XML that is
// nowhere kept. It takes nothing more after an error.
type archive struct {
	zip *zip.Writer
	err error
}

func newArchive(w io.Writer) *archive {
	a := &archive{zip: zip.NewWriter(w)}
	a.zip.RegisterCompressor(zip.Deflate, deflate)
	return a
}

func (a *archive) add(parts ...part) {
	for _, p := range parts {
		if a.err != nil {
			return
		}
		if err := p.writeTo(a.zip); err != nil {
			a.err = fmt.Errorf("part %s: %w", p.name, err)
		}
	}
}

func (a *archive) close() error {
	if a.err != nil {
		return a.err
	}
	return a.zip.Close()
}

func (p *part) writeTo(archive *zip.Writer) error {
	if p.shared == "" {
		out, err := archive.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		return p.write(out)
	}
	packed, err := pack(p.shared)
	if err != nil {
		return err
	}
	header := packed.header
	header.Name = p.name
	out, err := archive.CreateRaw(&header)
	if err != nil {
		return err
	}
	_, err = out.Write(packed.data)
	return err
}

// packed is a part as it is in archives.
type packed struct {
	header zip.FileHeader // without a name
	data   []byte
}

// shared are parts by their text. There are not many: they differ in how many sheets
// and charts a workbook has, and in the months of a chart.
var shared sync.Map

// pack returns a part as it is in archives, and makes it once.
func pack(text string) (*packed, error) {
	if known, ok := shared.Load(text); ok {
		return known.(*packed), nil
	}
	var data bytes.Buffer
	out, err := deflate(&data)
	if err != nil {
		return nil, err
	}
	if _, err := io.WriteString(out, text); err != nil {
		return nil, err
	}
	if err := out.Close(); err != nil {
		return nil, err
	}
	p := &packed{zip.FileHeader{
		Method: zip.Deflate, CRC32: crc32.ChecksumIEEE([]byte(text)), UncompressedSize64: uint64(len(text)), CompressedSize64: uint64(data.Len()),
	}, data.Bytes()}
	shared.Store(text, p)
	return p, nil
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
