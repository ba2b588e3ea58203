package wording

import (
	"fmt"
	"strconv"
	"time"

	"cspcoop/calc"

	"golang.org/x/text/language"
)

// locale is how a language and region writes numbers and days. x/text words
// sentences but no dates, and no amounts that are exact; so separators, names
// and orders are here, as the Unicode CLDR has them (cldr.unicode.org, release
// 45, "gregorian" and "numbers" of each locale), with choices of our own: amounts
// of four digits are grouped in Spanish as in every other language, so that
// columns line up; French groups by a no-break space of full width, which every
// font has; September is Sep in British English too; and months on an axis go
// without their full stop.
type locale struct {
	tag     language.Tag
	catalog string // the file of its translations; "" for the English of the keys

	group, decimal string

	months      [12]string
	shortMonths [12]string // as they are written in a date
	weekdays    [7]string  // short, from Sunday
	ordinal     func(day int) string
	fiscal      string // between the year and the half of FY20 H2

	// layouts; [1] is the day, [2] the month and [3] the year
	date, shortDate, dayMonth string
	weekday                   string // [1] is the day of the week, [2] the short date
	month                     string // [1] is the month, [2] the year
}

// locales lists what documents can be written in, the default first.
var locales = []locale{
	english(language.English),
	english(language.BritishEnglish),
	american(),
	{
		tag: language.German, catalog: "de", group: ".", decimal: ",",
		months:      [...]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
		shortMonths: [...]string{"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."},
		weekdays:    [...]string{"So.", "Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa."},
		ordinal:     func(day int) string { return strconv.Itoa(day) + "." },
		fiscal:      "\u00a0",
		date:        "%[1]s %[2]s %[3]d", shortDate: "%[1]s %[2]s %[3]d", dayMonth: "%[1]s %[2]s", weekday: "%s, %s", month: "%s %d",
	},
	{
		tag: language.French, catalog: "fr", group: "\u00a0", decimal: ",",
		months:      [...]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
		shortMonths: [...]string{"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."},
		weekdays:    [...]string{"dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."},
		ordinal: func(day int) string {
			if day == 1 {
				return "1er"
			}
			return strconv.Itoa(day)
		},
		fiscal: "\u00a0",
		date:   "%[1]s %[2]s %[3]d", shortDate: "%[1]s %[2]s %[3]d", dayMonth: "%[1]s %[2]s", weekday: "%s %s", month: "%s %d",
	},
	{
		tag: language.Spanish, catalog: "es", group: ".", decimal: ",",
		months:      [...]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
		shortMonths: [...]string{"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"},
		weekdays:    [...]string{"dom", "lun", "mar", "mié", "jue", "vie", "sáb"},
		ordinal:     strconv.Itoa,
		fiscal:      "\u00a0",
		date:        "%[1]s de %[2]s de %[3]d", shortDate: "%[1]s %[2]s %[3]d", dayMonth: "%[1]s %[2]s", weekday: "%s, %s", month: "%s de %d",
	},
	{
		tag: language.Dutch, catalog: "nl", group: ".", decimal: ",",
		months:      [...]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"},
		shortMonths: [...]string{"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"},
		weekdays:    [...]string{"zo", "ma", "di", "wo", "do", "vr", "za"},
		ordinal:     strconv.Itoa,
		fiscal:      "\u00a0",
		date:        "%[1]s %[2]s %[3]d", shortDate: "%[1]s %[2]s %[3]d", dayMonth: "%[1]s %[2]s", weekday: "%s %s", month: "%s %d",
	},
}

// english has the day before the month.
func english(tag language.Tag) locale {
	l := locale{
		tag: tag, group: ",", decimal: ".", ordinal: strconv.Itoa, fiscal: " ",
		date: "%[1]s %[2]s %[3]d", shortDate: "%[1]s %[2]s %[3]d", dayMonth: "%[1]s %[2]s", weekday: "%s %s", month: "%s %d",
	}
	for i := range l.months {
		l.months[i] = time.Month(i + 1).String()
		l.shortMonths[i] = l.months[i][:3]
	}
	for i := range l.weekdays {
		l.weekdays[i] = time.Weekday(i).String()[:3]
	}
	return l
}

func american() locale {
	l := english(language.AmericanEnglish)
	l.date, l.shortDate, l.dayMonth, l.weekday = "%[2]s %[1]s, %[3]d", "%[2]s %[1]s, %[3]d", "%[2]s %[1]s", "%s, %s"
	return l
}

// in words a day by a layout; day stands for its number.
func (l *locale) in(layout, day string, months *[12]string, d calc.Date) string {
	t := d.Time()
	return fmt.Sprintf(layout, day, months[t.Month()-1], t.Year())
}

func (l *locale) dayOf(d calc.Date) string { return l.ordinal(d.Time().Day()) }
