package importer

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"cspcoop/calc"
	"cspcoop/importer/table"

	"github.com/shopspring/decimal"
)

// wrong is what keeps a cell from being read: the problem, and what would be
// right.
type wrong struct{ problem, want string }

// mangled is how Excel writes a long number back that it took for one.
var mangled = regexp.MustCompile(`^\d([.,]\d+)?E\+\d{2,}$`)

// canonical reads a cell of a used column as the one text that gocsv maps:
// numbers with a point, days as 2020-03-31, stamps with their time of day, text
// trimmed. Blank cells give "".
func (d dialect) canonical(c *column, cell *table.Cell, date1904 bool) (string, *wrong) {
	switch {
	case cell.NoCache && !c.shown:
		return "", &wrong{"the formula has no saved value", "open the file in a spreadsheet, let it calculate, and save it"}
	case cell.Kind == table.Blank:
		return "", nil
	case c.shown:
		return d.show(c, cell, date1904), nil
	case cell.Kind == table.Error:
		return "", &wrong{"the cell holds an error", "mend the formula in the spreadsheet and save it again"}
	case cell.Kind == table.Bool:
		if c.kind == yesNoValue {
			return strings.ToLower(cell.Text), nil
		}
		return "", &wrong{"the cell holds true or false", "enter " + wantOf(c)}
	case cell.Merged && c.kind == numberValue:
		return "", &wrong{"the amount lies in merged cells", "unmerge the cells and give every row its own amount"}
	}
	switch c.kind {
	case numberValue:
		return d.number(cell)
	case dayValue, stampValue:
		return d.day(c, cell, date1904)
	case idValue:
		return identifier(cell)
	case currencyValue:
		return currencyCell(cell)
	case yesNoValue, periodValue, textValue:
	}
	return plainText(c, cell)
}

func wantOf(c *column) string {
	switch c.kind {
	case numberValue:
		return "a plain number such as 1234.56"
	case dayValue, stampValue:
		return "a date such as 2020-03-31"
	case currencyValue:
		return "a currency code such as EUR"
	case textValue, idValue, yesNoValue, periodValue:
	}
	return "text"
}

func (d dialect) number(cell *table.Cell) (string, *wrong) {
	bad := func(problem string) (string, *wrong) {
		return "", &wrong{problem, "a plain number such as 1234.56: no currency sign, no thousands separators, no brackets, with a minus in front when negative"}
	}
	if cell.Kind == table.ISODate || cell.AsDate {
		return bad("the amount is shown as a date: the spreadsheet took it for one")
	}
	if trimBlanks(cell.Text) == "" {
		return "", nil
	}
	n, err := splitNumber(cell.Text)
	switch {
	case err != nil:
		return bad("is no number")
	case n.marks > 1:
		return bad("groups thousands")
	case !n.bounded():
		return bad(fmt.Sprintf("has more than %d digits before or %d after the decimal mark", maxWholeDigits, maxFractionDigits))
	}
	if cell.Kind == table.Number {
		value, err := decimal.NewFromString(n.canonical())
		if err != nil {
			return bad("is no number")
		}
		return significant(value).String(), nil
	}
	if n.mark != 0 && d.mark != 0 && n.mark != d.mark {
		return bad(fmt.Sprintf("groups thousands: the file's decimal mark is %q", d.mark))
	}
	return n.canonical(), nil
}

func (d dialect) day(c *column, cell *table.Cell, date1904 bool) (string, *wrong) {
	var w written
	var err error
	if cell.Kind == table.Number {
		var value decimal.Decimal
		if n, bad := splitNumber(cell.Text); bad == nil && n.marks <= 1 && n.bounded() {
			value, _ = decimal.NewFromString(n.canonical())
		}
		w, err = serialDate(value, date1904)
	} else {
		text := trimBlanks(cell.Text)
		if calc.IsPlaceholder(text) && (text == "" || c.need != filled) {
			return "", nil
		}
		w, err = splitDate(text)
	}
	var day calc.Date
	if err == nil {
		day, err = w.date(d.order)
	}
	if err != nil {
		return "", &wrong{err.Error(), "a date such as 2020-03-31, from 2000-01-01 to 2099-12-31"}
	}
	if c.kind == stampValue && w.clocked {
		return day.Time().Add(w.clock).Format(stampLayout), nil
	}
	return day.String(), nil
}

const stampLayout = "2006-01-02T15:04:05.999999999"

func identifier(cell *table.Cell) (string, *wrong) {
	text := trimBlanks(cell.Text)
	switch {
	case cell.AsDate || cell.Kind == table.ISODate:
		return "", &wrong{"the id is shown as a date: the spreadsheet took it for one", "download the report again and drop it unopened"}
	case cell.Kind == table.Number:
		return numericID(text)
	case mangled.MatchString(text):
		return "", &wrong{"the id was shortened by a spreadsheet, and its digits are lost", "download the report again and drop it unopened"}
	}
	return text, nil
}

func numericID(text string) (string, *wrong) {
	n, err := splitNumber(text)
	if err == nil && n.bounded() {
		if d, err := decimal.NewFromString(n.canonical()); err == nil && d.IsInteger() && !d.IsNegative() {
			if whole := d.StringFixed(0); len(whole) <= 15 {
				return whole, nil
			}
		}
	}
	return "", &wrong{"the id is a number of more than 15 digits, of which a spreadsheet keeps only 15", "download the report again and drop it unopened, or enter ids as text"}
}

func currencyCell(cell *table.Cell) (string, *wrong) {
	text := trimBlanks(cell.Text)
	if calc.IsPlaceholder(text) {
		return "", nil
	}
	code, ok := currencyCode(text)
	if !ok {
		return "", &wrong{"is no ISO 4217 currency", "a currency code such as USD or EUR"}
	}
	return code, nil
}

func plainText(c *column, cell *table.Cell) (string, *wrong) {
	if cell.AsDate {
		return "", &wrong{"the text is shown as a date: the spreadsheet took it for one", "enter the cell as text"}
	}
	return trimBlanks(cell.Text), nil
}

// show gives what stands in a column that no figure needs: the number or date
// where it is one, else its text.
func (d dialect) show(c *column, cell *table.Cell, date1904 bool) string {
	if cell.Kind == table.Number && cell.AsDate && c.kind != dayValue {
		c = &column{field: &field{kind: dayValue}}
	}
	var text string
	var bad *wrong
	switch c.kind {
	case dayValue:
		text, bad = d.day(c, cell, date1904)
	case numberValue:
		text, bad = d.number(cell)
	default:
		return trimBlanks(cell.Text)
	}
	if bad != nil {
		return trimBlanks(cell.Text)
	}
	return text
}

// stampOf reads a canonical stamp.
func stampOf(text string) (calc.Stamp, error) {
	if len(text) == len(time.DateOnly) {
		day, err := calc.ParseDate(text)
		return calc.Stamp{Day: day}, err
	}
	t, err := time.Parse(stampLayout, text)
	if err != nil {
		return calc.Stamp{}, err
	}
	day := calc.DateOf(t)
	return calc.Stamp{Day: day, Clock: t.Sub(day.Time()), Clocked: true}, nil
}
