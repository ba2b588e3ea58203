package schedule

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"cspcoop/calc"
	"cspcoop/importer/disk"
	"cspcoop/importer/disk/faulty"
)

func TestMissedMonthsAreMadeUpOldestFirst(t *testing.T) {
	b := newBench(t, plan(t, "0 6 5 * *", "Europe/Berlin"), "2020-04-20T09:00:00Z")
	b.Poll = time.Hour
	b.office.published = []calc.Date{calc.MustDate(2020, 2, 5)}
	b.mustUntil(t, "2020-05-06T00:00:00Z")
	want := []string{"2020-03-05", "2020-04-05", "2020-05-05"}
	if got := b.office.asOf(); !slices.Equal(got, want) {
		t.Errorf("runs as of %v, want %v", got, want)
	}
	if got := b.office.ranAt[2].Format(time.RFC3339); got != "2020-05-05T04:00:00Z" {
		t.Errorf("the run of May began %s, want 06:00 in Berlin", got)
	}
}

func TestWithoutAJournal(t *testing.T) {
	tests := []struct {
		name      string
		when      string
		asOf      AsOf
		published []string
		want      []string // runs from 10 November 2020, 12:00, to the 12th, 00:00
	}{
		{"no statements: the next due time is the first", "0 6 * * *", DueDate, nil, []string{"2020-11-11"}},
		{"statements of today", "0 6 * * *", DueDate, []string{"2020-11-10"}, []string{"2020-11-11"}},
		{"statements of today, another run today", "0 6,18 * * *", DueDate, []string{"2020-11-10"}, []string{"2020-11-10", "2020-11-11", "2020-11-11"}},
		{"statements of two days ago", "0 6 * * *", DueDate, []string{"2020-11-08"}, []string{"2020-11-09", "2020-11-10", "2020-11-11"}},
		{"statements between due times", "0 6 5 * *", DueDate, []string{"2020-10-20"}, []string{"2020-11-05"}},
		{"the newest counts", "0 6 5 * *", DueDate, []string{"2020-11-05", "2020-01-05"}, nil},
		{"statements of days to come do not", "0 6 * * *", DueDate, []string{"2020-11-08", "2031-01-01"}, []string{"2020-11-09", "2020-11-10", "2020-11-11"}},
		{"month-end done", "0 6 5 * *", MonthEnd, []string{"2020-10-31"}, nil},
		{"month-end missed", "0 6 5 * *", MonthEnd, []string{"2020-08-31"}, []string{"2020-09-30", "2020-10-31"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, err := NewPlan(test.when, time.UTC, nil, test.asOf)
			if err != nil {
				t.Fatal(err)
			}
			b := newBench(t, p, "2020-11-10T12:00:00Z")
			b.Poll = 10 * time.Minute
			b.office.published = days(t, test.published...)
			b.mustUntil(t, "2020-11-12T00:00:00Z")
			if got := b.office.asOf(); !slices.Equal(got, test.want) {
				t.Errorf("runs as of %v, want %v", got, test.want)
			}
		})
	}
}

func TestRunsMissedForOneDateAreOneRun(t *testing.T) {
	b := newBench(t, plan(t, "0 * * * *", "UTC"), "2020-11-10T12:30:00Z")
	b.mustUntil(t, "2020-11-10T12:31:00Z")
	b.clock.at = moment(t, "2020-11-12T02:30:00Z")
	b.restart()
	b.mustUntil(t, "2020-11-12T02:31:00Z")
	if got := strings.Join(b.office.asOf(), " "); got != "2020-11-10 2020-11-11 2020-11-12" {
		t.Errorf("runs as of %s, want one of each day", got)
	}
}

