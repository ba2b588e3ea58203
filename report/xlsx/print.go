package xlsx

import (
	"fmt"
	"strings"

	"cspcoop/report/wording"

	"github.com/xuri/excelize/v2"
)

// How wide a table may be, in digits, so that its print is still read with ease.
const (
	portraitRoom  = 115
	landscapeRoom = 260
)

// print fits a sheet to the width of its page, upright where there is room. One
// that would become too small to read goes on to pages on its right.
func (b *book) print(p place) error {
	orientation := "landscape"
	if !p.chart && p.width <= portraitRoom {
		orientation = "portrait"
	}
	if err := b.page(p.sheet, orientation, p.abreast); err != nil {
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
	titles := fmt.Sprintf("%s!$%d:$%d", p.quoted(), p.head, p.head)
	if p.abreast > 1 {
		titles = fmt.Sprintf("%s!$A:$%s,%s", p.quoted(), letters(p.keys-1), titles)
	}
	if err := b.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: p.sheet, RefersTo: titles}); err != nil {
		return err
	}
	return b.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", Scope: p.sheet, RefersTo: fmt.Sprintf("%s!$A$1:$%s$%d", p.quoted(), letters(p.printed-1), p.end),
	})
}

// page fits a sheet to a number of pages side by side, and as many below each
// other as it needs.
func (b *book) page(sheet, orientation string, wide int) error {
	fit, tall, size := true, 0, 9
	if b.paper == Letter {
		size = 1
	}
	if err := b.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return b.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall})
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
