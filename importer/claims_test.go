package importer

import (
	"testing"

	"cspcoop/calc"
)

const registerHeader = "claimId,participantId,programName,usagePeriod,currency,amount,status,approvedAmount,lastActivity,csr,poe,invoiceNumber,invoiceAmount,invoiceCurrency"

func TestRegister(t *testing.T) {
	s := taken(t, lines(registerHeader,
		"1,0123456,CSP Indirect Reseller,Jul–Dec 2019 (FY20 H1),EUR,999.99,In review,,2019-10-01,no,page.pdf; ;photo.jpg ,R-1,600.00,EUR",
		"1,0123456,CSP 2T Indirect Reseller,FY20H1,eur,999.990,SUBMITTED,,2019-11-01,,page.pdf; ;photo.jpg ,R-2,399.99,EUR",
		"2,0123456,CSP Indirect Reseller,2019-07 to 2019-12,EUR,10,partner action required,,,Yes,,,,",
	), Options{})
	if len(s.Register) != 3 || s.Kind != calc.KindClaims || !s.HasRegister {
		t.Fatalf("%d rows of a %s", len(s.Register), s.Kind)
	}
	first, second, third := s.Register[0], s.Register[1], s.Register[2]
	if first.Usage.String() != "FY20H1" || first.Status != calc.ClaimInReview || first.Amount.String() != "999.99" || first.CSR || first.Invoice == nil || first.Invoice.Amount.Decimal.String() != "600" || first.Place.Row != 2 {
		t.Errorf("first row: %+v", first)
	}
	wantLines(t, "proof", first.Proof, "page.pdf", "photo.jpg")
	if second.Status != calc.ClaimInReview || second.Currency != "EUR" || second.Invoice.Number != "R-2" {
		t.Errorf("second row: %+v", second)
	}
	if third.Status != calc.ClaimActionRequired || !third.CSR || third.Invoice != nil || third.Approved.Valid {
		t.Errorf("third row: %+v", third)
	}
}

func TestRegisterFaults(t *testing.T) {
	row := "1,a,CSP Indirect Reseller,FY20H1,EUR,10.00,Approved,9.00,2019-10-01,no,,R-1,5.00,EUR"
	for _, c := range []struct {
		name string
		rows []string
		want []string
	}{
		{"every bad cell of a row", []string{"1,a,p,FY20H2 (Jul–Dec 2019),EURO,x,Lost,,2019-02-30,maybe,,R-1,5.x,EUR"},
			[]string{"2 usagePeriod: label and months disagree", "2 currency: ", "2 amount: ", "2 status: ", "2 lastActivity: ", "2 csr: ", "2 invoiceAmount: "}},
		{"blank cells", []string{",,,,,,,,,,,,,"}, []string{"1: the claims register has no rows"}},
		{"a header alone", nil, []string{"1: the claims register has no rows"}},
		{"blank required cells", []string{",,,,,,,1.00,,,,,,"}, []string{"2 claimId: ", "2 participantId: ", "2 programName: ", "2 usagePeriod: ", "2 currency: ", "2 amount: ", "2 status: "}},
		{"a negative claim", []string{"1,a,p,FY20H1,EUR,-10.00,Approved,-9.00,,no,,R-1,5.00,EUR"}, []string{"2 amount: a claim cannot be negative", "2 approvedAmount: a claim cannot be negative"}},
		{"rows of one claim that differ", []string{row, "1,b,CSP Indirect Provider,FY20H2,USD,11.00,Paid,,2019-11-01,yes,x.pdf,R-2,5.00,USD"},
			[]string{"3 participantId: claim 1 has another value in row 2", "3 programName: ", "3 usagePeriod: ", "3 currency: ", "3 amount: ", "3 status: ", "3 approvedAmount: ", "3 csr: ", "3 poe: "}},
		{"a row that differs and has a bad cell", []string{row, "1,b,CSP Indirect Reseller,FY20H1,EUR,x,Approved,9,,no,,R-2,5.00,EUR"}, []string{"3 participantId: ", "3 amount: is no number"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantFaults(t, lines(append([]string{registerHeader}, c.rows...)...), Options{}, c.want...)
		})
	}
}

// A claim on two sheets is compared by column, not by position.
func TestClaimOnTwoSheets(t *testing.T) {
	header := []any{"claimId", "participantId", "programName", "usagePeriod", "currency", "amount", "status"}
	turned := []any{"status", "amount", "currency", "usagePeriod", "programName", "participantId", "claimId"}
	one := sheet{name: "One", rows: [][]any{header, {"1", "a", "p", "FY20H1", "EUR", 10, "Paid"}}}
	if s := taken(t, workbook(t, one, sheet{name: "Two", rows: [][]any{turned, {"paid", "10.00", "EUR", "FY20 H1", "p", "a", 1}}}), Options{}); len(s.Register) != 2 {
		t.Errorf("%d rows", len(s.Register))
	}
	wantFaults(t, workbook(t, one, sheet{name: "Two", rows: [][]any{turned, {"paid", "10.01", "EUR", "FY20 H1", "p", "a", 1}}}), Options{},
		`Two!B2 amount: claim 1 has another value in row 2 of sheet "One": "10"`)
}

func TestPayments(t *testing.T) {
	header := "CIReferenceNumber,earned,earnedCurrencyCode,earnedUSD,participantID,participantName,paymentCurrencyCode,paymentDate,paymentID,paymentMethod,paymentStatus,paymentStatusDescription,programName,salesTax,serviceFeeTax,totalPayment,withheldTax"
	s := taken(t, lines(header,
		"CI1,812.40,EUR,900.00,4400877,Northwind Cloud Inc.,EUR,2021-03-15,5017002210,Bank,SENT,done,CSP Direct Bill Partner,19.50,0,831.90,0.00",
		"CI2,-5,EUR,,4400877,Northwind Cloud Inc.,EUR,,5017002211,Bank,REVERSED,,CSP Direct Bill Partner,,,-5.00,"), Options{})
	if len(s.Payments) != 2 || s.Kind != calc.KindPayments {
		t.Fatalf("%d payments in a %s", len(s.Payments), s.Kind)
	}
	p := s.Payments[0]
	if p.ID != "5017002210" || p.Reference != "CI1" || p.Date.String() != "2021-03-15" || p.Earned.Decimal.String() != "812.4" || p.Total.Decimal.String() != "831.9" || p.Currency != "EUR" || !p.WithheldTax.Valid || p.Place.Row != 2 {
		t.Errorf("first payment: %+v", p)
	}
	if p := s.Payments[1]; p.EarnedUSD.Valid || !p.Date.IsZero() || p.Total.Decimal.String() != "-5" {
		t.Errorf("second payment: %+v", p)
	}
	if got := notes(s); len(got) > 0 {
		t.Errorf("notes %q", got)
	}
	wantFaults(t, lines(header, "CI1,n/a,EUR,,4400877,,EURO,2021-02-30,,Bank,SENT,,p,,,,"), Options{},
		"2 earned: is no number", "2 paymentCurrencyCode: ", "2 paymentDate: ", "2 paymentID: ", "2 totalPayment: ")
}
