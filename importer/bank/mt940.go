package bank

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
	"golang.org/x/text/encoding/charmap"
)

var (
	mtTag     = regexp.MustCompile(`^:([0-9]{2}[A-Z]?|NS):(.*)$`)
	mtBalance = regexp.MustCompile(`^([CD])([0-9]{6})([A-Z]{3})([0-9]+,[0-9]*)$`)
	mtLine    = regexp.MustCompile(`^([0-9]{6})([0-9]{4})?(R?[CD])([A-Z])?([0-9]+,[0-9]*)([A-Z][A-Z0-9]{3})(.*)$`)
	mtParts   = regexp.MustCompile(`^[0-9]{0,3}([?~<^|])[0-9]{2}`)
	mtName    = regexp.MustCompile(`/(?:NAME|CNTP/[^/]*/[^/]*)/([^/]*)`)
	mtEnd     = regexp.MustCompile(`^-(\}.*)?$`)
)

// mtField is a field of a message with its lines.
type mtField struct {
	tag   string
	line  int
	lines []string
}

// readMT940 reads the messages of a file, with or without their SWIFT envelopes.
func (in *reading) readMT940() error {
	data, err := io.ReadAll(in.raw)
	if err != nil {
		return err
	}
	text := plainText(data)
	if i := strings.IndexFunc(text, func(r rune) bool {
		return r == utf8.RuneError || unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r' && r != 1 && r != 3
	}); i >= 0 {
		in.fault(1+strings.Count(text[:i], "\n"), "", "", "a control character, or a byte that is no text", wantStatementAgain)
		return nil
	}
	var message []mtField
	open := false
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimRight(line, "\r \x03")
		m := mtTag.FindStringSubmatch(line)
		switch {
		case m != nil && m[1] == "20":
			if open {
				in.takeMessage(message)
			}
			open, message = true, []mtField{{"20", i + 1, []string{m[2]}}}
		case !open:
			if m != nil {
				in.fault(i+1, ":"+m[1]+":", "", "the field is outside of a message", "a statement begins with :20:")
			}
		case mtEnd.MatchString(line):
			in.takeMessage(message)
			open = false
		case m != nil:
			message = append(message, mtField{m[1], i + 1, []string{m[2]}})
		default:
			last := &message[len(message)-1]
			last.lines = append(last.lines, line)
		}
	}
	if open {
		in.takeMessage(message)
	}
	return nil
}

// plainText decodes a file: what is not UTF-8 is Windows-1252.
func plainText(data []byte) string {
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	if !utf8.Valid(data) {
		if decoded, err := charmap.Windows1252.NewDecoder().Bytes(data); err == nil {
			data = decoded
		}
	}
	text := strings.TrimRight(string(data), "\x1A\r\n ") // the first is how DOS ends a file
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	return text
}

// mtIgnored are fields of a statement that nothing here needs.
var mtIgnored = []string{"21", "NS", "64", "65"}

// takeMessage reads the fields of a message.
func (in *reading) takeMessage(fields []mtField) {
	s := calc.BankStatement{Place: calc.Place{Row: fields[0].line}}
	var opening, closing calc.Date
	var amounts [2]decimal.NullDecimal
	var last *mtField // the :61: to which a :86: belongs
	before := in.faults.Total
	for i := range fields {
		f := &fields[i]
		switch f.tag {
		case "20":
			s.ID = strings.TrimSpace(f.lines[0])
		case "25", "25P":
			if s.Account != "" {
				in.twice(f)
			}
			s.Account = strings.ReplaceAll(f.lines[0], " ", "")
		case "28", "28C":
			s.ID = strings.TrimSpace(s.ID + " " + strings.TrimSpace(f.lines[0]))
		case "60F", "60M":
			opening = in.takeBalance(f, &s, &amounts[0])
		case "62F", "62M":
			closing = in.takeBalance(f, &s, &amounts[1])
			last = nil
		case "61":
			if amounts[1].Valid {
				in.fault(f.line, ":61:", "", "the line follows the closing balance", wantStatementAgain)
			}
			last = nil
			if l, ok := in.takeLine(f, s.Currency); ok && in.count(f.line) {
				s.Lines = append(s.Lines, l)
				last = f
			}
		case "86":
			if last != nil {
				in.describe(&s.Lines[len(s.Lines)-1], f)
				last = nil
			}
		case "34F", "90D", "90C", "13D":
			in.fault(f.line, ":"+f.tag+":", "", "this is an interim report (MT942), not a statement", "drop the MT940 of the day")
			return
		default:
			if !slices.Contains(mtIgnored, f.tag) {
				in.fault(f.line, ":"+f.tag+":", "", "an MT940 has no such field", wantStatementAgain)
			}
		}
	}
	if in.faults.Total > before {
		return
	}
	in.require(&s, s.Account != "", ":25:", "a statement names its account")
	in.require(&s, amounts[0].Valid, ":60F:", "a statement has its opening balance")
	in.require(&s, amounts[1].Valid, ":62F:", "a statement has its closing balance; the file may be cut off")
	if in.faults.Total > before {
		return
	}
	s.Opening, s.Closing = amounts[0], amounts[1]
	s.First, s.Last = dayAfter(opening, closing), closing
	in.keep(s)
}

