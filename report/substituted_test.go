package report_test

import (
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/calctest"
	"cspcoop/report"
)

func TestSubstituted(t *testing.T) {
	named := func(participant, name string) calc.EarningCells {
		return calc.EarningCells{Participant: participant, ParticipantName: name}
	}
	found := report.Substituted([]*calc.Source{
		calctest.Source(named("4711", "Contoso Łódź"), named("4712", "ไทย")),
		calctest.Source(named("4712", "ไทย")),
	})
	if len(found) != 1 || found[0].Severity() != calc.Info || found[0].Code() != calc.CharactersReplaced || found[0].Participant() != "4712" || !strings.Contains(found[0].Message(), "U+0E44") {
		t.Errorf("%v", found)
	}
}
