// Package calc holds the domain of Microsoft CSP co-op incentives: what an
// earning is, which of its versions counts, how months become earning periods
// and funds, what a period's decision is, and what claims take from a fund.
//
// The package is pure. It reads no file, asks no clock and logs nothing: the
// same [Input] gives the same [Result], whatever the order in which sources
// arrived. Everything that a statement says is in the Result, so nothing above
// this package computes and nothing below it decides.
//
// Money is [decimal.Decimal] at every boundary; [Amount] is the compact exact
// form in which single earnings are kept. Rounding happens once, in [Cents].
package calc
