package publish

import (
	"crypto/sha256"
	"encoding/hex"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"cspcoop/importer/disk"
)

// longestName leaves room for extensions, and for deep workspaces under Windows' 260 characters.
const longestName = 100

// FileNames returns each name a file name, without extension, that is safe on every file system and unlike all the
// others without regard to case or Unicode form. A name keeps itself where it can; one that had to be changed, or
// that another one resembles, ends in digits of its own SHA-256: what it is called does not depend on the order
// of the names.
func FileNames(names []string) map[string]string {
	digits := map[string]int{}
	for _, name := range names {
		digits[name] = 0
		if fileName(name, 0) != name {
			digits[name] = shortDigest
		}
	}
	for {
		alike := map[string][]string{}
		for name, n := range digits {
			key := fold(fileName(name, n))
			alike[key] = append(alike[key], name)
		}
		if len(alike) == len(digits) {
			break
		}
		for _, group := range alike {
			for _, name := range group {
				if len(group) > 1 {
					digits[name] = longer(digits[name])
				}
			}
		}
	}
	fileNames := make(map[string]string, len(digits))
	for name, n := range digits {
		fileNames[name] = fileName(name, n)
	}
	return fileNames
}

const (
	shortDigest = 12
	fullDigest  = 2 * sha256.Size
)

// longer makes names that are still alike differ for certain at its second step.
func longer(digits int) int {
	if digits == 0 {
		return shortDigest
	}
	return fullDigest
}

// fileName is the safe form of a name, ending in that many digits of its SHA-256.
func fileName(name string, digits int) string {
	safe := disk.SafeName(norm.NFC.String(name))
	if digits == 0 {
		return disk.Shorten(safe, longestName)
	}
	sum := sha256.Sum256([]byte(name))
	ending := "-" + hex.EncodeToString(sum[:])[:digits]
	return disk.Shorten(safe, longestName-len(ending)) + ending
}

// fold makes names equal that some file system takes for one.
func fold(name string) string { return norm.NFC.String(cases.Fold().String(name)) }
