package importer

import (
	"context"
	"errors"

	"cspcoop/importer/table"
)

// headerSearch is how many records are looked at for a header.
const headerSearch = 64

var errFound = errors.New("the header is found")

// findHeader looks for the header among the first rows of a sheet; nil when
// there is none. The first row that fits is the header: to prefer a fuller one
// below would make titles of the rows between. A header's own faults are added,
// and those of the rows above it.
func (in *importing) findHeader(ctx context.Context, s *table.Sheet) (*layout, error) {
	var found *layout
	var above []table.Fault
	seen := 0
	err := s.Rows(ctx, func(row table.Row) error {
		if seen++; seen > headerSearch {
			return errFound
		}
		above = append(above, row.Faults...)
		cells := make([]string, len(row.Cells))
		for i, c := range row.Cells {
			if c.Kind == table.Text {
				cells[i] = c.Text
			}
		}
		v, _ := recognise(cells, in.vocabularies)
		if v == nil {
			return nil
		}
		l, faults := newLayout(v, row, s, in.Options)
		for _, f := range append(above, faults...) {
			in.faults.Add(f)
		}
		found = l
		return errFound
	})
	if errors.Is(err, errFound) {
		err = nil
	}
	return found, err
}

// recognise tells which report a record is the header of, by its cells alone.
// The second value is how many fields of the report it names, 0 when it is no
// header.
func recognise(cells []string, vocabularies []vocabulary) (*vocabulary, int) {
	// A column that only an earnings export has tells it from the others, which
	// share most of their columns with it.
	earnings, dated := false, false
	for _, cell := range cells {
		f := earningsReport.names[foldHeader(cell)]
		if f.field == nil {
			continue
		}
		switch f.name {
		case "earningDate":
			dated = true
			earnings = earnings || f.rank == 0
		case "earningId", "earningAmount", "earningAmountUSD":
			earnings = earnings || f.rank == 0
		}
	}
	for i := range vocabularies {
		v := &vocabularies[i]
		named, figures := v.namedBy(cells)
		fits := false
		switch v.report {
		case claimsReport:
			fits = !earnings && looksLikeRegister(named, figures, dated)
		case paymentsReport:
			fits = !earnings && figures >= 4 && (named["totalPayment"] ||
				named["paymentID"] && (named["earned"] || named["paymentDate"] || named["CIReferenceNumber"]))
		case earningsReport:
			dated, money := named["earningDate"], named["earningAmount"] || named["earningAmountUSD"]
			fits = dated && money || (dated || money || named["earningId"]) && figures >= 3
		}
		if fits {
			return v, len(named)
		}
	}
	return nil, 0
}

// looksLikeRegister knows a claims register, also one that lacks a required
// column: it is then refused as what it is. A plain monthly sheet with claim ids
// and states is none, because it has a month.
func looksLikeRegister(named map[string]bool, figures int, dated bool) bool {
	switch {
	case figures < 4:
		return false
	case named["usagePeriod"]:
		return true
	}
	return named["claimId"] && (named["activity"] || named["approvedAmount"] || named["status"] && named["amount"] && !dated)
}

// namedBy gives the fields that a record's cells name, and how many of them
// count in figures: columns that are only shown make no report.
func (v *vocabulary) namedBy(cells []string) (named map[string]bool, figures int) {
	named = map[string]bool{}
	for _, cell := range cells {
		f, _, ok := v.fitOf(cell)
		if !ok || named[f.name] {
			continue
		}
		named[f.name] = true
		if !f.shown {
			figures++
		}
	}
	return named, figures
}
