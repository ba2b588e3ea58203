package importer

import (
	"fmt"
	"slices"
	"strings"

	"cspcoop/importer/table"
)

// headerSearch is how many records may stand above a header.
const headerSearch = 50

// column is a known column of one sheet.
type column struct {
	*field
	index    int    // position in the row
	header   string // as written
	currency string // the currency that its header names, "Earnings (EUR)"
}

// layout is a recognised header: which report it begins, and where its columns
// stand.
type layout struct {
	report  *report
	row     int      // row of the header
	headers []string // as written, blanks at the end cut
	width   int      // fields of the header's record, blanks included
	columns []column // used ones, in the order of report.fields
	unknown []string // headers that nothing knows
	unused  []string // second aliases of a field
	growth  bool     // it has columns that only the Growth report has
}

// column finds a used column by its documented name.
func (l *layout) column(name string) *column {
	i := slices.IndexFunc(l.columns, func(c column) bool { return c.name == name })
	if i < 0 {
		return nil
	}
	return &l.columns[i]
}

// aliases are headers that the configuration adds: by folded header, the
// documented name that it stands for.
type aliases map[string]string

// Aliases makes a table of added headers: documented column name to headers.
func foldAliases(of map[string][]string) aliases {
	a := aliases{}
	for name, headers := range of {
		for _, h := range headers {
			a[foldHeader(h)] = name
		}
	}
	return a
}

// match says how a header cell fits a field: 0 its documented name, then its
// aliases in order, then the configuration's; -1 not at all.
func (f *field) match(folded string, added aliases) int {
	if folded == foldHeader(f.name) {
		return 0
	}
	for i, a := range f.aliases {
		if folded == foldHeader(a) {
			return i + 1
		}
	}
	if name, ok := added[folded]; ok && foldHeader(name) == foldHeader(f.name) {
		return len(f.aliases) + 1
	}
	return -1
}

// recognise tells which report a record is the header of, by its cells alone.
// The second value is how many of its fields are known, 0 when it is no header.
func recognise(cells []string, added aliases) (*report, int) {
	known := func(r *report) map[string]bool {
		names := map[string]bool{}
		for _, cell := range cells {
			folded, _ := headerCurrency(cell)
			for i := range r.fields {
				if r.fields[i].match(folded, added) >= 0 {
					names[r.fields[i].name] = true
				}
			}
		}
		return names
	}
	e, p, c := known(earningsReport), known(paymentsReport), known(claimsReport)
	dated, money := e["earningDate"], e["earningAmount"] || e["earningAmountUSD"]
	exact := exactNames(cells)
	switch {
	case c["claimId"] && !exact["earningid"] && !exact["earningdate"] && !exact["earningamount"] && len(c) >= 4 &&
		(c["usagePeriod"] || c["activity"] || c["approvedAmount"] || c["status"] && c["amount"]):
		return claimsReport, len(c)
	case p["paymentID"] && !exact["earningid"] && !exact["earningdate"] && !exact["earningamount"] && len(p) >= 4 &&
		(p["totalPayment"] || p["earned"] || p["paymentDate"] || p["CIReferenceNumber"]):
		return paymentsReport, len(p)
	case c["usagePeriod"] && len(c) >= 4 && !exact["earningdate"]: // a register without its ids
		return claimsReport, len(c)
	case p["totalPayment"] && len(p) >= 4 && !exact["earningdate"]:
		return paymentsReport, len(p)
	case dated && money, (dated || money) && len(e) >= 3, len(e) >= 4:
		return earningsReport, len(e)
	}
	return nil, 0
}

func exactNames(cells []string) map[string]bool {
	names := map[string]bool{}
	for _, cell := range cells {
		names[foldHeader(cell)] = true
	}
	return names
}

// headerCurrency splits "Earnings (USD)" into its folded name and currency.
func headerCurrency(header string) (folded, currency string) {
	h := strings.TrimSpace(header)
	if n := len(h); n > 5 && h[n-1] == ')' && h[n-5] == '(' {
		if c, ok := currencyCode(h[n-4 : n-1]); ok {
			return foldHeader(h[:n-5]), c
		}
	}
	return foldHeader(h), ""
}

