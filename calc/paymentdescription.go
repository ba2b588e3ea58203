package calc

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What Partner Center waits for, as it names the actions.
const (
	pendingBank    = "Pending payment profile"
	pendingTax     = "Pending tax profile"
	pendingBoth    = "Pending payment and tax profile"
	pendingInvoice = "Pending tax invoice submission"
)

// HoldReasons lists what the description of a status says of a hold that the
// status itself does not show.
func HoldReasons() []PaymentState {
	var list []PaymentState
	for _, name := range []string{pendingBank, pendingTax, pendingBoth, pendingInvoice} {
		list = append(list, *PaymentStateOf(name))
	}
	return list
}

// DescribedState returns what paymentStatus and paymentStatusDescription mean
// together; nil where neither is known. The status decides, and a description
// that says what a payment is held for decides whose turn it is, as long as the
// status takes its course. A description says all of it where the status is
// blank or not known. contradict reports whether the two mean different things.
func DescribedState(status, description string) (state *PaymentState, contradict bool) {
	return describedState(PaymentStateOf(status), stateByDescription(description))
}

func describedState(state, described *PaymentState) (means *PaymentState, contradict bool) {
	switch {
	case described == nil || described == state:
		return state, false
	case state == nil:
		return described, false
	case described.Held && state.takesItsCourse():
		return heldStates[[2]*PaymentState{state, described}], false
	}
	return state, state.Money != described.Money || state.Held != described.Held || state.Turn != described.Turn
}

// adds reports whether a description says more than its status, or contradicts it.
func adds(state, described *PaymentState) bool {
	means, contradict := describedState(state, described)
	return contradict || means != state
}

// takesItsCourse reports whether a payment waits and nobody has to act.
func (s *PaymentState) takesItsCourse() bool {
	return s.Money == StatusWaiting && !s.Held && s.Turn == NobodysTurn
}

// Why names what holds a payment: the reason that the description gives, else
// the status.
func (s *PaymentState) Why() string {
	if s.Reason != "" {
		return s.Reason
	}
	return s.Name
}

// String names the status, with the reason that the description gives.
func (s *PaymentState) String() string {
	if s.Reason != "" {
		return s.Name + ": " + s.Reason
	}
	return s.Name
}

// heldStates are the statuses that take their course by what their description
// may say holds them.
var heldStates = func() map[[2]*PaymentState]*PaymentState {
	list := map[[2]*PaymentState]*PaymentState{}
	for i := range paymentStates {
		for j := range paymentStates {
			state, reason := &paymentStates[i], &paymentStates[j]
			if !state.takesItsCourse() || !reason.Held {
				continue
			}
			held := *reason
			held.Name, held.Rank, held.Reason = state.Name, state.Rank, reason.Name
			held.Money, held.Code = StatusWaiting, PaymentOnHold
			list[[2]*PaymentState{state, reason}] = &held
		}
	}
	return list
}()

// described are phrases by which descriptions are known, each at the beginning of
// a word. A description means the first state of which it has a phrase of every
// list.
var described = []struct {
	state   string
	phrases [][]string
}{
	{"Escheated", [][]string{{"escheat", "unclaimed property"}}},
	{"Forfeited", [][]string{{"forfeits these", "was forfeited", "were forfeited", "been forfeited", "is forfeited", "are forfeited"}}},
	{"Tax invoice rejected", [][]string{{"tax invoice"}, {"reject"}}},
	{"Tax invoice under review", [][]string{{"tax invoice"}, {"review"}}},
	{"Pending tax invoice", [][]string{{"tax invoice"}, {"incomplete", "invalid", "correct", "not valid"}}},
	{pendingInvoice, [][]string{{"tax invoice"}, append([]string{"pending"}, lacks...)}},
	{pendingBoth, [][]string{bankWords, taxWords, profileWords, lacks}},
	{pendingBank, [][]string{bankWords, profileWords, lacks}},
	{pendingTax, [][]string{taxWords, profileWords, lacks}},
	{"Reversed", [][]string{{"reversed", "sent again"}}},
	{"Reprocessing", [][]string{{"reprocess"}}},
	{"Incorrect payment", [][]string{{"recoup"}}},
	{"Rejected during review", [][]string{{"rejected during review"}}},
	{"Rejected", [][]string{{"rejected"}, {"bank"}}},
	{"Failed", [][]string{{"system error", "payment failed"}}},
	{"Sent", [][]string{{"has been sent", "was sent"}}},
	{"In progress", [][]string{{"payment is in progress"}}},
	{"Upcoming", [][]string{{"pending internal review"}}},
	{"Unprocessed", [][]string{{"is eligible for payment"}}},
}

