package runjson

import (
	"cmp"
	"encoding/json"
	"fmt"

	"cspcoop/calc"
)

// Last returns what the next set needs of this one, to say what moved since then.
func (s *Set) Last() (*calc.LastSet, error) {
	last := &calc.LastSet{}
	var err error
	if last.AsOf, err = calc.ParseDate(s.AsOf); err != nil {
		return nil, fmt.Errorf("reading run.json: as_of: %w", err)
	}
	if last.Funds, err = entries[calc.FundState]("fund of", s.Funds); err != nil {
		return nil, err
	}
	if last.Booked, err = entries[calc.Booking]("booking for", s.Booked); err != nil {
		return nil, err
	}
	if last.Claims, err = entries[calc.ClaimState]("claim", s.Claims); err != nil {
		return nil, err
	}
	if last.Holds, err = entries[calc.HoldState]("hold of", s.Holds); err != nil {
		return nil, err
	}
	for _, source := range s.Sources {
		last.Sources = append(last.Sources, source.SHA256)
	}
	return last, nil
}

// entries reads the entries of a list, and names the one that cannot be read.
func entries[T any](what string, list []json.RawMessage) ([]T, error) {
	var all []T
	for _, content := range list {
		var entry T
		if err := json.Unmarshal(content, &entry); err != nil {
			var is struct {
				Claim       string `json:"claim_id"`
				Participant string `json:"participant_id"`
			}
			_ = json.Unmarshal(content, &is) // as far as it can be read
			return nil, fmt.Errorf("reading run.json: %s %s: %w", what, cmp.Or(is.Claim, is.Participant), err)
		}
		all = append(all, entry)
	}
	return all, nil
}
