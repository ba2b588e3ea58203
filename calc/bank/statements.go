package bank

import (
	"cmp"
	"slices"
	"strings"

	"cspcoop/calc"
)

// line is a booked line that counts: the copy of it that the result keeps.
type line struct {
	*calc.BankLine
	account  string
	concerns bool // its text or its counterparty is Microsoft's
	silent   bool // it names no counterparty
	group    *group
	fate     *calc.Fate
}

// candidate reports whether the line may be a payment without naming its id.
func (l *line) candidate() bool { return l.group == nil && (l.concerns || l.silent) }

// identity is what makes entries of two statements the same one. Where the bank
// gave the entry a reference, that and the money do, because formats word the rest
// differently.
type identity struct {
	account, currency, amount, entry, text, counterparty string
	booked                                               calc.Date
}

func identityOf(s *calc.BankStatement, l *calc.BankLine) identity {
	id := identity{account: s.Account, currency: l.Currency, amount: l.Amount.String(), entry: l.Entry, booked: l.Booked}
	if l.Entry == "" {
		id.text, id.counterparty = l.Text, l.Counterparty
	}
	return id
}

// gather takes the statements of all sources. Entries that are alike count as
// often as in the one statement that has most of them, so that statements may
// overlap and a bank may book two equal transfers.
func (m *matching) gather(sources []*calc.Source) {
	kept := map[identity]int{}
	for _, src := range sources {
		var fates []calc.Fate
		for i := range src.Bank {
			fates = append(fates, slices.Repeat([]calc.Fate{calc.Skipped}, len(src.Bank[i].Lines))...)
		}
		m.out.Fates = append(m.out.Fates, fates)
		next := 0
		for i := range src.Bank {
			s := src.Bank[i] // a copy, because sources are not changed
			s.Place.File = src.File
			seen := map[identity]int{}
			for _, l := range s.Lines {
				fate := &fates[next]
				next++
				if l.Booked.After(m.AsOf) {
					continue
				}
				l.Place.File = src.File
				id := identityOf(&s, &l)
				if seen[id]++; seen[id] <= kept[id] {
					*fate = calc.Duplicate
					continue
				}
				kept[id] = seen[id]
				m.lines = append(m.lines, &line{BankLine: &l, account: s.Account, concerns: m.concerns(&l), silent: l.Counterparty == "", fate: fate})
			}
			s.Lines = nil
			if s.Last.After(m.AsOf) {
				s.Last = m.AsOf
			}
			if !s.First.After(m.AsOf) {
				m.out.Statements = append(m.out.Statements, &s)
			}
		}
	}
	slices.SortStableFunc(m.lines, func(a, b *line) int {
		return cmp.Or(a.Booked.Compare(b.Booked), strings.Compare(a.Place.File, b.Place.File), cmp.Compare(a.Place.Row, b.Place.Row))
	})
	slices.SortStableFunc(m.out.Statements, func(a, b *calc.BankStatement) int {
		return cmp.Or(strings.Compare(a.Account, b.Account), strings.Compare(a.Currency, b.Currency), a.First.Compare(b.First), a.Last.Compare(b.Last))
	})
	m.findCoverage()
}

// concerns reports whether a line names whom the configuration takes for
// Microsoft.
func (m *matching) concerns(l *calc.BankLine) bool {
	text := strings.ToLower(l.Counterparty + " " + strings.ReplaceAll(l.Text, "\n", " "))
	return slices.ContainsFunc(m.Policy.Counterparty, func(name string) bool { return strings.Contains(text, strings.ToLower(name)) })
}

// span is days without a gap that the statements of an account in a currency
// cover.
type span struct {
	account, currency string
	first, last       calc.Date
}

// findCoverage joins the statements of each account: one goes on from another when
// its days do, or when it opens with what the other closed with.
func (m *matching) findCoverage() {
	var current *calc.BankStatement
	for _, s := range m.out.Statements {
		if current == nil || current.Account != s.Account || current.Currency != s.Currency {
			m.spans = append(m.spans, span{s.Account, s.Currency, s.First, s.Last})
			current = s
			continue
		}
		cover := &m.spans[len(m.spans)-1]
		follows := current.Closing.Valid && s.Opening.Valid && current.Closing.Decimal.Equal(s.Opening.Decimal)
		switch {
		case !s.First.After(cover.last.AddDays(1)) || follows:
			cover.last = calc.Latest(cover.last, s.Last)
		default:
			if s.Opening.Valid && current.Closing.Valid {
				f := calc.NewFinding(calc.Warning, calc.BankStatementMissing, calc.Say(
					"the statement of account %s that ends on %s closes with %s, and the next one, of %s, opens with %s: a statement between them is missing; drop it",
					s.Account, current.Last, calc.NewMoney(current.Closing.Decimal, s.Currency), s.First, calc.NewMoney(s.Opening.Decimal, s.Currency)))
				m.out.Findings = append(m.out.Findings, f.At(s.Place))
			}
			m.spans = append(m.spans, span{s.Account, s.Currency, s.First, s.Last})
		}
		if !s.Last.Before(current.Last) {
			current = s
		}
	}
}

// covers reports whether an account's statements show all days on which a payment
// may be booked.
func (m *matching) covers(p *payment) bool {
	return slices.ContainsFunc(m.spans, func(s span) bool {
		return s.currency == p.PayCurrency && m.pays(s.account, p) && !s.first.After(p.Date) && !s.last.Before(p.Date.AddDays(m.Policy.Days))
	})
}

// pays reports whether a payment's participant may be paid to an account: to those
// that name it, or to any that names nobody.
func (m *matching) pays(account string, p *payment) bool {
	if named := m.accounts[p.Participant]; named != nil {
		return slices.Contains(named, account)
	}
	return len(m.Policy.Accounts[account]) == 0
}
