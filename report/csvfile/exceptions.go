package csvfile

import (
	"fmt"

	"cspcoop/calc"
	"cspcoop/report/table"
)

var exceptionColumns = []table.Column[calc.Finding]{
	{Head: "severity", Cell: func(f calc.Finding) table.Value { return table.Text(f.Severity().String()) }},
	{Head: "code", Cell: func(f calc.Finding) table.Value { return table.Text(string(f.Code())) }},
	{Head: "participant_id", Cell: func(f calc.Finding) table.Value { return table.Text(f.Participant()) }},
	{Head: "program", Cell: func(f calc.Finding) table.Value { return table.Text(f.Program()) }},
	{Head: "earning_period", Cell: func(f calc.Finding) table.Value { return table.Text(f.Period().String()) }},
	{Head: "file", Cell: func(f calc.Finding) table.Value { return table.Text(f.Place().File) }},
	{Head: "row", Cell: func(f calc.Finding) table.Value { return table.Known(f.Place().Row) }},
	{Head: "column", Cell: func(f calc.Finding) table.Value { return table.Text(f.Place().Column) }},
	{Head: "message", Cell: func(f calc.Finding) table.Value { return table.Text(inSheet(f.Place()) + f.Message()) }},
}

// inSheet names a workbook's sheet, which has no column of its own.
func inSheet(p calc.Place) string {
	if p.Sheet == "" {
		return ""
	}
	return fmt.Sprintf("sheet %q: ", p.Sheet)
}

// Exceptions is exceptions.csv: what needs a person's eye.
var Exceptions = sorted("exceptions.csv", exceptionColumns, func(r *calc.Result) []calc.Finding { return r.Findings })
