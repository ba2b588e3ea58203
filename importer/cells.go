package importer

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"cspcoop/calc"
	"cspcoop/importer/table"

	"github.com/shopspring/decimal"
)

// cellFault is what keeps a cell from being read: the problem, and what would be
// right.
type cellFault struct{ problem, want string }

// storedDate is the fault of a date that a text file has as a spreadsheet stores
// it.
var storedDate = cellFault{"is the number by which a spreadsheet stores a date", "format the column as a date and save the file again, or drop the original as downloaded"}

// mangled is how Excel writes a long number back that it took for one.
var mangled = regexp.MustCompile(`^\d([.,]\d+)?[eE]\+\d{2,}$`)

// textOf returns the text of a cell without outer blanks and without what was
// put around it so that a spreadsheet keeps it a text: ="0440123", =T("0440123") and
// '0440123.
func textOf(cell *table.Cell) string {
	text := trimBlanks(cell.Text)
	if cell.Kind != table.Text || text == "" || text[0] != '=' && text[0] != '\'' {
		return text
	}
	if m := textFormula.FindStringSubmatch(text); m != nil {
		return trimBlanks(strings.ReplaceAll(m[1]+m[2], `""`, `"`))
	}
	if inner := text[1:]; text[0] == '\'' && inner != "" && strings.Trim(inner, "0123456789.,-/:") == "" {
		return inner
	}
	return text
}

// textFormula is a formula whose value is the one text in it.
var textFormula = regexp.MustCompile(`(?is)^=\s*(?:"((?:[^"]|"")*)"|T\(\s*"((?:[^"]|"")*)"\s*\))$`)

// canonical reads a cell of a used column as the one text that gocsv maps:
// numbers with a point, days as 2020-03-31, stamps with their time of day,
// usage periods as FY20H1, text trimmed. Blank cells give "".
func (d dialect) canonical(c *column, cell *table.Cell, date1904 bool) (string, *cellFault) {
	switch {
	case c.shown:
		return d.show(c, cell, date1904), nil
	case cell.Kind == table.Invalid:
		return "", &cellFault{} // rowReader.fault asks the sheet what is wrong
	case cell.Merged:
		return "", &cellFault{"the cell is merged with others, of which a spreadsheet keeps one value only", "unmerge the cells and give every row its own value"}
	case cell.NoCache:
		return "", &cellFault{"the formula has no saved value", "open the file in a spreadsheet, let it calculate, and save it"}
	case cell.Kind == table.Blank:
		return "", nil
	case cell.Kind == table.Error:
		return "", &cellFault{"the cell holds an error", "correct the formula in the spreadsheet and save it again"}
	case cell.Kind == table.Bool && c.kind != yesNoValue:
		return "", &cellFault{"the cell holds true or false", "enter " + wantOf(c.kind)}
	}
	switch c.kind {
	case numberValue:
		return d.number(c, cell)
	case dayValue, stampValue:
		return d.day(c, cell, date1904)
	case monthValue:
		return d.monthEnd(c, cell, date1904)
	case idValue:
		return identifier(c, cell)
	}
	if cell.AsDate || cell.Kind == table.ISODate {
		return "", &cellFault{"the text is shown as a date: the spreadsheet took it for one", "enter the cell as text"}
	}
	text := textOf(cell)
	if w := nameless(c, text); w != nil {
		return "", w
	}
	switch c.kind {
	case currencyValue:
		return currencyText(text)
	case yesNoValue:
		return yesNoText(text)
	case periodValue:
		return usagePeriodText(text)
	case statusValue:
		return statusText(text)
	case figureValue:
		return figureText(text)
	}
	return text, nil
}

func wantOf(kind valueKind) string {
	switch kind {
	case numberValue:
		return "a plain number such as 1234.56"
	case dayValue, stampValue:
		return "a date such as 2020-03-31"
	case currencyValue:
		return "a currency code such as EUR"
	case textValue, idValue, yesNoValue, periodValue, statusValue, figureValue:
	case monthValue:
		return wantMonth
	}
	return "text"
}

// wantNumber says what numbers are read.
const wantNumber = "a number such as 1234.56 or -1,234.56: with thousands in equal groups, and a currency only where it is the row's own"

