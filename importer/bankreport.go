package importer

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/importer/bank"
	"cspcoop/importer/table"

	"github.com/shopspring/decimal"
)

// bankHead is how much of a file shows that it is a bank statement.
const bankHead = 4 << 10

// readBank imports a bank statement that is no table; the source is nil for any
// other file.
func readBank(ctx context.Context, r io.ReaderAt, size int64, o *Options) (*calc.Source, error) {
	head := make([]byte, min(size, bankHead))
	if n, err := r.ReadAt(head, 0); n < len(head) {
		return nil, fmt.Errorf("read the start of the file: %w", err)
	}
	format := bank.Sniff(head)
	if format == bank.None {
		return nil, nil
	}
	list, err := bank.Read(ctx, r, size, format, bank.Options{MaxRows: o.Table.Limits.MaxRows, Currency: Currency})
	if err != nil {
		return nil, err
	}
	source := &calc.Source{Kind: calc.KindBank, Sheets: []string{""}, Bank: list}
	if source.RowCount() == 0 {
		source.Findings = append(source.Findings, calc.NewFinding(calc.Info, calc.NoRows, calc.Say("the statement has no booked entries")))
	}
	return source, nil
}

// bankColumns are the columns of a bank's CSV statement by their names under
// [bank.columns]. Banks have no headers in common, so that only those that are
// configured are read.
var bankColumns = []struct {
	key   string
	field field
}{
	{"date", field{name: "bookingDate", kind: dayValue, need: filled}},
	{"amount", field{name: "bankAmount", kind: numberValue, currencyIn: "bankCurrency"}},
	{"debit", field{name: "bankDebit", kind: numberValue, currencyIn: "bankCurrency"}},
	{"currency", field{name: "bankCurrency", kind: currencyValue}},
	{"reference", field{name: "bankReference"}},
	{"counterparty", field{name: "bankCounterparty"}},
	{"account", field{name: "bankAccount"}},
	{"entry", field{name: "bankEntry"}},
	{"balance", field{name: "bankBalance", kind: numberValue, currencyIn: "bankCurrency"}},
}

// BankColumnNames returns the names under [bank.columns], those that are required
// first.
func BankColumnNames() (required, all []string) {
	for _, c := range bankColumns {
		all = append(all, c.key)
	}
	return []string{"date", "amount", "reference"}, all
}

// mayMiss are columns that a header may lack: another bank may not have them. A
// currency or an account that is configured is looked for in each.
var mayMiss = []string{"bankDebit", "bankCounterparty", "bankEntry", "bankBalance"}

// newBankVocabulary makes the report of a bank's CSV statements. A header is one
// when it has the columns that are configured, but for those that it may lack.
func newBankVocabulary(columns map[string][]string) vocabulary {
	r := report{title: "Bank statement"}
	for _, c := range bankColumns {
		if len(columns[c.key]) > 0 {
			c.field.aliases = columns[c.key]
			r.columns = append(r.columns, c.field)
		}
	}
	r.identify = func(h *heading) bool {
		return !slices.ContainsFunc(r.columns, func(f field) bool { return !h.named[f.name] && !slices.Contains(mayMiss, f.name) })
	}
	r.required = func(l *layout, o *Options) []missingColumn {
		if l.column("bankCurrency") == nil && o.DefaultCurrency == "" {
			return []missingColumn{{"currency", "name its header under [bank.columns], or set default_currency in cspcoop.toml"}}
		}
		return nil
	}
	r.form = func(*layout) calc.FileKind { return calc.KindBank }
	r.take = func(r *rowReader) error { return takeMapped(r, r.takeBankLine) }
	r.check = (*rowReader).checkBankLine
	v := vocabulary{&r, map[string]fit{}}
	for i := range r.columns {
		for k, header := range r.columns[i].aliases {
			v.names[foldHeader(header)] = fit{&r.columns[i], k}
		}
	}
	r.names = v.names
	return v
}

// CheckBankColumns reports whether the headers of a bank's CSV statements are
// named as they can be read.
func CheckBankColumns(columns map[string][]string) error {
	if len(columns) == 0 {
		return nil
	}
	required, all := BankColumnNames()
	owner := map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(columns)) {
		if !slices.Contains(all, key) {
			return fmt.Errorf("%q is no column of a bank statement; use %s", key, strings.Join(all, ", "))
		}
		if len(columns[key]) == 0 {
			return fmt.Errorf("%s names no header", key)
		}
		for _, header := range columns[key] {
			folded := foldHeader(header)
			if folded == "" || owner[folded] != "" && owner[folded] != key {
				return fmt.Errorf("the header %q of %s is empty, or already means %s", header, key, owner[folded])
			}
			owner[folded] = key
		}
	}
	for _, key := range required {
		if len(columns[key]) == 0 {
			return fmt.Errorf("%s is missing: %s are needed", key, strings.Join(required, ", "))
		}
	}
	return nil
}

