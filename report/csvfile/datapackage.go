package csvfile

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"cspcoop/calc"
)

// dataPackage is a description of CSV files by the Data Package standard of
// Frictionless Data, which database engines and notebooks read types from.
type dataPackage struct {
	Profile   string     `json:"profile"`
	Name      string     `json:"name"`
	Title     string     `json:"title"`
	Resources []resource `json:"resources"`
}

type resource struct {
	Profile  string      `json:"profile"`
	Name     string      `json:"name"`
	Path     string      `json:"path"`
	Encoding string      `json:"encoding"`
	Dialect  dialect     `json:"dialect"`
	Schema   tableSchema `json:"schema"`
}

type dialect struct {
	Delimiter      string `json:"delimiter"`
	LineTerminator string `json:"lineTerminator"`
	QuoteChar      string `json:"quoteChar"`
	DoubleQuote    bool   `json:"doubleQuote"`
	Header         bool   `json:"header"`
}

type tableSchema struct {
	Fields        []field  `json:"fields"`
	MissingValues []string `json:"missingValues"`
	PrimaryKey    []string `json:"primaryKey,omitempty"`
}

type field struct {
	Name  string   `json:"name"`
	Type  string   `json:"type"`
	True  []string `json:"trueValues,omitempty"`
	False []string `json:"falseValues,omitempty"`
}

// keys are the columns that identify a row of a file.
var keys = map[string][]string{
	"balances.csv":    {"participant_id", "program", "earning_period"},
	"monthly.csv":     {"participant_id", "program", "month", "currency"},
	"rollforward.csv": {"participant_id", "program", "earning_period"},
}

// DataPackage writes datapackage.json: the columns of the set's CSV files with
// their types.
func DataPackage(w io.Writer, r *calc.Result) error {
	p := dataPackage{
		Profile: "tabular-data-package", Name: "cspcoop-" + r.AsOf.String(), Title: "CSP rebate and co-op as of " + r.AsOf.String(),
	}
	for _, f := range Files(r) {
		p.Resources = append(p.Resources, resourceOf(f))
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(p); err != nil {
		return fmt.Errorf("writing datapackage.json: %w", err)
	}
	return nil
}

func resourceOf(f File) resource {
	s := tableSchema{MissingValues: []string{""}, PrimaryKey: keys[f.Name]}
	for _, name := range f.columns {
		s.Fields = append(s.Fields, fieldOf(name))
	}
	return resource{"tabular-data-resource", strings.TrimSuffix(f.Name, ".csv"), f.Name, "utf-8", dialect{",", "\n", `"`, true, true}, s}
}

// types are the columns that are no text, by their names, which mean the same in
// every file.
var types = map[string][]string{
	"number": {
		"rebate_usd", "coop_usd", "other_usd", "threshold_usd", "coop_fund", "claimed_fund", "planned_fund", "remaining_fund", "forfeited_fund",
		"rebate", "coop", "other", "opening", "earned", "adjusted", "transferred", "paid_out", "claims_paid", "forfeited", "closing",
		"approved_unpaid", "in_review", "planned", "free", "invoice_amount", "amount", "amount_usd", "approved_amount", "paid_amount", "csr_amount",
		"rate", "debit", "credit", "debit_usd", "credit_usd", "ours", "theirs", "difference", "gross", "withheld_tax", "sales_tax", "net",
		"earnings", "bank_amount",
	},
	"date": {
		"earning_start", "earning_end", "usage_start", "usage_end", "claim_deadline", "funds_expire", "claim_opens", "invoice_date", "activity_start",
		"activity_end", "submitted_date", "resubmitted_date", "approved_date", "paid_date", "last_activity", "posting_date", "as_of", "payment_date", "bank_date",
	},
	"integer":   {"days_left", "row"},
	"boolean":   {"provisional", "csr"},
	"yearmonth": {"month"},
}

func fieldOf(name string) field {
	for kind, names := range types {
		switch {
		case !slices.Contains(names, name):
		case kind == "boolean":
			return field{Name: name, Type: kind, True: []string{"yes"}, False: []string{"no"}}
		default:
			return field{Name: name, Type: kind}
		}
	}
	return field{Name: name, Type: "string"}
}
