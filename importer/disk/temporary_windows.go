package disk

import (
	"os"

	"golang.org/x/sys/windows"
)

// vanishing opens a new file in such a way that the system deletes it with the last
// handle of it: Windows takes no name from an open file.
func vanishing(f *os.File) (*os.File, error) {
	if err := f.Close(); err != nil {
		return nil, err
	}
	return os.OpenFile(f.Name(), os.O_RDWR|windows.FILE_FLAG_DELETE_ON_CLOSE, 0)
}
