package publish

import (
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
	"cspcoop/report/runjson"
)

const runName = "run.json"

// A Listed is a published set.
type Listed struct {
	// AsOf is the set's date, 2020-10-15, and the name of its folder.
	AsOf string
	// Seal is nil while the set is not signed.
	Seal *Seal
}

// Sets lists the published sets under dir, the statements folder, by date. A folder without a run.json is none,
// unless it was sealed: then something is missing.
func Sets(dir string) ([]Listed, error) {
	entries, err := disk.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the statements folder cannot be read: %w", err)
	}
	seals := map[string]*Seal{}
	for _, entry := range entries {
		day, sealed := strings.CutSuffix(entry.Name(), sealEnding)
		switch {
		case checkDate(day) != nil:
		case sealed:
			seal, _, err := Sealed(dir, day)
			if err != nil {
				return nil, err
			}
			seals[day] = &seal
		case seals[day] == nil && isSet(dir, day):
			seals[day] = nil
		}
	}
	var sets []Listed
	for _, day := range slices.Sorted(maps.Keys(seals)) {
		sets = append(sets, Listed{day, seals[day]})
	}
	return sets, nil
}

// isSet reports whether the folder of a date holds a statement set.
func isSet(dir, asOf string) bool {
	info, err := os.Stat(filepath.Join(dir, asOf, runName))
	return err == nil && info.Mode().IsRegular()
}

// Strays lists what is in the statements folder and belongs to no set.
func Strays(dir string) []string {
	entries, err := disk.ReadDir(dir)
	if err != nil {
		return nil
	}
	var strays []string
	for _, entry := range entries {
		name := entry.Name()
		day, sealed := strings.CutSuffix(name, sealEnding)
		switch {
		case ignored(name), checkDate(day) == nil && (sealed || isSet(dir, day)):
		default:
			strays = append(strays, name)
		}
	}
	return strays
}

// ignored reports what a file manager or an open workbook leaves beside files, and what this program hides.
func ignored(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || name == "Thumbs.db" || name == "desktop.ini"
}

// Run reads the run.json of a set, and returns its SHA-256, too.
func Run(dir, asOf string) (set runjson.Set, sum string, err error) {
	content, err := disk.ReadFile(filepath.Join(dir, asOf, runName))
	if err != nil {
		return set, "", err
	}
	digest := sha256.Sum256(content)
	set, err = runjson.ReadSet(content)
	return set, hex.EncodeToString(digest[:]), err
}
