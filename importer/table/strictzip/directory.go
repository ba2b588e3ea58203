package strictzip

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

const (
	stored   = 0
	deflated = 8

	endSignature       = "PK\x05\x06"
	end64Locator       = "PK\x06\x07"
	end64Signature     = "PK\x06\x06"
	directorySignature = "PK\x01\x02"
	localSignature     = "PK\x03\x04"

	descriptorSignature = "PK\x07\x08"

	endLength       = 22
	locatorLength   = 20
	end64Length     = 56
	directoryLength = 46
	localLength     = 30

	encryptedFlag  = 1 << 0
	descriptorFlag = 1 << 3
	patchFlag      = 1 << 5
	strongFlag     = 1 << 6
	utf8Flag       = 1 << 11
	maskedFlag     = 1 << 13

	// hosts whose external attributes hold the mode of a file
	unixHost = 3
	macHost  = 19
	linkMode = 0xA // the kind of file in its highest four bits

	// maxEntryBytes is the mean length of a directory entry, name and extra
	// fields included, up to which the directory is read into memory.
	maxEntryBytes = 4 << 10
)

var le = binary.LittleEndian

// Open reads the directory of an archive of size bytes. A refusal is a
// *Problem; any other error is one of reading.
func Open(r io.ReaderAt, size int64, limits Limits) (*Archive, error) {
	end, err := findEnd(r, size)
	if err != nil {
		return nil, err
	}
	if end.entries > uint64(limits.Entries) {
		return nil, &Problem{"", fmt.Sprintf("the archive has %d parts, more than %d", end.entries, limits.Entries),
			fmt.Sprintf("if the file is genuine, raise the limit ([limits] max_zip_entries = %d)", limits.Entries)}
	}
	if end.size > end.entries*maxEntryBytes {
		return nil, &Problem{"", "the directory of the archive is larger than its entries allow", saveAgain}
	}
	directory := make([]byte, end.size)
	if err := readAt(r, directory, end.offset); err != nil {
		return nil, err
	}
	a := &Archive{r: r, byName: map[string]*Part{}}
	for range end.entries {
		part, n, err := parseEntry(directory)
		if err != nil {
			return nil, err
		}
		directory = directory[n:]
		if err := a.add(part); err != nil {
			return nil, err
		}
	}
	if len(directory) > 0 {
		return nil, &Problem{"", "the directory of the archive has bytes left over", saveAgain}
	}
	return a, a.check(end.offset, limits)
}

// directoryEnd is what the end record says of the central directory.
type directoryEnd struct {
	entries, size uint64
	offset        int64
}

// findEnd reads the end record, which closes the file, and its zip64 form. The
// directory must lie right before it.
func findEnd(r io.ReaderAt, size int64) (directoryEnd, error) {
	tail := make([]byte, min(size, endLength+math.MaxUint16))
	if err := readAt(r, tail, size-int64(len(tail))); err != nil {
		return directoryEnd{}, err
	}
	at := bytes.LastIndex(tail, []byte(endSignature))
	switch {
	case at < 0 || len(tail)-at < endLength || len(tail)-at < endLength+int(le.Uint16(tail[at+20:])):
		return directoryEnd{}, &Problem{"", "the archive is cut off: the directory at its end is missing", saveAgain}
	case len(tail)-at > endLength+int(le.Uint16(tail[at+20:])):
		return directoryEnd{}, &Problem{"", "bytes follow the end of the archive: the download or another program added them", saveAgain}
	}
	record, start := tail[at:], size-int64(len(tail))+int64(at)
	end := directoryEnd{
		entries: uint64(le.Uint16(record[10:])),
		size:    uint64(le.Uint32(record[12:])),
		offset:  int64(le.Uint32(record[16:])),
	}
	entriesHere := uint64(le.Uint16(record[8:]))
	disks := uint32(le.Uint16(record[4:])) | uint32(le.Uint16(record[6:]))
	if at >= locatorLength && string(tail[at-locatorLength:][:4]) == end64Locator {
		record64 := make([]byte, end64Length)
		start = int64(le.Uint64(tail[at-locatorLength+8:]))
		if start < 0 || start > size-end64Length {
			return directoryEnd{}, &Problem{"", "the zip64 directory record lies outside of the file", saveAgain}
		}
		if err := readAt(r, record64, start); err != nil {
			return directoryEnd{}, err
		}
		if string(record64[:4]) != end64Signature {
			return directoryEnd{}, &Problem{"", "the zip64 directory record is damaged", saveAgain}
		}
		entriesHere = le.Uint64(record64[24:])
		end = directoryEnd{le.Uint64(record64[32:]), le.Uint64(record64[40:]), int64(le.Uint64(record64[48:]))}
		disks = le.Uint32(record64[16:]) | le.Uint32(record64[20:])
	}
	switch {
	case disks != 0 || entriesHere != end.entries:
		return directoryEnd{}, &Problem{"", "the archive is one of several volumes", saveAgain}
	case end.offset < 0 || end.size > uint64(size) || end.offset+int64(end.size) != start:
		return directoryEnd{}, &Problem{"", "the directory of the archive is not where its end record says", saveAgain}
	}
	return end, nil
}

