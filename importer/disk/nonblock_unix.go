//go:build unix

package disk

import "syscall"

// NonBlock keeps an open of a FIFO from waiting until somebody writes to it.
const NonBlock = syscall.O_NONBLOCK
