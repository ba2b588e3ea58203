package store

import (
	"cspcoop/calc"
	"cspcoop/importer/store/parquet"
)

// group keeps one group of terms. Earnings that share a value have one number in
// the group's column, numbered from 0 as they first appear, so that they share it
// again when they are read.
type group[T comparable] struct {
	column   string
	texts    []text[T]
	of       func(*calc.Terms) **T
	complete func(*T) *T // as an import makes it of its texts

	numbers map[*T]int32
	values  []*T // by number
}

// termGroup is a group of any type.
type termGroup interface {
	columns(list []parquet.Column) []parquet.Column
	number(r *calc.Earning) bool
	write(e *encoder, rows []calc.Earning)
	read(d *decoder, rows []calc.Earning) error
}

// newGroups returns the groups of terms, none of whose values is known yet.
func newGroups() []termGroup {
	return []termGroup{
		&group[calc.Account]{
			column: "account", texts: accountTexts, of: func(t *calc.Terms) **calc.Account { return &t.Account },
			complete: func(a *calc.Account) *calc.Account {
				return calc.NewAccount(a.Participant, a.Country, a.Program)
			},
		},
		&group[calc.Naming]{
			column: "naming", texts: namingTexts, of: func(t *calc.Terms) **calc.Naming { return &t.Naming },
			complete: func(n *calc.Naming) *calc.Naming { return n },
		},
		&group[calc.Incentive]{
			column: "incentive", texts: incentiveTexts, of: func(t *calc.Terms) **calc.Incentive { return &t.Incentive },
			complete: func(i *calc.Incentive) *calc.Incentive { return i },
		},
		&group[calc.Role]{
			column: "role", texts: roleTexts, of: func(t *calc.Terms) **calc.Role { return &t.Role },
			complete: func(r *calc.Role) *calc.Role { return calc.NewRole(r.Type, r.ReasonCode, r.Currency) },
		},
		&group[calc.Standing]{
			column: "standing", texts: standingTexts, of: func(t *calc.Terms) **calc.Standing { return &t.Standing },
			complete: func(s *calc.Standing) *calc.Standing {
				return calc.NewStanding(s.PaymentStatus, s.StatusText, s.EstimatedMonth)
			},
		},
	}
}

func (g *group[T]) columns(list []parquet.Column) []parquet.Column {
	return appendTexts(append(list, parquet.Column{Name: g.column, Kind: parquet.Number}), g.texts)
}

// number numbers the row's value. It reports whether the store holds all of it:
// what the texts do not say has to follow from them.
func (g *group[T]) number(r *calc.Earning) bool {
	value := *g.of(&r.Terms)
	if _, known := g.numbers[value]; known {
		return true
	}
	if g.numbers == nil {
		g.numbers = map[*T]int32{}
	}
	g.numbers[value] = int32(len(g.numbers))
	return *g.complete(value) == *value
}

func (g *group[T]) write(e *encoder, rows []calc.Earning) {
	e.putNumbers(g.column, rows, func(r *calc.Earning) int32 { return g.numbers[*g.of(&r.Terms)] })
	for _, c := range g.texts {
		e.putTexts(c.name, rows, func(r *calc.Earning) string { return *c.at(*g.of(&r.Terms)) })
	}
}

// read returns rows of one number the one value.
func (g *group[T]) read(d *decoder, rows []calc.Earning) error {
	if err := d.integers(g.column); err != nil {
		return err
	}
	known := len(g.values)
	var first []int // rows whose values are new
	for i, n := range d.numbers {
		if int(n) == known+len(first) {
			first = append(first, i)
		}
		if n < 0 || int(n) >= known+len(first) {
			return parquet.ErrForm
		}
	}
	fresh := make([]T, len(first))
	for _, c := range g.texts {
		if len(first) == 0 {
			break
		}
		if err := d.texts(c.name); err != nil {
			return err
		}
		for k, i := range first {
			*c.at(&fresh[k]) = d.words[i]
		}
	}
	for k := range fresh {
		g.values = append(g.values, g.complete(&fresh[k]))
	}
	for i, n := range d.numbers {
		*g.of(&rows[i].Terms) = g.values[n]
	}
	return nil
}
