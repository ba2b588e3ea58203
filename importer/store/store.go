// Package store keeps the earnings of archived files in a form that is quick to
// read again: one Parquet file for each original, which other programs can open
// as well. It holds nothing that the archive does not: a file of it that is not
// there, damaged, or of another way of reading is ignored, and made again.
package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"cspcoop/calc"
	"cspcoop/importer"
	"cspcoop/importer/disk"
	"cspcoop/importer/table"
)

// Format numbers the ways in which importer.Read makes sources of files and this
// package keeps them: it goes up when either gives anything else than before.
const Format = 13

// Reading names everything that decides what importer.Read makes of a file:
// the program's version and the options, all but the temporary folder.
func Reading(version string, o importer.Options) (string, error) {
	var key struct {
		Format  int
		Version string
		Options struct {
			importer.Options
			Table struct {
				table.Options
				Header, TempDir string // hide the fields of the same name, which do not decide
			}
		}
	}
	key.Format, key.Version = Format, version
	key.Options.Options, key.Options.Table.Options = o, o.Table
	words, err := json.Marshal(key)
	if err != nil {
		return "", fmt.Errorf("options of the import: %w", err)
	}
	sum := sha256.Sum256(words)
	return hex.EncodeToString(sum[:]), nil
}

// A Store is a folder of Parquet files, each named by the SHA-256 of its
// original, and beside it a file with its own SHA-256, as sha256sum writes it.
type Store struct {
	disk    disk.Disk
	dir     string
	reading string
}

// New returns the store in a folder, which need not be there. reading is that of
// [Reading].
func New(d disk.Disk, dir, reading string) *Store {
	return &Store{disk: d, dir: dir, reading: reading}
}

// Sweep removes what an interrupted run left.
func (s *Store) Sweep() error { return disk.SweepTemp(s.disk, s.dir) }

// Load returns the source that importer.Read would give for the original with this
// SHA-256, or nil where the store does not know. It passes its details on.
func (s *Store) Load(original string) *calc.Source {
	f, size, err := openProven(s.path(original))
	if err != nil {
		return nil
	}
	defer f.Close()
	src, err := decode(f, size, identity{original, s.reading})
	if err != nil {
		return nil // another way of reading
	}
	return src
}

// Kept lists the store's files in a folder, which need not be there.
func Kept(dir string) ([]string, error) {
	var list []string
	for _, ending := range []string{extension, membersExtension} {
		found, err := filepath.Glob(filepath.Join(dir, "*"+ending))
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	return list, nil
}

// Check returns an error that names a file of the store unless it is as it was
// written.
func Check(path string) error {
	f, _, err := openProven(path)
	if err != nil {
		return err
	}
	return f.Close()
}

// openProven opens a file of the store that the SHA-256 beside it proves.
func openProven(path string) (*os.File, int64, error) {
	f, size, err := disk.Open(path)
	if err != nil {
		return nil, 0, fmt.Errorf("the stored file %s cannot be read; delete it: %w", path, err)
	}
	sum := sha256.New()
	_, err = io.Copy(sum, f)
	noted, notedErr := disk.ReadFile(path + sumExtension)
	if err != nil || notedErr != nil || string(noted) != sumLine(sum.Sum(nil), path) {
		f.Close()
		return nil, 0, fmt.Errorf("the stored file %s was changed; delete it, and the next run writes it again", path)
	}
	return f, size, nil
}

const (
	extension    = ".parquet"
	sumExtension = ".sha256"
)

func (s *Store) path(original string) string {
	return filepath.Join(s.dir, original+extension)
}

func (s *Store) sumPath(original string) string { return s.path(original) + sumExtension }

// sumLine is a line as sha256sum writes and checks it.
func sumLine(sum []byte, path string) string {
	return hex.EncodeToString(sum) + "  " + filepath.Base(path) + "\n"
}
