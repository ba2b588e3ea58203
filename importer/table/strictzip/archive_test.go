package strictzip

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"path"
	"strings"
	"testing"
)

var wide = Limits{Entries: 100, Ratio: 100, Inflated: 1 << 30}

// pack builds an archive; the methods are those of the zip package.
func pack(t testing.TB, method uint16, parts ...[2]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := w.CreateHeader(&zip.FileHeader{Name: p[0], Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, p[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// raw builds an archive of parts that are as their headers say: without a data
// descriptor, so that the local header holds everything.
func raw(t testing.TB, parts ...rawPart) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := w.CreateRaw(&zip.FileHeader{Name: p.name, Method: p.method, CRC32: p.crc,
			CompressedSize64: uint64(len(p.packed)), UncompressedSize64: p.size})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, p.packed); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type rawPart struct {
	name   string
	method uint16
	packed string
	size   uint64
	crc    uint32
}

// storedPart is a part without compression.
func storedPart(name, content string) rawPart {
	return rawPart{name, zip.Store, content, uint64(len(content)), crc32.ChecksumIEEE([]byte(content))}
}

// readAll opens an archive and proves all of its parts.
func readAll(data []byte, limits Limits) (map[string]string, error) {
	a, err := Open(bytes.NewReader(data), int64(len(data)), limits)
	if err != nil {
		return nil, err
	}
	parts := map[string]string{}
	for _, p := range a.Parts {
		content, err := io.ReadAll(p.Open())
		if err != nil {
			return nil, err
		}
		parts[p.Name] = string(content)
	}
	return parts, nil
}

func wantProblem(t *testing.T, err error, words string) {
	t.Helper()
	var problem *Problem
	if !errors.As(err, &problem) {
		t.Fatalf("error %v, want a problem that says %q", err, words)
	}
	if !strings.Contains(problem.Error(), words) || problem.Want == "" {
		t.Errorf("problem %q, want one that says %q and what to do", problem, words)
	}
}

func TestRead(t *testing.T) {
	for _, method := range []uint16{zip.Store, zip.Deflate} {
		data := pack(t, method, [2]string{"a.xml", "one"}, [2]string{"xl/B.xml", strings.Repeat("two", 1000)}, [2]string{"empty", ""})
		a, err := Open(bytes.NewReader(data), int64(len(data)), wide)
		if err != nil {
			t.Fatal(err)
		}
		part, ok := a.Find("XL/b.xml")
		if !ok || part.proven {
			t.Fatalf("part %v, want one that is not proven yet", part)
		}
		content, err := io.ReadAll(part.Open())
		if err != nil || string(content) != strings.Repeat("two", 1000) || !part.proven {
			t.Errorf("read %d bytes, %v", len(content), err)
		}
		for _, p := range a.Parts {
			if err := p.Prove(); err != nil || !p.proven {
				t.Errorf("%s: %v", p.Name, err)
			}
		}
		if _, ok := a.Find("c.xml"); ok {
			t.Error("a part that is not there was found")
		}
	}
}

func TestComment(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	if err := w.SetComment("made by Contoso PK\x05"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := readAll(b.Bytes(), wide); err != nil {
		t.Error(err)
	}
}

func TestNames(t *testing.T) {
	for _, name := range []string{"/a", `\a`, "../a", `..\a`, "a/../b", "..", ".", "C:a", `\\host\a`, "a\x00b", "a\nb", "/", ""} {
		_, err := readAll(raw(t, storedPart(name, "")), wide)
		wantProblem(t, err, "its name")
	}
	for _, twice := range []string{"A.XML", "./a.xml", `.\a.xml`, "a.xml/"} {
		_, err := readAll(raw(t, storedPart("a.xml", ""), storedPart(twice, "")), wide)
		wantProblem(t, err, "twice")
	}
	for written, read := range map[string]string{
		`xl\a.xml`: "xl/a.xml", "./xl//a.xml": "xl/a.xml", "M\x84rz.csv": "März.csv", "März.csv": "März.csv", `a\`: "a/",
	} {
		t.Run(written, func(t *testing.T) {
			parts, err := readAll(raw(t, storedPart(written, "")), wide)
			if _, ok := parts[read]; !ok {
				t.Errorf("%q: read as %v, %v; want %q", written, parts, err, read)
			}
		})
	}
	if _, err := readAll(pack(t, zip.Store, [2]string{"xl/", ""}, [2]string{"XL/", ""}, [2]string{"xl/a", "x"}), wide); err != nil {
		t.Errorf("a folder: %v", err)
	}
}

func TestLimits(t *testing.T) {
	zeros := strings.Repeat("\x00", 2<<20)
	for _, tt := range []struct {
		name   string
		data   []byte
		limits Limits
		words  string
	}{
		{"entries", pack(t, zip.Store, [2]string{"a", ""}, [2]string{"b", ""}), Limits{1, 100, 100}, "max_zip_entries = 1"},
		{"ratio", pack(t, zip.Deflate, [2]string{"a", zeros}), wide, "max_ratio = 100"},
		{"total", pack(t, zip.Store, [2]string{"a", "1234"}, [2]string{"b", "5678"}), Limits{9, 100, 7}, "max_inflated_bytes = 7"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := readAll(tt.data, tt.limits)
			wantProblem(t, err, tt.words)
		})
	}
	small := pack(t, zip.Deflate, [2]string{"a", zeros[:FreeBytes]})
	if _, err := readAll(small, wide); err != nil {
		t.Errorf("a small part of one byte: %v", err)
	}
}

func TestDamage(t *testing.T) {
	put16 := binary.LittleEndian.PutUint16
	put32 := binary.LittleEndian.PutUint32
	whole := raw(t, storedPart("a.xml", "100.00"))
	directory := bytes.Index(whole, []byte(directorySignature))
	end := bytes.Index(whole, []byte(endSignature))
	for _, tt := range []struct {
		name  string
		spoil func(b []byte) []byte
		words string
	}{
		{"content", func(b []byte) []byte { b[localLength+5] = '9'; return b }, "checksum"},
		{"cut off", func(b []byte) []byte { return b[:len(b)-3] }, "cut off"},
		{"no directory", func(b []byte) []byte { return b[:directory] }, "cut off"},
		{"bytes behind", func(b []byte) []byte { return append(b, 'x') }, "bytes follow the end"},
		{"bytes before", func(b []byte) []byte { return append([]byte("x"), b...) }, "not where"},
		{"encrypted", func(b []byte) []byte { b[directory+8] |= 1; return b }, "encrypted"},
		{"encrypted locally", func(b []byte) []byte { b[6] |= 1; return b }, "disagree"},
		{"another name", func(b []byte) []byte { b[localLength] = 'b'; return b }, "disagree"},
		{"another local size", func(b []byte) []byte { b[22]++; return b }, "disagree"},
		{"another local checksum", func(b []byte) []byte { b[14]++; return b }, "disagree"},
		{"sizes of a stored part", func(b []byte) []byte { b[directory+24]++; return b }, "sizes disagree"},
		{"method", func(b []byte) []byte { b[directory+10] = 12; return b }, "bzip2"},
		{"Deflate64", func(b []byte) []byte { b[directory+10] = 9; return b }, "Deflate64"},
		{"no local header", func(b []byte) []byte { b[0] = 'X'; return b }, "disagree"},
		{"header elsewhere", func(b []byte) []byte { put32(b[directory+42:], 1<<20); return b }, "cut off"},
		{"count", func(b []byte) []byte { put16(b[end+8:], 2); put16(b[end+10:], 2); return b }, "cut off"},
		{"smaller count", func(b []byte) []byte { put16(b[end+8:], 0); put16(b[end+10:], 0); return b }, "larger than"},
		{"volumes", func(b []byte) []byte { put16(b[end+4:], 1); return b }, "volumes"},
		{"directory elsewhere", func(b []byte) []byte { b[end+16]++; return b }, "not where"},
		{"extra field", func(b []byte) []byte { put16(b[directory+28:], 1); put16(b[directory+30:], 4); return b }, "damaged"},
		{"zip64 without sizes", func(b []byte) []byte { put32(b[directory+24:], 1<<32-1); return b }, "damaged"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := readAll(tt.spoil(bytes.Clone(whole)), wide)
			wantProblem(t, err, tt.words)
		})
	}
}

func TestDeclaredSize(t *testing.T) {
	content := strings.Repeat("abc", 100)
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for size, words := range map[uint64]string{299: "more than the 299", 301: "not to the 301", 0: "more than the 0"} {
		_, err := readAll(raw(t, rawPart{"a", zip.Deflate, packed.String(), size, crc32.ChecksumIEEE([]byte(content))}), wide)
		wantProblem(t, err, words)
	}
}

func TestDamagedStream(t *testing.T) {
	whole := pack(t, zip.Deflate, [2]string{"a", strings.Repeat("abcdefghij", 100)})
	data := bytes.Clone(whole)
	data[localLength+1] = 0xFF
	_, err := readAll(data, wide)
	wantProblem(t, err, "damaged")

	// the sizes behind the data are those of another part
	data = bytes.Clone(whole)
	data[bytes.Index(whole, []byte(descriptorSignature))+8]++
	_, err = readAll(data, wide)
	wantProblem(t, err, "what follows its data")

	// any of the three may be left open before the data, or be there already
	for _, known := range [][]int{{14}, {18}, {22}, {14, 18}, {18, 22}, {14, 18, 22}} {
		data = bytes.Clone(whole)
		directory := bytes.Index(whole, []byte(directorySignature))
		for _, at := range known {
			copy(data[at:at+4], whole[directory+at+2:][:4])
		}
		if _, err := readAll(data, wide); err != nil {
			t.Errorf("known at %v: %v", known, err)
		}
		data[known[0]] ^= 1
		_, err = readAll(data, wide)
		wantProblem(t, err, "disagree")
	}

	emptyBlock := "\x01\x00\x00\xFF\xFF"
	_, err = readAll(raw(t, rawPart{"a", zip.Deflate, emptyBlock + "x", 0, 0}), wide)
	wantProblem(t, err, "follow the end")
}

func TestOverlap(t *testing.T) {
	data := pack(t, zip.Store, [2]string{"a", "same"}, [2]string{"b", "same"})
	first := bytes.Index(data, []byte(directorySignature))
	second := first + bytes.Index(data[first+4:], []byte(directorySignature)) + 4
	// both entries point at a header called "a"; the second takes its name
	copy(data[second+42:second+46], data[first+42:first+46])
	_, err := readAll(data, wide)
	wantProblem(t, err, "disagree")

	// the first part reaches into the second
	data = raw(t, storedPart("a", "same"), storedPart("b", "same"))
	first = bytes.Index(data, []byte(directorySignature))
	for _, at := range []int{18, 22, first + 20, first + 24} {
		data[at] += 10
	}
	_, err = readAll(data, wide)
	wantProblem(t, err, "overlaps")
}

func TestZip64(t *testing.T) {
	// as writers that cannot know the sizes do: marked in the directory, given
	// in the extra field
	le := binary.LittleEndian
	content := "100.00"
	var b []byte
	b = append(b, localSignature...)
	b = le.AppendUint16(b, 45)
	b = append(b, make([]byte, 8)...)
	b = le.AppendUint32(b, crc32.ChecksumIEEE([]byte(content)))
	b = le.AppendUint32(b, 1<<32-1)
	b = le.AppendUint32(b, 1<<32-1)
	b = le.AppendUint16(b, 1)
	b = le.AppendUint16(b, 20)
	b = append(b, 'a')
	extra := le.AppendUint16(nil, 1)
	extra = le.AppendUint16(extra, 16)
	extra = le.AppendUint64(extra, uint64(len(content)))
	extra = le.AppendUint64(extra, uint64(len(content)))
	b = append(append(b, extra...), content...)
	start := len(b)
	b = append(b, directorySignature...)
	b = le.AppendUint16(b, 45)
	b = le.AppendUint16(b, 45)
	b = append(b, make([]byte, 8)...)
	b = le.AppendUint32(b, crc32.ChecksumIEEE([]byte(content)))
	b = le.AppendUint32(b, 1<<32-1)
	b = le.AppendUint32(b, 1<<32-1)
	b = le.AppendUint16(b, 1)
	b = le.AppendUint16(b, 20)
	b = append(b, make([]byte, 14)...)
	b = append(append(b, 'a'), extra...)
	end := len(b)
	b = append(b, end64Signature...)
	b = le.AppendUint64(b, 44)
	b = append(b, make([]byte, 12)...)
	b = le.AppendUint64(b, 1)
	b = le.AppendUint64(b, 1)
	b = le.AppendUint64(b, uint64(end-start))
	b = le.AppendUint64(b, uint64(start))
	b = append(b, end64Locator...)
	b = le.AppendUint32(b, 0)
	b = le.AppendUint64(b, uint64(end))
	b = le.AppendUint32(b, 1)
	b = append(b, endSignature...)
	b = append(b, make([]byte, 4)...)
	b = append(b, bytes.Repeat([]byte{0xFF}, 12)...)
	b = append(b, 0, 0)

	parts, err := readAll(b, wide)
	if err != nil || parts["a"] != content {
		t.Errorf("parts %v, %v", parts, err)
	}
	b[end]++
	_, err = readAll(b, wide)
	wantProblem(t, err, "zip64")
}

// FuzzArchive: what is accepted has the content that the standard library
// finds, part by part.
func FuzzArchive(f *testing.F) {
	f.Add(pack(f, zip.Deflate, [2]string{"a", "one"}, [2]string{"b/c", "two"}))
	f.Add(raw(f, storedPart("a", "one")))
	f.Fuzz(func(t *testing.T, data []byte) {
		parts, err := readAll(data, Limits{Entries: 20, Ratio: 100, Inflated: 1 << 20})
		if err != nil {
			return
		}
		r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
			t.Fatalf("the standard library does not open it: %v", err)
		}
		for _, file := range r.File {
			if strings.HasSuffix(file.Name, "/") || strings.HasSuffix(file.Name, `\`) {
				continue
			}
			rc, err := file.Open()
			if err != nil {
				t.Fatal(err)
			}
			content, err := io.ReadAll(rc)
			name := path.Clean(partName([]byte(file.Name), file.Extra, !file.NonUTF8))
			if err != nil || parts[name] != string(content) {
				t.Fatalf("%s: %q, the standard library has %q (%v)", name, parts[name], content, err)
			}
		}
	})
}
