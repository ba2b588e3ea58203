package wording

import (
	"fmt"
	"strings"

	"cspcoop/calc"
	"cspcoop/calc/lists"

	"github.com/shopspring/decimal"
)

// Message words what a finding says as a sentence.
func (w *Words) Message(f calc.Finding) string {
	return w.Sentence(calc.Bounded(w.Say(f.Says())))
}

// Say words a sentence that has its parameters beside it.
func (w *Words) Say(s calc.Sentence) string {
	values := make([]any, len(s.Parameters))
	for i, p := range s.Parameters {
		values[i] = w.Parameter(p)
	}
	return w.T(s.Template, values...)
}

// Parameter words a value of a sentence.
func (w *Words) Parameter(p calc.Parameter) string {
	switch p := p.(type) {
	case string:
		return p
	case int:
		return w.Count(p)
	case decimal.Decimal:
		return w.Exact(p)
	case calc.Money:
		if p.Currency == "" {
			return w.Precise(p.Amount)
		}
		return w.Precise(p.Amount) + "\u00a0" + p.Currency
	case calc.Things:
		return w.Number(p.N, p.One, p.Many)
	case calc.Date:
		if p.IsZero() {
			return w.T("unknown")
		}
		return w.ShortDate(p)
	case calc.Month:
		return w.ShortMonth(p)
	case calc.EarningPeriod:
		return w.Period(p)
	case calc.Decision:
		return w.T("“%s”", w.State(calc.State{Decision: p}))
	case calc.ClaimStatus:
		return w.T(p.String())
	case calc.Kind:
		return w.T(p.String())
	case calc.Quoted:
		return w.T("“%s”", w.Parameter(p.Of))
	case calc.Term:
		return w.Term(string(p))
	case calc.Cap:
		return w.limit(p)
	case calc.Place:
		if p.Row == 0 {
			return p.File
		}
		return w.T("%s row %s", p.File, w.Count(p.Row))
	case calc.List:
		parts := make([]string, len(p))
		for i, x := range p {
			parts[i] = w.Parameter(x)
		}
		return strings.Join(parts, ", ")
	case calc.Sentence:
		return w.Say(p)
	case calc.ForOperator:
		return w.Say(calc.Sentence(p))
	}
	panic(fmt.Sprintf("%T is no parameter of a sentence", p))
}

// Term words a term of a table; one that is configured stays as it is.
func (w *Words) Term(term string) string { return w.T(strings.ReplaceAll(term, "%", "%%")) }

// Terms words terms side by side.
func (w *Words) Terms(terms []string, between string) string {
	parts := make([]string, len(terms))
	for i, t := range terms {
		parts[i] = w.Term(t)
	}
	return strings.Join(parts, between)
}

func (w *Words) limit(c calc.Cap) string {
	share := w.T("%s of the co-op earned", w.Percent(c.Share.Shift(2)))
	switch {
	case c.USD.IsZero():
		return share
	case c.Share.IsZero():
		return w.Amount(c.USD, "USD")
	}
	return w.T("%s or %s, whichever is greater", share, w.Amount(c.USD, "USD"))
}

// Cause words what was found for one reason: the finding itself where it is one,
// else what its code means, and the largest of them.
func (w *Words) Cause(c lists.Cause) string {
	if c.Count == 1 {
		return w.T("%s (%s)", w.Message(c.Finding), c.Code())
	}
	return w.T("%s (%s) The largest of them: %s", w.Sentence(w.Code(c.Code())), c.Code(), w.Message(c.Finding))
}
