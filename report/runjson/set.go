package runjson

import (
	"encoding/json"
	"fmt"
)

// Format numbers the forms of run.json: it goes up when a program of an earlier one
// would misread it. A file without a number is of the first.
const Format = 2

// readable returns an error for a form that this program does not know.
func readable(format int) error {
	if format > Format {
		return fmt.Errorf("run.json has the format %d, and this version reads formats 1 to %d: install the version that wrote it, or a newer one", format, Format)
	}
	return nil
}

// Set is what run.json says of the statement set itself.
type Set struct {
	Format   int    `json:"format"`
	AsOf     string `json:"as_of"`
	Since    string `json:"since"`        // as-of date of the set that it was compared with; "" for none
	SinceSHA string `json:"since_sha256"` // of that set's run.json, as it was then
	Sources  []struct {
		SHA256   string   `json:"sha256"`
		Archives []string `json:"archives"`
	} `json:"sources"`
	Withdrawn []struct {
		File   string `json:"file"`
		SHA256 string `json:"sha256"`
	} `json:"withdrawn"`
	BlocksSeal []string `json:"blocks_seal"` // what somebody must acknowledge before the set is sealed
	Files      []File   `json:"files"`       // all others of the set

	// What the next set goes on from; see Last.
	Funds  []json.RawMessage `json:"funds"`
	Booked []json.RawMessage `json:"booked"`
	Claims []json.RawMessage `json:"claims"`
	Holds  []json.RawMessage `json:"holds"`
}

// ReadSet reads a run.json.
func ReadSet(content []byte) (Set, error) {
	var s Set
	if err := json.Unmarshal(content, &s); err != nil {
		var later struct {
			Format int `json:"format"`
		}
		if json.Unmarshal(content, &later) == nil && readable(later.Format) != nil {
			err = readable(later.Format)
		}
		return s, fmt.Errorf("reading run.json: %w", err)
	}
	return s, readable(s.Format)
}
