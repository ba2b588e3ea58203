package table

import (
	"context"
	"errors"
	"fmt"
	"io"

	"cspcoop/calc"
	"cspcoop/importer/table/strictzip"
	"cspcoop/importer/table/xmltoken"
)

const (
	wantExcelAgain    = "open the file in Excel and save it again, or download it once more"
	wantWithoutMacros = "save it as .xlsx (Excel workbook, without macros)"
)

// openXLSX proves a workbook whole: the archive, the XML of every part that is
// read, every visible sheet to its last row, and the bytes of all other parts.
// The rows wait in a temporary file meanwhile, so that they are scanned once.
func openXLSX(ctx context.Context, r io.ReaderAt, size int64, o Options) (_ *File, err error) {
	archive, err := strictzip.Open(r, size, strictzip.Limits{
		Entries:  o.Limits.MaxZipEntries,
		Ratio:    o.Limits.MaxRatio,
		Inflated: o.Limits.MaxInflatedBytes,
	})
	if err != nil {
		return nil, zipFault(err)
	}
	book, err := readWorkbook(archive)
	if err != nil {
		return nil, err
	}
	if book.stylesPart != nil {
		if book.styles, err = readStyles(book.stylesPart); err != nil {
			return nil, err
		}
	}
	if book.strings, err = readStrings(book.stringsPart, o.Limits); err != nil {
		return nil, err
	}
	rows, err := newSpool(o.TempDir)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, rows.close())
		}
	}()
	file := &File{Format: XLSX, close: rows.close}
	scans := book.newScans(file, rows, o)
	prove := func() error {
		if err := book.scanSheets(file, scans); err != nil {
			return err
		}
		for _, part := range archive.Parts {
			if err := part.Prove(); err != nil {
				return zipFault(err)
			}
		}
		return ctx.Err()
	}
	if len(scans) != 1 || !o.DialectByStart {
		if err := prove(); err != nil {
			return nil, err
		}
		return file, nil
	}
	var unproven error
	proven := make(chan struct{})
	go func() {
		defer close(proven)
		unproven = prove()
	}()
	file.prove = func() error { <-proven; return unproven }
	file.close = func() error { <-proven; return rows.close() }
	return file, nil
}

// newScans makes scans of the visible sheets into rows.
func (b *workbook) newScans(file *File, rows *spool, o Options) []*sheetScan {
	var scans []*sheetScan
	for _, s := range b.sheets {
		if s.part != nil && !s.hidden {
			scan := newSheetScan(b, s, rows, o.Limits)
			scans, file.Sheets = append(scans, scan), append(file.Sheets, scan.sheet(b.date1904))
		}
	}
	if len(scans) == 1 {
		scans[0].early = o.DialectByStart
	}
	return scans
}

// scanSheets runs the scans, and reports the sheets that are hidden.
func (b *workbook) scanSheets(file *File, scans []*sheetScan) error {
	faults := &Faults{}
	for _, s := range b.sheets {
		switch {
		case s.part == nil:
			continue
		case s.hidden:
			file.Notes = append(file.Notes, Note{Sheet: s.name, Code: calc.HiddenSheet,
				Says: calc.Say("the hidden sheet %s was not read", calc.Quoted{Of: s.name})})
			continue
		}
		scan := scans[0]
		scan.faults, scans = faults, scans[1:]
		if err := scan.run(); err != nil {
			if _, bad := asFaults(err); !bad || faults.Total == 0 {
				return err
			}
			// What breaks the sheet comes after what was found in it before.
			broken, _ := asFaults(err)
			faults.Add(broken.List[0])
			return faults
		}
		file.Notes = append(file.Notes, scan.notes()...)
	}
	if err := faults.Err(); err != nil {
		return err
	}
	if len(file.Sheets) == 0 {
		return refused(Fault{Problem: "the workbook has no visible worksheet",
			Want: "unhide the sheet that holds the report and save the file again"})
	}
	return nil
}

// zipFault turns what is wrong with the archive into a fault.
func zipFault(err error) error {
	if problem, bad := errors.AsType[*strictzip.Problem](err); bad {
		return refused(Fault{Part: problem.Part, Problem: problem.What, Want: problem.Want})
	}
	return err
}

// xmlFault turns what is wrong with the XML of a part into a fault; damage to
// the part's bytes shows first in the XML, or as the archive's.
func xmlFault(part *strictzip.Part, err error) error {
	if syntax, bad := errors.AsType[*xmltoken.SyntaxError](err); bad {
		return refused(Fault{Part: part.Name, Problem: "the XML is damaged: " + syntax.Error(), Want: wantExcelAgain})
	}
	return zipFault(err)
}

// partFault is a fault of a part's content.
func partFault(part *strictzip.Part, format string, args ...any) error {
	return refused(Fault{Part: part.Name, Problem: fmt.Sprintf(format, args...), Want: wantExcelAgain})
}
