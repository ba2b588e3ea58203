package html

import (
	"strings"

	"cspcoop/calc"
	"cspcoop/report/wording"
)

// findingGroup is what was found of one kind.
type findingGroup struct {
	Code     calc.Code
	Meaning  string
	Do       string // what to do about it; "" when nothing is
	Findings []calc.Finding
}

// groups gathers findings by their code, the worst first.
func groups(findings []calc.Finding, words *wording.Words) []findingGroup {
	var list []findingGroup
	at := map[calc.Code]int{}
	for _, f := range findings {
		i, known := at[f.Code()]
		if !known {
			i = len(list)
			at[f.Code()] = i
			list = append(list, groupOf(f.Code(), words))
		}
		list[i].Findings = append(list[i].Findings, f)
	}
	return list
}

func groupOf(code calc.Code, words *wording.Words) findingGroup {
	g := findingGroup{Code: code, Meaning: words.Sentence(plain(words.Code(code)))}
	if note, _ := calc.NoteOf(code); note.Advice != "" {
		g.Do = words.Sentence(plain(words.T(note.Advice)))
	}
	return g
}

// plain removes the marks of code from a note: they are for Markdown.
func plain(note string) string { return strings.ReplaceAll(note, "`", "") }
