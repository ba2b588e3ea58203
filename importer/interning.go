package importer

import (
	"strings"
	"sync"

	"cspcoop/calc"
)

// interner holds one copy of what many rows of a file have in common.
type interner struct {
	mu         sync.Mutex
	texts      map[string]string
	accounts   map[calc.Account]*calc.Account
	namings    map[calc.Naming]*calc.Naming
	incentives map[calc.Incentive]*calc.Incentive
	roles      map[calc.Role]*calc.Role
	standings  map[calc.Standing]*calc.Standing
}

func newInterner() *interner {
	return &interner{
		texts: map[string]string{}, accounts: map[calc.Account]*calc.Account{}, namings: map[calc.Naming]*calc.Naming{}, incentives: map[calc.Incentive]*calc.Incentive{},
		roles: map[calc.Role]*calc.Role{}, standings: map[calc.Standing]*calc.Standing{},
	}
}

// The one value of a row's cells in each group of terms. Their texts have to be
// interned already.

func (n *interner) account(e *earningRow) *calc.Account {
	return one(n, n.accounts, calc.NewAccount(e.Participant, e.Country, e.Program))
}

func (n *interner) naming(e *earningRow) *calc.Naming {
	return one(n, n.namings, &calc.Naming{ParticipantName: e.ParticipantName})
}

func (n *interner) incentive(e *earningRow) *calc.Incentive {
	return one(n, n.incentives, &calc.Incentive{Engagement: e.Engagement, Lever: e.Lever})
}

func (n *interner) role(e *earningRow) *calc.Role {
	return one(n, n.roles, calc.NewRole(e.Type, e.ReasonCode, e.Currency))
}

func (n *interner) standing(e *earningRow) *calc.Standing {
	return one(n, n.standings, calc.NewStanding(e.PaymentStatus, e.EstimatedMonth))
}

func (n *interner) terms(e *earningRow) calc.Terms {
	return calc.Terms{Account: n.account(e), Naming: n.naming(e), Incentive: n.incentive(e), Role: n.role(e), Standing: n.standing(e)}
}

// one returns the first value that is equal.
func one[T comparable](n *interner, known map[T]*T, value *T) *T {
	n.mu.Lock()
	defer n.mu.Unlock()
	first := known[*value]
	if first == nil {
		first = value
		known[*value] = value
	}
	return first
}

// text returns the one copy of a text that repeats in a file.
func (n *interner) text(text string) string {
	if text == "" {
		return ""
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	known, ok := n.texts[text]
	if !ok {
		known = strings.Clone(text)
		n.texts[known] = known
	}
	return known
}

// arena makes many values of a type with few allocations.
type arena[T any] struct{ free []T }

// The first values are made few at a time, for the many small files; then up to
// arenaSize.
const firstArena, arenaSize = 16, 256

func (a *arena[T]) add(value T) *T {
	if len(a.free) == cap(a.free) {
		a.free = make([]T, 0, min(max(firstArena, 2*cap(a.free)), arenaSize))
	}
	a.free = append(a.free, value)
	return &a.free[len(a.free)-1]
}

// textArena copies short texts side by side. A text that is cut out of a block
// would keep the whole block in memory.
type textArena struct{ b strings.Builder }

// textArenaSize is how many bytes one piece holds.
const textArenaSize = 16 << 10

func (a *textArena) add(text string) string {
	if a.b.Cap()-a.b.Len() < len(text) {
		a.b.Reset()
		a.b.Grow(max(textArenaSize, len(text)))
	}
	at := a.b.Len()
	a.b.WriteString(text)
	return a.b.String()[at:]
}
