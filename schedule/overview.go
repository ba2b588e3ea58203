package schedule

import (
	"fmt"
	"slices"
	"time"
)

// A Standing is what status and monitors want to know of a schedule.
type Standing struct {
	// Runs are the last three and those that are not done, newest first.
	Runs []Run `json:"runs"`
	// Next is when the next run is due, in the plan's zone; the zero time without one.
	Next time.Time `json:"next_run,omitzero"`
	// Alive says that the service gave a sign of life lately.
	Alive bool `json:"alive"`
	// Heartbeat is the last one, nil before the first.
	Heartbeat *Heartbeat `json:"heartbeat,omitempty"`
}

const (
	// A service that is silent for longer is taken for stopped; a run under way may take its time.
	silence    = 3 * time.Minute
	runSilence = time.Hour
	shownRuns  = 3
)

// Overview reads what the service left in a state folder. It takes no lock and changes nothing; false means that
// none was ever started there.
func Overview(stateDir string, p *Plan, now time.Time) (Standing, bool, error) {
	var standing Standing
	j, begun, err := readJournal(stateDir)
	if err != nil || !begun {
		return standing, false, err
	}
	beat, beats, err := readHeartbeat(stateDir)
	if err != nil {
		return standing, false, fmt.Errorf("the heartbeat of the schedule cannot be read: %w", err)
	}
	if beats {
		standing.Heartbeat = &beat
		limit := silence
		if beat.Running != "" {
			limit = runSilence
		}
		standing.Alive = now.Sub(beat.At) <= limit
	}
	for i, run := range slices.Backward(j.Runs) {
		if i >= len(j.Runs)-shownRuns || run.State != Done {
			standing.Runs = append(standing.Runs, run)
		}
	}
	standing.Next = p.Next(j.Since)
	return standing, true, nil
}

// A Line is a label and what is said behind it.
type Line struct{ Label, Text string }

// Lines words the standing for a terminal, times in the plan's zone. Of runs that
// wait for their turn it has the next one and their number.
func (s Standing) Lines(p *Plan) []Line {
	var list []Line
	later := 0
	for i, run := range s.Runs {
		if run.State == Due && i+1 < len(s.Runs) && s.Runs[i+1].State == Due {
			later++
			continue
		}
		line := run.line(p.zone)
		if later > 0 {
			line.Text += fmt.Sprintf("; later ones: %d", later)
		}
		list, later = append(list, line), 0
	}
	if !s.Next.IsZero() {
		list = append(list, Line{"next run", s.Next.Format(shownTime)})
	}
	if !s.Alive {
		list = append(list, Line{"schedule", `not running; start it with "cspcoop schedule"`})
	} else if s.Heartbeat.Problem != "" {
		list = append(list, Line{"problem", s.Heartbeat.Problem})
	}
	return list
}

func (r Run) line(zone *time.Location) Line {
	text := r.Due.In(zone).Format(shownTime) + ", as of " + r.AsOf.Text()
	switch r.State {
	case Done:
		return Line{"last run", text + ", done"}
	case Failed:
		return Line{"failed", text + ": " + r.Problem}
	case Running, Due:
	}
	return Line{string(r.State), text}
}
