package reconcile

import "cspcoop/calc"

// handOut gives every statement its part of the lists that cover all of them, in
// their order, so that a statement is written without a look at the others. What
// is about a participant and none of its programs goes to all its statements;
// what is about no statement at all stays with the portfolio.
func handOut(r *calc.Result) {
	keys := map[string]calc.ProgramKey{} // findings and claims name few programs, many times
	keyOf := func(program string) calc.ProgramKey {
		key, known := keys[program]
		if !known {
			key = calc.KeyOfProgram(program)
			keys[program] = key
		}
		return key
	}
	statements := make(map[calc.StatementKey]*calc.Statement, len(r.Statements))
	participants := map[string][]*calc.Statement{}
	for _, s := range r.Statements {
		statements[calc.StatementKey{Participant: s.Participant, Program: keyOf(s.Program)}] = s
		participants[s.Participant] = append(participants[s.Participant], s)
	}
	of := func(participant, program string) []*calc.Statement {
		if s := statements[calc.StatementKey{Participant: participant, Program: keyOf(program)}]; s != nil {
			return []*calc.Statement{s}
		}
		return participants[participant]
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		for _, s := range of(f.Participant(), f.Program()) {
			s.Findings = append(s.Findings, f)
		}
	}
	for _, f := range r.Closed {
		for _, s := range of(f.Participant(), f.Program()) {
			s.Closed = append(s.Closed, f)
		}
	}
	for _, m := range r.RollForward {
		if s := statements[calc.StatementKey{Participant: m.Participant, Program: keyOf(m.Program)}]; s != nil {
			s.RollForward = append(s.RollForward, m) // a fund that is gone has no statement
		}
	}
	for _, c := range r.Claims {
		if s := statements[calc.StatementKey{Participant: c.Participant, Program: keyOf(c.ProgramName)}]; s != nil {
			s.Claims = append(s.Claims, c)
		}
	}
	for _, t := range r.TieOuts {
		if s := statements[calc.StatementKey{Participant: t.Location, Program: calc.KeyOfProgram(t.ProgramName)}]; s != nil {
			s.TieOuts = append(s.TieOuts, t)
		}
	}
	for _, o := range r.Otherwise {
		o.Balance.Statement.Otherwise = append(o.Balance.Statement.Otherwise, o)
	}
}
