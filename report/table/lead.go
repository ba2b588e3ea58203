package table

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"cspcoop/calc"
	"cspcoop/calc/lists"

	"github.com/shopspring/decimal"
)

type leadColumn = Column[*lists.LeadLine]

// leadLine is the column by which a sheet's rows are summed in the lead schedule.
func leadLine[T any](t *Tables, name string, of func(T) int) []Column[T] {
	if t.statement != nil {
		return nil
	}
	return []Column[T]{{Head: t.T("Line of the lead schedule"), In: Screen, Name: name, Cell: func(row T) Value { return Known(of(row)) }}}
}

func (t *Tables) leadTable(rows []*lists.LeadLine, columns ...[]leadColumn) Table {
	table := Of(t.in, rows, join(columns...)...)
	table.Dense = true
	return table
}

// leadLines lists the lines of the lead schedule that a predicate holds of: no more
// than so many, and then what the others come to.
func (t *Tables) leadLines(most int, wanted func(*lists.LeadLine) bool) []*lists.LeadLine {
	return slices.DeleteFunc(t.lead().Shown(most), func(l *lists.LeadLine) bool { return !wanted(l) })
}

// leadNumber is the column that names a line in other tables.
func (t *Tables) leadNumber() leadColumn {
	return leadColumn{Head: t.T("Line"), Key: true, Name: "Lead_Line", Cell: func(l *lists.LeadLine) Value { return Known(l.Number).In(Quiet) }}
}

// leadOwner are the columns that say what a line is.
func (t *Tables) leadOwner() []leadColumn {
	return join([]leadColumn{
		{Head: t.T("Program"), Group: true, Widest: 24, Cell: func(l *lists.LeadLine) Value {
			if l.Lines > 0 {
				return Text(t.T("Not shown here: in the sheet %s of summary.xlsx", t.T("Lead schedule")))
			}
			return Text(l.Program)
		}},
		t.leadNumber(),
	}, t.leadPeriod(), []leadColumn{t.leadCurrency()})
}

func (t *Tables) leadCurrency() leadColumn {
	return leadColumn{Head: t.T("Currency"), Cell: func(l *lists.LeadLine) Value { return Text(l.Currency) }}
}

// leadPeriod names the half-year of a line; payments by date and controls of
// several half-years have none.
func (t *Tables) leadPeriod() []leadColumn {
	columns := halves(t, func(l *lists.LeadLine) calc.EarningPeriod { return l.Period })
	half := columns[0].Cell
	columns[0].Cell = func(l *lists.LeadLine) Value {
		switch {
		case l.Lines > 0:
			return Text(t.Number(l.Lines, "%s more line", "%s more lines")).In(Quiet)
		case l.Period.IsZero():
			return Text(t.T("All periods")).In(Quiet)
		}
		return half(l)
	}
	return columns
}

// LeadFunds takes each line from the last set to this one, and to the books. What
// leaves a fund is negative, so that every line adds up. It shows no more than so
// many lines, and what the others come to.
func (t *Tables) LeadFunds(most int) Table {
	every := func(*lists.LeadLine) bool { return true }
	table := t.leadTable(t.leadLines(most, every), t.leadOwner(), t.leadFunds())
	table.Name, table.Title = "lead", t.T("Lead schedule")
	return table
}

func (t *Tables) leadFunds() []leadColumn {
	amount := func(head, name string, of func(*lists.LeadLine) decimal.Decimal) leadColumn {
		return leadColumn{Head: head, Name: "Lead_" + name, Formula: "SUMIFS(Fund_" + name + ",Fund_Line,{Lead_Line})",
			Cell: func(l *lists.LeadLine) Value { return Money(of(l)).If(l.HasFunds()) }}
	}
	columns := []leadColumn{amount(t.T("Opening"), "Opening", func(l *lists.LeadLine) decimal.Decimal { return l.Opening })}
	for _, f := range t.flows() {
		columns = append(columns, amount(f.head, f.name, func(l *lists.LeadLine) decimal.Decimal { return f.of(l.Moved) }).spared())
	}
	closing := amount(t.T("Closing"), "Closing", func(l *lists.LeadLine) decimal.Decimal { return l.Closing })
	closing.Formula = "SUM({Lead_Opening}:{Lead_Forfeited})"
	return append(columns, closing,
		leadColumn{Head: t.T("Books"), Name: "Lead_Books", Formula: t.booksFormula(), Cell: func(l *lists.LeadLine) Value { return MoneyIf(l.Booked) }},
		leadColumn{Head: t.T("Closing less books"), Formula: "{Lead_Closing}-{Lead_Books}", Cell: func(l *lists.LeadLine) Value {
			return openIf(l.Closing.Sub(l.Booked.Decimal)).If(l.Booked.Valid)
		}})
}