// parseEntry reads the first entry of a directory and returns its length.
func parseEntry(b []byte) (*Part, int, error) {
	cut := &Problem{"", "the directory of the archive is cut off or damaged", saveAgain}
	if len(b) < directoryLength || string(b[:4]) != directorySignature {
		return nil, 0, cut
	}
	nameLength, extraLength := int(le.Uint16(b[28:])), int(le.Uint16(b[30:]))
	n := directoryLength + nameLength + extraLength + int(le.Uint16(b[32:]))
	if len(b) < n {
		return nil, 0, cut
	}
	name, extra := b[directoryLength:][:nameLength], b[directoryLength+nameLength:][:extraLength]
	p := &Part{
		Name:   partName(name, extra, le.Uint16(b[8:])&utf8Flag != 0),
		raw:    string(name),
		method: le.Uint16(b[10:]),
		crc:    le.Uint32(b[16:]),
	}
	p.link = (b[5] == unixHost || b[5] == macHost) && le.Uint32(b[38:])>>28 == linkMode
	flags := le.Uint16(b[8:])
	p.described = flags&descriptorFlag != 0
	if flags&(encryptedFlag|strongFlag|maskedFlag|patchFlag) != 0 {
		return nil, 0, &Problem{p.Name, "it is encrypted", "save the workbook without a password; of an archive of reports, unpack it and drop the files that it holds"}
	}
	sizes := []uint64{uint64(le.Uint32(b[24:])), uint64(le.Uint32(b[20:])), uint64(le.Uint32(b[42:]))}
	if !widen(sizes, extra) || sizes[0] > math.MaxInt64/2 || sizes[1] > math.MaxInt64/2 || sizes[2] > math.MaxInt64/2 {
		return nil, 0, cut
	}
	p.Size, p.packed, p.header = int64(sizes[0]), int64(sizes[1]), int64(sizes[2])
	return p, n, nil
}

// widen replaces the sizes that are marked as too large for 32 bits by those of
// the zip64 extra field, which holds them in the same order.
func widen(sizes []uint64, extra []byte) bool {
	wide, ok := extraField(extra, 1)
	if !ok {
		return false
	}
	for i, size := range sizes {
		if size != math.MaxUint32 {
			continue
		}
		if len(wide) < 8 {
			return false
		}
		sizes[i] = le.Uint64(wide)
		wide = wide[8:]
	}
	return true
}

// extraField finds the extra field of that id; ok is whether all are sound.
func extraField(extra []byte, id uint16) (found []byte, ok bool) {
	for len(extra) >= 4 {
		n := int(le.Uint16(extra[2:]))
		if len(extra) < 4+n {
			return nil, false
		}
		if le.Uint16(extra) == id && found == nil {
			found = extra[4 : 4+n]
		}
		extra = extra[4+n:]
	}
	return found, true
}