func (d dialect) number(c *column, cell *table.Cell) (string, *cellFault) {
	bad := func(problem string) (string, *cellFault) { return "", &cellFault{problem, wantNumber} }
	if cell.Kind == table.ISODate || cell.AsDate {
		return bad("the amount is shown as a date: the spreadsheet took it for one")
	}
	text := textOf(cell)
	if text == "" {
		return "", nil
	}
	n, err := splitNumber(text)
	switch {
	case err != nil && isLoneDash(text):
		if d.accounting[c] {
			return "0", nil
		}
		return "", &cellFault{"is no number: a dash is zero only in a column whose other amounts are in accounting format", "enter 0, or leave out the row"}
	case err != nil:
		return bad("is no number")
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
	switch n.reading() {
	case pointOrGroup, commaOrGroup:
		if d.mark == n.mark || d.mark == 0 {
			break
		}
		if d.grouping != n.mark {
			return "", &cellFault{fmt.Sprintf("groups thousands or has another decimal mark than the file, which is %q", string(d.mark)),
				fmt.Sprintf("export the file again with two decimals, or set decimal_mark = %q in cspcoop.toml if it groups thousands", string(d.mark))}
		}
		n.whole, n.mark, n.fraction = n.whole+n.fraction, 0, ""
	default:
		if n.mark != 0 && d.mark != 0 && n.mark != d.mark || n.grouped != 0 && rune(d.mark) == n.grouped {
			return bad(fmt.Sprintf("has another decimal mark than the file, which is %q", string(d.mark)))
		}
	}
	return n.canonical(), nil
}

func (d dialect) day(c *column, cell *table.Cell, date1904 bool) (string, *cellFault) {
	var w written
	var err error
	switch text := textOf(cell); {
	case cell.Kind == table.Number:
		w, err = serialText(text, date1904)
	case text == "" || calc.IsPlaceholder(text) && c.need != filled:
		return "", nil
	default:
		if w, err = splitDate(text); err != nil {
			if _, ok := serialInText(text); ok {
				return "", &storedDate
			}
		}
	}
	var day calc.Date
	if err == nil {
		day, err = w.date(d.order)
	}
	if err != nil {
		return "", &cellFault{err.Error(), "a date such as 2020-03-31, from 2000-01-01 to 2099-12-31"}
	}
	if c.kind == stampValue && w.clocked {
		return day.Time().Add(w.clock).Format(stampLayout), nil
	}
	return day.String(), nil
}

// monthEnd reads a month as its last day.
func (d dialect) monthEnd(c *column, cell *table.Cell, date1904 bool) (string, *cellFault) {
	text, w := d.day(c, cell, date1904)
	if w != nil {
		return "", &cellFault{strings.Replace(w.problem, "is no date", "is no month", 1), wantMonth}
	}
	if day, err := calc.ParseDate(text); err == nil {
		text = day.Month().Last().String()
	}
	return text, nil
}

const wantMonth = "a month such as 2020-03"

// errorTexts are what Excel writes into a CSV file for a cell that holds an
// error.
var errorTexts = []string{"#N/A", "#NV", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"}

// How many characters of an id and of any other text a statement has room for. A
// text beyond that is mostly a part of the file whose quotes were not closed.
const (
	longestID   = 256
	longestText = 4000
)

// isUsualText reports whether a text has no outer blanks, is not long, and does not begin
// like a formula or an error: a column that need not be filled takes it as it is.
func isUsualText(text string) bool {
	n := len(text)
	return n > 0 && n <= longestText && ink(text[0]) && ink(text[n-1]) && text[0] != '=' && text[0] != '\'' && text[0] != '#'
}

// nameless finds texts that name nothing. An id such as N/A would make one
// earning of all rows that have it, and a total that is filled in like a row
// would be counted beside the rows that it sums up.
func nameless(c *column, text string) *cellFault {
	switch {
	case strings.HasPrefix(text, "#") && slices.Contains(errorTexts, text):
		return &cellFault{"the cell holds an error", "correct the formula in the spreadsheet and save it again"}
	case c.kind == idValue && tooLong(text, longestID):
		return &cellFault{fmt.Sprintf("has %d characters", utf8.RuneCountInString(text)), fmt.Sprintf("an id of at most %d characters; check that quotes are closed", longestID)}
	case tooLong(text, longestText):
		return &cellFault{fmt.Sprintf("has %d characters", utf8.RuneCountInString(text)), fmt.Sprintf("a text of at most %d characters; check that quotes are closed", longestText)}
	case text != "" && (c.name == "participantId" || c.name == "participantID" || c.name == "programName" || c.name == "earningType") && sumsUp(text):
		return &cellFault{"labels a total, and the row is filled in like one that counts",
			"remove the row if it sums up others; otherwise enter its own participant, program or type (a blank type is rebate and co-op together)"}
	case c.need != filled || text == "":
	case c.kind == idValue && calc.IsPlaceholder(text):
		return &cellFault{"is no id", "fill the cell with the row's own id, or download the report again"}
	case (c.kind == idValue || c.kind == textValue) && !c.isKey() && isTotalWord(text):
		return &cellFault{"labels a total, and the row is filled in like one that counts", "remove the row; of a total row, fill the label and the sums only"}
	}
	return nil
}

// tooLong counts characters only where bytes do not settle it.
func tooLong(text string, most int) bool {
	return len(text) > most && utf8.RuneCountInString(text) > most
}

func identifier(c *column, cell *table.Cell) (string, *cellFault) {
	text := visible(textOf(cell))
	if w := nameless(c, text); w != nil {
		return "", w
	}
	if cell.Kind == table.Text && !cell.AsDate && plainID(text) {
		return text, nil // as nearly all
	}
	switch {
	case cell.AsDate || cell.Kind == table.ISODate:
		return "", &cellFault{"the id is shown as a date: the spreadsheet took it for one", "download the report again and drop it unopened"}
	case cell.Kind == table.Number:
		return numericID(text)
	case strings.Contains(text, "+") && mangled.MatchString(text):
		return "", &cellFault{"the id was shortened by a spreadsheet, and its digits are lost", "download the report again and drop it unopened"}
	case strings.HasPrefix(text, "="):
		return "", &cellFault{"the id is a formula", "enter the id that the formula gives as text, or drop the untouched export"}
	case c.name == "invoiceNumber": // another company's, of any form
		return text, nil
	case groupedID.MatchString(text):
		return "", &cellFault{"the id is shown like an amount, with grouped thousands", "download the report again and drop it unopened, or enter ids as text"}
	}
	if m := decimalID.FindStringSubmatch(text); m != nil { // a data tool made it a number: 900001.0
		return numericID(m[1])
	}
	return text, nil
}

// plainID reports whether an id has letters, digits and hyphens only, so that it
// is no number as a spreadsheet shows it.
func plainID(text string) bool {
	for i := range len(text) {
		if c := text[i]; (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') && c != '-' {
			return false
		}
	}
	return true
}

// numberedID reports whether an id has letters, digits and hyphens only, and so is
// taken as it is: one with a digit is no word that stands for a total or for nothing.
func numberedID(text string) bool {
	numbered := false
	for i := 0; i < len(text) && !numbered; i++ {
		numbered = text[i] >= '0' && text[i] <= '9'
	}
	return numbered && len(text) <= longestID && plainID(text)
}

// An id as numbers are shown: 4,400,123 and 900001.0.
var (
	groupedID = regexp.MustCompile(`^\d{1,3}([,.\'’\s\x{a0}\x{202f}]\d{3})+([.,]0+)?$`)
	decimalID = regexp.MustCompile(`^(\d+)[.,]0+$`)
)

// maxNumericID is how many digits of a number a spreadsheet keeps.
const maxNumericID = 15

func numericID(text string) (string, *cellFault) {
	if calc.IsDigits(text) && len(text) <= maxNumericID {
		return text, nil // with the zeros that its format shows in front
	}
	n, err := splitNumber(text)
	if err == nil && n.bounded() {
		d, err := decimal.NewFromString(n.canonical())
		if err != nil || !d.IsInteger() || d.IsNegative() {
			return "", &cellFault{"is no id: the cell holds a number with a sign or decimals", "enter the id as text"}
		}
		if whole := d.StringFixed(0); len(whole) <= maxNumericID {
			if strings.Trim(text, "0123456789") == "" {
				return text, nil // with the zeros in front that its format shows
			}
			return whole, nil
		}
	}
	return "", &cellFault{fmt.Sprintf("the id is a number of more than %d digits, of which a spreadsheet keeps only %d", maxNumericID, maxNumericID),
		"download the report again and drop it unopened, or enter ids as text"}
}

func currencyText(text string) (string, *cellFault) {
	if calc.IsPlaceholder(text) {
		return "", nil
	}
	code, ok := Currency(text)
	if !ok {
		return "", &cellFault{"is no ISO 4217 currency", "a currency code such as USD or EUR"}
	}
	return code, nil
}

func yesNoText(text string) (string, *cellFault) {
	switch strings.ToLower(text) {
	case "yes", "y", "true", "1", "x":
		return "yes", nil
	case "", "no", "n", "false", "0":
		return "no", nil
	}
	return "", &cellFault{"is neither yes nor no", "yes or no"}
}

func statusText(text string) (string, *cellFault) {
	if text == "" {
		return "", nil
	}
	status, ok := calc.ParseClaimStatus(text)
	if !ok {
		return "", &cellFault{"is no state of a claim", "one of " + strings.Join(calc.ClaimStatusNames(), ", ")}
	}
	return status.String(), nil
}

// show returns what is in a column that no figure needs: the number or date
// where it is certain to be one, else its text.
func (d dialect) show(c *column, cell *table.Cell, date1904 bool) string {
	text := trimBlanks(cell.Text)
	var shown string
	var bad *cellFault
	switch {
	case cell.Kind == table.Invalid:
		return ""
	case c.kind == dayValue || cell.Kind == table.Number && cell.AsDate:
		if w, err := splitDate(text); err == nil && (w.ambiguous() || w.openYear) && d.order == 0 {
			return text
		}
		shown, bad = d.day(c, cell, date1904)
	case c.kind == numberValue:
		if n, err := splitNumber(text); err == nil && n.mark != 0 && d.mark == 0 && cell.Kind == table.Text {
			return text
		}
		shown, bad = d.number(c, cell)
	default:
		return text
	}
	if bad != nil {
		return text
	}
	return shown
}
