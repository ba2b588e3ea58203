package faulty

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"cspcoop/importer/disk"
)

// Sweep runs a scenario once for each fault of each of its operations. The scenario does its work on the disk it
// is given, in a folder of its own, and checks what is left. The first run that ends before its fault is due is
// the last one for that fault.
func Sweep(t *testing.T, scenario func(t *testing.T, d *Disk), options ...Option) {
	t.Helper()
	for _, fault := range Faults {
		t.Run(fault.Name, func(t *testing.T) {
			for n, met := 1, true; met; n++ {
				d := New(disk.OS(), append([]Option{FailAt(n, fault)}, options...)...)
				t.Run(strconv.Itoa(n), func(t *testing.T) { scenario(t, d) })
				met = len(d.Ops()) >= n
			}
		})
	}
}

// Tree is every file below a folder with its content, empty when there is no such folder.
func Tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		files[filepath.ToSlash(name)] = string(content)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return files
}

// Kill ends this process as a power switch would: no deferred call runs, nothing is flushed or cleaned up.
func Kill() {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err != nil {
		panic(err)
	}
	select {}
}