// Ten years with the machine off at random: each due time has exactly one run, and none begins early.
func TestTenYearsOfRunsWithAbsences(t *testing.T) {
	for i, name := range []string{"Europe/Berlin", "America/Santiago", "Australia/Lord_Howe"} {
		for _, expression := range []string{"30 2 24-31 3,10 *", "0 0 5 * *", "business-day 5 01:30"} {
			t.Run(name+" "+expression, func(t *testing.T) {
				t.Parallel()
				random := rand.New(rand.NewPCG(7, uint64(i)))
				b := newBench(t, plan(t, expression, name), "2020-01-01T12:00:00Z")
				b.Poll = 10 * 24 * time.Hour
				start, end := b.clock.at, moment(t, "2030-01-01T00:00:00Z")
				for b.clock.at.Before(end) {
					b.mustUntil(t, b.clock.at.Add(time.Duration(random.IntN(200*24))*time.Hour).Format(time.RFC3339))
					b.clock.at = b.clock.at.Add(time.Duration(random.IntN(90*24)) * time.Hour)
					b.restart()
				}
				var want []time.Time
				for due := b.Plan.Next(start); !due.After(b.office.ranAt[len(b.office.ranAt)-1]); due = b.Plan.Next(due) {
					want = append(want, due.UTC())
				}
				if len(want) < 118 {
					t.Fatalf("only %d runs in ten years", len(want))
				}
				var got []time.Time
				for k, run := range b.office.runs {
					got = append(got, run.Due)
					if b.office.ranAt[k].Before(run.Due) {
						t.Errorf("the run due %s began at %s", run.Due, b.office.ranAt[k])
					}
				}
				if !slices.Equal(got, want) {
					t.Errorf("%d runs, want %d; the first of them %s, want %s", len(got), len(want), got[0], want[0])
				}
			})
		}
	}
}

// The disk fails at each of its operations in turn, each ending the service as a crash would. Started again, it
// ends where it would have ended, and does again only what was under way.
func TestAnyFaultOfTheDisk(t *testing.T) {
	faulty.Sweep(t, func(t *testing.T, d *faulty.Disk) {
		b := newBench(t, plan(t, "0 6 5 * *", "UTC"), "2020-03-20T09:00:00Z")
		b.office.published = []calc.Date{calc.MustDate(2020, 2, 5)}
		b.Poll = 8 * 24 * time.Hour
		b.Files = disk.Files{Disk: d}
		const end = "2020-04-06T00:00:00Z"
		if err := b.until(t, end); err != nil {
			b.restart()
			b.Files = disk.Files{Disk: unflushed{disk.OS()}}
			b.mustUntil(t, end)
		}
		got := slices.Compact(b.office.asOf())
		if want := []string{"2020-03-05", "2020-04-05"}; !slices.Equal(got, want) || len(b.office.runs) > 3 {
			t.Errorf("runs as of %v, want %v and at most one of them again", b.office.asOf(), want)
		}
		j, ok, err := readJournal(b.StateDir)
		if err != nil || !ok || len(j.Runs) != 2 || j.next() != nil {
			t.Errorf("journal %+v, error %v; want two runs, both done", j, err)
		}
	})
}

func TestAFailingRunIsTriedAgainAndHoldsUpLaterOnes(t *testing.T) {
	b := newBench(t, plan(t, "0 6 * * *", "UTC"), "2020-11-10T05:00:00Z")
	b.Poll = time.Minute
	fixed := moment(t, "2020-11-11T09:30:00Z")
	b.office.onRun = func(_ context.Context, run Run) error {
		if run.AsOf.String() == "2020-11-10" && b.clock.at.Before(fixed) {
			return errBroken
		}
		return nil
	}
	b.mustUntil(t, "2020-11-12T00:00:00Z")
	attempts := len(b.office.runs)
	if attempts < 20 || attempts > 40 {
		t.Errorf("%d attempts in 28 hours, want about one an hour", attempts)
	}
	if got := b.office.asOf()[attempts-2:]; !slices.Equal(got, []string{"2020-11-10", "2020-11-11"}) {
		t.Errorf("the last runs are as of %v, want the failing one, then the next", got)
	}
	if late := b.office.ranAt[attempts-1].Sub(fixed); late > time.Hour {
		t.Errorf("fixed %s before it was done", late)
	}
	var notified []string
	for _, run := range b.office.notified {
		notified = append(notified, string(run.State)+" "+run.AsOf.String())
	}
	if want := []string{"failed 2020-11-10", "done 2020-11-10", "done 2020-11-11"}; !slices.Equal(notified, want) {
		t.Errorf("notified %v, want %v", notified, want)
	}
}

func TestAStartTriesAFailedRunAtOnce(t *testing.T) {
	b := newBench(t, plan(t, "0 6 * * *", "UTC"), "2020-11-10T05:59:00Z")
	b.office.onRun = func(context.Context, Run) error { return errBroken }
	b.mustUntil(t, "2020-11-10T08:00:30Z")
	before := len(b.office.runs)
	b.office.onRun = nil
	b.restart()
	b.mustUntil(t, "2020-11-10T08:00:31Z")
	if len(b.office.runs) != before+1 || len(b.office.published) != 1 {
		t.Errorf("%d attempts after the start, want one that is done", len(b.office.runs)-before)
	}
}

