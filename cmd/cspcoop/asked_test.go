package main

import (
	"strings"
	"testing"

	"cspcoop/calc"
)

// A participant is meant by its id, by its whole name before a part of another's, and
// by a part of a name that only one has.
func TestAskedParticipant(t *testing.T) {
	r := &calc.Result{Statements: []*calc.Statement{
		{Participant: "1", Name: "Contoso"},
		{Participant: "2", Name: "Contoso North"},
		{Participant: "3", Name: "Fabrikam"},
		{Participant: "4", Name: "fabrikam"},
	}}
	for text, want := range map[string]string{
		"2": "2", "contoso": "1", "CONTOSO  north": "2", "north": "2",
		"fabrikam": `"fabrikam" may be 3 or 4; name one by its id`,
		"co":       `"co" may be 1 or 2; name one by its id`,
		"litware":  `there is no participant "litware"`,
		"":         "name the participant: one of 1 (Contoso), ",
	} {
		t.Run(text, func(t *testing.T) {
			got, err := asked(r, text)
			if err != nil {
				got = err.Error()
			}
			if !strings.HasPrefix(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}
