package inbox

import (
	"encoding/csv"
	"errors"
	"strconv"
	"strings"
	"time"
)

// KindWithdrawal is the kind of a receipt that takes files out of the figures instead of adding one.
const KindWithdrawal = "withdrawal"

// A Receipt is one line of archive/index.csv: it says that a file was taken or, of the kind KindWithdrawal, that
// all earlier receipts of the same bytes do not count any more.
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
	// By and Reason say who withdrew the file and why; empty for other kinds.
	By, Reason string
}

// columns are the header of archive/index.csv. A withdrawal has two further fields without a head, by and reason.
var columns = []string{"number", "received", "name", "sha256", "kind"}

var header = strings.Join(columns, ",") + "\n"

var errDamaged = errors.New("is not as it was written")

// parseReceipt reads a line, with its line feed, that is exactly as [Receipt.line] writes it.
func parseReceipt(line string) (Receipt, error) {
	fields, err := csv.NewReader(strings.NewReader(line)).Read()
	if err != nil {
		return Receipt{}, errDamaged
	}
	r, err := receiptOf(fields)
	if err != nil || r.line() != line {
		return Receipt{}, errDamaged
	}
	return r, nil
}

// receiptOf makes a receipt of its five fields, or the seven of a withdrawal.
func receiptOf(fields []string) (Receipt, error) {
	if len(fields) != len(columns) && len(fields) != len(columns)+2 {
		return Receipt{}, errDamaged
	}
	number, err := strconv.Atoi(fields[0])
	if err != nil {
		return Receipt{}, errDamaged
	}
	received, err := time.Parse("2006-01-02T15:04:05Z", fields[1])
	if err != nil {
		return Receipt{}, errDamaged
	}
	r := Receipt{Number: number, Received: received, Name: unguard(fields[2]), SHA256: fields[3], Kind: fields[4]}
	if len(fields) > len(columns) {
		r.By, r.Reason = unguard(fields[5]), unguard(fields[6])
	}
	if !isSHA256(r.SHA256) || r.Kind == "" || (r.Kind == KindWithdrawal) != (r.By != "" && r.Reason != "") {
		return Receipt{}, errDamaged
	}
	return r, nil
}

// line is the receipt as a record of RFC 4180 with its line feed.
func (r Receipt) line() string {
	fields := []string{strconv.Itoa(r.Number), r.Received.Format(time.RFC3339), guard(r.Name), r.SHA256, r.Kind}
	if r.Kind == KindWithdrawal {
		fields = append(fields, guard(r.By), guard(r.Reason))
	}
	var out strings.Builder
	w := csv.NewWriter(&out)
	// A strings.Builder takes everything.
	_ = w.Write(fields)
	w.Flush()
	return out.String()
}

// guard puts an apostrophe before a text that a spreadsheet would take for a formula; unguard takes it off.
func guard(text string) string {
	if formula(text) {
		return "'" + text
	}
	return text
}

func unguard(text string) string {
	if plain, ok := strings.CutPrefix(text, "'"); ok && formula(plain) {
		return plain
	}
	return text
}

// formula looks behind apostrophes that the text itself begins with, so that guarding can be undone.
func formula(text string) bool {
	text = strings.TrimLeft(text, "'")
	return text != "" && strings.ContainsRune("=+-@", rune(text[0]))
}
