package table

import (
	"bytes"
	"encoding/binary"
	"io"
	"regexp"
	"strings"
	"unicode/utf16"

	"cspcoop/importer/table/strictzip"
)

// headBytes is how much of a file's start is looked at to find its kind.
const headBytes = 4 << 10

// wrongKind is a kind of file that is known and not read.
type wrongKind struct{ problem, want string }

func (k wrongKind) refuse() error {
	return refused(Fault{Problem: k.problem, Want: k.want})
}

const (
	wantExport    = "download the report from Partner Center again, as CSV, or save it as .xlsx"
	wantUnpack    = "unpack it and drop the CSV or XLSX file that it holds"
	wantUnpacked  = "unpack the archive and drop the files that it holds"
	wantSaveXLSX  = "open it in Excel and save it as .xlsx (Excel workbook)"
	wantSaveODS   = "open it in LibreOffice and save it as .xlsx"
	wantTableFile = "drop the CSV or XLSX file that it was made from"
)

// signatures are the first bytes of files that are not read as tables.
var signatures = []struct {
	magic string
	kind  wrongKind
}{
	{"\xFF\xFE\x00\x00", wrongKind{"this is text in UTF-32", "save it as CSV UTF-8"}},
	{"\x00\x00\xFE\xFF", wrongKind{"this is text in UTF-32", "save it as CSV UTF-8"}},
	{"\x1F\x8B", wrongKind{"this is a gzip archive (Gnumeric saves its workbooks so)", wantUnpack + "; of a Gnumeric workbook, save a copy as .xlsx"}},
	{"7z\xBC\xAF\x27\x1C", wrongKind{"this is a 7z archive", wantUnpack}},
	{"Rar!\x1A\x07", wrongKind{"this is a RAR archive", wantUnpack}},
	{"BZh", wrongKind{"this is a bzip2 archive", wantUnpack}},
	{"\xFD7zXZ\x00", wrongKind{"this is an xz archive", wantUnpack}},
	{"\x28\xB5\x2F\xFD", wrongKind{"this is a zstd archive", wantUnpack}},
	{"PK\x05\x06", wrongKind{"this is an empty zip archive", wantExport}},
	{"PK\x07\x08", wrongKind{"this is a zip archive in several volumes", wantUnpack}},
	{"%PDF-", wrongKind{"this is a PDF document", wantTableFile}},
	{"{\\rtf", wrongKind{"this is a rich text document", wantTableFile}},
	{"\x89PNG\r\n\x1A\n", wrongKind{"this is a picture (PNG)", wantTableFile}},
	{"\xFF\xD8\xFF", wrongKind{"this is a picture (JPEG)", wantTableFile}},
	{"GIF8", wrongKind{"this is a picture (GIF)", wantTableFile}},
	{"II*\x00", wrongKind{"this is a picture (TIFF)", wantTableFile}},
	{"MM\x00*", wrongKind{"this is a picture (TIFF)", wantTableFile}},
	{"PAR1", wrongKind{"this is a Parquet file", "export it as CSV or XLSX"}},
	{"SQLite format 3\x00", wrongKind{"this is a SQLite database", "export the table as CSV or XLSX"}},
	{"\x00\x01\x00\x00Standard ", wrongKind{"this is an Access database", "export the table as CSV or XLSX"}},
	{"\x09\x00\x04\x00", wrongKind{"this is an old Excel workbook (.xls, Excel 2)", wantSaveXLSX}},
	{"\x09\x02\x06\x00", wrongKind{"this is an old Excel workbook (.xls, Excel 3)", wantSaveXLSX}},
	{"\x09\x04\x06\x00", wrongKind{"this is an old Excel workbook (.xls, Excel 4)", wantSaveXLSX}},
	{"\x09\x08\x08\x00", wrongKind{"this is an old Excel workbook (.xls, Excel 5)", wantSaveXLSX}},
	{"\x09\x08\x10\x00", wrongKind{"this is an old Excel workbook (.xls)", wantSaveXLSX}},
	{"ID;P", wrongKind{"this is a SYLK file (.slk)", wantSaveXLSX}},
}

const (
	zipMagic = "PK\x03\x04"
	oleMagic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
)

// binaryKind returns, from a file's first bytes, a kind that is not read.
func binaryKind(head []byte, size int64) (wrongKind, bool) {
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.magic)) {
			return s.kind, true
		}
	}
	switch {
	case len(head) > 6 && string(head[:2]) == "BM" && int64(binary.LittleEndian.Uint32(head[2:])) == size:
		return wrongKind{"this is a picture (BMP)", wantTableFile}, true
	case len(head) > 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP":
		return wrongKind{"this is a picture (WebP)", wantTableFile}, true
	case len(head) > 262 && string(head[257:262]) == "ustar":
		return wrongKind{"this is a tar archive", wantUnpack}, true
	}
	return wrongKind{}, false
}

