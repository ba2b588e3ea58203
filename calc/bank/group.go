package bank

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
	"cspcoop/calc/payments"
)

// group is payments and the lines that show them.
type group struct {
	payments  []*payment
	lines     []*line
	ambiguous bool // which line is which payment is not known
}

// add adds a payment, a line, or both.
func (g *group) add(p *payment, l *line) {
	if p != nil {
		p.group = g
		g.payments = append(g.payments, p)
	}
	if l != nil {
		l.group = g
		g.lines = append(g.lines, l)
	}
}

func (g *group) order() {
	slices.SortStableFunc(g.payments, func(a, b *payment) int { return payments.Compare(a.PaymentMatch, b.PaymentMatch) })
	slices.SortStableFunc(g.lines, func(a, b *line) int { return a.Booked.Compare(b.Booked) })
}

// net sums what the payments pay; what no report has is left out.
func (g *group) net() decimal.Decimal {
	var sum decimal.Decimal
	for _, p := range g.payments {
		if p.known {
			sum = sum.Add(p.net)
		}
	}
	return sum
}

// arrived sums the lines, and returns their currency; "" where they have several.
func (g *group) arrived() (currency string, sum decimal.Decimal) {
	for i, l := range g.lines {
		if i == 0 {
			currency = l.Currency
		}
		if l.Currency != currency {
			return "", decimal.Decimal{}
		}
		sum = sum.Add(l.Amount)
	}
	return currency, sum
}

// payCurrency is that of all payments; "" where they have several.
func (g *group) payCurrency() string {
	for _, p := range g.payments[1:] {
		if p.PayCurrency != g.payments[0].PayCurrency {
			return ""
		}
	}
	return g.payments[0].PayCurrency
}

// rest returns what is missing; ok is false where both sides have no common
// currency, an amount is not known, or money went back.
func (g *group) rest() (rest decimal.Decimal, ok bool) {
	currency, sum := g.arrived()
	for _, p := range g.payments {
		if !p.known {
			return rest, false
		}
	}
	return g.net().Sub(sum), currency != "" && currency == g.payCurrency() && !g.returned()
}

// returned reports whether money of the payments went back, and none is left.
func (g *group) returned() bool {
	sign := g.net().Sign()
	_, sum := g.arrived()
	back := slices.ContainsFunc(g.lines, func(l *line) bool { return l.Amount.Sign() == -sign })
	return sign != 0 && back && sum.Sign()*sign <= 0
}

// taxOf names the taxes of the payment that a difference consists of, "" where
// they do not explain it.
func (p *payment) taxOf(difference decimal.Decimal) string {
	return explainingTaxes(difference, p.WithheldTax, p.SalesTax, p.ServiceFeeTax)
}

// taxOf names the taxes of all payments that a difference consists of.
func (g *group) taxOf(difference decimal.Decimal) string {
	var withheld, sales, fee decimal.Decimal
	for _, p := range g.payments {
		withheld, sales, fee = withheld.Add(p.WithheldTax), sales.Add(p.SalesTax), fee.Add(p.ServiceFeeTax)
	}
	return explainingTaxes(difference, withheld, sales, fee)
}

// explainingTaxes tries every way in which taxes can be added or left out once
// more, few first.
func explainingTaxes(difference, withheld, sales, fee decimal.Decimal) string {
	if difference.IsZero() {
		return ""
	}
	taxes := []struct {
		name   string
		amount decimal.Decimal
	}{{"withheldTax", withheld}, {"salesTax", sales}, {"serviceFeeTax", fee}}
	best := ""
	var try func(i int, rest decimal.Decimal, names []string)
	try = func(i int, rest decimal.Decimal, names []string) {
		if i == len(taxes) {
			if text := strings.Join(names, " and "); rest.IsZero() && (best == "" || len(text) < len(best)) {
				best = text
			}
			return
		}
		try(i+1, rest, names)
		if tax := taxes[i]; !tax.amount.IsZero() {
			with := append(slices.Clone(names), tax.name)
			try(i+1, rest.Sub(tax.amount), with)
			try(i+1, rest.Add(tax.amount), with)
		}
	}
	try(0, difference, nil)
	return best
}

// settle says what the lines show of the payments, and gives each its part.
func (g *group) settle(rates calc.Rates) {
	g.order()
	currency, sum := g.arrived()
	state, tax := g.state(currency, sum)
	parts := g.parts(state, currency, sum)
	for i, p := range g.payments {
		r := p.Bank
		r.State, r.Tax = state, tax
		for _, l := range g.lines {
			r.Lines = append(r.Lines, l.BankLine)
		}
		for _, o := range g.payments {
			if o != p {
				r.Others = append(r.Others, o.PaymentMatch)
			}
		}
		if state == calc.BankAmbiguous {
			continue
		}
		r.Date, r.Currency, r.Amount = g.lines[len(g.lines)-1].Booked, currency, parts[i]
		switch {
		case state == calc.BankOtherCurrency || !p.known:
		case state == calc.BankReturned:
			r.Difference = p.net.Neg()
		default:
			r.Difference = r.Amount.Sub(p.net)
		}
	}
	for _, p := range g.payments {
		p.Bank.Explanation = g.explain(p, currency, sum, rates)
	}
}

