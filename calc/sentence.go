package calc

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Sentence is what a finding says, in no language yet: a template, which is its
// English text, and the parameters that take the places of its %s. Package
// wording has the translations of templates; exceptions.csv, the terminal and
// JSON have the English text.
type Sentence struct {
	Template   string
	Parameters []Parameter
}

// Parameter is a value in a sentence, written as the reader's language writes
// such values. It is a string, an int, a [Quoted], a [Things], a [Money], a
// decimal.Decimal that is no money, a [Date], a [Month], an [EarningPeriod], a
// [Decision], a [ClaimStatus], a [Kind], a [Cap], a [Place], a [List], a [Term],
// another Sentence or a [ForOperator].
type Parameter any

// Say makes a sentence. The template is a constant: a test finds every one in
// the sources and asks for its translations. It panics where parameters are
// missing or left over.
func Say(template string, parameters ...Parameter) Sentence {
	if n := strings.Count(strings.ReplaceAll(template, "%%", ""), "%s"); n != len(parameters) {
		panic(fmt.Sprintf("the template %q takes %d parameters, not %d", template, n, len(parameters)))
	}
	return Sentence{template, parameters}
}

// Quoted is a parameter in quotation marks.
type Quoted struct{ Of Parameter }

// Things is a number of things; One and Many are the templates of its singular
// and its plural, "%s row" and "%s rows".
type Things struct {
	N         int
	One, Many string
}

// CountOf makes a number of things. The templates are constants, as that of [Say].
func CountOf(n int, one, many string) Things { return Things{n, one, many} }

// String returns the number of things in English.
func (t Things) String() string {
	if t.N == 1 {
		return fmt.Sprintf(t.One, "1")
	}
	return fmt.Sprintf(t.Many, countText(t.N))
}

// Days makes a number of days.
func Days(n int) Things { return CountOf(n, "%s day", "%s days") }

// List is parameters side by side.
type List []Parameter

// Term is a term of a table, like a proof of execution: translated where the
// table is the program's, and as it is where it is configured.
type Term string

// ForOperator is a part of a sentence that only the operator can act on: what to
// drop, to configure or to acknowledge. Statements leave it out.
type ForOperator Sentence

// ForAccountant returns the sentence without what addresses the operator.
func (s Sentence) ForAccountant() Sentence {
	s.Parameters = slices.Clone(s.Parameters)
	for i, p := range s.Parameters {
		switch p := p.(type) {
		case ForOperator:
			s.Parameters[i] = ""
		case Sentence:
			s.Parameters[i] = p.ForAccountant()
		}
	}
	return s
}

// TermList makes a list of terms.
func TermList(terms []string) List {
	list := make(List, len(terms))
	for i, t := range terms {
		list[i] = Term(t)
	}
	return list
}

// QuotedList makes a list of texts in quotation marks, the first most of them.
func QuotedList(texts []string, most int) Parameter {
	quoted := make([]Quoted, len(texts))
	for i, t := range texts {
		quoted[i] = Quoted{t}
	}
	return FirstOf(quoted, most)
}

// FirstOf makes a list of parameters, the first most of them.
func FirstOf[T Parameter](all []T, most int) Parameter {
	var list List
	for _, p := range all[:min(most, len(all))] {
		list = append(list, p)
	}
	if more := len(all) - len(list); more > 0 {
		return Say("%s and %s more", list, more)
	}
	return list
}

// NewMoney makes an amount in a currency.
func NewMoney(amount decimal.Decimal, currency string) Money { return Money{amount, currency} }

// USD makes an amount in USD.
func USD(amount decimal.Decimal) Money { return Money{amount, "USD"} }

// Figure makes an amount whose currency is said before.
func Figure(amount decimal.Decimal) Money { return Money{Amount: amount} }

// Says returns the sentence itself: it is a [Saying].
func (s Sentence) Says() Sentence { return s }

// English returns the sentence as exceptions.csv and the terminal have it.
func (s Sentence) English() string {
	values := make([]any, len(s.Parameters))
	for i, p := range s.Parameters {
		values[i] = english(p)
	}
	return fmt.Sprintf(s.Template, values...)
}

// money returns the first amount with its currency.
func (s Sentence) money() Money {
	for _, p := range s.Parameters {
		switch p := p.(type) {
		case Money:
			if p.Currency != "" {
				return p
			}
		case Sentence:
			if m := p.money(); m.Currency != "" {
				return m
			}
		}
	}
	return Money{}
}

func english(p Parameter) string {
	switch p := p.(type) {
	case string:
		return p
	case int:
		return countText(p)
	case Quoted:
		return strconv.Quote(english(p.Of))
	case Things:
		return p.String()
	case Money:
		return strings.TrimSpace(AmountText(p.Amount) + " " + p.Currency)
	case Date:
		if p.IsZero() {
			return "unknown"
		}
		return p.Text()
	case Month:
		return p.Text()
	case decimal.Decimal:
		return strings.Replace(p.String(), "-", Minus, 1)
	case List:
		parts := make([]string, len(p))
		for i, x := range p {
			parts[i] = english(x)
		}
		return strings.Join(parts, ", ")
	case Term:
		return string(p)
	case Place:
		return p.Text()
	case Sentence:
		return p.English()
	case ForOperator:
		return Sentence(p).English()
	case EarningPeriod, Decision, ClaimStatus, Kind, Cap:
		return fmt.Sprint(p)
	}
	panic(fmt.Sprintf("%T is no parameter of a sentence", p))
}

// Minus is the sign of negative numbers in tables and sentences.
const Minus = "\u2212"

// AmountText formats an amount as tables do, 2,792.74 or −294.50, with all of its
// decimals where it is finer than cents.
func AmountText(amount decimal.Decimal) string {
	text := amount.String()
	if cents := Cents(amount); cents.Equal(amount) {
		text = cents.StringFixed(2)
	}
	whole, decimals, _ := strings.Cut(text, ".")
	return Grouped(whole, ",") + "." + decimals
}

func countText(n int) string { return Grouped(strconv.Itoa(n), ",") }

// Grouped writes a whole number with a mark between its groups of thousands.
func Grouped(number, mark string) string {
	digits := strings.TrimPrefix(number, "-")
	var b strings.Builder
	if digits != number {
		b.WriteString(Minus)
	}
	for i, r := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(mark)
		}
		b.WriteRune(r)
	}
	return b.String()
}
