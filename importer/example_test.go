package importer_test

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"cspcoop/importer"
	"cspcoop/importer/table"
)

// A file is taken whole, or refused with all of its faults and where they are.
func ExampleRead() {
	const header = "participantId,programName,earningType,earningDate,earningAmount,transactionCurrency\n"
	for _, rows := range []string{
		"4400123,CSP Direct Bill Partner,Coop,2020-03-31,1250.50,USD\n4400123,CSP Direct Bill Partner,Rebate,2020-03-31,80,USD\n",
		"4400123,CSP Direct Bill Partner,Coop,2020-02-30,12x,USD\n",
	} {
		file := strings.NewReader(header + rows)
		source, err := importer.Read(context.Background(), file, file.Size(), importer.Options{})
		if faults := (*table.Faults)(nil); errors.As(err, &faults) {
			for _, fault := range faults.List {
				fmt.Println("refused:", fault.Row, fault.Column, fault.Value, fault.Problem)
			}
			continue
		}
		for _, e := range source.Earnings.All() {
			fmt.Println(e.Row(), e.Date(), e.Kind(), e.Amount().Decimal())
		}
	}
	// Output:
	// 2 2020-03-31 co-op 1250.5
	// 3 2020-03-31 rebate 80
	// refused: 2 earningDate 2020-02-30 does not exist in the calendar
	// refused: 2 earningAmount 12x is no number
}
