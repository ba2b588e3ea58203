package reconcile_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// dice makes archives that look like what finance teams keep, with every oddity
// of cspcoop help rules. The same seed makes the same archive.
type dice struct {
	*rand.Rand
	year int // about which the archive lies
}

func newDice(seed uint64) dice {
	r := rand.New(rand.NewPCG(seed, 2020))
	return dice{r, 2018 + r.IntN(6)}
}

func pick[T any](d dice, list ...T) T { return list[d.IntN(len(list))] }

// oneIn is true once in n throws.
func (d dice) oneIn(n int) bool { return d.IntN(n) == 0 }

var spellings = []string{
	"CSP Indirect Reseller", "csp 2t indirect reseller", "CSP  2T Indirect\u00a0Reseller", "CSP Indirect Reseller ",
	"CSP Direct Bill Partner", "CSP 1T Direct Partner", "CSP1T DIRECT PARTNER",
	"Cloud Solution Bonus", "cloud  solution bonus", "Hosting", "OEM Reseller – ProWins", "OEM Reseller - prowins",
	"Microsoft Commerce Incentives", "Microsoft Commerce Incentives", "microsoft commerce incentives",
}

// archive throws a whole archive: overlapping exports, sheets without ids,
// registers, rules, rates and an as-of date that lies where it matters.
func (d dice) archive() archive {
	a := archive{claimRowsEarn: d.oneIn(5), published: d.oneIn(2), rules: d.rules(), rates: d.rates()}
	pool := make([]line, 4+d.IntN(40))
	for i := range pool {
		pool[i] = d.earning(i)
	}
	for range 1 + d.IntN(5) {
		a.files = append(a.files, d.export(pool))
	}
	for range d.IntN(4) {
		a.files = append(a.files, d.sheet())
	}
	for range d.IntN(3) {
		a.files = append(a.files, d.register())
	}
	for i, at := range d.Perm(len(a.files)) {
		f := &a.files[at]
		f.receipt = i + 1
		f.sha = fmt.Sprintf("%08x%08x", d.Uint32(), i)
		f.name = fmt.Sprintf("%c-%d.csv", 'a'+d.IntN(26), i)
	}
	a.asOf = d.asOf()
	return a
}

// asOf throws a date, most often on an edge of some period or window.
func (d dice) asOf() string {
	half := time.Date(d.year, time.Month(1+6*d.IntN(5)), 1, 0, 0, 0, 0, time.UTC)
	edge := half.AddDate(0, 0, pick(d, -1, 0, 14, 43, 44, 45, 46, 47, 59, 60, 61, d.IntN(46), d.IntN(46), d.IntN(180)))
	return edge.Format(time.DateOnly)
}

func (d dice) date() string {
	month := time.Date(d.year, time.Month(1+d.IntN(14)), 1, 0, 0, 0, 0, time.UTC)
	if d.oneIn(4) {
		return month.AddDate(0, 1, -1).Format(time.DateOnly)
	}
	return month.AddDate(0, 0, d.IntN(28)).Format(time.DateOnly)
}

// calculated throws a calculationDate: few days, so that ties are common.
func (d dice) calculated() string {
	date := plus(fmt.Sprintf("%d-07-01", d.year), pick(d, -150, -1, 0, 1, 30, 184, 200))
	return date + pick(d, "", "", " 00:00:00", " 10:00:00", " 10:00:01", " 23:59:59")
}

// amount throws text with up to six decimals, at times beyond 64 bits.
func (d dice) amount() string {
	switch d.IntN(24) {
	case 0:
		return pick(d, "0", "0.00", "-0.004", "0.005", "-0.005", "4000", "4000.01", "3999.995", "10000", "1E+2")
	case 1:
		return pick(d, "", "-") + "12345678901234567890.125"
	}
	scale := d.IntN(7)
	text := fmt.Sprint(d.IntN(2500))
	if d.oneIn(5) {
		text = "-" + text
	}
	if scale > 0 {
		text += fmt.Sprintf(".%0*d", scale, d.IntN(pow(scale)))
	}
	return text
}

