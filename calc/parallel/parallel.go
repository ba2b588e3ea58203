// Package parallel does alike work on all processors.
package parallel

import (
	"runtime"

	"golang.org/x/sync/errgroup"
)

// Map returns what a function returns for each item of a list, in its order. The
// function is called on all processors at the same time, and may change nothing that
// other calls see, so that the outcome does not depend on the order of calls.
func Map[T, R any](list []T, of func(T) R) []R {
	all := make([]R, len(list))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, item := range list {
		group.Go(func() error {
			all[i] = of(item)
			return nil
		})
	}
	_ = group.Wait() // no call fails
	return all
}
