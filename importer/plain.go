package importer

import (
	"sync"
	"time"

	"cspcoop/calc"
)

// plainNumber is a number without sign +, grouping or exponent, as nearly every
// export writes its numbers: with a point, the canonical text is the text itself.
type plainNumber struct {
	units    int64 // of 10^-fraction
	whole    int   // digits before the mark
	fraction int   // digits after it
	zeros    bool  // the whole part begins with 0
	mark     byte
}

// maxPlain is how many bytes a plain number may have, so that it fits 64 bits.
const maxPlain = 18

// readPlainNumber reads a number that has no mark but that.
func readPlainNumber(s string, mark byte) (n plainNumber, ok bool) {
	n.mark = mark
	i, negative := 0, false
	if s != "" && s[0] == '-' {
		i, negative = 1, true
	}
	if len(s) > maxPlain || i == len(s) {
		return n, false
	}
	n.zeros = s[i] == '0'
	start, at := i, -1
	for ; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			n.units = n.units*10 + int64(c-'0')
		case c == mark && at < 0:
			at = i
		default:
			return n, false
		}
	}
	if n.whole = len(s) - start; at >= 0 {
		n.whole, n.fraction = at-start, len(s)-at-1
		if n.whole == 0 || n.fraction == 0 {
			return n, false
		}
	}
	if negative {
		n.units = -n.units
	}
	return n, true
}

func (n plainNumber) amount() calc.Amount { return calc.ScaledAmount(n.units, uint8(n.fraction)) }

// withoutZeros cuts the zeros at the end of the fraction.
func (n plainNumber) withoutZeros() plainNumber {
	for n.fraction > 0 && n.units%10 == 0 {
		n.units, n.fraction = n.units/10, n.fraction-1
	}
	return n
}

// proof returns what the number proves of its file's decimal mark.
func (n plainNumber) proof(shown bool) proof {
	grouping := n.fraction == 3 && n.whole <= 3 && !n.zeros
	switch {
	case n.fraction == 0:
		return provesNothing
	case n.mark == '.' && grouping:
		return pointOrGroup.proof(shown)
	case n.mark == '.':
		return provesPoint
	case grouping:
		return commaOrGroup.proof(shown)
	}
	return provesComma
}

// calendar has every day of the years that dates may have.
type calendar [lastYear - firstYear + 1][12 * 31]calc.Date

// theCalendar returns the calendar that all readers share.
var theCalendar = sync.OnceValue(func() *calendar {
	c := new(calendar)
	for year := range c {
		for at := range c[year] {
			// There is no date, the zero one, for the 31st of a short month.
			c[year][at], _ = calc.NewDate(firstYear+year, time.Month(at/31+1), at%31+1)
		}
	}
	return c
})

// readDay reads 2020-03-31.
func (c *calendar) readDay(s string) (calc.Date, bool) {
	if len(s) != len(time.DateOnly) || s[4] != '-' || s[7] != '-' {
		return calc.Date{}, false
	}
	century, ok1 := twoDigits(s[0:])
	years, ok2 := twoDigits(s[2:])
	month, ok3 := twoDigits(s[5:])
	day, ok4 := twoDigits(s[8:])
	year := century*100 + years
	if !ok1 || !ok2 || !ok3 || !ok4 || year < firstYear || year > lastYear || month < 1 || month > 12 || day < 1 || day > 31 {
		return calc.Date{}, false
	}
	d := c[year-firstYear][(month-1)*31+day-1]
	return d, !d.IsZero()
}

// readStamp reads 2020-03-31, and 2020-03-31T14:03:05 with a T or a blank
// between day and time.
func (c *calendar) readStamp(s string) (calc.Stamp, bool) {
	const clocked = len("2020-03-31T14:03:05")
	if len(s) != clocked {
		day, ok := c.readDay(s)
		return calc.Stamp{Day: day}, ok
	}
	day, ok := c.readDay(s[:len(time.DateOnly)])
	if !ok || s[10] != 'T' && s[10] != ' ' || s[13] != ':' || s[16] != ':' {
		return calc.Stamp{}, false
	}
	hours, ok1 := twoDigits(s[11:])
	minutes, ok2 := twoDigits(s[14:])
	seconds, ok3 := twoDigits(s[17:])
	if !ok1 || !ok2 || !ok3 || hours > 23 || minutes > 59 || seconds > 59 {
		return calc.Stamp{}, false
	}
	clock := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute + time.Duration(seconds)*time.Second
	return calc.Stamp{Day: day, Clock: clock, Clocked: true}, true
}

func twoDigits(s string) (int, bool) {
	tens, ones := s[0]-'0', s[1]-'0'
	return int(tens)*10 + int(ones), tens <= 9 && ones <= 9
}
