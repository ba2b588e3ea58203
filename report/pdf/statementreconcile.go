package pdf

import (
	"strings"

	"cspcoop/calc"
	"cspcoop/calc/lists"
	"cspcoop/report/table"
)

// mostListed is how many lines a table of single earnings or payments has; what
// is behind the others is in the workbook.
const mostListed = 40

// reconciliation compares what Microsoft reported with what it should be, what
// it was before, and what was paid.
func (p *statement) reconciliation() {
	p.section(toReconciled, p.words.T("Reconciliation"), 4*bodyType.line())
	p.compared(p.words.T("Months"), p.complete())
	p.compared(p.words.T("Split"), p.splits())
	p.compared(p.words.T("Restated"), p.restated(), p.tables.Restated())
	p.compared(p.words.T("Payments"), p.payments(), p.tables.Payments())
	if banked := p.banked(); banked != "" {
		p.compared(p.words.T("Bank"), banked, p.tables.Bank())
	}
	p.compared(p.words.T("Unpaid"), p.unpaid(), p.tables.Unpaid(), p.tables.UnpaidBy(), p.tables.Holds())
	if payouts := p.tables.Payouts(); payouts.Rows > 0 {
		p.compared(p.words.T("Payouts"), p.words.T("Co-op that is paid automatically comes with the payment cycle after its period, or as a rollover."), payouts)
	}
}

// compared sets what a comparison found, in a sentence with its subject in front,
// and the tables that show it. The first table begins on the same page.
func (p *statement) compared(subject, text string, tables ...table.Table) {
	const indent = 82.0
	var list []*layout
	for _, t := range tables {
		if t.Rows > 0 {
			list = append(list, p.layOut(t, mostListed))
		}
	}
	height := 3 * bodyType.line()
	if len(list) > 0 {
		height += list[0].start(height)
	}
	p.gap(5)
	p.room(height)
	p.pairs([][2]string{{subject, text}}, indent)
	for _, l := range list {
		p.room(l.start(0))
		l.put()
		p.gap(4)
	}
}

func (p *statement) complete() string {
	gaps := lists.Gaps(p.of)
	if len(gaps) == 0 {
		return p.words.T("Every month from the first to the last has earnings.")
	}
	var list []string
	for _, g := range gaps {
		list = append(list, p.words.NoRows(g))
	}
	return strings.Join(list, " ")
}

func (p *statement) splits() string {
	w, differ := p.words, p.of.Splits.Differing
	switch n := p.of.Splits.Checked; {
	case n == 0:
		return w.T("No lever reports both rebate and co-op, so that there is no split to check.")
	case differ == 0 && n == 1:
		return w.T("Rebate and co-op are split by the rule in the one month and lever.")
	case differ == 0:
		return w.T("Rebate and co-op are split by the rule in all %s combinations of month and lever.", w.Count(n))
	default:
		return w.T("Rebate and co-op are not split by the rule, by more than rounding explains, in %s of %s.",
			w.Count(differ), w.Number(n, "%s combination of month and lever", "%s combinations of month and lever")) + " " + w.T("They are among the findings, and in the sheet Split of the workbook.")
	}
}

func (p *statement) restated() string {
	w, changes := p.words, p.of.Changes
	if len(changes.Restated)+len(changes.Vanished)+len(changes.Booked) == 0 {
		return w.T("No export changed an earning that an earlier one reported.")
	}
	var parts []string
	if n := len(changes.Restated); n > 0 {
		parts = append(parts, w.Number(n, "%s earning was restated", "%s earnings were restated"))
	}
	if n := len(changes.Vanished); n > 0 {
		parts = append(parts, w.Number(n, "%s earning is missing from newer exports and still counts", "%s earnings are missing from newer exports and still count"))
	}
	if n := len(changes.Booked); n > 0 {
		parts = append(parts, w.Number(n, "%s adjustment or transfer was booked into periods that are over", "%s adjustments and transfers were booked into periods that are over"))
	}
	return strings.Join(parts, ", ") + ". " + w.T("Each is in the sheet Changed earnings of the workbook.")
}

func (p *statement) payments() string {
	w, all, matched := p.words, 0, 0
	for _, m := range p.of.Payments {
		if m.State != calc.MatchUnchecked {
			all++
		}
		if m.State == calc.MatchAgrees {
			matched++
		}
	}
	if all == 0 {
		return w.T("There is no payment to compare with.")
	}
	text := w.T("%s compared with the earnings that have the same payment id: %s matched, %s not.",
		w.Number(all, "%s payment", "%s payments"), w.Count(matched), w.Count(all-matched))
	if matched > 0 {
		text += " " + w.T("Those that matched are in the sheet Payments of the workbook.")
	}
	return text
}

// banked says what of the payments arrived; nothing where no statement covers any.
func (p *statement) banked() string {
	w, covered, arrived, agree := p.words, 0, 0, 0
	for _, m := range p.of.Payments {
		if m.Bank.State.Covered() {
			covered++
		}
		if m.Bank.State.Arrived() {
			arrived++
		}
		if m.Bank.State.Agrees() {
			agree++
		}
	}
	if covered == 0 {
		return ""
	}
	text := w.T("%s compared with the bank statements: %s arrived, %s not.",
		w.Number(covered, "%s payment", "%s payments"), w.Count(arrived), w.Count(covered-arrived))
	if agree > 0 {
		text += " " + w.T("Those that arrived whole are in the sheet Bank of the workbook.")
	}
	return text
}

// unpaid says what is not paid yet.
func (p *statement) unpaid() string {
	w, a := p.words, p.of.Unpaid
	if a.Total.IsZero() {
		return w.T("No export shows anything unpaid.")
	}
	text := w.T("%s of rebate is not paid yet.", w.Amount(a.Rebate, "USD"))
	if !a.NotSeen.IsZero() {
		text += " " + w.T("%s of rebate is sent, and no Payments report has it.", w.Amount(a.NotSeen, "USD"))
	}
	if !a.Unbanked.IsZero() {
		text += " " + w.T("%s is sent, and is not on the bank account.", w.Amount(a.Unbanked, "USD"))
	}
	if !a.Payouts.IsZero() {
		text += " " + w.T("%s of co-op was released for payout and has not arrived.", w.Amount(a.Payouts, "USD"))
	}
	switch {
	case a.Late.IsPositive() && a.Held:
		text += " " + w.T("%s of the rebate waits until %s has accumulated.", w.Amount(a.Late, "USD"), w.Amount(p.result.Policy.MinimumPayment, "USD"))
	case a.Late.IsPositive():
		text += " " + w.T("%s of the rebate is late: check bank and tax details, then ask Microsoft.", w.Amount(a.Late, "USD"))
	}
	return text
}
