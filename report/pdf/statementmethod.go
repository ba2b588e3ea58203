package pdf

import "strings"

// method says how each figure came about and from which files. It stays with the
// sign-off, which would be alone on its page otherwise.
func (p *statement) method() {
	w := p.words
	how := w.T("Every earning counts once, in its latest version. Its earning date decides the month, the month the earning period. Amounts in USD are summed exactly and rounded once, to cents; so rounded months need not add up to the cent.")
	var notes []string
	for _, b := range p.of.Balances {
		text := w.T("Rule applied: %s.", w.Rule(b.Rule))
		if len(notes) == 0 || notes[len(notes)-1] != text {
			notes = append(notes, text)
		}
	}
	notes = []string{strings.Join(notes, " "), p.sources()}
	height := float64(len(wrap(how, bodyType, p.column())))*bodyType.line() + signOffHeight
	for _, note := range notes {
		height += 4 + float64(len(wrap(note, noteType, p.column())))*noteType.line()
	}
	p.section(toMethod, w.T("How it was calculated"), height)
	p.paragraph(how, bodyType)
	for _, note := range notes {
		p.gap(4)
		p.paragraph(note, noteType)
	}
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
