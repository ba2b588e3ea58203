package bank

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"cspcoop/calc"
	"cspcoop/importer/table"
	"cspcoop/importer/table/xmltoken"

	"github.com/shopspring/decimal"
)

const camt053 = "urn:iso:std:iso:20022:tech:xsd:camt.053.001."

// isoKinds are messages of ISO 20022 that are taken for statements.
var isoKinds = map[string]string{
	"camt.052": "an account report of the running day",
	"camt.054": "a notification of single entries",
	"pain.001": "an order for payments",
	"pain.002": "a report on orders for payments",
	"pain.008": "an order for direct debits",
}

// camt is the state of reading a camt.053.
type camt struct {
	*reading
	*xmltoken.Scanner
	root  int      // depth of the Document: more than 1 in an envelope, 0 before it
	outer string   // the file's root
	space string   // of the document
	path  []string // names of the open elements below Stmt
	at    []int    // their lines
	in    bool     // inside of a Stmt
	leaf  bool     // the element that is open has no element in it
	text  []byte
	ccy   string

	statement calc.BankStatement
	balances  []balance
	balance   balance
	entry     entry
	detail    detail
}

// balance is a Bal.
type balance struct {
	code, ccy, sign string
	amount          decimal.NullDecimal
	day             calc.Date
}

// detail is a TxDtls, or what an Ntry says itself.
type detail struct {
	amount, own   decimal.NullDecimal // AmtDtls/TxAmt, and Amt
	ccy, ownCcy   string
	sign          string
	texts         texts
	debtor, payer string // Dbtr, and UltmtDbtr
	payee         string // Cdtr
	returned      bool
}

// entry is an Ntry.
type entry struct {
	detail
	line          int
	status        string
	booked, value calc.Date
	id            string
	details       []detail
}

// readXML reads a document of ISO 20022.
func (in *reading) readXML() error {
	c := &camt{reading: in, Scanner: xmltoken.New(in.raw, in.size)}
	err := c.read()
	if syntax, bad := errors.AsType[*xmltoken.SyntaxError](err); bad {
		c.faults.Add(table.Fault{Row: syntax.Line, Problem: "the XML is not well-formed: " + syntax.Problem, Want: wantStatementAgain})
		return nil
	}
	return err
}

var errStop = errors.New("the file is not read further")

func (c *camt) read() error {
	for {
		kind, err := c.Next()
		if err != nil {
			return err
		}
		switch kind {
		case xmltoken.EOF:
			if c.root == 0 {
				c.refuse(c.outer)
			}
			return nil
		case xmltoken.Start:
			if err = c.start(); errors.Is(err, errStop) {
				return nil
			}
		case xmltoken.Chars:
			if c.in && c.leaf {
				if len(c.text)+len(c.Text()) > MaxText {
					return c.Fault(fmt.Sprintf("a text of more than %d bytes", MaxText))
				}
				c.text = append(c.text, c.Text()...)
			}
		case xmltoken.End:
			c.end()
		}
		if err != nil {
			return err
		}
	}
}

// start takes the start of an element. The Document decides whether the file is a
// statement; banks and networks put it into envelopes of their own, at times several.
func (c *camt) start() error {
	name := string(c.Local())
	if c.Depth() == 1 {
		c.outer, c.space = name, c.Space()
	}
	if name == "Document" && (c.root == 0 || c.Depth() == c.root) {
		c.root, c.space = c.Depth(), c.Space()
		if !strings.HasPrefix(c.space, camt053) {
			c.refuse(name)
			return errStop
		}
	}
	if c.root == 0 {
		return nil
	}
	foreign := c.Space() != c.space
	switch {
	case c.Depth() == c.root+2 && name == "Stmt" && !foreign:
		c.in, c.path, c.at = true, nil, nil
		c.statement = calc.BankStatement{Place: calc.Place{Row: c.Line()}}
		c.balances = nil
		return nil
	case !c.in:
		return nil
	case foreign:
		name = "?"
	}
	c.path, c.at = append(c.path, name), append(c.at, c.Line())
	c.text, c.leaf = c.text[:0], true
	ccy, _ := c.Attr("Ccy")
	c.ccy = string(ccy)
	switch strings.Join(c.path, "/") {
	case "Bal":
		c.balance = balance{}
	case "Ntry":
		c.entry = entry{line: c.Line()}
	case "Ntry/NtryDtls/TxDtls":
		c.detail = detail{}
	}
	return nil
}

