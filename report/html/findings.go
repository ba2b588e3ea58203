package html

import (
	"strings"

	"cspcoop/calc"
	"cspcoop/calc/lists"
	"cspcoop/report/wording"
)

// findingGroup is what was found of one kind.
type findingGroup struct {
	Code     calc.Code
	Meaning  string
	Do       string // what to do about it; "" when nothing is
	Behind   string // money in USD; "" for none
	Findings []calc.Finding
}

// groups gathers findings by their code: the worst first, and of these the
// largest amount. Noise is in the workbook.
func groups(r *calc.Result, words *wording.Words) []findingGroup {
	var list []findingGroup
	at := map[calc.Code]int{}
	for _, c := range lists.Causes(r.Statements, r.Findings) {
		if _, known := at[c.Code()]; known {
			continue // with another severity, and with more weight
		}
		at[c.Code()] = len(list)
		g := groupOf(c.Code(), words)
		if c.USD.IsPositive() {
			g.Behind = words.Amount(c.USD, "USD")
		}
		list = append(list, g)
	}
	for _, f := range r.Findings {
		if i, listed := at[f.Code()]; listed {
			list[i].Findings = append(list[i].Findings, f)
		}
	}
	return list
}

func groupOf(code calc.Code, words *wording.Words) findingGroup {
	g := findingGroup{Code: code, Meaning: words.Sentence(words.Code(code))}
	if note, _ := calc.NoteOf(code); note.Advice != "" {
		g.Do = words.Sentence(strings.ReplaceAll(words.T(note.Advice), "`", "")) // the marks of code are for Markdown
	}
	return g
}