// LeadDifferences lists what makes the differences of the lines, and what explains
// it: no more than so many, and then what the others come to.
func (t *Tables) LeadDifferences(most int) Table {
	type difference = lists.LeadDifference
	table := Of(t.in, t.lead().ShownDifferences(most),
		Column[difference]{Head: t.T("Line"), Cell: func(d difference) Value { return Known(d.Line).In(Quiet) }},
		Column[difference]{Head: t.T("What differs"), Widest: 40, Cell: func(d difference) Value { return Text(t.differing(d)) }},
		Column[difference]{Head: t.T("Difference"), Cell: func(d difference) Value { return Money(d.Amount) }},
		Column[difference]{Head: t.T("Currency"), Cell: func(d difference) Value { return Text(d.Currency) }},
		Column[difference]{Head: t.T("Result"), Cell: func(d difference) Value {
			if d.Explained {
				return Text(t.T("Explained"))
			}
			return Text(t.T("Open")).In(Doubtful)
		}},
		Column[difference]{Head: t.T("Explanation"), Widest: 60, Cell: func(d difference) Value {
			switch {
			case d.Why.Template != "":
				return Text(t.Why(d.Why)).In(Quiet)
			case d.Payout != nil:
				return Text(t.T("%s, due by %s: %s released, %s paid, %s rolled over.", t.Payout(d.Payout.State), t.ShortDate(d.Payout.Due),
					t.Money(d.Payout.Earned.Sub(d.Payout.Claimed)), t.Money(d.Payout.Paid), t.Money(d.Payout.RolledOver))).In(Quiet)
			case d.Payment != nil:
				return Text(t.T("%s: %s by the earnings, %s by Payments reports.", t.Match(d.Payment.State), t.Money(d.Payment.Earned), t.Money(d.Payment.Paid))).In(Quiet)
			}
			return Value{}
		}},
	)
	table.Dense = true
	table.Name, table.Sheet, table.Title = "lead-differences", t.T("Lead differences"), t.T("What differs in these lines")
	return table
}

// differing says what a difference is of.
func (t *Tables) differing(d lists.LeadDifference) string {
	switch {
	case d.Rest > 0:
		return t.Number(d.Rest, "%s more difference", "%s more differences")
	case d.Claim != nil:
		return t.T("Claim %s in payments", d.Claim.ID)
	case d.Payout != nil:
		return t.T("Co-op of %s released for payout", d.Payout.Fund.Participant)
	case d.Bank:
		return t.T("Payment %s at the bank", d.Payment.ID)
	case d.Payment != nil && d.Payment.Date.IsZero():
		return t.T("Payment %s", d.Payment.ID)
	case d.Payment != nil:
		return t.T("Payment %s of %s", d.Payment.ID, t.ShortDate(d.Payment.Date))
	}
	return t.T("Closing less books")
}

