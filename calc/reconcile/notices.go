package reconcile

import (
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
	"cspcoop/calc/parallel"
)

// noticing is the work on what the rows themselves show.
type noticing struct {
	banked
	findings
}

// noticeAll returns what the files, their rows and the funds themselves show.
func noticeAll(b banked) findings {
	c := noticing{banked: b}
	c.reportSources()
	var list []func() findings
	for i := range c.ledger.Sources {
		list = append(list, func() findings { return b.noticeRows(i) }, func() findings { return b.checkRates(i) })
		c.noticePayments(i)
	}
	c.findings = append(c.findings, slices.Concat(parallel.Map(list, func(notice func() findings) findings { return notice() })...)...)
	for _, b := range c.funds() {
		c.noticeFund(b)
	}
	c.noticeLeadingZeros()
	for _, n := range c.names {
		if names := n.names(); len(names) > 1 {
			c.report(n.by.Finding(calc.Info, calc.NameChanged, calc.Say(
				"participant %s goes by %s names: %s; the newest one, %s, is used", n.by.Participant(), len(names), calc.QuotedList(names, 5), calc.Quoted{Of: n.name})))
		}
	}
	return c.findings
}

// reportSources reports what the import of the files found. The same unknown
// columns are one finding, however many months have them.
func (c *noticing) reportSources() {
	columns := map[string]calc.Finding{} // by message; of equal ones that of the bytewise smallest place
	files := map[string]map[string]bool{}
	for _, src := range c.ledger.Sources {
		for _, f := range src.Findings {
			place := f.Place()
			place.File = src.File
			f = f.At(place)
			if f.Code() != calc.UnknownColumns {
				c.report(f)
				continue
			}
			if files[f.Message()] == nil {
				files[f.Message()] = map[string]bool{}
			}
			files[f.Message()][src.File] = true
			first, known := columns[f.Message()]
			if !known || f.Place().File < first.Place().File || f.Place().File == first.Place().File && f.Place().Sheet < first.Place().Sheet {
				columns[f.Message()] = f
			}
		}
	}
	for message, f := range columns {
		if more := len(files[message]) - 1; more > 0 {
			f = calc.NewFinding(f.Severity(), f.Code(), calc.Say("%s (here and in %s)", f.Says(), calc.CountOf(more, "%s other file", "%s other files"))).At(f.Place())
		}
		c.report(f)
	}
}

// notice gathers rows of one file that are alike, so that a thousand of them are
// one finding with the first one's place.
type notice struct {
	first calc.Earning
	rows  int
	usd   calc.Sum
}

type notices map[noticeKey]*notice

type noticeKey struct {
	code   calc.Code
	detail string
	calc.StatementKey
	period calc.EarningPeriod
}

func (n notices) see(code calc.Code, detail string, e calc.Earning) {
	key := noticeKey{code, detail, e.StatementKey(), calc.PeriodOf(e.Date())}
	seen := n[key]
	if seen == nil {
		seen = &notice{first: e}
		n[key] = seen
	}
	seen.rows++
	seen.usd.Add(e.USD())
}

// noticeRows returns what is odd in the rows of a file that its figures rest on.
func (c *banked) noticeRows(source int) (found findings) {
	rows := c.ledger.Sources[source].Earnings
	seen := notices{}
	unknown := unknownIn(rows)
	for j, fate := range c.ledger.Fates[source] {
		e := rows.At(j)
		class := e.Class(c.Policy.ClaimRows)
		if fate != calc.Counted && (fate != calc.Skipped || class == calc.Earned || e.Date().After(c.AsOf)) {
			continue
		}
		switch class {
		case calc.ClaimPayment:
			named := "named"
			if e.ClaimID() == "" {
				named = ""
			}
			seen.see(calc.ClaimPaymentRows, named, e)
		case calc.Transfer:
			seen.see(calc.CoOpTransferred, e.Kind().String(), e)
		case calc.Earned:
		}
		if unknown.types[e.Code(calc.TypeColumn)] {
			seen.see(calc.UnknownEarningType, e.Type(), e)
		}
		if unknown.reasons[e.Code(calc.ReasonCodeColumn)] {
			seen.see(calc.UnknownReasonCode, e.ReasonCode(), e)
		}
		if unknown.statuses[e.Code(calc.PaymentStatusColumn)] && e.PaymentState() == nil {
			seen.see(calc.UnknownPaymentStatus, e.PaymentStatus(), e)
		}
		if e.Contradict() {
			seen.see(calc.StatusContradicted, e.PaymentStatus()+"\x00"+e.StatusText(), e)
		}
		if e.Currency() == "USD" && !e.Amount().Equal(e.USD()) {
			seen.see(calc.AmountsDisagree, "", e)
		}
	}
	for _, key := range slices.SortedFunc(maps.Keys(seen), func(a, b noticeKey) int { return int(seen[a].first.Row()) - int(seen[b].first.Row()) }) {
		n := seen[key]
		severity, says := key.says(n.first)
		found.report(n.first.Finding(severity, key.code, calc.Say("%s: %s", rowsFrom(n.rows, n.usd.Decimal()), says)))
	}
	return found
}

