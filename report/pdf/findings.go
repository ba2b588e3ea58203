package pdf

import (
	"strings"

	"cspcoop/calc"
	"cspcoop/report/wording"
)

// findings lists what needs a person's eye, the worst first; owner says whose
// each is, where several are meant.
func (d *document) findings(list []calc.Finding, owner bool) {
	w := d.words
	if len(list) == 0 {
		d.section(toFindings, w.T("Findings"), bodyType.line())
		d.paragraph(w.T("Nothing needs a person's eye."), bodyType)
		return
	}
	d.tableSection(toFindings, w.T("Findings"), findingTable(w, list, owner))
	if note := w.Recorded(); note != "" {
		d.gap(4)
		d.paragraph(note, noteType)
	}
}

// findingTable says once what a code means, and below it where it was found and
// what about it.
func findingTable(w *wording.Words, list []calc.Finding, owner bool) *table {
	t := &table{columns: []column{
		{head: w.T("Finding"), share: 3, least: 200},
		{head: w.T("Where"), share: 1, least: 110},
	}}
	for i, f := range list {
		if i == 0 || f.Code != list[i-1].Code || f.Severity != list[i-1].Severity {
			title := w.T("%s: %s (%s)", w.Severity(f.Severity), w.Code(f.Code), f.Code)
			t.rows = append(t.rows, row{kind: groupRow, cells: []cell{{text: title, colour: severityColour(f.Severity)}}})
		}
		t.rows = append(t.rows, row{cells: []cell{{text: w.Sentence(f.Message)}, {text: where(w, f, owner), colour: &quiet}}})
	}
	return t
}

// acknowledged lists the findings that somebody has dealt with, and what was said
// about them.
func (d *document) acknowledged(list []calc.ClosedFinding) {
	w := d.words
	t := &table{columns: []column{
		{head: w.T("Acknowledged finding"), share: 2, least: 150},
		{head: w.T("Code"), share: 0.8, least: 80},
		{head: w.T("By"), share: 0.5, least: 50},
		{head: w.T("On")},
		{head: w.T("Comment"), share: 1.2, least: 90},
	}}
	for _, f := range list {
		t.rows = append(t.rows, row{cells: []cell{
			{text: w.Sentence(f.Message)}, {text: string(f.Code), colour: &quiet}, {text: f.By}, {text: dateOrNothing(w, f.On)}, {text: f.Comment},
		}})
	}
	if len(t.rows) > 0 {
		d.tableSection(toAcknowledged, w.T("Acknowledged"), t)
	}
}

// severityColour shows how much a finding matters, beside the word for it; nil is
// the text's own.
func severityColour(s calc.Severity) *colour {
	switch s {
	case calc.Error:
		return &alarm
	case calc.Warning:
		return &amber
	case calc.Info:
	}
	return nil
}

func where(w *wording.Words, f calc.Finding, owner bool) string {
	var parts []string
	if owner && f.Participant != "" {
		parts = append(parts, f.Participant)
	}
	if owner && f.Program != "" {
		parts = append(parts, f.Program)
	}
	if !f.Period.IsZero() {
		parts = append(parts, noBreak(w.Months(f.Period)))
	}
	if place := w.Where(f.Place); place != "" {
		parts = append(parts, place)
	}
	return strings.Join(parts, "; ")
}
