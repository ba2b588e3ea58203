//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peakMemory returns the largest resident set of an ended process, in bytes. On
// Linux it is never below the driver's own, which therefore stays small.
func peakMemory(p *os.ProcessState) int64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return int64(usage.Maxrss) //nolint:unconvert // bytes there, kilobytes elsewhere; other systems have 32 bits
	}
	return int64(usage.Maxrss) << 10 //nolint:unconvert // other systems have 32 bits
}
