// Package journal makes the double-entry lines that take the books from the last
// statement set to this one. It goes by what the earlier journals booked, so that
// entries posted once each add up to the fund's movements.
package journal
