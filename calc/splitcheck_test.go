package calc

import (
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
)

// Differences and what they are compared with are the same in integers as in
// decimals, for amounts of any size and scale.
func TestSplitCheckInUnits(t *testing.T) {
	inUnits := 0
	for seed := range uint64(20_000) {
		random := rand.New(rand.NewPCG(seed, 2))
		amount := func() Amount {
			return ScaledAmount((random.Int64N(2_000_001)-1_000_000)<<random.IntN(44), uint8(random.IntN(6)))
		}
		rule := &Rule{CoOpShare: decimal.New(random.Int64N(101), -2-int32(random.IntN(3)))}
		rebates, coops := 1+random.IntN(900), 1+random.IntN(900)
		x := NewSplitCheck(SplitCheck{Currency: []string{"USD", "JPY", "KWD"}[random.IntN(3)], Rule: rule}, amount(), amount(), rebates, coops)
		if got, want := x.Difference(), x.differenceInDecimals(); !got.Equal(want) {
			t.Fatalf("seed %d: the difference is %s, in decimals %s", seed, got, want)
		}
		if got, want := x.Differs(), x.differsInDecimals(); got != want {
			t.Fatalf("seed %d: differs %v, in decimals %v", seed, got, want)
		}
		if _, _, known := x.differenceInUnits(NewAmount(rule.CoOpShare)); known {
			inUnits++
		}
	}
	if inUnits < 4_000 || inUnits == 20_000 {
		t.Errorf("%d of 20000 were calculated in integers; both ways are to be tried", inUnits)
	}
}
