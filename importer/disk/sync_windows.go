package disk

import (
	"errors"

	"golang.org/x/sys/windows"
)

// syncDir does nothing: Windows cannot flush a folder, NTFS journals its entries itself.
func syncDir(string) error { return nil }

// CrossDevice reports whether a rename failed because its two ends are on different volumes.
func CrossDevice(err error) bool { return errors.Is(err, windows.ERROR_NOT_SAME_DEVICE) }
