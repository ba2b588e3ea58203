// Package sqltext words what cspcoop does with raw earnings exports, up to
// their sums, as one SQL statement for those whose exports outgrow one machine:
// identity, versions and exact sums (cspcoop help rules). The statement's result is a
// Summarized export, which cspcoop imports to the same balances.
package sqltext

import (
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/template"

	"cspcoop/calc"
)

//go:embed summarize.sql.tmpl
var statement string

// amountPattern is what amounts look like that are summed exactly: more
// decimals than the statement's type holds would be lost.
const amountPattern = `^[+-]?[0-9]{1,18}([.][0-9]{1,12})?$`

// Statement says which statement to write.
type Statement struct {
	Dialect string
	// Exports is the pattern of the exports' paths: CSV files as Partner Center
	// gives them or, where it ends in .parquet, files of a workspace's store
	// (package store).
	Exports string
	// By names further columns to group by, of those that Columns lists.
	By []string
	// Rules and ClaimRows are those of the configuration that the result is for.
	Rules     calc.Rules
	ClaimRows calc.ClaimRows
}

// Write writes the statement.
func (s Statement) Write(w io.Writer) error {
	for _, d := range dialects {
		if d.Name == s.Dialect {
			if strings.HasSuffix(s.Exports, ".parquet") {
				d.rows, d.prelude, d.file = d.storedRows(), d.open, storedFile
			}
			return d.write(w, s)
		}
	}
	return fmt.Errorf("dialect %q is not known: use %s", s.Dialect, strings.Join(Names(), ", "))
}

func (d Dialect) write(w io.Writer, s Statement) error {
	path, err := quoted(s.Exports)
	if err != nil {
		return err
	}
	by, err := columnsNamed(s.By)
	if err != nil {
		return err
	}
	levers := s.Rules.NameLevers()
	t, err := template.New("statement").Funcs(template.FuncMap{
		"prelude":     func() string { return strings.ReplaceAll(d.prelude, "%s", path) },
		"rows":        func() string { return strings.ReplaceAll(d.rows, "%s", path) },
		"amount":      func() string { return amountPattern },
		"trimmed":     trimmed,
		"folded":      func(column string) string { return folded("coalesce(" + column + ", '')") },
		"foldedText":  folded,
		"types":       func(kind string) string { return spellings(kind, calc.NoReason) },
		"adjustments": func(kind string) string { return spellings(kind, calc.Adjustment) },
		"claimTypes":  func() string { return literals(calc.TypeSpellings(calc.Other, calc.PaysClaim)) },
		"rollovers":   func() string { return literals(calc.KnownReasons().Rollover) },
		"noReasons":   func() string { return literals(calc.Placeholders()) },
		"adjusts":     adjusts,
		"statuses":    func(rank int) string { return literals(calc.StatusesOfRank(rank)) },
		"ranks":       func() []int { return []int{1, 2, 3, 4, 5} },
		"not":         func(condition string) string { return "NOT " + condition },
		"matches":     func(text, pattern string) string { return fmt.Sprintf(d.matches, text, "'"+pattern+"'") },
		"without":     func(text, pattern string) string { return fmt.Sprintf(d.without, text, "'"+pattern+"'") },
		"refuse":      func(condition, message string) string { return fmt.Sprintf(d.refuse, condition, "'"+message+"'") },
	}).Parse(statement)
	if err != nil {
		return err
	}
	g := groupedBy(by, levers)
	return t.Execute(w, struct {
		Name, File               string
		Stored, Levers, Pay      bool
		ByMonth                  bool
		By                       string
		Keys, Daily, Rows, Order string // lists of columns
		Names                    string // what a participant has one name in
		Differ                   string // versions of one earning in what decides their money
	}{
		Name: d.Name, File: d.file, Stored: d.file == storedFile, Levers: levers, Pay: s.ClaimRows == calc.ClaimRowsPay,
		ByMonth: !slices.Contains(by, "earningDate"), By: strings.Join(by, ", "),
		Keys: strings.Join(g.keys, ", "), Daily: strings.Join(g.daily, ", "), Rows: strings.Join(g.result, ",\n       "), Order: strings.Join(g.order, ", "), Names: strings.Join(g.names, ", "),
		Differ: differ(levers),
	})
}

// differ is the condition that versions of an earning differ in what decides
// their money.
func differ(levers bool) string {
	list := []string{"amount", "usd", "currency", "day", "participant", "program", "engagement", "counts_as", "reason", "claim"}
	if levers {
		list = append(list, "lever")
	}
	for i, column := range list {
		list[i] = fmt.Sprintf("min(%[1]s) <> max(%[1]s)", column)
	}
	return strings.Join(list, " OR ")
}

// adjusts is the condition that a folded reason code adjusts an earlier month.
func adjusts(column string) string {
	var list []string
	for _, word := range calc.KnownReasons().Begins {
		list = append(list, fmt.Sprintf("position('%s' IN %s) = 1", word, column))
	}
	for _, word := range calc.KnownReasons().Contains {
		list = append(list, fmt.Sprintf("position('%s' IN %s) > 0", word, column))
	}
	return strings.Join(list, " OR ")
}

// trimmed returns a column without outer blanks; what is missing is blank.
func trimmed(column string) string { return fmt.Sprintf("trim(coalesce(%s, ''))", column) }

// spellings lists the folded types of a kind in a role.
func spellings(kind string, reason calc.Reason) string {
	for _, k := range []calc.Kind{calc.Gross, calc.Rebate, calc.CoOp} {
		if k.String() == kind {
			return literals(calc.TypeSpellings(k, reason))
		}
	}
	return "NULL"
}

func literals(words []string) string { return "'" + strings.Join(words, "', '") + "'" }

// ignoredInTypes are the characters that types are compared without: blanks,
// dashes of every kind and the soft hyphen.
const ignoredInTypes = "-_ \u00a0\u00ad\u200b\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"

// folded returns a text as the program compares types: Co-op, COOP and "Co op"
// are one.
func folded(text string) string {
	text = "lower(" + text + ")"
	for _, r := range ignoredInTypes {
		text = fmt.Sprintf("replace(%s, '%c', '')", text, r)
	}
	return text
}
