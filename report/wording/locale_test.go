package wording

import (
	"testing"
	"time"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
	"golang.org/x/text/message"
)

func TestDays(t *testing.T) {
	first, last := calc.MustDate(2020, time.February, 1), calc.MustDate(2020, time.February, 14)
	for tag, want := range map[string][]string{
		"en":    {"14 February 2020", "14 Feb 2020", "Fri 14 Feb 2020", "February 2020", "Feb 2020", "Feb", "Jan–Jun 2020", "1–14 Feb 2020", "1 Jan – 14 Feb 2020", "31 Dec 2019 – 14 Feb 2020"},
		"en-GB": {"14 February 2020", "14 Feb 2020", "Fri 14 Feb 2020", "February 2020", "Feb 2020", "Feb", "Jan–Jun 2020", "1–14 Feb 2020", "1 Jan – 14 Feb 2020", "31 Dec 2019 – 14 Feb 2020"},
		"en-US": {"February 14, 2020", "Feb 14, 2020", "Fri, Feb 14, 2020", "February 2020", "Feb 2020", "Feb", "Jan–Jun 2020", "Feb 1–14, 2020", "Jan 1 – Feb 14, 2020", "Dec 31, 2019 – Feb 14, 2020"},
		"de":    {"14. Februar 2020", "14. Feb. 2020", "Fr., 14. Feb. 2020", "Februar 2020", "Feb. 2020", "Feb", "Jan.–Juni 2020", "1.–14. Feb. 2020", "1. Jan. – 14. Feb. 2020", "31. Dez. 2019 – 14. Feb. 2020"},
		"fr":    {"14 février 2020", "14 févr. 2020", "ven. 14 févr. 2020", "février 2020", "févr. 2020", "févr", "janv.–juin 2020", "1er–14 févr. 2020", "1er janv. – 14 févr. 2020", "31 déc. 2019 – 14 févr. 2020"},
		"es":    {"14 de febrero de 2020", "14 feb 2020", "vie, 14 feb 2020", "febrero de 2020", "feb 2020", "feb", "ene–jun 2020", "1–14 feb 2020", "1 ene – 14 feb 2020", "31 dic 2019 – 14 feb 2020"},
		"nl":    {"14 februari 2020", "14 feb 2020", "vr 14 feb 2020", "februari 2020", "feb 2020", "feb", "jan–jun 2020", "1–14 feb 2020", "1 jan – 14 feb 2020", "31 dec 2019 – 14 feb 2020"},
	} {
		t.Run(tag, func(t *testing.T) {
			w := words(t, tag)
			got := []string{
				w.Date(last), w.ShortDate(last), w.Weekday(last), w.Month(last.Month()), w.ShortMonth(last.Month()), w.MonthInitials(last.Month()), w.Months(last.Month().Period()),
				w.Span(first, last), w.Span(first.AddDays(-31), last), w.Span(first.AddDays(-32), last),
			}
			for i := range want {
				if got[i] != want[i] {
					t.Errorf("%s: %q, want %q", tag, got[i], want[i])
				}
			}
		})
	}
}

func TestAmounts(t *testing.T) {
	d := decimal.RequireFromString("-1234567.895")
	for tag, want := range map[string][]string{
		"en":    {"−1,234,567.90", "−1,234,567.90\u00a0EUR", "12,345", "−1,234,567", "−1234567.895"},
		"en-US": {"−1,234,567.90", "−1,234,567.90\u00a0EUR", "12,345", "−1,234,567", "−1234567.895"},
		"de":    {"−1.234.567,90", "−1.234.567,90\u00a0EUR", "12.345", "−1.234.567", "−1234567,895"},
		"fr":    {"−1\u00a0234\u00a0567,90", "−1\u00a0234\u00a0567,90\u00a0EUR", "12\u00a0345", "−1\u00a0234\u00a0567", "−1234567,895"},
		"es":    {"−1.234.567,90", "−1.234.567,90\u00a0EUR", "12.345", "−1.234.567", "−1234567,895"},
		"nl":    {"−1.234.567,90", "−1.234.567,90\u00a0EUR", "12.345", "−1.234.567", "−1234567,895"},
	} {
		t.Run(tag, func(t *testing.T) {
			w := words(t, tag)
			got := []string{w.Money(d), w.Amount(d, "EUR"), w.Count(12345), w.Whole(d.Truncate(0)), w.Exact(d)}
			for i := range want {
				if got[i] != want[i] {
					t.Errorf("%s: %q, want %q", tag, got[i], want[i])
				}
			}
		})
	}
}

// x/text brings the separators of the CLDR for whole and binary numbers: those
// of exact amounts are the same.
func TestSeparators(t *testing.T) {
	for _, tag := range Languages() {
		w := words(t, tag)
		p := message.NewPrinter(w.tag)
		if got, want := w.Count(1234567), p.Sprint(1234567); got != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
		if got, want := w.Money(decimal.RequireFromString("7654321.5")), p.Sprintf("%.2f", 7654321.5); got != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
}

// One thing is singular; French has none of it in the singular, too.
func TestNumbers(t *testing.T) {
	for tag, want := range map[string][3]string{
		"en": {"0 statements", "1 statement", "1,200 statements"},
		"de": {"0 Abrechnungen", "1 Abrechnung", "1.200 Abrechnungen"},
		"fr": {"0 relevé", "1 relevé", "1\u00a0200 relevés"},
		"es": {"0 extractos", "1 extracto", "1.200 extractos"},
		"nl": {"0 overzichten", "1 overzicht", "1.200 overzichten"},
	} {
		t.Run(tag, func(t *testing.T) {
			w := words(t, tag)
			for i, n := range []int{0, 1, 1200} {
				if got := w.Number(n, "%s statement", "%s statements"); got != want[i] {
					t.Errorf("%s: %q, want %q", tag, got, want[i])
				}
			}
		})
	}
}