func pow(n int) int {
	p := 1
	for range n {
		p *= 10
	}
	return p
}

// earning throws a row; every participant's funds keep mostly to one currency.
func (d dice) earning(i int) line {
	l := line{
		id: fmt.Sprintf("e%d", i), participant: fmt.Sprintf("P%d", d.IntN(3)), name: pick(d, "Contoso", "Fabrikam", "Adatum"),
		program: pick(d, spellings...), typ: pick(d, "Coop", "Co-op", "COOP", "Rebate", "REBATE", "", "Earning", "Fee", "sell"),
		lever:      pick(d, "", "Core", "core", "Azure"),
		engagement: pick(d, "", "New commerce: CSP Azure", "new commerce: csp azure", "CSP", "CSPX Rooms", "Teams Rooms"), date: d.date(), status: pick(d, "", "UPCOMING", "Processed", "Sent", "On hold"),
		amount: d.amount(),
	}
	if d.oneIn(8) && i > 0 {
		l.id = fmt.Sprintf("e%d", d.IntN(i)) // under another type, or another earning's version
	}
	l.currency = []string{"EUR", "USD", "JPY"}[(int(l.participant[1]-'0')+max(0, d.IntN(12)-8))%3]
	l.usd = l.amount
	if l.currency != "USD" || d.oneIn(20) {
		l.usd = d.amount()
	}
	if d.oneIn(10) {
		l.reason = pick(d, "Co-op Rollover", "CO-OP ROLLOVER", "Adjustment", "Mystery")
	}
	if d.oneIn(12) {
		l.claimID = "CL-7"
	}
	return l
}

// export throws a download that holds part of the pool, some of it restated,
// some of it on several lines.
func (d dice) export(pool []line) file {
	var f file
	dated, chance := !d.oneIn(4), 1+d.IntN(3)
	said := map[string]string{} // what the file already says of an earning: a second amount of equal age would be refused
	for _, l := range pool {
		if !d.oneIn(chance) {
			continue
		}
		if dated && !d.oneIn(8) {
			l.calculated = d.calculated()
		}
		l = d.restate(l)
		key := l.id + kindOf(l.typ) + l.calculated[:min(10, len(l.calculated))]
		if said[key] != "" && said[key] != fmt.Sprint(l) {
			continue
		}
		said[key] = fmt.Sprint(l)
		for range 1 + max(0, d.IntN(8)-5) {
			f.rows = append(f.rows, l)
		}
	}
	d.Shuffle(len(f.rows), func(i, j int) { f.rows[i], f.rows[j] = f.rows[j], f.rows[i] })
	f.totals = d.IntN(2)
	return f
}

// restate changes something about one earning in three.
func (d dice) restate(l line) line {
	if !d.oneIn(3) {
		return l
	}
	switch d.IntN(9) {
	case 7:
		l.reason = pick(d, "", "Co-op Rollover", "Adjustment", "AR Compliance")
	case 8:
		l.claimID = pick(d, "", "CL-7")
	case 0, 1:
		l.amount, l.usd = d.amount(), d.amount()
	case 2:
		l.status = pick(d, "unprocessed", "IN PROGRESS", "SENT", "Rejected")
	case 3:
		l.date = d.date()
	case 4:
		l.name = pick(d, "Contoso AG", "Fabrikam", "")
	case 5:
		l.program = pick(d, spellings...)
	case 6:
		l.typ = strings.ToUpper(l.typ)
	}
	return l
}

// sheet throws rows without ids, identical ones among them.
func (d dice) sheet() file {
	var f file
	dated := d.oneIn(2)
	for range 1 + d.IntN(12) {
		l := d.earning(0)
		l.id = ""
		if dated {
			l.calculated = d.calculated()
		}
		f.rows = append(f.rows, l)
		if d.oneIn(5) {
			f.rows = append(f.rows, l)
		}
	}
	return f
}