// bankRow is a row of a bank's CSV statement.
type bankRow struct {
	Date         calc.Date `csv:"bookingDate"`
	Amount       money     `csv:"bankAmount"`
	Debit        money     `csv:"bankDebit"`
	Currency     string    `csv:"bankCurrency"`
	Reference    string    `csv:"bankReference"`
	Counterparty string    `csv:"bankCounterparty"`
	Account      string    `csv:"bankAccount"`
	Entry        string    `csv:"bankEntry"`
	Balance      money     `csv:"bankBalance"`
}

// checkBankLine makes sure that a row has one amount.
func (r *rowReader) checkBankLine(row *table.Row, record []string, bad []bool) {
	filled, amounts := 0, 0
	for i := range r.layout.columns {
		if bad[i] {
			return
		}
		if name := r.layout.columns[i].name; record[i] == "" || name != "bankAmount" && name != "bankDebit" {
			continue
		}
		filled++
		if a, err := parseAmount(record[i]); err != nil || !a.Decimal().IsZero() { // banks write 0.00 into the other column
			amounts++
		}
	}
	if filled == 0 || amounts > 1 {
		r.fault(row, r.layout.column("bankAmount"), cellFault{"the row has no amount, or one in each of two columns", "one amount, of what came in or of what left"})
	}
}

// takeBankLine adds a row to its account's statement.
func (r *rowReader) takeBankLine(b *bankRow, place int) {
	amount := b.Amount.Decimal()
	if b.Debit.given && !b.Debit.Decimal().IsZero() {
		amount = b.Debit.Decimal().Abs().Neg()
	}
	currency := b.Currency
	if currency == "" {
		currency = r.DefaultCurrency
	}
	s := r.statementOf(strings.ReplaceAll(b.Account, " ", ""), currency)
	s.Lines = append(s.Lines, calc.BankLine{
		Entry: b.Entry, Booked: b.Date, Amount: amount, Currency: currency, Text: b.Reference, Counterparty: b.Counterparty, Place: r.place(place),
	})
	s.balances = append(s.balances, b.Balance.null())
}

// bankAccount is what a sheet says of an account, and the balance after each line
// where it has a column for it.
type bankAccount struct {
	calc.BankStatement
	balances []decimal.NullDecimal
}

func (r *rowReader) statementOf(account, currency string) *bankAccount {
	for _, s := range r.accounts {
		if s.Account == account && s.Currency == currency {
			return s
		}
	}
	s := &bankAccount{BankStatement: calc.BankStatement{Account: account, Currency: currency, Place: calc.Place{Sheet: r.sheet.Name}}}
	r.accounts = append(r.accounts, s)
	return s
}

// closeAccounts adds the statements of a sheet, and proves the balances after their
// lines, which banks list from the first day or from the last.
func (r *rowReader) closeAccounts() {
	for _, a := range r.accounts {
		for i := range a.Lines {
			a.First, a.Last = calc.Earliest(a.First, a.Lines[i].Booked), calc.Latest(a.Last, a.Lines[i].Booked)
		}
		r.proveBalances(a)
		r.source.Bank = append(r.source.Bank, a.BankStatement)
	}
	r.accounts = nil
}

func (r *rowReader) proveBalances(a *bankAccount) {
	if r.layout.column("bankBalance") == nil {
		return
	}
	last := len(a.Lines) - 1
	upwards, downwards := -1, -1 // first line that contradicts the order
	for i := range a.Lines {
		if !a.balances[i].Valid {
			r.faultIn(r.tab, a.Lines[i].Place.Row, "bankBalance", "", cellFault{"the cell is blank", "the account's balance after the line"})
			return
		}
		if i > 0 && upwards < 0 && !a.balances[i-1].Decimal.Add(a.Lines[i].Amount).Equal(a.balances[i].Decimal) {
			upwards = i
		}
		if i < last && downwards < 0 && !a.balances[i+1].Decimal.Add(a.Lines[i].Amount).Equal(a.balances[i].Decimal) {
			downwards = i
		}
	}
	first, final := 0, last
	switch {
	case upwards < 0:
	case downwards < 0:
		first, final = last, 0
	default:
		at := max(upwards, downwards)
		r.faultIn(r.tab, a.Lines[at].Place.Row, "bankBalance", a.balances[at].Decimal.String(),
			cellFault{"the balance is not the one of the line before it with this line's amount", "export the statement again; a line is missing or was changed"})
		return
	}
	a.Opening = decimal.NewNullDecimal(a.balances[first].Decimal.Sub(a.Lines[first].Amount))
	a.Closing = decimal.NewNullDecimal(a.balances[final].Decimal)
}
