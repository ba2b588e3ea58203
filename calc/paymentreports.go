package calc

import (
	"cmp"
	"slices"
	"strings"
)

// paymentBook is what all Payments reports tell.
type paymentBook struct {
	reports []*paymentReport
	told    map[statementKey]map[string]*toldPayment // by statement and payment id
}

// paymentReport is how far one Payments report reaches.
type paymentReport struct {
	source      *Source
	first, last Date
	has         map[statementKey]bool
}

// toldPayment is a payment as the newest report that has it tells it.
type toldPayment struct {
	report *paymentReport
	rows   []*Payment
}

// readPayments gathers what the reports tell. Of several reports that tell a
// payment the one that reaches furthest counts, then the greater fingerprint; a
// line that repeats within it counts once.
func (c *calculation) readPayments() *paymentBook {
	book := &paymentBook{told: map[statementKey]map[string]*toldPayment{}}
	for _, src := range c.ledger.sources {
		if len(src.Payments) == 0 && src.Kind != KindPayments {
			continue
		}
		report := &paymentReport{source: src, has: map[statementKey]bool{}}
		book.reports = append(book.reports, report)
		for i := range src.Payments {
			report.reach(&src.Payments[i])
		}
		for i := range src.Payments {
			p := &src.Payments[i]
			key := p.statementKey()
			if book.told[key] == nil {
				book.told[key] = map[string]*toldPayment{}
			}
			told := book.told[key][p.ID]
			switch {
			case told == nil || told.report != report && report.newer(told.report):
				book.told[key][p.ID] = &toldPayment{report, []*Payment{p}}
			case told.report == report && !slices.ContainsFunc(told.rows, func(o *Payment) bool { return o.identity() == p.identity() }):
				told.rows = append(told.rows, p)
			}
		}
	}
	return book
}

func (r *paymentReport) reach(p *Payment) {
	r.has[p.statementKey()] = true
	if p.Date.IsZero() {
		return
	}
	if r.first.IsZero() || p.Date.Before(r.first) {
		r.first = p.Date
	}
	if p.Date.After(r.last) {
		r.last = p.Date
	}
}

func (r *paymentReport) newer(o *paymentReport) bool {
	return cmp.Or(r.last.Compare(o.last), strings.Compare(r.source.SHA256, o.source.SHA256)) > 0
}

// covers says that a payment for these earnings would stand in the report: the
// report has payments of their participant and program, and its first payment
// is not of a later month, its last one of a later month than that in which
// Microsoft expected to pay. Where no earning says which month that is, the
// report has to reach from their own month to some days after its end.
func (r *paymentReport) covers(key statementKey, rows []*Earning, days int) bool {
	if !r.has[key] || r.first.IsZero() {
		return false
	}
	var expected, earned Month
	for _, e := range rows {
		if m, known := e.expectedMonth(); known && m.Compare(expected) > 0 {
			expected = m
		}
		if m := e.Date.Month(); m.Compare(earned) > 0 {
			earned = m
		}
	}
	if !expected.IsZero() {
		return r.first.Month().Compare(expected) <= 0 && expected.Compare(r.last.Month()) < 0
	}
	return r.first.Month().Compare(earned) <= 0 && r.last.After(earned.Last().AddDays(days))
}