func TestAPanicFailsTheRunAlone(t *testing.T) {
	b := newBench(t, plan(t, "0 6 * * *", "UTC"), "2020-11-10T05:59:00Z")
	b.office.onRun = func(context.Context, Run) error {
		if len(b.office.runs) == 1 {
			panic("index out of range")
		}
		return nil
	}
	b.mustUntil(t, "2020-11-10T06:05:00Z")
	if len(b.office.runs) != 2 || !strings.Contains(b.log.String(), "index out of range") {
		t.Errorf("%d attempts; the log says:\n%s", len(b.office.runs), b.log)
	}
}

func TestAHeldWorkspaceIsWaitedFor(t *testing.T) {
	b := newBench(t, plan(t, "0 6 * * *", "UTC"), "2020-11-10T05:59:00Z")
	free := moment(t, "2020-11-10T06:02:00Z")
	held := func() error {
		if b.clock.at.Before(free) {
			return &HeldError{}
		}
		return nil
	}
	b.office.waiting = 1
	b.office.onPublished, b.office.onImport = func() error {
		if len(b.office.imports) == 0 && b.clock.at.Before(moment(t, "2020-11-10T05:59:30Z")) {
			return &HeldError{}
		}
		return nil
	}, held
	b.office.onRun = func(context.Context, Run) error { return held() }
	b.mustUntil(t, "2020-11-10T06:10:00Z")
	if len(b.office.imports) != 1 || len(b.office.published) != 1 || b.office.runs[0].Failures != 0 {
		t.Errorf("%d imports, %d sets, runs %+v", len(b.office.imports), len(b.office.published), b.office.runs)
	}
	if took := b.office.ranAt[len(b.office.ranAt)-1].Sub(free); took > b.Poll {
		t.Errorf("the run began %s after the workspace was free", took)
	}
	for _, run := range b.office.notified {
		if run.State != Done {
			t.Errorf("a run that only waited was notified as %s", run.State)
		}
	}
}

func TestAStopDuringARunIsNoFailure(t *testing.T) {
	b := newBench(t, plan(t, "0 6 * * *", "UTC"), "2020-11-10T05:59:00Z")
	b.office.onRun = func(ctx context.Context, _ Run) error {
		b.clock.stop()
		return fmt.Errorf("reading: %w", ctx.Err())
	}
	b.mustUntil(t, "2020-11-10T07:00:00Z")
	j, _, err := readJournal(b.StateDir)
	if err != nil || len(j.Runs) != 1 || j.Runs[0].State != Due || j.Runs[0].Failures != 0 {
		t.Fatalf("journal %+v, error %v; want one run that is due", j, err)
	}
	j.Runs[0].State = Running // as a crash leaves it
	if err := j.write(b.Files, b.StateDir); err != nil {
		t.Fatal(err)
	}
	b.restart()
	b.mustUntil(t, "2020-11-10T07:00:00Z")
	if j, _, err = readJournal(b.StateDir); err != nil || j.Runs[0].State != Due {
		t.Fatalf("journal %+v, error %v; want the run due again", j, err)
	}
	b.office.onRun = nil
	b.restart()
	b.mustUntil(t, "2020-11-10T07:00:00Z")
	if len(b.office.published) != 1 {
		t.Error("the next start did not do the run")
	}
}

func TestAnArrivingFileIsTakenWithinAMinute(t *testing.T) {
	b := newBench(t, plan(t, "0 6 5 * *", "UTC"), "2020-11-10T12:00:00Z")
	b.mustUntil(t, "2020-11-10T12:00:50Z")
	b.office.waiting = 2
	arrived := b.clock.at
	b.restart()
	b.mustUntil(t, "2020-11-10T12:30:00Z")
	if len(b.office.imports) != 1 || b.office.imports[0].Sub(arrived) > time.Minute {
		t.Errorf("imports at %v, want one within a minute of %s", b.office.imports, arrived)
	}
	if len(b.office.runs) != 0 {
		t.Errorf("statements were written without being due: %+v", b.office.runs)
	}
}

