// Package controls compares totals that people read outside the exports, on a
// page of Partner Center or in a remittance letter, with the figures of the same
// day, and says what explains a difference.
package controls
