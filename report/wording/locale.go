package wording

import (
	"fmt"
	"time"

	"cspcoop/calc"

	"golang.org/x/text/language"
)

// locale is how a language and region writes numbers and days: those of a
// translation are under [locale] in its catalog. x/text words sentences but no
// dates, and no amounts that are exact; so separators, names and orders are there,
// as the Unicode CLDR has them (cldr.unicode.org, release 45, "gregorian" and
// "numbers" of each locale), with choices of our own: amounts of four digits are
// grouped in Spanish as in every other language, so that columns line up; French
// groups by a no-break space of full width, which every font has; September is Sep
// in British English too; and months on an axis go without their full stop.
type locale struct {
	tag language.Tag

	Group       string   `toml:"group"`
	Decimal     string   `toml:"decimal"`
	Months      []string `toml:"months"`
	ShortMonths []string `toml:"short_months"` // as they are written in a date
	Weekdays    []string `toml:"weekdays"`     // short, from Sunday
	Day         string   `toml:"day"`          // layout of its number
	FirstDay    string   `toml:"first_day"`    // of a month, where it is written in another way
	Fiscal      string   `toml:"fiscal"`       // between the year and the half of FY20 H2
	Percent     string   `toml:"percent"`      // layout of a share

	// Layouts; [1] is the day, [2] the month and [3] the year.
	Date      string `toml:"date"`
	ShortDate string `toml:"short_date"`
	DayMonth  string `toml:"day_month"`
	Weekday   string `toml:"weekday"` // [1] is the day of the week, [2] the short date
	Month     string `toml:"month"`   // [1] is the month, [2] the year

	Sheet SheetFormats `toml:"sheet"`
}

// SheetFormats are the number formats of days, months and shares in a workbook; a
// number's format is no matter of language: Excel shows it with the separators of
// whoever opens the workbook. Names of months come in the workbook's language, not
// in Excel's: [$-407] is German by its number in [MS-LCID]; where they are too long
// for an axis it has numbers.
type SheetFormats struct {
	Day   string `toml:"day"`
	Month string `toml:"month"`
	Axis  string `toml:"axis"`
	Share string `toml:"share"`
}

// Sheet returns the formats of workbooks.
func (w *Words) Sheet() SheetFormats { return w.locale.Sheet }

// englishes are the locales without a catalog, the default first. It keeps to days
// that every reader understands in a workbook.
var englishes = []locale{
	english(language.English, SheetFormats{Day: "yyyy-mm-dd", Month: "mmm yyyy", Axis: "mmm yy"}),
	english(language.BritishEnglish, SheetFormats{Day: "dd/mm/yyyy", Month: "[$-809]mmm yyyy", Axis: "[$-809]mmm yy"}),
	american(),
}

// english has the day before the month.
func english(tag language.Tag, sheet SheetFormats) locale {
	sheet.Share = `0.0%;"−"0.0%`
	l := locale{
		tag: tag, Group: ",", Decimal: ".", Day: "%d", Fiscal: " ", Percent: "%s%%", Sheet: sheet,
		Date: "%[1]s %[2]s %[3]d", ShortDate: "%[1]s %[2]s %[3]d", DayMonth: "%[1]s %[2]s", Weekday: "%s %s", Month: "%s %d",
	}
	for m := time.January; m <= time.December; m++ {
		l.Months, l.ShortMonths = append(l.Months, m.String()), append(l.ShortMonths, m.String()[:3])
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		l.Weekdays = append(l.Weekdays, d.String()[:3])
	}
	return l
}

func american() locale {
	l := english(language.AmericanEnglish, SheetFormats{Day: "m/d/yyyy", Month: "[$-409]mmm yyyy", Axis: "[$-409]mmm yy"})
	l.Date, l.ShortDate, l.DayMonth, l.Weekday = "%[2]s %[1]s, %[3]d", "%[2]s %[1]s, %[3]d", "%[2]s %[1]s", "%s, %s"
	return l
}

// in words a day by a layout; day stands for its number.
func (l *locale) in(layout, day string, months []string, d calc.Date) string {
	t := d.Time()
	return fmt.Sprintf(layout, day, months[t.Month()-1], t.Year())
}

func (l *locale) dayOf(d calc.Date) string {
	if day := d.Time().Day(); day > 1 || l.FirstDay == "" {
		return fmt.Sprintf(l.Day, day)
	}
	return l.FirstDay
}