func (c *camt) refuse(root string) {
	what := "it is an XML document, not a bank statement"
	if m := isoName.FindStringSubmatch(c.space); m != nil {
		kind := m[1][:min(len("camt.053"), len(m[1]))]
		what = fmt.Sprintf("it is %s (%s), not a bank statement", cmp.Or(isoKinds[kind], "another message of ISO 20022"), m[1])
		if kind == "camt.053" {
			what = fmt.Sprintf("it has no Document of camt.053.001 (found %s)", m[1])
		}
	}
	c.fault(c.Line(), root, "", what, "drop the account's statement: camt.053 (BkToCstmrStmt), MT940 or CSV")
}

// end takes the end of an element.
func (c *camt) end() {
	switch {
	case !c.in:
		return
	case len(c.path) == 0:
		c.in = false
		c.finish()
		return
	}
	path := strings.Join(c.path, "/")
	value := ""
	if c.leaf {
		value = strings.TrimSpace(string(c.text))
	}
	if inDetail, ok := strings.CutPrefix(path, "Ntry/NtryDtls/TxDtls/"); ok {
		c.takeDetail(inDetail, value)
	} else if inEntry, ok := strings.CutPrefix(path, "Ntry/"); ok {
		c.takeEntry(inEntry, value)
	} else if inBalance, ok := strings.CutPrefix(path, "Bal/"); ok {
		c.takeBalance(inBalance, value)
	} else {
		c.takeStatement(path, value)
	}
	c.path, c.at = c.path[:len(c.path)-1], c.at[:len(c.at)-1]
	c.leaf = false
}

// wrong adds a fault of the element that ends.
func (c *camt) wrong(value, problem, want string) {
	c.fault(c.at[len(c.at)-1], strings.Join(c.path, "/"), value, problem, want)
}

// set fills what may be there once.
func (c *camt) set(field *string, value string) {
	if *field != "" {
		c.wrong(value, "the element is there twice", wantStatementAgain)
	}
	*field = value
}

func (c *camt) number(field *decimal.NullDecimal, currency *string, value string) {
	d, ok := amount(value, '.')
	switch {
	case !ok:
		c.wrong(value, "is no amount", "digits with a point, such as 1234.56, and no sign")
	case field.Valid:
		c.wrong(value, "the element is there twice", wantStatementAgain)
	}
	if _, known := c.Currency(c.ccy); !known {
		c.wrong(c.ccy, "its Ccy is no ISO 4217 currency", "a currency code such as EUR")
	}
	*field, *currency = decimal.NewNullDecimal(d), c.ccy
}

// day reads a date, or the date of a date with its time, as it is written.
func (c *camt) day(field *calc.Date, value string) {
	const length = len("2020-03-31")
	day, err := calc.ParseDate(value[:min(length, len(value))])
	if err != nil || day.Before(firstDay) || day.After(lastDay) {
		c.wrong(value, "is no date from 2000 to 2099", "a date such as 2020-03-31")
		return
	}
	*field = day
}

var firstDay, lastDay = calc.MustDate(2000, 1, 1), calc.MustDate(2099, 12, 31)

func (c *camt) sign(field *string, value string) {
	if value != "CRDT" && value != "DBIT" {
		c.wrong(value, "is neither credit nor debit", "CRDT or DBIT")
	}
	c.set(field, value)
}

