package inbox

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Receipt says that a file was taken: one line of archive/index.csv.
type Receipt struct {
	// Number counts from 1 without a gap.
	Number int
	// Received is the moment of taking, in UTC and whole seconds.
	Received time.Time
	// Name is the path within the inbox, with slashes; what cannot be seen or would break the line is written
	// out (\n, \xff).
	Name   string
	SHA256 string
	Kind   string
}

// index is archive/index.csv as read.
type index struct {
	receipts []Receipt
	// intact is the content up to the last whole line.
	intact []byte
	// torn is what a crash left of a line after it.
	torn []byte
}

var errDamaged = errors.New("is not as it was written")

const header = "number,received,name,sha256,kind\n"

// parseIndex reads the receipts. Only the last line may be damaged: appending is the only change there is, so
// nothing but the last line can have been under way when a machine stopped. (The header is written with the file,
// whole or not at all.)
func parseIndex(content []byte) (index, error) {
	var in index
	rest := content
	for line := 1; len(rest) > 0; line++ {
		text, after, whole := bytes.Cut(rest, []byte("\n"))
		err := errDamaged
		if whole {
			err = in.add(line, string(text)+"\n")
		}
		if err != nil && (line == 1 || len(after) > 0) {
			return index{}, fmt.Errorf("line %d %w", line, err)
		}
		if err != nil {
			in.torn = rest
			break
		}
		rest = after
	}
	in.intact = content[:len(content)-len(in.torn)]
	return in, nil
}

// add takes one line, with its line feed, when it is exactly as append wrote it.
func (in *index) add(line int, text string) error {
	if line == 1 {
		if text != header {
			return errors.New("is not the header of a list of receipts")
		}
		return nil
	}
	r, err := parseReceipt(text)
	if err != nil {
		return err
	}
	if r.Number != line-1 {
		return fmt.Errorf("has receipt %d where receipt %d belongs", r.Number, line-1)
	}
	in.receipts = append(in.receipts, r)
	return nil
}

func parseReceipt(line string) (Receipt, error) {
	fields, err := csv.NewReader(strings.NewReader(line)).Read()
	if err != nil || len(fields) != 5 {
		return Receipt{}, errDamaged
	}
	number, err := strconv.Atoi(fields[0])
	if err != nil {
		return Receipt{}, errDamaged
	}
	received, err := time.Parse(time.RFC3339, fields[1])
	if err != nil {
		return Receipt{}, errDamaged
	}
	r := Receipt{number, received.UTC(), unguard(fields[2]), fields[3], fields[4]}
	if !isFingerprint(r.SHA256) || r.line() != line {
		return Receipt{}, errDamaged
	}
	return r, nil
}

// line is the receipt as a record of RFC 4180 with its line feed.
func (r Receipt) line() string {
	var out strings.Builder
	w := csv.NewWriter(&out)
	// A strings.Builder takes everything.
	_ = w.Write([]string{strconv.Itoa(r.Number), r.Received.Format(time.RFC3339), guard(r.Name), r.SHA256, r.Kind})
	w.Flush()
	return out.String()
}

// guard puts an apostrophe before a name that a spreadsheet would take for a formula; unguard takes it off.
func guard(name string) string {
	if formula(name) {
		return "'" + name
	}
	return name
}

func unguard(name string) string {
	if plain, ok := strings.CutPrefix(name, "'"); ok && formula(plain) {
		return plain
	}
	return name
}

// formula looks behind apostrophes that the name itself begins with, so that guarding can be undone.
func formula(name string) bool {
	name = strings.TrimLeft(name, "'")
	return name != "" && strings.ContainsRune("=+-@", rune(name[0]))
}
