package calc

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// inParallel does a work for every item of a list on all processors, and returns
// when all are done. The work may change nothing but its item, so that the
// outcome does not depend on the order.
func inParallel[T any](list []T, work func(T)) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(list)) {
		workers.Go(func() {
			for i := next.Add(1); i <= int64(len(list)); i = next.Add(1) {
				work(list[i-1])
			}
		})
	}
	workers.Wait()
}