func (c *camt) takeStatement(path, value string) {
	s := &c.statement
	switch path {
	case "Id":
		c.set(&s.ID, value)
	case "Acct/Id/IBAN", "Acct/Id/Othr/Id":
		c.set(&s.Account, strings.ReplaceAll(value, " ", ""))
	case "Acct/Ccy":
		c.set(&s.Currency, value)
	case "FrToDt/FrDtTm", "FrToDt/FrDt":
		c.day(&s.First, value)
	case "FrToDt/ToDtTm", "FrToDt/ToDt":
		c.day(&s.Last, value)
	case "Bal":
		c.balances = append(c.balances, c.balance)
		if b := c.balance; b.sign == "" || !b.amount.Valid {
			c.wrong("", "the balance has no amount, or does not say whether it is credit or debit", wantStatementAgain)
		}
	case "Ntry":
		c.takeLines()
	}
}

func (c *camt) takeBalance(path, value string) {
	b := &c.balance
	switch path {
	case "Tp/CdOrPrtry/Cd":
		c.set(&b.code, value)
	case "Amt":
		c.number(&b.amount, &b.ccy, value)
	case "CdtDbtInd":
		c.sign(&b.sign, value)
	case "Dt/Dt", "Dt/DtTm":
		c.day(&b.day, value)
	}
}

func (c *camt) takeEntry(path, value string) {
	e := &c.entry
	switch path {
	case "Amt":
		c.number(&e.amount, &e.ccy, value)
	case "CdtDbtInd":
		c.sign(&e.sign, value)
	case "RvslInd":
		e.returned = value == "true" || value == "1"
	case "Sts", "Sts/Cd", "Sts/Prtry":
		if value != "" {
			c.set(&e.status, value)
		}
	case "BookgDt/Dt", "BookgDt/DtTm":
		c.day(&e.booked, value)
	case "ValDt/Dt", "ValDt/DtTm":
		c.day(&e.value, value)
	case "AcctSvcrRef":
		c.set(&e.id, value)
	case "NtryRef", "AddtlNtryInf":
		e.texts.add(value)
	case "NtryDtls/TxDtls":
		if c.detail.own.Valid {
			c.detail.amount, c.detail.ccy = c.detail.own, c.detail.ownCcy
		}
		e.details = append(e.details, c.detail)
	}
}

func (c *camt) takeDetail(path, value string) {
	d := &c.detail
	switch path {
	case "Amt":
		c.number(&d.own, &d.ownCcy, value)
	case "AmtDtls/TxAmt/Amt":
		c.number(&d.amount, &d.ccy, value)
	case "CdtDbtInd":
		c.sign(&d.sign, value)
	case "RltdPties/Dbtr/Nm", "RltdPties/Dbtr/Pty/Nm":
		c.set(&d.debtor, value)
	case "RltdPties/UltmtDbtr/Nm", "RltdPties/UltmtDbtr/Pty/Nm":
		c.set(&d.payer, value)
	case "RltdPties/Cdtr/Nm", "RltdPties/Cdtr/Pty/Nm":
		c.set(&d.payee, value)
	case "RtrInf":
		d.returned = true
	case "AddtlTxInf", "RmtInf/Ustrd", "RmtInf/Strd/CdtrRefInf/Ref", "RmtInf/Strd/AddtlRmtInf", "RmtInf/Strd/RfrdDocInf/Nb",
		"RtrInf/AddtlInf", "Refs/Prtry/Ref":
		d.texts.add(value)
	default:
		if strings.HasPrefix(path, "Refs/") && value != "NOTPROVIDED" {
			d.texts.add(value)
		}
	}
}

