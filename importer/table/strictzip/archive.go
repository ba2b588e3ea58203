// Package strictzip reads a zip archive that has only one reading. It looks at
// the central directory and at every local header itself, refuses whatever two
// programs could understand in two ways, and checks the size and CRC-32 of
// every part that is read.
//
// The layout is that of PKWARE's APPNOTE.TXT 6.3, sections 4.3 to 4.5.
package strictzip

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"
)

// Limits bounds what an archive may hold.
type Limits struct {
	Entries  int   // how many parts
	Ratio    int64 // inflated to packed size of a part over FreeBytes
	Inflated int64 // bytes of all parts together; 0 means any number
}

// FreeBytes is the inflated size up to which the ratio of a part is not checked.
const FreeBytes = 1 << 20

// Problem says what is wrong with an archive. It is the error of a refusal.
//
//nolint:errname // what is wrong with the archive, in the words of a fault
type Problem struct {
	Part string // "" is the archive as a whole
	What string
	Want string
}

func (p *Problem) Error() string {
	text := p.What
	if p.Part != "" {
		text = "part " + p.Part + ": " + text
	}
	if p.Want != "" {
		text += "; " + p.Want
	}
	return text
}

const saveAgain = "download it again, or open it and save it again; of an archive of reports, unpack it and drop the files that it holds"

// Archive is a zip archive whose directory was accepted.
type Archive struct {
	Parts []*Part // files and folders, in the order of the directory

	r      io.ReaderAt
	byName map[string]*Part // by lower-case name
}

// Part is one file in an archive.
type Part struct {
	Name string
	Size int64 // inflated, as declared; reading checks it

	raw       string // the name as it is written
	packed    int64
	method    uint16
	crc       uint32
	link      bool  // it is no file but the name of one
	described bool  // the directory says that a descriptor follows the packed bytes
	header    int64 // offset of the local header
	data      int64 // offset of the packed bytes
	proven    bool
	r         io.ReaderAt
}

// Find returns the part of that name; the case of letters does not matter, as in
// the naming of parts (ECMA-376 part 2, §6.2.2.3).
func (a *Archive) Find(name string) (*Part, bool) {
	part, ok := a.byName[strings.ToLower(name)]
	return part, ok
}

// IsFolder reports whether the part is a folder, whose name ends in a slash.
func (p *Part) IsFolder() bool { return strings.HasSuffix(p.Name, "/") }

// IsLink reports whether the part is a symbolic link, whose target is its content.
func (p *Part) IsLink() bool { return p.link }

// Open returns the inflated bytes of the part. At their end the reader has
// compared size and CRC-32; its error is a *Problem where they differ.
func (p *Part) Open() io.Reader {
	packed := bufio.NewReaderSize(io.NewSectionReader(p.r, p.data, p.packed), int(min(p.packed, 32<<10)))
	reader := &partReader{part: p, packed: packed, inflated: packed, crc: crc32.NewIEEE()}
	if p.method == deflated {
		reader.inflated = inflaters.Get().(io.Reader)
		_ = reader.inflated.(flate.Resetter).Reset(packed, nil) // fails for no reader
	}
	return reader
}

// inflaters are at rest: each holds some 50 kB, and a workbook has many small parts.
var inflaters = sync.Pool{New: func() any { return flate.NewReader(nil) }}

// Prove reads the part to its end, unless that was done and it was found whole.
func (p *Part) Prove() error {
	if p.proven {
		return nil
	}
	_, err := io.Copy(io.Discard, p.Open())
	return err
}

// partReader inflates a part and checks what comes out.
type partReader struct {
	part     *Part
	packed   *bufio.Reader
	inflated io.Reader
	crc      hash.Hash32
	size     int64
	err      error
}

func (r *partReader) Read(b []byte) (int, error) {
	if r.err != nil {
		return 0, r.err
	}
	n, err := r.inflated.Read(b)
	r.size += int64(n)
	r.crc.Write(b[:n])
	switch {
	case r.size > r.part.Size:
		n, r.err = 0, r.part.problem("it inflates to more than the %d bytes that it declares", r.part.Size)
	case err == io.EOF:
		r.err = r.checkEnd()
	case err != nil:
		r.err = r.broken(err)
	}
	if r.err != nil && r.part.method == deflated {
		inflaters.Put(r.inflated)
	}
	return n, r.err
}

// broken distinguishes damage from a file that cannot be read.
func (r *partReader) broken(err error) error {
	if _, damaged := errors.AsType[flate.CorruptInputError](err); damaged || errors.Is(err, io.ErrUnexpectedEOF) {
		return r.part.problem("its compressed bytes are damaged")
	}
	return fmt.Errorf("read part %s: %w", r.part.Name, err)
}

// checkEnd returns io.EOF for a part that is whole.
func (r *partReader) checkEnd() error {
	_, err := r.packed.ReadByte()
	switch {
	case err == nil:
		return r.part.problem("bytes follow the end of its compressed data")
	case err != io.EOF:
		return r.broken(err)
	case r.size != r.part.Size:
		return r.part.problem("it inflates to %d bytes, not to the %d that it declares", r.size, r.part.Size)
	case r.crc.Sum32() != r.part.crc:
		return r.part.problem("its checksum is wrong, so bytes were changed")
	}
	r.part.proven = true
	return io.EOF
}

// problem is a Problem of the part, and sends the user to the file's source.
func (p *Part) problem(format string, args ...any) error {
	return &Problem{p.Name, fmt.Sprintf(format, args...), saveAgain}
}

// check compares sizes and layout of all parts before one is inflated.
func (a *Archive) check(directory int64, limits Limits) error {
	var total int64
	for _, p := range a.Parts {
		total += p.Size
		if p.Size > FreeBytes && p.Size/limits.Ratio > p.packed {
			return &Problem{p.Name,
				fmt.Sprintf("it declares to inflate to more than %d times its packed size", limits.Ratio),
				fmt.Sprintf("if the file is genuine, raise the limit ([limits] max_ratio = %d)", limits.Ratio)}
		}
		if limits.Inflated > 0 && total > limits.Inflated {
			return &Problem{p.Name,
				fmt.Sprintf("with it, the parts inflate to more than %d bytes", limits.Inflated),
				fmt.Sprintf("split the workbook, or raise the limit ([limits] max_inflated_bytes = %d)", limits.Inflated)}
		}
	}
	return a.checkOverlap(directory)
}

// checkOverlap makes sure that no byte belongs to two parts.
func (a *Archive) checkOverlap(directory int64) error {
	parts := slices.Clone(a.Parts)
	slices.SortFunc(parts, func(p, q *Part) int { return cmp.Compare(p.header, q.header) })
	for i, p := range parts {
		end := directory
		if i+1 < len(parts) {
			end = parts[i+1].header
		}
		if p.data+p.packed > end {
			return &Problem{p.Name, "it overlaps what follows it in the archive", saveAgain}
		}
	}
	return nil
}
