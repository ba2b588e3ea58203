package html

import (
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/calc/lists"
	"cspcoop/report/table"
	"cspcoop/report/wording"
)

// page is what the template shows: everything in words.
type page struct {
	*wording.Words
	Result   *calc.Result
	Identity string // first digits of what the set was made from; may be empty
	Todo     []todo
	Funds    []fund
	Claims   []claim
	Changes  []*calc.Balance // that moved since the last set
	Findings []findingGroup
	Files    []link

	Months    table.Table // behind the drawn ones
	Drawn     *drawing    // earnings by month; nil where there are none
	Deadlines []bar       // what is at risk on which last day
	Largest   []bar       // and of which fund
	Watched   []bar       // co-op of funds on its way to the threshold

	Decisions []choice // of the filter
}

type link struct{ Name, Address string }

// document is a statement with its addresses.
type document struct {
	*calc.Statement
	Partner   string
	PDF, XLSX string // "" without a link
}

// todo is something to do by a day.
type todo struct {
	document
	lists.Task
	Place    string
	Headline string
	Detail   string
	Sheet    string // address of the claim's sheet; "" for a fund
}

// fund is a row of the table of funds.
type fund struct {
	document
	*calc.Balance
	Kind    string // decision in the filter
	Risk    string // USD at risk, for the filter; "" for none
	Action  string
	LastDay string // "" where nothing can be claimed, as Remains
	Remains string
}

// claim is a row of the table of claims.
type claim struct {
	*calc.Claim
	Sheet string
	Step  string
}

// choice is a decision that the table of funds can be filtered by.
type choice struct{ Kind, Label string }

func newPage(r *calc.Result, words *wording.Words, links Links) page {
	p := page{Words: words, Result: r, Identity: links.Identity, Findings: groups(r, words)}
	for _, b := range lists.Funds(r.Balances()) {
		f := fund{document: p.document(b.Statement, links), Balance: b, Kind: kindOf(b), Action: words.Action(b).Headline}
		if b.Decision == calc.ClaimRequired {
			f.LastDay, f.Remains = words.ShortDate(b.ClaimDeadline), words.Amount(b.Remaining.Decimal, b.FundCurrency)
		}
		if risk := b.USD(b.AtRisk()); risk.IsPositive() {
			f.Risk = risk.StringFixed(2)
		}
		p.Funds = append(p.Funds, f)
		if lists.Moved(b) {
			p.Changes = append(p.Changes, b)
		}
		if !slices.ContainsFunc(p.Decisions, func(c choice) bool { return c.Kind == f.Kind }) {
			p.Decisions = append(p.Decisions, choice{f.Kind, words.Decision(b)})
		}
	}
	for _, task := range lists.ToDo(r) {
		p.Todo = append(p.Todo, p.todo(task, links))
	}
	for _, c := range r.Claims {
		p.Claims = append(p.Claims, claim{c, address(links.Claims[c], ""), words.NextStep(c)})
	}
	p.Months = table.New(words, r, nil, table.Page).Months()
	p.Drawn = draw(r.Calendar(), words)
	for _, d := range r.Deadlines() {
		p.Deadlines = append(p.Deadlines, bar{Name: words.Weekday(d.Day), Amount: d.AtRisk})
	}
	for _, b := range r.Largest(barsShown) {
		p.Largest = append(p.Largest, bar{Name: words.T("%s, %s", words.Partner(b.Statement), words.Months(b.Period)), Amount: b.USD(b.AtRisk())})
	}
	p.Deadlines, p.Largest = scaled(p.Deadlines), scaled(p.Largest)
	for _, b := range lists.Watched(r, barsShown) {
		p.Watched = append(p.Watched, watched(words, b))
	}
	for _, file := range links.Files {
		p.Files = append(p.Files, link{file, href(file)})
	}
	return p
}

func (p page) document(s *calc.Statement, links Links) document {
	path := links.Statements[s]
	return document{s, p.Partner(s), address(path, ".pdf"), address(path, ".xlsx")}
}

func address(path, extension string) string {
	if path == "" {
		return ""
	}
	return href(path + extension)
}

// kindOf distinguishes open windows from closed ones: the decision of both is
// claim-required.
func kindOf(b *calc.Balance) string {
	return strings.TrimSpace(b.Decision.String() + " " + b.Window.String())
}

func (p page) todo(task lists.Task, links Links) todo {
	action := p.Task(task)
	t := todo{Task: task, Headline: action.Headline, Detail: action.Detail}
	switch s := task.Statement(); {
	case s != nil:
		t.document = p.document(s, links)
		t.Place = p.Place(s)
	default:
		t.Partner = wording.Visible(task.Claim.Participant)
		t.Place = wording.Visible(task.Claim.ProgramName)
	}
	if task.Claim != nil {
		t.Sheet = address(links.Claims[task.Claim], "")
	}
	return t
}

// Near marks what is due soon, and what is due at once.
func (t todo) Near() string {
	return [...]string{calc.DueLater: "", calc.DueSoon: "soon", calc.DueNow: "now"}[t.Due]
}

// Visible shows what would hide in a text of an export.
func (p page) Visible(s string) string { return wording.Visible(s) }

// Fates counts the rows of a source by what became of them.
func (p page) Fates(t calc.Tally) []string {
	var cells []string
	for f := range calc.FateCount {
		cells = append(cells, p.Count(t.By[f]))
	}
	return cells
}

// FateHeads are the columns of Fates.
func (p page) FateHeads() []string {
	var heads []string
	for f := range calc.FateCount {
		heads = append(heads, p.Fate(f))
	}
	return heads
}

// shown is a table in words.
type shown struct {
	Heads []tableCell
	Rows  [][]tableCell
}

type tableCell struct {
	Text   string
	Number bool
}

// Cells puts a table in words.
func (p page) Cells(t table.Table) shown {
	var s shown
	for _, h := range t.Columns {
		s.Heads = append(s.Heads, tableCell{h.Head, h.Kind.IsNumber()})
	}
	for i := range t.Rows {
		var cells []tableCell
		for _, h := range t.Columns {
			cells = append(cells, tableCell{h.Cell(i).Shown(p.Words), h.Kind.IsNumber()})
		}
		s.Rows = append(s.Rows, cells)
	}
	return s
}
