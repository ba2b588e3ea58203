// Package payments compares earnings with what was paid: each payment of the
// Payments reports with the earnings that carry its id, automatic payouts with
// the cycle after their period, and what is unpaid by its age.
package payments
