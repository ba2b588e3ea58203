package xlsx

import "cspcoop/calc"

// owner says whose a row is.
type owner struct{ participant, program string }

func ownerOf(s *calc.Statement) owner { return owner{s.Participant, s.Program} }

// owned puts in front of a table's columns whose each row is. In the workbook
// of one statement, where all is the same owner's, it does not.
func owned[T any](b *book, of func(T) owner, columns ...column[T]) []column[T] {
	if !b.portfolio {
		return columns
	}
	return append([]column[T]{
		{head: b.words.T("Partner location"), widest: 12, cell: func(row T) value { return text(of(row).participant) }},
		{head: b.words.T("Program"), widest: 14, cell: func(row T) value { return text(of(row).program) }},
	}, columns...)
}

// named puts the partner's name before that.
func named[T any](b *book, of func(T) *calc.Statement, columns ...column[T]) []column[T] {
	name := column[T]{head: b.words.T("Partner"), widest: 22, cell: func(row T) value { return text(b.words.Partner(of(row))) }}
	return append([]column[T]{name}, owned(b, func(row T) owner { return ownerOf(of(row)) }, columns...)...)
}
