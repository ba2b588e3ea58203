package inbox

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// An Archive is the folder of all taken originals and the list of their receipts. Reading it changes nothing.
type Archive struct {
	dir   string
	index index
}

// OpenArchive reads the list of receipts. A last line that a crash tore counts as not written; any other damage
// is an error that names the line.
func OpenArchive(dir string) (*Archive, error) {
	a := &Archive{dir: dir}
	content, err := os.ReadFile(a.indexPath())
	if errors.Is(err, fs.ErrNotExist) {
		return a, a.neverUsed()
	}
	if err != nil {
		return nil, fmt.Errorf("the list of receipts cannot be read: %w", err)
	}
	if len(content) == 0 {
		return a, a.neverUsed()
	}
	if a.index, err = parseIndex(content); err != nil {
		return nil, fmt.Errorf("%s: %w; restore it from a backup", a.indexPath(), err)
	}
	return a, nil
}

// neverUsed is an error when originals lie in an archive without a list of receipts: going on would forget them.
func (a *Archive) neverUsed() error {
	entries, err := os.ReadDir(a.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("the archive cannot be read: %w", err)
	}
	if slices.ContainsFunc(entries, func(entry fs.DirEntry) bool { return isFingerprint(entry.Name()) }) {
		return fmt.Errorf("%s is missing or empty though the archive holds originals; restore it from a backup", a.indexPath())
	}
	return nil
}

func (a *Archive) indexPath() string { return filepath.Join(a.dir, "index.csv") }

// Path is where the original with this fingerprint lies.
func (a *Archive) Path(sha256 string) string { return filepath.Join(a.dir, sha256) }

// Receipts lists the first known receipts in the order of their numbers; 0 means all.
func (a *Archive) Receipts(known int) ([]Receipt, error) {
	all := a.index.receipts
	switch {
	case known < 0 || known > len(all):
		return nil, fmt.Errorf("there are %d receipts, not %d; name a number from 1 to %d", len(all), known, len(all))
	case known > 0:
		all = all[:known]
	}
	return slices.Clone(all), nil
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

// Files lists the originals that the first known receipts speak of (0 means all), by name and fingerprint.
func (a *Archive) Files(known int) ([]Original, error) {
	receipts, err := a.Receipts(known)
	if err != nil {
		return nil, err
	}
	place := map[string]int{}
	var files []Original
	for _, r := range receipts {
		i, ok := place[r.SHA256]
		if !ok {
			i = len(files)
			place[r.SHA256] = i
			files = append(files, Original{SHA256: r.SHA256, Name: r.Name})
		}
		files[i].Name = min(files[i].Name, r.Name)
		files[i].Last, files[i].Kind = r.Number, r.Kind
	}
	slices.SortFunc(files, func(x, y Original) int {
		if c := strings.Compare(x.Name, y.Name); c != 0 {
			return c
		}
		return strings.Compare(x.SHA256, y.SHA256)
	})
	return files, nil
}

// Open opens an original and tells its size in bytes. It does not verify the fingerprint: whoever reads all of
// it hashes it on the way, or asks Check.
func (a *Archive) Open(sha256 string) (*os.File, int64, error) {
	file, err := os.OpenFile(a.Path(sha256), os.O_RDONLY|nonblock, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, fmt.Errorf("original %s is missing from the archive; restore it from a backup", sha256)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("original %s cannot be read: %w", sha256, err)
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("it is not a file; restore it from a backup")
	}
	if err != nil {
		file.Close()
		return nil, 0, fmt.Errorf("original %s cannot be read: %w", sha256, err)
	}
	return file, info.Size(), nil
}

// Check reads an original and returns an error unless its bytes still have its fingerprint.
func (a *Archive) Check(sha256 string) error {
	file, _, err := a.Open(sha256)
	if err != nil {
		return err
	}
	defer file.Close()
	found, err := fingerprint(file)
	if err != nil {
		return fmt.Errorf("original %s cannot be read: %w", sha256, err)
	}
	if found != sha256 {
		return fmt.Errorf("original %s was changed in the archive; restore it from a backup", sha256)
	}
	return nil
}

// fingerprint is the SHA-256 of what is left to read, in lower-case hex.
func fingerprint(r io.Reader) (string, error) {
	hash := sha256.New()
	if _, err := io.Copy(hash, r); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// isFingerprint reports whether text is a SHA-256 in lower-case hex.
func isFingerprint(text string) bool {
	sum, err := hex.DecodeString(text)
	return err == nil && len(sum) == sha256.Size && text == strings.ToLower(text)
}
