package disk

import "os"

// Temporary makes a temporary file of this program's own, in a folder or, where that is
// "", in the system's for such files. It is gone when it is closed, and also when the
// program is killed.
func Temporary(folder string) (*os.File, error) {
	f, err := os.CreateTemp(folder, "cspcoop-")
	if err != nil {
		return nil, err
	}
	return vanishing(f)
}
