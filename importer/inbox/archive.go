package inbox

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cspcoop/importer/disk"
)

// An Archive is the folder of all taken originals and the list of their receipts. Reading it changes nothing.
type Archive struct {
	dir   string
	index index
}

// OpenArchive reads the list of receipts, and proves that it and the originals belong together. A last line that a
// crash tore counts as not written; any other damage is an error that names the line or the files. Where the list can
// be read, the archive is returned beside the error, for those who prove the rest of it.
func OpenArchive(folders Folders) (*Archive, error) {
	// A run that receives a file meanwhile writes the original first and its receipt after it: only a difference
	// that outlasts its next receipt is one.
	for {
		a, before, err := readArchive(folders.Archive)
		if err != nil {
			return nil, err
		}
		proven := a.prove(folders)
		if proven == nil {
			return a, nil
		}
		if _, after, err := readArchive(folders.Archive); err != nil || bytes.Equal(before, after) {
			return a, proven
		}
	}
}

// readArchive reads the list of receipts, and returns its content, too.
func readArchive(dir string) (*Archive, []byte, error) {
	a := &Archive{dir: dir}
	content, err := disk.ReadFile(a.indexPath())
	if errors.Is(err, fs.ErrNotExist) || len(content) == 0 && err == nil {
		return a, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("the list of receipts cannot be read: %w", err)
	}
	if a.index, err = parseIndex(content); err != nil {
		return nil, nil, fmt.Errorf("%s: %w; restore it from a backup", a.indexPath(), err)
	}
	return a, content, nil
}

func (a *Archive) indexPath() string { return filepath.Join(a.dir, "index.csv") }

// Path is where the original with this SHA-256 lies.
func (a *Archive) Path(sha256 string) string { return filepath.Join(a.dir, sha256) }

// Receipts lists the first known receipts in the order of their numbers; 0 means all.
func (a *Archive) Receipts(known int) ([]Receipt, error) {
	all := a.index.receipts
	switch {
	case known < 0 || known > len(all):
		return nil, fmt.Errorf("there is no receipt %d; archive/index.csv has %d", known, len(all))
	case known > 0:
		all = all[:known]
	}
	return slices.Clone(all), nil
}

// Known returns how many receipts there are, and the SHA-256 of every original that they speak of, withdrawn ones
// included.
func (a *Archive) Known() (receipts int, originals []string) {
	sums := map[string]bool{}
	for _, r := range a.index.receipts {
		sums[r.SHA256] = true
	}
	return len(a.index.receipts), slices.Sorted(maps.Keys(sums))
}

// An Original is one archived file, however often it was received.
type Original struct {
	SHA256 string
	// Name is the bytewise smallest name it was received under: the same in any order of arrival.
	Name string
	// Last is the number of its last receipt, which decides where the last received counts.
	Last int
	Kind string
}

// With is the archive as if these files had been received after all others.
func (a *Archive) With(received []Receipt) *Archive {
	more := *a
	more.index.receipts = slices.Concat(a.index.receipts, received)
	for i := len(a.index.receipts); i < len(more.index.receipts); i++ {
		more.index.receipts[i].Number = i + 1
	}
	return &more
}

// A Withdrawal is an original that does not count, because somebody took it out.
type Withdrawal struct {
	Original
	By, Reason string
}

// Files lists the originals that count by the first known receipts (0 means all), and those that were withdrawn and
// not received again since, each by name and SHA-256.
func (a *Archive) Files(known int) (files []Original, withdrawn []Withdrawal, err error) {
	receipts, err := a.Receipts(known)
	if err != nil {
		return nil, nil, err
	}
	counted, out := map[string]Original{}, map[string]Withdrawal{}
	for _, r := range receipts {
		o, again := counted[r.SHA256]
		if r.Kind == KindWithdrawal {
			out[r.SHA256] = Withdrawal{o, r.By, r.Reason}
			delete(counted, r.SHA256)
			continue
		}
		if !again || r.Name < o.Name {
			o.Name = r.Name
		}
		o.SHA256, o.Last, o.Kind = r.SHA256, r.Number, r.Kind
		counted[r.SHA256] = o
		delete(out, r.SHA256)
	}
	files = slices.SortedFunc(maps.Values(counted), Original.compare)
	withdrawn = slices.SortedFunc(maps.Values(out), func(x, y Withdrawal) int { return x.compare(y.Original) })
	return files, withdrawn, nil
}

func (o Original) compare(other Original) int {
	return cmp.Or(strings.Compare(o.Name, other.Name), strings.Compare(o.SHA256, other.SHA256))
}

// Open opens an original and returns its size in bytes. It does not verify the SHA-256: whoever reads all of
// it hashes it on the way, or asks Check.
func (a *Archive) Open(sha256 string) (*os.File, int64, error) {
	file, size, err := disk.Open(a.Path(sha256))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, fmt.Errorf("original %s is missing from the archive; restore it from a backup", sha256)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("original %s cannot be read; restore it from a backup: %w", sha256, err)
	}
	return file, size, nil
}

// Check reads an original and returns an error unless its bytes still have its SHA-256.
func (a *Archive) Check(sha256 string) error {
	file, _, err := a.Open(sha256)
	if err != nil {
		return err
	}
	defer file.Close()
	found, err := disk.SHA256(file)
	if err != nil {
		return fmt.Errorf("original %s cannot be read: %w", sha256, err)
	}
	if found != sha256 {
		return fmt.Errorf("original %s was changed in the archive; restore it from a backup", sha256)
	}
	return nil
}

// isSHA256 reports whether text is a SHA-256 in lower-case hex.
func isSHA256(text string) bool {
	sum, err := hex.DecodeString(text)
	return err == nil && len(sum) == sha256.Size && text == strings.ToLower(text)
}
