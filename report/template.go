package report

import (
	"io"

	"cspcoop/calc"
	"cspcoop/report/xlsx"
)

// ClaimsTemplate writes the empty claims register that a new workspace begins
// with.
func ClaimsTemplate(w io.Writer, a calc.Activities) error {
	return xlsx.ClaimsTemplate(w, xlsx.TemplateLists{
		Categories: a.CategoryNames(), Activities: a.ActivityNames(), Statuses: calc.ClaimStatusNames(),
	})
}
