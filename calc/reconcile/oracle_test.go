package reconcile_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// The oracle calculates an archive again from the text of cspcoop help rules and the
// contract: slowly, on strings, decimals and maps, sharing nothing with the
// package under test.

// calculation is what the oracle makes of an archive, as sorted lines of text.
type oracleAccount struct {
	balances []string
	months   []string
	claims   []string
	accounts []string // per file: rows counted and skipped
	total    decimal.Decimal
}

// entry is a row with the file that holds it.
type entry struct {
	line
	file *file
}

// fund names a participant's program and earning period, the latter by its
// first month.
type fund struct{ participant, program, period string }

// fundMonth is a month of a fund in one currency.
type fundMonth struct {
	fund
	month, currency string
}

// amounts are sums by kind; "coop", "rebate", "other".
type amounts struct{ plain, usd map[string]decimal.Decimal }

func newAmounts() *amounts {
	return &amounts{map[string]decimal.Decimal{}, map[string]decimal.Decimal{}}
}

func (m *amounts) add(kind string, plain, usd decimal.Decimal) {
	m.plain[kind] = m.plain[kind].Add(plain)
	m.usd[kind] = m.usd[kind].Add(usd)
}

func expected(a archive) oracleAccount {
	all, counting := a.entries()
	var out oracleAccount
	counted, skipped := map[*file]int{}, map[*file]int{}
	earned := map[fundMonth][]*entry{}
	moved := map[fund][]*entry{}
	names := map[string][]*entry{}
	for _, e := range all {
		if !counting[e] {
			continue
		}
		kind, key := kindOf(e.typ), e.fund()
		rollover := squeeze(e.reason) == "cooprollover"
		switch {
		case e.date > a.asOf, rollover && kind != "coop" && kind != "gross",
			!rollover && kind == "coop" && e.claimID != "" && !a.claimRowsEarn:
			skipped[e.file]++
			continue
		case rollover:
			moved[key] = append(moved[key], e)
		default:
			at := fundMonth{key, e.date[:7], e.currency}
			earned[at] = append(earned[at], e)
		}
		counted[e.file]++
		names[e.participant] = append(names[e.participant], e)
		out.total = out.total.Add(money(e.usd))
	}

	months := map[fundMonth]*amounts{}
	byFund := map[fund]bool{}
	for at, rows := range earned {
		months[at] = a.split(at, rows)
		byFund[at.fund] = true
		out.months = append(out.months, monthText(at, months[at]))
	}
	for key := range moved {
		byFund[key] = true
	}
	claims := a.claimsByFund(counted, skipped)
	for key := range byFund {
		out.balances = append(out.balances, a.balance(key, earned, months, moved[key], claims[key], nameOf(names[key.participant]), &out.claims, all))
		delete(claims, key)
	}
	for key, lost := range claims {
		for _, c := range lost {
			a.claim(c, key, "", &out.claims)
		}
	}
	for i := range a.files {
		f := &a.files[i]
		out.accounts = append(out.accounts, fmt.Sprint(f.sha, " counted ", counted[f], " skipped ", skipped[f]+f.totals))
	}
	for _, lines := range [][]string{out.balances, out.months, out.claims, out.accounts} {
		slices.Sort(lines)
	}
	return out
}