func TestOnArrivalStatementsAreWrittenAtOnceEvenAfterACrash(t *testing.T) {
	b := newBench(t, plan(t, "0 6 5 * *", "UTC"), "2020-11-10T12:00:00Z")
	b.OnArrival = true
	b.office.waiting = 1
	b.office.onImport = func() error {
		b.clock.stop() // the process ends when the files are taken and nothing is written yet
		return nil
	}
	b.mustUntil(t, "2020-11-10T13:00:00Z")
	if len(b.office.imports) != 1 || len(b.office.runs) != 0 {
		t.Fatalf("%d imports, %d runs before the crash", len(b.office.imports), len(b.office.runs))
	}
	b.restart()
	b.mustUntil(t, "2020-11-10T13:00:00Z")
	if got := b.office.asOf(); !slices.Equal(got, []string{"2020-11-10"}) {
		t.Errorf("runs as of %v, want one of today", got)
	}
	if len(b.office.notified) != 0 {
		t.Errorf("a run that nobody scheduled was notified: %+v", b.office.notified)
	}
}

func TestAnArrivalTakesNoScheduledRunsPlace(t *testing.T) {
	b := newBench(t, plan(t, "0 6 * * *", "UTC"), "2020-11-10T05:59:00Z")
	b.OnArrival = true
	b.office.onRun = func(context.Context, Run) error {
		if b.clock.at.Before(moment(t, "2020-11-10T06:05:00Z")) {
			b.office.waiting = 1
			return &HeldError{}
		}
		return nil
	}
	b.mustUntil(t, "2020-11-10T06:10:00Z")
	if len(b.office.notified) != 1 || len(b.office.published) != 2 {
		t.Errorf("%d notices, %d sets; want one notice of the scheduled run, and sets for both", len(b.office.notified), len(b.office.published))
	}
}

func TestPausesBetweenAttempts(t *testing.T) {
	last := moment(t, "2020-11-10T06:00:00Z")
	tests := []struct {
		failures int
		pause    time.Duration
	}{{1, time.Minute}, {2, 2 * time.Minute}, {6, 32 * time.Minute}, {7, time.Hour}, {1000, time.Hour}}
	for _, test := range tests {
		t.Run(test.pause.String(), func(t *testing.T) {
			if pauseOver(test.failures, last, last.Add(test.pause-time.Second)) || !pauseOver(test.failures, last, last.Add(test.pause)) {
				t.Errorf("after %d failures the pause is not %s", test.failures, test.pause)
			}
		})
	}
	if !pauseOver(0, last, last) || !pauseOver(5, last, last.Add(-time.Second)) {
		t.Error("without a failure, or with the clock put back, there is a pause")
	}
}

func TestANoticeIsTriedAgainAndFailsNothing(t *testing.T) {
	b := newBench(t, plan(t, "0 6 5 * *", "UTC"), "2020-11-05T05:59:00Z")
	b.Poll = time.Minute
	fixed := moment(t, "2020-11-05T12:10:00Z")
	tried := 0
	b.office.onNotice = func(Run) error {
		tried++
		if b.clock.at.Before(fixed) {
			return errBroken
		}
		return nil
	}
	b.mustUntil(t, "2020-11-05T06:30:00Z")
	b.restart()
	b.mustUntil(t, "2020-11-05T15:00:00Z")
	if len(b.office.runs) != 1 || len(b.office.notified) != 1 || tried < 8 || tried > 14 {
		t.Errorf("%d runs, %d notices after %d attempts; want one, one, and about a dozen", len(b.office.runs), len(b.office.notified), tried)
	}
	if got := b.office.notified[0].Summary; got != "statements as of 2020-11-05" {
		t.Errorf("the notice says %q", got)
	}
}

func TestAClockThatWasWrong(t *testing.T) {
	b := newBench(t, plan(t, "0 6 5 * *", "UTC"), "2020-10-20T00:00:00Z")
	b.Poll = 6 * time.Hour
	b.mustUntil(t, "2020-11-06T00:00:00Z")
	b.clock.at = moment(t, "2038-01-19T03:14:07Z") // a dead battery, and no time server yet
	b.restart()
	b.mustUntil(t, "2038-01-19T03:20:00Z")
	b.office.runs = nil
	b.clock.at = moment(t, "2020-11-06T01:00:00Z")
	b.restart()
	b.mustUntil(t, "2021-01-06T00:00:00Z")
	if got := b.office.asOf(); !slices.Equal(got, []string{"2020-12-05", "2021-01-05"}) {
		t.Errorf("runs as of %v once the clock was right again", got)
	}
	if !strings.Contains(b.log.String(), "the clock was put back") {
		t.Error("nothing was said about the clock")
	}
}

