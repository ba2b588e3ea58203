package main

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"cspcoop/calc"
	"cspcoop/importer/inbox"
	"cspcoop/schedule"

	"github.com/spf13/cobra"
)

func (a *app) statusCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "status",
		Short: "Show balances, decisions and the next deadlines",
		Long: `status calculates from what is archived, and changes nothing. What is still in the
inbox is counted, not read.`,
		Example: `  # Balances, decisions and deadlines today
  cspcoop status --workspace books

  # As of another day, for a program to read
  cspcoop status --workspace books --as-of 2022-01-31 --json`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			w, _, r, err := a.result(cmd.Context())
			if err != nil {
				return err
			}
			a.noticeSurroundings(w, r)
			overview := w.overviewOf(cmd.Context(), r)
			if overview.Sealed, err = a.sealedOverview(w); err != nil {
				return err
			}
			plan, err := w.plan()
			if err != nil {
				return err
			}
			standing, begun, err := schedule.Overview(w.path("state"), plan, time.Now())
			if err != nil {
				return err
			}
			if begun {
				overview.Schedule = &standing
			}
			return a.answer(overview, func() {
				a.printStatus(overview, r)
				if begun {
					fmt.Fprintln(a.stdout)
					for _, line := range standing.Lines(plan) {
						labelled(a.stdout, fmt.Sprintf("  %-11s", line.Label), line.Text)
					}
				}
			})
		},
	}
}

// statusReport is what status --json prints. Money is text with two decimals.
type statusReport struct {
	AsOf     calc.Date       `json:"as_of"`
	Files    int             `json:"archived_files"`
	Waiting  int             `json:"waiting_files"`
	Refused  int             `json:"rejected_files"`
	Next     *calc.Date      `json:"next_deadline,omitempty"`
	AtRisk   string          `json:"at_risk_usd"`
	Errors   int             `json:"errors"`
	Warnings int             `json:"warnings"`
	Balances []statusBalance `json:"balances"`

	Controls  *calc.TieCount    `json:"controls,omitempty"` // absent without any
	Sealed    []statusSeal      `json:"sealed"`
	Withdrawn []statusWithdrawn `json:"withdrawn"`

	Schedule *schedule.Standing `json:"schedule,omitempty"`
}

// statusSeal is a sealed set.
type statusSeal struct {
	AsOf string    `json:"as_of"`
	By   string    `json:"by"`
	At   time.Time `json:"at"`
}

// statusWithdrawn is a file that was taken out of the figures.
type statusWithdrawn struct {
	File       string        `json:"file"`
	By         string        `json:"by"`
	Reason     string        `json:"reason"`
	Money      []statusMoney `json:"money"`
	SealedSets []calc.Date   `json:"sealed_sets"` // that it is in
}

type statusMoney struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

type statusBalance struct {
	Participant string             `json:"participant_id"`
	Name        string             `json:"participant_name"`
	Program     string             `json:"program"`
	Period      calc.EarningPeriod `json:"earning_period"`
	CoOpUSD     string             `json:"coop_usd"`
	Decision    string             `json:"decision"`
	Deadline    calc.Date          `json:"claim_deadline"`
	Window      string             `json:"claim_window,omitempty"`
	DaysLeft    *int               `json:"days_left,omitempty"`
	Currency    string             `json:"fund_currency"`
	Remaining   string             `json:"remaining_fund,omitempty"`
}

func (w *workspace) overviewOf(ctx context.Context, r *calc.Result) statusReport {
	s := statusReport{AsOf: r.AsOf, Files: len(r.Sources), Waiting: w.waiting(ctx), Refused: w.rejected(), Balances: []statusBalance{}, Withdrawn: []statusWithdrawn{}}
	for _, out := range r.Withdrawn {
		line := statusWithdrawn{File: out.File, By: out.By, Reason: out.Reason, Money: []statusMoney{}, SealedSets: append([]calc.Date{}, out.SealedSets...)}
		for _, m := range out.Money {
			line.Money = append(line.Money, statusMoney{calc.Cents(m.Amount).StringFixed(2), m.Currency})
		}
		s.Withdrawn = append(s.Withdrawn, line)
	}
	for _, f := range r.Findings {
		switch f.Severity() {
		case calc.Error:
			s.Errors++
		case calc.Warning:
			s.Warnings++
		case calc.Info:
		}
	}
	if n := calc.CountTieOuts(r.TieOuts); n.All() > 0 {
		s.Controls = &n
	}
	s.AtRisk = r.AtRiskUSD().StringFixed(2)
	if next := r.NextDeadline(); next != nil {
		s.Next = &next.Day
	}
	for _, b := range r.Balances() {
		line := statusBalance{
			Participant: b.Statement.Participant, Name: b.Statement.Name, Program: b.Statement.Program, Period: b.Period,
			CoOpUSD: b.CoOp.StringFixed(2), Decision: b.Decision.String(), Deadline: b.ClaimDeadline, Window: b.Window.String(), Currency: b.FundCurrency,
		}
		if b.Window == calc.WindowOpen {
			line.DaysLeft = &b.DaysLeft
			line.Remaining = b.Remaining.Decimal.StringFixed(2)
		}
		s.Balances = append(s.Balances, line)
	}
	return s
}

