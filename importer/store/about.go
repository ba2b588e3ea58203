package store

import (
	"encoding/json"
	"reflect"
	"slices"

	"cspcoop/calc"
)

// metadataKey is where a Parquet file keeps what its source has beside the
// earnings, as JSON.
const metadataKey = "cspcoop"

// identity says what was read, and how: a stored file with another one is not
// used.
type identity struct {
	Original string // SHA-256 of the original
	Reading  string // see [Reading]
}

// about is a source without its earnings.
type about struct {
	identity
	Kind     calc.FileKind
	Sheets   []string
	Header   string
	Filled   []calc.Filled
	Details  bool // the earnings have a Detail
	Totals   []calc.TotalRow
	Findings []finding
}

// finding is a [calc.Finding] of an import.
type finding struct {
	Severity calc.Severity
	Code     calc.Code
	Place    calc.Place
	Says     sentence
}

func (f finding) whole() calc.Finding {
	return calc.NewFinding(f.Severity, f.Code, f.Says.whole()).At(f.Place)
}

// describe words a source without its earnings, or is errNotHeld when it has
// more than that.
func describe(id identity, src *calc.Source) (string, error) {
	a := about{identity: id, Kind: src.Kind, Sheets: src.Sheets, Header: src.Header, Filled: src.Filled, Totals: src.Totals,
		Details: src.Earnings.HasDetail()}
	for _, f := range src.Findings {
		a.Findings = append(a.Findings, finding{f.Severity(), f.Code(), f.Place(), sentenceOf(f.Says())})
	}
	words, err := json.Marshal(a)
	if err != nil {
		return "", err
	}
	var again about
	if err := json.Unmarshal(words, &again); err != nil {
		return "", err
	}
	bare := *src
	bare.Earnings = nil
	if restored := again.source(); restored == nil || src.HasRegister || len(src.Payments) > 0 || src.Kind == calc.KindBank || !reflect.DeepEqual(restored, &bare) || again.identity != id || distinct(src.Sheets) < len(src.Sheets) {
		return "", errNotHeld
	}
	return string(words), nil
}

// source makes the source, still without its earnings; nil when it has a finding
// that this program does not know.
func (a *about) source() *calc.Source {
	src := &calc.Source{Kind: a.Kind, Sheets: a.Sheets, Header: a.Header, Filled: a.Filled, Totals: a.Totals}
	for _, f := range a.Findings {
		if !f.Code.Allows(f.Severity) {
			return nil
		}
		src.Findings = append(src.Findings, f.whole())
	}
	return src
}

func distinct(names []string) int {
	return len(slices.Compact(slices.Sorted(slices.Values(names))))
}
