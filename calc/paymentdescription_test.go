package calc

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// withStatus returns an earning with a payment status and its description.
func withStatus(status, description string) Earning {
	t := NewEarnings(&Source{}, nil)
	t.Add(EarningCells{PaymentStatus: status, StatusText: description})
	return t.At(0)
}

// What a status and its description mean together.
func TestDescribedState(t *testing.T) {
	for _, c := range []struct {
		status, description string
		want                string // "" for nothing that is known
		contradict          bool
	}{
		// holds that only the description names
		{"Upcoming", "Pending payment profile", "Upcoming: Pending payment profile", false},
		{"UPCOMING", "pending Tax-Profile", "Upcoming: Pending tax profile", false},
		{"Unprocessed", "Pending tax invoice submission", "Unprocessed: Pending tax invoice submission", false},
		{"In progress", "Bank details are missing.", "In progress: Pending payment profile", false},
		{"Processed", "Your tax profile isn\u2019t complete", "Processed: Pending tax profile", false},
		{"Upcoming", "Payment on hold: update your bank account information", "Upcoming: Pending payment profile", false},
		{"Upcoming", "Missing tax form", "Upcoming: Pending tax profile", false},
		{"Upcoming", "Payment or/and Tax profile isn't completed.", "Upcoming: Pending payment and tax profile", false},
		{"Upcoming", "Bank and tax details are missing", "Upcoming: Pending payment and tax profile", false},
		{"Upcoming", "Tax invoice missing", "Upcoming: Pending tax invoice submission", false},
		{"Upcoming", "Your tax invoice is incomplete or invalid.", "Upcoming: Pending tax invoice", false},
		{"Upcoming", "Tax invoice under review", "Upcoming: Tax invoice under review", false},
		{"Upcoming", "Tax invoice rejected", "Upcoming: Tax invoice rejected", false},

		// no holds
		{"Upcoming", "", "Upcoming", false},
		{"Upcoming", "n/a", "Upcoming", false},
		{"Upcoming", "Your bank details are complete", "Upcoming", false},
		{"Upcoming", "Payment to your bank account is pending", "Upcoming", false},
		{"Upcoming", "Payment has not reached your bank account yet", "Upcoming", false},
		{"Upcoming", "Tax profile and bank details valid. No action is required.", "Upcoming", false},
		{"Upcoming", "Processed", "Upcoming", false},
		{"Upcoming", "Whatever else", "Upcoming", false},

		// as Microsoft explains its statuses
		{"Unprocessed", "The earning is eligible for payment.", "Unprocessed", false},
		{"Upcoming", "Payment order generated pending internal reviews before payment is processed.", "Upcoming", false},
		{"In progress", "Payment is in progress.", "In progress", false},
		{"Sent", "Payment has been sent to your bank.", "Sent", false},
		{"Pending tax invoice", "Your tax invoice is incomplete or invalid.", "Pending tax invoice", false},
		{"Pending tax invoice", "Pending tax invoice submission", "Pending tax invoice", false},
		{"Tax invoice under review", "Your tax invoice is being reviewed. Your payment will be released later.", "Tax invoice under review", false},
		{"Tax invoice rejected", "Your tax invoice was rejected during review. All pending payments are on hold.", "Tax invoice rejected", false},
		{"Rejected during review", "Payment was rejected during review.", "Rejected during review", false},
		{"Failed", "Payment failed due to a Microsoft system error.", "Failed", false},
		{"Reprocessing", "Payment encountered a Microsoft system error and is being reprocessed.", "Reprocessing", false},
		{"Incorrect payment", "Payment recouping is in progress.", "Incorrect payment", false},
		{"Reversed", "Your bank reversed the payment. The payment will be sent again in the next payment cycle.", "Reversed", false},
		{"Rejected", "The payment was rejected by your bank.", "Rejected", false},
		{"Forfeited", "Bank details were missing, so these earnings were forfeited.", "Forfeited", false},
		{"Escheated", "Handed over as unclaimed property", "Escheated", false},

		// contradictions: the status counts
		{"Sent", "Pending tax profile", "Sent", true},
		{"Sent", "The payment was rejected by your bank.", "Sent", true},
		{"Upcoming", "Payment has been sent to your bank.", "Upcoming", true},
		{"Upcoming", "Forfeited", "Upcoming", true},
		{"Rejected", "Sent", "Rejected", true},
		{"Forfeited", "Pending payment profile", "Forfeited", true},
		{"Pending tax invoice", "Upcoming", "Pending tax invoice", true},
		{"Tax invoice under review", "Pending payment profile", "Tax invoice under review", true},

		// no status, or one that is not known
		{"", "Pending tax profile", "Pending tax profile", false},
		{"", "Payment has been sent to your bank.", "Sent", false},
		{"On hold", "Missing bank details", "Pending payment profile", false},
		{"On hold", "Whatever else", "", false},
		{"", "", "", false},
	} {
		t.Run(c.status+", "+c.description, func(t *testing.T) {
			got := ""
			s := withStatus(c.status, c.description)
			if s.PaymentState() != nil {
				got = s.PaymentState().String()
			}
			if got != c.want || s.Contradict() != c.contradict {
				t.Errorf("got %q, contradicted %t; want %q, %t", got, s.Contradict(), c.want, c.contradict)
			}
			if again := withStatus(s.PaymentStatus(), s.StatusText()); again.PaymentState() != s.PaymentState() || again.Contradict() != s.Contradict() || again.StatusText() != s.StatusText() {
				t.Errorf("from what is kept: %v, before %v", again.PaymentState(), s.PaymentState())
			}
		})
	}
}

