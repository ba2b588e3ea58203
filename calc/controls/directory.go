package controls

import (
	"strings"

	"cspcoop/calc"
)

// directory finds participants as people write them.
type directory struct {
	ids    map[string]bool
	named  map[string]string // by folded name; "" where two have it
	padded map[string]string // ids of digits, without zeros in front; likewise
}

func newDirectory(statements []*calc.Statement) directory {
	d := directory{map[string]bool{}, map[string]string{}, map[string]string{}}
	add := func(to map[string]string, word, id string) {
		if other, taken := to[word]; taken && other != id {
			id = ""
		}
		to[word] = id
	}
	for _, s := range statements {
		d.ids[s.Participant] = true
		if s.Name != "" {
			add(d.named, calc.Fold(s.Name), s.Participant)
		}
		if calc.IsDigits(s.Participant) {
			add(d.padded, strings.TrimLeft(s.Participant, "0"), s.Participant)
		}
	}
	return d
}

// resolve returns the id of a participant: by the id itself, without the zeros
// in front that a spreadsheet cuts off, or by name. What nobody is known by stays
// as it is.
func (d directory) resolve(text string) string {
	if text == "" || d.ids[text] {
		return text
	}
	if calc.IsDigits(text) {
		if id := d.padded[strings.TrimLeft(text, "0")]; id != "" {
			return id
		}
	}
	if id := d.named[calc.Fold(text)]; id != "" {
		return id
	}
	return text
}
