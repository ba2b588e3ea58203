package schedule

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"time"

	"cspcoop/calc"
)

// State is how far a run has come.
type State string

const (
	// Due runs wait for their turn.
	Due State = "due"
	// Running is a run under way, or one that ended with its process.
	Running State = "running"
	// Done runs are never done again.
	Done State = "done"
	// Failed runs are tried again.
	Failed State = "failed"
)

// A Run is an entry of the journal. Times are in UTC.
type Run struct {
	// ID names the run in logs and notices: the time at which it was due.
	ID  string    `json:"id"`
	Due time.Time `json:"due"`
	// AsOf is the day that the run calculates as of.
	AsOf calc.Date `json:"as_of"`
	// OnArrival marks a run that files asked for, not the plan.
	OnArrival bool  `json:"on_arrival,omitempty"`
	State     State `json:"state"`
	// Failures counts attempts that failed.
	Failures int       `json:"failures,omitempty"`
	Started  time.Time `json:"started,omitzero"`
	Ended    time.Time `json:"ended,omitzero"`
	// Summary is what the run had to say, once it is done.
	Summary string `json:"summary,omitempty"`
	// Problem is why the last attempt failed.
	Problem string `json:"problem,omitempty"`
	// Notified is the state of which a notice has gone out, "" before the first. The
	// keys of the file are those of earlier versions, whose journals are read.
	Notified State `json:"told,omitempty"`
	// Unnotified counts notices in a row that could not go out, the last of them at TriedToNotify.
	Unnotified    int       `json:"untold,omitempty"`
	TriedToNotify time.Time `json:"tried_to_tell,omitzero"`
}

// journal is what was done and what is to be done, oldest first. It alone decides that: the plan and the
// clock merely ask it.
type journal struct {
	// Since is the last due time that was entered; later ones are still to be.
	Since time.Time `json:"since"`
	Runs  []Run     `json:"runs"`
}

func journalPath(stateDir string) string { return filepath.Join(stateDir, "journal.json") }

// readJournal reports false when there is none.
func readJournal(stateDir string) (*journal, bool, error) {
	content, err := readFile(journalPath(stateDir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	j := &journal{}
	if err == nil {
		err = json.Unmarshal(content, j)
	}
	if err == nil {
		err = j.check()
	}
	if err != nil {
		return nil, false, fmt.Errorf("the run journal cannot be read; delete %s to go on from the newest statements: %w",
			journalPath(stateDir), err)
	}
	return j, true, nil
}

func (j *journal) check() error {
	if j.Since.IsZero() {
		return errors.New("it does not say since when it is kept")
	}
	for _, run := range j.Runs {
		switch run.State {
		case Due, Running, Done, Failed:
		default:
			return fmt.Errorf("run %q has the unknown state %q", run.ID, run.State)
		}
		if run.Due.IsZero() || run.AsOf.IsZero() {
			return fmt.Errorf("run %q does not say when it was due", run.ID)
		}
	}
	return nil
}

func (j *journal) write(files Files, stateDir string) error {
	content, err := json.MarshalIndent(j, "", "  ")
	if err != nil {
		return err
	}
	if err := files.WriteFile(journalPath(stateDir), append(content, '\n')); err != nil {
		return fmt.Errorf("the run journal cannot be written: %w", err)
	}
	return nil
}

// add enters a run that is due. Of runs for one as-of date that nobody has begun, only the newest stays: it writes
// what they would have written.
func (j *journal) add(run Run) {
	j.Runs = slices.DeleteFunc(j.Runs, func(r Run) bool {
		return r.State == Due && r.Failures == 0 && r.AsOf == run.AsOf && r.OnArrival == run.OnArrival
	})
	j.Runs = append(j.Runs, run)
}

// next returns the oldest run that is not done, nil when all are.
func (j *journal) next() *Run {
	for i := range j.Runs {
		if j.Runs[i].State != Done {
			return &j.Runs[i]
		}
	}
	return nil
}

// kept is how many finished runs the journal remembers.
const kept = 60

// trim forgets the oldest runs of which all is done and notified.
func (j *journal) trim() {
	settled := 0
	for _, run := range j.Runs {
		if run.settled() {
			settled++
		}
	}
	j.Runs = slices.DeleteFunc(j.Runs, func(run Run) bool {
		if settled <= kept || !run.settled() {
			return false
		}
		settled--
		return true
	})
}

func (r Run) settled() bool { return r.State == Done && !r.toNotify() }

// toNotify reports whether a notice of the run's state is to go out. What files asked for is reported in its files.
func (r Run) toNotify() bool {
	return !r.OnArrival && (r.State == Done || r.State == Failed) && r.Notified != r.State
}

// newRun is a run that is due. Its ID is sortable and safe in file names and mail headers.
func newRun(due time.Time, asOf calc.Date, onArrival bool) Run {
	due = due.UTC().Truncate(time.Second)
	id := due.Format("20060102T150405Z")
	if onArrival {
		id += "-arrival"
	}
	return Run{ID: id, Due: due, AsOf: asOf, OnArrival: onArrival, State: Due}
}
