package inbox

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

// index is archive/index.csv as read.
type index struct {
	receipts []Receipt
	// intact is the content up to the last whole line, as this program writes it.
	intact []byte
	// torn is what a crash left of a line after it.
	torn []byte
	// foreign says that another program has saved the file since: it says the same in another form.
	foreign bool
}

// parseIndex reads the receipts, as this program writes them or as a spreadsheet saves them.
func parseIndex(content []byte) (index, error) {
	in, err := parseOwn(content)
	if err == nil {
		return in, nil
	}
	saved, foreignErr := parseForeign(content)
	switch {
	case foreignErr == nil:
		return saved, nil
	case bytes.HasPrefix(content, []byte(header)):
		return index{}, err
	}
	return index{}, foreignErr
}

// parseOwn reads the form in which this program writes. Only the last line may be damaged: appending is the only
// change there is, so nothing but the last line can have been under way when a machine stopped. (The header is
// written with the file, whole or not at all.)
func parseOwn(content []byte) (index, error) {
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

// add takes one line, with its line feed, when it is exactly as it was written.
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

// endLast takes a last line that is whole but for its line end, and reports whether there was one. A line that a crash
// tore is left out, since its file is still under way and will be received again.
func (in *index) endLast(underWay map[string]bool) bool {
	line := string(in.torn) + "\n"
	if r, err := parseReceipt(line); err != nil || underWay[r.SHA256] || in.add(len(in.receipts)+2, line) != nil {
		return false
	}
	in.intact, in.torn, in.foreign = slices.Concat(in.intact, []byte(line)), nil, true
	return true
}

// parseForeign reads what a spreadsheet makes of the list when it is opened and saved: with a byte-order mark, CRLF,
// semicolons or tabs, other quotes, columns or rows in another order, as UTF-16. All receipts must be there. The code
// page of a system is refused: it cannot be inferred from a few names, and may lack their characters.
func parseForeign(content []byte) (index, error) {
	for mark, order := range map[string]unicode.Endianness{"\xff\xfe": unicode.LittleEndian, "\xfe\xff": unicode.BigEndian} {
		if !bytes.HasPrefix(content, []byte(mark)) {
			continue
		}
		form := unicode.UTF16(order, unicode.UseBOM)
		text, err := form.NewDecoder().Bytes(content)
		if err != nil {
			return index{}, err
		}
		if again, err := form.NewEncoder().Bytes(text); err != nil || !bytes.Equal(again, content) {
			return index{}, errors.New("is UTF-16 text that is damaged")
		}
		content = text
		break
	}
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	if !utf8.Valid(content) {
		return index{}, errors.New("is not UTF-8 text any more: a spreadsheet saved it in the code page of its system, which may have changed names")
	}
	first, _, _ := bytes.Cut(content, []byte("\n"))
	r := csv.NewReader(bytes.NewReader(content))
	r.FieldsPerRecord = -1
	for _, delimiter := range ";\t" {
		if bytes.ContainsRune(first, delimiter) {
			r.Comma = delimiter
		}
	}
	head, err := r.Read()
	if err != nil {
		return index{}, errors.New("line 1 is not the header of a list of receipts")
	}
	order, err := columnOrder(head)
	if err != nil {
		return index{}, err
	}
	var in index
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if broken := (*csv.ParseError)(nil); errors.As(err, &broken) {
			return index{}, fmt.Errorf("line %d %w", broken.StartLine, errDamaged)
		}
		if strings.Join(fields, "") == "" {
			continue
		}
		receipt, err := receiptOf(reorder(fields, order))
		if err != nil {
			line, _ := r.FieldPos(0)
			return index{}, fmt.Errorf("line %d %w", line, errDamaged)
		}
		in.receipts = append(in.receipts, receipt)
	}
	slices.SortStableFunc(in.receipts, func(a, b Receipt) int { return a.Number - b.Number })
	for i, receipt := range in.receipts {
		if receipt.Number != i+1 {
			return index{}, fmt.Errorf("has receipt %d where receipt %d belongs", receipt.Number, i+1)
		}
	}
	in.intact, in.foreign = listOf(in.receipts), true
	return in, nil
}

// columnOrder says in which column each field of a receipt is. Columns without a head hold, in their order, the two
// further fields of withdrawals.
func columnOrder(head []string) ([]int, error) {
	order := slices.Repeat([]int{-1}, len(columns))
	for i, name := range head {
		name = strings.ToLower(strings.TrimSpace(name))
		k := slices.Index(columns, name)
		switch {
		case name == "":
			order = append(order, i)
		case k < 0 || order[k] >= 0:
			return nil, fmt.Errorf("line 1 has the column %q, which does not belong into a list of receipts", name)
		default:
			order[k] = i
		}
	}
	if k := slices.Index(order, -1); k >= 0 {
		return nil, fmt.Errorf("line 1 lacks the column %q", columns[k])
	}
	for i := len(head); len(order) < len(columns)+2; i++ {
		order = append(order, i)
	}
	return order, nil
}

// reorder returns the fields of a receipt in the order in which they are written, without empty ones at the end.
func reorder(fields []string, order []int) []string {
	var out []string
	for k, i := range order {
		field := ""
		if i < len(fields) {
			field = fields[i]
		}
		if k < len(columns) || field != "" {
			out = append(out, field)
		}
	}
	return out
}

// listOf is the whole file for these receipts.
func listOf(receipts []Receipt) []byte {
	content := []byte(header)
	for _, r := range receipts {
		content = append(content, r.line()...)
	}
	return content
}
