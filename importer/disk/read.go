package disk

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
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
		err = fmt.Errorf("%s %w", path, ErrIrregular)
	}
	if err != nil {
		file.Close()
		return nil, 0, err
	}
	return file, info.Size(), nil
}

// SHA256 returns the SHA-256 of what is left to read, in lower-case hex.
func SHA256(r io.Reader) (string, error) {
	hash := sha256.New()
	if _, err := io.Copy(hash, r); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// ReadDir lists a folder, and never waits; see [Open].
func ReadDir(path string) ([]fs.DirEntry, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%s is no folder; put the folder itself there", path)
	}
	return os.ReadDir(path)
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
