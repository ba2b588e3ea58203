package table

import (
	"bytes"
	"fmt"
	"io"
	"path"
	"strings"

	"cspcoop/importer/table/strictzip"
	"cspcoop/importer/table/xmltoken"
)

// The namespaces of ECMA-376, as Excel writes them and as ISO 29500 Strict does.
const (
	mainSpace         = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	mainSpaceStrict   = "http://purl.oclc.org/ooxml/spreadsheetml/main"
	relSpace          = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	relSpaceStrict    = "http://purl.oclc.org/ooxml/officeDocument/relationships"
	packageRelSpace   = "http://schemas.openxmlformats.org/package/2006/relationships"
	contentTypesPart  = "[Content_Types].xml"
	contentTypesSpace = "http://schemas.openxmlformats.org/package/2006/content-types"
	compatibility     = "http://schemas.openxmlformats.org/markup-compatibility/2006"
)

// maxStructureBytes bounds the parts that excelize holds in memory.
const maxStructureBytes = 8 << 20

// workbook is the structure of an XLSX file: which parts there are, and what
// they are to it.
type workbook struct {
	archive     *strictzip.Archive
	root        *strictzip.Part // xl/workbook.xml, as a rule
	rels        *strictzip.Part // its relationships
	stylesPart  *strictzip.Part // nil if there is none
	stringsPart *strictzip.Part // nil if there is none
	sheets      []bookSheet
	date1904    bool
	styles      *styles
	strings     *stringTable
}

// bookSheet is a sheet as the workbook lists it.
type bookSheet struct {
	name   string
	part   *strictzip.Part // nil for a sheet without cells, such as a chart
	hidden bool
}

// relations are the relationships of a part, in the order of the file.
type relations struct {
	list []relation
	byID map[string]int // index in list
}

// relation is one relationship of a part.
type relation struct {
	kind     string // the last word of its type, "worksheet"
	target   string // part name
	external bool
}

// readWorkbook finds the workbook in the archive and the parts that belong to
// it.
func readWorkbook(archive *strictzip.Archive) (*workbook, error) {
	has := func(name string) bool { _, ok := archive.Find(name); return ok }
	types, ok := archive.Find(contentTypesPart)
	if !ok {
		return nil, archiveKind(has).refuse()
	}
	if err := refuseMacros(archive, types); err != nil {
		return nil, err
	}
	packageRels, ok := archive.Find("_rels/.rels")
	if !ok {
		return nil, archiveKind(has).refuse()
	}
	related, err := readRelations(packageRels, "")
	if err != nil {
		return nil, err
	}
	b := &workbook{archive: archive}
	for _, r := range related.list {
		if r.kind != "officeDocument" {
			continue
		}
		if b.root != nil {
			return nil, partFault(packageRels, "it names two documents")
		}
		if b.root, ok = archive.Find(r.target); !ok || r.external {
			return nil, partFault(packageRels, "the document %q that it names is missing", r.target)
		}
	}
	if b.root == nil || !strings.HasSuffix(b.root.Name, ".xml") || has("word/document.xml") || has("ppt/presentation.xml") {
		return nil, archiveKind(has).refuse()
	}
	folder, base := path.Split(b.root.Name)
	if b.rels, ok = archive.Find(folder + "_rels/" + base + ".rels"); !ok {
		return nil, partFault(b.root, "the list of its parts (%s_rels/%s.rels) is missing", folder, base)
	}
	if related, err = readRelations(b.rels, folder); err != nil {
		return nil, err
	}
	return b, b.readSheets(related)
}

// refuseMacros refuses a workbook that carries code, whatever its name says.
func refuseMacros(archive *strictzip.Archive, types *strictzip.Part) error {
	macros := wrongKind{"the workbook contains macros", "save it as .xlsx (Excel workbook, without macros)"}
	for _, part := range archive.Parts {
		if strings.EqualFold(path.Base(part.Name), "vbaProject.bin") {
			return macros.refuse()
		}
	}
	found := false
	err := eachElement(types, contentTypesSpace, "Types", func(x *xmltoken.Scanner) error {
		kind, _ := x.Attr("ContentType")
		lower := bytes.ToLower(kind)
		// A default for an extension names no part: excelize writes one for code into every workbook that it saves.
		named := string(x.Local()) == "Override"
		found = found || bytes.Contains(lower, []byte("macroenabled")) || named && bytes.Contains(lower, []byte("vbaproject"))
		return nil
	})
	if err == nil && found {
		return macros.refuse()
	}
	return err
}

// eachElement reads a small part to its end and calls do at the start of every
// element in its root element.
func eachElement(part *strictzip.Part, space, root string, do func(*xmltoken.Scanner) error) error {
	if part.Size > maxStructureBytes {
		return partFault(part, "it has %d bytes, more than %d", part.Size, maxStructureBytes)
	}
	x := xmltoken.New(part.Open(), part.Size)
	for {
		kind, err := x.Next()
		switch {
		case err != nil:
			return xmlFault(part, err)
		case kind == xmltoken.EOF:
			return nil
		case kind != xmltoken.Start:
			continue
		case x.Depth() == 1:
			if string(x.Local()) != root || transitional(x.Space()) != space {
				return partFault(part, "its root element is %q, not %q", x.Local(), root)
			}
		default:
			if err := do(x); err != nil {
				return err
			}
		}
	}
}

