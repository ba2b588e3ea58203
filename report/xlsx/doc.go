// Package xlsx writes the workbooks of a statement set and the template of a
// claims register.
//
// Every sheet is a table that is described in Go and written by one function:
// a title, sentences, a header, rows and a row of totals. Amounts are written
// as the text of their exact decimals, never by way of a binary fraction;
// totals are formulas with their right results beside them, so that also
// programs that do not calculate show them. Text is always text, whatever it
// begins with.
//
// The same result gives the same bytes: parts have a fixed order, and dates
// inside are the as-of date. This is the one package that writes with excelize: it makes styles,
// theme, charts and the template; sheets are written as text.
package xlsx
