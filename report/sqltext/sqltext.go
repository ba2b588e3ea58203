// Package sqltext words what cspcoop does with raw earnings exports, up to
// their sums, as one SQL statement for those whose exports outgrow one machine:
// identity, versions and exact sums (cspcoop help rules). The statement's result is a
// Summarized export, which cspcoop imports to the same balances.
package sqltext

import (
	_ "embed"
	"fmt"
	"io"
	"strings"
	"text/template"

	"cspcoop/calc"
)

//go:embed summarize.sql.tmpl
var statement string

// amountPattern is what amounts look like that are summed exactly: more
// decimals than the statement's type holds would be lost.
const amountPattern = `^[+-]?[0-9]{1,18}([.][0-9]{1,12})?$`

// Write writes the statement in a dialect, for the exports whose paths match
// the pattern: CSV files as Partner Center gives them or, where the pattern ends
// in .parquet, files of a workspace's store (package store).
func Write(w io.Writer, dialect, exports string) error {
	for _, d := range dialects {
		if d.Name == dialect {
			if strings.HasSuffix(exports, ".parquet") {
				d.rows, d.prelude, d.file = d.storedRows(), d.open, storedFile
			}
			return d.write(w, exports)
		}
	}
	return fmt.Errorf("dialect %q is not known: use %s", dialect, strings.Join(Names(), ", "))
}

func (d Dialect) write(w io.Writer, exports string) error {
	path, err := quoted(exports)
	if err != nil {
		return err
	}
	t, err := template.New("statement").Funcs(template.FuncMap{
		"prelude":     func() string { return strings.ReplaceAll(d.prelude, "%s", path) },
		"rows":        func() string { return strings.ReplaceAll(d.rows, "%s", path) },
		"amount":      func() string { return amountPattern },
		"trimmed":     trimmed,
		"folded":      folded,
		"types":       func(kind string) string { return spellings(kind, calc.NoReason) },
		"adjustments": func(kind string) string { return spellings(kind, calc.Adjustment) },
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
	return t.Execute(w, struct {
		Name, File string
		Stored     bool
	}{d.Name, d.file, d.file == storedFile})
}

// trimmed gives a column without outer blanks; what is missing is blank.
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

// folded returns a column as the program compares types: Co-op, COOP and "Co op"
// are one.
func folded(column string) string {
	text := fmt.Sprintf("lower(coalesce(%s, ''))", column)
	for _, r := range ignoredInTypes {
		text = fmt.Sprintf("replace(%s, '%c', '')", text, r)
	}
	return text
}
