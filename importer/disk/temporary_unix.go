//go:build unix

package disk

import (
	"errors"
	"os"
)

// vanishing takes the name from a new file: its bytes stay for as long as it is open.
func vanishing(f *os.File) (*os.File, error) {
	if err := os.Remove(f.Name()); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}