// LeadControls lists controls beside ours, with what ours consists of and what
// explains a difference: no more than so many, and how many others there are.
func (t *Tables) LeadControls(most int) Table {
	type control = lists.LeadControl
	amount := func(head string, of func(*calc.TieOut) decimal.NullDecimal) Column[control] {
		return Column[control]{Head: head, Cell: func(c control) Value { return TieAmount(of)(c.TieOut) }}
	}
	shown, rest := t.lead().ShownControls(most)
	table := Of(t.in, shown,
		Column[control]{Head: t.T("Line"), Cell: func(c control) Value { return Text(lineNumbers(c.Lines)).In(Quiet) }},
		Column[control]{Head: t.T("Figure"), Widest: 30, Cell: func(c control) Value { return Text(t.controlled(c.TieOut)) }},
		Column[control]{Head: t.T("Participant"), Widest: 12, Cell: func(c control) Value { return Text(c.Location) }},
		amount(t.T("Ours"), func(x *calc.TieOut) decimal.NullDecimal { return x.Ours }),
		amount(t.T("Control"), func(x *calc.TieOut) decimal.NullDecimal { return decimal.NewNullDecimal(x.Amount) }),
		amount(t.T("Difference"), func(x *calc.TieOut) decimal.NullDecimal { return x.Difference }),
		Column[control]{Head: t.T("Currency"), Cell: func(c control) Value { return Text(c.Currency) }},
		Column[control]{Head: t.T("Result"), Cell: func(c control) Value { return t.tie(c.TieOut) }},
		Column[control]{Head: t.T("What ours is, and what explains the difference"), Widest: 60, Cell: func(c control) Value {
			parts := []string{t.Why(lists.OursOf(t.result, c.TieOut)), t.Why(c.Explanation), t.T("Read from %s.", c.Source)}
			return Text(strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " ")).In(Quiet)
		}},
	)
	table.Dense = true
	table.Name, table.Title = "lead-controls", t.T("The same lines: totals from outside the exports")
	if rest.All() > 0 {
		table.Notes = []string{t.T("Not shown here: %s in agreement, %s with an explained difference, %s with an open difference, %s in no export; tieout.csv has them.",
			t.Count(rest.Agree), t.Count(rest.Differ-rest.Open), t.Count(rest.Open), t.Count(rest.NoExport))}
	}
	return table
}

// lineNumbers lists the lines of a control.
func lineNumbers(lines []int) string {
	const most = 4
	var list []string
	for i, n := range lines {
		if i == most {
			list = append(list, "…")
			break
		}
		list = append(list, strconv.Itoa(n))
	}
	return strings.Join(list, ", ")
}

// controlled says what a control is the total of, and of which day where that is not
// the schedule's.
func (t *Tables) controlled(x *calc.TieOut) string {
	what := t.Figure(x.Figure)
	switch {
	case !x.Month.IsZero():
		what = t.T("%s in %s", what, t.Month(x.Month))
	case !x.Period.IsZero():
		what = t.T("%s in %s", what, t.Period(x.Period))
	}
	if x.AsOf == t.result.AsOf {
		return what
	}
	return t.T("%s, as of %s", what, t.ShortDate(x.AsOf))
}

// openIf marks a difference.
func openIf(difference decimal.Decimal) Value {
	if calc.Cents(difference).IsZero() {
		return Money(difference)
	}
	return Money(difference).In(Doubtful)
}

// LeadTies compares the lines with payments, the bank and controls, and says what
// else an auditor asks about them: those that [Tables.LeadFunds] shows, but for lines
// without any of this.
func (t *Tables) LeadTies(most int) Table {
	number := t.leadNumber()
	number.Cell = func(l *lists.LeadLine) Value {
		if l.Lines > 0 {
			return Text(t.T("Others")).In(Quiet)
		}
		return Count(l.Number).In(Quiet)
	}
	table := t.leadTable(t.leadLines(most, (*lists.LeadLine).IsTied), []leadColumn{number, t.leadCurrency()}, t.leadPayments(), t.leadControls())
	table.Name, table.Title = "lead-ties", t.T("The same lines: payments, bank, restatements and errors")
	return table
}

