package reconcile

import "cspcoop/calc"

// handOut gives every statement its part of the lists that cover all of them, in
// their order, so that a statement is written without a look at the others.
func handOut(r *calc.Result) {
	statements := make(map[calc.StatementKey]*calc.Statement, len(r.Statements))
	for _, s := range r.Statements {
		statements[calc.StatementKey{Participant: s.Participant, Program: calc.KeyOfProgram(s.Program)}] = s
	}
	of := func(participant, program string) *calc.Statement {
		if s := statements[calc.StatementKey{Participant: participant, Program: calc.KeyOfProgram(program)}]; s != nil && participant != "" {
			return s
		}
		return &calc.Statement{} // nobody's
	}
	for _, f := range r.Findings {
		s := of(f.Participant, f.Program)
		s.Findings = append(s.Findings, f)
	}
	for _, f := range r.Closed {
		s := of(f.Participant, f.Program)
		s.Closed = append(s.Closed, f)
	}
	for _, m := range r.RollForward {
		s := of(m.Participant, m.Program)
		s.RollForward = append(s.RollForward, m)
	}
	for _, c := range r.Claims {
		s := of(c.Participant, c.ProgramName)
		s.Claims = append(s.Claims, c)
	}
	for _, o := range r.Otherwise {
		o.Balance.Statement.Otherwise = append(o.Balance.Statement.Otherwise, o)
	}
}
