//go:build unix

package inbox

import "syscall"

const crossDevice = syscall.EXDEV
