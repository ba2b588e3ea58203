package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"cspcoop/calc"
	"cspcoop/report/table"
	"cspcoop/report/wording"

	"github.com/xuri/excelize/v2"
)

// TemplateLists is what the drop-down lists of a claims register offer.
type TemplateLists struct {
	Categories, Activities, Statuses []string
}

// templateDay dates the template: it belongs to no set. It is the month of the
// guide whose rules it follows.
var templateDay = calc.MustDate(2019, time.November, 1)

const (
	templateRows  = 1000 // rows of the register that are prepared
	registerSheet = "Claims"
	guideSheet    = "Guide"
	listSheet     = "Lists"
)

// registerColumn is a column of a claims register.
type registerColumn struct {
	name  string
	kind  table.Kind
	width float64
	help  string
}

// registerColumns are those of a claims register: the required ones first.
// Names are what the import looks for, so they have no translation.
var registerColumns = []registerColumn{
	{"claimId", table.Words, 14, "required: the claim's number in Partner Center, or one of your own for a draft"},
	{"participantId", table.Words, 14, "required: the participant's id"},
	{"programName", table.Words, 26, "required: as Partner Center writes it, CSP Direct Bill Partner"},
	{"usagePeriod", table.Words, 13, "required: the half-year in which the money is spent, FY26H1 or Jul-Dec 2025"},
	{"currency", table.Words, 10, "required: three letters, usually the invoice's currency"},
	{"amount", table.Cash, 13, "required: what is claimed, in that currency; equal on all rows of a claim"},
	{"status", table.Words, 22, "required: choose from the list; Editing is a draft"},
	{"claimName", table.Words, 26, "what you call it"},
	{"category", table.Words, 22, "choose from the list"},
	{"activity", table.Words, 34, "choose from the list"},
	{"activityStart", table.Day, 13, "first day of the activity, inside the usage period"},
	{"activityEnd", table.Day, 13, "last day of the activity, inside the usage period"},
	{"amountUSD", table.Cash, 13, "the claim in USD, where its currency is not the fund's"},
	{"approvedAmount", table.Cash, 15, "what Microsoft approved, in the claim's currency"},
	{"submittedDate", table.Day, 14, "when it was submitted; leave it empty for a draft"},
	{"resubmittedDate", table.Day, 15, "when it was submitted again after a request"},
	{"approvedDate", table.Day, 13, "when it was approved"},
	{"rejectedDate", table.Day, 13, "when it was rejected"},
	{"paidDate", table.Day, 12, "when it was paid"},
	{"paidAmount", table.Cash, 13, "what was paid"},
	{"paidCurrency", table.Words, 13, "currency of the payment"},
	{"paymentId", table.Words, 14, "number of the payment"},
	{"lastActivity", table.Day, 13, "when anything last happened to it"},
	{"invoiceNumber", table.Words, 16, "a claim with several invoices takes one row for each"},
	{"invoiceDocument", table.Words, 24, "file name of the invoice"},
	{"invoiceDate", table.Day, 13, "inside the usage period"},
	{"invoiceAmount", table.Cash, 14, "amount of this invoice"},
	{"invoiceCurrency", table.Words, 15, "currency of this invoice"},
	{"csr", table.Words, 8, "yes when a certification service report covers own staff's cost"},
	{"csrAmount", table.Cash, 12, "amount of the report"},
	{"poe", table.Words, 34, "proof-of-execution documents, with ; between them"},
	{"owner", table.Words, 18, "who answers for the activity"},
	{"metrics", table.Words, 24, "results, where the activity asks for them"},
	{"comments", table.Words, 34, "anything else"},
}

