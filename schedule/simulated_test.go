package schedule

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"cspcoop/calc"
	"cspcoop/importer/disk"
)

// simulated is a clock that passes at once; when its end comes it stops what waits on it.
type simulated struct {
	at, end time.Time
	stop    context.CancelFunc
}

func (c *simulated) Now() time.Time { return c.at }

func (c *simulated) Wait(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.at = c.at.Add(d)
	if c.at.After(c.end) {
		c.at = c.end
		c.stop()
		return context.Canceled
	}
	return nil
}

// office is a workspace that only remembers what was asked of it. What a test wants to go wrong it hangs in.
type office struct {
	clock     *simulated
	published []calc.Date
	waiting   int
	imports   []time.Time
	runs      []Run
	ranAt     []time.Time
	notified  []Run

	onPublished func() error
	onImport    func() error
	onRun       func(ctx context.Context, run Run) error
	onNotice    func(run Run) error
}

func (o *office) Published() ([]calc.Date, error) {
	if o.onPublished != nil {
		return o.published, o.onPublished()
	}
	return o.published, nil
}

func (o *office) Waiting(context.Context) (int, error) { return o.waiting, nil }

func (o *office) Import(context.Context) error {
	if o.onImport != nil {
		if err := o.onImport(); err != nil {
			return err
		}
	}
	o.imports = append(o.imports, o.clock.at)
	o.waiting = 0
	return nil
}

func (o *office) Run(ctx context.Context, run Run) (string, error) {
	o.runs = append(o.runs, run)
	o.ranAt = append(o.ranAt, o.clock.at)
	if o.onRun != nil {
		if err := o.onRun(ctx, run); err != nil {
			return "", err
		}
	}
	o.published = append(o.published, run.AsOf)
	return "statements as of " + run.AsOf.String(), nil
}

func (o *office) Notify(_ context.Context, run Run) error {
	if o.onNotice != nil {
		if err := o.onNotice(run); err != nil {
			return err
		}
	}
	o.notified = append(o.notified, run)
	return nil
}

func (o *office) asOf() []string {
	var list []string
	for _, run := range o.runs {
		list = append(list, run.AsOf.String())
	}
	return list
}

// bench is a service on a simulated clock.
type bench struct {
	*Service
	office *office
	clock  *simulated
	log    *bytes.Buffer
}

func newBench(t testing.TB, p *Plan, from string) *bench {
	t.Helper()
	clock := &simulated{at: moment(t, from)}
	b := &bench{office: &office{clock: clock}, clock: clock, log: &bytes.Buffer{}}
	b.Service = &Service{
		Plan: p, Work: b.office, Clock: clock, Files: disk.Files{Disk: unflushed{disk.OS()}}, StateDir: t.TempDir(),
		Poll: 20 * time.Second, Log: slog.New(slog.NewTextHandler(b.log, nil)),
	}
	return b
}

// until lets the service work to that time, and returns its error.
func (b *bench) until(t testing.TB, end string) error {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	b.clock.end, b.clock.stop = moment(t, end), stop
	return b.Serve(ctx)
}

func (b *bench) mustUntil(t testing.TB, end string) {
	t.Helper()
	if err := b.until(t, end); err != nil {
		t.Fatalf("%v\n%s", err, b.log)
	}
}

// restart is another process on the same workspace.
func (b *bench) restart() {
	old := b.Service
	b.Service = &Service{
		Plan: old.Plan, Work: old.Work, Clock: old.Clock, Files: old.Files, StateDir: old.StateDir,
		Poll: old.Poll, OnArrival: old.OnArrival, Log: old.Log,
	}
}

// unflushed spares tests that write for years of simulated time what only a power failure would distinguish.
type unflushed struct{ disk.Disk }

func (d unflushed) SyncDir(string) error { return nil }

func (d unflushed) Create(path string) (disk.File, error) {
	f, err := d.Disk.Create(path)
	return unflushedFile{f}, err
}

type unflushedFile struct{ disk.File }

func (unflushedFile) Sync() error { return nil }

var errBroken = errors.New("the file server does not answer")
