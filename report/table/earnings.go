package table

import (
	"slices"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// Earnings lists every counted earning with the row that it came from, in parts
// of at most so many rows, which a sheet holds. shown is nil where the result has all
// that rows show.
func (t *Tables) Earnings(most int, shown calc.Shown) []Table {
	if shown == nil {
		shown = calc.Earning.Detail
	}
	all := slices.Collect(t.result.Counted(t.statement))
	var list []Table
	for first := true; first || len(all) > 0; first = false {
		n := min(most, len(all))
		table := Of(t.in, all[:n], t.earningColumns(shown)...)
		table.Name, table.Sheet, table.Title = "earnings", t.T("Earnings"), t.T("Counted earnings, with the row that each came from")
		if !first {
			table.Sheet = t.T("Earnings %s", t.Count(len(list)+1))
		}
		list = append(list, table)
		all = all[n:]
	}
	return list
}

func (t *Tables) earningColumns(shown calc.Shown) []Column[calc.Earning] {
	type earning = calc.Earning
	detail := func(head string, column calc.DetailColumn, cell func(string) Value) Column[earning] {
		return Column[earning]{Head: head, In: Screen, Cell: func(e earning) Value {
			if !e.HasDetail() {
				return Value{}
			}
			return cell(shown(e, column))
		}}
	}
	words := func(head string, column calc.DetailColumn) Column[earning] { return detail(head, column, Text) }
	number := func(head string, column calc.DetailColumn) Column[earning] { return detail(head, column, asNumber) }
	return []Column[earning]{
		{Head: t.T("Date"), Cell: func(e earning) Value { return Date(e.Date()) }},
		{Head: t.T("Earning id"), Cell: func(e earning) Value { return Text(e.ID()) }},
		{Head: t.T("Class"), Cell: t.classes()},
		{Head: t.T("Amount"), Cell: func(e earning) Value { return Figure(e.Amount()) }},
		{Head: t.T("Currency"), Cell: func(e earning) Value { return Text(e.Currency()) }},
		{Head: t.T("Amount (USD)"), Total: true, Cell: func(e earning) Value { return Figure(e.USD()) }},
		{Head: t.T("Payment status"), Widest: 16, Cell: func(e earning) Value { return Text(e.Status()) }},
		{Head: t.T("File"), Cell: func(e earning) Value { return Text(e.Place().File) }},
		{Head: t.T("Sheet"), Cell: func(e earning) Value { return Text(e.Place().Sheet) }},
		{Head: t.T("Row"), Cell: func(e earning) Value { return Known(e.Place().Row) }},
		{Head: t.T("Type as exported"), In: Screen, Cell: func(e earning) Value { return Text(e.Type()) }},
		{Head: t.T("Program as exported"), In: Screen, Cell: func(e earning) Value { return Text(e.Program()) }},
		{Head: t.T("Calculated"), In: Screen, Cell: func(e earning) Value { return Date(e.Calculated().Day) }},
		{Head: t.T("Engagement"), In: Screen, Cell: func(e earning) Value { return Text(e.Engagement()) }},
		{Head: t.T("Lever"), In: Screen, Cell: func(e earning) Value { return Text(e.Lever()) }},
		{Head: t.T("Reason"), In: Screen, Cell: func(e earning) Value { return Text(e.ReasonCode()) }},
		{Head: t.T("What the reason means"), In: Screen, Cell: func(e earning) Value { return t.reason(e) }},
		{Head: t.T("Estimated payment"), In: Screen, Cell: func(e earning) Value { return Text(e.EstimatedMonth()) }},
		{Head: t.T("Payment id"), In: Screen, Cell: func(e earning) Value { return Text(e.PaymentID()) }},
		{Head: t.T("Claim id"), In: Screen, Cell: func(e earning) Value { return Text(e.ClaimID()) }},
		words(t.T("Customer"), calc.DetailCustomer),
		words(t.T("Product"), calc.DetailProduct),
		words(t.T("Subscription"), calc.DetailSubscription),
		words(t.T("Invoice"), calc.DetailInvoice),
		number(t.T("Quantity"), calc.DetailQuantity),
		number(t.T("Earning rate"), calc.DetailEarningRate),
		number(t.T("Exchange rate"), calc.DetailExchangeRate),
		words(t.T("Transaction id"), calc.DetailTransactionID),
		detail(t.T("Transaction date"), calc.DetailTransactionDate, asDate),
		number(t.T("Transaction amount"), calc.DetailTransactionAmount),
		words(t.T("Distributor"), calc.DetailDistributor),
		words(t.T("Reseller"), calc.DetailReseller),
		words(t.T("Solution area"), calc.DetailSolutionArea),
	}
}

// longestNumber is how many characters a cell has that is read as a number.
const longestNumber = 24

// asNumber reads a detail that an export writes as a plain number with a point;
// any other stays as it is written, since it may mean something else.
func asNumber(s string) Value {
	if s == "" || len(s) > longestNumber {
		return Text(s)
	}
	units, digits, point := int64(0), 0, len(s)
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			units = 10*units + int64(c-'0')
			digits++
		case c == '.' && point == len(s):
			point = i
		case c != '-' || i > 0:
			return Text(s)
		}
	}
	if digits == 0 || len(s) > 1 && s[0] == '0' && s[1] != '.' { // an id rather
		return Text(s)
	}
	if digits > 18 { // too many for an integer
		d, err := decimal.NewFromString(s)
		if err != nil {
			return Text(s)
		}
		return Exact(d)
	}
	if s[0] == '-' {
		units = -units
	}
	return Figure(calc.ScaledAmount(units, uint8(len(s)-min(point+1, len(s)))))
}

// asDate reads a detail that an export writes as an ISO date; any other stays as
// it is written.
func asDate(s string) Value {
	if len(s) >= len("2020-02-14") {
		if d, err := calc.ParseDate(s[:len("2020-02-14")]); err == nil {
			return Date(d)
		}
	}
	return Text(s)
}

// classes returns what an earning is. Each of the few classes is put in words
// once: that takes as long as all other cells of a row.
func (t *Tables) classes() func(calc.Earning) Value {
	type class struct {
		kind   calc.Kind
		reason calc.Reason
	}
	known := map[class]Value{}
	return func(e calc.Earning) Value {
		c := class{e.Kind(), e.Reason()}
		v, ok := known[c]
		if !ok {
			v = Text(t.Class(e))
			known[c] = v
		}
		return v
	}
}

// reason says what an earning's reason code means, and what to do.
func (t *Tables) reason(e calc.Earning) Value {
	if e.ReasonCode() == "" { // as nearly all
		return Value{}
	}
	known := calc.ReasonCodeOf(e.ReasonCode())
	if known == nil {
		return Value{}
	}
	return Text(t.Reason(known))
}
