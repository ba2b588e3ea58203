package bank

import (
	"slices"
	"strings"
	"unicode"
)

// idIndex finds payment ids in texts.
type idIndex map[string][]paymentID // by the first word

type paymentID struct {
	id    string
	words []string
}

func newIDIndex[T any](ids map[string]T) idIndex {
	index := idIndex{}
	for id := range ids {
		if words := wordsOf(id); distinctive(words) {
			index[words[0]] = append(index[words[0]], paymentID{id, words})
		}
	}
	for _, list := range index {
		slices.SortFunc(list, func(a, b paymentID) int { return strings.Compare(a.id, b.id) })
	}
	return index
}

// distinctive reports whether an id is no number or word that a text may have by
// chance.
func distinctive(words []string) bool {
	const long = 4
	all := strings.Join(words, "")
	return len(all) >= long || strings.ContainsFunc(all, unicode.IsDigit) && strings.ContainsFunc(all, unicode.IsLetter)
}

// wordsOf splits a text into letters and digits, in upper case.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToUpper(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// named returns the ids that a text has as whole words. Where the bank broke the
// text, a word may go on or end.
func (index idIndex) named(text string) []string {
	var list []string
	for _, broken := range []string{" ", ""} {
		words := wordsOf(strings.ReplaceAll(text, "\n", broken))
		for i, word := range words {
			for _, id := range index[word] {
				if len(id.words) <= len(words)-i && slices.Equal(words[i:i+len(id.words)], id.words) && !slices.Contains(list, id.id) {
					list = append(list, id.id)
				}
			}
		}
		if !strings.Contains(text, "\n") {
			break
		}
	}
	return list
}
