// Package runjson writes run.json: the rules applied, the sources with their
// SHA-256 sums and row counts, and the control totals that prove that every row
// is accounted for.
package runjson

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// Setting is a configuration entry that decides figures, as it was in force.
type Setting struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Run is the file. Money is exact, in USD, as text: a JSON number would become
// a binary fraction in most readers.
type Run struct {
	Format   int       `json:"format"` // see Format
	AsOf     calc.Date `json:"as_of"`
	Inputs   string    `json:"inputs"` // see Inputs; documents print its first digits
	Settings []Setting `json:"settings"`
	Rules    []rule    `json:"rules"`
	Sources  []source  `json:"sources"`
	Totals   totals    `json:"totals"`
	Since    string    `json:"since"`        // as-of date of the set that this one is compared with; "" for none
	SinceSHA string    `json:"since_sha256"` // of that set's run.json

	// The next set goes on from them.
	Funds  []calc.FundState  `json:"funds"`
	Booked []calc.Booking    `json:"booked"` // what the books hold once this set's journal is posted
	Claims []calc.ClaimState `json:"claims"`
	Holds  []calc.HoldState  `json:"holds,omitempty"` // that the set warned of

	Acknowledged []acknowledged `json:"acknowledged"`
	Withdrawn    []withdrawn    `json:"withdrawn"`
	Controls     *controls      `json:"controls,omitempty"` // absent without any
	BlocksSeal   []string       `json:"blocks_seal"`        // what somebody must acknowledge before the set is sealed
	Files        []File         `json:"files"`
}

// File is another file of the set, by its path with slashes.
type File struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

type rule struct {
	Name        string             `json:"name"`
	Source      string             `json:"source"`       // "" for a configured one
	RuleSet     string             `json:"rule_set"`     // likewise
	FirstMonth  calc.Month         `json:"first_month"`  // "" for all
	FirstPeriod calc.EarningPeriod `json:"first_period"` // that of first_month
	Programs    []string           `json:"programs"`     // empty: all
	Engagements []string           `json:"engagements"`  // empty: all
	Levers      []string           `json:"levers"`       // empty: all
	CoOpShare   string             `json:"coop_share"`
	Threshold   string             `json:"threshold_usd"`
	Comparison  string             `json:"comparison"`
	ClaimsOpen  []string           `json:"claims_open"` // empty: the usage period's first day
	GraceDays   int                `json:"grace_days"`
	DocumentsBy []string           `json:"documents_by"` // empty: no such day
}

type source struct {
	File   string        `json:"file"`
	SHA256 string        `json:"sha256"`
	Kind   calc.FileKind `json:"kind"`
	tally
	Archives []string `json:"archives,omitempty"` // SHA-256 of the ZIP archives that it is in
}

// tally counts rows by what became of them, and the USD of those that are
// earnings.
type tally struct {
	Rows          int    `json:"rows"`
	Counted       int    `json:"counted"`
	Duplicates    int    `json:"duplicates"`
	Superseded    int    `json:"superseded"`
	Repeated      int    `json:"repeated"`
	Skipped       int    `json:"skipped"`
	CountedUSD    string `json:"counted_usd"`
	DuplicatesUSD string `json:"duplicates_usd"`
	SupersededUSD string `json:"superseded_usd"`
	RepeatedUSD   string `json:"repeated_usd"`
	SkippedUSD    string `json:"skipped_usd"`
}

type totals struct {
	tally
	RebateUSD      string `json:"rebate_usd"`
	CoOpUSD        string `json:"coop_usd"`
	OtherUSD       string `json:"other_usd"`
	TransferredUSD string `json:"transferred_usd"`
	Balanced       bool   `json:"balanced"`
}

// archivesOf lists the ZIP archives that a source is a member of.
func archivesOf(s *calc.Source) []string {
	var list []string
	for _, a := range s.Archives {
		list = append(list, a.SHA256)
	}
	slices.Sort(list)
	return list
}

