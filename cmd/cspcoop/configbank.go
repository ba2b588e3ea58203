package main

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/importer"
	"cspcoop/report/runjson"
)

// bankEntry is [bank].
type bankEntry struct {
	Counterparty []string            `toml:"counterparty"`
	Days         int                 `toml:"days"`
	Accounts     map[string][]string `toml:"accounts"`
	Columns      map[string]headers  `toml:"columns"`
}

// headers are those of a column: one text, or a list.
type headers []string

// UnmarshalTOML reads "Date" or ["Date", "Booking date"].
func (h *headers) UnmarshalTOML(data []byte) error {
	var one string
	if decodeValue(data, &one) {
		*h = headers{one}
		return nil
	}
	if decodeValue(data, (*[]string)(h)) {
		return nil
	}
	return fmt.Errorf("[bank.columns] %s is neither a header in quotes nor a list of headers", bytes.TrimSpace(data))
}

func defaultBank() bankEntry {
	p := calc.DefaultPolicy().Bank
	return bankEntry{Counterparty: p.Counterparty, Days: p.Days}
}

func (e bankEntry) apply(p *calc.Policy) error {
	if e.Days < 1 || e.Days > 90 {
		return fmt.Errorf("[bank] days = %d: use 1 to 90", e.Days)
	}
	for _, text := range e.Counterparty {
		if strings.TrimSpace(text) == "" {
			return fmt.Errorf("[bank] counterparty has an empty text, which every line would have")
		}
	}
	p.Bank = calc.BankPolicy{Counterparty: e.Counterparty, Days: e.Days, Accounts: map[string][]string{}}
	for account, participants := range e.Accounts {
		p.Bank.Accounts[strings.ReplaceAll(account, " ", "")] = participants
	}
	return nil
}

// columns returns the headers of a bank's CSV statements for the importer.
func (e bankEntry) columns() (map[string][]string, error) {
	list := make(map[string][]string, len(e.Columns))
	for key, names := range e.Columns {
		list[key] = names
	}
	if err := importer.CheckBankColumns(list); err != nil {
		return nil, fmt.Errorf("[bank.columns]: %w", err)
	}
	return list, nil
}

// settings lists the entries that are not the default ones for run.json.
func (e bankEntry) settings() []runjson.Setting {
	var list []runjson.Setting
	normal := defaultBank()
	if !slices.Equal(e.Counterparty, normal.Counterparty) {
		list = append(list, runjson.Setting{Name: "bank.counterparty", Value: strings.Join(e.Counterparty, "; ")})
	}
	for _, account := range slices.Sorted(maps.Keys(e.Accounts)) {
		list = append(list, runjson.Setting{Name: "bank.accounts." + account, Value: strings.Join(e.Accounts[account], "; ")})
	}
	if e.Days != normal.Days {
		list = append(list, runjson.Setting{Name: "bank.days", Value: fmt.Sprint(e.Days)})
	}
	return list
}