// balance words one row of balances.csv.
func (a archive) balance(key fund, earned map[fundMonth][]*entry, months map[fundMonth]*amounts, moved []*entry, claims []claim, name string, settled *[]string, all []*entry) string {
	usd, plain := map[string]decimal.Decimal{}, decimal.Decimal{}
	currencies := map[string]bool{}
	for at, m := range months {
		if at.fund != key {
			continue
		}
		for kind, v := range m.usd {
			usd[kind] = usd[kind].Add(v)
		}
		plain = plain.Add(m.plain["coop"])
		for _, e := range earned[at] {
			k := kindOf(e.typ)
			if k == "coop" || k == "gross" && !money(a.ruleFor(at.program, e.engagement, e.lever, at.month, false).share).IsZero() {
				currencies[e.currency] = true
			}
		}
	}
	currency, held := "USD", usd["coop"]
	if len(currencies) == 1 {
		for only := range currencies {
			currency, held = only, plain
		}
	}
	for _, e := range moved {
		held = held.Add(a.intoFund(e, currency, len(currencies) == 1))
	}
	held = cent(held)

	r := a.ruleFor(key.program, "", "", lastDay(key.period, 6)[:7], true)
	start, end := firstDay(key.period), lastDay(key.period, 6)
	usageEnd := lastDay(key.period, 12)
	deadline := plus(usageEnd, r.grace)
	opens := a.opening(r, plus(end, 1))
	coopUSD := cent(usd["coop"])
	claimable := coopUSD.GreaterThan(money(r.threshold)) || r.reaches && coopUSD.Equal(money(r.threshold))
	decision, window, left := "auto-payout", "", ""
	switch {
	case a.asOf <= end:
		decision = "accruing"
	case coopUSD.LessThan(decimal.Zero):
		decision = "negative"
	case claimable && a.asOf < opens:
		decision, window = "claim-required", "upcoming"
	case claimable && a.asOf <= deadline:
		decision, window, left = "claim-required", "open", fmt.Sprint(between(a.asOf, deadline))
	case claimable:
		decision, window = "claim-required", "closed"
	}

	taken, planned := decimal.Zero, decimal.Zero
	for _, c := range claims {
		took, plans := a.claim(c, key, currency, settled)
		taken, planned = taken.Add(took), planned.Add(plans)
	}
	var claimed, plan, remaining, forfeited string
	if decision == "claim-required" || len(claims) > 0 {
		claimed, plan = taken.StringFixed(2), planned.StringFixed(2)
	}
	switch window {
	case "open", "upcoming":
		remaining, forfeited = held.Sub(taken).StringFixed(2), "0.00"
	case "closed":
		remaining, forfeited = "0.00", decimal.Max(decimal.Zero, held.Sub(taken)).StringFixed(2)
	}
	return strings.Join([]string{
		key.participant, name, key.program, labelOf(key.period), start, end, plus(end, 1), usageEnd, deadline, plus(deadline, 1),
		cent(usd["rebate"]).StringFixed(2), coopUSD.StringFixed(2), cent(usd["other"]).StringFixed(2), money(r.threshold).StringFixed(2),
		decision, window, left, currency, held.StringFixed(2), claimed, plan, remaining, forfeited, a.provisional(key, end, all), opens,
	}, "|")
}

// split adds a month's rows up; gross ones are split on their exact sum, for
// each rule.
func (a archive) split(at fundMonth, rows []*entry) *amounts {
	m := newAmounts()
	type whole struct{ plain, usd decimal.Decimal }
	gross := map[string]whole{} // by rule
	shares := map[string]string{}
	for _, e := range rows {
		plain, usd := money(e.amount), money(e.usd)
		switch kind := kindOf(e.typ); kind {
		case "gross":
			r := a.ruleFor(at.program, e.engagement, e.lever, at.month, false)
			w := gross[fmt.Sprint(r)]
			gross[fmt.Sprint(r)] = whole{w.plain.Add(plain), w.usd.Add(usd)}
			shares[fmt.Sprint(r)] = r.share
		case "coop", "rebate":
			m.add(kind, plain, usd)
		default:
			m.add("other", plain, usd)
		}
	}
	for r, w := range gross {
		share := money(shares[r])
		plain, usd := cent(w.plain.Mul(share)), cent(w.usd.Mul(share))
		m.add("coop", plain, usd)
		m.add("rebate", w.plain.Sub(plain), w.usd.Sub(usd))
	}
	return m
}

// intoFund returns what a rollover row adds to a fund.
func (a archive) intoFund(e *entry, currency string, single bool) decimal.Decimal {
	switch {
	case !single, currency == "USD" && e.currency != "USD":
		return money(e.usd)
	case e.currency == currency:
		return money(e.amount)
	}
	rate, found := a.rate(lastDay(e.date[:7], 1), e.currency, currency)
	if !found {
		return decimal.Zero
	}
	return money(e.amount).Mul(rate)
}

// provisional says whether the period is over for no more than 60 days and no
// file shows it complete.
func (a archive) provisional(key fund, end string, all []*entry) string {
	if a.asOf <= end || a.asOf > plus(end, 60) {
		return "no"
	}
	for _, e := range all {
		if e.participant != key.participant || programOf(e.program) != key.program || e.date[:7] < end[:7] {
			continue
		}
		if newest := e.file.newest(func(l line) string { return l.calculated }); newest == "" || newest[:10] > end {
			return "no"
		}
	}
	return "yes"
}

