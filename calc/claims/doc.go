// Package claims takes the claims register in force to the funds: what each claim
// takes or plans, what it lacks, what the partner does next, and what remains of
// a fund or is forfeited.
package claims