func (g *group) state(currency string, sum decimal.Decimal) (state calc.BankState, tax string) {
	rest, canCompare := g.rest()
	ids := map[string]bool{}
	unknown := false
	for _, p := range g.payments {
		ids[p.ID] = true
		unknown = unknown || !p.known
	}
	tax = g.taxOf(rest.Neg())
	switch {
	case g.ambiguous:
		return calc.BankAmbiguous, ""
	case g.returned():
		return calc.BankReturned, ""
	case currency == "" || currency != g.payCurrency() && !unknown:
		return calc.BankOtherCurrency, ""
	case canCompare && !rest.IsZero() && tax != "":
		return calc.BankTaxed, tax
	case canCompare && rest.Sign() != 0 && rest.Sign() == g.net().Sign():
		return calc.BankShort, ""
	case canCompare && !rest.IsZero():
		return calc.BankOver, ""
	case len(ids) > 1:
		return calc.BankMerged, ""
	case len(g.lines) > 1:
		return calc.BankSplit, ""
	}
	return calc.BankReceived, ""
}

// parts divides what arrived among the payments: each gets what it pays, and the
// last one what differs. In another currency they share it in proportion.
func (g *group) parts(state calc.BankState, currency string, sum decimal.Decimal) []decimal.Decimal {
	list := make([]decimal.Decimal, len(g.payments))
	if state == calc.BankReturned || currency == "" {
		return list
	}
	last := len(list) - 1
	for i, p := range g.payments {
		if !p.known {
			last = i
		}
	}
	left, total := sum, g.net()
	for i, p := range g.payments {
		switch {
		case i == last || !p.known:
			continue
		case state == calc.BankOtherCurrency && !total.IsZero():
			list[i] = calc.Cents(sum.Mul(p.net).DivRound(total, 20))
		default:
			list[i] = p.net
		}
		left = left.Sub(list[i])
	}
	list[last] = left
	return list
}

// explain says in a sentence what became of a payment.
func (g *group) explain(p *payment, currency string, sum decimal.Decimal, rates calc.Rates) calc.Sentence {
	r := p.Bank
	lines, paid := g.lineTexts(), calc.NewMoney(g.net(), p.PayCurrency)
	switch r.State {
	case calc.BankAmbiguous:
		return calc.Say("%s and %s fit each other in several ways, so that none is assigned: %s; %s",
			paymentsText(len(g.payments)), calc.CountOf(len(g.lines), "%s bank line", "%s bank lines"), g.paymentIDs(), lines)
	case calc.BankReturned:
		return calc.Say("it went back: %s", lines)
	case calc.BankOtherCurrency:
		if rate, ok := rates.On(r.Date, p.PayCurrency, currency); ok && currency != "" {
			return calc.Say("%s, for %s; at the configured rate of %s it would be %s",
				lines, paid, rate, calc.NewMoney(calc.Cents(g.net().Mul(rate)), currency))
		}
		return calc.Say("%s, for %s", lines, paid)
	case calc.BankNoStatement, calc.BankUncovered, calc.BankUnsent, calc.BankReceived, calc.BankMerged, calc.BankSplit,
		calc.BankTaxed, calc.BankShort, calc.BankOver, calc.BankMissing, calc.BankUnmatched:
	}
	text := calc.Say("%s", lines)
	if len(g.payments) > 1 {
		text = calc.Say("%s, for %s (%s)", text, paymentsText(len(g.payments)), g.paymentIDs())
	}
	if len(g.lines) > 1 {
		text = calc.Say("%s, together %s", text, calc.NewMoney(sum, currency))
	}
	rest, _ := g.rest()
	switch {
	case !p.known:
		return calc.Say("%s; no Payments report has the payment", text)
	case r.State == calc.BankTaxed:
		return calc.Say("%s; the difference of %s is the %s of the Payments report", text, calc.NewMoney(rest.Neg(), currency), r.Tax)
	case r.State == calc.BankShort:
		return calc.Say("%s; %s less than the Payments report pays", text, calc.NewMoney(rest.Abs(), currency))
	case r.State == calc.BankOver:
		return calc.Say("%s; %s more than the Payments report pays", text, calc.NewMoney(rest.Abs(), currency))
	}
	return text
}

func paymentsText(n int) calc.Things { return calc.CountOf(n, "%s payment", "%s payments") }

func (g *group) paymentIDs() calc.Parameter {
	var ids calc.List
	for _, p := range g.payments {
		if !slices.Contains(ids, calc.Parameter(p.ID)) {
			ids = append(ids, p.ID)
		}
	}
	return some(ids)
}

func (g *group) lineTexts() calc.Parameter {
	var list calc.List
	for _, l := range g.lines {
		list = append(list, lineText(l.BankLine))
	}
	return some(list)
}

func lineText(l *calc.BankLine) calc.Sentence {
	return calc.Say("%s on %s (%s)", calc.NewMoney(l.Amount, l.Currency), l.Booked, l.Place)
}

// some names the first of many things.
func some(list calc.List) calc.Parameter { return calc.FirstOf(list, 6) }
