package importer

import (
	"context"
	"fmt"
	"io"
	"strings"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// controlsReport is the list of control totals that a workspace may have. It is
// no export: in the inbox it is refused.
var controlsReport = newReport(report{
	title: "Control totals",
	columns: []field{
		{name: "as_of", kind: dayValue, need: filled},
		{name: "participant_id", aliases: []string{"Partner ID", "MPN ID", "MPN", "Location", "Location ID", "Enrollment ID"}, kind: idValue},
		{name: "program", aliases: []string{"programName"}},
		{name: "earning_period", kind: periodValue},
		{name: "month", kind: monthValue},
		{name: "figure", kind: figureValue, need: filled},
		{name: "amount", kind: numberValue, currencyIn: "currency", need: filled},
		{name: "currency", kind: currencyValue},
		{name: "source", need: filled},
		{name: "by", need: filled},
	},
	identify: func(h *heading) bool {
		return h.named["figure"] && h.named["amount"] && (h.named["as_of"] || h.named["source"] || h.named["by"])
	},
	required: func(l *layout, _ *Options) []missingColumn {
		return l.requireAll(func(name string) string { return fmt.Sprintf("add a column %q", name) }, ControlColumns()...)
	},
	form:  func(*layout) calc.FileKind { return calc.KindControls },
	take:  func(r *rowReader) error { return takeMapped(r, r.takeControl) },
	check: (*rowReader).checkControl,
})

// ControlColumns lists the columns of controls.csv in their order.
func ControlColumns() []string {
	return []string{"as_of", "participant_id", "program", "earning_period", "month", "figure", "amount", "currency", "source", "by"}
}

// controlRow is a line of controls.csv.
type controlRow struct {
	AsOf        calc.Date          `csv:"as_of"`
	Participant string             `csv:"participant_id"`
	Program     string             `csv:"program"`
	Period      calc.EarningPeriod `csv:"earning_period"`
	Month       calc.Date          `csv:"month"`
	Figure      string             `csv:"figure"`
	Amount      money              `csv:"amount"`
	Currency    string             `csv:"currency"`
	Source      string             `csv:"source"`
	By          string             `csv:"by"`
}

// checkControl checks what the cells of a control show together.
func (r *rowReader) checkControl(row *table.Row, record []string, bad []bool) {
	values := map[string]string{}
	for i := range r.layout.columns {
		if !bad[i] {
			values[r.layout.columns[i].name] = record[i]
		}
	}
	fault := func(column, problem, want string) { r.fault(row, r.layout.column(column), cellFault{problem, want}) }
	currency, currencyRead := values["currency"]
	figure, known := calc.ParseControlFigure(values["figure"])
	switch {
	case !known:
	case !figure.IsMoney() && values["amount"] != "" && !calc.IsDigits(values["amount"]):
		fault("amount", "is no number of participants", "a whole number such as 12")
	case figure.IsMoney() && currencyRead && currency == "" && r.DefaultCurrency == "":
		fault("currency", "the amount has no currency", "a currency code such as USD, or default_currency in cspcoop.toml")
	}
	fund := figure == calc.ControlRemaining || figure == calc.ControlClaimed
	month, hasMonth := values["month"]
	hasMonth = hasMonth && month != ""
	if known && fund && hasMonth {
		fault("month", "co-op is claimed by earning period, not by month", "leave the month blank and name the earning period")
		return
	}
	if period := values["earning_period"]; period != "" && hasMonth {
		day, err := calc.ParseDate(month)
		if half, bad := calc.ParsePeriod(period); err == nil && bad == nil && calc.PeriodOf(day) != half {
			fault("month", fmt.Sprintf("is not in the earning period %s, which is %s to %s", half, half.Start(), half.End()), "leave one of the two blank, or correct it")
		}
	}
}

// takeControl adds a typed line to the source.
func (r *rowReader) takeControl(c *controlRow, place int) {
	figure, _ := calc.ParseControlFigure(c.Figure) // validated
	line := calc.Control{
		AsOf: c.AsOf, Participant: c.Participant, Program: c.Program, Period: c.Period, Figure: figure,
		Amount: c.Amount.Decimal(), Currency: c.Currency, Source: c.Source, By: c.By, Place: r.place(place),
	}
	if !c.Month.IsZero() {
		line.Month = c.Month.Month()
	}
	switch {
	case !figure.IsMoney():
		line.Currency = ""
	case line.Currency == "":
		line.Currency = r.DefaultCurrency
	}
	r.source.Controls = append(r.source.Controls, line)
}

// ReadControls reads a workspace's list of control totals. The error of a file
// with faults is *table.Faults, with every fault.
func ReadControls(ctx context.Context, r io.ReaderAt, size int64, o Options) ([]calc.Control, error) {
	o.Controls = true
	src, err := Read(ctx, r, size, o)
	if err != nil {
		return nil, err
	}
	if src.Kind != calc.KindControls {
		return nil, &table.Faults{Total: 1, List: []table.Fault{{
			Problem: "the header is that of another report", Want: "use the columns " + strings.Join(ControlColumns(), ", ") + "; exports belong in the inbox",
		}}}
	}
	return src.Controls, nil
}

// refuseControls refuses a list of control totals among exports.
func (in *importing) refuseControls() {
	for _, t := range in.tabs {
		if t.layout.kind == calc.KindControls && !in.Controls {
			in.faults.Add(table.Fault{Sheet: t.sheet.Name, Row: t.layout.row, Problem: "this is a list of control totals, which is no export",
				Want: "keep it as controls.csv in the workspace, beside cspcoop.toml"})
		}
	}
}

// figureText returns the word of a control's figure.
func figureText(text string) (string, *cellFault) {
	if text == "" {
		return "", nil
	}
	figure, ok := calc.ParseControlFigure(text)
	if !ok {
		return "", &cellFault{"is no figure to compare with", "one of " + strings.Join(calc.ControlFigures(), ", ")}
	}
	return figure.String(), nil
}
