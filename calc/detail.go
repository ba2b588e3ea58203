package calc

// Detail is what a statement's workbook shows of an earning beyond its figures,
// as the export writes it. There are millions of them, so it holds numbers of texts.
type Detail struct {
	texts  *Texts
	number DetailNumbers
}

// DetailColumn is a column of Detail.
type DetailColumn uint8

// The columns, as exports name them.
const (
	DetailEarningRate DetailColumn = iota
	DetailExchangeRate
	DetailTransactionID
	DetailTransactionDate
	DetailTransactionAmount
	DetailQuantity
	DetailCustomer
	DetailProduct
	DetailSubscription
	DetailInvoice
	DetailDistributor
	DetailReseller
	DetailSolutionArea
	DetailColumns // how many there are
)

// Checked reports whether findings rest on the column; documents alone show the
// others.
func (c DetailColumn) Checked() bool {
	return c == DetailEarningRate || c == DetailExchangeRate || c == DetailTransactionAmount
}

// DetailNumbers are the numbers of a detail's texts.
type DetailNumbers [DetailColumns]uint32

// Detail returns the detail whose texts have the numbers.
func (t *Texts) Detail(numbers DetailNumbers) Detail { return Detail{t, numbers} }

// NewDetail makes a detail of its texts.
func NewDetail(of map[DetailColumn]string) *Detail {
	texts := &Texts{}
	w := texts.NewWriter()
	var numbers DetailNumbers
	for c := range DetailColumns {
		numbers[c] = w.Add(of[c])
	}
	w.Flush()
	d := texts.Detail(numbers)
	return &d
}

// Text returns what the detail has in a column.
func (d *Detail) Text(c DetailColumn) string { return d.texts.Text(d.number[c]) }
