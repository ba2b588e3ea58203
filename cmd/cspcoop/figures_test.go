package main

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"context"
	"encoding/csv"
	"fmt"
	"html"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cspcoop/importer/disk/faulty"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
)

// places says where amounts are: on a page, a sheet, in a file.
type places map[string]map[string]bool

var (
	figure    = regexp.MustCompile(`(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2,}(?:\d|\b)`)
	signed    = regexp.MustCompile(`[-\x{2212}]?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2,}`)
	anyNumber = regexp.MustCompile(`\d[\d.,'’\x{a0} ]*\d|\d`)
	pdfShown  = regexp.MustCompile(`(?s)\(((?:[^\\()]|\\.)*)\) Tj`)
	markup    = regexp.MustCompile(`(?s)<style.*?</style>|<script.*?</script>|<[^>]*>`)
	share     = regexp.MustCompile(`[\d.,]+[\x{a0} ]?%`)
)

// Sums that are printed once, whose parts another sheet or file lists: of a month, a
// lever or a half-year in workbooks (Earnings, Changed earnings, claims.csv), and on
// paper what a list leaves out, and the rebate that is unpaid.
var (
	summed  = regexp.MustCompile(`\.xlsx#(Months|Split|Restated)$`)
	leftOut = regexp.MustCompile(`(?m)^and [\d,]+ more.*$\n(^[\d,]+$\n)*^[\d,]+\.\d\d$`)
	unpaid  = regexp.MustCompile(`[\d,.]+\x{a0}USD of rebate is not paid yet`)
)

// amount returns a number as what figures are compared by: without sign and marks.
func amount(text string) string {
	d, err := decimal.NewFromString(strings.ReplaceAll(text, ",", ""))
	if err != nil {
		return ""
	}
	return d.Abs().String()
}

var (
	swapped   = strings.NewReplacer(".", "", ",", ".")
	ungrouped = strings.NewReplacer(" ", "", "\u00a0", "", "'", "", "’", "")
)

// amountsIn returns what a number may be, by the marks that it is written with;
// amounts of many decimals also as they are rounded.
func amountsIn(token string) (list []string) {
	for _, written := range append(strings.Split(token, ","), token, swapped.Replace(token)) {
		for _, part := range append(strings.Fields(written), ungrouped.Replace(written)) {
			exact := amount(part)
			if exact == "" {
				continue
			}
			for _, d := range []string{exact, decimal.RequireFromString(exact).Round(2).String()} {
				if !slices.Contains(list, d) {
					list = append(list, d)
				}
			}
		}
	}
	return list
}

// add notes every number of a text at a place. Most are in many texts; known has what
// they may be.
func (p places) add(where, text string, known map[string][]string) {
	for _, token := range anyNumber.FindAllString(text, -1) {
		amounts, found := known[token]
		if !found {
			amounts = amountsIn(token)
			known[token] = amounts
		}
		for _, d := range amounts {
			if p[d] == nil {
				p[d] = map[string]bool{}
			}
			p[d][where] = true
		}
	}
}

// text is what one page, sheet or file shows; a sheet's cells hold more, and some are
// the sums of those above them.
type text struct {
	where, says, holds string
	added              []decimal.Decimal
}

// sumsUp reports whether a figure is what others of its page come to: of its row, or
// of the rows above it in its column.
func (f text) sumsUp(figure decimal.Decimal) bool {
	if slices.ContainsFunc(f.added, figure.Equal) {
		return true
	}
	var all []decimal.Decimal
	for _, token := range signed.FindAllString(f.says, -1) {
		all = append(all, decimal.RequireFromString(strings.NewReplacer(",", "", "\u2212", "-").Replace(token)))
	}
	for i, d := range all {
		if !d.Abs().Equal(figure) {
			continue
		}
		for columns := 1; columns <= 12; columns++ {
			for _, start := range []int{i - columns, i - 1} { // above it, or in the last column where the total alone has a figure
				var sum decimal.Decimal
				for above := start; above >= 0; above -= columns {
					if sum = sum.Add(all[above]); above < start && sum.Equal(d) {
						return true
					}
				}
			}
		}
		var sum decimal.Decimal
		for k := i - 1; k >= max(0, i-3); k-- {
			if sum = sum.Add(all[k]); sum.Equal(d) {
				return true
			}
		}
		if i >= 2 && all[i-2].Sub(all[i-1]).Equal(d) {
			return true
		}
	}
	return false
}

