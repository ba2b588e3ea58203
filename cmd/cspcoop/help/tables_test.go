package help_test

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/importer"
	"cspcoop/importer/table"
	"cspcoop/report/wording"

	"github.com/shopspring/decimal"
)

var update = flag.Bool("update", false, "write the generated tables into the topics")

// generated is what the topics repeat from the code that knows it.
var generated = map[string]func() string{
	"activities":    activities,
	"columns":       columns,
	"configuration": configuration,
	"findings":      findings,
	"languages":     languages,
	"reasons":       reasons,
	"statuses":      statuses,
	"holds":         holdReasons,
	"limits":        limits,
	"rules":         rules,
}

var mark = regexp.MustCompile(`(?s)<!-- table ([a-z]+) -->\n(.*?)<!-- end -->`)

// TestGeneratedTables proves that the topics repeat what the code says.
func TestGeneratedTables(t *testing.T) {
	names, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, name := range names {
		old, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text := mark.ReplaceAllStringFunc(string(old), func(part string) string {
			table := mark.FindStringSubmatch(part)[1]
			write, ok := generated[table]
			if !ok {
				t.Fatalf("%s has a table %q, which nothing generates", name, table)
			}
			seen[table] = true
			return "<!-- table " + table + " -->\n" + write() + "<!-- end -->"
		})
		if text == string(old) {
			continue
		}
		if !*update {
			t.Errorf("%s is out of date; \"go test ./cmd/cspcoop/help -update\" writes it", name)
			continue
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for table := range generated {
		if !seen[table] {
			t.Errorf("no topic has the table %q", table)
		}
	}
}

// markdown writes a table.
func markdown(head []string, rows ...[]string) string {
	rule := make([]string, len(head))
	for i := range rule {
		rule[i] = "---"
	}
	var b strings.Builder
	for _, row := range append([][]string{head, rule}, rows...) {
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
	}
	return strings.ReplaceAll(b.String(), "| --- ", "|---") // as the other tables are written
}

func code(s string) string { return "`" + s + "`" }

func findings() string {
	var rows [][]string
	for _, n := range calc.CodeNotes() {
		var severities []string
		for _, s := range n.Severities {
			severities = append(severities, s.String())
		}
		seal := ""
		if n.BlocksSeal {
			seal = "blocked until acknowledged"
		}
		rows = append(rows, []string{code(string(n.Code)), strings.Join(severities, ", "), n.Meaning, cmp.Or(n.Advice, "nothing"), n.For.String(), seal})
	}
	return markdown([]string{"code", "severity", "meaning", "what to do", "for", "seal"}, rows...)
}

func columns() string {
	var b strings.Builder
	for _, r := range importer.KnownColumns() {
		var rows [][]string
		for _, c := range r.Columns {
			blank := "may be blank"
			if c.Filled {
				blank = "must be filled"
			}
			aliases := make([]string, len(c.Aliases))
			for i, a := range c.Aliases {
				aliases[i] = code(a)
			}
			rows = append(rows, []string{code(c.Name), c.Values, blank, strings.Join(aliases, ", ")})
		}
		fmt.Fprintf(&b, "\n## %s\n\n%s\n", r.Report, markdown([]string{"column", "values", "cells", "other headers"}, rows...))
	}
	return b.String()
}

func limits() string {
	var rows [][]string
	for _, l := range table.DefaultLimits().Entries() {
		value := wording.English().Count(int(l.Value))
		for _, unit := range []struct {
			size int64
			name string
		}{{1 << 30, "GiB"}, {1 << 20, "MiB"}, {1 << 10, "KiB"}} {
			if l.Bytes && l.Value%unit.size == 0 {
				value = fmt.Sprintf("%d %s", l.Value/unit.size, unit.name)
				break
			}
		}
		rows = append(rows, []string{code(l.Key), value, l.Bounds})
	}
	return markdown([]string{"entry", "default", "bounds"}, rows...)
}

func rules() string {
	var b strings.Builder
	for _, set := range calc.RuleSets() {
		var rows [][]string
		for _, r := range set.Rules {
			rows = append(rows, ruleRow(r))
		}
		fmt.Fprintf(&b, "\n### `%s`: %s\n\n%s", set.Name, set.Title,
			markdown([]string{"rule", "from", "for", "co-op", "must be claimed", "claims", "source"}, rows...))
	}
	return b.String() + "\n"
}

func ruleRow(r calc.Rule) []string {
	w := wording.English()
	from, scope := "always", "all programs"
	if !r.First.IsZero() {
		from = w.Month(r.First)
	}
	if len(r.Programs) > 0 {
		scope = strings.Join(r.Programs, "; ")
	}
	if len(r.Engagements) > 0 {
		scope += ": engagements " + code(strings.Join(r.Engagements, "; "))
	}
	claimed := "above " + w.Amount(r.Threshold, "USD")
	if r.Comparison == calc.Reaches {
		claimed = "from " + w.Amount(r.Threshold, "USD")
	}
	share := w.Exact(r.CoOpShare.Shift(2)) + " %"
	if r.GrossRebate {
		share += "; rows without a type are rebate"
	}
	period, opens := calc.NewMonth(2020, 7).Period(), "from the usage period's first day"
	if days := r.Claims.Open.Texts(); len(days) > 0 {
		opens = "from " + strings.Join(days, " or ")
	}
	return []string{
		r.Name, from, scope, share, claimed,
		fmt.Sprintf("%s to %s after it", opens, w.Days(period.UsageEnd().DaysUntil(r.Claims.LastDay(period)))), r.Source,
	}
}

func languages() string {
	var rows [][]string
	day, err := calc.ParseDate("2020-02-14")
	if err != nil {
		panic(err)
	}
	for _, tag := range wording.Languages() {
		w, err := wording.New(tag)
		if err != nil {
			panic(err)
		}
		rows = append(rows, []string{code(tag), w.Weekday(day), w.Amount(decimal.New(-123456, -2), "EUR")})
	}
	return markdown([]string{"`language`", "a day", "an amount"}, rows...)
}

func activities() string {
	var rows [][]string
	table := calc.KnownActivities()
	for i := range table.List {
		a := &table.List[i]
		category := table.CategoryIn(calc.GuideYear, a.Category)
		if later := table.CategoryIn(calc.Today, a.CategoryOf(calc.Today)); later != category {
			from := a.Moved.From
			if from == 0 {
				from = table.Categories[slices.IndexFunc(table.Categories, func(c calc.Category) bool { return c.Name == a.Category })].Renamed.From
			}
			category += ", " + fiscalYear(from) + " " + later
		}
		name := a.Name
		if a.Renamed.Name != "" {
			name += ", " + fiscalYear(a.Renamed.From) + " " + a.Renamed.Name
		}
		proofs := make([]string, len(a.Proofs))
		for i, p := range a.Proofs {
			proofs[i] = strings.TrimSpace(p.What + " " + p.When)
		}
		since := "all"
		if a.Since > 0 {
			since = fiscalYear(a.Since)
		}
		rows = append(rows, []string{name, category, since, strings.Join(proofs, "; "), a.Metric, limit(a.Cap), strings.Join(a.Aliases, ", ")})
	}
	return markdown([]string{"activity", "category", "years", "proof of execution", "metric", "cap", "other names"}, rows...)
}

func fiscalYear(from int) string { return fmt.Sprintf("from FY%02d", from%100) }

func reasons() string {
	var rows [][]string
	for _, r := range calc.ReasonCodes() {
		role := "adjustment"
		if r.Role == calc.Rollover {
			role = "transfer"
		}
		rows = append(rows, []string{r.Name, role, r.Meaning, r.Advice})
	}
	return markdown([]string{"reason code", "role", "meaning", "what to do"}, rows...)
}

func statuses() string {
	var rows [][]string
	for _, s := range calc.PaymentStates() {
		rows = append(rows, []string{s.Name, "the money " + s.Meaning, s.Turn.String(), s.Advice})
	}
	return markdown([]string{"payment status", "meaning", "whose turn", "what to do"}, rows...)
}

func holdReasons() string {
	var rows [][]string
	for _, s := range calc.HoldReasons() {
		rows = append(rows, []string{s.Name, "the money " + s.Meaning, s.Turn.String(), s.Advice})
	}
	return markdown([]string{"description", "meaning", "whose turn", "what to do"}, rows...)
}

func limit(c calc.Cap) string {
	var parts []string
	if !c.USD.IsZero() {
		parts = append(parts, wording.English().Whole(c.USD)+" USD")
	}
	if !c.Share.IsZero() {
		parts = append(parts, c.Share.Shift(2).String()+"% of the co-op earned")
	}
	return strings.Join(parts, " or ")
}

func configuration() string {
	text, err := os.ReadFile("../cspcoop.toml")
	if err != nil {
		panic(err)
	}
	return "```toml\n" + string(text) + "```\n"
}
