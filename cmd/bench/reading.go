package main

import (
	"archive/zip"
	"fmt"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"
)

// readRows reads a workbook's rows with excelize, raw and streaming: the peer
// that a Go program would pick.
func readRows(path string, out io.Writer) error {
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return err
	}
	n := 0
	for ; rows.Next(); n++ {
		if _, err := rows.Columns(excelize.Options{RawCellValue: true}); err != nil {
			return err
		}
	}
	if err := rows.Close(); err != nil {
		return err
	}
	fmt.Fprintf(out, "%d rows\n", n)
	return nil
}

// inflate inflates all parts of a workbook and does nothing with them: the time
// below which no reader can get.
func inflate(path string, out io.Writer) error {
	z, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	defer z.Close()
	z.RegisterDecompressor(zip.Deflate, flate.NewReader)
	var total int64
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			return err
		}
		n, err := io.Copy(io.Discard, r)
		if err != nil {
			return err
		}
		total += n
	}
	fmt.Fprintf(out, "%d bytes\n", total)
	return nil
}
