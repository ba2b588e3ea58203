// Package versions settles which version of every earning counts. Exports
// overlap, and the same earning comes back with another amount or status: it
// counts once, whatever the order in which files arrive. Every row of every file
// gets a fate, and rows that do not count say which one counts in their place.
package versions
