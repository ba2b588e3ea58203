package schedule

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"cspcoop/calc"
)

// Work is what a service sees to. A *HeldError from any of it means that another run holds the workspace: it is
// waited for. Work ends early, with the context's error, when its context does.
type Work interface {
	// Published lists the as-of dates of the statement sets that are complete.
	Published() ([]calc.Date, error)
	// Waiting counts files in the inbox that have settled.
	Waiting(ctx context.Context) (int, error)
	// Import takes or refuses the files in the inbox; it writes no statements.
	Import(ctx context.Context) error
	// Run imports and writes the statements of the run's as-of date, and sums up what there is to know. To do it
	// again after a crash changes nothing.
	Run(ctx context.Context, run Run) (summary string, err error)
	// Notify sends the notice of a run that is done or failed.
	Notify(ctx context.Context, run Run) error
}

// A Clock has the time and lets it pass.
type Clock interface {
	Now() time.Time
	// Wait returns after d, or with the context's error as soon as that ends.
	Wait(ctx context.Context, d time.Duration) error
}

// Files writes the service's own small files.
type Files interface {
	// WriteFile puts content at path, durably, whole or not at all, and makes the folders that are missing.
	WriteFile(path string, content []byte) error
}

// A Service stays up, looks at the inbox and does the runs that are due.
type Service struct {
	Plan     *Plan
	Work     Work
	Clock    Clock
	Files    Files
	StateDir string
	// Poll is the time between two looks at the inbox.
	Poll time.Duration
	// OnArrival has statements written as soon as files arrive, too.
	OnArrival bool
	Log       *slog.Logger

	journal *journal
	started time.Time
	beat    Heartbeat
}

// Serve works until the context ends, which is no error. Another service on the workspace is a *HeldError; a
// journal that cannot be read or written ends the service, since it alone keeps a run from being done twice.
func (s *Service) Serve(ctx context.Context) error {
	// The workspace's own lock is taken for each piece of work, so that cspcoop run has its turn.
	lock, err := Acquire(filepath.Join(s.StateDir, "schedule"), "schedule", s.now())
	if err != nil {
		return err
	}
	defer lock.Release()
	s.started = s.now()
	if err := s.open(ctx); err != nil {
		return ended(ctx, err)
	}
	for {
		if err := s.wake(ctx); err != nil {
			return ended(ctx, err)
		}
		if err := s.Clock.Wait(ctx, s.pause()); err != nil {
			return ended(ctx, err)
		}
	}
}

// ended takes what went wrong because the context ended for what it is, a stop.
func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return nil
	}
	return err
}

// now is without the monotonic reading, which stands still while a machine sleeps.
func (s *Service) now() time.Time { return s.Clock.Now().Round(0) }

// open reads the journal or begins one.
func (s *Service) open(ctx context.Context) error {
	for {
		j, ok, err := readJournal(s.StateDir)
		if err != nil {
			return err
		}
		if ok {
			s.journal = j
			return nil
		}
		published, err := s.Work.Published()
		if err == nil {
			s.journal = begin(s.Plan, published, s.now())
			return s.save()
		}
		if !s.heldUp(err) {
			return err
		}
		if err := s.Clock.Wait(ctx, s.Poll); err != nil {
			return err
		}
	}
}

// heldUp reports, and logs, that another run holds the workspace.
func (s *Service) heldUp(err error) bool {
	if _, held := errors.AsType[*HeldError](err); !held {
		return false
	}
	s.Log.Info("waiting: " + err.Error())
	return true
}

// save writes a journal that has got more runs.
func (s *Service) save() error {
	s.journal.trim()
	return s.journal.write(s.Files, s.StateDir)
}

// wake looks at the clock and the inbox and does what there is to do.
func (s *Service) wake(ctx context.Context) error {
	s.beat.Problem = ""
	before := s.journal.Since
	if note := s.journal.enter(s.Plan, s.now()); note != "" {
		s.Log.Warn(note)
	}
	if !s.journal.Since.Equal(before) {
		if err := s.save(); err != nil {
			return err
		}
	}
	if err := s.lookAtInbox(ctx); err != nil {
		return err
	}
	if err := s.runDue(ctx); err != nil {
		return err
	}
	if err := s.notify(ctx); err != nil {
		return err
	}
	s.beatHeart()
	return ctx.Err()
}

