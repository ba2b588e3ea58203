package runjson

import "cspcoop/calc"

// acknowledged is a finding that somebody has dealt with: it is here instead
// of in exceptions.csv.
type acknowledged struct {
	Severity    string             `json:"severity"`
	Code        calc.Code          `json:"code"`
	Participant string             `json:"participant_id"`
	Program     string             `json:"program"`
	Period      calc.EarningPeriod `json:"earning_period"` // "" for none
	Earning     string             `json:"earning_id"`     // "" for none
	File        string             `json:"file"`
	Sheet       string             `json:"sheet"`
	Row         int                `json:"row"` // 0 for none
	Column      string             `json:"column"`
	Message     string             `json:"message"`
	By          string             `json:"acknowledged_by"`
	On          calc.Date          `json:"acknowledged_on"`
	Comment     string             `json:"comment"`
}

func acknowledgedOf(c calc.ClosedFinding) acknowledged {
	return acknowledged{
		c.Severity().String(), c.Code(), c.Participant(), c.Program(), c.Period(), c.Earning(),
		c.Place().File, c.Place().Sheet, c.Place().Row, c.Place().Column, c.Message(), c.By, c.On, c.Comment,
	}
}
