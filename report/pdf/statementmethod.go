package pdf

import "strings"

// method says how each figure came about.
func (p *statement) method() {
	w := p.words
	p.section(toMethod, w.T("How it was calculated"), 4*bodyType.line())
	p.paragraph(w.T("Every earning counts once, in its latest version. Its earning date decides the month, the month the earning period. Amounts in USD are summed exactly and rounded once, to cents; so rounded months need not add up to the cent."), bodyType)
	p.gap(4)
	var printed []string
	for _, b := range p.of.Balances {
		text := w.T("Rule applied: %s.", w.Rule(b.Rule))
		if len(printed) == 0 || printed[len(printed)-1] != text {
			printed = append(printed, text)
		}
	}
	p.paragraph(strings.Join(printed, " "), noteType)
}