// pause is how long nothing is due.
func (s *Service) pause() time.Duration {
	pause := s.Poll
	if next := s.Plan.Next(s.journal.Since); !next.IsZero() {
		pause = min(pause, max(0, next.Sub(s.now())))
	}
	return pause
}

// lookAtInbox imports what has settled. What goes wrong is tried again at the next look.
func (s *Service) lookAtInbox(ctx context.Context) error {
	waiting, err := s.Work.Waiting(ctx)
	s.beat.Waiting = waiting
	if err == nil && waiting > 0 {
		if s.OnArrival {
			// Entered before the files are taken: after a crash in between nothing else would ask for the run.
			s.journal.add(newRun(s.now(), s.Plan.DayOf(s.now()), true))
			if err := s.save(); err != nil {
				return err
			}
		}
		if err = s.guard(func() error { return s.Work.Import(ctx) }); err == nil {
			s.beat.Waiting = 0
		}
	}
	if err != nil && ctx.Err() == nil && !s.heldUp(err) {
		s.problem("the inbox could not be taken", err)
	}
	return nil
}

// runDue does the runs that are not done, oldest first. When one fails, those after it wait: each set of statements
// builds on the one before.
func (s *Service) runDue(ctx context.Context) error {
	for run := s.journal.next(); run != nil; run = s.journal.next() {
		if ctx.Err() != nil {
			return nil //nolint:nilerr // asked to end, which is no failure
		}
		if run.State == Failed && run.Ended.After(s.started) && !pauseOver(run.Failures, run.Ended, s.now()) {
			s.beat.Problem = run.Problem
			return nil
		}
		if err := s.do(ctx, run); err != nil {
			return err
		}
		if run.State != Done {
			return nil
		}
	}
	return nil
}

// do makes one attempt at a run.
func (s *Service) do(ctx context.Context, run *Run) error {
	log := s.Log.With("run", run.ID, "as_of", run.AsOf.String())
	before := run.State
	run.State, run.Started = Running, s.now().UTC()
	if err := s.journal.write(s.Files, s.StateDir); err != nil {
		return err
	}
	s.beat.Running = run.ID
	s.beatHeart()
	s.beat.Running = ""
	log.Info("run begins")
	var summary string
	err := s.guard(func() (err error) {
		summary, err = s.Work.Run(ctx, *run)
		return err
	})
	switch {
	case err == nil:
		run.State, run.Ended, run.Summary, run.Problem = Done, s.now().UTC(), summary, ""
		run.Unnotified = 0
		log.Info("run done")
	case ctx.Err() != nil || s.heldUp(err):
		if run.State = before; before == Running {
			run.State = Due
		}
		log.Info("run put off")
	default:
		run.State, run.Ended, run.Problem = Failed, s.now().UTC(), err.Error()
		run.Failures++
		log.Error("run failed; it is tried again", "problem", err.Error(), "failures", run.Failures)
		s.beat.Problem = run.Problem
	}
	return s.journal.write(s.Files, s.StateDir)
}

// guard makes an error of a panic: one file that breaks the program must not end the service.
func (s *Service) guard(work func() error) (err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("the program broke down; please report it: %v", broken)
		}
	}()
	return work()
}

// notify sends the notices that are to go out. One that cannot is tried again later and fails nothing.
func (s *Service) notify(ctx context.Context) error {
	for i := range s.journal.Runs {
		run := &s.journal.Runs[i]
		if ctx.Err() != nil {
			return nil //nolint:nilerr // asked to end, which is no failure
		}
		if !run.toNotify() || !pauseOver(run.Unnotified, run.TriedToNotify, s.now()) {
			continue
		}
		err := s.guard(func() error { return s.Work.Notify(ctx, *run) })
		if err != nil {
			run.Unnotified++
			s.problem("the notice of run "+run.ID+" could not be sent; it is tried again", err)
		} else {
			run.Notified, run.Unnotified = run.State, 0
		}
		run.TriedToNotify = s.now().UTC()
		if err := s.journal.write(s.Files, s.StateDir); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) problem(what string, err error) {
	s.Log.Error(what, "problem", err.Error())
	s.beat.Problem = what + ": " + err.Error()
}
