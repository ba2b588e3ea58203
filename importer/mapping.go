package importer

import (
	"fmt"
	"io"
	"slices"

	"cspcoop/calc"

	"github.com/gocarina/gocsv"
	"github.com/shopspring/decimal"
)

// records gives gocsv validated records under documented column names. It is a
// reader of its own for every chunk, because gocsv's default one is global.
type records struct {
	header []string
	rows   [][]string
	next   int
}

// Read gives the header, then one record after the other.
func (r *records) Read() ([]string, error) {
	if r.next > len(r.rows) {
		return nil, io.EOF
	}
	r.next++
	if r.next == 1 {
		return r.header, nil
	}
	return r.rows[r.next-2], nil
}

// ReadAll gives the header and all records.
func (r *records) ReadAll() ([][]string, error) {
	return slices.Insert(slices.Clone(r.rows), 0, r.header), nil
}

// money is a cell with an exact number; it may be blank.
type money struct {
	calc.Amount
	given bool
}

// UnmarshalCSV reads a validated number.
func (m *money) UnmarshalCSV(text string) (err error) {
	if text == "" {
		return nil
	}
	m.given = true
	m.Amount, err = parseAmount(text)
	return err
}

func (m money) null() decimal.NullDecimal {
	if !m.given {
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(m.Decimal())
}

// day is a cell with a date; it may be blank.
type day struct{ calc.Date }

// UnmarshalCSV reads a validated date.
func (d *day) UnmarshalCSV(text string) (err error) {
	if text != "" {
		d.Date, err = calc.ParseDate(text)
	}
	return err
}

// stamp is a cell with a date and perhaps a time of day; it may be blank.
type stamp struct{ calc.Stamp }

// UnmarshalCSV reads a validated stamp.
func (s *stamp) UnmarshalCSV(text string) (err error) {
	if text != "" {
		s.Stamp, err = stampOf(text)
	}
	return err
}

// period is a usage period by its fiscal label; it may be blank.
type period struct{ calc.EarningPeriod }

// UnmarshalCSV reads a validated label.
func (p *period) UnmarshalCSV(text string) (err error) {
	if text != "" {
		p.EarningPeriod, err = calc.ParsePeriod(text)
	}
	return err
}

// state is the state of a claim.
type state struct{ calc.ClaimStatus }

// UnmarshalCSV reads a validated state.
func (s *state) UnmarshalCSV(text string) error {
	var ok bool
	if s.ClaimStatus, ok = calc.ParseClaimStatus(text); !ok {
		return fmt.Errorf("%q is no state of a claim", text)
	}
	return nil
}

// earningRow is a row of an earnings report or a monthly sheet.
type earningRow struct {
	ID              string `csv:"earningId"`
	Participant     string `csv:"participantId"`
	ParticipantName string `csv:"participantName"`
	Country         string `csv:"partnerCountryCode"`
	Program         string `csv:"programName"`
	Type            string `csv:"earningType"`
	Date            day    `csv:"earningDate"`
	Amount          money  `csv:"earningAmount"`
	Currency        string `csv:"transactionCurrency"`
	USD             money  `csv:"earningAmountUSD"`
	Rate            money  `csv:"earningExchangeRate"`
	Calculated      stamp  `csv:"calculationDate"`
	Lever           string `csv:"lever"`
	ClaimID         string `csv:"claimId"`
	PaymentID       string `csv:"paymentId"`
	PaymentStatus   string `csv:"paymentStatus"`
	EstimatedMonth  string `csv:"estimatedPaymentMonth"`
	ReasonCode      string `csv:"reasonCode"`
	PaidAmount      money  `csv:"paymentAmountWOTax"`
	PaidCurrency    string `csv:"paymentCurrency"`

	RateDate          string `csv:"exchangeRateDate"`
	EarningRate       string `csv:"earningRate"`
	TransactionID     string `csv:"transactionId"`
	TransactionDate   string `csv:"transactionDate"`
	TransactionAmount string `csv:"transactionAmount"`
	Quantity          string `csv:"quantity"`
	Customer          string `csv:"customerName"`
	Product           string `csv:"productName"`
	Subscription      string `csv:"subscriptionId"`
	Invoice           string `csv:"invoiceNumber"`
	Distributor       string `csv:"distributorName"`
	Reseller          string `csv:"resellerName"`
	Engagement        string `csv:"engagementName"`
	SolutionArea      string `csv:"solutionArea"`
}

// paymentRow is a row of a Payments report.
type paymentRow struct {
	ID              string `csv:"paymentID"`
	Reference       string `csv:"CIReferenceNumber"`
	Participant     string `csv:"participantID"`
	ParticipantName string `csv:"participantName"`
	Program         string `csv:"programName"`
	Date            day    `csv:"paymentDate"`
	Earned          money  `csv:"earned"`
	EarnedUSD       money  `csv:"earnedUSD"`
	Currency        string `csv:"paymentCurrencyCode"`
	SalesTax        money  `csv:"salesTax"`
	ServiceFeeTax   money  `csv:"serviceFeeTax"`
	WithheldTax     money  `csv:"withheldTax"`
	Total           money  `csv:"totalPayment"`
	Method          string `csv:"paymentMethod"`
	Status          string `csv:"paymentStatus"`
	StatusText      string `csv:"paymentStatusDescription"`
}

// claimRow is a row of a claims register.
type claimRow struct {
	ID              string `csv:"claimId"`
	Participant     string `csv:"participantId"`
	Program         string `csv:"programName"`
	Usage           period `csv:"usagePeriod"`
	Name            string `csv:"claimName"`
	Category        string `csv:"category"`
	Activity        string `csv:"activity"`
	ActivityStart   day    `csv:"activityStart"`
	ActivityEnd     day    `csv:"activityEnd"`
	Currency        string `csv:"currency"`
	Amount          money  `csv:"amount"`
	AmountUSD       money  `csv:"amountUSD"`
	Approved        money  `csv:"approvedAmount"`
	Status          state  `csv:"status"`
	Submitted       day    `csv:"submittedDate"`
	Resubmitted     day    `csv:"resubmittedDate"`
	ApprovedOn      day    `csv:"approvedDate"`
	PaidOn          day    `csv:"paidDate"`
	PaidAmount      money  `csv:"paidAmount"`
	PaidCurrency    string `csv:"paidCurrency"`
	PaymentID       string `csv:"paymentId"`
	LastActivity    day    `csv:"lastActivity"`
	InvoiceNumber   string `csv:"invoiceNumber"`
	InvoiceDocument string `csv:"invoiceDocument"`
	InvoiceDate     day    `csv:"invoiceDate"`
	InvoiceAmount   money  `csv:"invoiceAmount"`
	InvoiceCurrency string `csv:"invoiceCurrency"`
	CSR             string `csv:"csr"`
	CSRAmount       money  `csv:"csrAmount"`
	Proof           string `csv:"poe"`
	Metrics         string `csv:"metrics"`
	Comments        string `csv:"comments"`
}

// mapped lets gocsv map records to typed rows.
func mapped[T any](header []string, rows [][]string) ([]T, error) {
	var typed []T
	if err := gocsv.UnmarshalCSV(&records{header: header, rows: rows}, &typed); err != nil {
		return nil, fmt.Errorf("map validated rows: %w", err)
	}
	return typed, nil
}

// flush maps the validated records that wait, and takes them to the source. Its
// errors are defects: every cell was validated before.
func (r *rowReader) flush() error {
	if len(r.records) == 0 {
		return nil
	}
	var err error
	switch r.layout.report {
	case claimsReport:
		var rows []claimRow
		rows, err = mapped[claimRow](r.header, r.records)
		for i := range rows {
			r.takeClaim(&rows[i], r.places[i])
		}
	case paymentsReport:
		var rows []paymentRow
		rows, err = mapped[paymentRow](r.header, r.records)
		for i := range rows {
			r.takePayment(&rows[i], r.places[i])
		}
	default:
		var rows []earningRow
		rows, err = mapped[earningRow](r.header, r.records)
		for i := range rows {
			r.takeEarning(&rows[i], r.places[i])
		}
	}
	r.records, r.places = r.records[:0], r.places[:0]
	return err
}

func (r *rowReader) takePayment(p *paymentRow, place int) {
	r.source.Payments = append(r.source.Payments, calc.Payment{
		ID: p.ID, Reference: p.Reference, Participant: p.Participant, ParticipantName: p.ParticipantName, Program: p.Program,
		Date: p.Date.Date, Earned: p.Earned.null(), EarnedUSD: p.EarnedUSD.null(), Currency: p.Currency,
		SalesTax: p.SalesTax.null(), ServiceFeeTax: p.ServiceFeeTax.null(), WithheldTax: p.WithheldTax.null(), Total: p.Total.null(),
		Method: p.Method, Status: p.Status, StatusText: p.StatusText, Place: r.place(place),
	})
}
