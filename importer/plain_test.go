package importer

import (
	"math/rand/v2"
	"strings"
	"testing"

	"cspcoop/importer/table"
)

// textsAround makes texts that are nearly a pattern.
func textsAround(r *rand.Rand, pattern, alphabet string) string {
	b := []byte(pattern)
	for range r.IntN(3) {
		at := r.IntN(len(b) + 1)
		switch c := alphabet[r.IntN(len(alphabet))]; {
		case at == len(b) || r.IntN(3) == 0:
			b = append(b[:at:at], append([]byte{c}, b[at:]...)...)
		case r.IntN(3) == 0:
			b = append(b[:at:at], b[at+1:]...)
		default:
			b[at] = c
		}
	}
	return string(b)
}

// TestPlainNumbersAreNumbers: what is read the fast way is what the general
// reader reads, with the same proof.
func TestPlainNumbersAreNumbers(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	plain := 0
	for range 100_000 {
		mark := pick(r, ".", ",")
		d := dialect{mark: mark[0]}
		s := textsAround(r, pick(r, "12.50", "-0.070", "1.234", "0.123", "00012", "-7", "123456789012.345", "12345678901234.56", "99999999999999999"), "0123456789.-,+e ")
		s = strings.Replace(s, ".", mark, r.IntN(3))
		n, ok := readPlainNumber(s, mark[0])
		if !ok {
			continue
		}
		plain++
		for _, kind := range []table.CellKind{table.Text, table.Number} {
			if kind == table.Number && (n.whole+n.fraction > significantDigits || mark == ",") {
				continue
			}
			text, wrong := d.number(nil, &table.Cell{Text: s, Kind: kind})
			if wrong != nil {
				t.Fatalf("%q is plain, and no number: %v", s, wrong)
			}
			fast := n
			if kind == table.Number {
				fast = n.withoutZeros()
			} else if text != strings.Replace(s, ",", ".", 1) {
				t.Fatalf("%q is plain, and canonical as %q", s, text)
			}
			if got, err := parseAmount(text); err != nil || got != fast.amount() {
				t.Fatalf("%q is %s, want %s, %v", s, fast.amount().Decimal(), got.Decimal(), err)
			}
		}
		for _, shown := range []bool{false, true} {
			if got, want := (cellProof{file: n.proof(shown)}), proofOfNumber(s, shown); got != want {
				t.Fatalf("%q proves %v, want %v", s, got, want)
			}
		}
	}
	if plain < 20_000 {
		t.Errorf("%d numbers are plain: too few", plain)
	}
}

// TestPlainDaysAreDays likewise.
func TestPlainDaysAreDays(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	days, plain := theCalendar(), 0
	for range 100_000 {
		s := textsAround(r, pick(r, "2020-03-31", "2020-02-29T23:59:59", "2099-12-31 00:00:00", "2000-01-01", "2019-11-30T12:34:56"), "0123456789-:T /Z")
		got, ok := days.readStamp(s)
		if !ok {
			continue
		}
		plain++
		c := &column{field: &field{kind: stampValue}}
		text, wrong := dialect{}.day(c, &table.Cell{Text: s, Kind: table.Text}, false)
		if wrong != nil {
			t.Fatalf("%q is plain, and no date: %v", s, wrong)
		}
		if want, err := stampOf(text); err != nil || got != want {
			t.Fatalf("%q is %v, want %v, %v", s, got, want, err)
		}
		if p := proofOfDate(c, &table.Cell{Text: s, Kind: table.Text}, false); p.file != provesNothing {
			t.Fatalf("%q is plain, and proves %v", s, p)
		}
		if day, ok := days.readDay(s); ok != !strings.Contains(s, ":") || ok && day != got.Day {
			t.Fatalf("%q is the day %v, %v", s, day, ok)
		}
	}
	if plain < 20_000 {
		t.Errorf("%d dates are plain: too few", plain)
	}
}
