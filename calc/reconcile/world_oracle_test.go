package reconcile_test

import (
	"math"
	"strings"

	"cspcoop/calc"
)

// A second matcher of payments and bank lines. It searches all ways to explain the
// payments of a day and takes the one that leaves least unexplained: no passes, no
// groups, all in cents.

// explanation is a way to explain some payments by some lines.
type explanation struct {
	payments, lines uint // sets, by bit
	state           string
	cost            int
}

const unexplained = 100 // a payment without a line, or Microsoft's line without a payment

// explain returns the state of every payment.
func (w *world) explain() map[string]string {
	states := map[string]string{}
	days := map[calc.Date][]calc.Payment{}
	for _, p := range w.report {
		days[p.Date] = append(days[p.Date], p)
	}
	for sent, payments := range days {
		var lines []calc.BankLine
		for _, l := range w.lines {
			if after := sent.DaysUntil(l.Booked); after >= -calc.BankDaysBefore && after <= 10 {
				lines = append(lines, l)
			}
		}
		s := &search{payments: payments, lines: lines, memo: map[[2]uint]int{}, next: map[[2]uint]explanation{}}
		s.list()
		s.best(0, 0)
		for done, used := uint(0), uint(0); done != 1<<len(payments)-1; {
			x := s.next[[2]uint{done, used}]
			for i, p := range payments {
				if x.payments&(1<<i) != 0 {
					states[p.ID] = x.state
				}
			}
			done, used = done|x.payments, used|x.lines
		}
	}
	return states
}

type search struct {
	payments []calc.Payment
	lines    []calc.BankLine
	ways     []explanation
	memo     map[[2]uint]int
	next     map[[2]uint]explanation
}

// list lists every way to explain a set of payments by no line, one or two.
func (s *search) list() {
	for ps := uint(1); ps < 1<<len(s.payments); ps++ {
		var net, untaxed int64
		alone := ps&(ps-1) == 0
		currency := ""
		for i, p := range s.payments {
			if ps&(1<<i) == 0 {
				continue
			}
			net, untaxed = net+p.Total.Decimal.Shift(2).IntPart(), untaxed+p.Total.Decimal.Add(p.WithheldTax.Decimal).Shift(2).IntPart()
			if currency != "" && currency != p.Currency {
				currency = "several"
			} else {
				currency = p.Currency
			}
		}
		add := func(lines uint, state string, cost int) { s.ways = append(s.ways, explanation{ps, lines, state, cost}) }
		if alone {
			add(0, "missing", unexplained)
		}
		for j := range s.lines {
			named, ok := s.belongs(ps, j)
			amount, same := s.lines[j].Amount.Shift(2).IntPart(), s.lines[j].Currency == currency
			switch {
			case !ok || amount < 0:
			case alone && same && amount == net:
				add(1<<j, "received", 0)
			case same && amount == net:
				add(1<<j, "merged", 2)
			case alone && same && amount == untaxed:
				add(1<<j, "taxed", 3)
			case alone && named && same && amount < net:
				add(1<<j, "short", 50)
			case alone && named && !same:
				add(1<<j, "other-currency", 50)
			}
			for k := range s.lines {
				_, fits := s.belongs(ps, k)
				other := s.lines[k].Amount.Shift(2).IntPart()
				if !alone || !ok || !fits || !same || s.lines[k].Currency != currency || j == k {
					continue
				}
				switch {
				case j < k && amount > 0 && other > 0 && amount+other == net:
					add(1<<j|1<<k, "split", 2)
				case amount == net && other == -net:
					add(1<<j|1<<k, "returned", 2)
				}
			}
		}
	}
}

// belongs reports whether a line may be of some payments: it names one of them and
// none else, or it names none and may be Microsoft's.
func (s *search) belongs(ps uint, j int) (named, ok bool) {
	l := s.lines[j]
	for i, p := range s.payments {
		switch has := strings.Contains(l.Text, p.ID); {
		case has && ps&(1<<i) == 0:
			return false, false
		case has:
			named = true
		}
	}
	return named, named || l.Returned || s.suspect(j)
}

func (s *search) suspect(j int) bool {
	return s.lines[j].Counterparty == "" || strings.Contains(strings.ToLower(s.lines[j].Counterparty), "microsoft")
}

// best returns the least cost of explaining the payments that are left by the
// lines that are left.
func (s *search) best(done, used uint) int {
	at := [2]uint{done, used}
	if cost, known := s.memo[at]; known {
		return cost
	}
	least := math.MaxInt
	if done == 1<<len(s.payments)-1 {
		least = 0
		for j := range s.lines {
			named, _ := s.belongs(1<<len(s.payments)-1, j)
			if used&(1<<j) == 0 && (s.suspect(j) && s.lines[j].Amount.IsPositive() || named || s.lines[j].Returned) {
				least += unexplained
			}
		}
	} else {
		first := uint(1)
		for done&first != 0 {
			first <<= 1
		}
		for _, x := range s.ways {
			if x.payments&first == 0 || x.payments&done != 0 || x.lines&used != 0 {
				continue
			}
			if cost := x.cost + s.best(done|x.payments, used|x.lines); cost < least {
				least = cost
				s.next[at] = x
			}
		}
	}
	s.memo[at] = least
	return least
}