var (
	bankWords    = []string{"bank", "payment profile", "payout profile", "payment instrument", "payout instrument", "payment or", "payment and"}
	taxWords     = []string{"tax"}
	profileWords = []string{"profile", "detail", "info", "form", "account", "instrument", "document"}
	lacks        = []string{
		"missing", "incomplete", "invalid", "expired", "required", "requires", "update ", "submit ", "upload ", "provide ", "on hold", "held",
		"pending bank", "pending tax", "pending payment profile", "pending payment and tax", "pending payment instrument",
		"profile pending", "details pending", "not complete", "not valid", "not available", "not provided", "not verified", "not submitted", "not up to date",
		"isn't complete", "isn't valid", "isn't available", "aren't complete", "aren't valid", "aren't available", "no bank", "no tax", "no valid", "don't have valid",
	}
	nothingToDo = strings.NewReplacer(" no action required ", " ", " no action is required ", " ", " no action needed ", " ", " no action is needed ", " ", " no partner action required ", " ")
)

// phrase is a phrase of described, and a bit for each list that it is in.
type phrase struct {
	text  string
	lists uint64
}

// phrases are those of described by startOf, and phraseLists the lists of each of its
// states: an export has millions of descriptions.
var phrases, phraseLists = func() (byStart [1 << (2 * startBits)][]phrase, lists []uint64) {
	known := map[string]uint64{}
	next := uint64(1)
	for _, d := range described {
		var all uint64
		for _, list := range d.phrases {
			for _, text := range list {
				known[text] |= next
			}
			all |= next
			next <<= 1
		}
		lists = append(lists, all)
	}
	for text, lists := range known {
		start := startOf(text[0], text[1])
		byStart[start] = append(byStart[start], phrase{text, lists})
	}
	return byStart, lists
}()

// startBits is how much of a letter distinguishes it from the other letters.
const startBits = 5

// startOf returns what words have in common that begin with these two bytes.
func startOf(first, second byte) int {
	const most = 1<<startBits - 1
	return int(first&most)<<startBits | int(second&most)
}

// stateByDescription reads the description of a payment status: the name of a
// status, or phrases by which Microsoft explains it. It returns nil when it says
// nothing that is known.
func stateByDescription(description string) *PaymentState {
	if IsPlaceholder(description) {
		return nil
	}
	var room [256]byte
	text, letters := appendWords(room[:0], description)
	if letters <= longestStateKey {
		if s := PaymentStateOf(description); s != nil {
			return s
		}
	}
	if bytes.Contains(text, []byte(" action ")) {
		text = []byte(nothingToDo.Replace(string(text)))
	}
	var has uint64
	for at := 1; at+1 < len(text); at++ {
		if text[at-1] != ' ' {
			continue
		}
		for _, p := range phrases[startOf(text[at], text[at+1])] {
			if end := at + len(p.text); end <= len(text) && string(text[at:end]) == p.text {
				has |= p.lists
			}
		}
	}
	for i, lists := range phraseLists {
		if has&lists == lists {
			return PaymentStateOf(described[i].state)
		}
	}
	return nil
}

// appendWords appends the words of a text in lower case, with a space before, between
// and after them, and returns how many bytes the words have without the spaces: no
// more than the text's TypeKey.
func appendWords(words []byte, text string) (_ []byte, letters int) {
	words = append(words, ' ')
	spaces := 1
	for _, r := range text {
		c := byte(' ')
		switch {
		case r < utf8.RuneSelf:
			c = inWords[r]
		case r == '\u2019':
			c = '\''
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			words = utf8.AppendRune(words, unicode.ToLower(r))
			continue
		}
		if c != ' ' {
			words = append(words, c)
		} else if words[len(words)-1] != ' ' {
			words, spaces = append(words, ' '), spaces+1
		}
	}
	if words[len(words)-1] != ' ' {
		words, spaces = append(words, ' '), spaces+1
	}
	return words, len(words) - spaces
}

// inWords has letters in lower case, digits and the apostrophe, and a space for any
// other character.
var inWords = func() (list [utf8.RuneSelf]byte) {
	for c := range list {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '\'':
			list[c] = byte(c)
		case c >= 'A' && c <= 'Z':
			list[c] = byte(c) + 'a' - 'A'
		default:
			list[c] = ' '
		}
	}
	return list
}()
