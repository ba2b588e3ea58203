package xlsx

import "github.com/xuri/excelize/v2"

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

// protect keeps figures from being overwritten by accident; there is no
// password. Filters and column widths stay free.
func (b *book) protect(p place) error {
	return b.ProtectSheet(p.sheet, &excelize.SheetProtectionOptions{
		AutoFilter: true, FormatColumns: true, FormatRows: true, SelectLockedCells: true, SelectUnlockedCells: true,
	})
}