// textsOf reads a document by pages or sheets.
func textsOf(t *testing.T, name string, content []byte) []text {
	t.Helper()
	switch {
	case strings.HasSuffix(name, ".pdf"):
		var list []text
		for i := 0; ; i++ {
			_, rest, found := bytes.Cut(content, []byte("stream\n"))
			if !found {
				return list
			}
			var stream []byte
			stream, content, _ = bytes.Cut(rest, []byte("\nendstream"))
			z, err := zlib.NewReader(bytes.NewReader(stream))
			if err != nil {
				continue // a font
			}
			page, err := io.ReadAll(z)
			if err != nil {
				t.Fatal(err)
			}
			var says strings.Builder
			for _, s := range pdfShown.FindAllSubmatch(page, -1) {
				plain, err := charmap.Windows1252.NewDecoder().Bytes(s[1])
				if err != nil {
					t.Fatal(err)
				}
				fmt.Fprintln(&says, strings.ReplaceAll(string(plain), "\ufffd", "\u2212"))
			}
			list = append(list, text{where: fmt.Sprintf("%s#%d", name, i), says: says.String()})
		}
	case bytes.HasPrefix(content, []byte("PK")):
		f, err := excelize.OpenReader(bytes.NewReader(content))
		if err != nil {
			return membersOf(t, name, content)
		}
		defer f.Close()
		var list []text
		for _, sheet := range f.GetSheetList() {
			var cells [2]strings.Builder
			sums := map[int]decimal.Decimal{}
			var added []decimal.Decimal
			for i := range cells {
				rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: i == 1})
				if err != nil {
					t.Fatal(err)
				}
				for _, row := range rows {
					cells[i].WriteString(strings.Join(row, "\n") + "\n")
					for column, cell := range row {
						if d, err := decimal.NewFromString(cell); err == nil && i == 1 {
							if sums[column].Equal(d) {
								added = append(added, d)
							}
							sums[column] = sums[column].Add(d)
						}
					}
				}
			}
			list = append(list, text{where: name + "#" + sheet, says: cells[0].String(), holds: cells[1].String(), added: added})
		}
		return list
	case strings.HasSuffix(name, ".html"):
		return []text{{where: name, says: html.UnescapeString(markup.ReplaceAllString(string(content), "\n"))}}
	case strings.HasSuffix(name, ".csv") && !strings.HasPrefix(name, "originals/"):
		rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return []text{{where: name, says: strings.Join(slices.Concat(rows...), "\n")}}
	case strings.HasSuffix(name, ".ics"):
		return []text{{where: name, says: strings.NewReplacer("\r\n ", "", `\,`, ",").Replace(string(content))}}
	}
	return []text{{where: name, says: string(content)}}
}

func membersOf(t *testing.T, name string, content []byte) (list []text) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		member, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, textsOf(t, name+"/"+f.Name, member)...)
	}
	return list
}

// textsUnder reads every file of a folder.
func textsUnder(t *testing.T, dir, prefix string) (list []text) {
	t.Helper()
	files := faulty.Tree(t, dir)
	if len(files) == 0 {
		t.Fatalf("%s has no files", dir)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		list = append(list, textsOf(t, prefix+name, []byte(files[name]))...)
	}
	return list
}

// portfolioOf makes the exports of many resellers in several currencies, with claims.
func portfolioOf(t *testing.T, resellers int) string {
	t.Helper()
	dir := newWorkspace(t)
	var earnings, claims strings.Builder
	earnings.WriteString("earningId,participantId,participantName,partnerCountryCode,programName,lever,earningType,earningAmount,earningAmountUSD,transactionCurrency,earningDate,calculationDate,paymentStatus,paymentId\n")
	claims.WriteString("claimId,participantId,programName,usagePeriod,currency,amount,status,submittedDate,activity,activityStart,activityEnd,invoiceNumber\n")
	rates := map[string]decimal.Decimal{"EUR": decimal.New(11, -1), "USD": decimal.New(1, 0), "NOK": decimal.New(11, -2)}
	row := 0
	for i := range resellers {
		currency := []string{"EUR", "USD", "NOK"}[i%3]
		for m, last := range []int{31, 29, 31, 30, 31, 30} {
			coop := decimal.New(int64(17_037+i*7_919%1_300_000+m*1_033), -2)
			for kind, amount := range map[string]decimal.Decimal{"Rebate": coop.Mul(decimal.New(15, -1)), "Coop": coop} {
				row++
				fmt.Fprintf(&earnings, "e%d%s,%d,Reseller %d,NO,CSP Indirect Reseller,CSP: Core,%s,%s,%s,%s,2020-%02d-%d,2020-07-03,Sent,P%d\n",
					i*6+m, kind, 4_400_000+i, i, kind, amount, amount.Mul(rates[currency]), currency, m+1, last, m)
			}
		}
		if i%5 == 0 {
			status := []string{"Editing,", "In review,2020-09-10", "Approved,2020-09-10"}[i/5%3]
			fmt.Fprintf(&claims, "C%d,%d,CSP Indirect Reseller,FY21H1,%s,%d.25,%s,Digital advertising,2020-08-01,2020-08-20,INV%d\n", i, 4_400_000+i, currency, 101+i, status, i)
		}
	}
	dropFile(t, dir, "earnings.csv", []byte(earnings.String()))
	dropFile(t, dir, "claims.csv", []byte(claims.String()))
	runCommand(t, "run", "--workspace", dir, "--as-of", "2020-12-20", "--quiet")
	return dir
}

