package calc

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// EarningPeriod is a calendar half-year, January–June or July–December, over
// which co-op builds up (cspcoop help rules). The zero value is no period.
type EarningPeriod struct {
	index int32 // year*2, plus 1 for July–December
}

// PeriodOf returns the earning period that holds the day.
func PeriodOf(d Date) EarningPeriod { return d.Month().Period() }

// ParsePeriod reads a fiscal label such as FY20H2, in any case and with or
// without spaces.
func ParsePeriod(s string) (EarningPeriod, error) {
	label := strings.ToUpper(strings.ReplaceAll(s, " ", ""))
	year, half, whole := strings.Cut(strings.TrimPrefix(label, "FY"), "H")
	n, err := strconv.ParseUint(year, 10, 8)
	if !whole || err != nil || len(label) != len("FY20H2") || !strings.HasPrefix(label, "FY") || half != "1" && half != "2" {
		return EarningPeriod{}, fmt.Errorf("%q is no fiscal half-year such as FY20H2", s)
	}
	january := NewMonth(2000+int(n), time.January).Period() // the fiscal year's second half
	if half == "1" {
		return january.Previous(), nil
	}
	return january, nil
}

// IsZero reports whether p is no period.
func (p EarningPeriod) IsZero() bool { return p.index == 0 }

// FirstMonth returns January or July.
func (p EarningPeriod) FirstMonth() Month { return Month{p.index * 6} }

// LastMonth returns June or December.
func (p EarningPeriod) LastMonth() Month { return p.FirstMonth().Add(5) }

// Start returns the period's first day.
func (p EarningPeriod) Start() Date { return p.FirstMonth().First() }

// End returns the period's last day.
func (p EarningPeriod) End() Date { return p.LastMonth().Last() }

// Next returns the half-year that follows: the usage period of p.
func (p EarningPeriod) Next() EarningPeriod { return EarningPeriod{p.index + 1} }

// Previous returns the half-year before: the earning period that p may spend.
func (p EarningPeriod) Previous() EarningPeriod { return EarningPeriod{p.index - 1} }

// UsageStart returns the first day on which the period's co-op may be spent and
// claimed (cspcoop help rules).
func (p EarningPeriod) UsageStart() Date { return p.Next().Start() }

// UsageEnd returns the last day on which it may be spent.
func (p EarningPeriod) UsageEnd() Date { return p.Next().End() }

// FiscalYear returns Microsoft's fiscal year: year N runs from 1 July N−1 to
// 30 June N (cspcoop help rules).
func (p EarningPeriod) FiscalYear() int {
	if p.secondCalendarHalf() {
		return int(p.index)/2 + 1
	}
	return int(p.index) / 2
}

// FiscalHalf returns 1 for July–December and 2 for January–June.
func (p EarningPeriod) FiscalHalf() int {
	if p.secondCalendarHalf() {
		return 1
	}
	return 2
}

func (p EarningPeriod) secondCalendarHalf() bool { return p.index%2 == 1 }

// Compare orders periods for slices.SortFunc.
func (p EarningPeriod) Compare(o EarningPeriod) int { return int(p.index) - int(o.index) }

// String returns the fiscal label, FY20H2 for January–June 2020, and "" for no
// period.
func (p EarningPeriod) String() string {
	if p.IsZero() {
		return ""
	}
	return fmt.Sprintf("FY%02dH%d", p.FiscalYear()%100, p.FiscalHalf())
}

// MarshalText returns the fiscal label, for JSON.
func (p EarningPeriod) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads a fiscal label; "" is no period.
func (p *EarningPeriod) UnmarshalText(text []byte) (err error) {
	if *p = (EarningPeriod{}); len(text) > 0 {
		*p, err = ParsePeriod(string(text))
	}
	return err
}

// Gap is a run of months without any row between a statement's first and last
// one.
type Gap struct {
	First, Last Month
	Spanned     bool // one export reaches across it, so that it is rather an idle time than a missing file
}

// String returns 2020-03, or 2020-03 to 2020-05.
func (g Gap) String() string {
	if g.First == g.Last {
		return g.First.String()
	}
	return fmt.Sprintf("%s to %s", g.First, g.Last)
}
