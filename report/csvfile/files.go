package csvfile

import (
	"io"

	"cspcoop/calc"
	"cspcoop/report/table"
)

// File is a CSV file of a statement set, with its schema.
type File struct {
	Name   string
	Write  func(io.Writer, *calc.Result, Options) error
	schema resource
}

// Files lists the CSV files of a set; one that would have nothing to say is
// absent.
func Files(r *calc.Result) []File {
	list := []File{
		file("balances.csv", Balances, balanceColumns),
		file("monthly.csv", Monthly, monthColumns),
		file("rollforward.csv", RollForward, rollForwardColumns),
		file("exceptions.csv", Exceptions, exceptionColumns),
	}
	if len(r.Claims) > 0 {
		list = append(list, file("claims.csv", Claims, claimColumns))
	}
	if r.Journal != nil {
		list = append(list, file("journal.csv", Journal, journalColumns))
	}
	if HasPayments(r) {
		list = append(list, file("payments.csv", Payments, paymentColumns))
	}
	if len(r.TieOuts) > 0 {
		list = append(list, file("tieout.csv", TieOut, tieOutColumns))
	}
	return list
}

func file[T any](name string, write func(io.Writer, *calc.Result, Options) error, columns []table.Column[T]) File {
	return File{name, write, resourceOf(name, columns)}
}
