package calc

import "github.com/shopspring/decimal"

// Control is a total that somebody read outside the exports, on a page of Partner
// Center or in a remittance letter: a line of controls.csv. A blank participant,
// program, period or month means all of them.
type Control struct {
	AsOf        Date   // the day that it speaks of
	Participant string // as written: an id, or a name
	Program     string // as written
	Period      EarningPeriod
	Month       Month
	Figure      ControlFigure
	Amount      decimal.Decimal // a number of locations where Figure says so
	Currency    string          // "" of a number
	Source      string          // where it was read
	By          string          // who read it
	Place       Place
}

// Controls are the lines of a controls.csv.
type Controls struct {
	SHA256 string // of the file, lower-case hex
	Lines  []Control
}

// ControlFigure is what a control is the total of.
type ControlFigure uint8

const (
	// ControlRebate, ControlCoOp and ControlOther are what was earned.
	ControlRebate ControlFigure = iota
	ControlCoOp
	ControlOther
	// ControlRemaining is the co-op that is left in funds.
	ControlRemaining
	// ControlClaimed is the co-op that claims have taken.
	ControlClaimed
	// ControlPayment is what was paid, after withheld tax and with sales tax, by
	// the date of payment.
	ControlPayment
	// ControlLocations is how many participants have earnings.
	ControlLocations
	controlFigures
)

// String returns the figure's word in controls.csv.
func (f ControlFigure) String() string {
	return [...]string{"rebate", "coop", "other", "remaining", "claimed", "payment", "locations"}[f]
}

// IsMoney reports whether the figure is an amount in a currency.
func (f ControlFigure) IsMoney() bool { return f != ControlLocations }

// ControlFigures lists the words for figures.
func ControlFigures() []string {
	var list []string
	for f := range controlFigures {
		list = append(list, f.String())
	}
	return list
}

// controlWords are further words for figures, by their TypeKey. What was earned
// goes by the words of an earningType too.
var controlWords = map[string]ControlFigure{
	"others": ControlOther, "remainingcoop": ControlRemaining, "remainingfund": ControlRemaining, "remainingfunds": ControlRemaining,
	"coopremaining": ControlRemaining, "claimedcoop": ControlClaimed, "coopclaimed": ControlClaimed, "claims": ControlClaimed,
	"payments": ControlPayment, "paid": ControlPayment, "location": ControlLocations, "partnerlocations": ControlLocations,
	"enrolledlocations": ControlLocations, "numberoflocations": ControlLocations,
}

// ParseControlFigure reads a figure as people write it: Co-op, Payments,
// remaining co-op.
func ParseControlFigure(s string) (figure ControlFigure, ok bool) {
	word := TypeKey(s)
	for f := range controlFigures {
		if word == f.String() {
			return f, true
		}
	}
	if figure, ok = controlWords[word]; ok {
		return figure, true
	}
	switch KindOf(s) {
	case Rebate:
		return ControlRebate, true
	case CoOp:
		return ControlCoOp, true
	case Gross, Other:
	}
	return 0, false
}

// TieState says how a control and our figure agree.
type TieState uint8

const (
	// TieAgrees: both are the same to the cent.
	TieAgrees TieState = iota
	// TieDiffers: they are not.
	TieDiffers
	// TieNoExport: no export has anything of what the control is about.
	TieNoExport
)

// String returns the state's word in tieout.csv.
func (s TieState) String() string { return [...]string{"agrees", "differs", "no export"}[s] }

// TieOut is a control beside our figure of the same day: a row of tieout.csv.
type TieOut struct {
	Control
	Location    string              // participant id that it was found to be; as written where none was
	ProgramName string              // current name
	State       TieState            // agrees only to the cent
	Ours        decimal.NullDecimal // rounded to cents; invalid where no export, or no rate, gives one
	Difference  decimal.NullDecimal // ours less theirs, all of it where no export has it
	Explained   decimal.Decimal     // of the difference, by rows that come to exactly that
	Explanation Sentence            // what explains the difference, or may; without a template for nothing
	Payments    []*PaymentMatch     // that ours sums, where it is of payments
}

// Open returns what of the difference nothing explains.
func (t *TieOut) Open() decimal.Decimal { return t.Difference.Decimal.Sub(t.Explained) }

// Earned returns the earning period that the control is about; none where it is
// about several, or about payments, which are not of their month's earnings.
func (t *TieOut) Earned() EarningPeriod {
	if t.Period.IsZero() && !t.Month.IsZero() && t.Figure != ControlPayment {
		return t.Month.Period()
	}
	return t.Period
}

// Finding makes a finding about the control at its place in controls.csv.
func (t *TieOut) Finding(s Severity, code Code, says Sentence) Finding {
	return NewFinding(s, code, says).About(Subject{Participant: t.Location, Program: t.ProgramName, Period: t.Earned(), Place: t.Place})
}

// TieCount counts controls by their state.
type TieCount struct {
	Agree    int `json:"agree"`
	Differ   int `json:"differ"`
	Open     int `json:"open"` // of those that differ, by something that nothing explains
	NoExport int `json:"no_export"`
}

// CountTieOuts counts controls.
func CountTieOuts(list []TieOut) (n TieCount) {
	for i := range list {
		switch t := &list[i]; t.State {
		case TieAgrees:
			n.Agree++
		case TieDiffers:
			n.Differ++
			if !t.Difference.Valid || !t.Open().IsZero() {
				n.Open++
			}
		case TieNoExport:
			n.NoExport++
		}
	}
	return n
}

// Plus adds two counts.
func (n TieCount) Plus(m TieCount) TieCount {
	return TieCount{n.Agree + m.Agree, n.Differ + m.Differ, n.Open + m.Open, n.NoExport + m.NoExport}
}

// All returns how many controls there are.
func (n TieCount) All() int { return n.Agree + n.Differ + n.NoExport }