func TestAClockPutBackALittleDoublesNothing(t *testing.T) {
	b := newBench(t, plan(t, "0 6 5 * *", "UTC"), "2020-11-05T05:59:00Z")
	b.mustUntil(t, "2020-11-05T06:00:10Z")
	b.clock.at = moment(t, "2020-11-05T05:58:00Z")
	b.restart()
	b.mustUntil(t, "2020-11-05T07:00:00Z")
	if len(b.office.runs) != 1 {
		t.Errorf("%d runs, want one", len(b.office.runs))
	}
}

func TestJournalsThatCannotBeTrusted(t *testing.T) {
	tests := map[string]string{
		"cut off":       `{"since": "2020-11-`,
		"no since":      `{"runs": []}`,
		"unknown state": `{"since": "2020-11-05T06:00:00Z", "runs": [{"id": "x", "state": "maybe"}]}`,
		"no due time":   `{"since": "2020-11-05T06:00:00Z", "runs": [{"id": "x", "state": "due"}]}`,
		"no date":       `{"since": "2020-11-05T06:00:00Z", "runs": [{"id": "x", "state": "due", "as_of": "5 Nov"}]}`,
	}
	for name, content := range tests {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, plan(t, "0 6 5 * *", "UTC"), "2020-11-10T12:00:00Z")
			path := journalPath(b.StateDir)
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			err := b.until(t, "2020-11-11T00:00:00Z")
			if err == nil || !strings.Contains(err.Error(), "delete "+path) {
				t.Errorf("error %v, want one that says what to do", err)
			}
			if kept, _ := os.ReadFile(path); string(kept) != content {
				t.Error("the journal was overwritten")
			}
		})
	}
}

func TestTheJournalForgetsOnlyWhatIsDoneAndTold(t *testing.T) {
	b := newBench(t, plan(t, "0 6 * * *", "UTC"), "2020-01-01T05:00:00Z")
	b.Poll = 24 * time.Hour
	b.office.onNotice = func(run Run) error {
		if run.AsOf.String() == "2020-01-01" {
			return errBroken
		}
		return nil
	}
	b.mustUntil(t, "2020-12-31T12:00:00Z")
	j, _, err := readJournal(b.StateDir)
	if err != nil {
		t.Fatal(err)
	}
	if len(j.Runs) > kept+2 || j.Runs[0].AsOf.String() != "2020-01-01" || j.Runs[len(j.Runs)-1].AsOf.String() != "2020-12-31" {
		t.Errorf("%d runs kept, from %s to %s", len(j.Runs), j.Runs[0].AsOf, j.Runs[len(j.Runs)-1].AsOf)
	}
}

func TestASecondServiceIsTurnedAway(t *testing.T) {
	b := newBench(t, plan(t, "0 6 5 * *", "UTC"), "2020-11-05T05:59:00Z")
	b.office.onRun = func(context.Context, Run) error {
		second := *b.Service
		var held *HeldError
		if err := second.Serve(t.Context()); !errors.As(err, &held) {
			t.Errorf("the second service ended with %v, want a HeldError", err)
		}
		return nil
	}
	b.mustUntil(t, "2020-11-05T06:01:00Z")
	if len(b.office.runs) != 1 {
		t.Errorf("%d runs, want one", len(b.office.runs))
	}
}

func TestAServiceLeavesNothingBehind(t *testing.T) {
	b := newBench(t, plan(t, "*/5 * * * *", "UTC"), "2020-11-05T05:59:00Z")
	b.Poll = time.Minute
	b.mustUntil(t, "2020-11-05T08:00:00Z")
	goroutines, files := runtime.NumGoroutine(), len(tree(t, b.StateDir))
	b.restart()
	b.mustUntil(t, "2020-11-05T20:00:00Z")
	if now := runtime.NumGoroutine(); now > goroutines {
		t.Errorf("%d goroutines, %d before", now, goroutines)
	}
	if now := tree(t, b.StateDir); len(now) != files {
		t.Errorf("%d files in state: %v", len(now), now)
	}
}

func tree(t *testing.T, dir string) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		list = append(list, path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}
