package table

import (
	"sync"

	"cspcoop/calc"
	"cspcoop/calc/lists"
	"cspcoop/report/wording"
)

// Tables makes the tables of a document: of one statement, or of all of them.
type Tables struct {
	*wording.Words
	result    *calc.Result
	statement *calc.Statement // nil for all
	in        Where
	names     map[string]string // of participants
	lead      func() *lists.LeadSchedule
}

// New returns the tables of a statement, or of the whole portfolio where it is
// nil, for a format.
func New(w *wording.Words, r *calc.Result, s *calc.Statement, in Where) *Tables {
	t := &Tables{Words: w, result: r, statement: s, in: in, lead: sync.OnceValue(func() *lists.LeadSchedule { return lists.Lead(r) })}
	if s == nil {
		t.names = make(map[string]string, len(r.Statements))
		for _, s := range r.Statements {
			t.names[s.Participant] = w.Partner(s)
		}
	}
	return t
}

// PartnerOf returns the name of a participant, its id where it has none.
func (t *Tables) PartnerOf(participant string) string {
	if name := t.names[participant]; name != "" {
		return name
	}
	return wording.Visible(participant)
}

func (t *Tables) statements() []*calc.Statement {
	if t.statement != nil {
		return []*calc.Statement{t.statement}
	}
	return t.result.Statements
}

func (t *Tables) balances() []*calc.Balance {
	if t.statement != nil {
		return t.statement.Balances
	}
	return t.result.Balances()
}

func (t *Tables) stray() []*calc.PaymentMatch {
	if t.statement != nil {
		return nil
	}
	return t.result.StrayPayments
}

// owned puts in front of columns whose each row is. In the documents of one
// statement, where all is the same partner's, it does not.
func owned[T any](t *Tables, of func(T) (participant, program string), columns ...Column[T]) []Column[T] {
	if t.statement != nil {
		return columns
	}
	participant := func(row T) string { id, _ := of(row); return id }
	if t.in == Paper { // whose room is scarce
		return append([]Column[T]{{Head: t.T("Partner and program"), Widest: 30, Cell: func(row T) Value {
			switch id, program := of(row); {
			case id == "":
				return Text(wording.Visible(program))
			case program == "":
				return Text(t.PartnerOf(id))
			default:
				return Text(t.T("%s, %s", t.PartnerOf(id), wording.Visible(program)))
			}
		}}}, columns...)
	}
	return append([]Column[T]{
		{Head: t.T("Partner"), Widest: 22, Cell: func(row T) Value { return Text(t.PartnerOf(participant(row))).If(participant(row) != "") }},
		{Head: t.T("Participant"), In: Sheet | Page, Widest: 12, Cell: func(row T) Value { return Text(participant(row)) }},
		{Head: t.T("Program"), Widest: 14, Cell: func(row T) Value { _, program := of(row); return Text(program) }},
	}, columns...)
}

func ownerOf(s *calc.Statement) (participant, program string) { return s.Participant, s.Program }

func ofFund(b *calc.Balance) (participant, program string) { return ownerOf(b.Statement) }

// halves are the columns that name a half-year: as people read it, and by its
// label, which look-ups need.
func halves[T any](t *Tables, of func(T) calc.EarningPeriod) []Column[T] {
	return []Column[T]{
		{Head: t.T("Earning period"), Widest: 12, Cell: func(row T) Value { return t.half(of(row)) }},
		{Head: t.T("Label"), In: Sheet, Cell: func(row T) Value { return Text(of(row).String()) }},
	}
}

func (t *Tables) half(p calc.EarningPeriod) Value {
	if p.IsZero() {
		return Value{}
	}
	return Value{Kind: Half, Text: t.Period(p)}
}

func join[T any](columns ...[]Column[T]) []Column[T] {
	var all []Column[T]
	for _, c := range columns {
		all = append(all, c...)
	}
	return all
}
