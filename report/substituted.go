package report

import (
	"fmt"
	"maps"
	"slices"

	"cspcoop/calc"
	"cspcoop/report/pdf"
)

// Substituted reports participant names with characters that no font of the PDF
// documents has; there they are replaced visibly. Every other file shows them.
func Substituted(sources []*calc.Source) []calc.Finding {
	names := map[string]string{} // name to participant
	for _, s := range sources {
		for i := range s.Earnings.Len() {
			names[s.Earnings.At(i).ParticipantName()] = s.Earnings.At(i).Participant()
		}
	}
	var list []calc.Finding
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if missing := pdf.Missing(name); len(missing) > 0 {
			f := calc.NewFinding(calc.Info, calc.CharactersReplaced, calc.Say(
				"the name %s has characters that the PDF fonts lack (%s): they are replaced there, and shown in all other files", calc.Quoted{Of: name}, fmt.Sprintf("%U", missing)))
			list = append(list, f.About(calc.Subject{Participant: names[name]}))
		}
	}
	return list
}
