package calc

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

func TestByUrgency(t *testing.T) {
	s := &Statement{Participant: "9"}
	day := func(n int) Date { return MustDate(2021, time.February, n) }
	open := func(n int) *Balance {
		return &Balance{Statement: s, Fund: Fund{Decision: ClaimRequired, Window: WindowOpen, ClaimDeadline: day(n)}}
	}
	running := func(distance int64) *Balance {
		return &Balance{Statement: s, Fund: Fund{Decision: Accruing, Projection: &Projection{Distance: decimal.New(distance, 0)}}}
	}
	first, second, near, far := open(1), open(20), running(10), running(3000)
	paid := &Balance{Statement: s, Fund: Fund{Decision: AutoPayout}}
	closed := &Balance{Statement: s, Fund: Fund{Decision: ClaimRequired, Window: WindowClosed, ClaimDeadline: day(1)}}
	want := []*Balance{first, second, near, far, paid, closed}
	got := ByUrgency([]*Balance{closed, far, paid, second, near, first})
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("place %d: %s, due %s", i, got[i].Decision, got[i].ClaimDeadline)
		}
	}
}