// noticePayments reports the payment statuses of a Payments report that are not
// known, and those that their description contradicts.
func (c *noticing) noticePayments(source int) {
	type notice struct {
		first *calc.Payment
		says  calc.Sentence
		code  calc.Code
		rows  int
		total decimal.Decimal
	}
	list := c.ledger.Sources[source].Payments
	found := map[[3]string]*notice{} // by status, description and currency
	var order []*notice
	for i := range list {
		p := &list[i]
		if c.fates[source][i] != calc.Counted {
			continue
		}
		key := [3]string{p.Status, p.StatusText, p.Currency}
		state, contradict := calc.DescribedState(p.Status, p.StatusText)
		n := notice{first: p, code: calc.StatusContradicted}
		switch {
		case contradict:
			n.says = contradicted(p.Status, p.StatusText)
		case state == nil && !calc.KnownStatus(p.Status):
			key[1] = ""
			n.code, n.says = calc.UnknownPaymentStatus, calc.Say(
				"the payment status %s is not known, so it is not known either whether they were paid; look them up in Partner Center", calc.Quoted{Of: p.Status})
		default:
			continue
		}
		if found[key] == nil {
			found[key] = &n
			order = append(order, &n)
		}
		found[key].rows++
		found[key].total = found[key].total.Add(p.Total.Decimal)
	}
	for _, n := range order {
		f := calc.NewFinding(calc.Warning, n.code, calc.Say(
			"%s, %s: %s", calc.CountOf(n.rows, "%s payment", "%s payments"), calc.NewMoney(n.total, n.first.Currency), n.says))
		c.report(f.About(calc.Subject{Participant: n.first.Participant, Place: n.first.Place}))
	}
}

func contradicted(status, description string) calc.Sentence {
	return calc.Say("the payment status %s and its description %s contradict each other, and the status counts; look the payment up in Partner Center",
		calc.Quoted{Of: status}, calc.Quoted{Of: description})
}

// unknownWords says, by their codes, which words of a table are not known.
type unknownWords struct{ types, reasons, statuses []bool }

func unknownIn(rows *calc.Earnings) unknownWords {
	column := func(c calc.TextColumn, known func(string) bool) (unknown []bool) {
		for _, word := range rows.Words(c) {
			unknown = append(unknown, !known(word))
		}
		return unknown
	}
	return unknownWords{column(calc.TypeColumn, calc.KnownType), column(calc.ReasonCodeColumn, calc.KnownReason), column(calc.PaymentStatusColumn, calc.KnownStatus)}
}

func rowsFrom(rows int, usd decimal.Decimal) calc.Sentence {
	if rows > 1 {
		return calc.Say("%s rows from here on, %s together", rows, calc.USD(usd))
	}
	return calc.Say("1 row, %s", calc.USD(usd))
}

func (k noticeKey) says(first calc.Earning) (calc.Severity, calc.Sentence) {
	switch k.code {
	case calc.ClaimPaymentRows:
		if first.Reason() == calc.PaysClaim && k.detail == "" {
			return calc.Warning, calc.Say("the payment of a claim (type %s), but the claimId is blank, so it cannot be matched to the register; look it up in Partner Center", calc.Quoted{Of: first.Type()})
		}
		if first.Reason() == calc.PaysClaim {
			return calc.Info, calc.Say("the payment of a claim (type %s), not counted as earned co-op", calc.Quoted{Of: first.Type()})
		}
		return calc.Warning, calc.Say("the payment of a claim (claimId), not counted as earned co-op; set rows = \"earning\" under [claims] if it is an earning")
	case calc.CoOpTransferred:
		if first.Kind() == calc.Rebate || first.Kind() == calc.Other {
			return calc.Info, calc.Say("co-op turned into %s (Co-op Rollover); it is a transfer, not earned", first.Kind())
		}
		return calc.Info, calc.Say("co-op moved between periods (Co-op Rollover); it changes what the fund holds, not what was earned")
	case calc.UnknownEarningType:
		return calc.Warning, calc.Say("the earning type %s is not known, so they are neither rebate nor co-op; if it is a misspelled Rebate or Coop, correct it in the file, otherwise look it up in Partner Center", calc.Quoted{Of: k.detail})
	case calc.UnknownReasonCode:
		if first.Reason() == calc.Adjustment {
			return calc.Warning, calc.Say("the reason code %s is not known; by their type they are adjustments; look it up in Partner Center", calc.Quoted{Of: k.detail})
		}
		return calc.Warning, calc.Say("the reason code %s is not known, and counts as an earning; look it up in Partner Center", calc.Quoted{Of: k.detail})
	case calc.UnknownPaymentStatus:
		return calc.Warning, calc.Say("the payment status %s is not known, and ranks lowest; look it up in Partner Center", calc.Quoted{Of: k.detail})
	case calc.StatusContradicted:
		return calc.Warning, contradicted(first.PaymentStatus(), first.StatusText())
	}
	return calc.Warning, calc.Say("earningAmount and earningAmountUSD differ although the currency is USD (first: %s and %s); each counts in its own column; ask Microsoft which is right", // calc.AmountsDisagree
		calc.Figure(first.Amount().Decimal()), calc.Figure(first.USD().Decimal()))
}

func (c *noticing) noticeFund(b *calc.Fund) {
	switch {
	case b.Decision == calc.Negative:
		c.report(b.Finding(calc.Warning, calc.NegativeBalance, calc.Say(
			"co-op of the period is %s: nothing is paid, and it is owed until later earnings offset it", calc.USD(b.CoOp))))
	case c.outcome.Funds[b].Forfeited.Decimal.IsPositive():
		c.report(b.Finding(calc.Warning, calc.Forfeited, calc.Say(
			"%s was not claimed by %s and is forfeited", calc.NewMoney(c.outcome.Funds[b].Forfeited.Decimal, b.FundCurrency), b.ClaimDeadline)))
	}
	if b.Provisional {
		f := b.Finding(calc.Info, calc.Provisional, calc.Say(
			"no export shows %s complete yet; the decision may change: drop an export downloaded after %s that holds its last month", b.Period, b.Period.End()))
		c.report(f.Behind(calc.USD(b.CoOp)))
	}
}
