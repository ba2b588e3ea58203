package xlsx

import (
	"fmt"
	"strings"

	"cspcoop/report/wording"

	"github.com/xuri/excelize/v2"
)

// setUp makes a sheet ready: view, filter, printing, protection.
func (b *book) setUp(p place) error {
	steps := []func(place) error{b.view, b.filter, b.print, b.protect}
	for _, step := range steps {
		if err := step(p); err != nil {
			return err
		}
	}
	return nil
}

func (b *book) view(p place) error {
	if err := b.SetSheetDimension(p.sheet, p.all()); err != nil {
		return err
	}
	off := false
	return b.SetSheetView(p.sheet, 0, &excelize.ViewOptions{ShowGridLines: &off})
}

func (b *book) filter(p place) error { return b.AutoFilter(p.sheet, p.filtered(), nil) }

// print fits a sheet to the width of a landscape page, with its header on each.
func (b *book) print(p place) error {
	fit, wide, tall, landscape, size := true, 1, 0, "landscape", 9
	if b.paper == Letter {
		size = 1
	}
	if err := b.SetSheetProps(p.sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	if err := b.SetPageLayout(p.sheet, &excelize.PageLayoutOptions{
		Size: &size, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &tall,
	}); err != nil {
		return err
	}
	side, top := 0.5, 0.6
	if err := b.SetPageMargins(p.sheet, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &top}); err != nil {
		return err
	}
	if err := b.SetHeaderFooter(p.sheet, &excelize.HeaderFooterOptions{
		OddFooter: "&L" + printable(b.footer) + "&C&A&R" + b.words.T("page %s of %s", "&P", "&N"),
	}); err != nil {
		return err
	}
	if err := b.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: p.sheet, RefersTo: fmt.Sprintf("%s!$%d:$%d", p.quoted(), p.head, p.head),
	}); err != nil {
		return err
	}
	return b.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", Scope: p.sheet, RefersTo: fmt.Sprintf("%s!$A$1:$%s$%d", p.quoted(), letters(p.printed-1), p.end),
	})
}

// protect keeps figures from being overwritten by accident; there is no
// password. Filters and column widths stay free.
func (b *book) protect(p place) error {
	return b.ProtectSheet(p.sheet, &excelize.SheetProtectionOptions{
		AutoFilter: true, FormatColumns: true, FormatRows: true, SelectLockedCells: true, SelectUnlockedCells: true,
	})
}

// printable makes a text part of a header or footer: "&" begins a code there,
// and the whole may have 255 characters.
func printable(s string) string {
	const most = 120
	if runes := []rune(s); len(runes) > most {
		s = string(runes[:most-1]) + "…"
	}
	return strings.ReplaceAll(wording.Visible(s), "&", "&&")
}

// highlight is a conditional format.
type highlight struct {
	criteria string // a formula for the first row of data
	ink      string
	paper    string
}

// highlight marks cells of a column.
func (b *book) highlight(p place, column int, list ...highlight) error {
	var options []excelize.ConditionalFormatOptions
	for _, h := range list {
		style, err := b.NewConditionalStyle(&excelize.Style{
			Font: &excelize.Font{Color: h.ink, Bold: true},
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{h.paper}},
		})
		if err != nil {
			return err
		}
		options = append(options, excelize.ConditionalFormatOptions{Type: "formula", Criteria: h.criteria, Format: &style, StopIfTrue: true})
	}
	return b.SetConditionalFormat(p.sheet, p.relative(column), options)
}

// highlightDeadlines marks what has to be claimed within a month, and within a
// week, by the column that counts the days left.
func highlightDeadlines(daysLeft int) func(*book, place) error {
	return func(b *book, p place) error {
		if p.last == p.head {
			return nil
		}
		cell := fmt.Sprintf("$%s%d", letters(daysLeft), p.head+1)
		within := func(days int) string { return fmt.Sprintf("AND(ISNUMBER(%s),%s<=%d)", cell, cell, days) }
		return b.highlight(p, daysLeft, highlight{within(7), red, redBg}, highlight{within(30), amber, amberBg})
	}
}
