package bank_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
	"cspcoop/calc/bank"
	"cspcoop/calc/calctest"
)

func day(s string) calc.Date {
	d, err := calc.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// sent is a payment of 2022 as "P100 01-05 1000.00 EUR".
func sent(text string) *calc.PaymentMatch {
	f := strings.Fields(text)
	return &calc.PaymentMatch{
		ID: f[0], Participant: "4400123", Program: "CSP Direct Bill Partner", State: calc.MatchAgrees, Status: "Sent",
		Date: day("2022-" + f[1]), Gross: dec(f[2]), Total: dec(f[2]), PayCurrency: f[3], Place: calc.Place{File: "payments.csv", Row: 2},
	}
}

// booked is a line of 2022 as "01-06 1000.00 EUR Microsoft|reference".
func booked(text string) calc.BankLine {
	f := strings.SplitN(text, " ", 4)
	counterparty, reference, _ := strings.Cut(f[3], "|")
	reference, returned := strings.CutSuffix(reference, " RETURN")
	return calc.BankLine{
		Booked: day("2022-" + f[0]), Amount: dec(f[1]), Currency: f[2], Counterparty: counterparty, Text: strings.ReplaceAll(reference, "/", "\n"), Returned: returned,
	}
}

// statement covers January to March of 2022 in each currency.
func statement(lines ...string) []*calc.Source {
	src := &calc.Source{File: "bank.xml", Kind: calc.KindBank}
	for _, currency := range []string{"EUR", "USD", "GBP"} {
		s := calc.BankStatement{ID: currency, Account: "A" + currency, Currency: currency, First: day("2022-01-01"), Last: day("2022-03-31")}
		for i, text := range lines {
			if l := booked(text); l.Currency == currency {
				l.Place.Row = i + 1
				s.Lines = append(s.Lines, l)
			}
		}
		src.Bank = append(src.Bank, s)
	}
	return []*calc.Source{src}
}

func match(sources []*calc.Source, list ...*calc.PaymentMatch) bank.Outcome {
	policy := calc.DefaultPolicy()
	return bank.Match(bank.Input{AsOf: day("2022-03-31"), Policy: policy.Bank, Sources: sources, Payments: list})
}

// seen says what became of payments and of lines, and the codes of the findings.
func seen(out bank.Outcome, list []*calc.PaymentMatch) string {
	var all []string
	for i, m := range list {
		r := out.Receipts[i]
		text := fmt.Sprintf("%s %s", m.ID, r.State)
		if r.Currency != "" {
			text += fmt.Sprintf(" %s %s %s", r.Date.String()[5:], r.Amount.StringFixed(2), r.Currency)
		}
		if !r.Difference.IsZero() {
			text += " diff " + r.Difference.StringFixed(2)
		}
		if r.Tax != "" {
			text += " by " + r.Tax
		}
		all = append(all, text)
	}
	for _, l := range out.Left {
		all = append(all, fmt.Sprintf("left %s %s", l.Booked.String()[5:], l.Amount.StringFixed(2)))
	}
	for _, f := range calc.SortFindings(out.Findings) {
		all = append(all, f.Severity().String()+" "+string(f.Code()))
	}
	return strings.Join(all, "; ")
}

// The money behind a payment that came short is what is missing of it.
func TestMoneyBehindShortPayment(t *testing.T) {
	out := match(statement("01-07 985.00 EUR Microsoft|P100"), sent("P100 01-05 1000.00 EUR"))
	if f := out.Findings[0]; f.Code() != calc.BankAmountDiffers || f.Money().Amount.String() != "-15" || f.Money().Currency != "EUR" {
		t.Errorf("%s with %s %s behind it", f, f.Money().Amount, f.Money().Currency)
	}
}

// The money behind a payment that is missing is what its earnings are in USD.
func TestMoneyBehindMissingPayment(t *testing.T) {
	m := sent("P100 01-05 1000.00 EUR")
	m.Currency, m.Earned, m.Rows = "EUR", dec("1000"), []calc.Earning{calctest.Source(calc.EarningCells{USD: calc.NewAmount(dec("1100"))}).Earnings.At(0)}
	seen := sent("P200 01-05 500.00 EUR")
	out := match(statement("01-07 500.00 EUR Microsoft|P200"), m, seen)
	if f := out.Findings[0]; f.Code() != calc.BankPaymentMissing || f.Money().Amount.String() != "1100" || f.Money().Currency != "USD" {
		t.Errorf("%s with %s %s behind it", f, f.Money().Amount, f.Money().Currency)
	}
}

func TestMatch(t *testing.T) {
	taxed := sent("P100 01-05 900.00 EUR")
	taxed.Gross, taxed.WithheldTax = dec("1000.00"), dec("100.00")
	both := sent("P100 01-05 990.00 EUR")
	both.Gross, both.WithheldTax, both.SalesTax = dec("1000.00"), dec("200.00"), dec("190.00")
	failed := sent("P100 01-05 1000.00 EUR")
	failed.State, failed.Status = calc.MatchFailed, "Reversed"
	waiting := sent("P100 01-05 1000.00 EUR")
	waiting.Status = "In progress"
	unreported := sent("P100 01-05 0 EUR")
	unreported.State, unreported.Date, unreported.PayCurrency = calc.MatchMissing, calc.Date{}, ""
	undated := sent("P100 01-05 1000.00 EUR")
	undated.Date = calc.Date{}
	other := sent("P100 01-05 500.00 EUR")
	other.Program = "CSP Indirect Reseller"
	for name, c := range map[string]struct {
		payments []*calc.PaymentMatch
		lines    []string
		want     string
	}{
		"by id": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR")}, []string{"01-07 1000.00 EUR Contoso|p100"},
			"P100 received 01-07 1000.00 EUR"},
		"id is a whole word": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR")}, []string{"02-27 1000.00 EUR Contoso|P1000 xP100"},
			"P100 missing diff -1000.00; warning BANK_PAYMENT_MISSING"},
		"id with a hyphen": {[]*calc.PaymentMatch{sent("PAY-0042 01-05 1000.00 EUR")}, []string{"02-27 1000.00 EUR Contoso|re PAY-0042."},
			"PAY-0042 received 02-27 1000.00 EUR"},
		"id that the bank broke": {[]*calc.PaymentMatch{sent("0107000042 01-05 1000.00 EUR")}, []string{"02-27 1000.00 EUR Contoso|for 01070/00042 thanks"},
			"0107000042 received 02-27 1000.00 EUR"},
		"short digits are no id": {[]*calc.PaymentMatch{sent("202 01-05 1000.00 EUR")}, []string{"02-27 1000.00 EUR Contoso|page 202"},
			"202 missing diff -1000.00; warning BANK_PAYMENT_MISSING"},
		"by amount": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR")}, []string{"01-15 1000.00 EUR Microsoft|thanks"},
			"P100 received 01-15 1000.00 EUR"},
		"by amount without counterparty": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR")}, []string{"01-02 1000.00 EUR |transfer"},
			"P100 received 01-02 1000.00 EUR"},
		"too late, and too early": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR")}, []string{"01-16 1000.00 EUR Microsoft|x", "01-01 1000.00 EUR Microsoft|x"},
			"P100 missing diff -1000.00; left 01-01 1000.00; left 01-16 1000.00; warning BANK_PAYMENT_MISSING; info BANK_LINE_UNMATCHED; info BANK_LINE_UNMATCHED"},
		"somebody else's amount": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR")}, []string{"01-06 1000.00 EUR Contoso Bakery|bread"},
			"P100 missing diff -1000.00; warning BANK_PAYMENT_MISSING"},
		"missing beside lines of others": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR")}, []string{"01-06 -99.00 EUR Microsoft|invoice E0400", "01-06 5.00 EUR Contoso|x"},
			"P100 missing diff -1000.00; warning BANK_PAYMENT_MISSING"},
		"window is not over":         {[]*calc.PaymentMatch{sent("P100 03-25 1000.00 EUR")}, nil, "P100 not-covered"},
		"no account in the currency": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 JPY")}, nil, "P100 not-covered"},
		"not sent":                   {[]*calc.PaymentMatch{waiting}, nil, "P100 not-sent"},
		"without a date":             {[]*calc.PaymentMatch{undated}, nil, "P100 not-covered"},
		"nothing to pay":             {[]*calc.PaymentMatch{sent("P100 01-05 -20.00 EUR")}, nil, "P100 not-sent"},
		"short": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR")}, []string{"01-07 985.00 EUR Microsoft|P100"},
			"P100 short 01-07 985.00 EUR diff -15.00; warning BANK_AMOUNT_DIFFERS"},
		"over": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR")}, []string{"01-07 1000.01 EUR Microsoft|P100"},
			"P100 over 01-07 1000.01 EUR diff 0.01; warning BANK_AMOUNT_DIFFERS"},
		"taxed": {[]*calc.PaymentMatch{taxed}, []string{"01-07 1000.00 EUR Microsoft|P100"},
			"P100 taxed 01-07 1000.00 EUR diff 100.00 by withheldTax; info BANK_AMOUNT_DIFFERS"},
		"two taxes without id": {[]*calc.PaymentMatch{both}, []string{"01-07 1000.00 EUR Microsoft|x"},
			"P100 taxed 01-07 1000.00 EUR diff 10.00 by withheldTax and salesTax; info BANK_AMOUNT_DIFFERS"},
		"merged by ids": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR"), sent("P200 01-05 250.00 EUR")}, []string{"01-07 1250.00 EUR Microsoft|P100 P200"},
			"P100 merged 01-07 1000.00 EUR; P200 merged 01-07 250.00 EUR; info BANK_TRANSFER_SHARED"},
		"merged, one id": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR"), sent("P200 01-05 250.00 EUR")}, []string{"01-07 1250.00 EUR Microsoft|P100"},
			"P100 merged 01-07 1000.00 EUR; P200 merged 01-07 250.00 EUR; info BANK_TRANSFER_SHARED"},
		"merged by amounts": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR"), sent("P200 01-05 250.00 EUR"), sent("P300 01-05 7.00 EUR")},
			[]string{"01-07 1257.00 EUR Microsoft|x"},
			"P100 merged 01-07 1000.00 EUR; P200 merged 01-07 250.00 EUR; P300 merged 01-07 7.00 EUR; info BANK_TRANSFER_SHARED"},
		"merged with a credit note": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR"), sent("P200 01-05 -250.00 EUR")}, []string{"01-07 750.00 EUR Microsoft|x"},
			"P100 merged 01-07 1000.00 EUR; P200 merged 01-07 -250.00 EUR; info BANK_TRANSFER_SHARED"},
		"one payment of two programs": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR"), other}, []string{"01-07 1500.00 EUR Microsoft|P100"},
			"P100 received 01-07 1000.00 EUR; P100 received 01-07 500.00 EUR"},
		"split by id": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR")}, []string{"01-07 600.00 EUR Microsoft|P100", "01-08 400.00 EUR Microsoft|P100"},
			"P100 split 01-08 1000.00 EUR; info BANK_TRANSFER_SHARED"},
		"split, one id": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR")}, []string{"01-07 600.00 EUR Microsoft|P100", "01-08 400.00 EUR Microsoft|x"},
			"P100 split 01-08 1000.00 EUR; info BANK_TRANSFER_SHARED"},
		"split by amounts": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR")}, []string{"01-07 600.00 EUR Microsoft|x", "01-08 400.00 EUR Microsoft|x"},
			"P100 split 01-08 1000.00 EUR; info BANK_TRANSFER_SHARED"},
		"a rest that two payments lack": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR"), sent("P200 01-05 900.00 EUR")},
			[]string{"01-07 600.00 EUR Microsoft|P100", "01-07 500.00 EUR Microsoft|P200", "01-08 400.00 EUR Microsoft|x"},
			"P100 short 01-07 600.00 EUR diff -400.00; P200 short 01-07 500.00 EUR diff -400.00; left 01-08 400.00; warning BANK_AMOUNT_DIFFERS; warning BANK_AMOUNT_DIFFERS; warning BANK_LINE_UNMATCHED"},
		"returned": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR")}, []string{"01-07 1000.00 EUR Microsoft|P100", "01-12 -1000.00 EUR |P100"},
			"P100 returned 01-12 0.00 EUR diff -1000.00; warning BANK_PAYMENT_RETURNED"},
		"returned by its mark": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR")}, []string{"01-07 1000.00 EUR Microsoft|P100", "01-12 -1000.00 EUR |account closed RETURN"},
			"P100 returned 01-12 0.00 EUR diff -1000.00; warning BANK_PAYMENT_RETURNED"},
		"another debit of the amount": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR")}, []string{"01-07 1000.00 EUR Microsoft|P100", "01-12 -1000.00 EUR Microsoft|invoice"},
			"P100 received 01-07 1000.00 EUR"},
		"returned and reported so": {[]*calc.PaymentMatch{failed}, []string{"01-07 1000.00 EUR Microsoft|P100", "01-12 -1000.00 EUR |P100"},
			"P100 returned 01-12 0.00 EUR diff -1000.00; info BANK_PAYMENT_RETURNED"},
		"returned and sent again": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR")}, []string{"01-07 1000.00 EUR Microsoft|P100", "01-08 -1000.00 EUR |P100", "01-20 1000.00 EUR Microsoft|P100"},
			"P100 split 01-20 1000.00 EUR; info BANK_TRANSFER_SHARED"},
		"reversed, and the bank has nothing": {[]*calc.PaymentMatch{failed}, nil, "P100 not-sent"},
		"other currency": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR")}, []string{"01-07 1130.00 USD Microsoft|P100"},
			"P100 other-currency 01-07 1130.00 USD; info BANK_OTHER_CURRENCY"},
		"other currency, merged": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR"), sent("P200 01-05 500.00 EUR")}, []string{"01-07 1700.00 USD Microsoft|P100 P200"},
			"P100 other-currency 01-07 1133.33 USD; P200 other-currency 01-07 566.67 USD; info BANK_OTHER_CURRENCY"},
		"two equal payments and transfers": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR"), sent("P200 01-05 1000.00 EUR")},
			[]string{"01-07 1000.00 EUR Microsoft|x", "01-08 1000.00 EUR Microsoft|x"}, "P100 ambiguous; P200 ambiguous; warning BANK_AMBIGUOUS"},
		"an id settles it": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR"), sent("P200 01-05 1000.00 EUR")},
			[]string{"01-07 1000.00 EUR Microsoft|x", "01-08 1000.00 EUR Microsoft|P100"}, "P100 received 01-08 1000.00 EUR; P200 received 01-07 1000.00 EUR"},
		"two payments and one transfer": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR"), sent("P200 01-06 1000.00 EUR")},
			[]string{"01-07 1000.00 EUR Microsoft|x"}, "P100 ambiguous; P200 ambiguous; warning BANK_AMBIGUOUS"},
		"two sets of payments fit": {[]*calc.PaymentMatch{sent("P100 01-05 100.00 EUR"), sent("P200 01-05 200.00 EUR"), sent("P300 01-05 150.00 EUR"), sent("P400 01-05 150.00 EUR")},
			[]string{"01-07 300.00 EUR Microsoft|x"}, "P100 ambiguous; P200 ambiguous; P300 ambiguous; P400 ambiguous; warning BANK_AMBIGUOUS"},
		"no report has it":               {[]*calc.PaymentMatch{unreported}, []string{"01-07 1000.00 EUR Microsoft|P100"}, "P100 received 01-07 1000.00 EUR"},
		"paid before the report says so": {[]*calc.PaymentMatch{waiting}, []string{"01-07 1000.00 EUR Microsoft|P100"}, "P100 received 01-07 1000.00 EUR"},
		"a transfer without payment": {[]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR")}, []string{"01-07 1000.00 EUR Microsoft|P100", "01-09 77.00 EUR Microsoft|bonus"},
			"P100 received 01-07 1000.00 EUR; left 01-09 77.00; warning BANK_LINE_UNMATCHED"},
		"before the first report": {[]*calc.PaymentMatch{sent("P100 03-05 1000.00 EUR")}, []string{"03-07 1000.00 EUR Microsoft|P100", "01-09 77.00 EUR Microsoft|bonus"},
			"P100 received 03-07 1000.00 EUR; left 01-09 77.00; info BANK_LINE_UNMATCHED"},
	} {
		t.Run(name, func(t *testing.T) {
			out := match(statement(c.lines...), c.payments...)
			if got := seen(out, c.payments); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			for i, r := range out.Receipts {
				if r.Explanation.English() == "" {
					t.Errorf("payment %s is %s without an explanation", c.payments[i].ID, r.State)
				}
			}
		})
	}
}

