package disk

import (
	"io/fs"
	"syscall"
	"time"
)

// Changed returns when a file's content or attributes were last written, which no program can set; the zero
// time where the system does not say.
func Changed(info fs.FileInfo) time.Time {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return time.Time{}
	}
	return time.Unix(stat.Ctimespec.Unix())
}
