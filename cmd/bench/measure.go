package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"time"
)

// contender is one program that is measured for a target.
type contender struct {
	name   string
	absent string // why it is not measured; "" when it is
	// most is how many times its time cspcoop may take; 0 where there is no limit.
	most float64
	// prepare makes what one run needs; it is not measured.
	prepare func(ctx context.Context) error
	command []string
	env     []string
	// answer gives what the run computed; nil where there is nothing to compare.
	answer func(stdout []byte) ([][]string, error)

	taken []sample
}

// sample is what one run took.
type sample struct {
	elapsed time.Duration
	cpu     time.Duration // of all cores, which says more where others work on the machine too
	peak    int64         // bytes; 0 where the system does not say
}

// run runs the contender once and keeps what it took.
func (c *contender) run(ctx context.Context) ([]byte, error) {
	if c.prepare != nil {
		if err := c.prepare(ctx); err != nil {
			return nil, fmt.Errorf("prepare %s: %w", c.name, err)
		}
	}
	out, s, err := timed(ctx, c.command, c.env)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.name, err)
	}
	c.taken = append(c.taken, s)
	return out, nil
}

// timed runs a command to its end.
func timed(ctx context.Context, command, env []string) ([]byte, sample, error) {
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Env = append(os.Environ(), env...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	start := time.Now()
	err := cmd.Run()
	elapsed := time.Since(start)
	if err != nil {
		return nil, sample{}, fmt.Errorf("%w: %s", err, bytes.TrimSpace(tail(stderr.Bytes(), 2_000)))
	}
	return stdout.Bytes(), sample{elapsed, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), peakMemory(cmd.ProcessState)}, nil
}

func tail(b []byte, n int) []byte { return b[max(0, len(b)-n):] }

// elapsed returns the median time.
func (c *contender) elapsed() time.Duration {
	return median(c.taken, func(s sample) time.Duration { return s.elapsed })
}

// cpu returns the median of the processor time.
func (c *contender) cpu() time.Duration {
	return median(c.taken, func(s sample) time.Duration { return s.cpu })
}

// peak returns the median of the peak memory, in bytes.
func (c *contender) peak() int64 {
	return median(c.taken, func(s sample) int64 { return s.peak })
}

// median returns the middle of what the samples say; of an even number the
// greater of the two in the middle.
func median[T cmp.Ordered](samples []sample, of func(sample) T) T {
	var values []T
	for _, s := range samples {
		values = append(values, of(s))
	}
	slices.Sort(values)
	return values[len(values)/2]
}
