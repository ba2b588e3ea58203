package calc

// Detail is what a statement's workbook shows of an earning beyond its figures, as
// the export writes it, by column.
type Detail [DetailColumns]string

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