// Write writes run.json, indented and with a line feed at its end. files are all
// the others of the set, by name.
func Write(w io.Writer, r *calc.Result, settings []Setting, files []File) error {
	file := Run{
		Format:   Format,
		AsOf:     r.AsOf,
		Inputs:   Inputs(r, settings),
		Settings: append([]Setting{}, settings...),
		Rules:    []rule{},
		Sources:  []source{},
		Funds:    []calc.FundState{},
		Booked:   append([]calc.Booking{}, r.Booked...),
		Claims:   []calc.ClaimState{},

		Acknowledged: []acknowledged{},
		Withdrawn:    []withdrawn{},
		BlocksSeal:   []string{},
		Files:        append([]File{}, files...),
		Totals: totals{
			tally:          tallyOf(r.Totals.Tally),
			RebateUSD:      exact(r.Totals.Rebate),
			CoOpUSD:        exact(r.Totals.CoOp),
			OtherUSD:       exact(r.Totals.Other),
			TransferredUSD: exact(r.Totals.Transferred),
			Balanced:       r.Totals.Balanced,
		},
	}
	if r.Last != nil {
		file.Since, file.SinceSHA = r.Last.AsOf.String(), r.Last.SHA256
	}
	for i := range r.Withdrawn {
		file.Withdrawn = append(file.Withdrawn, withdrawnOf(&r.Withdrawn[i]))
	}
	for _, f := range r.Findings {
		if f.BlocksSealing() {
			file.BlocksSeal = append(file.BlocksSeal, f.Message())
		}
	}
	file.Controls = controlsOf(r)
	for _, b := range r.Balances() {
		file.Funds = append(file.Funds, b.State())
	}
	for _, c := range r.Claims {
		file.Claims = append(file.Claims, c.StateOf())
	}
	for _, h := range r.Lapsing() {
		file.Holds = append(file.Holds, h.StateOf())
	}
	for _, closed := range r.Closed {
		file.Acknowledged = append(file.Acknowledged, acknowledgedOf(closed))
	}
	for _, applied := range r.Rules {
		file.Rules = append(file.Rules, ruleOf(applied))
	}
	for _, s := range r.Sources {
		file.Sources = append(file.Sources, source{s.File, s.SHA256, s.Kind, tallyOf(s.Tally), archivesOf(s.Source)})
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(file); err != nil {
		return fmt.Errorf("writing run.json: %w", err)
	}
	return nil
}

func ruleOf(r calc.Rule) rule {
	return rule{
		Name:        r.Name,
		Source:      r.Source,
		RuleSet:     r.Set,
		FirstMonth:  r.First,
		FirstPeriod: r.First.Period(),
		Programs:    append([]string{}, r.Programs...),
		Engagements: append([]string{}, r.Engagements...),
		Levers:      append([]string{}, r.Levers...),
		CoOpShare:   r.CoOpShare.String(),
		Threshold:   exact(r.Threshold),
		Comparison:  r.Comparison.String(),
		ClaimsOpen:  append([]string{}, r.Claims.Open.Texts()...),
		GraceDays:   r.Claims.GraceDays,
		DocumentsBy: append([]string{}, r.Claims.Documents.Texts()...),
	}
}

func tallyOf(t calc.Tally) tally {
	return tally{
		Rows:          t.Rows,
		Counted:       t.By[calc.Counted],
		Duplicates:    t.By[calc.Duplicate],
		Superseded:    t.By[calc.Superseded],
		Repeated:      t.By[calc.Repeated],
		Skipped:       t.By[calc.Skipped],
		CountedUSD:    exact(t.USD[calc.Counted]),
		DuplicatesUSD: exact(t.USD[calc.Duplicate]),
		SupersededUSD: exact(t.USD[calc.Superseded]),
		RepeatedUSD:   exact(t.USD[calc.Repeated]),
		SkippedUSD:    exact(t.USD[calc.Skipped]),
	}
}

// acknowledged is a finding that somebody has dealt with: it is here instead
// of in exceptions.csv.
type acknowledged struct {
	Severity    string             `json:"severity"`
	Code        calc.Code          `json:"code"`
	Participant string             `json:"participant_id"`
	Program     string             `json:"program"`
	Period      calc.EarningPeriod `json:"earning_period"` // "" for none
	Earning     string             `json:"earning_id"`     // "" for none
	File        string             `json:"file"`
	Sheet       string             `json:"sheet"`
	Row         int                `json:"row"` // 0 for none
	Column      string             `json:"column"`
	Message     string             `json:"message"`
	By          string             `json:"acknowledged_by"`
	On          calc.Date          `json:"acknowledged_on"`
	Comment     string             `json:"comment"`
}

func acknowledgedOf(c calc.ClosedFinding) acknowledged {
	return acknowledged{
		c.Severity().String(), c.Code(), c.Participant(), c.Program(), c.Period(), c.Earning(),
		c.Place().File, c.Place().Sheet, c.Place().Row, c.Place().Column, c.Message(), c.By, c.On, c.Comment,
	}
}

// controls says what came of the totals from outside the exports, which are in
// tieout.csv.
type controls struct {
	SHA256   string `json:"sha256"` // of controls.csv
	Agree    int    `json:"agree"`
	Differ   int    `json:"differ"`
	NoExport int    `json:"no_export"`
}

func controlsOf(r *calc.Result) *controls {
	if r.Controls == nil {
		return nil
	}
	t := calc.CountTieOuts(r.TieOuts)
	return &controls{r.Controls.SHA256, t.Agree, t.Differ, t.NoExport}
}

// withdrawn is an archived file that somebody took out of the figures.
type withdrawn struct {
	File       string        `json:"file"`
	SHA256     string        `json:"sha256"`
	Kind       calc.FileKind `json:"kind"`
	By         string        `json:"withdrawn_by"`
	Reason     string        `json:"reason"`
	Rows       int           `json:"rows"`
	Money      []money       `json:"money"`
	SealedSets []calc.Date   `json:"sealed_sets"` // that it was in
}

// money is exact, as text.
type money struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

func withdrawnOf(w *calc.Withdrawal) withdrawn {
	out := withdrawn{w.File, w.SHA256, w.Kind, w.By, w.Reason, w.Rows, []money{}, append([]calc.Date{}, w.SealedSets...)}
	for _, m := range w.Money {
		out.Money = append(out.Money, money{exact(m.Amount), m.Currency})
	}
	return out
}

// exact returns every digit of an amount, and two decimals at least.
func exact(d decimal.Decimal) string {
	if cents := calc.Cents(d); cents.Equal(d) {
		return cents.StringFixed(2)
	}
	return d.String()
}
