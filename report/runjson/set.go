package runjson

import (
	"encoding/json"
	"fmt"
)

// Set is what run.json says of the statement set itself.
type Set struct {
	AsOf     string `json:"as_of"`
	Since    string `json:"since"`        // as-of date of the set that it was compared with; "" for none
	SinceSHA string `json:"since_sha256"` // of that set's run.json, as it was then
	Sources  []struct {
		SHA256   string   `json:"sha256"`
		Archives []string `json:"archives"`
	} `json:"sources"`
	BlocksSeal []string `json:"blocks_seal"` // what somebody must acknowledge before the set is sealed
	Files      []File   `json:"files"`       // all others of the set
}

// ReadSet reads a run.json.
func ReadSet(content []byte) (Set, error) {
	var s Set
	if err := json.Unmarshal(content, &s); err != nil {
		return s, fmt.Errorf("reading run.json: %w", err)
	}
	return s, nil
}
