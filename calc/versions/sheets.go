package versions

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// cell is a participant's month in a program: for rows without ids, the unit in
// which one file replaces another (cspcoop help rules, "Without ids").
type cell struct {
	calc.StatementKey
	month calc.Month
}

func cellOf(e calc.Earning) cell { return cell{e.StatementKey(), e.Date().Month()} }

// sheetReport is a report without ids: a file, or the members of a ZIP archive that
// have the same header, because Partner Center splits a report by month and by
// size. Their rows add up.
type sheetReport struct {
	parts    []*calc.Source
	vintage  // the newest of its parts
	receipt  int
	sha256   string // of the file or of the archive
	overlaps Overlaps
	instead  func(calc.Earning) calc.Earning // see [Overlaps.repeatedRows]
	counts   bool                            // in some cell
}

// sheetPart is a source as a part of a report.
type sheetPart struct {
	*sheetReport
	received int    // the report's receipt, or that of the part as a file of its own if it is later
	path     string // in the ZIP archive
}

// sheetReports returns the reports of all sources, and which of their parts each
// source is.
func (l *Ledger) sheetReports() (reports []*sheetReport, parts map[*calc.Source][]sheetPart) {
	type key struct{ archive, header string }
	known := map[key]*sheetReport{}
	parts = map[*calc.Source][]sheetPart{}
	for i, s := range l.Sources {
		own := []calc.ReceivedArchive{{SHA256: s.SHA256, Receipt: s.Receipt}}
		if len(s.Archives) > 0 {
			own = s.Archives
		}
		for _, a := range own {
			r := known[key{a.SHA256, s.Header}]
			if r == nil || len(s.Archives) == 0 {
				r = &sheetReport{receipt: a.Receipt, sha256: a.SHA256}
				known[key{a.SHA256, s.Header}] = r
				reports = append(reports, r)
			}
			r.parts = append(r.parts, s)
			r.Calculated = calc.NewestStamp(r.Calculated, l.Newest[i].Calculated)
			r.Earned = calc.Latest(r.Earned, l.Newest[i].Earned)
			parts[s] = append(parts[s], sheetPart{r, max(a.Receipt, s.Loose), a.Path})
		}
	}
	for _, r := range reports {
		r.overlaps = FindOverlaps(r.parts...)
		r.instead = r.overlaps.repeatedRows()
	}
	return reports, parts
}

// partOf reports whether one of the parts that a source is belongs to the report.
func partOf(r *sheetReport, parts []sheetPart) bool {
	return slices.ContainsFunc(parts, func(p sheetPart) bool { return p.sheetReport == r })
}

// sheetCell is what reports say about a cell in rows without ids.
type sheetCell struct {
	parts    []sheetPart
	counted  *sheetReport // of one of these
	bySource map[*calc.Source]*sheetSum
	hasIDs   bool     // earnings with ids make the rows duplicates
	earned   calc.Sum // by these earnings
}

// sheetSum is what one file without ids says about a cell.
type sheetSum struct {
	first  calc.Earning
	usd    calc.Sum
	earned calc.Sum // of it without transfers and payments of claims
}

// settleSheets decides which report's rows without ids count in each cell. It
// comes after the earnings with ids are settled, because these make rows
// without ids duplicates ("Forms never add up").
func (l *Ledger) settleSheets(claimRows calc.ClaimRows) {
	if !slices.ContainsFunc(l.Sources, func(s *calc.Source) bool { return !s.Earnings.Identified() }) {
		return
	}
	reports, parts := l.sheetReports()
	cells := l.sheetCells(parts)
	l.addIdentified(cells, claimRows)
	for r, e := range l.all() {
		if e.ID() == "" {
			l.settleSheetRow(r, e, cells[cellOf(e)], parts[e.Source()], claimRows)
		}
	}
	for _, r := range reports {
		if r.counts {
			l.reportOverlaps(r.overlaps)
		}
	}
	for _, c := range cells {
		counted := c.counted.sum(c.bySource)
		for s, old := range c.bySource {
			if !partOf(c.counted, parts[s]) {
				l.reportReplaced(old, counted)
			}
		}
		if c.hasIDs {
			l.reportForms(counted, c.earned.Decimal())
		}
	}
	l.reportSameTotals()
}