// paidTo makes payments those of another participant.
func paidTo(participant string, list ...*calc.PaymentMatch) []*calc.PaymentMatch {
	for _, m := range list {
		m.Participant = participant
	}
	return list
}

// TestAccounts covers whose payments are missing where it is not known who is paid
// to which account.
func TestAccounts(t *testing.T) {
	const here = "P100 received 01-07 1000.00 EUR"
	for name, c := range map[string]struct {
		accounts map[string][]string
		others   []*calc.PaymentMatch
		want     string
	}{
		"two that miss": {nil, paidTo("5", sent("P200 01-05 200.00 EUR"), sent("P300 01-06 300.00 EUR")),
			here + "; P200 missing diff -200.00; P300 missing diff -300.00; warning BANK_PAYMENT_MISSING; warning BANK_PAYMENT_MISSING"},
		"three that miss": {nil, paidTo("5", sent("P200 01-05 200.00 EUR"), sent("P300 01-06 300.00 EUR"), sent("P400 02-06 400.00 EUR")),
			here + "; P200 not-covered; P300 not-covered; P400 not-covered; warning BANK_ACCOUNT_UNKNOWN"},
		"three that miss of one who was paid": {nil, paidTo("4400123", sent("P200 01-05 200.00 EUR"), sent("P300 01-06 300.00 EUR"), sent("P400 02-06 400.00 EUR")),
			here + "; P200 missing diff -200.00; P300 missing diff -300.00; P400 missing diff -400.00; warning BANK_PAYMENT_MISSING; warning BANK_PAYMENT_MISSING; warning BANK_PAYMENT_MISSING"},
		"in a currency that nobody was paid": {nil, paidTo("5", sent("P200 01-05 200.00 USD"), sent("P300 01-06 300.00 USD"), sent("P400 02-06 400.00 USD")),
			here + "; P200 missing diff -200.00; P300 missing diff -300.00; P400 missing diff -400.00; warning BANK_PAYMENT_MISSING; warning BANK_PAYMENT_MISSING; warning BANK_PAYMENT_MISSING"},
		"who is paid to the account is named": {map[string][]string{"AEUR": {"4400123"}}, paidTo("5", sent("P200 01-05 200.00 EUR"), sent("P300 01-06 300.00 EUR"), sent("P400 02-06 400.00 EUR")),
			here + "; P200 not-covered; P300 not-covered; P400 not-covered"},
		"another account is named": {map[string][]string{"B": {"5"}}, paidTo("5", sent("P200 01-05 200.00 EUR"), sent("P300 01-06 300.00 EUR"), sent("P400 02-06 400.00 EUR")),
			here + "; P200 not-covered; P300 not-covered; P400 not-covered"},
		"the account is named": {map[string][]string{"AEUR": {"5", "4400123"}}, paidTo("5", sent("P200 01-05 200.00 EUR"), sent("P300 01-06 300.00 EUR"), sent("P400 02-06 400.00 EUR"))[:1],
			here + "; P200 missing diff -200.00; warning BANK_PAYMENT_MISSING"},
	} {
		t.Run(name, func(t *testing.T) {
			policy := calc.DefaultPolicy().Bank
			policy.Accounts = c.accounts
			list := append([]*calc.PaymentMatch{sent("P100 01-05 1000.00 EUR")}, c.others...)
			out := bank.Match(bank.Input{AsOf: day("2022-03-31"), Policy: policy, Sources: statement("01-07 1000.00 EUR Microsoft|P100"), Payments: list})
			if got := seen(out, list); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			for _, f := range out.Findings {
				if says := f.Says().English(); f.Code() == calc.BankAccountUnknown && !strings.Contains(says, `"AEUR" = ["4400123"]`) {
					t.Errorf("no line of the configuration settles it: %s", says)
				}
			}
		})
	}
}

