package calc

import (
	"cmp"
	"strings"
)

// byDate orders rows by date, id and place.
func CompareByDate(a, b *Earning) int {
	if c := a.Date.Compare(b.Date); c != 0 {
		return c
	}
	if c := strings.Compare(a.ID, b.ID); c != 0 {
		return c // as nearly always
	}
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), CompareByPlace(a, b))
}

// byPlace orders rows by where they stand.
func CompareByPlace(a, b *Earning) int {
	return cmp.Or(strings.Compare(a.Source.File, b.Source.File), strings.Compare(a.Source.SHA256, b.Source.SHA256),
		cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Row, b.Row))
}
