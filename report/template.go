package report

import (
	"io"
	"slices"

	"cspcoop/calc"
	"cspcoop/report/xlsx"
)

// ClaimsTemplate writes the empty claims register that a new workspace begins
// with. Its lists have the names of fiscal years, each name once.
func ClaimsTemplate(w io.Writer, a calc.Activities, years ...int) error {
	lists := xlsx.TemplateLists{Statuses: calc.ClaimStatusNames()}
	for _, year := range years {
		lists.Categories = appendNew(lists.Categories, a.CategoryNames(year))
		lists.Activities = appendNew(lists.Activities, a.ActivityNames(year))
	}
	return xlsx.ClaimsTemplate(w, lists)
}

func appendNew(list, names []string) []string {
	for _, name := range names {
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}
