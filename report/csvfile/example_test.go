package csvfile_test

import (
	"os"

	"cspcoop/calc"
	"cspcoop/report/csvfile"
)

// Any result has its findings as CSV, one line for each, the columns in a fixed order.
func ExampleExceptions() {
	src := &calc.Source{File: "earnings.csv"}
	r := &calc.Result{Findings: []calc.Finding{
		src.Finding(calc.Info, calc.AfterAsOf, calc.Say("%s after %s are left out", calc.CountOf(2, "%s row", "%s rows"), calc.MustDate(2020, 3, 31))),
	}}
	if err := csvfile.Exceptions.Write(os.Stdout, r, csvfile.Options{}); err != nil {
		panic(err)
	}
	// Output:
	// severity,code,participant_id,program,earning_period,file,row,column,message
	// info,AFTER_AS_OF,,,,earnings.csv,,,2 rows after 31 Mar 2020 are left out
}