// leadPayments are the columns of payments. What is open of them [Tables.LeadDifferences]
// has on paper, line by line.
func (t *Tables) leadPayments() []leadColumn {
	sum := func(name string) string { return "ROUND(SUMIFS(" + name + ",Part_Line,{Lead_Line}),2)" }
	paid := func(head, name, formula string, of func(*lists.LeadLine) Value) leadColumn {
		return leadColumn{Head: head, Name: name, Formula: formula, Cell: func(l *lists.LeadLine) Value { return of(l).If(l.Payments > 0) }}
	}
	return []leadColumn{
		paid(t.T("Payments"), "", "COUNTIFS(Part_Line,{Lead_Line})", func(l *lists.LeadLine) Value { return Count(l.Payments) }).only(Sheet),
		paid(t.T("Rebate and other"), "", "{Lead_Paid_Earned}-{Lead_Paid_CoOp}-{Lead_Paid_Claims}", func(l *lists.LeadLine) Value { return Money(l.OthersPaid()) }).spared(),
		paid(t.T("Co-op paid out"), "Lead_Paid_CoOp", sum("Part_CoOp"), func(l *lists.LeadLine) Value { return Money(l.CoOpPaid) }).spared(),
		paid(t.T("Claims"), "Lead_Paid_Claims", sum("Part_Claims"), func(l *lists.LeadLine) Value { return Money(l.ClaimsPaid) }).spared(),
		paid(t.T("By the earnings"), "Lead_Paid_Earned", sum("Part_Earned"), func(l *lists.LeadLine) Value { return Money(l.Earned) }),
		paid(t.T("By Payments reports"), "Lead_Paid", sum("Part_Paid"), func(l *lists.LeadLine) Value { return Money(l.Paid) }),
		paid(t.T("Reports less earnings"), "Lead_Reported", "{Lead_Paid}-{Lead_Paid_Earned}", func(l *lists.LeadLine) Value { return Money(l.Paid.Sub(l.Earned)) }),
		paid(t.T("By tax and rounding"), "Lead_Settled", sum("Part_Settled"), func(l *lists.LeadLine) Value { return Money(l.Settled) }).only(Sheet),
		paid(t.T("Payments open"), "", "{Lead_Reported}-{Lead_Settled}", func(l *lists.LeadLine) Value { return openIf(l.Paid.Sub(l.Earned).Sub(l.Settled)) }).only(Sheet),
		paid(t.T("Tax"), "Lead_Tax", sum("Part_Tax"), func(l *lists.LeadLine) Value { return Money(l.Tax) }).spared(),
		paid(t.T("After tax"), "Lead_Net", "{Lead_Paid}+{Lead_Tax}", func(l *lists.LeadLine) Value { return Money(l.Net()) }),
		{Head: t.T("Bank"), Name: "Lead_Bank", Needed: true, Formula: sum("Part_Bank"), Cell: func(l *lists.LeadLine) Value { return MoneyIf(l.Banked) }},
		{Head: t.T("Not on bank statements"), Name: "Lead_Outside", Spare: true, Formula: sum("Part_Outside"), Cell: func(l *lists.LeadLine) Value { return Money(l.Outside).If(l.Banked.Valid) }},
		{Head: t.T("Bank less after tax"), Formula: "{Lead_Bank}+{Lead_Outside}-{Lead_Net}", Cell: func(l *lists.LeadLine) Value { return openIf(l.Unbanked()).If(l.Banked.Valid) }},
	}
}

// leadControls are the columns of controls, restatements and errors. On paper
// [Tables.LeadControls] and [Tables.LeadDifferences] have the first of them line by line.
func (t *Tables) leadControls() []leadColumn {
	control := func(head, name, formula string, of func(*lists.LeadLine) Value) leadColumn {
		return leadColumn{Head: head, In: Sheet, Name: name, Formula: formula, Cell: func(l *lists.LeadLine) Value { return of(l).If(l.Controls.All() > 0) }}
	}
	return []leadColumn{
		control(t.T("Ours less controls"), "Lead_Difference", "SUMIFS(Control_Difference,Control_Line,{Lead_Line})", func(l *lists.LeadLine) Value { return Money(l.Difference) }),
		control(t.T("Explained"), "Lead_Explained", "SUMIFS(Control_Explained,Control_Line,{Lead_Line})", func(l *lists.LeadLine) Value { return Money(l.Explained) }),
		control(t.T("Controls open"), "", "{Lead_Difference}-{Lead_Explained}", func(l *lists.LeadLine) Value { return openIf(l.Difference.Sub(l.Explained)) }),
		{Head: t.T("Restated earnings"), In: Sheet, Formula: "SUMIFS(Restated_Earnings,Restated_Line,{Lead_Line})", Cell: func(l *lists.LeadLine) Value { return Known(l.Restated) }},
		{Head: t.T("Restated (USD)"), Formula: "SUMIFS(Restated_USD,Restated_Line,{Lead_Line})", Cell: func(l *lists.LeadLine) Value { return Money(l.RestatedUSD).If(l.Restated > 0) }},
		control(t.T("Controls"), "", "COUNTIFS(Control_Line,{Lead_Line})", func(l *lists.LeadLine) Value { return Count(l.Controls.All()) }),
		control(t.T("In agreement"), "", "COUNTIFS(Control_Line,{Lead_Line},Control_Difference,0)", func(l *lists.LeadLine) Value { return Count(l.Controls.Agree) }),
		{Head: t.T("Open errors"), Formula: "COUNTIFS(Error_Line,{Lead_Line})", Cell: func(l *lists.LeadLine) Value { return Known(l.Errors).alarmIf(true) }},
		{Head: t.T("Acknowledged errors"), Formula: "COUNTIFS(Acknowledged_Line,{Lead_Line})", Cell: func(l *lists.LeadLine) Value { return Known(l.Acknowledged) }},
		{Head: t.T("Rule"), In: Sheet, Widest: 40, Cell: func(l *lists.LeadLine) Value { return Text(strings.Join(l.Rules, ", ")) }},
	}
}