// register throws claims in every state and currency.
func (d dice) register() file {
	f := file{register: true}
	for i := range d.IntN(12) {
		usage := fmt.Sprintf("%d-07-01", d.year)
		if d.oneIn(2) {
			usage = fmt.Sprintf("%d-01-01", d.year+1)
		}
		c := claim{
			id: fmt.Sprintf("CL-%d", i), participant: fmt.Sprintf("P%d", d.IntN(4)), program: pick(d, spellings...), usage: usage,
			currency: pick(d, "EUR", "USD", "JPY", "EUR"), amount: d.amount(), activityEnd: plus(usage, d.IntN(180)),
			status: pick(d, "Editing", "Submitted", "In review", "Partner Action Required", "Approved", "PAID", "Rejected", "Disputed", "Expired"),
		}
		if d.oneIn(2) {
			c.amountUSD = d.amount()
		}
		if d.oneIn(2) {
			c.approved = d.amount()
		}
		if c.status != "Editing" && !d.oneIn(4) {
			c.submitted = plus(usage, pick(d, -1, 0, d.IntN(250), 228, 229, 230))
		}
		if c.submitted != "" && d.oneIn(2) {
			decided := plus(c.submitted, d.IntN(80))
			switch c.status {
			case "Approved":
				c.approvedOn = decided
			case "PAID":
				c.approvedOn, c.paidOn = pick(d, "", decided), plus(decided, d.IntN(60))
			case "Rejected":
				c.rejectedOn = decided
			}
		}
		f.claims = append(f.claims, c)
	}
	return f
}

func (d dice) rules() []rule {
	if d.oneIn(2) {
		return nil
	}
	list := []rule{
		{first: fmt.Sprintf("%d-07-01", d.year), share: "0.40", threshold: "10000", reaches: true, opens: []string{"02-16", "08-16"}, grace: 46},
		{first: fmt.Sprintf("%d-01-01", d.year), programs: []string{"csp 2T indirect reseller"}, share: "0.355", threshold: "1500", opens: []string{"09-01"}, grace: 30},
		{first: fmt.Sprintf("%d-01-01", d.year), programs: []string{"csp 2T indirect reseller"}, levers: []string{"CORE"}, share: "0.5", threshold: "1", grace: 0},
		{first: fmt.Sprintf("%d-%02d-01", d.year, 2+d.IntN(11)), engagements: []string{"* CSP *"}, levers: []string{"azure"}, share: "0.25", threshold: "1", grace: 0},
		{first: fmt.Sprintf("%d-09-01", d.year), programs: []string{"Hosting"}, share: "0.4", threshold: "800", grace: 45},
		{first: fmt.Sprintf("%d-09-01", d.year), engagements: []string{"teams  rooms"}, programs: []string{"Microsoft Commerce Incentives"}, share: "0.4", threshold: "1", grace: 45},
		{share: "0.4", threshold: "4000", reaches: true, grace: 45},
	}
	d.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list[:1+d.IntN(len(list))]
}

func (d dice) rates() []rate {
	var list []rate
	for _, r := range []rate{
		{"EUR", "USD", "", "1.1"}, {"EUR", "USD", fmt.Sprintf("%d-10-01", d.year), "1.2345"}, {"USD", "EUR", "", "0.9"},
		{"JPY", "EUR", fmt.Sprintf("%d-08-01", d.year), "0.0081"}, {"USD", "JPY", "", "110.25"},
	} {
		if d.oneIn(2) {
			list = append(list, r)
		}
	}
	return list
}

// unambiguous drops versions that only a tie-break between files would settle,
// so that what is left must not depend on which file holds a row. Lines of one
// earning that say the same stay.
func (a archive) unambiguous() archive {
	kept := map[string]string{}
	a.files = slices.Clone(a.files)
	for i := range a.files {
		f := &a.files[i]
		f.rows = slices.DeleteFunc(slices.Clone(f.rows), func(l line) bool {
			if l.id == "" {
				return false
			}
			key := l.id + "\x00" + kindOf(l.typ) + "\x00" + l.calculated[:min(10, len(l.calculated))]
			if kept[key] == "" {
				kept[key] = fmt.Sprint(l)
			}
			return kept[key] != fmt.Sprint(l)
		})
	}
	return a
}
