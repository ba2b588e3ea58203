package inbox

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"

	"cspcoop/importer/disk"
)

const (
	reasonEnding = ".reason.txt"
	// longestName leaves room within the 255 bytes that file systems grant a name for a number (-2 … -9999) and
	// for the reason's ending.
	longestName = 255 - len("-9999") - len(reasonEnding)
	// longestExtension is what is still taken for an extension and kept when a name is shortened.
	longestExtension = 16
	digestDigits     = 12
)

// rejectedName is the name that a file or folder keeps among the rejected ones: its own, unless that is too long,
// is not possible on every system, or looks like a reason (which it would overwrite, or be overwritten by).
func rejectedName(name, sha256 string) string {
	safe := disk.SafeName(name)
	isReason := strings.HasSuffix(strings.ToLower(safe), reasonEnding)
	if safe == name && len(name) <= longestName && !isReason {
		return name
	}
	stem, extension := splitExtension(safe)
	digest := "-" + sha256[:digestDigits]
	return disk.Shorten(stem, longestName-len(digest)-len(extension)) + digest + extension
}

// numbered is the n-th choice of a name: report.csv, report-2.csv, report-3.csv …
func numbered(name string, n int) string {
	if n == 1 {
		return name
	}
	stem, extension := splitExtension(name)
	return fmt.Sprintf("%s-%d%s", stem, n, extension)
}

func splitExtension(name string) (stem, extension string) {
	extension = path.Ext(name)
	if len(extension) > longestExtension || extension == name {
		extension = ""
	}
	return strings.TrimSuffix(name, extension), extension
}

// nameDigest stands in for the SHA-256 where there is none: a folder has no bytes.
func nameDigest(name string) string {
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:])
}
