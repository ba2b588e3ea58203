package csvfile

import (
	"fmt"
	"io"

	"cspcoop/calc"
)

var exceptionColumns = []column[calc.Finding]{
	{"severity", func(f calc.Finding) string { return f.Severity.String() }},
	{"code", func(f calc.Finding) string { return string(f.Code) }},
	{"participant_id", func(f calc.Finding) string { return text(f.Participant) }},
	{"program", func(f calc.Finding) string { return text(f.Program) }},
	{"earning_period", func(f calc.Finding) string { return f.Period.String() }},
	{"file", func(f calc.Finding) string { return text(f.Place.File) }},
	{"row", func(f calc.Finding) string { return number(f.Place.Row) }},
	{"column", func(f calc.Finding) string { return text(f.Place.Column) }},
	{"message", func(f calc.Finding) string { return text(inSheet(f.Place) + f.Message) }},
}

// inSheet names a workbook's sheet, which has no column of its own.
func inSheet(p calc.Place) string {
	if p.Sheet == "" {
		return ""
	}
	return fmt.Sprintf("sheet %q: ", p.Sheet)
}

// Exceptions writes exceptions.csv: what needs a person's eye.
func Exceptions(w io.Writer, r *calc.Result) error {
	return write(w, exceptionColumns, r.Findings)
}