// transitional maps a namespace of ISO 29500 Strict to the one that Excel
// writes by default.
func transitional(space string) string {
	switch space {
	case mainSpaceStrict:
		return mainSpace
	case relSpaceStrict:
		return relSpace
	}
	return space
}

// readRelations reads a relationship part; targets are relative to folder.
func readRelations(part *strictzip.Part, folder string) (relations, error) {
	found := relations{byID: map[string]int{}}
	err := eachElement(part, packageRelSpace, "Relationships", func(x *xmltoken.Scanner) error {
		id, _ := x.Attr("Id")
		kind, _ := x.Attr("Type")
		target, ok := x.Attr("Target")
		if len(id) == 0 || !ok {
			return partFault(part, "a relationship has no id or no target")
		}
		if _, twice := found.byID[string(id)]; twice {
			return partFault(part, "the relationship %q stands twice", id)
		}
		mode, _ := x.Attr("TargetMode")
		r := relation{target: string(target), external: string(mode) == "External"}
		if space, word := path.Split(string(kind)); transitional(strings.TrimSuffix(space, "/")) == relSpace {
			r.kind = word
		} else if strings.HasSuffix(string(kind), "/xlMacrosheet") {
			r.kind = "xlMacrosheet"
		}
		if !r.external {
			if !strings.HasPrefix(r.target, "/") {
				r.target = "/" + folder + r.target
			}
			r.target = strings.TrimPrefix(path.Clean(r.target), "/")
		}
		found.byID[string(id)] = len(found.list)
		found.list = append(found.list, r)
		return nil
	})
	return found, err
}

// readSheets reads the workbook's list of sheets and finds the parts that it,
// and the cells, refer to.
func (b *workbook) readSheets(related relations) error {
	for _, r := range related.list {
		var err error
		switch r.kind {
		case "styles":
			err = b.only(&b.stylesPart, r)
		case "sharedStrings":
			err = b.only(&b.stringsPart, r)
		}
		if err != nil {
			return err
		}
	}
	names := map[string]bool{}
	err := eachElement(b.root, mainSpace, "workbook", func(x *xmltoken.Scanner) error {
		if string(x.Local()) != "sheet" || transitional(x.Space()) != mainSpace || x.Depth() != 3 {
			return nil
		}
		sheet, err := b.readSheet(x, related)
		if err != nil {
			return err
		}
		if key := strings.ToLower(sheet.name); names[key] {
			return partFault(b.root, "two sheets are called %q", sheet.name)
		} else {
			names[key] = true
		}
		b.sheets = append(b.sheets, sheet)
		return nil
	})
	if err == nil && len(b.sheets) == 0 {
		return partFault(b.root, "it lists no sheet")
	}
	return err
}

// only takes the part of a relationship that may exist once.
func (b *workbook) only(to **strictzip.Part, r relation) error {
	if *to != nil {
		return partFault(b.rels, "two parts are its %s", r.kind)
	}
	part, ok := b.archive.Find(r.target)
	if !ok || r.external {
		return partFault(b.rels, "the part %q that it names is missing", r.target)
	}
	*to = part
	return nil
}

// readSheet reads one entry of the list of sheets.
func (b *workbook) readSheet(x *xmltoken.Scanner, related relations) (bookSheet, error) {
	name, _ := x.Attr("name")
	id, ok := x.AttrIn(relSpace, "id")
	if !ok {
		id, ok = x.AttrIn(relSpaceStrict, "id")
	}
	at, known := related.byID[string(id)]
	if len(name) == 0 || !ok || !known {
		return bookSheet{}, partFault(b.root, "the sheet %q refers to no part", name)
	}
	r, sheet := related.list[at], bookSheet{name: string(name)}
	switch r.kind {
	case "worksheet":
	case "chartsheet", "dialogsheet":
		return sheet, nil
	default:
		return bookSheet{}, partFault(b.root, "the sheet %q is of an unknown kind", name)
	}
	if sheet.part, ok = b.archive.Find(r.target); !ok || r.external {
		return bookSheet{}, partFault(b.root, "the part %q of the sheet %q is missing", r.target, name)
	}
	for _, other := range b.sheets {
		if other.part == sheet.part {
			return bookSheet{}, partFault(b.root, "the sheets %q and %q are one part", other.name, name)
		}
	}
	return sheet, nil
}

// content is a small part as a whole.
func content(part *strictzip.Part) ([]byte, error) {
	if part.Size > maxStructureBytes {
		return nil, partFault(part, "it has %d bytes, more than %d", part.Size, maxStructureBytes)
	}
	b, err := io.ReadAll(part.Open())
	if err != nil {
		return nil, zipFault(fmt.Errorf("read part %s: %w", part.Name, err))
	}
	return b, nil
}
