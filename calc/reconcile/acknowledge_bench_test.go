package reconcile

import (
	"fmt"
	"testing"

	"cspcoop/calc"
)

// A portfolio in which the same finding is acknowledged participant by participant.
func BenchmarkAcknowledge(b *testing.B) {
	var in calc.Input
	var found []calc.Finding
	for i := range 20000 {
		id := fmt.Sprint(4400000 + i)
		found = append(found, calc.NewFinding(calc.Warning, calc.SentWithoutPayment, calc.Say("x")).About(calc.Subject{Participant: id, Program: "CSP Direct Bill Partner"}))
		if i%4 == 0 {
			in.Acknowledged = append(in.Acknowledged, calc.Acknowledgement{Code: calc.SentWithoutPayment, Participant: id, Program: "CSP Direct Bill Partner"})
		}
	}
	for b.Loop() {
		closeAcknowledged(in, found)
	}
}
