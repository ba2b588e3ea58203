package table

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// MaxFaults is how many faults of a file are listed; further ones are counted.
const MaxFaults = 1000

// Fault says what is wrong at one place of a file and what would be right.
type Fault struct {
	Member  string // path in a ZIP archive of reports; "" for a file that is none
	Sheet   string // "" in CSV
	Row     int    // CSV: physical line where the record begins, from 1; XLSX: the sheet's row number; 0: the whole file
	Cell    string // cell reference in XLSX, like "C7"
	Part    string // zip part of a broken XLSX
	Column  string // header as written; "" when not about a column
	Field   int    // CSV: number of the field, from 1, whose header is not known yet; else 0
	Value   string // the value as it stands, "" when there is none
	Problem string // what is wrong: lower case, no full stop
	Want    string // what would be right, or what to do
}

// String words a fault for people: place, problem, value, what to do.
func (f Fault) String() string {
	rows, found := "", ""
	switch {
	case f.Cell != "":
		rows = "cell " + f.Cell
	case f.Row > 0:
		rows = "row " + strconv.Itoa(f.Row)
	}
	if f.Value != "" {
		found = fmt.Sprintf(" (found %q)", f.Value)
	}
	return f.say(rows, found)
}

// say words what is wrong in rows of one column.
func (f Fault) say(rows, found string) string {
	field := ""
	if f.Field > 0 && f.Column == "" {
		field = strconv.Itoa(f.Field)
	}
	var place []string
	for _, p := range [][2]string{{"", f.Member}, {"part ", f.Part}, {"sheet ", f.Sheet}, {"", rows}, {"column ", f.Column}, {"field ", field}} {
		if p[1] != "" {
			place = append(place, p[0]+p[1])
		}
	}
	text := f.Problem + found
	if len(place) > 0 {
		text = strings.Join(place, ", ") + ": " + text
	}
	if f.Want != "" {
		text += "; " + f.Want
	}
	return text
}

// Faults is the error of a refused file.
//
//nolint:errname // a list of faults, each of which a user reads
type Faults struct {
	List  []Fault // the first MaxFaults
	Total int     // of all faults
}

// Add takes one more fault; past MaxFaults it is only counted.
func (f *Faults) Add(fault Fault) {
	f.Total++
	if len(f.List) < MaxFaults {
		f.List = append(f.List, fault)
	}
}

// AddAll takes the faults of another list.
func (f *Faults) AddAll(more *Faults) {
	for _, fault := range more.List {
		f.Add(fault)
	}
	f.Total += more.Total - len(more.List)
}

// Err is f when it has a fault, else nil.
func (f *Faults) Err() error {
	if f.Total == 0 {
		return nil
	}
	return f
}

// Error words the first fault and counts the others.
func (f *Faults) Error() string {
	switch {
	case f.Total == 0:
		return "no fault"
	case f.Total == 1:
		return f.List[0].String()
	default:
		return fmt.Sprintf("%s (and %d more)", f.List[0], f.Total-1)
	}
}

// refused is the error of a file with a single fault.
func refused(fault Fault) error {
	return &Faults{List: []Fault{fault}, Total: 1}
}

// asFaults finds the faults in an error.
func asFaults(err error) (*Faults, bool) {
	return errors.AsType[*Faults](err)
}

// maxValue is how much of a value a fault shows, in bytes.
const maxValue = 200

// Excerpt is a value short enough to be shown, and independent of the record
// that it was in.
func Excerpt(value string) string {
	if len(value) <= maxValue {
		return strings.Clone(value)
	}
	cut := maxValue
	for cut > maxValue-utf8.UTFMax && !utf8.RuneStart(value[cut]) {
		cut--
	}
	return value[:cut] + "…"
}
