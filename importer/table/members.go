package table

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"cspcoop/importer/disk"
	"cspcoop/importer/table/strictzip"
)

// Member is a file in a ZIP archive of reports.
type Member struct {
	Name string // its path in the archive

	part *strictzip.Part
}

// Members lists the files of a ZIP archive in the bytewise order of their names;
// reading them ends with the context, too.
// It is for archives of reports, as Partner Center delivers them: of a workbook,
// which is an archive too, and of everything else there are none, and Open says
// what it is.
func Members(ctx context.Context, r io.ReaderAt, size int64, limits Limits) ([]Member, error) {
	limits = limits.orDefaults()
	magic := make([]byte, len(zipMagic))
	if n, err := r.ReadAt(magic, 0); n < len(magic) || string(magic) != zipMagic || size > limits.MaxFileBytes {
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("read the start of the file: %w", err)
		}
		return nil, nil
	}
	archive, err := strictzip.Open(cancelable{ctx, r}, size, strictzip.Limits{Entries: limits.MaxZipEntries, Ratio: limits.MaxRatio})
	if _, bad := errors.AsType[*strictzip.Problem](err); bad {
		return nil, nil // for Open to report
	} else if err != nil {
		return nil, err
	}
	if _, other := archiveKind(archive); other {
		return nil, nil
	}
	var list []Member
	for _, part := range archive.Parts {
		switch {
		case part.IsFolder(), strings.HasPrefix(part.Name, "__MACOSX/"), path.Base(part.Name) == ".DS_Store":
		case part.IsLink():
			return nil, refused(Fault{Member: part.Name, Problem: "it is a link, not a file", Want: wantUnpacked})
		case part.Size > limits.MaxInflatedBytes:
			return nil, refused(Fault{Member: part.Name,
				Problem: fmt.Sprintf("it inflates to %d bytes, more than %d", part.Size, limits.MaxInflatedBytes),
				Want:    fmt.Sprintf("export fewer months at once, or raise the limit ([limits] max_inflated_bytes = %d)", limits.MaxInflatedBytes)})
		default:
			list = append(list, Member{Name: part.Name, part: part})
		}
	}
	if len(list) == 0 {
		return nil, refused(Fault{Problem: "the ZIP archive holds no report", Want: wantExport})
	}
	slices.SortFunc(list, func(a, b Member) int { return strings.Compare(a.Name, b.Name) })
	return list, nil
}

// Unpacked is a member as a file of its own.
type Unpacked struct {
	io.ReaderAt
	Size   int64
	SHA256 string // lower-case hex

	file *os.File
}

// Unpack inflates the member into a temporary file in a folder ("" means the
// system's), and proves its bytes on the way. A ZIP archive in the archive is
// refused.
func (m Member) Unpack(ctx context.Context, folder string) (_ *Unpacked, err error) {
	file, err := disk.Temporary(folder)
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w", m.Name, err)
	}
	u := &Unpacked{ReaderAt: file, Size: m.part.Size, file: file}
	defer func() {
		if err != nil {
			err = errors.Join(err, u.Close())
		}
	}()
	sum := sha256.New()
	if err := m.inflate(io.MultiWriter(file, sum)); err != nil {
		return nil, err
	}
	u.SHA256 = hex.EncodeToString(sum.Sum(nil))
	inner, err := Members(ctx, file, u.Size, Limits{})
	if refusal, bad := asFaults(err); len(inner) > 0 || bad && refusal.Total > 0 {
		return nil, refused(Fault{Member: m.Name, Problem: "it is a ZIP archive inside of the ZIP archive", Want: wantUnpacked})
	}
	return u, err
}

// Sum returns the member's SHA-256, in lower-case hex, and proves its bytes.
func (m Member) Sum() (string, error) {
	sum := sha256.New()
	err := m.inflate(sum)
	return hex.EncodeToString(sum.Sum(nil)), err
}

// inflate writes the member's bytes, and proves them.
func (m Member) inflate(to io.Writer) error {
	packed := m.part.OpenAhead()
	defer packed.Close()
	if _, err := io.Copy(to, packed); err != nil {
		return m.Fault(fmt.Errorf("unpack %s: %w", m.Name, zipFault(err)))
	}
	return nil
}

// Fault names the member in the faults of an error.
func (m Member) Fault(err error) error {
	if faults, ok := asFaults(err); ok {
		for i := range faults.List {
			faults.List[i].Member = m.Name
			if faults.List[i].Part == m.Name {
				faults.List[i].Part = "" // of this archive, not of a workbook in it
			}
		}
	}
	return err
}

// Close removes the temporary file.
func (u *Unpacked) Close() error { return u.file.Close() }
