package schedule

import (
	"fmt"
	"os"
)

// regular is an error unless the path is that of a regular file: opening a FIFO or a device can wait for ever.
func regular(path string) error {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is no regular file; remove it", path)
	}
	return err
}

// readFile reads a regular file.
func readFile(path string) ([]byte, error) {
	if err := regular(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}
