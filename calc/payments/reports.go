package payments

import (
	"cmp"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

func statementKey(p *calc.Payment) calc.StatementKey {
	return calc.NewStatementKey(p.Participant, p.Program)
}

// paymentIdentity is what makes two rows of Payments reports the same line.
type paymentIdentity struct {
	calc.StatementKey
	id, reference         string
	date                  calc.Date
	status, total, earned string
}

func identity(p *calc.Payment) paymentIdentity {
	return paymentIdentity{statementKey(p), p.ID, p.Reference, p.Date, calc.Fold(p.Status), nullText(p.Total), nullText(p.Earned)}
}

func nullText(d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return d.Decimal.String()
}

// Reports is what all Payments reports say, with what payments are checked by.
type Reports struct {
	calc.Policy
	AsOf calc.Date

	banked   bool // there are bank statements
	reports  []*paymentReport
	reported map[calc.StatementKey]map[string]*reportedPayment // by statement and payment id
}

// paymentReport is how far one Payments report reaches.
type paymentReport struct {
	source      *calc.Source
	first, last calc.Date
	has         map[calc.StatementKey]bool
}

// reportedPayment is a payment as the newest report that has it shows it.
type reportedPayment struct {
	report *paymentReport
	rows   []*calc.Payment
	lines  map[paymentIdentity]bool // of rows
}

// Read gathers what the reports say. Of several reports that have a
// payment the one that reaches furthest counts, then the greater SHA-256; a
// line that repeats within it counts once.
func Read(sources []*calc.Source, asOf calc.Date, policy calc.Policy) *Reports {
	book := &Reports{Policy: policy, AsOf: asOf, reported: map[calc.StatementKey]map[string]*reportedPayment{}}
	for _, src := range sources {
		book.banked = book.banked || src.Kind == calc.KindBank
		if len(src.Payments) == 0 && src.Kind != calc.KindPayments {
			continue
		}
		report := &paymentReport{source: src, has: map[calc.StatementKey]bool{}}
		book.reports = append(book.reports, report)
		for i := range src.Payments {
			report.reach(&src.Payments[i])
		}
		for i := range src.Payments {
			p := &src.Payments[i]
			key := statementKey(p)
			payments := book.reported[key]
			if payments == nil {
				payments = map[string]*reportedPayment{}
				book.reported[key] = payments
			}
			switch reported := payments[p.ID]; {
			case reported == nil || reported.report != report && report.newer(reported.report):
				payments[p.ID] = &reportedPayment{report, []*calc.Payment{p}, map[paymentIdentity]bool{identity(p): true}}
			case reported.report == report && !reported.lines[identity(p)]:
				reported.rows = append(reported.rows, p)
				reported.lines[identity(p)] = true
			}
		}
	}
	return book
}

func (r *paymentReport) reach(p *calc.Payment) {
	r.has[statementKey(p)] = true
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

// covers reports whether a payment for earnings would be in the report: the
// report has payments of their participant and program, and its first payment
// is not of a later month, its last one of a later month than that in which
// Microsoft expected to pay. Where no earning says which month that is, the
// report has to reach from their own month to some days after its end.
func (r *paymentReport) covers(key calc.StatementKey, expected, earned calc.Month, days int) bool {
	switch {
	case !r.has[key] || r.first.IsZero():
		return false
	case !expected.IsZero():
		return r.first.Month().Compare(expected) <= 0 && expected.Compare(r.last.Month()) < 0
	}
	return r.first.Month().Compare(earned) <= 0 && r.last.After(earned.Last().AddDays(days))
}

// lastMonths returns the latest months in which Microsoft expected to pay
// earnings and in which they were earned.
func lastMonths(rows []calc.Earning) (expected, earned calc.Month) {
	for _, e := range rows {
		if m, known := expectedMonth(e); known && m.Compare(expected) > 0 {
			expected = m
		}
		if m := e.Date().Month(); m.Compare(earned) > 0 {
			earned = m
		}
	}
	return expected, earned
}

// monthLayouts are the forms in which estimatedPaymentMonth is found.
var monthLayouts = []string{"2006-01", "2006-1", time.DateOnly, "2006-01-02T15:04:05", "2006-01-02T15:04:05Z", "January 2006", "Jan 2006", "Jan-06", "Jan-2006", "01/2006", "200601"}

// expectedMonth returns the month in which Microsoft expects to pay the earning;
// false when the export does not say.
func expectedMonth(e calc.Earning) (calc.Month, bool) {
	for _, layout := range monthLayouts {
		if t, err := time.Parse(layout, e.EstimatedMonth()); err == nil {
			return calc.NewMonth(t.Year(), t.Month()), true
		}
	}
	return calc.Month{}, false
}

// Fates returns every row of every Payments report its fate, by source: a row that
// an earlier file has too is a duplicate.
func Fates(sources []*calc.Source, asOf calc.Date) [][]calc.Fate {
	var all [][]calc.Fate
	seen := map[paymentIdentity]bool{}
	for _, src := range sources {
		fates := make([]calc.Fate, len(src.Payments))
		for j := range src.Payments {
			p := &src.Payments[j]
			key := identity(p)
			switch {
			case p.Date.After(asOf):
				fates[j] = calc.Skipped
			case seen[key]:
				fates[j] = calc.Duplicate
			}
			seen[key] = true
		}
		all = append(all, fates)
	}
	return all
}