func (a *app) sealedOverview(w *workspace) ([]statusSeal, error) {
	sets, err := a.sealedSets(w)
	list := []statusSeal{}
	for _, s := range sets {
		list = append(list, statusSeal{s.AsOf, s.Seal.By, s.Seal.SealedAt})
	}
	return list, err
}

// waiting counts files in the inbox that a run would look at; none where the
// inbox cannot be read, which the run reports.
func (w *workspace) waiting(ctx context.Context) int {
	box, err := inbox.Open(w.path("inbox"))
	if err != nil {
		return 0
	}
	defer box.Close()
	found, err := box.Scan(ctx, inbox.SystemClock(), 0)
	if err != nil {
		return 0
	}
	return len(found.Files) + len(found.Irregular)
}

// rejected counts refused files in rejected/, but for those that were received
// under the same name since: they were corrected.
func (w *workspace) rejected() int {
	corrected := map[string]time.Time{}
	if archive, err := inbox.OpenArchive(w.folders()); err == nil {
		receipts, _ := archive.Receipts(0) // all, which is no number that there could be too few of
		for _, r := range receipts {
			corrected[r.Name] = r.Received
		}
	}
	n, root := 0, w.path("rejected")
	//nolint:nilerr // what can't be read is not counted
	filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		name, isReason := strings.CutSuffix(path, ".reason.txt")
		if err != nil || d.IsDir() || !isReason {
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return nil
		}
		if name, err = filepath.Rel(root, name); err != nil {
			return nil
		}
		name = filepath.ToSlash(name)
		refused := info.ModTime().Truncate(time.Second)
		if corrected[name].Before(refused) && corrected[numberedName.ReplaceAllString(name, "$1")].Before(refused) {
			n++
		}
		return nil
	})
	return n
}

// numberedName is the name of a refused file of whose name there were others.
var numberedName = regexp.MustCompile(`-\d+(\.[^./]*)?$`)

func (a *app) printStatus(s statusReport, r *calc.Result) {
	st := styleOf(a.stdout)
	fmt.Fprintf(a.stdout, "%s\n", st.bold("As of "+english.Date(s.AsOf)))
	paragraph(a.stdout, nil, 2, 4, fmt.Sprintf("%s archived, %d waiting in the inbox, %d refused", plural(s.Files, "file"), s.Waiting, s.Refused))
	if next := r.NextDeadline(); next != nil {
		day := english.Weekday(next.Day)
		if !next.AtRisk.Equal(r.AtRiskUSD()) {
			day += " for " + english.Amount(next.AtRisk, "USD")
		}
		labelled(a.stdout, "  at risk    ", english.Amount(r.AtRiskUSD(), "USD")+", the next deadline is "+day)
	}
	if n := len(s.Sealed); n > 0 {
		last := s.Sealed[n-1]
		labelled(a.stdout, "  sealed     ", last.AsOf+" by "+last.By+" on "+english.ShortDate(calc.DateOf(last.At))+earlierSeals(n-1))
	}
	for _, out := range r.Withdrawn {
		var money []string
		for _, m := range out.Money {
			money = append(money, english.Amount(m.Amount, m.Currency))
		}
		labelled(a.stdout, "  withdrawn  ", fmt.Sprintf("%s by %s: %s (%s)", out.File, out.By, out.Reason, strings.Join(append(money, plural(out.Rows, "row")), ", ")))
	}
	printFigures(a.stdout, r)
}

// earlierSeals says how many sets were sealed before the last one.
func earlierSeals(n int) string {
	if n == 0 {
		return ""
	}
	return ", and " + plural(n, "set") + " before it"
}
