package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"
)

// ErrIrregular marks what has the name of a file and is none: a folder, a FIFO, a device.
var ErrIrregular = errors.New("is no regular file; put the file itself there")

// Open opens a regular file for reading and returns its size in bytes. It never waits: anything else than a
// regular file, or a link to one, is ErrIrregular.
func Open(path string) (*os.File, int64, error) {
	file, err := os.OpenFile(path, os.O_RDONLY|NonBlock, 0)
	if err != nil {
		return nil, 0, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: path, Err: ErrIrregular}
	}
	if err != nil {
		file.Close()
		return nil, 0, err
	}
	return file, info.Size(), nil
}

// ReadFile returns what a regular file holds, and never waits; see [Open].
func ReadFile(path string) ([]byte, error) {
	file, _, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(file)
}
