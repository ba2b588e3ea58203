package table

import (
	"bytes"
	"context"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestSavedAgain takes a workbook that another program opened and saved: it then
// declares a content type for code that it does not hold.
func TestSavedAgain(t *testing.T) {
	save := func(f *excelize.File) []byte {
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	f := excelize.NewFile()
	if err := f.SetSheetRow("Sheet1", "A1", &[]any{"Month", "Amount"}); err != nil {
		t.Fatal(err)
	}
	again, err := excelize.OpenReader(bytes.NewReader(save(f)))
	if err != nil {
		t.Fatal(err)
	}
	book := save(again)
	file, err := Open(context.Background(), bytes.NewReader(book), int64(len(book)), Options{TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
}
