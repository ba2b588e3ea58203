package store

import (
	"math/big"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// sentence is a [calc.Sentence] of an import, as JSON.
type sentence struct {
	Template   string
	Parameters []parameter `json:",omitempty"`
}

// parameter has the one field that is the parameter.
type parameter struct {
	Text     *string      `json:",omitempty"`
	Int      *int         `json:",omitempty"`
	Quoted   *parameter   `json:",omitempty"`
	Number   *number      `json:",omitempty"`
	Things   *calc.Things `json:",omitempty"`
	List     []parameter  `json:",omitempty"`
	Sentence *sentence    `json:",omitempty"`
}

// number is a decimal with its trailing zeros.
type number struct {
	Coefficient *big.Int
	Exponent    int32
}

func sentenceOf(s calc.Sentence) sentence {
	return sentence{s.Template, parametersOf(s.Parameters)}
}

func parametersOf(list []calc.Parameter) []parameter {
	var out []parameter
	for _, p := range list {
		out = append(out, parameterOf(p))
	}
	return out
}

// parameterOf returns the zero parameter for what no import says.
func parameterOf(p calc.Parameter) parameter {
	switch p := p.(type) {
	case string:
		return parameter{Text: &p}
	case int:
		return parameter{Int: &p}
	case calc.Quoted:
		of := parameterOf(p.Of)
		return parameter{Quoted: &of}
	case decimal.Decimal:
		return parameter{Number: &number{p.Coefficient(), p.Exponent()}}
	case calc.Things:
		return parameter{Things: &p}
	case calc.List:
		return parameter{List: parametersOf(p)}
	case calc.Sentence:
		s := sentenceOf(p)
		return parameter{Sentence: &s}
	}
	return parameter{}
}

func (s sentence) whole() calc.Sentence {
	return calc.Sentence{Template: s.Template, Parameters: wholeList(s.Parameters)}
}

func wholeList(list []parameter) []calc.Parameter {
	var out []calc.Parameter
	for _, p := range list {
		out = append(out, p.whole())
	}
	return out
}

func (p parameter) whole() calc.Parameter {
	switch {
	case p.Text != nil:
		return *p.Text
	case p.Int != nil:
		return *p.Int
	case p.Quoted != nil:
		return calc.Quoted{Of: p.Quoted.whole()}
	case p.Number != nil:
		return decimal.NewFromBigInt(p.Number.Coefficient, p.Number.Exponent)
	case p.Things != nil:
		return *p.Things
	case p.List != nil:
		return calc.List(wholeList(p.List))
	case p.Sentence != nil:
		return p.Sentence.whole()
	}
	return ""
}
