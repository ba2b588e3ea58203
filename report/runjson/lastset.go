package runjson

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"

	"cspcoop/calc"
)

// ReadLast reads the run.json of an earlier set, for what the next set says
// since then.
func ReadLast(r io.Reader) (*calc.LastSet, error) {
	var file struct {
		AsOf    string            `json:"as_of"`
		Sources []source          `json:"sources"`
		Funds   []json.RawMessage `json:"funds"`
		Booked  []json.RawMessage `json:"booked"`
		Claims  []json.RawMessage `json:"claims"`
		Holds   []json.RawMessage `json:"holds"`
	}
	if err := json.NewDecoder(r).Decode(&file); err != nil {
		return nil, fmt.Errorf("reading run.json: %w", err)
	}
	last := &calc.LastSet{}
	var err error
	if last.AsOf, err = calc.ParseDate(file.AsOf); err != nil {
		return nil, fmt.Errorf("reading run.json: as_of: %w", err)
	}
	if last.Funds, err = entries[calc.FundState]("fund of", file.Funds); err != nil {
		return nil, err
	}
	if last.Booked, err = entries[calc.Booking]("booking for", file.Booked); err != nil {
		return nil, err
	}
	if last.Claims, err = entries[calc.ClaimState]("claim", file.Claims); err != nil {
		return nil, err
	}
	if last.Holds, err = entries[calc.HoldState]("hold of", file.Holds); err != nil {
		return nil, err
	}
	for _, s := range file.Sources {
		last.Sources = append(last.Sources, s.SHA256)
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