// Lead is the lead schedule on one sheet, with formulas over the sheets that its
// amounts are from.
func (t *Tables) Lead() Table {
	table := t.leadTable(t.leadLines(Every, func(*lists.LeadLine) bool { return true }), t.leadOwner(), t.leadFunds(), t.leadPayments(), t.leadControls())
	table.Name, table.Sheet, table.Title = "lead", t.T("Lead schedule"), t.T("Lead schedule")
	notes := t.LeadNotes()
	last := len(notes) - 1 // how many errors are open
	table.Lead, table.Notes = notes[last], notes[:last]
	return table
}

// LeadNotes say what the lead schedule is built on, and what its columns are.
func (t *Tables) LeadNotes() []string {
	r, s := t.result, t.lead()
	last := t.T("The opening is zero: there is no earlier set.")
	if r.Last != nil {
		last = t.T("The opening is the closing of the set as of %s, whose run.json has the SHA-256 %s.", t.Words.Date(r.Last.AsOf), r.Last.SHA256)
		if sealed := t.Sealed(r.Last); sealed != "" {
			last += " " + sealed
		} else {
			last += " " + t.T("That set is not sealed.")
		}
	}
	books := t.T("Books: no journal is configured.")
	if r.Journal != nil {
		books = t.T("Books: what the accounts of the funds hold once journal.csv is posted.")
	}
	bank := t.T("Bank: no bank statement is archived.")
	if s.Banked {
		bank = t.T("Bank: what arrived, after tax, by the bank statements. Not on them: payments of days or currencies that they do not cover.")
	}
	controls := t.T("Controls: there is no controls.csv.")
	if len(r.TieOuts) > 0 {
		controls = t.T("Controls: totals that were read outside the exports, each beside ours of the same day and of the same participants, which may be fewer than those of the line; tieout.csv has them.")
	}
	notes := []string{last}
	for _, f := range r.Findings {
		if f.Code() == calc.FundCurrencyChanged {
			notes = append(notes, t.T("%s: %s", t.T("%s, %s", t.PartnerOf(f.Participant()), t.Period(f.Period())), t.Why(f.Says())))
		}
	}
	notes = append(notes,
		t.T("Rules: %s.", t.ruleSets()),
		t.T("Closing is opening and movements together; what leaves a fund is negative. Each amount is the sum of its lines in rollforward.csv."),
		books,
		t.T("Payments, since the first export: earnings that name a payment, and the Payments reports, both before tax; what pays a claim is in the line of the half-year whose co-op is claimed. Payments that failed are left out; one for several periods is in the line of each."),
		bank, controls)
	sheets := []string{t.T("Roll-forward"), t.T("Journal"), t.T("Books before"), t.T("Lead payments"), t.T("Controls"), t.T("Restated"), t.T("Findings"), t.T("Acknowledged")}
	notes = append(notes, t.T("In summary.xlsx each amount is a formula over the sheet that has its rows: %s.", strings.Join(sheets, ", ")))
	return append(notes, t.T("In the whole portfolio, %s and %s.",
		t.Number(s.Errors, "%s error is open", "%s errors are open"), t.Number(s.Acknowledged, "%s is acknowledged", "%s are acknowledged")))
}

// ruleSets names the rule sets whose rules decided, and configured rules.
func (t *Tables) ruleSets() string {
	var names []string
	for _, r := range t.result.Rules {
		if name := cmp.Or(r.Set, t.T("configured rules")); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}