// partName decodes the name of a part: UTF-8 where it is that, else what the
// Unicode extra field of Info-ZIP says, else code page 437 (APPNOTE, appendix D
// and §4.6.9). Some writers separate folders by backslashes, which no name of a
// part holds otherwise.
func partName(raw, extra []byte, isUTF8 bool) string {
	name := raw
	if !isUTF8 && !utf8.Valid(raw) {
		path, _ := extraField(extra, 0x7075)
		if len(path) > 5 && le.Uint32(path[1:]) == crc32.ChecksumIEEE(raw) {
			name = path[5:]
		} else if decoded, err := charmap.CodePage437.NewDecoder().Bytes(raw); err == nil {
			name = decoded
		}
	}
	return strings.ReplaceAll(string(name), `\`, "/")
}

// add takes one part into the archive if its name is a plain one that no other
// part has, and its local header says what the directory says.
func (a *Archive) add(p *Part) error {
	folder := strings.HasSuffix(p.Name, "/")
	name := path.Clean(p.Name)
	switch {
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl):
		return &Problem{fmt.Sprintf("%q", p.Name), "its name has characters that a name cannot have", saveAgain}
	case p.Name == "" || name == "." && !folder || strings.Contains(name, ":") || path.IsAbs(name) ||
		slices.Contains(strings.Split(p.Name, "/"), ".."):
		return &Problem{p.Name, "its name is no plain path inside of the archive", saveAgain}
	}
	if p.Name = name; folder {
		p.Name += "/"
	}
	key := strings.ToLower(name)
	if other, twice := a.byName[key]; twice && !(p.IsFolder() && other.IsFolder()) {
		return &Problem{p.Name, "the name is in the archive twice", saveAgain}
	}
	if p.method != stored && p.method != deflated {
		return &Problem{p.Name, "it is compressed by " + methodName(p.method) + ", and only Deflate is read",
			"unpack the archive and drop the files that it holds, or pack it again with Deflate; open a workbook and save it again"}
	}
	if p.method == stored && p.packed != p.Size {
		return &Problem{p.Name, "its two declared sizes disagree", saveAgain}
	}
	if p.IsFolder() && p.Size != 0 {
		return &Problem{p.Name, "it is a folder with content", saveAgain}
	}
	p.r = a.r
	a.byName[key] = p
	a.Parts = append(a.Parts, p)
	return p.checkLocal()
}

// checkLocal compares the header before the packed bytes with the directory,
// and finds where these bytes begin.
func (p *Part) checkLocal() error {
	head := make([]byte, localLength)
	if err := readAt(p.r, head, p.header); err != nil {
		return err
	}
	differs := &Problem{p.Name, "its header and the directory of the archive disagree", saveAgain}
	if string(head[:4]) != localSignature || int(le.Uint16(head[26:])) != len(p.raw) {
		return differs
	}
	tail := make([]byte, len(p.raw)+int(le.Uint16(head[28:])))
	if err := readAt(p.r, tail, p.header+localLength); err != nil {
		return err
	}
	p.data = p.header + localLength + int64(len(tail))
	flags := le.Uint16(head[6:])
	if string(tail[:len(p.raw)]) != p.raw || le.Uint16(head[8:]) != p.method || flags&(encryptedFlag|strongFlag) != 0 {
		return differs
	}
	sizes := []uint64{uint64(le.Uint32(head[22:])), uint64(le.Uint32(head[18:]))}
	if !widen(sizes, tail[len(p.raw):]) {
		return differs
	}
	// With a descriptor behind the data, each of the three may be left open here.
	found := [...]uint64{uint64(le.Uint32(head[14:])), sizes[0], sizes[1]}
	complete := true
	for i, want := range [...]uint64{uint64(p.crc), uint64(p.Size), uint64(p.packed)} {
		complete = complete && found[i] == want
		if found[i] != want && (found[i] != 0 || flags&descriptorFlag == 0) {
			return differs
		}
	}
	if p.described || !complete {
		return p.checkDescriptor()
	}
	return nil
}

// checkDescriptor compares the CRC-32 and the sizes that follow the packed
// bytes with the directory. They come with a signature or without, and sizes
// take four bytes or eight (APPNOTE §4.3.9).
func (p *Part) checkDescriptor() error {
	short := le.AppendUint32(nil, p.crc)
	long := bytes.Clone(short)
	short = le.AppendUint32(le.AppendUint32(short, uint32(p.packed)), uint32(p.Size))
	long = le.AppendUint64(le.AppendUint64(long, uint64(p.packed)), uint64(p.Size))
	found := make([]byte, len(descriptorSignature)+len(long))
	n, err := p.r.ReadAt(found, p.data+p.packed)
	if n < len(found) && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read archive: %w", err)
	}
	found = found[:n]
	for _, rest := range [][]byte{found, bytes.TrimPrefix(found, []byte(descriptorSignature))} {
		if bytes.HasPrefix(rest, short) || bytes.HasPrefix(rest, long) {
			return nil
		}
	}
	return p.problem("what follows its data and the directory of the archive disagree")
}

// readAt fills b; a file that ends before is a Problem.
func readAt(r io.ReaderAt, b []byte, offset int64) error {
	n, err := r.ReadAt(b, offset)
	switch {
	case n == len(b):
		return nil
	case errors.Is(err, io.EOF):
		return &Problem{"", "the archive is cut off", saveAgain}
	}
	return fmt.Errorf("read archive: %w", err)
}

// methodName names a way of compressing, as programs that write it call it.
func methodName(method uint16) string {
	names := map[uint16]string{9: "Deflate64, as Windows does with large files", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd"}
	if name, known := names[method]; known {
		return name
	}
	return fmt.Sprintf("method %d", method)
}