// TestWithoutReport covers statements where no Payments report says what was paid:
// what earnings name is found, and the rest is reported once.
func TestWithoutReport(t *testing.T) {
	named := sent("P100 01-05 0 EUR")
	named.State, named.Date, named.PayCurrency = calc.MatchUnchecked, calc.Date{}, ""
	list := []*calc.PaymentMatch{named}
	out := match(statement("01-07 1000.00 EUR Microsoft|P100", "01-09 77.00 EUR Microsoft|x", "02-09 78.00 USD Microsoft|y", "02-10 5.00 EUR Contoso|z"), list...)
	if got, want := seen(out, list), "P100 received 01-07 1000.00 EUR; left 01-09 77.00; left 02-09 78.00; warning BANK_LINE_UNMATCHED"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if says := out.Findings[0].Says().English(); !strings.HasPrefix(says, "2 bank lines over 77.00 EUR, 78.00 USD may be") {
		t.Error(says)
	}
}

// TestMany covers the bound of the search: of more than 16 payments a transfer is
// found only where it pays all of a day.
func TestMany(t *testing.T) {
	var list []*calc.PaymentMatch
	total := decimal.Zero
	for i := range 17 {
		m := sent(fmt.Sprintf("P%d 01-05 %d.17 EUR", 100+i, 1000+i*i))
		total = total.Add(m.Total)
		list = append(list, m)
	}
	out := match(statement(fmt.Sprintf("01-07 %s EUR Microsoft|x", total)), list...)
	if n := strings.Count(seen(out, list), "merged"); n != 17 || len(out.Findings) != 1 {
		t.Errorf("%d of 17 payments are merged, %d findings", n, len(out.Findings))
	}
	out = match(statement(fmt.Sprintf("01-07 %s EUR Microsoft|x", total.Sub(list[0].Total))), list...)
	if n := strings.Count(seen(out, list), "missing"); n != 17 || len(out.Left) != 1 {
		t.Errorf("%d of 17 payments are missing, %d lines left", n, len(out.Left))
	}
}

