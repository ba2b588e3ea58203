package table

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestSavedByName takes a workbook that excelize saved under a name: it then
// declares a content type for code, which it does not hold.
func TestSavedByName(t *testing.T) {
	path := filepath.Join(t.TempDir(), "book.xlsx")
	f := excelize.NewFile()
	if err := f.SetSheetRow("Sheet1", "A1", &[]any{"Month", "Amount"}); err != nil {
		t.Fatal(err)
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	book, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file, err := Open(context.Background(), bytes.NewReader(book), int64(len(book)), Options{TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
}
