package table

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

var tagName = regexp.MustCompile(`<(/?)([a-z])`)

// prefixed writes the main namespace with a prefix, which plainCell and
// plainString leave to the general reader.
func prefixed(xml string) string {
	xml = tagName.ReplaceAllString(xml, "<${1}x:$2")
	return strings.Replace(xml, "xmlns=", "xmlns:x=", 1)
}

// randomRows writes rows plainly, for the most part, with changes that make
// them something else or nothing at all.
func randomRows(random *rand.Rand) string {
	var b strings.Builder
	pick := func(list ...string) string { return list[random.IntN(len(list))] }
	for r := 1; r <= 1+random.IntN(4); r++ {
		fmt.Fprintf(&b, `<row r="%d">`, r)
		for c := range 1 + random.IntN(30) {
			kind, value := "", fmt.Sprintf("<v>%d.5</v>", random.IntN(1000))
			switch random.IntN(6) {
			case 0:
				kind, value = ` t="s"`, fmt.Sprintf("<v>%d</v>", random.IntN(5))
			case 1:
				kind, value = ` t="inlineStr"`, pick("<is><t>", `<is><t xml:space="preserve">`)+pick("Contoso", " b ", "a&amp;b", "Müller", "_x0041_", "", "a&gt;", "x y", "a&#xD;&#xA;b\n&#34;c&quot;", "&#0;", "&#x1;", "&no;", "\ufffe", "ü\t&amp;_x000D_", "a\r\nb", "&apos;"+strings.Repeat("long ", 20))+"</t></is>"
			case 2:
				kind, value = pick(` t="b"`, ` t="str"`, ` t="n"`, ` t="e"`), "<v>"+pick("1", "0")+"</v>"
			}
			fmt.Fprintf(&b, `<c r="%s"%s%s>%s</c>`, CellRef(r, c), pick("", "", ` s="1"`, ` s="2"`), kind, value)
		}
		b.WriteString("</row>")
	}
	rows := b.String()
	for range max(random.IntN(5)-2, 0) { // a small damage
		at := random.IntN(len(rows))
		rows = rows[:at] + pick("", "1", "A", "]]>", "&", "<v>1</v>", `" s="7`, " ", "\x02", "\"") + rows[at+random.IntN(2):]
	}
	return rows
}

// TestPlainCellsAreCells: what is read the fast way is what the general reader
// reads, and what one refuses the other refuses.
func TestPlainCellsAreCells(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 1))
	folder := t.TempDir()
	const table = `<sst xmlns="` + mainSpace + `"><si><t>Month</t></si><si><t xml:space="preserve"> b </t></si><si><t>a&lt;_x0041_</t></si><si><t>é&#xA;&amp;</t></si><si><t>]]&gt;</t></si></sst>`
	taken, refused := 0, 0
	for range 2000 {
		sheet := worksheet(randomRows(random))
		read := func(change func(string) string) string {
			parts := with(bookParts(change(sheet)), part{"xl/sharedStrings.xml", change(table)})
			return reading(t, stored(t, parts), folder)
		}
		fast, general := read(func(xml string) string { return xml }), read(prefixed)
		if fast != general {
			t.Fatalf("%s:\n%s\nthe general reader says\n%s", sheet, fast, general)
		}
		if fast == "refused" {
			refused++
		} else {
			taken++
		}
	}
	if taken < 300 || refused < 300 {
		t.Errorf("%d sheets taken and %d refused, want many of both", taken, refused)
	}
}
