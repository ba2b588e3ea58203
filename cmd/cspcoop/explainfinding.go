package main

import (
	"fmt"
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/calc/lists"
)

// explainedFinding is a finding as JSON, with what it was found by.
type explainedFinding struct {
	Severity    string             `json:"severity"`
	Code        string             `json:"code"`
	Meaning     string             `json:"meaning"`
	Advice      string             `json:"advice,omitempty"`
	Participant string             `json:"participant_id,omitempty"`
	Program     string             `json:"program,omitempty"`
	Period      string             `json:"earning_period,omitempty"`
	Place       string             `json:"place,omitempty"`
	Message     string             `json:"message"`
	Payments    []explainedPayment `json:"payments,omitempty"`
	Lines       []bankLine         `json:"bank_lines,omitempty"`
	Statements  []bankStatement    `json:"bank_statements,omitempty"`
}

type bankStatement struct {
	Account  string `json:"account"`
	Currency string `json:"currency"`
	First    string `json:"first"`
	Last     string `json:"last"`
	Opening  string `json:"opening,omitempty"`
	Closing  string `json:"closing,omitempty"`
	Place    string `json:"place"`
}

// explainFindings shows the findings of a code with the payments, bank lines,
// statements and controls that they are about.
func (a *app) explainFindings(w *workspace, archive *archived, r *calc.Result, code string) error {
	note, ok := calc.NoteOf(calc.Code(strings.ToUpper(code)))
	if !ok {
		return usage("--finding %q is no code of a finding; \"cspcoop help findings\" lists them", code)
	}
	list := []explainedFinding{}
	for _, f := range r.Findings {
		if f.Code() == note.Code {
			list = append(list, explainFinding(r, f, note))
		}
	}
	switch {
	case a.asJSON:
		return a.printJSON(list)
	case len(list) == 0:
		return usage("nothing has the code %s; exceptions.csv lists the findings", note.Code)
	}
	paragraph(a.stdout, styleOf(a.stdout).bold, 0, 2, string(note.Code)+": "+unquoted(note.Meaning))
	if note.Advice != "" {
		paragraph(a.stdout, nil, 2, 4, unquoted(note.Advice))
	}
	for _, x := range list {
		fmt.Fprintln(a.stdout)
		a.sayFinding(x)
	}
	for i := range r.TieOuts {
		if t := &r.TieOuts[i]; slices.ContainsFunc(r.Findings, func(f calc.Finding) bool { return f.Code() == note.Code && f.Place() == t.Place }) {
			fmt.Fprintln(a.stdout)
			if err := a.explainControl(w, archive, r, t.Place.Row); err != nil {
				return err
			}
		}
	}
	return nil
}

func explainFinding(r *calc.Result, f calc.Finding, note calc.CodeNote) explainedFinding {
	x := explainedFinding{
		Severity: f.Severity().String(), Code: string(note.Code), Meaning: unquoted(note.Meaning), Advice: unquoted(note.Advice),
		Participant: f.Participant(), Program: f.Program(), Period: f.Period().String(), Place: f.Place().Text(), Message: f.Message(),
	}
	for _, p := range lists.PaidOf(r.Statements, r.StrayPayments, nil) {
		m := p.Match
		elsewhere := note.Code == calc.BankAccountUnknown && m.Reported() && m.Bank.State == calc.BankUncovered && m.Participant == f.Participant()
		if elsewhere || f.Place().File != "" && m.Place == f.Place() {
			x.Payments = append(x.Payments, explainPayment(p))
		}
	}
	for _, l := range r.BankLines {
		if l.Place == f.Place() {
			x.Lines = append(x.Lines, lineOf(l))
		}
	}
	if note.Code != calc.BankStatementMissing {
		return x
	}
	at := slices.IndexFunc(r.BankStatements, func(s *calc.BankStatement) bool { return s.Place == f.Place() })
	for _, s := range r.BankStatements {
		if at >= 0 && s.Account == r.BankStatements[at].Account && s.Currency == r.BankStatements[at].Currency {
			x.Statements = append(x.Statements, bankStatement{s.Account, s.Currency, s.First.String(), s.Last.String(), nullString(s.Opening), nullString(s.Closing), s.Place.Text()})
		}
	}
	return x
}

func (a *app) sayFinding(x explainedFinding) {
	paragraph(a.stdout, nil, 0, 2, x.Severity+": "+x.Message)
	if about := slices.DeleteFunc([]string{x.Participant, x.Program, x.Period, x.Place}, func(s string) bool { return s == "" }); len(about) > 0 {
		paragraph(a.stdout, nil, 2, 4, strings.Join(about, ", "))
	}
	for _, p := range x.Payments {
		a.sayPayment(p)
	}
	for _, l := range x.Lines {
		paragraph(a.stdout, nil, 2, 4, l.String())
	}
	for _, s := range x.Statements {
		paragraph(a.stdout, nil, 2, 4, fmt.Sprintf("%s to %s: opens with %s and closes with %s %s, %s", dateText(s.First), dateText(s.Last), shown(s.Opening), shown(s.Closing), s.Currency, s.Place))
	}
}

// unquoted takes the marks of code out of a text of the table of findings.
func unquoted(text string) string { return strings.ReplaceAll(text, "`", "") }