// ClaimsTemplate writes an empty claims register with drop-down lists, cells
// for dates and amounts, and a short guide. It is in English, as the columns of
// a register are.
func ClaimsTemplate(w io.Writer, lists TemplateLists) error {
	b, err := newRegister()
	if err != nil {
		return err
	}
	defer b.Close()
	if err := errors.Join(b.addRegister(), b.addGuide(), b.addLists(lists)); err != nil {
		return fmt.Errorf("claims template: %w", err)
	}
	b.SetZipWriter(func(io.Writer) excelize.ZipWriter { return &sortedZip{out: w} })
	if err := b.Write(io.Discard); err != nil {
		return fmt.Errorf("writing the claims template: %w", err)
	}
	return nil
}

// register is a claims register in the making.
type register struct {
	*excelize.File
	*styleSheet
}

func newRegister() (*register, error) {
	styles, err := sharedStyles(wording.English().Sheet())
	if err != nil {
		return nil, err
	}
	b := &register{excelize.NewFile(), styles}
	b.Styles = styles.file.Styles
	stamp := templateDay.Time().Format(time.RFC3339)
	err = errors.Join(b.SetAppProps(&excelize.AppProperties{Application: "cspcoop"}), b.SetDocProps(&excelize.DocProperties{
		Title: "Claims register", Subject: "Co-op claims", Creator: "cspcoop", LastModifiedBy: "cspcoop", Created: stamp, Modified: stamp, Language: "en",
	}))
	if err != nil {
		return nil, fmt.Errorf("setting document properties: %w", err)
	}
	return b, nil
}

// sortedZip is the archive of a workbook that excelize writes: it hands parts over in the
// order of a map.
type sortedZip struct {
	out   io.Writer
	parts []part
}

// Create begins a part.
func (z *sortedZip) Create(name string) (io.Writer, error) {
	var text bytes.Buffer
	z.parts = append(z.parts, part{name: name, write: func(w io.Writer) error {
		_, err := w.Write(text.Bytes())
		return err
	}})
	return &text, nil
}

// AddFS is of excelize's interface; no workbook needs it.
func (z *sortedZip) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close writes the archive.
func (z *sortedZip) Close() error {
	slices.SortFunc(z.parts, func(a, b part) int { return strings.Compare(a.name, b.name) })
	out := newArchive(z.out)
	out.add(z.parts...)
	return out.close()
}

// page fits a sheet to a number of pages side by side.
func (b *register) page(sheet, orientation string, wide int) error {
	fit, size, tall := true, paperA4, 0
	return errors.Join(
		b.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}),
		b.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall}))
}

func (b *register) addRegister() error {
	err := b.SetSheetName(b.GetSheetName(0), registerSheet)
	for i, c := range registerColumns {
		err = errors.Join(err, b.addRegisterColumn(i, c))
	}
	return errors.Join(err,
		b.page(registerSheet, "landscape", 3),
		b.SetPanes(registerSheet, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}))
}

func (b *register) addRegisterColumn(i int, c registerColumn) error {
	at, head := letters(i), letters(i)+"1"
	style := b.toned[table.Usual][lookOf(c.kind)]
	if c.kind == table.Words {
		style = b.named[entryStyle]
	}
	v, err := validation(c)
	if err != nil {
		return err
	}
	v.Sqref = fmt.Sprintf("%[1]s2:%[1]s%[2]d", at, templateRows+1)
	v.SetInput(c.name, c.help)
	return errors.Join(
		b.SetCellStr(registerSheet, head, c.name),
		b.SetColWidth(registerSheet, at, at, c.width+2),
		b.SetColStyle(registerSheet, at, style),
		b.SetCellStyle(registerSheet, head, head, b.named[headStyle]),
		b.AddDataValidation(registerSheet, v))
}

