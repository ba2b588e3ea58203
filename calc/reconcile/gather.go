package reconcile

import (
	"cmp"
	"slices"

	"cspcoop/calc"
	"cspcoop/calc/parallel"
)

// statement is a participant's program with its rows that are in force up to the
// as-of date.
type statement struct {
	calc.StatementKey
	program string         // as written, bytewise smallest; known programs by their current name
	rows    []int32        // numbers of those that are figures: by date, id, kind, file and row
	aside   []calc.Earning // that are none: payments of claims, and what transfers turned into rebate
	reach   []reach        // per source with rows of this statement, in force or not
}

// reach says from which to which day a file has rows of a statement.
type reach struct {
	source      int
	first, last calc.Date
	counted     int
}

// finding makes a finding about a period of the statement.
func (s *statement) finding(severity calc.Severity, code calc.Code, period calc.EarningPeriod, says calc.Saying) calc.Finding {
	return calc.NewFinding(severity, code, says).About(calc.Subject{Participant: s.Participant, Program: s.program, Period: period})
}

// gathered are the rows of the archive by statement. Those that are no figures have
// their fate in the ledger.
type gathered struct {
	basis
	statements []*statement       // also those of which no row counts: by participant and program
	names      map[string]*naming // by participant
	texts      map[*calc.Source]*texts
	findings
}

// gather takes every row to its statement.
func gather(b basis) gathered {
	g := gathering{basis: b, statements: map[calc.StatementKey]int{}, people: map[string]*naming{}}
	fates := make([][]calc.Fate, len(b.ledger.Sources))
	for i := range fates {
		fates[i] = g.take(i)
	}
	g.ledger = b.ledger.WithFates(fates)
	return gathered{basis: g.basis, statements: g.handOver(), names: g.people, texts: textsOf(b.ledger.Sources), findings: g.findings}
}

// gathering is the work on the rows of one source after the other.
type gathering struct {
	basis
	statements map[calc.StatementKey]int // in list
	list       []gatheredRows
	figures    [][]int32 // by source and row: the statement in list + 1 whose figures it is a part of; 0: of none
	people     map[string]*naming
	findings
}

// gatheredRows are the rows of a statement so far.
type gatheredRows struct {
	*statement
	person *naming
	reach  reach // in the source at hand
	count  int   // of figures, in all sources
	keys   []rowKey
}

// take finds the statement and the fate of every row of a source.
func (g *gathering) take(source int) []calc.Fate {
	src := g.ledger.Sources[source]
	fates, figures := slices.Clone(g.ledger.Fates[source]), make([]int32, src.Earnings.Len())
	known := map[[2]uint32]int{}  // in list, by the codes of participant and program
	named := map[[2]uint32]bool{} // by the codes of participant and name
	after := 0
	for j := range fates {
		e := src.Earnings.At(j)
		account := [2]uint32{e.Code(calc.ParticipantColumn), e.Code(calc.ProgramColumn)}
		at, seen := known[account]
		if !seen {
			at = g.statementOf(e)
			known[account] = at
		}
		s, date := &g.list[at], e.Date()
		if s.reach.first.IsZero() || date.Before(s.reach.first) {
			s.reach.first = date
		}
		if date.After(s.reach.last) {
			s.reach.last = date
		}
		if fates[j] != calc.Counted {
			continue
		}
		switch class := e.Class(g.Policy.ClaimRows); {
		case date.After(g.AsOf):
			after++
			fates[j] = calc.Skipped
		case class == calc.ClaimPayment, class == calc.Transfer && e.Kind() != calc.CoOp && e.Kind() != calc.Gross:
			fates[j] = calc.Skipped
			s.aside = append(s.aside, e)
		default:
			s.reach.counted++
			s.person.see(e)
			if name := [2]uint32{account[0], e.Code(calc.ParticipantNameColumn)}; !named[name] {
				named[name] = true
				if e.ParticipantName() != "" {
					s.person.all = append(s.person.all, e.ParticipantName())
				}
			}
			figures[j] = int32(at) + 1
		}
	}
	for _, at := range known {
		if s := &g.list[at]; !s.reach.last.IsZero() {
			s.reach.source = source
			s.statement.reach = append(s.statement.reach, s.reach)
			s.count += s.reach.counted
			s.reach = reach{}
		}
	}
	g.figures = append(g.figures, figures)
	if after > 0 {
		g.report(src.Finding(calc.Info, calc.AfterAsOf, calc.Say("%s dated after %s: left out", calc.CountOf(after, "%s earning", "%s earnings"), g.AsOf)))
	}
	return fates
}

// statementOf returns which statement of the list has a row.
func (g *gathering) statementOf(e calc.Earning) int {
	key := e.StatementKey()
	at, known := g.statements[key]
	if !known {
		at = len(g.list)
		g.statements[key] = at
		person := g.people[key.Participant]
		if person == nil {
			person = &naming{}
			g.people[key.Participant] = person
		}
		g.list = append(g.list, gatheredRows{statement: &statement{StatementKey: key, program: e.ProgramName()}, person: person})
	}
	g.list[at].program = min(g.list[at].program, e.ProgramName())
	return at
}

// handOver gives the statements their figures, which are read in the order of their
// tables: what is in memory side by side is read several times as fast.
func (g *gathering) handOver() []*statement {
	for i := range g.list {
		g.list[i].keys = make([]rowKey, 0, g.list[i].count)
	}
	for i, src := range g.ledger.Sources {
		for j, at := range g.figures[i] {
			if at > 0 {
				s := &g.list[at-1]
				s.keys = append(s.keys, keyOfRow(src.Earnings.At(j), g.ledger.Number(i, j)))
			}
		}
	}
	list := parallel.Map(g.list, func(s gatheredRows) *statement {
		s.rows = sorted(g.ledger, s.keys)
		return s.statement
	})
	slices.SortFunc(list, func(a, b *statement) int {
		return cmp.Or(cmp.Compare(a.Participant, b.Participant), cmp.Compare(a.program, b.program), cmp.Compare(a.StatementKey.Program, b.StatementKey.Program))
	})
	return list
}