// sheetCells finds the parts of reports that say something about a cell, and which
// report counts. A sheet that only repeats others says nothing.
func (l *Ledger) sheetCells(parts map[*calc.Source][]sheetPart) map[cell]*sheetCell {
	cells := map[cell]*sheetCell{}
	for _, e := range l.all() {
		if e.ID() != "" {
			continue
		}
		at := cellOf(e)
		for _, p := range parts[e.Source()] {
			if !p.instead(e).IsZero() {
				continue
			}
			c := cells[at]
			if c == nil {
				c = &sheetCell{bySource: map[*calc.Source]*sheetSum{}}
				cells[at] = c
			}
			if !slices.Contains(c.parts, p) {
				c.parts = append(c.parts, p)
			}
		}
	}
	for _, c := range cells {
		c.counted = pickReport(c.parts)
		c.counted.counts = true
	}
	return cells
}

// addIdentified adds to cells what earnings with ids say about them.
func (l *Ledger) addIdentified(cells map[cell]*sheetCell, claimRows calc.ClaimRows) {
	for r, e := range l.all() {
		if e.ID() == "" || l.Fates[r.source][r.at] != calc.Counted {
			continue
		}
		c := cells[cellOf(e)]
		if c == nil {
			continue
		}
		c.hasIDs = true
		if e.Class(claimRows) == calc.Earned {
			c.earned.Add(e.USD())
		}
	}
}

// settleSheetRow gives a row without id its fate, and adds it to its cell. There is
// no cell where sheets only repeat others.
func (l *Ledger) settleSheetRow(r row, e calc.Earning, c *sheetCell, parts []sheetPart, claimRows calc.ClaimRows) {
	report, counts := parts[0].sheetReport, c != nil && partOf(c.counted, parts)
	if counts {
		report = c.counted
	}
	if first := report.instead(e); !first.IsZero() {
		l.replace(r, calc.Duplicate, first)
		return
	}
	sum := c.bySource[e.Source()]
	if sum == nil {
		sum = &sheetSum{first: e}
		c.bySource[e.Source()] = sum
	}
	sum.usd.Add(e.USD())
	if e.Class(claimRows) == calc.Earned {
		sum.earned.Add(e.USD())
	}
	switch {
	case !counts:
		l.Fates[r.source][r.at] = calc.Superseded
	case c.hasIDs:
		l.Fates[r.source][r.at] = calc.Duplicate
	}
}

// sum adds up what the parts of the report say about a cell.
func (r *sheetReport) sum(bySource map[*calc.Source]*sheetSum) *sheetSum {
	all := &sheetSum{}
	for _, part := range r.parts {
		s := bySource[part]
		if s == nil {
			continue
		}
		if all.first.IsZero() {
			all.first = s.first
		}
		all.usd.AddSum(&s.usd)
		all.earned.AddSum(&s.earned)
	}
	return all
}

// pickReport returns the report without ids that counts: the one with the newest
// calculationDate, then the newest earningDate, then the last received, in the order
// of paths within one archive (cspcoop help rules).
func pickReport(parts []sheetPart) *sheetReport {
	newest := keepNewest(parts, func(p sheetPart) calc.Stamp { return p.Calculated })
	return slices.MaxFunc(newest, func(a, b sheetPart) int {
		return cmp.Or(
			a.Earned.Compare(b.Earned),
			cmp.Compare(a.received, b.received),
			cmp.Compare(a.receipt, b.receipt),
			cmp.Compare(a.sha256, b.sha256),
			cmp.Compare(a.path, b.path),
		)
	}).sheetReport
}

func (l *Ledger) reportReplaced(old, counted *sheetSum) {
	was, is := old.usd.Decimal(), counted.usd.Decimal()
	severity := calc.Warning
	if was.Equal(is) {
		severity = calc.Info
	}
	e := old.first
	l.Findings = append(l.Findings, e.Finding(severity, calc.SheetReplaced, calc.Say(
		"%s reports %s for %s in %s and was replaced by %s, which reports %s",
		e.Source().File, calc.USD(was), e.Participant(), e.Date().Month(), counted.first.Source().File, calc.USD(is))).Behind(calc.USD(is.Sub(was))))
}

// reportForms compares a sheet's month with the earnings with ids: transfers and
// payments of claims are left out on both sides, because sheets rarely list them.
func (l *Ledger) reportForms(sheet *sheetSum, identified decimal.Decimal) {
	e := sheet.first
	if total := sheet.earned.Decimal(); !total.Equal(identified) {
		l.Findings = append(l.Findings, e.Finding(calc.Warning, calc.FormsDisagree, calc.Say(
			"%s reports %s for %s in %s, but earnings with ids add up to %s (difference %s); the earnings with ids count",
			e.Source().File, calc.USD(total), e.Participant(), e.Date().Month(), calc.USD(identified), calc.Figure(total.Sub(identified)))).Behind(calc.USD(total.Sub(identified))))
	}
}
