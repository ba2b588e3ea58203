package html

import (
	"os"
	"testing"
	"cspcoop/calc"
	"cspcoop/report/wording"
	"cspcoop/report/xlsx/sample"
)

func TestTry(t *testing.T) {
	r := sample.Portfolio(t)
	l := Links{Statements: map[*calc.Statement]string{}, Claims: map[*calc.Claim]string{}, Files: []string{"summary.pdf","balances.csv"}}
	for _, s := range r.Statements { l.Statements[s] = "partners/"+s.Participant+"/a b#"+s.Program }
	for _, c := range r.Claims { l.Claims[c] = "claims/"+c.ID+".pdf" }
	f, _ := os.Create("/tmp/x/index.html")
	if err := Index(f, r, wording.English(), l); err != nil { t.Fatal(err) }
	f.Close()
}
