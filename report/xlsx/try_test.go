package xlsx

import (
	"os"
	"testing"
)

func TestTry(t *testing.T) {
	f, _ := os.Create("/tmp/x/template.xlsx")
	if err := ClaimsTemplate(f, TemplateLists{Categories: []string{"Demand Generation"}, Activities: []string{"Print advertising", "Digital, advertising"}, Statuses: []string{"Editing"}}); err != nil {
		t.Fatal(err)
	}
	f.Close()
}
