package calc

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// collectFindings adds what the rows themselves tell, and closes what was
// acknowledged.
func (c *calculation) collectFindings(r *Result) {
	for i, src := range c.ledger.sources {
		for _, f := range src.Findings {
			f.Place.File = src.File
			c.report(f)
		}
		c.noticeRows(i)
	}
	for _, s := range c.statements {
		for _, f := range s.findings {
			c.report(f)
		}
	}
	for _, b := range r.Balances() {
		c.noticeBalance(b)
	}
	for _, n := range c.names {
		if len(n.all) > 1 {
			c.report(n.by.finding(Info, NameChanged, fmt.Sprintf(
				"participant %s goes by %d names: %s; the newest one, %q, is used", n.by.Participant, len(n.all), quoted(slices.Sorted(maps.Keys(n.all))), n.name)))
		}
	}
	for _, f := range c.Notices {
		c.report(f)
	}
	r.Findings = c.closeAcknowledged(r, sortFindings(c.ledger.findings))
}

// notice gathers rows of one file that are alike, so that a thousand of them are
// one finding with the first one's place.
type notice struct {
	first *Earning
	rows  int
	usd   Sum
}

type notices map[noticeKey]*notice

type noticeKey struct {
	code   Code
	detail string
	statementKey
	period EarningPeriod
}

func (n notices) see(code Code, detail string, e *Earning) {
	key := noticeKey{code, detail, statementKey{e.Participant, e.ProgramKey}, PeriodOf(e.Date)}
	seen := n[key]
	if seen == nil {
		seen = &notice{first: e}
		n[key] = seen
	}
	seen.rows++
	seen.usd.Add(e.USD)
}

// noticeRows reports what stands out in the rows of a file that its figures rest
// on.
func (c *calculation) noticeRows(source int) {
	src := c.ledger.sources[source]
	seen, known := notices{}, statuses{}
	for j := range src.Earnings {
		e := &src.Earnings[j]
		fate := c.ledger.fates[source][j]
		class := e.class(c.Policy.ClaimRows)
		if fate != Counted && (fate != Skipped || class == Earned) {
			continue
		}
		switch class {
		case ClaimPayment:
			seen.see(ClaimPaymentRows, "", e)
		case Transfer:
			seen.see(CoOpTransferred, e.Kind.String(), e)
		case Earned:
		}
		if e.Reason == UnknownReason {
			seen.see(UnknownReasonCode, e.ReasonCode, e)
		}
		if known.of(e.Terms) == statusUnknown && !IsPlaceholder(e.PaymentStatus) {
			seen.see(UnknownStatus, e.PaymentStatus, e)
		}
		if e.Currency == "USD" && !e.Amount.Equal(e.USD) {
			seen.see(AmountsDisagree, "", e)
		}
	}
	for _, key := range slices.SortedFunc(maps.Keys(seen), func(a, b noticeKey) int { return int(seen[a].first.Row) - int(seen[b].first.Row) }) {
		n := seen[key]
		severity, message := key.words(n.rows, n.usd.Decimal(), n.first)
		c.report(n.first.finding(severity, key.code, message))
	}
}

func (k noticeKey) words(rows int, usd decimal.Decimal, first *Earning) (Severity, string) {
	these := fmt.Sprintf("%s, %s USD: ", count(rows, "row"), inWords(usd))
	if rows > 1 {
		these = fmt.Sprintf("%d rows from here on, %s USD together: ", rows, inWords(usd))
	}
	switch k.code {
	case ClaimPaymentRows:
		return Warning, these + "the payment of a claim (claimId), not counted as earned co-op; set rows = \"earning\" under [claims] if it is an earning"
	case CoOpTransferred:
		if first.Kind == Rebate || first.Kind == Other {
			return Info, these + "co-op turned into " + k.detail + " (Co-op Rollover); it is a transfer, not earned"
		}
		return Info, these + "co-op moved between periods (Co-op Rollover); it changes what the fund holds, not what was earned"
	case UnknownReasonCode:
		return Warning, fmt.Sprintf("%sthe reason code %q is not known, and counts as an earning; look it up in Partner Center", these, k.detail)
	case UnknownStatus:
		return Warning, fmt.Sprintf("%sthe payment status %q is not known, and ranks lowest; look it up in Partner Center", these, k.detail)
	case AmountsDisagree:
		return Warning, fmt.Sprintf("%searningAmount and earningAmountUSD differ although the currency is USD (first: %s and %s); each counts in its own column; ask Microsoft which is right",
			these, inWords(first.Amount.Decimal()), inWords(first.USD.Decimal()))
	}
	return Info, these
}

// String gives the kind's word.
func (k Kind) String() string { return [...]string{"gross", "rebate", "co-op", "other"}[k] }

func (c *calculation) noticeBalance(b *Balance) {
	switch {
	case b.Decision == Negative:
		c.report(b.finding(Warning, NegativeBalance, fmt.Sprintf(
			"co-op of the period is %s USD: nothing is paid, and it is owed until later earnings offset it", b.CoOp.StringFixed(2))))
	case b.Forfeited.Decimal.IsPositive():
		c.report(b.finding(Warning, Forfeiture, fmt.Sprintf(
			"%s %s were not claimed by %s and are forfeited", b.Forfeited.Decimal.StringFixed(2), b.FundCurrency, b.ClaimDeadline)))
	}
	if b.Provisional {
		c.report(b.finding(Info, ProvisionalPeriod, fmt.Sprintf(
			"no export shows %s complete yet; the decision may change: drop an export downloaded after %s that holds its last month", b.Period, b.Period.End())))
	}
}

func quoted(list []string) string {
	q := make([]string, len(list))
	for i, s := range list {
		q[i] = fmt.Sprintf("%q", s)
	}
	return strings.Join(q, ", ")
}
