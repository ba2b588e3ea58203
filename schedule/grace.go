package schedule

import (
	"context"
	"errors"
	"time"
)

// ErrAbandoned says that work did not end in time after it was asked to stop, and was left behind. What it wrote so
// far is as after a crash, which the next start corrects.
var ErrAbandoned = errors.New("the work under way did not end in time and was abandoned; the next start does it again")

// WithGrace does work and waits for it, once its context has ended no longer than grace: a file server that does
// not answer must not keep the process from ending. After ErrAbandoned the process is to end.
func WithGrace(ctx context.Context, grace time.Duration, work func(context.Context) error) error {
	done := make(chan error, 1)
	go func() { done <- work(ctx) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	timer := time.NewTimer(grace)
	defer timer.Stop()
	select {
	case err := <-done:
		return err
	case <-timer.C:
		return ErrAbandoned
	}
}
