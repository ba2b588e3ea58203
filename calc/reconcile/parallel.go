package reconcile

import (
	"runtime"

	"golang.org/x/sync/errgroup"
)

// inParallel does a work for every item of a list on all processors. The work
// may change nothing but its item, so that the outcome does not depend on the
// order.
func inParallel[T any](list []T, work func(T)) {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, item := range list {
		group.Go(func() error {
			work(item)
			return nil
		})
	}
	_ = group.Wait() // no work fails
}
