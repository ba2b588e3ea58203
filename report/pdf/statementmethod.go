package pdf

import "strings"

// methodHeight is about what method and the sign-off take.
var methodHeight = sectionHead + 5*smallType.line() + signOffHeight

// method says how each figure came about and from which files. It stays with the
// sign-off, which would be alone on its page otherwise.
func (p *statement) method() {
	w := p.words
	how := w.T("Every earning counts once, in its latest version. Its earning date decides the month, the month the earning period. Amounts in USD are summed exactly and rounded once, to cents; so rounded months need not add up to the cent.")
	text := []string{how}
	for _, b := range p.of.Balances {
		if rule := w.T("Rule applied: %s.", w.Rule(b.Rule)); text[len(text)-1] != rule {
			text = append(text, rule)
		}
	}
	all := strings.Join(append(text, p.sources()), " ")
	p.section(toMethod, w.T("How it was calculated"), float64(len(wrap(all, smallType, p.column())))*smallType.line()+signOffHeight)
	p.paragraph(all, smallType)
}

// sources says how many rows of how many files the figures are.
func (p *statement) sources() string {
	w := p.words
	rows, files := 0, 0
	for _, s := range p.of.Sources {
		rows += s.Counted
		if s.Counted > 0 {
			files++
		}
	}
	return w.T("The figures are %s of %s; the sheet Sources of the workbook has each file with its rows and its SHA-256.",
		w.Number(rows, "%s row", "%s rows"), w.Number(files, "%s file", "%s files"))
}
