package schedule

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

func TestOverview(t *testing.T) {
	p := plan(t, "0 6 5 * *", "Europe/Berlin")
	b := newBench(t, p, "2020-10-20T00:00:00Z")
	b.Poll = time.Hour
	if _, begun, err := Overview(b.StateDir, p, b.clock.at); begun || err != nil {
		t.Fatalf("before the first start: %t, %v", begun, err)
	}
	b.mustUntil(t, "2020-11-10T00:00:00Z")
	b.office.onRun = func(context.Context, Run) error { return errBroken }
	b.office.waiting = 3
	b.office.onImport = func() error { return nil }
	b.restart()
	b.mustUntil(t, "2020-12-05T05:01:00Z")

	standing, begun, err := Overview(b.StateDir, p, b.clock.at)
	if err != nil || !begun {
		t.Fatal(begun, err)
	}
	text := said(standing.Lines(p))
	for _, want := range []string{
		"failed     Sat 5 Dec 2020 06:00 CET, as of 5 Dec 2020: the file server does not answer",
		"last run   Thu 5 Nov 2020 06:00 CET, as of 5 Nov 2020, done",
		"next run   Tue 5 Jan 2021 06:00 CET",
		"problem    the file server",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the overview does not say %q:\n%s", want, text)
		}
	}
	later, _, err := Overview(b.StateDir, p, b.clock.at.Add(time.Hour))
	if err != nil || later.Alive || !strings.Contains(said(later.Lines(p)), "not running") {
		t.Errorf("an hour after the last sign of life: %+v, %v", later, err)
	}
}

// said joins lines as a terminal shows them.
func said(lines []Line) string {
	var b strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&b, "%-11s%s\n", l.Label, l.Text)
	}
	return b.String()
}

// Of many runs that wait only the next is shown, with the number of those after it.
func TestManyDueRuns(t *testing.T) {
	p := plan(t, "0 6 5 * *", "UTC")
	day := func(text string) time.Time {
		due, err := time.Parse(time.DateOnly, text)
		if err != nil {
			t.Fatal(err)
		}
		return due
	}
	var runs []Run
	for _, run := range []struct {
		due   string
		state State
	}{{"2021-03-05", Due}, {"2021-02-05", Due}, {"2021-01-05", Due}, {"2020-12-05", Running}, {"2020-11-05", Done}} {
		r := newRun(day(run.due), p.DayOf(day(run.due)), false)
		r.State = run.state
		runs = append(runs, r)
	}
	want := "due        Tue 5 Jan 2021 00:00 UTC, as of 5 Jan 2021; later ones: 2\n" +
		"running    Sat 5 Dec 2020 00:00 UTC, as of 5 Dec 2020\n" +
		"last run   Thu 5 Nov 2020 00:00 UTC, as of 5 Nov 2020, done\n" +
		"schedule   not running; start it with \"cspcoop schedule\"\n"
	if got := said(Standing{Runs: runs}.Lines(p)); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestHeartbeat(t *testing.T) {
	b := newBench(t, plan(t, "0 6 5 * *", "UTC"), "2020-11-05T05:59:30Z")
	b.office.onRun = func(context.Context, Run) error {
		if beat := heartbeat(t, b); beat["running"] != "20201105T060000Z" {
			t.Errorf("during the run the heartbeat says %v", beat)
		}
		return nil
	}
	b.mustUntil(t, "2020-11-05T06:30:00Z")
	beat := heartbeat(t, b)
	for key, want := range map[string]any{
		"at": "2020-11-05T06:30:00Z", "last_success": "2020-11-05T06:00:00Z", "next_run": "2020-12-05T06:00:00Z",
		"pid": float64(os.Getpid()), "unfinished_runs": 0.0, "waiting_files": 0.0, "running": nil, "problem": nil,
	} {
		t.Run(key, func(t *testing.T) {
			if beat[key] != want {
				t.Errorf("%s is %v, want %v", key, beat[key], want)
			}
		})
	}
}

func TestALongRunIsNoSilence(t *testing.T) {
	p := plan(t, "0 6 5 * *", "UTC")
	b := newBench(t, p, "2020-11-05T05:59:30Z")
	b.office.onRun = func(context.Context, Run) error {
		for after, want := range map[time.Duration]bool{30 * time.Minute: true, 2 * time.Hour: false} {
			standing, begun, err := Overview(b.StateDir, p, b.clock.at.Add(after))
			if err != nil || !begun || standing.Alive != want {
				t.Errorf("%s into a run: alive %t, want %t; %v", after, standing.Alive, want, err)
			}
		}
		return nil
	}
	b.mustUntil(t, "2020-11-05T06:01:00Z")
}

func heartbeat(t *testing.T, b *bench) map[string]any {
	t.Helper()
	content, err := os.ReadFile(heartbeatPath(b.StateDir))
	if err != nil {
		t.Fatal(err)
	}
	var beat map[string]any
	if err := json.Unmarshal(content, &beat); err != nil {
		t.Fatal(err)
	}
	return beat
}

func TestWorkIsAbandonedWhenItDoesNotEnd(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	release := make(chan struct{})
	defer close(release)
	cancel()
	err := WithGrace(ctx, time.Millisecond, func(context.Context) error {
		<-release
		return nil
	})
	if !errors.Is(err, ErrAbandoned) {
		t.Errorf("error %v, want ErrAbandoned", err)
	}
	err = WithGrace(ctx, time.Hour, func(ctx context.Context) error { return ctx.Err() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("work that ended gave %v", err)
	}
}
