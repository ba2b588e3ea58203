package calc

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

// cell is a participant's month in a program: for rows without ids, the unit in
// which one file replaces another (rules.md §6, "Without ids").
type cell struct {
	participant string
	program     ProgramKey
	month       Month
}

func (e *Earning) cell() cell { return cell{e.Participant, e.ProgramKey, e.Date.Month()} }

// settleSheets decides which file's rows without ids count in each cell. It
// comes after the earnings with ids are settled, because these make rows
// without ids duplicates ("Forms never add up").
func (l *ledger) settleSheets(claimRows ClaimRows) {
	holders := map[cell][]int{} // sources that hold rows without ids, ascending
	for i, s := range l.sources {
		for j := range s.Earnings {
			e := &s.Earnings[j]
			if e.ID != "" {
				continue
			}
			c := e.cell()
			if h := holders[c]; len(h) == 0 || h[len(h)-1] != i {
				holders[c] = append(h, i)
			}
		}
	}
	if len(holders) == 0 {
		return
	}
	identified := map[cell]*Sum{}
	for i, s := range l.sources {
		for j := range s.Earnings {
			if e := &s.Earnings[j]; e.ID != "" && l.fates[i][j] == Counted && holders[e.cell()] != nil {
				sum := identified[e.cell()]
				if sum == nil {
					sum = new(Sum)
					identified[e.cell()] = sum
				}
				if e.class(claimRows) == Earned {
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
	for i, s := range l.sources {
		for j := range s.Earnings {
			e := &s.Earnings[j]
			if e.ID != "" {
				continue
			}
			c := e.cell()
			if sums[c] == nil {
				sums[c] = map[int]*sheetSum{}
			}
			if sums[c][i] == nil {
				sums[c][i] = &sheetSum{first: e}
			}
			sums[c][i].usd.Add(e.USD)
			if e.class(claimRows) == Earned {
				sums[c][i].earned.Add(e.USD)
			}
			switch {
			case winners[c] != i:
				l.fates[i][j] = Superseded
				l.instead[i][j] = nil
			case identified[c] != nil:
				l.fates[i][j] = Duplicate
			}
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
	first  *Earning
	usd    Sum
	earned Sum // of it without transfers and payments of claims
}

// pickSheet gives the file without ids that counts: the one with the newest
// calculationDate, then the newest earningDate, then the last received
// (rules.md §6).
func (l *ledger) pickSheet(sources []int) int {
	newest := keepNewest(sources, func(i int) Stamp { return l.newest[i].calculated })
	return slices.MaxFunc(newest, func(a, b int) int {
		return cmp.Or(
			l.newest[a].earned.Compare(l.newest[b].earned),
			cmp.Compare(l.sources[a].Receipt, l.sources[b].Receipt),
			cmp.Compare(l.sources[a].SHA256, l.sources[b].SHA256),
		)
	})
}

func (l *ledger) reportReplaced(old, counted *sheetSum) {
	was, is := old.usd.Decimal(), counted.usd.Decimal()
	severity := Warning
	if was.Equal(is) {
		severity = Info
	}
	e := old.first
	l.findings = append(l.findings, e.finding(severity, SheetReplaced, fmt.Sprintf(
		"%s here says %s USD for %s and was replaced by %s, which says %s USD",
		e.Date.Month(), inWords(was), e.Participant, counted.first.Source.File, inWords(is))))
}

// reportForms holds a sheet's month against the earnings with ids: transfers and
// payments of claims are left out on both sides, because sheets rarely list them.
func (l *ledger) reportForms(sheet *sheetSum, identified decimal.Decimal) {
	e := sheet.first
	if total := sheet.earned.Decimal(); !total.Equal(identified) {
		l.findings = append(l.findings, e.finding(Warning, FormsDisagree, fmt.Sprintf(
			"%s here says %s USD for %s, but earnings with ids add up to %s USD (difference %s); the earnings with ids count",
			e.Date.Month(), inWords(total), e.Participant, inWords(identified), inWords(total.Sub(identified)))))
	}
}
