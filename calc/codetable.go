package calc

import (
	"bytes"
	_ "embed" // for the table
	"fmt"
	"slices"

	"github.com/pelletier/go-toml/v2"
)

// Audience is whom a finding addresses.
type Audience uint8

const (
	// Accountant reads statements and answers for their figures.
	Accountant Audience = iota
	// Operator runs the job: drops exports and keeps the configuration.
	Operator
)

// String names the audience.
func (a Audience) String() string { return [...]string{"accountant", "operator"}[a] }

// CodeNote says what a finding's code means and what to do about it: a row of
// the table of findings.
type CodeNote struct {
	Code       Code
	Severities []Severity // that it can have, the worst first
	Meaning    string
	Advice     string // what to do about it; "" for nothing
	For        Audience
	Noise      bool // as info it accounts for something and needs nobody: only workbooks list it
	Leads      bool // it comes before everything else that a document says
	BlocksSeal bool // a set with such an error can't be sealed until it is acknowledged
}

// CodeNotes returns the table of findings, which "cspcoop help findings" prints.
func CodeNotes() []CodeNote { return slices.Clone(codeNotes) }

// NoteOf returns the row of a code; ok is false when the table has none.
func NoteOf(code Code) (note CodeNote, ok bool) {
	i, ok := rowOf[code]
	if !ok {
		return CodeNote{}, false
	}
	return codeNotes[i], true
}

// Allows reports whether the table has the code, with this severity.
func (c Code) Allows(s Severity) bool {
	note, _ := NoteOf(c)
	return slices.Contains(note.Severities, s)
}

//go:embed findings.toml
var findingsTable []byte

// A code outside this table, or with a severity that its row does not have, makes
// no finding: see [NewFinding].
var codeNotes = func() (notes []CodeNote) {
	var table struct {
		Findings []struct {
			Code            Code
			Severities      []string
			Meaning, Advice string
			For             string
			Noise, Leads    bool
			BlocksSeal      bool `toml:"blocks_seal"`
		}
	}
	readTable(findingsTable, &table)
	for _, row := range table.Findings {
		n := CodeNote{Code: row.Code, Meaning: row.Meaning, Advice: row.Advice, Noise: row.Noise, Leads: row.Leads, BlocksSeal: row.BlocksSeal}
		if row.For == Operator.String() {
			n.For = Operator
		}
		for _, severity := range []Severity{Error, Warning, Info} {
			if slices.Contains(row.Severities, severity.String()) {
				n.Severities = append(n.Severities, severity)
			}
		}
		if row.For != n.For.String() || len(row.Severities) != len(n.Severities) {
			panic(fmt.Sprintf("findings.toml: %s has an audience or a severity that there is not", n.Code))
		}
		notes = append(notes, n)
	}
	return notes
}()

var rowOf = func() map[Code]int {
	rows := make(map[Code]int, len(codeNotes))
	for i, n := range codeNotes {
		rows[n.Code] = i
	}
	return rows
}()

// readTable reads a table that is a part of the program.
func readTable(content []byte, table any) {
	if err := toml.NewDecoder(bytes.NewReader(content)).DisallowUnknownFields().Decode(table); err != nil {
		panic(err)
	}
}
