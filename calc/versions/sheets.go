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
	participant string
	program     calc.ProgramKey
	month       calc.Month
}

func cellOf(e calc.Earning) cell { return cell{e.Participant(), e.ProgramKey(), e.Date().Month()} }

// sheetReport is a report without ids: a file, or the members of a ZIP archive that
// have the same header, because Partner Center splits a report by month and by
// size. Their rows add up.
type sheetReport struct {
	parts   []int // sources, ascending
	vintage       // the newest of its parts
	receipt int
	sha256  string // of the file or of the archive
}

// sheetReports returns the reports of all sources, and of each source the ones
// that it is a part of.
func (l *Ledger) sheetReports() (reports []sheetReport, of [][]int) {
	type key struct{ archive, header string }
	known := map[key]int{}
	of = make([][]int, len(l.Sources))
	for i, s := range l.Sources {
		own := []calc.ReceivedArchive{{SHA256: s.SHA256, Receipt: s.Receipt}}
		if len(s.Archives) > 0 {
			own = s.Archives
		}
		for _, a := range own {
			at, again := known[key{a.SHA256, s.Header}]
			if !again || len(s.Archives) == 0 {
				at = len(reports)
				reports = append(reports, sheetReport{receipt: a.Receipt, sha256: a.SHA256})
				known[key{a.SHA256, s.Header}] = at
			}
			r := &reports[at]
			r.parts = append(r.parts, i)
			r.Calculated = calc.NewestStamp(r.Calculated, l.Newest[i].Calculated)
			r.Earned = calc.Latest(r.Earned, l.Newest[i].Earned)
			of[i] = append(of[i], at)
		}
	}
	return reports, of
}

// settleSheets decides which report's rows without ids count in each cell. It
// comes after the earnings with ids are settled, because these make rows
// without ids duplicates ("Forms never add up").
func (l *Ledger) settleSheets(claimRows calc.ClaimRows) {
	holders := map[cell][]int{} // reports that hold rows without ids
	reports, reportsOf := l.sheetReports()
	for i, s := range l.Sources {
		for j := range s.Earnings.Len() {
			e := s.Earnings.At(j)
			if e.ID() != "" {
				continue
			}
			c := cellOf(e)
			for _, r := range reportsOf[i] {
				if h := holders[c]; !slices.Contains(h, r) {
					holders[c] = append(h, r)
				}
			}
		}
	}
	if len(holders) == 0 {
		return
	}
	identified := map[cell]*calc.Sum{}
	for i, s := range l.Sources {
		for j := range s.Earnings.Len() {
			if e := s.Earnings.At(j); e.ID() != "" && l.Fates[i][j] == calc.Counted && holders[cellOf(e)] != nil {
				sum := identified[cellOf(e)]
				if sum == nil {
					sum = new(calc.Sum)
					identified[cellOf(e)] = sum
				}
				if e.Class(claimRows) == calc.Earned {
					sum.Add(e.USD())
				}
			}
		}
	}
	winners := map[cell]int{}
	for c, held := range holders {
		winners[c] = pickReport(held, reports)
	}
	sums := map[cell]map[int]*sheetSum{}
	overlaps := make([]Overlaps, len(reports))
	repeated := make([]func(*calc.Source, calc.Earning) calc.Earning, len(reports))
	for i := range reports {
		overlaps[i] = FindOverlaps(reports[i].sources(l)...)
		repeated[i] = overlaps[i].repeatedRows()
	}
	counts := make([]bool, len(reports))
	for i, s := range l.Sources {
		for j := range s.Earnings.Len() {
			e := s.Earnings.At(j)
			if e.ID() != "" {
				continue
			}
			c := cellOf(e)
			report, won := reportsOf[i][0], slices.Contains(reportsOf[i], winners[c])
			if won {
				report = winners[c]
				counts[report] = true
			}
			if first := repeated[report](s, e); !first.IsZero() {
				l.replace(row{int32(i), int32(j)}, calc.Duplicate, first)
				continue
			}
			if sums[c] == nil {
				sums[c] = map[int]*sheetSum{}
			}
			if sums[c][i] == nil {
				sums[c][i] = &sheetSum{first: e}
			}
			sums[c][i].usd.Add(e.USD())
			if e.Class(claimRows) == calc.Earned {
				sums[c][i].earned.Add(e.USD())
			}
			switch {
			case !won:
				l.Fates[i][j] = calc.Superseded
			case identified[c] != nil:
				l.Fates[i][j] = calc.Duplicate
			}
		}
	}
	for i := range reports {
		if counts[i] {
			l.reportOverlaps(overlaps[i])
		}
	}
	for c, bySource := range sums {
		won := reports[winners[c]].sum(bySource)
		for i, s := range bySource {
			if !slices.Contains(reportsOf[i], winners[c]) {
				l.reportReplaced(s, won)
			}
		}
		if ids := identified[c]; ids != nil {
			l.reportForms(won, ids.Decimal())
		}
	}
	l.reportSameTotals()
}

// sheetSum is what one file without ids says about a cell.
type sheetSum struct {
	first  calc.Earning
	usd    calc.Sum
	earned calc.Sum // of it without transfers and payments of claims
}

func (r *sheetReport) sources(l *Ledger) []*calc.Source {
	list := make([]*calc.Source, len(r.parts))
	for i, part := range r.parts {
		list[i] = l.Sources[part]
	}
	return list
}

// sum adds up what the parts of the report say about a cell.
func (r *sheetReport) sum(bySource map[int]*sheetSum) *sheetSum {
	var all *sheetSum
	for _, i := range r.parts {
		switch s := bySource[i]; {
		case s == nil:
		case all == nil:
			whole := *s
			all = &whole
		default:
			all.usd.AddDecimal(s.usd.Decimal())
			all.earned.AddDecimal(s.earned.Decimal())
		}
	}
	return all
}

// pickReport returns the report without ids that counts: the one with the newest
// calculationDate, then the newest earningDate, then the last received
// (cspcoop help rules).
func pickReport(held []int, reports []sheetReport) int {
	newest := keepNewest(held, func(r int) calc.Stamp { return reports[r].Calculated })
	return slices.MaxFunc(newest, func(a, b int) int {
		return cmp.Or(
			reports[a].Earned.Compare(reports[b].Earned),
			cmp.Compare(reports[a].receipt, reports[b].receipt),
			cmp.Compare(reports[a].sha256, reports[b].sha256),
		)
	})
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
