package importer

import (
	"fmt"
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

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
	unused  []string // further columns of a field
	faulty  bool     // the header has faults: its rows are read to tell theirs, and never taken
}

// column finds a used column by its documented name.
func (l *layout) column(name string) *column {
	i := slices.IndexFunc(l.columns, func(c column) bool { return c.name == name })
	if i < 0 {
		return nil
	}
	return &l.columns[i]
}

// columnAt finds a used column by its position.
func (l *layout) columnAt(index int) *column {
	i := slices.IndexFunc(l.columns, func(c column) bool { return c.index == index })
	if i < 0 {
		return nil
	}
	return &l.columns[i]
}

// newLayout places the columns of a recognised header. Its faults are those of
// the header: missing required columns and used columns that stand twice.
func newLayout(v *vocabulary, row table.Row, s *table.Sheet, o *Options) (*layout, []table.Fault) {
	l := &layout{report: v.report, row: row.Number, width: len(row.Cells)}
	for _, c := range row.Cells {
		l.headers = append(l.headers, trimBlanks(c.Text))
	}
	for n := len(l.headers); n > 0 && l.headers[n-1] == ""; n-- {
		l.headers = l.headers[:n-1]
	}
	named := l.named(v)
	var faults []table.Fault
	for i := range l.report.fields {
		best, again := place(named, &l.report.fields[i])
		if best == nil {
			continue
		}
		l.columns = append(l.columns, *best)
		for _, k := range again {
			f := table.Fault{Sheet: s.Name, Row: l.row, Column: l.headers[k], Want: "keep one of them",
				Problem: fmt.Sprintf("the column stands twice, as columns %s and %s", columnLetters(best.index), columnLetters(k))}
			if s.Name != "" {
				f.Cell = table.CellRef(l.row, k)
			}
			faults = append(faults, f)
		}
	}
	l.sortOut(named)
	for _, m := range l.missing(o) {
		faults = append(faults, table.Fault{Sheet: s.Name, Row: l.row, Column: m.column,
			Problem: "the required column is missing", Want: m.want + l.perhaps(m.column)})
	}
	l.faulty = len(faults) > 0
	return l, faults
}

// candidate is a column whose header names a field.
type candidate struct {
	column
	rank int
}

// named gives the columns whose headers name a field.
func (l *layout) named(v *vocabulary) []candidate {
	var list []candidate
	for k, h := range l.headers {
		if f, currency, ok := v.fitOf(h); ok {
			list = append(list, candidate{column{f.field, k, h, currency}, f.rank})
		}
	}
	return list
}

// place finds the column of a field: the header that fits best, and others that
// fit as well, which are the same column again.
func place(named []candidate, f *field) (best *column, again []int) {
	rank := 0
	for i := range named {
		c := &named[i]
		switch {
		case c.field != f:
		case best == nil || c.rank < rank:
			best, rank, again = &c.column, c.rank, nil
		case c.rank == rank:
			again = append(again, c.index)
		}
	}
	return best, again
}

// sortOut tells the headers of no used column apart: second names of a used
// field, and ones that nothing knows.
func (l *layout) sortOut(named []candidate) {
	for k, h := range l.headers {
		switch {
		case h == "" || l.columnAt(k) != nil || isPassedOver(h):
		case slices.ContainsFunc(named, func(c candidate) bool { return c.index == k }):
			l.unused = append(l.unused, h)
		default:
			l.unknown = append(l.unknown, h)
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

// perhaps names the columns that nothing knows, one of which may be a missing
// column under a name of the user's own.
func (l *layout) perhaps(column string) string {
	const most = 5
	if len(l.unknown) == 0 {
		return ""
	}
	return fmt.Sprintf("; if it is there under another name (not known are %s), say so in cspcoop.toml under [columns]: %s = [%q]",
		quoted(l.unknown[:min(most, len(l.unknown))]), column, l.unknown[0])
}

func (l *layout) missingMoney(o *Options) []lack {
	amount, usd := l.column("earningAmount"), l.column("earningAmountUSD")
	switch {
	case amount == nil && usd == nil:
		return []lack{{"earningAmount", `add a column "earningAmount" or "earningAmountUSD" (or "Amount")`}}
	case amount == nil || l.column("transactionCurrency") != nil || amount.currency != "" || o.DefaultCurrency != "":
		return nil
	}
	return []lack{{"transactionCurrency", `add a column "Currency", name the currency in the header as in "Earnings (USD)", or set default_currency in cspcoop.toml`}}
}

// standIns gives the configuration's entries that stand in for columns that the
// header lacks, as "default_program".
func (l *layout) standIns() []string {
	if l.report != earningsReport {
		return nil
	}
	var keys []string
	if l.column("participantId") == nil {
		keys = append(keys, "default_participant")
	}
	if l.column("programName") == nil {
		keys = append(keys, "default_program")
	}
	if amount := l.column("earningAmount"); amount != nil && amount.currency == "" && l.column("transactionCurrency") == nil {
		keys = append(keys, "default_currency")
	}
	return keys
}

// kind tells which form of its report a header begins. Growth has the same
// columns as Earnings; its repeated ids tell it, when the rows are read.
func (l *layout) kind() calc.FileKind {
	switch {
	case l.report == claimsReport:
		return calc.KindClaims
	case l.report == paymentsReport:
		return calc.KindPayments
	case l.column("earningId") != nil:
		return calc.KindEarnings
	}
	documented := func(name string) bool {
		c := l.column(name)
		return c != nil && foldHeader(c.header) == foldHeader(name)
	}
	if documented("earningDate") && (documented("earningAmount") || documented("earningAmountUSD")) {
		return calc.KindSummarized
	}
	return calc.KindMonthly
}

// columnLetters names a column as a spreadsheet does: C.
func columnLetters(index int) string {
	return strings.TrimRight(table.CellRef(1, index), "0123456789")
}
