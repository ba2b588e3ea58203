package pdf

import (
	"strings"

	"cspcoop/report/wording"
)

// mostSources is how many of the files a statement names; the workbook has all.
const mostSources = 30

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

// sources names the files whose rows the figures are, and how many of each.
func (p *statement) sources() string {
	w := p.words
	var files []string
	rows, others, more := 0, 0, 0
	for _, s := range p.of.Sources {
		rows += s.Counted
		switch {
		case s.Counted == 0:
		case len(files) < mostSources:
			files = append(files, wording.Visible(s.File)+"\u00a0("+w.Count(s.Counted)+")")
		default:
			others++
			more += s.Counted
		}
	}
	if others > 0 {
		files = append(files, w.T("and %s (%s)", w.Number(others, "%s other file", "%s other files"), w.Count(more)))
	}
	text := w.T("The sheet Sources of the workbook has every file with its SHA-256.")
	if len(files) > 0 {
		text = w.T("The figures are %s of these files: %s.", w.Number(rows, "%s row", "%s rows"), strings.Join(files, ", ")) + " " + text
	}
	return text
}