// entries returns all rows, and which of them are the version that counts.
func (a archive) entries() (all []*entry, counting map[*entry]bool) {
	versions, cells := map[string][]*entry{}, map[string]map[*file]bool{}
	identified := map[string]bool{}
	for i := range a.files {
		f := &a.files[i]
		for _, l := range f.rows {
			e := &entry{l, f}
			all = append(all, e)
			if l.id != "" {
				kind := kindOf(l.typ)
				versions[l.id+"\x00"+kind] = append(versions[l.id+"\x00"+kind], e)
				continue
			}
			if cells[e.cell()] == nil {
				cells[e.cell()] = map[*file]bool{}
			}
			cells[e.cell()][f] = true
		}
	}
	counting = map[*entry]bool{}
	for _, v := range versions {
		best := latest(v, func(e *entry) string { return e.calculated })
		best = greatest(best, func(e *entry) string { return e.file.newest(func(l line) string { return l.date }) })
		best = greatest(best, func(e *entry) int { return advance(e.status) })
		best = greatest(best, func(e *entry) string { return e.file.sha })
		counting[best[0]] = true
		identified[best[0].cell()] = true
	}
	chosen := map[string]*file{}
	for cell, files := range cells {
		var list []*file
		for f := range files {
			list = append(list, f)
		}
		list = latest(list, func(f *file) string { return f.newest(func(l line) string { return l.calculated }) })
		list = greatest(list, func(f *file) string { return f.newest(func(l line) string { return l.date }) })
		list = greatest(list, func(f *file) int { return f.receipt })
		chosen[cell] = greatest(list, func(f *file) string { return f.sha })[0]
	}
	for _, e := range all {
		if e.id == "" && chosen[e.cell()] == e.file && !identified[e.cell()] {
			counting[e] = true
		}
	}
	return all, counting
}

func (e *entry) fund() fund {
	return fund{e.participant, programOf(e.program), halfOf(e.date)}
}

func (e *entry) cell() string {
	return strings.Join([]string{e.participant, programOf(e.program), e.date[:7]}, "\x00")
}

// newest returns the greatest text of a column; an ISO day with a time of day is
// greater than the bare day.
func (f *file) newest(column func(line) string) string {
	var best string
	for _, l := range f.rows {
		best = max(best, column(l))
	}
	return best
}

// latest drops what another one is later than: by day, and by time of day where
// both have one.
func latest[T any](list []T, at func(T) string) []T {
	list = greatest(list, func(x T) string { return at(x)[:min(10, len(at(x)))] })
	return slices.DeleteFunc(slices.Clone(list), func(x T) bool {
		return slices.ContainsFunc(list, func(y T) bool { return len(at(x)) > 10 && at(y) > at(x) })
	})
}

// greatest keeps all that nothing is greater than.
func greatest[T any, K cmp.Ordered](list []T, key func(T) K) []T {
	top := key(list[0])
	for _, x := range list {
		top = max(top, key(x))
	}
	return slices.DeleteFunc(slices.Clone(list), func(x T) bool { return key(x) < top })
}

// nameOf returns the name of the row with the latest date, then the smallest.
func nameOf(rows []*entry) string {
	rows = slices.DeleteFunc(slices.Clone(rows), func(e *entry) bool { return e.name == "" })
	if len(rows) == 0 {
		return ""
	}
	rows = greatest(rows, func(e *entry) string { return e.date })
	name := rows[0].name
	for _, e := range rows {
		name = min(name, e.name)
	}
	return name
}

// cent rounds to two decimals, half away from zero.
func cent(d decimal.Decimal) decimal.Decimal {
	up := d.Abs().Mul(decimal.NewFromInt(100)).Add(money("0.5")).Floor().Shift(-2)
	if d.IsNegative() {
		return up.Neg()
	}
	return up
}

func monthText(at fundMonth, m *amounts) string {
	text := []string{at.participant, at.program, at.month, at.currency}
	for _, sums := range []map[string]decimal.Decimal{m.plain, m.usd} {
		for _, kind := range []string{"rebate", "coop", "other"} {
			text = append(text, cent(sums[kind]).StringFixed(2))
		}
	}
	return strings.Join(text, "|")
}
