package table

import (
	"fmt"
	"net/url"
	"path"
	"slices"
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

// maxStructureBytes bounds the parts that say what the workbook consists of.
const maxStructureBytes = 64 << 20

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
	styles      styles
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
	kind, _ := archiveKind(archive)
	types, ok := archive.Find(contentTypesPart)
	if !ok {
		return nil, kind.refuse()
	}
	packageRels, ok := archive.Find("_rels/.rels")
	if !ok {
		return nil, kind.refuse()
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
		if b.root, ok = b.find(r.target); !ok || r.external {
			return nil, partFault(packageRels, "the document %q that it names is missing", r.target)
		}
	}
	if b.root == nil || !strings.EqualFold(path.Ext(b.root.Name), ".xml") || strings.Contains(kind.want, wantTableFile) {
		return nil, kind.refuse()
	}
	if err := b.refuseMacros(types); err != nil {
		return nil, err
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

// refuseMacros refuses a workbook that carries code, or that is of a kind which
// may, whatever its name says. A default for an extension names no part: SheetJS
// and excelize write one for code into every workbook that they save.
func (b *workbook) refuseMacros(types *strictzip.Part) error {
	kinds := map[string]string{} // of parts by "/name", of extensions by "name"
	err := eachElement(types, contentTypesSpace, "Types", func(x *xmltoken.Scanner, _ string) error {
		key, ok := x.Attr("PartName")
		if !ok {
			key, _ = x.Attr("Extension")
		}
		kind, _ := x.Attr("ContentType")
		kinds[strings.ToLower(string(key))] = strings.ToLower(string(kind))
		return nil
	})
	if err != nil {
		return err
	}
	for _, part := range b.archive.Parts {
		name := strings.ToLower(part.Name)
		kind, ok := kinds["/"+name]
		if !ok {
			kind = kinds[strings.TrimPrefix(path.Ext(name), ".")]
		}
		if path.Base(name) == "vbaproject.bin" || ok && strings.Contains(kind, "vbaproject") || part == b.root && strings.Contains(kind, "macroenabled") {
			return refused(Fault{Part: part.Name, Problem: "the workbook contains macros", Want: wantWithoutMacros})
		}
	}
	return nil
}

// eachElement reads a small part to its end and calls do at the start of every
// element in its root element, with the name of the element that it is in. Of
// alternate content it reads the first choice, as Excel does.
func eachElement(part *strictzip.Part, space, root string, do func(x *xmltoken.Scanner, parent string) error) error {
	if part.Size > maxStructureBytes {
		return partFault(part, "it has %d bytes, more than %d", part.Size, maxStructureBytes)
	}
	x := xmltoken.New(part.Open(), part.Size)
	var parents []string    // of the open elements
	var chosen map[int]bool // alternate content whose choice was read, by depth
	for {
		kind, err := x.Next()
		switch {
		case err != nil:
			return xmlFault(part, err)
		case kind == xmltoken.EOF:
			return nil
		case kind == xmltoken.End:
			parents = parents[:x.Depth()]
			continue
		case kind != xmltoken.Start:
			continue
		}
		name, depth := string(x.Local()), x.Depth()
		switch {
		case depth == 1:
			if name != root || transitional(x.Space()) != space {
				return partFault(part, "its root element is %q, not %q", name, root)
			}
		case x.Space() != compatibility:
			if err := do(x, parents[depth-2]); err != nil {
				return err
			}
		case name == "AlternateContent":
			name = parents[depth-2]
			delete(chosen, depth+1)
		case chosen[depth]:
			if err := x.Skip(); err != nil {
				return xmlFault(part, err)
			}
			continue
		default:
			if chosen == nil {
				chosen = map[int]bool{}
			}
			chosen[depth], name = true, parents[depth-2]
		}
		parents = append(parents, name)
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
	err := eachElement(part, packageRelSpace, "Relationships", func(x *xmltoken.Scanner, _ string) error {
		id, _ := x.Attr("Id")
		kind, _ := x.Attr("Type")
		target, ok := x.Attr("Target")
		if len(id) == 0 || !ok {
			return partFault(part, "a relationship has no id or no target")
		}
		if _, twice := found.byID[string(id)]; twice {
			return partFault(part, "the relationship %q is there twice", id)
		}
		mode, _ := x.Attr("TargetMode")
		r := relation{target: strings.ReplaceAll(string(target), `\`, "/"), external: string(mode) == "External"}
		if space, word := path.Split(string(kind)); transitional(strings.TrimSuffix(space, "/")) == relSpace {
			r.kind = word
		} else if slices.Contains([]string{"xlMacrosheet", "xlIntlMacrosheet", "vbaProject"}, word) {
			r.kind = word
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
		case "vbaProject":
			if _, ok := b.find(r.target); ok {
				err = refused(Fault{Part: r.target, Problem: "the workbook contains macros", Want: wantWithoutMacros})
			}
		}
		if err != nil {
			return err
		}
	}
	names := map[string]bool{}
	err := eachElement(b.root, mainSpace, "workbook", func(x *xmltoken.Scanner, parent string) error {
		name := string(x.Local())
		switch {
		case transitional(x.Space()) != mainSpace:
			return nil
		case name == "workbookPr" && parent == "workbook":
			var ok bool
			if b.date1904, ok = boolean(x, "date1904"); !ok {
				return partFault(b.root, "its date system is unknown (date1904)")
			}
			return nil
		case name != "sheet" || parent != "sheets":
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

// only takes the part of a relationship that may exist once. Where it is missing,
// a cell that needs it has the fault.
func (b *workbook) only(to **strictzip.Part, r relation) error {
	if *to != nil {
		return partFault(b.rels, "two parts are its %s", r.kind)
	}
	if r.external {
		return partFault(b.rels, "the part %q that it names is outside of the file", r.target)
	}
	*to, _ = b.find(r.target)
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
	state, _ := x.Attr("state")
	r, sheet := related.list[at], bookSheet{name: string(name)}
	sheet.hidden = string(state) == "hidden" || string(state) == "veryHidden"
	switch r.kind {
	case "worksheet":
	case "chartsheet", "dialogsheet":
		return sheet, nil
	case "xlMacrosheet", "xlIntlMacrosheet":
		return bookSheet{}, refused(Fault{Part: r.target, Problem: fmt.Sprintf("the sheet %q contains macros", name), Want: wantWithoutMacros})
	default:
		return bookSheet{}, partFault(b.root, "the sheet %q is of an unknown kind", name)
	}
	if sheet.part, ok = b.find(r.target); !ok || r.external {
		return bookSheet{}, partFault(b.root, "the part %q of the sheet %q is missing", r.target, name)
	}
	for _, other := range b.sheets {
		if other.part == sheet.part {
			return bookSheet{}, partFault(b.root, "the sheets %q and %q are one part", other.name, name)
		}
	}
	return sheet, nil
}

// find is the part that a relationship names; its name may be written as a URI
// escapes it.
func (b *workbook) find(target string) (*strictzip.Part, bool) {
	part, ok := b.archive.Find(target)
	if !ok {
		if plain, err := url.PathUnescape(target); err == nil {
			part, ok = b.archive.Find(plain)
		}
	}
	return part, ok
}
