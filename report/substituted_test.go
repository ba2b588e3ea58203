package report_test

import (
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/report"
)

func TestSubstituted(t *testing.T) {
	named := func(participant, name string) calc.Earning {
		return calc.Earning{Terms: calc.Terms{Account: calc.NewAccount(participant, "", ""), Naming: &calc.Naming{ParticipantName: name}}}
	}
	found := report.Substituted([]*calc.Source{
		{Earnings: []calc.Earning{named("4711", "Contoso Łódź"), named("4712", "ไทย")}},
		{Earnings: []calc.Earning{named("4712", "ไทย")}},
	})
	if len(found) != 1 || found[0].Severity() != calc.Info || found[0].Code() != calc.CharactersReplaced || found[0].Participant != "4712" || !strings.Contains(found[0].Message(), "U+0E44") {
		t.Errorf("%v", found)
	}
}
