//go:build unix

package inbox

import "syscall"

const errCrossDevice = syscall.EXDEV
