package versions

import (
	"cmp"
	"fmt"
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

func cellOf(e *calc.Earning) cell { return cell{e.Participant, e.ProgramKey, e.Date.Month()} }

// settleSheets decides which file's rows without ids count in each cell. It
// comes after the earnings with ids are settled, because these make rows
// without ids duplicates ("Forms never add up").
func (l *Ledger) settleSheets(claimRows calc.ClaimRows) {
	holders := map[cell][]int{} // sources that hold rows without ids, ascending
	for i, s := range l.Sources {
		for j := range s.Earnings {
			e := &s.Earnings[j]
			if e.ID != "" {
				continue
			}
			c := cellOf(e)
			if h := holders[c]; len(h) == 0 || h[len(h)-1] != i {
				holders[c] = append(h, i)
			}
		}
	}
	if len(holders) == 0 {
		return
	}
	identified := map[cell]*calc.Sum{}
	for i, s := range l.Sources {
		for j := range s.Earnings {
			if e := &s.Earnings[j]; e.ID != "" && l.Fates[i][j] == calc.Counted && holders[cellOf(e)] != nil {
				sum := identified[cellOf(e)]
				if sum == nil {
					sum = new(calc.Sum)
					identified[cellOf(e)] = sum
				}
				if e.Class(claimRows) == calc.Earned {
					sum.Add(e.USD)
				}
			}
		}
	}
	winners := map[cell]int{}
	for c, sources := range holders {
		winners[c] = l.pickSheet(sources)
	}
	sums := map[cell]map[int]*sheetSum{}
	for i, s := range l.Sources {
		overlaps := FindOverlaps(s)
		repeated := overlaps.repeatedRows()
		counts := false
		for j := range s.Earnings {
			e := &s.Earnings[j]
			if e.ID != "" {
				continue
			}
			c := cellOf(e)
			counts = counts || winners[c] == i
			if first := repeated(e); first != nil {
				l.Fates[i][j] = calc.Duplicate
				l.instead[i][j] = first
				continue
			}
			if sums[c] == nil {
				sums[c] = map[int]*sheetSum{}
			}
			if sums[c][i] == nil {
				sums[c][i] = &sheetSum{first: e}
			}
			sums[c][i].usd.Add(e.USD)
			if e.Class(claimRows) == calc.Earned {
				sums[c][i].earned.Add(e.USD)
			}
			switch {
			case winners[c] != i:
				l.Fates[i][j] = calc.Superseded
				l.instead[i][j] = nil
			case identified[c] != nil:
				l.Fates[i][j] = calc.Duplicate
			}
		}
		if counts {
			l.reportOverlaps(overlaps)
		}
	}
	for c, bySource := range sums {
		won := bySource[winners[c]]
		for i, s := range bySource {
			if i != winners[c] {
				l.reportReplaced(s, won)
			}
		}
		if ids := identified[c]; ids != nil {
			l.reportForms(won, ids.Decimal())
		}
	}
}

// sheetSum is what one file without ids says about a cell.
type sheetSum struct {
	first  *calc.Earning
	usd    calc.Sum
	earned calc.Sum // of it without transfers and payments of claims
}

// pickSheet gives the file without ids that counts: the one with the newest
// calculationDate, then the newest earningDate, then the last received
// (cspcoop help rules).
func (l *Ledger) pickSheet(sources []int) int {
	newest := keepNewest(sources, func(i int) calc.Stamp { return l.Newest[i].Calculated })
	return slices.MaxFunc(newest, func(a, b int) int {
		return cmp.Or(
			l.Newest[a].Earned.Compare(l.Newest[b].Earned),
			cmp.Compare(l.Sources[a].Receipt, l.Sources[b].Receipt),
			cmp.Compare(l.Sources[a].SHA256, l.Sources[b].SHA256),
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
	l.Findings = append(l.Findings, e.Finding(severity, calc.SheetReplaced, fmt.Sprintf(
		"%s here says %s USD for %s and was replaced by %s, which says %s USD",
		e.Date.Month(), calc.AmountText(was), e.Participant, counted.first.Source.File, calc.AmountText(is))))
}

// reportForms holds a sheet's month against the earnings with ids: transfers and
// payments of claims are left out on both sides, because sheets rarely list them.
func (l *Ledger) reportForms(sheet *sheetSum, identified decimal.Decimal) {
	e := sheet.first
	if total := sheet.earned.Decimal(); !total.Equal(identified) {
		l.Findings = append(l.Findings, e.Finding(calc.Warning, calc.FormsDisagree, fmt.Sprintf(
			"%s here says %s USD for %s, but earnings with ids add up to %s USD (difference %s); the earnings with ids count",
			e.Date.Month(), calc.AmountText(total), e.Participant, calc.AmountText(identified), calc.AmountText(total.Sub(identified)))))
	}
}
