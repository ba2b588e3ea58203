package publish

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// sameTree reports whether two folders hold the same files with the same bytes. A folder that is not there is
// not the same as any.
func sameTree(a, b string) (bool, error) {
	inA, err := regularFiles(a)
	if err != nil {
		return false, err
	}
	inB, err := regularFiles(b)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil || len(inA) != len(inB) {
		return false, err
	}
	for i, name := range inA {
		if inB[i] != name {
			return false, nil
		}
		same, err := sameFile(filepath.Join(a, name), filepath.Join(b, name))
		if err != nil || !same {
			return false, err
		}
	}
	return true, nil
}

// regularFiles lists the files below root, relative to it, in a fixed order; what is no regular file counts by
// its name as well, so that a set with a link in it is never the same as one of ours.
func regularFiles(root string) ([]string, error) {
	var names []string
	err := filepath.WalkDir(root, func(place string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(root, place)
		if !entry.Type().IsRegular() {
			name += string(filepath.Separator)
		}
		names = append(names, name)
		return err
	})
	return names, err
}

func sameFile(a, b string) (bool, error) {
	one, err := os.Open(a)
	if err != nil {
		return false, err
	}
	defer one.Close()
	other, err := os.Open(b)
	if err != nil {
		return false, err
	}
	defer other.Close()
	return sameBytes(one, other)
}

func sameBytes(a, b io.Reader) (bool, error) {
	blockA, blockB := make([]byte, 64<<10), make([]byte, 64<<10)
	for {
		n, errA := io.ReadFull(a, blockA)
		m, errB := io.ReadFull(b, blockB)
		if !bytes.Equal(blockA[:n], blockB[:m]) {
			return false, nil
		}
		endA, endB := ended(errA), ended(errB)
		if endA && endB {
			return true, nil
		}
		if err := errors.Join(errA, errB); err != nil {
			return false, err
		}
	}
}

func ended(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }
