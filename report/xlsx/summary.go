package xlsx

import (
	"io"
	"strings"

	"cspcoop/calc"
	"cspcoop/calc/lists"
	"cspcoop/report/table"
	"cspcoop/report/wording"
)

// Summary writes the workbook of the portfolio: every fund by urgency, totals by
// state, what to do by when, and all that statements have, over all partners.
// Sheets that have nothing to say are absent.
func Summary(w io.Writer, r *calc.Result, words *wording.Words, o Options) error {
	b, err := newBook(r.AsOf, words, o, words.T("Portfolio of co-op and rebate"), words.T("as of %s", words.Date(r.AsOf)))
	if err != nil {
		return err
	}
	t := table.New(words, r, nil, table.Sheet|table.Screen)
	first, states := portfolio(t, r), t.States()
	opening := []func() table.Table{ready(first)}
	if first.Rows > mostAboveChart { // so the states of its funds come first, with the chart
		states.Title, states.Lead, states.Notes = first.Title, first.Lead, append(states.Notes, first.Notes...)
		first.Lead, first.Notes = "", nil
		opening = []func() table.Table{ready(states), ready(first)}
		states = table.Table{}
	}
	return b.write(w, append(opening,
		t.Lead, func() table.Table { return t.LeadDifferences(table.Every) }, t.LeadPayments, ready(states), t.Deadlines, t.ToDo, t.Season, t.YearEnd, t.Months, t.Currencies, t.EngagementTotals, t.Engagements, t.RollForward, t.Closing, t.Comparatives, t.Journal, t.LeadHeld,
		t.Entities, t.TieOuts, t.Claims, t.Splits, t.Changes, t.Restated, t.Changed, t.Payments, t.Bank, t.Payouts, t.Unpaid, t.Unmatched,
		t.Lost, t.Published, t.UnpaidBy, t.UnpaidByPartner, t.Holds, t.Causes, t.Findings, t.Acknowledged, t.Sources,
	))
}

func portfolio(t *table.Tables, r *calc.Result) table.Table {
	sheet := t.Funds()
	sheet.Sheet, sheet.Title = t.T("Portfolio"), t.T("Portfolio as of %s", t.Date(r.AsOf))
	if list := lists.Funds(r.Balances()); len(list) > 0 {
		sheet.Lead = t.T("%s: %s", t.Partner(list[0].Statement), t.Action(list[0]).Headline)
	}
	lead(&sheet, t, r.Findings, true)
	if r.Last != nil && r.Last.Sealed {
		sheet.Notes = append(sheet.Notes, t.Sealed(r.Last))
	}
	for _, applied := range r.Rules {
		sheet.Notes = append(sheet.Notes, t.T("Rule applied: %s", t.Rule(applied)))
	}
	return sheet
}

// lead puts the findings that come before everything else above a sheet's own
// lead.
func lead(sheet *table.Table, t *table.Tables, findings []calc.Finding, owner bool) {
	var lines []string
	for _, a := range t.Leading(findings, owner) {
		lines = append(lines, strings.TrimSpace(a.Headline+" "+a.Detail))
	}
	if len(lines) > 0 {
		sheet.Notes = append(append(lines[1:], sheet.Lead), sheet.Notes...)
		sheet.Lead = lines[0]
	}
}
