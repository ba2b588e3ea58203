package pdf

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"unicode/utf16"

	"github.com/jung-kurt/gofpdf"
)

// painter paints the marks of a document with gofpdf, the only place that
// knows it.
type painter struct {
	pdf   *gofpdf.Fpdf
	jumps map[string]int // link by place
	face  *face          // current on the page, in this size
	size  float64
	fills colour // current; black at first, as in gofpdf
	text  []byte // that is shown
}

// write makes the file. Nothing in it depends on the clock or on the order of
// a map.
func (d *document) write(w io.Writer) error {
	pdf, plain := d.file(), buffers.Get().(*bytes.Buffer)
	defer buffers.Put(plain)
	plain.Reset()
	pdf.SetCompression(false) // pack does it
	err := pdf.Output(plain)
	if err == nil {
		err = pack(w, plain.Bytes())
	}
	if err != nil {
		return fmt.Errorf("write the PDF: %w", err)
	}
	return nil
}

func (d *document) file() *gofpdf.Fpdf {
	pdf := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: d.width, Ht: d.height}})
	pdf.SetMargins(0, 0, 0)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(d.asOf.Time())
	pdf.SetModificationDate(d.asOf.Time())
	pdf.SetTitle(clean(d.title), true)
	pdf.SetSubject(clean(d.subject), true)
	pdf.SetAuthor(clean(d.options.Issuer), true)
	pdf.SetKeywords("language: "+d.words.Language(), true) // gofpdf cannot write the catalog's Lang
	pdf.SetCreator("cspcoop", true)
	d.addFonts(pdf)
	if logo := d.options.Logo; logo != nil {
		pdf.RegisterImageOptionsReader(logoName, gofpdf.ImageOptions{ImageType: logo.kind}, bytes.NewReader(logo.data))
	}
	p := &painter{pdf: pdf, jumps: map[string]int{}}
	for i, page := range d.pages {
		pdf.AddPage()
		p.setFont(faces()[regular][0], bodyType.size) // a simple one: bookmarks are taken as they are
		d.bookmarks(p, i+1)
		for _, m := range page.marks {
			m.paint(p)
		}
	}
	d.setLinks(p)
	return pdf
}

// addFonts adds the fonts that the document uses. Of a whole one it gets its own
// copy: gofpdf writes into the bytes.
func (d *document) addFonts(pdf *gofpdf.Fpdf) {
	used := []*face{faces()[regular][0]} // bookmarks need one that is current
	for _, page := range d.pages {
		for _, m := range page.marks {
			t, ok := m.(textMark)
			if !ok {
				continue
			}
			for _, r := range t.line.runs {
				if !slices.Contains(used, r.face) {
					used = append(used, r.face)
				}
			}
		}
	}
	for _, f := range used {
		if f.whole != nil {
			pdf.AddFontFromBytes(f.family, "", f.cut.definition, f.cut.file)
		} else {
			pdf.AddUTF8FontFromBytes(f.family, "", slices.Clone(f.file))
		}
	}
	pdf.SetFont(used[0].family, "", bodyType.size)
}

func (d *document) bookmarks(p *painter, page int) {
	for _, b := range d.outline {
		if b.page == page {
			p.pdf.Bookmark(inUTF16(clean(b.text)), b.level, b.y)
		}
	}
}

// inUTF16 writes a text as PDF does outside of pages.
func inUTF16(text string) string {
	b := []byte{0xFE, 0xFF}
	for _, unit := range utf16.Encode([]rune(text)) {
		b = binary.BigEndian.AppendUint16(b, unit)
	}
	return string(b)
}

// link returns the link to a place, the same for all jumps to it.
func (p *painter) link(to string) int {
	id, known := p.jumps[to]
	if !known {
		id = p.pdf.AddLink()
		p.jumps[to] = id
	}
	return id
}