// validation says what a column's cells may hold. A list can be overruled:
// Microsoft's names change from year to year.
func validation(c registerColumn) (*excelize.DataValidation, error) {
	v := excelize.NewDataValidation(true)
	switch {
	case c.name == "csr":
		v.SetError(excelize.DataValidationErrorStyleStop, "csr", "write yes or no")
		return v, v.SetDropList([]string{"yes", "no"})
	case slices.Contains(listNames, c.name):
		v.SetSqrefDropList(listName(c.name))
		v.SetError(excelize.DataValidationErrorStyleWarning, c.name, "this is not in the list; keep it only if Partner Center writes it so")
	case c.kind == table.Day:
		serial := func(d calc.Date) string { return string(appendNumber(nil, table.Date(d))) }
		first, last := serial(calc.MustDate(2018, time.January, 1)), serial(calc.MustDate(2099, time.December, 31))
		v.SetError(excelize.DataValidationErrorStyleStop, c.name, "write a date, 2025-09-30")
		return v, v.SetRange(first, last, excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween)
	case c.kind == table.Cash:
		v.SetError(excelize.DataValidationErrorStyleStop, c.name, "write an amount that is not negative")
		return v, v.SetRange("0", "", excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorGreaterThanOrEqual)
	}
	return v, nil
}

// listNames are the columns with a list on the hidden sheet, in its order.
var listNames = []string{"category", "activity", "status"}

func listName(column string) string { return "list_" + column }

func (b *register) addGuide() error {
	off := false
	_, err := b.NewSheet(guideSheet)
	err = errors.Join(err,
		b.SetSheetView(guideSheet, 0, &excelize.ViewOptions{ShowGridLines: &off}),
		b.SetColWidth(guideSheet, "A", "A", 20),
		b.SetColWidth(guideSheet, "B", "B", 90))
	row, style := 0, titleStyle
	for _, s := range []string{
		"How to keep the claims register",
		"Write one row for each claim on the sheet Claims; a claim with several invoices takes one row for each, with equal claim columns.",
		"Save the workbook and drop it into the inbox. The register that was dropped last is in force, and replaces the one before as a whole.",
		"Keep the header as it is. Columns that are not required may stay empty, and the order of columns does not matter.",
	} {
		row++
		first, last := fmt.Sprintf("A%d", row), fmt.Sprintf("B%d", row)
		err = errors.Join(err,
			b.guideCell(first, b.named[style], s),
			b.MergeCell(guideSheet, first, last),
			b.SetRowHeight(guideSheet, row, 2*lineHeight+rowPadding))
		style = noteStyle
	}
	row++
	for _, c := range registerColumns {
		row++
		style := b.toned[table.Usual][textLook]
		err = errors.Join(err, b.guideCell(fmt.Sprintf("A%d", row), style, c.name), b.guideCell(fmt.Sprintf("B%d", row), style, c.help))
	}
	return errors.Join(err, b.page(guideSheet, "portrait", 1), b.ProtectSheet(guideSheet, &excelize.SheetProtectionOptions{
		AutoFilter: true, FormatColumns: true, FormatRows: true, SelectLockedCells: true, SelectUnlockedCells: true,
	}))
}

func (b *register) guideCell(at string, style int, s string) error {
	return errors.Join(b.SetCellStr(guideSheet, at, s), b.SetCellStyle(guideSheet, at, at, style))
}

// addLists writes what the drop-down lists offer, on a hidden sheet.
func (b *register) addLists(lists TemplateLists) error {
	_, err := b.NewSheet(listSheet)
	for i, entries := range [][]string{lists.Categories, lists.Activities, lists.Statuses} {
		if len(entries) == 0 {
			return fmt.Errorf("the list for %s is empty", listNames[i])
		}
		for row, entry := range entries {
			err = errors.Join(err, b.SetCellStr(listSheet, fmt.Sprintf("%s%d", letters(i), row+1), text(entry).text))
		}
		p := place{sheet: listSheet, head: 0, last: len(entries)}
		err = errors.Join(err, b.SetDefinedName(&excelize.DefinedName{Name: listName(listNames[i]), RefersTo: p.absolute(i)}))
	}
	return errors.Join(err, b.SetSheetVisible(listSheet, false))
}
