package importer

import (
	"cspcoop/importer/table"
)

// sighting is the first value that proves something, with its place.
type sighting struct {
	sheet  string
	row    int
	column int
	header string
	value  string
}

func (s *sighting) seen() bool { return s.row > 0 }

// rowSeenFrom names the row for a reader who looks at a sheet.
func (s *sighting) rowSeenFrom(sheet string) string { return rowOf(s.sheet, s.row, sheet) }

// evidence gathers what the values of a file prove. One value that allows only
// one reading decides for all columns of its kind (rules.md §6, Files).
type evidence struct {
	point, comma, openPoint, openComma sighting
	dayFirst, monthFirst, openDate     sighting
}

// see looks at one row. A CSV row of another width than the header is passed
// over: its values stand in wrong columns, and it is refused.
func (ev *evidence) see(s *table.Sheet, row *table.Row, l *layout, format table.Format) {
	if row.Number <= l.row || format == table.CSV && len(row.Cells) != l.width {
		return
	}
	for i := range l.columns {
		c := &l.columns[i]
		if c.index >= len(row.Cells) || row.Cells[c.index].Kind != table.Text {
			continue
		}
		at := sighting{s.Name, row.Number, c.index, c.header, row.Cells[c.index].Text}
		switch c.kind {
		case numberValue:
			ev.seeNumber(&at, c.shown)
		case dayValue, stampValue:
			ev.seeDate(&at, c.shown)
		case textValue, idValue, currencyValue, yesNoValue, periodValue, statusValue:
		}
	}
}

// seeNumber notes what a number proves. A shown column that leaves it open does
// not matter.
func (ev *evidence) seeNumber(at *sighting, shown bool) {
	n, err := splitNumber(at.value)
	if err != nil {
		return
	}
	switch n.reading() {
	case onlyPoint:
		ev.point.first(at)
	case onlyComma:
		ev.comma.first(at)
	case pointOrGroup:
		if !shown {
			ev.openPoint.first(at)
		}
	case commaOrGroup:
		if !shown {
			ev.openComma.first(at)
		}
	case eitherMark:
	}
}

func (ev *evidence) seeDate(at *sighting, shown bool) {
	w, err := splitDate(at.value)
	if err != nil {
		return
	}
	switch {
	case w.order() == dayFirst:
		ev.dayFirst.first(at)
	case w.order() == monthFirst:
		ev.monthFirst.first(at)
	case w.ambiguous() && !shown:
		ev.openDate.first(at)
	}
}

func (s *sighting) first(at *sighting) {
	if !s.seen() {
		*s = *at
	}
}
