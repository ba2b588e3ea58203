package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"cspcoop/calc"
	"cspcoop/calc/lists"
	"cspcoop/cmd/cspcoop/publish"
	"cspcoop/importer/disk"
	"cspcoop/importer/inbox"
	"cspcoop/schedule"
	"cspcoop/schedule/notice"
)

// scheduled is what the service has to do, by the same functions as run. The
// configuration is read again for each piece of work, so that correcting it needs
// no restart.
type scheduled struct {
	app *app // whose words go to the log
	log *slog.Logger
}

// hold opens the workspace and takes it, if no other run has it.
func (s *scheduled) hold() (*workspace, *schedule.Lock, error) {
	w, err := s.app.open()
	if err != nil {
		return nil, nil, err
	}
	lock, err := schedule.Acquire(w.path("state"), "schedule", time.Now())
	return w, lock, err
}

// Published implements [schedule.Work].
func (s *scheduled) Published() ([]calc.Date, error) {
	w, lock, err := s.hold()
	if err != nil {
		return nil, err
	}
	defer lock.Release()
	// A set whose publication was interrupted is complete once it is back in its place.
	if err := publish.Recover(s.app.disk, w.path("statements")); err != nil {
		return nil, err
	}
	sets, err := publish.Sets(w.path("statements"))
	if err != nil {
		return nil, err
	}
	var days []calc.Date
	for _, set := range sets {
		day, err := calc.ParseDate(set.AsOf)
		if err != nil {
			return nil, err
		}
		days = append(days, day)
	}
	return days, nil
}

// Waiting implements [schedule.Work]. It needs no lock: it only looks.
func (s *scheduled) Waiting(ctx context.Context) (int, error) {
	w, err := s.app.open()
	if err != nil {
		return 0, err
	}
	box, err := inbox.Open(w.path("inbox"))
	if err != nil {
		return 0, err
	}
	defer box.Close()
	found, err := box.Scan(ctx, inbox.SystemClock(), w.config.Settle.Duration)
	return len(found.Files), err
}

// Import implements [schedule.Work].
func (s *scheduled) Import(ctx context.Context) error {
	w, lock, err := s.hold()
	if err != nil {
		return err
	}
	defer lock.Release()
	done, err := s.app.takeInbox(ctx, w)
	s.logFiles(done, s.log)
	return err
}

// Run implements [schedule.Work]. A set that was signed off is ignored.
func (s *scheduled) Run(ctx context.Context, run schedule.Run) (string, error) {
	w, err := s.app.open()
	if err != nil {
		return "", err
	}
	done, err := s.app.reconcile(ctx, w, run.AsOf, 0)
	if sealed, ok := errors.AsType[*publish.SealedError](err); ok {
		return fmt.Sprintf("The statements of %s were sealed by %s and stay as they are.\n", sealed.AsOf, visible(sealed.Seal.By)), nil
	}
	if err != nil {
		return "", err
	}
	s.logFiles(done.intake, s.log.With("run", run.ID))
	var text message
	if headline := nextDeadline(done.result); headline != "" {
		text.WriteString(headline + "\n\n")
	}
	printer := *s.app
	printer.stdout = &text
	printer.printOutcome(done)
	if n := w.rejected(); n > 0 {
		fmt.Fprintf(&text, "\n%s in rejected/: each .reason.txt says what to fix\n", plural(n, "refused file"))
	}
	return text.String(), nil
}

// Notify implements [schedule.Work].
func (s *scheduled) Notify(ctx context.Context, run schedule.Run) error {
	w, err := s.app.open()
	if err != nil {
		return err
	}
	senders, err := w.senders(s.app.disk)
	if err != nil {
		return err
	}
	message := w.notice(run)
	var failed error
	for _, sender := range senders {
		failed = errors.Join(failed, sender.Send(ctx, message))
	}
	return failed
}

// atRisk ends the line that a summary begins with where something has to be
// claimed or resolved.
const atRisk = " at risk"

// nextDeadline says in a line what has to be claimed, or which holds resolved, by
// the next last day, "" where nothing has to be.
func nextDeadline(r *calc.Result) string {
	d := r.NextDeadline()
	if d == nil {
		return ""
	}
	var todo []string
	if funds := lists.Only(d.Funds, func(b *calc.Balance) bool { return b.AtRisk().IsPositive() }); len(funds) > 0 {
		todo = append(todo, plural(len(funds), "fund")+" to claim")
	}
	if len(d.Holds) > 0 {
		todo = append(todo, plural(len(d.Holds), "hold")+" to resolve")
	}
	return fmt.Sprintf("%s by %s, %s%s", strings.Join(todo, " and "), english.ShortDate(d.Day), strings.ReplaceAll(english.Amount(d.AtRisk, "USD"), "\u00a0", " "), atRisk)
}

// notice returns the message about a run that is done or failed.
func (w *workspace) notice(run schedule.Run) notice.Message {
	m := notice.Message{ID: run.ID + "." + string(run.State), Date: run.Ended, Read: disk.ReadFile}
	if run.State == schedule.Failed {
		m.Subject = fmt.Sprintf("cspcoop: no statements as of %s yet", run.AsOf.Text())
		m.Body = "The run failed, no statement was written or changed, and it is tried again at least once an hour:\n\n" + visible(run.Problem) + "\n"
		return m
	}
	m.Subject = fmt.Sprintf("cspcoop: statements as of %s", run.AsOf.Text())
	if headline, _, _ := strings.Cut(run.Summary, "\n"); strings.HasSuffix(headline, atRisk) {
		m.Subject = fmt.Sprintf("%s; statements as of %s", headline, run.AsOf.Text())
	}
	m.Body = run.Summary
	for _, name := range w.config.Notice.SMTP.Attach {
		m.Attachments = append(m.Attachments, w.path("statements", run.AsOf.String(), name))
	}
	return m
}

// logFiles says what became of the files that arrived.
func (s *scheduled) logFiles(done intake, log *slog.Logger) {
	for _, f := range done.taken {
		log.Info("file taken", "file", visible(f.path), "kind", string(f.kind), "rows", f.rows)
	}
	for _, f := range done.refused {
		log.Warn("file refused", "file", visible(f.path), "faults", f.faults.Total, "reason", filepath.Join("rejected", visible(f.moved)+".reason.txt"))
	}
}

// logLines makes log records of what is said line by line.
type logLines struct{ log *slog.Logger }

// Write takes one line, as say and warn write them.
func (l *logLines) Write(line []byte) (int, error) {
	text := strings.TrimPrefix(strings.TrimSpace(string(line)), "cspcoop: ")
	if warning, ok := strings.CutPrefix(text, "warning: "); ok {
		l.log.Warn(warning)
	} else {
		l.log.Info(text)
	}
	return len(line), nil
}
