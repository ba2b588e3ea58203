// Package bank compares the payments of Payments reports with the lines of bank
// statements. It assigns a line only where nothing else fits: first by the payment
// id in the line's text, then by exact amounts within some days. What several
// payments or lines fit is shown and not decided.
package bank
