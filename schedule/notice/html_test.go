package notice

import (
	"strings"
	"testing"
)

// The HTML part has the text's words: its first line as the lead, columns as a
// table, and nothing that a mail program could take for markup.
func TestPage(t *testing.T) {
	body := "3 funds to claim by 14 Feb 2020, 21,300.00 USD at risk\n\nAs of 31 January 2020\n  taken    2 files with 40 rows\n\n" +
		"  Participant  State                Co-op USD\n  4400123      Claim <now> & win    12,345.00\n  4400877                              −85.20\n\n" +
		"Totals from outside: 8 in agreement,\n  none open.\n\n1 warning needs review: exceptions.csv\n  1  DRAFT_DUE  a draft's window closes soon  3,307.09 USD\n  … and 2 other causes\n"
	got := page("statements as of 2020-01-31", body)
	for _, want := range []string{
		">3 funds to claim by 14 Feb 2020, 21,300.00 USD at risk</p>", "<title>statements as of 2020-01-31</title>",
		">4400123</td>", ">Claim &lt;now&gt; &amp; win</td>", "right\">12,345.00</td>", "left\"></td>", "right\">Co-op USD</th>", ">1</td>", ">DRAFT_<wbr>DUE</td>", "right\">3,307.09 USD</td>", " colspan=\"4\"", ">Totals from outside: 8 in agreement, none open.</p>", "right\">−85.20</td>", ">taken</td>", ">As of 31 January 2020</p>",
		">1 warning needs review: exceptions.csv</p>",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the page does not have %q:\n%s", want, got)
		}
	}
	if n := strings.Count(got, "<tr>"); n != 6 {
		t.Errorf("%d rows, want 6:\n%s", n, got)
	}
	if strings.Contains(got, "<now>") {
		t.Error("text became markup")
	}
}
