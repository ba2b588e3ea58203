package reconcile_test

import (
	"fmt"
	"slices"
	"testing"

	"cspcoop/calc"
)

// chain is an archive as it changes from statement to statement: files come in,
// are withdrawn and come back, and registers change.
type chain struct {
	d        dice
	archive  archive
	waiting  []file
	receipts int
}

// chainOf starts a chain of an archive's files, in the order of their receipts.
func chainOf(d dice, a archive) *chain {
	c := &chain{d: d, archive: a, waiting: slices.Clone(a.files)}
	slices.SortFunc(c.waiting, func(a, b file) int { return a.receipt - b.receipt })
	c.archive.files = nil
	return c
}

// steps is how many statements a chain has.
func (c *chain) steps() int { return len(c.waiting) + 3 }

// next returns the archive as of the date of the next statement.
func (c *chain) next(date string) archive {
	files := slices.Clone(c.archive.files)
	switch n := len(files); {
	case n > 1 && c.d.oneIn(5): // withdrawn, to be dropped again at the end
		at := c.d.IntN(n)
		c.waiting = append(c.waiting, files[at])
		files = slices.Delete(files, at, at+1)
	case n > 0 && c.d.oneIn(6):
		files = append(files, c.receive(c.changed(files)))
	case len(c.waiting) > 0:
		files = append(files, c.receive(c.waiting[0]))
		c.waiting = c.waiting[1:]
	}
	c.archive.files, c.archive.asOf = files, date
	return c.archive
}

func (c *chain) receive(f file) file {
	c.receipts++
	f.receipt = c.receipts
	return f
}

// changed is a register as somebody has kept it since: claims go on, are
// rejected, and vanish; without a register it is a first one.
func (c *chain) changed(files []file) file {
	f := c.d.register()
	for _, last := range files {
		if last.register && !c.d.oneIn(4) {
			f.claims = slices.Clone(last.claims)
		}
	}
	for i := range f.claims {
		if c.d.oneIn(3) {
			f.claims[i].status = pick(c.d, "Submitted", "Partner Action Required", "Approved", "Paid", "Rejected")
		}
	}
	if n := len(f.claims); n > 0 && c.d.oneIn(3) {
		f.claims = f.claims[:n-1]
	}
	f.sha = fmt.Sprintf("changed%08x%d", c.d.Uint32(), c.receipts)
	f.name = f.sha[:9] + ".csv"
	return f
}

// Through any chain of statements, some of them sealed and compared with for
// long, the figures are those of the archive alone, and each fund opens with what
// it closed with in the set that it is compared with.
func TestChainsEqualTheOracle(t *testing.T) {
	withdrawn := 0
	everyArchive(t, lawRounds, func(t *testing.T, d dice, a archive) {
		c := chainOf(d, a)
		var last *calc.LastSet
		var closing map[string]string
		date, files := fmt.Sprintf("%d-01-15", d.year), 0
		for range c.steps() {
			now := c.next(date)
			if len(now.files) < files {
				withdrawn++
			}
			files = len(now.files)
			in := now.input()
			in.Last = last
			r := calculateInput(t, in)
			differ(t, "as of "+date, figures(r), expected(now))
			next := map[string]string{}
			for _, m := range r.RollForward {
				key := fmt.Sprint(m.Participant, " ", programOf(m.Program), " ", m.Period, " ", m.Currency)
				if was, known := closing[key]; known && was != m.Opening.StringFixed(2) {
					t.Errorf("as of %s, %s opens with %s and closed with %s", date, key, m.Opening.StringFixed(2), was)
				}
				next[key] = m.Closing.StringFixed(2)
			}
			if last == nil || !last.Sealed || d.oneIn(2) { // a sealed set is compared with until the next is sealed
				last, closing = lastSet(r), next
				last.Sealed = d.oneIn(2)
			}
			date = plus(date, d.IntN(120))
		}
	})
	if withdrawn == 0 {
		t.Error("nothing was withdrawn")
	}
}
