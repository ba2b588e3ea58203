package bank_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/importer"
	"cspcoop/importer/bank"
	"cspcoop/importer/table"
)

func read(text string) ([]calc.BankStatement, error) {
	data := []byte(text)
	return bank.Read(context.Background(), bytes.NewReader(data), int64(len(data)), bank.Sniff(data), bank.Options{MaxRows: 1000, Currency: importer.Currency})
}

func fixture(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../fixtures/bank", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// words are a statement's lines as a person would note them down.
func words(list []calc.BankStatement) []string {
	var all []string
	for _, s := range list {
		all = append(all, fmt.Sprintf("%s %s %s %s..%s %s->%s", s.ID, s.Account, s.Currency, s.First, s.Last, s.Opening.Decimal, s.Closing.Decimal))
		for _, l := range s.Lines {
			back := ""
			if l.Returned {
				back = " returned"
			}
			all = append(all, fmt.Sprintf("%d: %s %s %s [%s] %q %q%s", l.Place.Row, l.Booked, l.Amount, l.Currency, l.Entry, l.Counterparty, l.Text, back))
		}
	}
	return all
}

func TestFormats(t *testing.T) {
	for name, want := range map[string][]string{
		"camt053-v02.xml": {
			`2021-012 NL56RABO0123456789 EUR 2021-12-01..2021-12-31 1000->4209.5`,
			`12: 2021-12-06 2500 EUR [RB-771201] "Microsoft Ireland Operations Ltd" "Partner incentives 010700\n0042 December\nRB-771201"`,
			`23: 2021-12-14 450 EUR [RB-771288] "Microsoft Corporation" "0107000051\nRB-771288"`,
			`23: 2021-12-14 250 EUR [RB-771288] "Contoso Bakery" "INV-3391\nRB-771288"`,
			`41: 2021-12-20 -450 EUR [RB-771301] "" "0107000051\nRB-771301" returned`,
			`50: 2021-12-29 459.5 EUR [] "" "Rent of the second floor"`,
		},
		"camt053-v08-prefix.xml": {
			`7 998877665 USD 2022-01-08..2022-01-10 -20.5->979.5`,
			`10: 2022-01-10 1000 USD [] "MICROSOFT CORPORATION" "PAY-0042"`,
		},
		"mt940.sta": {
			`STARTUMS 00010/001 70010080/1234567890 EUR 2022-01-01..2022-01-10 1000->2999.9`,
			`6: 2022-01-04 2500 EUR [RB-900001] "MICROSOFT IRELAND OPERATIONS LTD" "0107000042\nRB-900001\nGUTSCHRIFT\n9075\nEREF+0107000042\nSVWZ+INCENTIVES DEZEMBER"`,
			`9: 2022-01-05 -450 EUR [RB-900002] "" "RB-900002\nReturn of 01070000\n51 account closed" returned`,
			`12: 2022-01-07 -50.1 EUR [] "Contoso Estates" "RENT\n/NAME/Contoso Estates/REMI/Rent January"`,
			`STARTUMS 00011/001 70010080/1234567890 EUR 2022-01-11..2022-01-11 2999.9->2999.9`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			list, err := read(fixture(t, name))
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(words(list), "\n"); got != strings.Join(want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
			}
		})
	}
}

