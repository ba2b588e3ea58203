package calc

import (
	"fmt"
	"maps"
	"slices"

	"github.com/shopspring/decimal"
)

// collectFindings adds what the rows themselves tell, and gives every statement
// its part of the list.
func (c *calculation) collectFindings(r *Result) {
	for i, src := range c.ledger.sources {
		for _, f := range src.Findings {
			f.Place.File = src.File
			c.report(f)
		}
		c.noticeRows(i)
	}
	for _, b := range r.Balances() {
		c.noticeBalance(b)
	}
	for _, f := range c.Notices {
		c.report(f)
	}
	r.Findings = sortFindings(c.ledger.findings)
	byStatement := map[statementKey]*Statement{}
	for _, s := range r.Statements {
		byStatement[statementKey{s.Participant, KeyOfProgram(s.Program)}] = s
	}
	for _, f := range r.Findings {
		if s := byStatement[statementKey{f.Participant, KeyOfProgram(f.Program)}]; s != nil && f.Participant != "" {
			s.Findings = append(s.Findings, f)
		}
	}
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
	seen := notices{}
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
		if !IsPlaceholder(e.PaymentStatus) && !knownStatus(e.PaymentStatus) {
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
	since := fmt.Sprintf("%d rows from here on, %s USD together,", rows, usd)
	if rows == 1 {
		since = fmt.Sprintf("this row, %s USD,", usd)
	}
	switch k.code {
	case ClaimPaymentRows:
		return Warning, since + " carry a claimId: they pay claims and are not counted as earned co-op; set rows = \"earning\" under [claims] if they are earnings"
	case CoOpTransferred:
		if first.Kind == Rebate || first.Kind == Other {
			return Info, since + " turn co-op into " + k.detail + " (Co-op Rollover): they are transfers, not earned"
		}
		return Info, since + " move co-op between periods (Co-op Rollover): they change what the fund holds, not what was earned"
	case UnknownReasonCode:
		return Warning, fmt.Sprintf("%s have the reason code %q, which is not known; they count as earnings; look them up in Partner Center", since, k.detail)
	case UnknownStatus:
		return Warning, fmt.Sprintf("%s have the payment status %q, which is not known; it ranks lowest", since, k.detail)
	case AmountsDisagree:
		return Warning, fmt.Sprintf("%s are in USD, but earningAmount and earningAmountUSD differ; each counts in its own column (first: %s and %s)", since, first.Amount.Decimal(), first.USD.Decimal())
	}
	return Info, since
}

// String gives the kind's word.
func (k Kind) String() string { return [...]string{"gross", "rebate", "co-op", "other"}[k] }

// knownStatus says that a payment status is one of Partner Center's.
func knownStatus(status string) bool {
	switch typeKey(status) {
	case "unprocessed", "upcoming", "inprogress", "processed", "sent", "reversed", "rejected", "failed", "paid", "completed", "pending":
		return true
	}
	return false
}

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