// newLayout places the columns of a recognised header. Its faults are those of
// the header: missing required columns and used columns that stand twice.
func newLayout(r *report, row table.Row, sheet string, o *Options) (*layout, []table.Fault) {
	l := &layout{report: r, row: row.Number, width: len(row.Cells)}
	for _, c := range row.Cells {
		l.headers = append(l.headers, strings.TrimSpace(c.Text))
	}
	for n := len(l.headers); n > 0 && l.headers[n-1] == ""; n-- {
		l.headers = l.headers[:n-1]
	}
	var faults []table.Fault
	fault := func(column, problem, want string) {
		faults = append(faults, table.Fault{Sheet: sheet, Row: l.row, Column: column, Problem: problem, Want: want})
	}
	taken := map[int]bool{}
	for i := range r.fields {
		f := &r.fields[i]
		best, rank := -1, -1
		for k, h := range l.headers {
			folded, currency := headerCurrency(h)
			m := f.match(folded, o.aliases)
			if m < 0 || h == "" {
				continue
			}
			if m = l.rankByCurrency(f, m, currency); m < 0 {
				continue
			}
			taken[k] = true
			switch {
			case best < 0 || m < rank:
				best, rank = k, m
			case m == rank && !f.shown:
				fault(h, fmt.Sprintf("the column stands twice, as columns %s and %s", columnLetters(best), columnLetters(k)),
					"keep one of them")
			}
		}
		if best < 0 {
			continue
		}
		_, currency := headerCurrency(l.headers[best])
		l.columns = append(l.columns, column{field: f, index: best, header: l.headers[best], currency: currency})
	}
	l.preferUSD()
	for k, h := range l.headers {
		used := slices.ContainsFunc(l.columns, func(c column) bool { return c.index == k })
		switch {
		case used:
		case growthOnly[foldHeader(h)]:
			l.growth = true
		case h == "" || isPassedOver(h):
		case taken[k]:
			l.unused = append(l.unused, h)
		default:
			l.unknown = append(l.unknown, h)
		}
	}
	for _, m := range l.missing(o) {
		fault(m.column, "the required column is missing", m.want)
	}
	return l, faults
}

// rankByCurrency sends an amount column whose header names USD to
// earningAmountUSD, and one that names another currency to earningAmount.
func (l *layout) rankByCurrency(f *field, rank int, currency string) int {
	if l.report == earningsReport && f.name == "earningAmountUSD" && currency != "" && currency != "USD" {
		return -1
	}
	return rank
}

// preferUSD takes an amount whose header names USD as the USD figure, when
// nothing else gives one.
func (l *layout) preferUSD() {
	amount := l.column("earningAmount")
	if l.report != earningsReport || amount == nil || amount.currency != "USD" || l.column("earningAmountUSD") != nil {
		return
	}
	for i := range earningsReport.fields {
		if f := &earningsReport.fields[i]; f.name == "earningAmountUSD" {
			amount.field = f
		}
	}
	for k, h := range l.headers { // another amount column may stand beside it
		folded, currency := headerCurrency(h)
		for i := range earningsReport.fields {
			f := &earningsReport.fields[i]
			if f.name == "earningAmount" && currency != "USD" && k != amount.index && f.match(folded, nil) >= 0 {
				l.columns = append(l.columns, column{field: f, index: k, header: h, currency: currency})
				return
			}
		}
	}
}

// lack is a required column that is not there.
type lack struct{ column, want string }

// missing lists required columns that the header lacks and nothing stands in
// for (exports.md).
func (l *layout) missing(o *Options) []lack {
	var list []lack
	require := func(name, want string) {
		if l.column(name) == nil {
			list = append(list, lack{name, want})
		}
	}
	switch l.report {
	case claimsReport:
		for _, name := range []string{"claimId", "participantId", "programName", "usagePeriod", "currency", "amount", "status"} {
			require(name, fmt.Sprintf("add a column %q", name))
		}
	case paymentsReport:
		for _, name := range []string{"paymentID", "participantID", "programName", "totalPayment"} {
			require(name, fmt.Sprintf("download the Payments report again with the column %q", name))
		}
	default:
		if o.DefaultParticipant == "" {
			require("participantId", `add a column "participantId" (or "Partner ID"), or set default_participant in cspcoop.toml`)
		}
		if o.DefaultProgram == "" {
			require("programName", `add a column "programName" (or "Program"), or set default_program in cspcoop.toml`)
		}
		require("earningDate", `add a column "earningDate" (or "Month" or "Date")`)
		list = append(list, l.missingMoney(o)...)
	}
	return list
}

func (l *layout) missingMoney(o *Options) []lack {
	amount, usd := l.column("earningAmount"), l.column("earningAmountUSD")
	switch {
	case amount == nil && usd == nil:
		return []lack{{"earningAmount", `add a column "earningAmount" or "earningAmountUSD" (or "Amount")`}}
	case amount == nil:
		return nil
	case l.column("transactionCurrency") != nil || amount.currency != "":
	case o.DefaultCurrency == "":
		return []lack{{"transactionCurrency", `add a column "Currency", name the currency in the header as in "Earnings (USD)", or set default_currency in cspcoop.toml`}}
	}
	return nil
}

func columnLetters(index int) string {
	return strings.TrimRight(table.CellRef(1, index), "0123456789")
}