// TestVariants changes one thing of a good file, as some bank does; want is what the
// statements have of it.
func TestVariants(t *testing.T) {
	camt, mt := fixture(t, "camt053-v02.xml"), strings.ReplaceAll(fixture(t, "mt940.sta"), "\r\n", "\n")
	numbered := "GUTSCHRIFT?109075?20EREF+0107000042?21SVWZ+INCENTIVES?22 DEZEMBER?30INGBNL2A?31NL32INGB0000012345?32MICROSOFT IRELAND ?33OPERATIONS LTD"
	at := strings.Index(mt, ":86:")
	end := at + strings.Index(mt[at:], "\n:61:")
	described := func(text string) string { return mt[:at] + ":86:" + text + mt[end:] }
	for name, c := range map[string]struct{ file, want string }{
		"an envelope":           {"<Envelope xmlns='urn:x'><Body>" + afterDeclaration(camt) + "</Body></Envelope>", "2021-012 NL56RABO0123456789 EUR 2021-12-01..2021-12-31 1000->4209.5"},
		"a business header":     {`<BizMsgEnvlp xmlns="urn:iso:std:iso:20022:tech:xsd:head.003.001.01"><AppHdr xmlns="urn:iso:std:iso:20022:tech:xsd:head.001.001.02"><MsgDefIdr>camt.053.001.02</MsgDefIdr></AppHdr>` + afterDeclaration(camt) + "</BizMsgEnvlp>", "2021-012 NL56RABO"},
		"two in one envelope":   {"<Envelope>" + afterDeclaration(camt) + strings.Replace(afterDeclaration(camt), "2021-012", "2021-013", 1) + "</Envelope>", "2021-013 NL56RABO"},
		"a plus":                {strings.Replace(camt, ">2500.00<", ">+2500.0<", 1), "12: 2021-12-06 2500 EUR"},
		"question marks":        {described("166?00" + numbered), `2500 EUR [RB-900001] "MICROSOFT IRELAND OPERATIONS LTD" "0107000042\nRB-900001\nGUTSCHRIFT\n9075\nEREF+0107000042\nSVWZ+INCENTIVES\n DEZEMBER"`},
		"tildes":                {described("020~00" + strings.ReplaceAll(numbered, "?", "~")), `"MICROSOFT IRELAND OPERATIONS LTD" "0107000042\nRB-900001\nGUTSCHRIFT\n9075\nEREF+0107000042`},
		"angle brackets":        {described("020<00" + strings.ReplaceAll(numbered, "?", "<")), `"MICROSOFT IRELAND OPERATIONS LTD"`},
		"a mark in the text":    {described("166?00WHAT? YES?20A?B?32MICROSOFT"), `"MICROSOFT" "0107000042\nRB-900001\nWHAT? YES\nA?B"`},
		"slashes, name":         {described("/TRTP/SEPA/IBAN/NL32/BIC/INGBNL2A/NAME/MICROSOFT IRE\nLAND/REMI/INCENTIVES/EREF/X"), `"MICROSOFT IRELAND"`},
		"slashes, counterparty": {described("/EREF/0107000042//CNTP/NL32INGB0000012345/INGBNL2A/MICROSOFT IRELAND///REMI/USTD//INCENTIVES/"), `"MICROSOFT IRELAND"`},
		"a text":                {described("MICROSOFT IRELAND 0107000042"), `[RB-900001] "" "0107000042\nRB-900001\nMICROSOFT IRELAND 0107000042"`},
		"the end of DOS":        {mt + "\x1a", "STARTUMS 00011/001"},
		"a bank's own header":   {"ABNANL2A\n940\nABNANL2A\n" + mt[strings.Index(mt, ":20:"):], "STARTUMS 00010/001"},
	} {
		t.Run(name, func(t *testing.T) {
			list, err := read(c.file)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(words(list), "\n"); !strings.Contains(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func afterDeclaration(xml string) string {
	_, rest, _ := strings.Cut(xml, "?>")
	return rest
}

// TestRefused changes one thing of a good file; the fault names where and why.
func TestRefused(t *testing.T) {
	camt, mt := fixture(t, "camt053-v02.xml"), strings.ReplaceAll(fixture(t, "mt940.sta"), "\r\n", "\n")
	for name, c := range map[string]struct{ file, old, new, want string }{
		"does not add up":       {camt, ">459.50<", ">459.51<", "row 5: the statement \"2021-012\" does not add up: opening 1000 and 5 booked lines come to 4209.51, and it closes with 4209.5 EUR"},
		"entry gone":            {camt, "<Sts>PDNG</Sts>", "<Sts>BOOK</Sts>", "does not add up"},
		"no number":             {camt, ">2500.00<", ">2.500,00<", `row 13, column Ntry/Amt: is no amount (found "2.500,00")`},
		"negative":              {camt, ">2500.00<", ">-2500.00<", "row 13, column Ntry/Amt: is no amount"},
		"side":                  {camt, "<CdtDbtInd>DBIT", "<CdtDbtInd>DEBIT", "row 42, column Ntry/CdtDbtInd: is neither credit nor debit"},
		"date":                  {camt, "2021-12-29", "2021-02-29", "row 52, column Ntry/BookgDt/Dt: is no date"},
		"no date":               {camt, "<BookgDt><Dt>2021-12-29</Dt></BookgDt>", "", "row 50, column Ntry: the entry has no BookgDt"},
		"twice":                 {camt, "<Sts>PDNG</Sts>", "<Sts>PDNG</Sts><Sts>BOOK</Sts>", "column Ntry/Sts: the element is there twice"},
		"currency":              {camt, `<Amt Ccy="EUR">459.50`, `<Amt Ccy="USD">459.50`, "row 50, column Ntry/Amt: the entry is in another currency than the account"},
		"no currency":           {camt, `<Amt Ccy="EUR">459.50`, `<Amt>459.50`, "row 51, column Ntry/Amt: its Ccy is no ISO 4217 currency"},
		"no opening":            {camt, "<Cd>OPBD</Cd>", "<Cd>OPAV</Cd>", "a statement has its opening balance"},
		"no closing":            {camt, "<Cd>CLBD</Cd>", "<Cd>CLAV</Cd>", "a statement has its closing balance"},
		"no account":            {camt, "<IBAN>NL56RABO0123456789</IBAN>", "", "a statement names its account"},
		"another message":       {camt, "camt.053.001.02", "camt.054.001.02", "it is a notification of single entries (camt.054.001.02), not a bank statement"},
		"envelope of nothing":   {`<Envelope xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><x/></Envelope>`, "<x/>", "", "column Envelope: it has no Document of camt.053.001 (found camt.053.001.02)"},
		"an older form":         {camt, "camt.053.001.02", "camt.053.002.02", "it has no Document of camt.053.001 (found camt.053.002.02)"},
		"an order":              {camt, "camt.053.001.02", "pain.001.001.03", "it is an order for payments (pain.001.001.03)"},
		"document type":         {camt, "<Document", `<!DOCTYPE d [<!ENTITY a "b">]><Document`, "row 2: the XML is not well-formed: a declaration such as DOCTYPE is not allowed"},
		"entity":                {camt, "December<", "&december;<", "row 20: the XML is not well-formed: an unknown reference"},
		"cut off":               {camt, "</Stmt>\n  </BkToCstmrStmt>\n</Document>\n", "", "the XML ends inside"},
		"deep":                  {camt, "<Ustrd>", strings.Repeat("<a>", 300) + "<Ustrd>", "elements nested deeper"},
		"long text":             {camt, "December<", strings.Repeat("x", 70_000) + "<", "a text of more than 65536 bytes"},
		"sum of MT940":          {mt, "2999,90\n-}\n{1:F01BANKDEFFXXXX0000000000}{2:O9400000220111", "2999,91\n-}\n{1:F01BANKDEFFXXXX0000000000}{2:O9400000220111", "row 2: the statement \"STARTUMS 00010/001\" does not add up"},
		"amount of MT940":       {mt, "C2500,00", "C2500.00", `row 6, column :61:: is no entry (found "2201040104C2500.00NTRF0107000042//RB-900001")`},
		"day of MT940":          {mt, ":61:2201050105", ":61:2201320105", "row 9, column :61:: the value date does not exist"},
		"entry day of MT940":    {mt, ":61:2201050105", ":61:2201050135", "row 9, column :61:: the entry date does not exist"},
		"balance of MT940":      {mt, ":60F:C211231EUR1000,00", ":60F:X211231EUR1000,00", "row 5, column :60F:: is no balance"},
		"currency of MT940":     {mt, ":62F:C220110EUR", ":62F:C220110USD", "the balance is in another currency than the one before"},
		"unknown currency":      {mt, ":60F:C211231EUR", ":60F:C211231EUX", "the balance is in no ISO 4217 currency"},
		"MT940 cut off":         {mt, ":62F:C220110EUR2999,90\n-}\n", "", "the file may be cut off"},
		"unknown field":         {mt, ":28C:00010", ":99Z:00010", "row 4, column :99Z:: an MT940 has no such field"},
		"interim report":        {mt, ":28C:00010/001", ":34F:EUR0,", "this is an interim report (MT942)"},
		"line after the end":    {mt, ":62F:C220110EUR2999,90\n-}", ":62F:C220110EUR2999,90\n:61:2201050105C1,N012NONREF\n-}", "the line follows the closing balance"},
		"control character":     {mt, "account closed", "account\x02closed", "row 11: a control character"},
		"field before the file": {mt, ":20:STARTUMS", ":25:1\n:20:STARTUMS", "row 2, column :25:: the field is outside of a message"},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(c.file, c.old) {
				t.Fatalf("the file has no %q", c.old)
			}
			_, err := read(strings.Replace(c.file, c.old, c.new, 1))
			var faults *table.Faults
			if !errors.As(err, &faults) {
				t.Fatalf("taken, or %v", err)
			}
			var all []string
			for _, f := range faults.List {
				all = append(all, f.String())
			}
			if text := strings.Join(all, "\n"); !strings.Contains(text, c.want) {
				t.Errorf("refused with\n%s\nwant\n%s", text, c.want)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	camt := fixture(t, "camt053-v02.xml")
	data := []byte(camt)
	_, err := bank.Read(context.Background(), bytes.NewReader(data), int64(len(data)), bank.XML, bank.Options{MaxRows: 4, Currency: importer.Currency})
	if err == nil || !strings.Contains(err.Error(), "the file has more than 4 entries") {
		t.Errorf("5 lines with max_rows = 4: %v", err)
	}
	if _, err = bank.Read(context.Background(), bytes.NewReader(data), bank.MaxBytes+1, bank.XML, bank.Options{}); err == nil || !strings.Contains(err.Error(), "export fewer days") {
		t.Errorf("a file of %d bytes: %v", bank.MaxBytes+1, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err = bank.Read(ctx, bytes.NewReader(data), int64(len(data)), bank.XML, bank.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a canceled reading: %v", err)
	}
}

// TestDetailsThatDoNotAddUp keeps an entry whole when the amounts of its
// transactions are not its own: a bank may have taken a fee.
func TestDetailsThatDoNotAddUp(t *testing.T) {
	list, err := read(strings.Replace(fixture(t, "camt053-v02.xml"), `<TxAmt><Amt Ccy="EUR">250.00`, `<TxAmt><Amt Ccy="EUR">251.00`, 1))
	if err != nil {
		t.Fatal(err)
	}
	got := words(list)
	if want := `23: 2021-12-14 700 EUR [RB-771288] "Microsoft Corporation" "0107000051\nINV-3391\nRB-771288"`; len(got) != 5 || got[2] != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestSniff(t *testing.T) {
	for name, c := range map[string]struct {
		head string
		want bank.Format
	}{
		"camt":               {`<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.13">`, bank.XML},
		"another message":    {`<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pacs.008.001.02'>`, bank.XML},
		"spreadsheet in XML": {`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`, bank.None},
		"web page":           {"<!DOCTYPE html><html>", bank.None},
		"MT940":              {"\r\n:20:X\r\n:25:1\r\n", bank.MT940},
		"MT940 of a bank":    {"ABNANL2A\n940\nABNANL2A\n:20:X\n:25:1\n", bank.MT940},
		"a field in a text":  {"Date;Text\n2022-01-01;\":20:X :25:1\"\n", bank.None},
		"earnings":           {"earningId,participantId\n:20,1\n", bank.None},
	} {
		t.Run(name, func(t *testing.T) {
			if got := bank.Sniff([]byte(c.head)); got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
		})
	}
}

// FuzzRead reads any bytes: a file is refused with reasons, or each of its
// statements adds up, and it is read the same way again.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"camt053-v02.xml", "camt053-v08-prefix.xml", "mt940.sta"} {
		f.Add(fixture(f, name))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if bank.Sniff([]byte(text)) == bank.None {
			return
		}
		list, err := read(text)
		var faults *table.Faults
		if err != nil && (!errors.As(err, &faults) || faults.Total == 0) {
			t.Fatalf("neither taken nor refused: %v", err)
		}
		again, err2 := read(text)
		if fmt.Sprint(err) != fmt.Sprint(err2) || fmt.Sprint(words(list)) != fmt.Sprint(words(again)) {
			t.Fatal("read in two ways")
		}
		if err != nil {
			return
		}
		for _, s := range list {
			sum := s.Opening.Decimal
			for _, l := range s.Lines {
				sum = sum.Add(l.Amount)
				if l.Booked.Before(s.First) || l.Booked.After(s.Last) || l.Booked.IsZero() || l.Currency != s.Currency {
					t.Fatalf("line %+v of a statement from %s to %s in %s", l, s.First, s.Last, s.Currency)
				}
			}
			if !s.Opening.Valid || !s.Closing.Valid || !sum.Equal(s.Closing.Decimal) {
				t.Fatalf("%s does not add up", s.ID)
			}
		}
	})
}