func (in *reading) twice(f *mtField) {
	in.fault(f.line, ":"+f.tag+":", f.lines[0], "the field is there twice", wantStatementAgain)
}

func (in *reading) takeBalance(f *mtField, s *calc.BankStatement, to *decimal.NullDecimal) calc.Date {
	m := mtBalance.FindStringSubmatch(strings.TrimSpace(f.lines[0]))
	bad := func(problem string) calc.Date {
		in.fault(f.line, ":"+f.tag+":", f.lines[0], problem, "C or D, the date as YYMMDD, the currency and the amount, such as C200331EUR1234,56")
		return calc.Date{}
	}
	if m == nil {
		return bad("is no balance")
	}
	day, ok := shortDay(m[2])
	if !ok {
		return bad("the balance has no date that exists")
	}
	if _, known := in.Currency(m[3]); !known {
		return bad("the balance is in no ISO 4217 currency")
	}
	value, ok := amount(m[4], ',')
	switch {
	case !ok:
		return bad("is no amount")
	case to.Valid:
		in.twice(f)
	case s.Currency != "" && s.Currency != m[3]:
		return bad("the balance is in another currency than the one before")
	}
	if m[1] == "D" {
		value = value.Neg()
	}
	s.Currency, *to = m[3], decimal.NewNullDecimal(value)
	return day
}

func shortDay(text string) (calc.Date, bool) {
	t, err := time.Parse("20060102", "20"+text)
	if err != nil {
		return calc.Date{}, false
	}
	return calc.DateOf(t), true
}

// takeLine reads a :61:. Its entry date has no year: it is the one nearest to the
// value date.
func (in *reading) takeLine(f *mtField, currency string) (calc.BankLine, bool) {
	bad := func(problem string) (calc.BankLine, bool) {
		in.fault(f.line, ":61:", f.lines[0], problem, "the value date as YYMMDD, the entry date as MMDD, C, D, RC or RD, the amount, the type and the reference, such as 2003310331C1234,56NTRFREFERENCE//BANKREF")
		return calc.BankLine{}, false
	}
	m := mtLine.FindStringSubmatch(f.lines[0])
	if m == nil {
		return bad("is no entry")
	}
	value, ok := shortDay(m[1])
	if !ok {
		return bad("the value date does not exist")
	}
	l := calc.BankLine{Booked: value, Currency: currency, Returned: m[3] == "RC" || m[3] == "RD", Place: calc.Place{Row: f.line}}
	if m[2] != "" {
		if l.Booked, ok = nearest(value, m[2]); !ok {
			return bad("the entry date does not exist")
		}
	}
	if l.Amount, ok = amount(m[5], ','); !ok {
		return bad("is no amount")
	}
	if m[3] == "D" || m[3] == "RC" { // RC takes a credit back
		l.Amount = l.Amount.Neg()
	}
	reference, id, _ := strings.Cut(m[7], "//")
	l.Entry = strings.TrimSpace(id)
	var all texts
	if reference = strings.TrimSpace(reference); reference != "NONREF" {
		all.add(reference)
	}
	all.add(l.Entry)
	for _, more := range f.lines[1:] {
		all.add(strings.TrimSpace(more))
	}
	l.Text = all.String()
	return l, true
}

func nearest(value calc.Date, monthDay string) (calc.Date, bool) {
	var best calc.Date
	for year := value.Month().Year() - 1; year <= value.Month().Year()+1; year++ {
		t, err := time.Parse("20060102", fmt.Sprintf("%04d%s", year, monthDay))
		if err != nil {
			continue
		}
		if day := calc.DateOf(t); best.IsZero() || abs(day.DaysUntil(value)) < abs(best.DaysUntil(value)) {
			best = day
		}
	}
	return best, !best.IsZero() && !best.Before(firstDay) && !best.After(lastDay)
}

func abs(n int) int { return max(n, -n) }

// describe takes the text of a :86:: in numbered parts, as German and Polish banks
// write it, each with a mark of its own, or as it is.
func (in *reading) describe(l *calc.BankLine, f *mtField) {
	whole := strings.Join(f.lines, "")
	var all texts
	all.add(l.Text)
	if m := mtParts.FindStringSubmatch(whole); m != nil {
		_, rest, _ := strings.Cut(whole, m[1])
		name, number := "", ""
		for _, part := range strings.Split(rest, m[1]) {
			const digits = len("20")
			if len(part) >= digits && calc.IsDigits(part[:digits]) {
				number, part = part[:digits], part[digits:]
				all.list = append(all.list, "")
			} else {
				part = m[1] + part // of the text
			}
			switch number {
			case "32", "33":
				name += part
			case "30", "31":
			default:
				all.list[len(all.list)-1] += part
			}
		}
		all.list = slices.DeleteFunc(all.list, func(s string) bool { return s == "" })
		l.Counterparty = strings.TrimSpace(name)
	} else {
		if m := mtName.FindStringSubmatch(whole); m != nil {
			l.Counterparty = strings.TrimSpace(m[1])
		}
		for _, line := range f.lines {
			all.list = append(all.list, strings.TrimSpace(line))
		}
	}
	if l.Text = all.String(); len(l.Text) > MaxText {
		in.fault(f.line, ":86:", "", fmt.Sprintf("the text has more than %d bytes", MaxText), wantStatementAgain)
	}
}