var (
	htmlStart = regexp.MustCompile(`(?i)^<(!doctype\s+html|html|head|body|script|style|meta|div|table)\b`)
	htmlTable = regexp.MustCompile(`(?i)urn:schemas-microsoft-com:office:excel|<t(able|d|h)\b`)
	signIn    = regexp.MustCompile(`(?i)<(form|input|script)\b`)
	jsonStart = regexp.MustCompile(`^(\{\s*("|\}|$)|\[\s*(["{\[\]]|-?[0-9]|$))`)
)

// textKind returns, from the first characters of a text, a kind that is not read.
func textKind(head string) (wrongKind, bool) {
	head = strings.TrimLeft(head, " \t\r\n")
	lower := strings.ToLower(head)
	markup := strings.HasPrefix(head, "<")
	switch {
	case strings.HasPrefix(lower, "mime-version:") && strings.Contains(lower, "multipart/related"):
		return wrongKind{"this is a web page in one file (MHTML), often saved under the name .xls", wantSaveXLSX}, true
	case htmlStart.MatchString(head), markup && strings.Contains(lower, "<html"):
		if htmlTable.MatchString(head) && !signIn.MatchString(head) {
			return wrongKind{"this is the table of a web page (HTML), often saved under the name .xls", wantSaveXLSX}, true
		}
		return wrongKind{"this is a web page, often the sign-in page that came instead of the download",
			"sign in to Partner Center and download the report again"}, true
	case markup && strings.Contains(lower, "urn:schemas-microsoft-com:office:spreadsheet"):
		return wrongKind{"this is an XML spreadsheet (Excel 2003)", wantSaveXLSX}, true
	case markup && strings.Contains(lower, "urn:oasis:names:tc:opendocument"):
		return wrongKind{"this is an OpenDocument file in XML (.fods or the like)", wantSaveODS}, true
	case strings.HasPrefix(lower, "<?xml"):
		return wrongKind{"this is an XML document", wantExport}, true
	case jsonStart.MatchString(head):
		return wrongKind{"this is JSON", wantExport}, true
	}
	return wrongKind{}, false
}

// archiveKind returns what a ZIP archive is, by the names of its parts, if it is no
// workbook for us; known is false for one that may hold reports.
func archiveKind(archive *strictzip.Archive) (kind wrongKind, known bool) {
	has := func(name string) bool { _, ok := archive.Find(name); return ok }
	switch {
	case has("xl/workbook.bin"):
		return wrongKind{"this is an Excel binary workbook (.xlsb)", wantSaveXLSX}, true
	case has("content.xml") && has("mimetype"):
		return wrongKind{"this is an OpenDocument file (.ods or the like)", wantSaveODS}, true
	case has("Index/Document.iwa"), has("Index.zip"):
		return wrongKind{"this is an Apple document (.numbers or the like)", "open it in Numbers and export it as Excel or CSV"}, true
	case has("word/document.xml"):
		return wrongKind{"this is a Word document", wantTableFile}, true
	case has("ppt/presentation.xml"):
		return wrongKind{"this is a PowerPoint presentation", wantTableFile}, true
	case has("xl/workbook.xml"), has(contentTypesPart):
		return wrongKind{"this is a workbook of which parts are missing", wantExcelAgain}, true
	}
	return wrongKind{"this is a ZIP archive, not a report", wantUnpacked}, false
}

// oleScanBytes is how much of an OLE file is searched for the names of its
// streams.
const oleScanBytes = 64 << 20

// oleKind distinguishes an encrypted workbook from an old .xls by the names of the
// streams. Directory entries are 128 bytes, aligned, and begin with the name in
// UTF-16 ([MS-CFB] §2.6.1).
func oleKind(r io.ReaderAt, size int64) (wrongKind, error) {
	chunk := make([]byte, 64<<10)
	found := wrongKind{"this is an OLE file (an old Office document or a mail), no workbook", wantExport}
	for offset := int64(0); offset < min(size, oleScanBytes); offset += int64(len(chunk)) {
		n, err := r.ReadAt(chunk, offset)
		if err != nil && err != io.EOF {
			return wrongKind{}, err
		}
		for i := 0; i+128 <= n; i += 128 {
			switch entryName(chunk[i : i+128]) {
			case "EncryptionInfo", "EncryptedPackage":
				return wrongKind{"this workbook is encrypted with a password",
					"open it in Excel, remove the password (File, Info, Protect Workbook) and save it again"}, nil
			case "Workbook", "Book":
				found = wrongKind{"this is an old Excel workbook (.xls)", wantSaveXLSX}
			}
		}
	}
	return found, nil
}

// entryName is the name in a directory entry of an OLE file, "" if it is none.
func entryName(entry []byte) string {
	n := int(binary.LittleEndian.Uint16(entry[64:]))
	if n < 2 || n > 64 || n%2 != 0 {
		return ""
	}
	units := make([]uint16, n/2-1)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(entry[2*i:])
	}
	return string(utf16.Decode(units))
}
