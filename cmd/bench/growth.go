package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// mostGrowth is how much processor time twice as much may take: linear, with some
// room for what is n log n and for the noise of a machine that others use.
const mostGrowth = 2.4

// dimension is something that an archive may have very many of. Of each there is
// a set of n and one of 2n; what is fixed in a run is measured with none.
type dimension struct {
	name string
	per  int // rows of the bench for one of them
	// files returns what a set of n has in its inbox, by file name.
	files func(n int) map[string]export
}

var dimensions = []dimension{
	{"versions of one id", 25, oneFile(func(i int) []string {
		return growthRow("E-1", "Rebate", i, map[string]string{"calculationDate": versionStamp(i)})
	})},
	{"files", 10_000, func(n int) map[string]export {
		files := map[string]export{}
		for k := range n {
			files[fmt.Sprintf("export-%05d.csv", k)] = counted(growthHeader, 100, func(i int) []string {
				return growthRow(fmt.Sprint("E-", i), "Rebate", i, map[string]string{"calculationDate": versionStamp(k)})
			})
		}
		return files
	}},
	{"findings", 100, oneFile(func(i int) []string {
		return growthRow(fmt.Sprint("E-", i), "Rebate", i, map[string]string{"reasonCode": fmt.Sprint("Unheard of ", i)})
	})},
	{"claims", 2_000, func(n int) map[string]export {
		return map[string]export{"claims.csv": registerOf(n), "earnings.csv": counted(growthHeader, 1, func(int) []string {
			return growthRow("E-1", "Coop", 900_000_000, nil)
		})}
	}},
	{"participants", 2_500, oneFile(func(i int) []string {
		return growthRow(fmt.Sprint("E-", i), "Coop", i, map[string]string{"participantId": strconv.Itoa(4400000 + i)})
	})},
	{"names of one participant", 25, oneFile(func(i int) []string {
		return growthRow(fmt.Sprint("E-", i), "Rebate", i, map[string]string{"participantName": fmt.Sprint("Northwind Cloud ", i)})
	})},
	{"earning types under one id", 100, oneFile(func(i int) []string {
		return growthRow("E-1", fmt.Sprint("Type ", i), i, nil)
	})},
	{"ids that differ in case", 100, oneFile(func(i int) []string {
		return growthRow(inCases("northwindearning", i), "Rebate", i, nil)
	})},
}

func (d dimension) size(s size) int { return max(4, s.rows/d.per) }

var growthHeader = []string{
	"earningId", "participantId", "participantName", "programName", "earningType", "earningDate", "calculationDate", "transactionCurrency", "earningAmount", "earningAmountUSD", "reasonCode",
}

// growthRow is an earning of so many cents, with other cells where they are named.
func growthRow(id, kind string, cents int, other map[string]string) []string {
	row := []string{id, "4400000", "Northwind Cloud B.V.", "CSP Indirect Provider", kind, fmt.Sprintf("2021-%02d-28", 1+cents%6), "2021-07-05", "USD", cent(cents + 1), cent(cents + 1), ""}
	for name, text := range other {
		row[slices.Index(growthHeader, name)] = text
	}
	return row
}

// versionStamp is the calculationDate of the i-th version.
func versionStamp(i int) string {
	return fmt.Sprintf("2021-%02d-%02dT%02d:%02d:%02d", 7+i/2_419_200, 1+i/86_400%28, i/3_600%24, i/60%60, i%60)
}

// inCases writes a word with upper-case letters where a number has ones.
func inCases(word string, number int) string {
	letters := []byte(word)
	for i := range letters {
		if number>>i&1 == 1 {
			letters[i] -= 'a' - 'A'
		}
	}
	return string(letters)
}

func oneFile(row func(i int) []string) func(n int) map[string]export {
	return func(n int) map[string]export {
		return map[string]export{"earnings.csv": counted(growthHeader, n, row)}
	}
}

// registerOf is a register of n claims.
func registerOf(n int) export {
	columns := strings.Split("claimId,participantId,programName,usagePeriod,category,activity,activityStart,activityEnd,currency,claimName,invoiceNumber,invoiceAmount,amount,status,submittedDate", ",")
	return counted(columns, n, func(i int) []string {
		number := strconv.Itoa(3_317_000 + i)
		return []string{number, "4400000", "CSP Indirect Provider", "FY22H1", "Demand Generation", "Digital Advertising", "2021-09-01", "2021-09-30", "USD",
			"Campaign " + number, "INV-" + number, "10.00", "10.00", "Submitted", "2021-10-15"}
	})
}

// generateGrowth writes the sets, each as a folder NAME/n and NAME/2n.
func generateGrowth(dir string, s size) error {
	for _, d := range dimensions {
		for set, n := range map[string]int{"n": d.size(s), "2n": 2 * d.size(s)} {
			for name, e := range d.files(n) {
				if err := writeCSV(filepath.Join(dir, d.name, set, name), e.columns, e.rows); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// growth doubles each dimension, and prints what processor time a run takes then.
func (b *bench) growth(ctx context.Context) ([]line, error) {
	dir := filepath.Join(b.dir, "growth")
	say("generating the sets that double")
	if err := generateGrowth(dir, b.size); err != nil {
		return nil, err
	}
	var lines []line
	for _, d := range dimensions {
		say("growth: %s", d.name)
		once, err := b.growthRun(filepath.Join(dir, d.name, "n"))
		if err != nil {
			return nil, err
		}
		twice, err := b.growthRun(filepath.Join(dir, d.name, "2n"))
		if err != nil {
			return nil, err
		}
		for range b.runs {
			for _, c := range []*contender{once, twice} {
				if _, err := c.run(ctx); err != nil {
					return nil, fmt.Errorf("%s: %w", d.name, err)
				}
			}
		}
		ratio := twice.cpu().Seconds() / once.cpu().Seconds()
		lines = append(lines, line{
			"growth: " + d.name, fmt.Sprintf("%d and %d: %.2f and %.2f s CPU", d.size(b.size), 2*d.size(b.size), once.cpu().Seconds(), twice.cpu().Seconds()),
			fmt.Sprintf("%.2f ×", ratio), fmt.Sprintf("≤ %.1f ×", mostGrowth), verdict(ratio / mostGrowth),
		})
	}
	return lines, nil
}

// growthRun is a first run on the files of a folder.
func (b *bench) growthRun(folder string) (*contender, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.csv"))
	dir := filepath.Join(b.dir, "growing")
	return &contender{
		name: "cspcoop run", command: b.runIn(dir, asOf),
		prepare: func(ctx context.Context) error { return b.workspace(ctx, dir, files...) },
	}, err
}