// A hold that the description names is the partner's turn, and waits like the
// status.
func TestHoldByDescription(t *testing.T) {
	for _, reason := range HoldReasons() {
		for _, status := range []string{"Unprocessed", "Upcoming", "In progress", "Processed"} {
			t.Run(status+", "+reason.Name, func(t *testing.T) {
				plain := PaymentStateOf(status)
				s := withStatus(status, reason.Name).PaymentState()
				if !s.Held || s.Turn != PartnersTurn || s.Code != PaymentOnHold || s.Money != StatusWaiting || s.Rank != plain.Rank ||
					s.Name != plain.Name || s.Why() != reason.Name || s.Advice != reason.Advice || s.Meaning != reason.Meaning {
					t.Errorf("got %+v", *s)
				}
				if plain.Held || plain.Why() != status {
					t.Errorf("the status itself became %+v", *plain)
				}
			})
		}
	}
}

// Two statuses that mean different things read differently, or a change from one to
// the other would be shown as none.
func TestStatusNamesWhatDecides(t *testing.T) {
	for _, c := range []struct{ status, description, want string }{
		{"Cancelled", "", "Cancelled"},
		{"Cancelled", "Your payment was sent", "Cancelled: Sent"},
		{"Cancelled", "Missing bank details", "Cancelled: Pending payment profile"},
		{"Cancelled", "at the partner's wish", "Cancelled"},
		{"Upcoming", "Missing bank details", "Upcoming: Pending payment profile"},
		{"Sent", "Upcoming", "Sent"},
		{"", "Your payment was sent", "Your payment was sent"},
	} {
		t.Run(c.status+", "+c.description, func(t *testing.T) {
			if got := withStatus(c.status, c.description).Status(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestDescriptionsByPhrase compares how descriptions are searched for phrases with
// looking for each phrase in turn.
func TestDescriptionsByPhrase(t *testing.T) {
	inTurn := func(description string) *PaymentState {
		words := strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(description, "\u2019", "'")), func(r rune) bool {
			return r != '\'' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
		})
		text := nothingToDo.Replace(" " + strings.Join(words, " ") + " ")
		for _, d := range described {
			if !slices.ContainsFunc(d.phrases, func(list []string) bool {
				return !slices.ContainsFunc(list, func(phrase string) bool { return strings.Contains(text, " "+phrase) })
			}) {
				return PaymentStateOf(d.state)
			}
		}
		return nil
	}
	var pieces []string
	for _, d := range described {
		for _, list := range d.phrases {
			pieces = append(pieces, list...)
		}
	}
	for _, s := range paymentStates {
		pieces = append(pieces, s.Name, strings.Join(strings.Split(s.Name, ""), "-"))
	}
	pieces = append(pieces, "no action required", "No action is needed", "Isn\u2019t", "the", "\u00dcbung", "I\u0307", "re", "42", "\u212a")
	random := rand.New(rand.NewPCG(1, 2))
	known := 0
	for range 20_000 {
		var b strings.Builder
		for range 1 + random.IntN(6) {
			b.WriteString([]string{"", " ", ". ", "-", "\n"}[random.IntN(5)])
			piece := pieces[random.IntN(len(pieces))]
			if random.IntN(4) == 0 {
				piece = strings.ToUpper(piece)
			}
			b.WriteString(piece)
		}
		description := b.String()
		if IsPlaceholder(description) {
			continue
		}
		want := PaymentStateOf(description)
		if want == nil {
			want = inTurn(description)
		}
		if got := stateByDescription(description); got != want {
			t.Fatalf("%q means %v, want %v", description, got, want)
		}
		if want != nil {
			known++
		}
	}
	if known == 0 {
		t.Error("no description means anything")
	}
}

// TestTypeKey compares both ways in which a text is folded.
func TestTypeKey(t *testing.T) {
	for c := range rune(0x250) {
		for _, text := range []string{string(c), "A" + string(c) + "b \u00adC", "co" + string(c) + "op"} {
			if got, want := TypeKey(text), wideTypeKey(text); got != want {
				t.Errorf("the key of %q is %q, want %q", text, got, want)
			}
		}
	}
}

func BenchmarkDescribedState(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		DescribedState("Sent", "Status of payment 518187\nAttn.: Accounts")
	}
}
