//go:build unix

package inbox

import "syscall"

// nonblock keeps a FIFO that took a file's place from blocking the run until someone writes to it.
const nonblock = syscall.O_NONBLOCK