// takeLines makes an entry a line, or each of its transactions where their amounts
// come to the entry's. An entry that is not booked is none.
func (c *camt) takeLines() {
	e := &c.entry
	day := e.booked
	if day.IsZero() {
		day = e.value
	}
	missing := ""
	switch {
	case e.status != "" && e.status != "BOOK":
		return
	case e.status == "":
		missing = "Sts"
	case !e.amount.Valid:
		missing = "Amt"
	case e.sign == "":
		missing = "CdtDbtInd"
	case day.IsZero():
		missing = "BookgDt"
	}
	if missing != "" {
		c.wrong("", "the entry has no "+missing, wantStatementAgain)
		return
	}
	parts := e.details
	sum := decimal.Zero
	for i := range parts {
		d := &parts[i]
		if d.sign == "" {
			d.sign = e.sign
		}
		if !d.amount.Valid || d.ccy != e.ccy {
			parts = nil
			break
		}
		sum = sum.Add(signed(d.sign, d.amount))
	}
	if len(parts) < 2 || !sum.Equal(signed(e.sign, e.amount)) {
		whole := e.detail
		for i := range e.details {
			d := &e.details[i]
			for _, text := range d.texts.list {
				whole.texts.add(text)
			}
			whole.debtor, whole.payer, whole.payee = cmp.Or(whole.debtor, d.debtor), cmp.Or(whole.payer, d.payer), cmp.Or(whole.payee, d.payee)
			whole.returned = whole.returned || d.returned
		}
		parts = []detail{whole}
	}
	for i := range parts {
		if d := &parts[i]; c.count(e.line) {
			c.statement.Lines = append(c.statement.Lines, c.line(e, d, day))
		}
	}
}

func (c *camt) line(e *entry, d *detail, day calc.Date) calc.BankLine {
	l := calc.BankLine{
		Entry: e.id, Booked: day, Amount: signed(d.sign, d.amount), Currency: e.ccy, Returned: e.returned || d.returned,
		Place: calc.Place{Row: e.line},
	}
	l.Counterparty = cmp.Or(d.debtor, d.payer)
	if d.sign == "DBIT" && !l.Returned {
		l.Counterparty = d.payee
	}
	all := d.texts
	for _, text := range append([]string{e.id}, e.texts.list...) {
		all.add(text)
	}
	if l.Text = all.String(); !utf8.ValidString(l.Text) || len(l.Text) > MaxText {
		c.fault(e.line, "Ntry", "", fmt.Sprintf("the texts of the entry have more than %d bytes", MaxText), wantStatementAgain)
	}
	return l
}

func signed(sign string, amount decimal.NullDecimal) decimal.Decimal {
	if sign == "DBIT" {
		return amount.Decimal.Neg()
	}
	return amount.Decimal
}

// finish closes a statement: its balances are found, and its currency is that of
// all entries.
func (c *camt) finish() {
	s := &c.statement
	row := s.Place.Row
	var opening, closing *balance
	for i := range c.balances {
		b := &c.balances[i]
		switch b.code {
		case "OPBD", "PRCD":
			if opening == nil || b.day.Before(opening.day) || b.day == opening.day && b.code == "OPBD" {
				opening = b
			}
		case "CLBD":
			if closing == nil || b.day.After(closing.day) {
				closing = b
			}
		}
	}
	c.require(s, s.Account != "", "Acct/Id", "a statement names its account")
	c.require(s, opening != nil, "Bal", "a statement has its opening balance (OPBD or PRCD)")
	c.require(s, closing != nil, "Bal", "a statement has its closing balance (CLBD)")
	if opening == nil || closing == nil {
		return
	}
	s.Currency = cmp.Or(s.Currency, opening.ccy)
	for _, b := range []*balance{opening, closing} {
		if b.ccy != s.Currency {
			c.fault(row, "Bal/Amt", b.ccy, "the balance is in another currency than the account", s.Currency)
		}
		if b.day.IsZero() {
			c.fault(row, "Bal/Dt", "", "the balance has no date", wantStatementAgain)
		}
	}
	for i := range s.Lines {
		if l := &s.Lines[i]; l.Currency != s.Currency {
			c.fault(l.Place.Row, "Ntry/Amt", l.Currency, "the entry is in another currency than the account", s.Currency)
		}
	}
	s.Opening, s.Closing = decimal.NewNullDecimal(signed(opening.sign, opening.amount)), decimal.NewNullDecimal(signed(closing.sign, closing.amount))
	if s.First.IsZero() {
		s.First = dayAfter(opening.day, closing.day)
	}
	if s.Last.IsZero() {
		s.Last = closing.day
	}
	c.keep(*s)
}

// dayAfter returns the first day of a statement: an opening balance is often dated
// on the day before.
func dayAfter(opening, closing calc.Date) calc.Date {
	if opening.Before(closing) {
		return opening.AddDays(1)
	}
	return opening
}