// TestOverlap covers entries that several statements have.
func TestOverlap(t *testing.T) {
	line := func(entry, text string) calc.BankLine {
		l := booked("01-07 1000.00 EUR Microsoft|" + text)
		l.Entry = entry
		return l
	}
	of := func(file string, lines ...calc.BankLine) *calc.Source {
		return &calc.Source{File: file, Kind: calc.KindBank, Bank: []calc.BankStatement{{Account: "A", Currency: "EUR", First: day("2022-01-01"), Last: day("2022-01-31"), Lines: lines}}}
	}
	other := of("c.xml", line("E1", "x"))
	other.Bank[0].Account = "B"
	for name, c := range map[string]struct {
		sources []*calc.Source
		left    int
		fates   string
	}{
		"same entry, other words":      {[]*calc.Source{of("a.xml", line("E1", "x")), of("b.xml", line("E1", "y"))}, 1, "[[counted] [duplicates]]"},
		"two entries":                  {[]*calc.Source{of("a.xml", line("E1", "x")), of("b.xml", line("E2", "x"))}, 2, "[[counted] [counted]]"},
		"two equal lines in one":       {[]*calc.Source{of("a.xml", line("", "x"), line("", "x"))}, 2, "[[counted counted]]"},
		"two equal lines, one of them": {[]*calc.Source{of("a.xml", line("", "x")), of("b.xml", line("", "x"), line("", "x"))}, 2, "[[counted] [duplicates counted]]"},
		"other words without entry":    {[]*calc.Source{of("a.xml", line("", "x")), of("b.xml", line("", "y"))}, 2, "[[counted] [counted]]"},
		"other account":                {[]*calc.Source{of("a.xml", line("E1", "x")), other}, 2, "[[counted] [counted]]"},
	} {
		t.Run(name, func(t *testing.T) {
			out := match(c.sources)
			if got := fmt.Sprint(out.Fates); len(out.Left) != c.left || got != c.fates {
				t.Errorf("%d lines left, want %d; fates %s, want %s", len(out.Left), c.left, got, c.fates)
			}
		})
	}
}

