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
	accounts   map[cells]*calc.Account
	namings    map[cells]*calc.Naming
	incentives map[cells]*calc.Incentive
	roles      map[cells]*calc.Role
	standings  map[cells]*calc.Standing
}

// cells are the texts that a group of terms is made of.
type cells [3]string

func newInterner() *interner {
	return &interner{
		texts: map[string]string{}, accounts: map[cells]*calc.Account{}, namings: map[cells]*calc.Naming{}, incentives: map[cells]*calc.Incentive{},
		roles: map[cells]*calc.Role{}, standings: map[cells]*calc.Standing{},
	}
}

// The one value of a row's cells in each group of terms.

func (n *interner) account(e *earningRow) *calc.Account {
	return one(n, n.accounts, cells{e.Participant, e.Country, e.Program}, func(c cells) *calc.Account { return calc.NewAccount(c[0], c[1], c[2]) })
}

func (n *interner) naming(e *earningRow) *calc.Naming {
	return one(n, n.namings, cells{e.ParticipantName}, func(c cells) *calc.Naming { return &calc.Naming{ParticipantName: c[0]} })
}

func (n *interner) incentive(e *earningRow) *calc.Incentive {
	return one(n, n.incentives, cells{e.Engagement, e.Lever}, func(c cells) *calc.Incentive { return &calc.Incentive{Engagement: c[0], Lever: c[1]} })
}

func (n *interner) role(e *earningRow) *calc.Role {
	return one(n, n.roles, cells{e.Type, e.ReasonCode, e.Currency}, func(c cells) *calc.Role { return calc.NewRole(c[0], c[1], c[2]) })
}

func (n *interner) standing(e *earningRow) *calc.Standing {
	return one(n, n.standings, cells{e.PaymentStatus, e.StatusText, e.EstimatedMonth}, func(c cells) *calc.Standing { return calc.NewStanding(c[0], c[1], c[2]) })
}

func (n *interner) terms(e *earningRow) calc.Terms {
	return calc.Terms{Account: n.account(e), Naming: n.naming(e), Incentive: n.incentive(e), Role: n.role(e), Standing: n.standing(e)}
}

// one returns what was made of equal cells before, or makes it of copies: texts
// that are cut out of a block would keep the whole block in memory.
func one[T any](n *interner, known map[cells]*T, of cells, build func(cells) *T) *T {
	n.mu.Lock()
	defer n.mu.Unlock()
	if value := known[of]; value != nil {
		return value
	}
	for i, text := range of {
		of[i] = n.own(text)
	}
	value := build(of)
	known[of] = value
	return value
}

// text returns the one copy of a text that repeats in a file.
func (n *interner) text(text string) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.own(text)
}

func (n *interner) own(text string) string {
	if text == "" {
		return ""
	}
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