// partnerOf is the place of a participant's documents.
var partnerOf = regexp.MustCompile(`^[^/]+/partners/[^/]+/`)

// monthSums are half-years by the place of their participant's documents.
type monthSums map[string][]decimal.Decimal

// sumTo reports whether the months of the participant whose page it is come to a
// figure; where the page names their rounding, but for half a cent a month.
func (m monthSums) sumTo(figure decimal.Decimal, page text) bool {
	return slices.ContainsFunc(m[partnerOf.FindString(page.where)], func(sum decimal.Decimal) bool {
		rounding := figure.Sub(sum).Abs()
		return rounding.IsZero() || strings.Contains(page.says, "Rounding") && rounding.LessThanOrEqual(decimal.New(3, -2))
	})
}

// halfYears adds up the months of every monthly.csv below a folder in each currency. A
// statement has these sums of its months, which may begin on the page before.
func halfYears(t *testing.T, dir string) monthSums {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*", "monthly.csv"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	sums := monthSums{}
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		totals := map[[2]string]decimal.Decimal{}
		for _, row := range rows[1:] {
			half := "1"
			if row[2][5:] > "06" {
				half = "2"
			}
			for _, column := range []int{4, 5} {
				key := [2]string{filepath.Base(filepath.Dir(name)) + "/partners/" + row[0] + "/", fmt.Sprint(row[1], row[2][:4], half, row[3], column)}
				totals[key] = totals[key].Add(decimal.RequireFromString(row[column]))
			}
		}
		for key, total := range totals {
			sums[key[0]] = append(sums[key[0]], total)
		}
	}
	return sums
}

func runCommand(t *testing.T, args ...string) {
	t.Helper()
	var out, errs bytes.Buffer
	if status := run(context.Background(), args, strings.NewReader(""), &out, &errs); status != exitDone && status != exitRefused {
		t.Fatalf("exit status %d\n%s", status, errs.String())
	}
}

// TestEveryFigureIsFollowed follows every amount of the documents: another page,
// sheet or file of the set, or an original export, has the same one, or it is the sum
// of others beside or above it.
func TestEveryFigureIsFollowed(t *testing.T) {
	demo := filepath.Join(t.TempDir(), "demo")
	runCommand(t, "demo", demo)
	for name, dir := range map[string]string{"demo": demo, "portfolio": portfolioOf(t, 90)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			set := textsUnder(t, filepath.Join(dir, "statements"), "")
			found, known := places{}, map[string][]string{}
			for _, from := range append(slices.Clone(set), textsUnder(t, filepath.Join(dir, "archive"), "originals/")...) {
				found.add(from.where, from.says+"\n"+from.holds, known)
			}
			months := halfYears(t, filepath.Join(dir, "statements"))
			figures := 0
			for _, from := range set {
				if summed.MatchString(from.where) {
					continue
				}
				says := share.ReplaceAllString(from.says, "")
				if strings.Contains(from.where, ".pdf#") {
					says = leftOut.ReplaceAllString(unpaid.ReplaceAllString(says, ""), "")
				}
				for _, token := range figure.FindAllString(says, -1) {
					figures++
					d := decimal.RequireFromString(amount(token))
					if len(found[d.String()]) < 2 && len(found[d.Round(2).String()]) < 2 && !from.sumsUp(d) && !months.sumTo(d, from) {
						before, _, _ := strings.Cut(from.says, token)
						t.Errorf("%s: %s is nowhere else; before it: %q", from.where, token, before[max(0, len(before)-120):])
					}
				}
			}
			if figures < 1000 {
				t.Errorf("only %d figures were followed", figures)
			}
		})
	}
}