func (d *document) setLinks(p *painter) {
	for to, id := range p.jumps {
		p.pdf.SetLink(id, d.places[to].y, d.places[to].page)
	}
}

func (p *painter) setFont(f *face, size float64) {
	p.face, p.size = f, size
	p.pdf.SetFont(f.family, "", size)
}

func (t textMark) paint(p *painter) {
	c := t.line.style.colour
	p.pdf.SetTextColor(int(c[0]), int(c[1]), int(c[2]))
	x := t.x
	for _, r := range t.line.runs {
		if r.face != p.face || t.line.style.size != p.size {
			p.setFont(r.face, t.line.style.size)
		}
		if r.face.whole != nil {
			p.show(x, t.baseline, r, c)
		} else {
			p.pdf.Text(x, t.baseline, r.text)
		}
		x += r.width
	}
}

// show shows a text of a simple face as gofpdf does, which words every number and
// colour by way of fmt.
func (p *painter) show(x, baseline float64, r run, c colour) {
	_, height := p.pdf.GetPageSize()
	b := p.text[:0]
	if c != p.fills {
		b = append(b, "q "...)
		if c[0] == c[1] && c[0] == c[2] {
			b = append(appendShare(b, c[0]), "g "...)
		} else {
			b = append(appendShare(appendShare(appendShare(b, c[0]), c[1]), c[2]), "rg "...)
		}
	}
	b = append(strconv.AppendFloat(append(b, "BT "...), x, 'f', 2, 64), ' ')
	b = append(strconv.AppendFloat(b, height-baseline, 'f', 2, 64), " Td ("...)
	for _, code := range r.face.encode(r.text) {
		if code == '(' || code == ')' || code == '\\' {
			b = append(b, '\\')
		}
		b = append(b, code)
	}
	b = append(b, ") Tj ET"...)
	if c != p.fills {
		b = append(b, " Q"...)
	}
	p.pdf.RawWriteStr(string(b))
	p.text = b
}

// appendShare appends a part of a colour as PDF has it, from 0 to 1.
func appendShare(b []byte, of uint8) []byte {
	return append(strconv.AppendFloat(b, float64(of)/255, 'f', 3, 64), ' ')
}

func (b box) paint(p *painter) {
	p.fill(b.fill)
	p.pdf.Rect(b.x, b.y, b.width, b.height, "F")
}

func (s stroke) paint(p *painter) {
	p.pdf.SetDrawColor(int(s.colour[0]), int(s.colour[1]), int(s.colour[2]))
	p.pdf.SetLineWidth(s.width)
	if s.dashed {
		p.pdf.SetDashPattern([]float64{3, 2}, 0)
		defer p.pdf.SetDashPattern(nil, 0)
	}
	for i, pt := range s.points {
		if i == 0 {
			p.pdf.MoveTo(pt[0], pt[1])
		} else {
			p.pdf.LineTo(pt[0], pt[1])
		}
	}
	p.pdf.DrawPath("D")
}

func (b dot) paint(p *painter) {
	p.fill(b.fill)
	p.pdf.Circle(b.x, b.y, b.radius, "F")
}

func (j jump) paint(p *painter) {
	p.pdf.Link(j.x, j.y, j.width, j.height, p.link(j.to))
}

func (p *painter) fill(c colour) {
	p.fills = c
	p.pdf.SetFillColor(int(c[0]), int(c[1]), int(c[2]))
}

const logoName = "logo"

// picture places the logo.
type picture struct {
	x, y, width, height float64
}

func (l picture) paint(p *painter) {
	p.pdf.ImageOptions(logoName, l.x, l.y, l.width, l.height, false, gofpdf.ImageOptions{}, 0, "")
}

// fitInto returns the logo's size inside a frame, its proportions kept.
func (l *Logo) fitInto(width, height float64) (w, h float64) {
	scale := math.Min(width/float64(l.width), height/float64(l.height))
	return float64(l.width) * scale, float64(l.height) * scale
}
