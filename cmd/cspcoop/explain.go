package main

import (
	"fmt"
	"strings"

	"cspcoop/calc"
	"cspcoop/calc/reconcile"
	"cspcoop/importer"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// explainFlags name a figure.
type explainFlags struct {
	participant, program, period, month, currency, engagement, figure string
	payment, finding                                                  string
	sample, control                                                   int
}

func (a *app) explainCommand() *cobra.Command {
	var f explainFlags
	cmd := &cobra.Command{
		Use:   "explain [PARTICIPANT [PROGRAM [PERIOD]]]",
		Short: "Show how one figure came about, down to file and row",
		Long: `explain breaks a figure of balances.csv, monthly.csv or rollforward.csv down: its
arithmetic, its rule, and the rows behind it with their places in the archived
originals, their replaced versions and duplicates. The parts sum to the figure.
--engagement limits it to what one engagement earned. Of a control it shows our
figure as of the control's day, and what explains a difference.`,
		Example: `  # The co-op that decided a fund
  cspcoop explain 4400123 "CSP Direct Bill Partner" FY21H2 --workspace books

  # A figure of monthly.csv
  cspcoop explain 4400123 --month 2021-03 --figure rebate_usd --workspace books

  # A payment: its earnings, its taxes, and what the bank shows of it
  cspcoop explain --workspace books --payment 5017004265

  # Findings of one code: the payments, bank lines or controls behind each
  cspcoop explain --workspace books --finding BANK_PAYMENT_MISSING

  # The control in row 2 of controls.csv: what explains that it differs
  cspcoop explain --workspace books --control 2 --as-of 2022-01-31

  # Rows for an auditor, the same each time
  cspcoop explain --workspace books --sample 25`,
		Args: takes(0, 3),
		RunE: func(cmd *cobra.Command, args []string) error {
			for i, flag := range []*string{&f.participant, &f.program, &f.period} {
				if i < len(args) {
					*flag = args[i]
				}
			}
			if err := f.check(cmd.Flags()); err != nil {
				return err
			}
			w, archive, r, err := a.result(cmd.Context())
			if err != nil {
				return err
			}
			switch {
			case cmd.Flags().Changed("control"):
				return a.explainControl(w, archive, r, f.control)
			case f.finding != "":
				return a.explainFindings(w, archive, r, f.finding)
			case f.sample > 0:
				return a.explainSample(r, f.sample, f.participant)
			case f.payment != "":
				return a.explainPayments(r, f.payment)
			}
			q, err := f.query(r)
			if err != nil {
				return err
			}
			x, err := reconcile.Explain(r, q)
			if err != nil {
				return usageError{err}
			}
			return a.answer(explainedOf(x), func() { a.printExplanation(x) })
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.participant, "participant", "", "participant `ID`, or its name or a part of it")
	flags.StringVar(&f.program, "program", "", "program `NAME`, in any spelling")
	flags.StringVar(&f.period, "period", "", "earning `PERIOD`, FY21H2 or \"Jan-Jun 2021\" (default: the one that the statement opens with)")
	flags.StringVar(&f.month, "month", "", "`MONTH`, 2021-03, for a figure of monthly.csv")
	flags.StringVar(&f.currency, "currency", "", "`CURRENCY` of a month with several")
	flags.StringVar(&f.engagement, "engagement", "", "only what an engagement earned: its `NAME` or a part of it")
	flags.StringVar(&f.figure, "figure", "coop_usd", "`COLUMN` to explain: "+strings.Join(reconcile.Figures(), ", "))
	flags.StringVar(&f.figure, "type", "coop_usd", "`TYPE` rebate, coop or other: the same as --figure")
	flags.StringVar(&f.payment, "payment", "", "payment `ID`: its earnings, its taxes and the bank lines that show it")
	flags.StringVar(&f.finding, "finding", "", "`CODE` of findings in exceptions.csv: what they mean, and what they were found by")
	flags.IntVar(&f.sample, "sample", 0, "draw `N` counted rows for an auditor")
	flags.IntVar(&f.control, "control", 0, "explain the control in row `N` of controls.csv")
	a.completeExplain(cmd, &f)
	return cmd
}

// check refuses flags that ask for different things, and those that would be ignored.
func (f *explainFlags) check(flags *pflag.FlagSet) error {
	var chosen []string
	for _, name := range []string{"control", "finding", "payment", "sample"} {
		if flags.Changed(name) {
			chosen = append(chosen, "--"+name)
		}
	}
	switch {
	case len(chosen) > 1:
		return usage("%s explain different things; use one of them", strings.Join(chosen, " and "))
	case f.sample < 1 && flags.Changed("sample"):
		return usage("--sample %d: use the number of rows to draw, 1 or more", f.sample)
	case f.currency != "" && f.month == "":
		return usage("--currency is for the figure of a month; name that with --month")
	}
	return nil
}

// query makes the flags a query; what is left out is taken from the result where
// there is only one choice.
func (f *explainFlags) query(r *calc.Result) (reconcile.Query, error) {
	q := reconcile.Query{Program: f.program, Currency: strings.ToUpper(f.currency), Figure: strings.ToLower(f.figure)}
	var err error
	if q.Participant, err = asked(r, f.participant); err != nil {
		return q, err
	}
	if q.Program, err = askedProgram(r, q.Participant, q.Program); err != nil {
		return q, err
	}
	if q.Engagement, err = askedEngagement(r, q, f.engagement); err != nil {
		return q, err
	}
	switch {
	case f.month != "":
		q.Month, err = askedMonth(f.month)
		return q, err
	case f.period != "":
		if q.Period, err = importer.HalfYear(f.period); err != nil {
			return q, usageError{err}
		}
	default:
		for _, s := range r.Statements {
			if s.Participant == q.Participant && (q.Program == "" || calc.KeyOfProgram(s.Program) == calc.KeyOfProgram(q.Program)) {
				q.Period = s.Lead().Period
			}
		}
	}
	if typed, short := map[string]string{"rebate": "rebate_usd", "coop": "coop_usd", "other": "other_usd"}[q.Figure]; short {
		q.Figure = typed
	}
	return q, nil
}

// explained is an explanation as JSON. Money is exact, as text.
type explained struct {
	Figure      string    `json:"figure"`
	Participant string    `json:"participant_id"`
	Program     string    `json:"program"`
	Period      string    `json:"earning_period"`
	Month       string    `json:"month,omitempty"`
	Engagement  string    `json:"engagement,omitempty"`
	Currency    string    `json:"currency"`
	Value       string    `json:"value"`
	Exact       string    `json:"exact"`
	Rule        string    `json:"rule"`
	NotApplied  []notRule `json:"rules_not_applied,omitempty"`
	Steps       []string  `json:"steps"`
	Parts       []onePart `json:"parts"`
}

// notRule is a rule that does not decide the figure's period.
type notRule struct {
	Rule string `json:"rule"`
	Why  string `json:"why"`
}

type onePart struct {
	What   string   `json:"what"`
	Amount string   `json:"amount"`
	Claim  string   `json:"claim_id,omitempty"`
	Rows   []oneRow `json:"rows"`
}

// oneRow is a row of an archived original.
type oneRow struct {
	EarningID  string   `json:"earning_id,omitempty"`
	Type       string   `json:"type"`
	Date       string   `json:"earning_date"`
	Amount     string   `json:"amount"`
	Currency   string   `json:"currency"`
	USD        string   `json:"amount_usd"`
	Calculated string   `json:"calculation_date,omitempty"`
	File       string   `json:"file"`
	SHA256     string   `json:"sha256"`
	Sheet      string   `json:"sheet,omitempty"`
	Row        int      `json:"row"`
	Fate       string   `json:"fate"`
	Instead    []oneRow `json:"stands_for,omitempty"`
}

func rowOf(e calc.Earning, fate calc.Fate) oneRow {
	place := e.Place()
	return oneRow{
		EarningID: e.ID(), Type: e.Type(), Date: e.Date().String(), Amount: e.Amount().Decimal().String(), Currency: e.Currency(), USD: e.USD().Decimal().String(),
		Calculated: e.Calculated().String(), File: place.File, SHA256: e.Source().SHA256, Sheet: place.Sheet, Row: place.Row, Fate: fate.String(),
	}
}

func traceOf(t calc.Trace) oneRow {
	row := rowOf(t.Earning, calc.Counted)
	for _, o := range t.Others {
		row.Instead = append(row.Instead, rowOf(o.Earning, o.Fate))
	}
	return row
}

// explainedOf makes an explanation JSON.
func explainedOf(x *reconcile.Explanation) explained {
	out := explained{
		Figure: x.Figure, Participant: x.Statement.Participant, Program: x.Statement.Program, Period: x.Period.String(), Month: x.Month.String(),
		Engagement: x.Engagement, Currency: x.Unit, Value: x.Value.StringFixed(2), Exact: x.Exact.String(), Rule: english.Rule(x.Rule), Steps: x.Steps, Parts: []onePart{},
	}
	for _, fit := range x.Fits {
		if !fit.Applies {
			out.NotApplied = append(out.NotApplied, notRule{fit.Name, fit.Why})
		}
	}
	for _, p := range x.Parts {
		part := onePart{What: p.What, Amount: p.Amount.String(), Rows: []oneRow{}}
		if p.Claim != nil {
			part.Claim = p.Claim.ID
		}
		for _, t := range p.Rows {
			part.Rows = append(part.Rows, traceOf(t))
		}
		out.Parts = append(out.Parts, part)
	}
	return out
}

func (a *app) printExplanation(x *reconcile.Explanation) {
	out, s := explainedOf(x), styleOf(a.stdout)
	when := english.Period(x.Period)
	if out.Month != "" {
		when = english.Month(x.Month)
	}
	say := func(indent, hang int, paint func(string) string, text string) {
		paragraph(a.stdout, paint, indent, hang, text)
	}
	of := x.Figure + " of " + out.Participant + ", " + out.Program
	if x.Engagement != "" {
		of += ", engagement " + x.Engagement
	}
	say(0, 2, nil, of+", "+when+": "+english.Amount(x.Value, x.Unit))
	say(0, 2, s.faint, "rule: "+out.Rule)
	for _, not := range out.NotApplied {
		say(0, 2, s.faint, "not applied: "+not.Rule+": "+not.Why)
	}
	fmt.Fprintln(a.stdout)
	part := func(amount, text string) { labelled(a.stdout, fmt.Sprintf("%16s  ", shown(amount)), text) }
	for _, p := range out.Parts {
		part(p.Amount, p.What)
		for _, row := range p.Rows {
			say(18, 20, nil, row.text())
			for _, o := range row.Instead {
				say(20, 22, s.faint, fateWords[o.Fate]+" "+o.text())
			}
		}
	}
	part(out.Exact, "sum of "+plural(len(out.Parts), "part"))
	for _, step := range out.Steps {
		say(18, 20, nil, step)
	}
}

// fateWords say what became of a row that does not count.
var fateWords = map[string]string{
	calc.Duplicate.String(): "the same in", calc.Superseded.String(): "replaced", calc.Repeated.String(): "repeated in",
}

func (r oneRow) text() string {
	var b strings.Builder
	if r.EarningID != "" {
		fmt.Fprintf(&b, "%s, ", r.EarningID)
	}
	fmt.Fprintf(&b, "%s %s", shown(r.Amount), r.Currency)
	if r.Currency != "USD" || r.USD != r.Amount {
		fmt.Fprintf(&b, " (%s USD)", shown(r.USD))
	}
	fmt.Fprintf(&b, ", %s", r.File)
	if r.Sheet != "" {
		fmt.Fprintf(&b, " sheet %q", r.Sheet)
	}
	fmt.Fprintf(&b, " row %d, archive/%s…", r.Row, r.SHA256[:12])
	return visible(b.String())
}

// shown formats an exact amount of the JSON form as tables do.
func shown(exact string) string { return calc.AmountText(decimal.RequireFromString(exact)) }

// dateText formats a date of the JSON form as sentences do.
func dateText(iso string) string {
	if day, err := calc.ParseDate(iso); err == nil {
		return day.Text()
	}
	return iso
}

// explainSample draws rows for an auditor, of a participant where one is named.
func (a *app) explainSample(r *calc.Result, n int, participant string) (err error) {
	if participant != "" {
		if participant, err = asked(r, participant); err != nil {
			return err
		}
	}
	rows := []oneRow{}
	for _, t := range reconcile.Sample(r, n, participant) {
		rows = append(rows, traceOf(t))
	}
	return a.answer(rows, func() {
		for i, row := range rows {
			labelled(a.stdout, fmt.Sprintf("%4d  ", i+1), dateText(row.Date)+" "+row.Type+", "+row.text())
		}
	})
}