// TestCoverage covers which days statements show without a gap.
func TestCoverage(t *testing.T) {
	null := func(s string) decimal.NullDecimal { return decimal.NewNullDecimal(dec(s)) }
	of := func(first, last, opening, closing string) calc.BankStatement {
		return calc.BankStatement{Account: "A", Currency: "EUR", First: day("2022-" + first), Last: day("2022-" + last), Opening: null(opening), Closing: null(closing)}
	}
	for name, c := range map[string]struct {
		list []calc.BankStatement
		want string
	}{
		"one":                       {[]calc.BankStatement{of("01-05", "01-15", "0", "0")}, "P100 missing diff -1000.00; warning BANK_PAYMENT_MISSING"},
		"a day too few":             {[]calc.BankStatement{of("01-05", "01-14", "0", "0")}, "P100 not-covered"},
		"from the day after":        {[]calc.BankStatement{of("01-06", "01-31", "0", "0")}, "P100 not-covered"},
		"one after the other":       {[]calc.BankStatement{of("01-01", "01-09", "0", "0"), of("01-10", "01-31", "5", "5")}, "P100 missing diff -1000.00; warning BANK_PAYMENT_MISSING"},
		"weekend, balances agree":   {[]calc.BankStatement{of("01-01", "01-07", "0", "7"), of("01-10", "01-31", "7", "7")}, "P100 missing diff -1000.00; warning BANK_PAYMENT_MISSING"},
		"balances show a gap":       {[]calc.BankStatement{of("01-01", "01-07", "0", "7"), of("01-10", "01-31", "8", "8")}, "P100 not-covered; warning BANK_STATEMENT_MISSING"},
		"one within the other":      {[]calc.BankStatement{of("01-01", "01-31", "0", "7"), of("01-10", "01-12", "3", "4")}, "P100 missing diff -1000.00; warning BANK_PAYMENT_MISSING"},
		"another one of its month":  {[]calc.BankStatement{of("02-01", "02-28", "0", "0")}, "P100 not-covered"},
		"the same statement again":  {[]calc.BankStatement{of("01-01", "01-31", "0", "7"), of("01-01", "01-31", "0", "7")}, "P100 missing diff -1000.00; warning BANK_PAYMENT_MISSING"},
		"later than the as-of date": {[]calc.BankStatement{of("04-01", "04-30", "0", "7")}, "P100 no-statement"},
	} {
		t.Run(name, func(t *testing.T) {
			p := sent("P100 01-05 1000.00 EUR")
			out := match([]*calc.Source{{File: "a.xml", Kind: calc.KindBank, Bank: c.list}}, p)
			if got := seen(out, []*calc.PaymentMatch{p}); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
