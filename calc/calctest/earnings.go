// Package calctest makes earnings for tests.
package calctest

import "cspcoop/calc"

// Add adds rows to a source.
func Add(s *calc.Source, rows ...calc.EarningCells) {
	if s.Earnings == nil {
		s.Earnings = calc.NewEarnings(s, nil)
	}
	for _, row := range rows {
		s.Earnings.Add(row)
	}
}

// Source returns a source of rows.
func Source(rows ...calc.EarningCells) *calc.Source {
	s := &calc.Source{}
	Add(s, rows...)
	return s
}

// Change changes the cells of a source's rows.
func Change(s *calc.Source, change func(row int, cells *calc.EarningCells)) {
	earlier := s.Earnings
	s.Earnings = nil
	for i, e := range earlier.All() {
		cells := Cells(e)
		change(i, &cells)
		Add(s, cells)
	}
}

// Cells returns the cells of a row.
func Cells(e calc.Earning) calc.EarningCells {
	cells := calc.EarningCells{
		ID: e.ID(), Date: e.Date(), Calculated: e.Calculated(), Amount: e.Amount(), USD: e.USD(), Paid: e.Paid(),
		ClaimID: e.ClaimID(), PaymentID: e.PaymentID(), Row: e.Row(), Sheet: e.Sheet(),
		Participant: e.Participant(), ParticipantName: e.ParticipantName(), Country: e.Country(), Program: e.Program(), Engagement: e.Engagement(), Lever: e.Lever(),
		Type: e.Type(), ReasonCode: e.ReasonCode(), Currency: e.Currency(), PaymentStatus: e.PaymentStatus(), StatusText: e.StatusText(), EstimatedMonth: e.EstimatedMonth(),
	}
	if e.HasDetail() {
		cells.Detail = &calc.Detail{}
		for c := range calc.DetailColumns {
			cells.Detail[c] = e.Detail(c)
		}
	}
	return cells
}
