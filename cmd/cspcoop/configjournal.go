package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/report/runjson"
)

// journalEntry is [journal]: without it there is no journal.
type journalEntry struct {
	Recognition string          `toml:"recognition"`
	Accounts    accountsEntries `toml:"accounts"`
}

// accountsEntries is [journal.accounts].
type accountsEntries struct {
	RebateReceivable string `toml:"rebate_receivable"`
	RebateIncome     string `toml:"rebate_income"`
	CoOpReceivable   string `toml:"coop_receivable"`
	CoOpIncome       string `toml:"coop_income"`
	CoOpDeferred     string `toml:"coop_deferred"`
	Bank             string `toml:"bank"`
	Forfeited        string `toml:"forfeited"`
	Owed             string `toml:"owed"`
	Memo             string `toml:"memo"`
	MemoContra       string `toml:"memo_contra"`
	Clearing         string `toml:"clearing"`
	WithheldTax      string `toml:"withheld_tax"`
	SalesTax         string `toml:"sales_tax"`
	Exchange         string `toml:"exchange"`
}

// noJournal says how to get a journal.
const noJournal = "Journal: none; name your accounts under [journal] in cspcoop.toml to get journal.csv"

// account is one account by its name in the configuration.
type account struct {
	key, name string
	needed    bool // by the recognition
}

func (e accountsEntries) list(r calc.Recognition) []account {
	booked, memo, receipts := r != calc.MemoOnly, r == calc.MemoOnly, strings.TrimSpace(e.Clearing) != ""
	return []account{
		{"rebate_receivable", e.RebateReceivable, true}, {"rebate_income", e.RebateIncome, true},
		{"coop_receivable", e.CoOpReceivable, booked}, {"coop_income", e.CoOpIncome, booked}, {"coop_deferred", e.CoOpDeferred, r == calc.OnApproval},
		{"bank", e.Bank, booked}, {"forfeited", e.Forfeited, r == calc.OnEarning}, {"owed", e.Owed, booked},
		{"memo", e.Memo, memo}, {"memo_contra", e.MemoContra, memo},
		{"clearing", e.Clearing, false}, {"withheld_tax", e.WithheldTax, receipts}, {"sales_tax", e.SalesTax, receipts}, {"exchange", e.Exchange, receipts},
	}
}

// optional reports whether the account is only for bank statements.
func (a account) optional() bool {
	return slices.Contains([]string{"clearing", "withheld_tax", "sales_tax", "exchange"}, a.key)
}

// by names what books to the account.
func (a account) by(r calc.Recognition) string {
	if a.optional() {
		return "what is received on the account clearing"
	}
	return fmt.Sprintf("recognition %q", r)
}

// apply says how the journal books; without [journal] there is none.
func (e *journalEntry) apply(p *calc.Policy) error {
	if e == nil {
		return nil
	}
	if e.Recognition == "" {
		return fmt.Errorf("[journal] recognition is missing: use %q, %q or %q", calc.OnEarning, calc.OnApproval, calc.MemoOnly)
	}
	recognition, err := calc.ParseRecognition(e.Recognition)
	if err != nil {
		return fmt.Errorf("[journal] recognition: %w", err)
	}
	var wrong []error
	role := map[string]string{}
	for _, a := range e.Accounts.list(recognition) {
		name := strings.TrimSpace(a.name)
		switch {
		case name == "" && a.needed:
			wrong = append(wrong, fmt.Errorf("[journal.accounts] %s is missing: %s books to it", a.key, a.by(recognition)))
		case name == "":
		case role[name] != "":
			wrong = append(wrong, fmt.Errorf("[journal.accounts] %s and %s are both %q: give each its own account", role[name], a.key, name))
		default:
			role[name] = a.key
		}
	}
	p.Journal = &calc.JournalPolicy{Recognition: recognition, Accounts: calc.JournalAccounts(e.Accounts)}
	return errors.Join(wrong...)
}

// settings lists the journal's entries for run.json.
func (e *journalEntry) settings() []runjson.Setting {
	if e == nil {
		return nil
	}
	list := []runjson.Setting{{Name: "journal.recognition", Value: e.Recognition}}
	for _, a := range e.Accounts.list(calc.OnEarning) {
		if a.name == "" && a.optional() {
			continue
		}
		list = append(list, runjson.Setting{Name: "journal.accounts." + a.key, Value: a.name})
	}
	return list
}
