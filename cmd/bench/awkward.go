package main

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
)

// awkward writes exports whose versions are hard to distinguish: stamps with and
// without a time of day, or blank; newer files with older stamps; payments that
// moved on within a file; one id under two types; spellings of types and
// programs; transfers and payments of claims. No two versions tie, because every
// file reaches another day. Each seed makes other ones.
func awkward(folder string, seed uint64) error {
	const ids = 400
	for file, reach := range []string{"2021-06-28", "2021-06-30", "2021-06-27", "2021-06-29"} {
		rows := []map[string]string{awkwardRow(uint64(file)+seed, "reach-"+reach, reach)}
		for id := range uint64(ids) {
			h := mix(seed<<32 + id<<8 + uint64(file))
			if h%5 == 0 {
				continue // not in this download
			}
			row := awkwardRow(h, fmt.Sprintf("%08X", mix(id)), fmt.Sprintf("202%d-%02d-%02d", h>>8%2, 1+h>>16%6, 1+h>>26%26))
			kind := id % 4
			if h>>40%16 == 0 {
				kind = 3 // the id is there under another type too
			}
			row["earningType"] = pick(kind*4+h>>24%4, "Coop", "Co-op", "COOP", "co op", "Rebate", "REBATE", "Rebate Adjustment", "Rebates", "", "Earning", "gross", "Incentive", "Fee", "FEE", "Claim", "Fee")
			if id%4 == 0 {
				row["claimId"] = pick(h>>32%8, "3317204")
			}
			rows = append(rows, row)
			if h%7 == 0 {
				rows = append(rows, row) // Growth says it again
			}
			if h%11 == 0 && row["paymentStatus"] != "Sent" {
				paid := maps.Clone(row)
				paid["paymentStatus"], paid["earningAmountUSD"] = "Sent", "7.77"
				rows = append(rows, paid)
			}
		}
		columns := slices.Sorted(maps.Keys(rows[0]))
		switch file % 2 {
		case 0:
			slices.Reverse(columns)
		case 1: // older downloads have no such column
			columns = slices.DeleteFunc(columns, func(c string) bool { return c == "paymentId" })
		}
		e := counted(columns, len(rows), func(i int) (cells []string) {
			for _, c := range columns {
				cells = append(cells, rows[i][c])
			}
			return cells
		})
		if err := writeCSV(filepath.Join(folder, fmt.Sprintf("awkward-%d.csv", file)), e.columns, e.rows); err != nil {
			return err
		}
	}
	return nil
}

func awkwardRow(h uint64, id, dated string) map[string]string {
	cents := int(h>>20%200_000) - 20_000
	return map[string]string{
		"earningId": " " + id, "participantId": pick(h>>1%2, "4400123", "4400877"), "participantName": pick(h>>2%5, "Northwind Cloud B.V.", "Northwind Cloud Inc.", "", "Northwind, Cloud", `Northwind "Nordic"`),
		"partnerCountryCode": pick(h>>13%4, "NL", "DE", "NO"), "engagementName": pick(h>>14%3, "CSP Indirect", "Commerce"), "programName": pick(h>>3%4, "CSP 1T Direct Partner", "CSP Direct Bill Partner", "csp direct  bill partner", "CSP Indirect Provider"),
		"lever": pick(h>>4%3, "Core", "Azure"), "earningDate": dated + pick(h>>5%3, "", "T00:00:00", "T00:00:00-08:00"), "earningType": "Rebate",
		"calculationDate":     pick(h>>6%9, "", "2021-07-04", "2021-07-04T10:00:00", "2021-07-04 10:00:00.5", "2021-07-04T10:00:00.50Z", "2021-07-04T11:00:00+02:00", "2021-07-03T23:59:59", "2021-07-05", "2021-07-03"),
		"transactionCurrency": pick(h>>10%2, "EUR", "USD"), "earningAmount": fmt.Sprintf("%d.%04d", cents, h>>11%10_000),
		"earningAmountUSD": fmt.Sprintf("%d.25", cents), "paymentId": "", "paymentStatus": pick(h>>12%6, "Unprocessed", "UPCOMING", "In progress", "Processed", "Sent", "On hold"),
		"reasonCode": pick(h>>13%12, "", "Co-op Rollover", "Not applicable", "Ops Adjustment", "Sales correction", "Unheard of", "roll-over"), "claimId": "",
	}
}

// pick returns one of the texts; beyond them, blank.
func pick(n uint64, of ...string) string {
	if n < uint64(len(of)) {
		return of[n]
	}
	return ""
}
