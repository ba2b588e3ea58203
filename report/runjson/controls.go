package runjson

import "cspcoop/calc"

// controls says what came of the totals from outside the exports, which are in
// tieout.csv.
type controls struct {
	SHA256   string `json:"sha256"` // of controls.csv
	Agree    int    `json:"agree"`
	Differ   int    `json:"differ"`
	NoExport int    `json:"no_export"`
}

func controlsOf(r *calc.Result) *controls {
	if r.Controls == nil {
		return nil
	}
	t := calc.CountTieOuts(r.TieOuts)
	return &controls{r.Controls.SHA256, t.Agree, t.Differ, t.NoExport}
}
