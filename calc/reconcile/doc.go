// Package reconcile turns the archived files into a [calc.Result]: it settles
// versions, adds up months and earning periods, decides funds, takes claims to
// them and compares them with payments and with the last statement set.
// [Explain] walks from a figure of the result back to file and row.
//
// It is as pure as calc: the same [calc.Input] gives the same Result.
package reconcile
