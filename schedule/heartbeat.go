package schedule

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// A Heartbeat says that the service is alive and how it is: state/heartbeat.json, which a monitoring system may
// read. Times are in UTC.
type Heartbeat struct {
	// At is when it was written: at each look at the inbox and at the beginning of each run.
	At  time.Time `json:"at"`
	PID int       `json:"pid"`
	// Running is the ID of the run under way, if any.
	Running string `json:"running,omitempty"`
	// LastSuccess is when a run was last done.
	LastSuccess time.Time `json:"last_success,omitzero"`
	NextRun     time.Time `json:"next_run,omitzero"`
	// Unfinished counts runs that are due and not done.
	Unfinished int `json:"unfinished_runs"`
	Waiting    int `json:"waiting_files"`
	// Problem is what went wrong last and has not been overcome.
	Problem string `json:"problem,omitempty"`
}

func heartbeatPath(stateDir string) string { return filepath.Join(stateDir, "heartbeat.json") }

// beatHeart writes the heartbeat. Where it cannot, the service goes on: that it is missed is what it is for.
func (s *Service) beatHeart() {
	s.beat.At, s.beat.PID = s.now().UTC(), os.Getpid()
	s.beat.NextRun = s.Plan.Next(s.journal.Since).UTC()
	s.beat.Unfinished = 0
	for _, run := range s.journal.Runs {
		if run.State != Done {
			s.beat.Unfinished++
		} else if run.Ended.After(s.beat.LastSuccess) {
			s.beat.LastSuccess = run.Ended
		}
	}
	content, err := json.MarshalIndent(s.beat, "", "  ")
	if err == nil {
		err = s.Files.WriteFile(heartbeatPath(s.StateDir), append(content, '\n'))
	}
	if err != nil {
		s.Log.Error("the heartbeat could not be written", "problem", err.Error())
	}
}

// readHeartbeat reports false when there is none, or none that can be read.
func readHeartbeat(stateDir string) (Heartbeat, bool, error) {
	var beat Heartbeat
	content, err := readFile(heartbeatPath(stateDir))
	if errors.Is(err, fs.ErrNotExist) {
		return beat, false, nil
	}
	if err != nil {
		return beat, false, err
	}
	return beat, json.Unmarshal(content, &beat) == nil, nil
}
