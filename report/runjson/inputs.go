package runjson

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"

	"cspcoop/calc"
)

// Inputs returns a SHA-256 over what a set was made from: its day, the settings
// that decide figures, every source that is known, what was withdrawn, the totals
// from outside the exports, and the set that it is compared with. It does not depend on the order of arrival. Sets
// with the same inputs have the same figures, so that a page whose footer has
// its first digits can be traced to run.json.
func Inputs(r *calc.Result, settings []Setting) string {
	sum := sha256.New()
	line := func(parts ...any) { fmt.Fprintf(sum, "%q\n", parts) }
	line("as of", r.AsOf.String())
	for _, s := range settings {
		line("setting", s.Name, s.Value)
	}
	var known []string
	for _, s := range r.Sources {
		known = append(known, "source "+s.SHA256)
	}
	for i := range r.Withdrawn {
		known = append(known, "withdrawn "+r.Withdrawn[i].SHA256)
	}
	slices.Sort(known)
	for _, k := range known {
		io.WriteString(sum, k+"\n")
	}
	if r.Controls != nil {
		line("controls", r.Controls.SHA256)
	}
	if r.Last != nil {
		line("since", r.Last.AsOf.String(), r.Last.SHA256)
	}
	return hex.EncodeToString(sum.Sum(nil))
}
