package disk_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"cspcoop/importer/disk"
)

func TestSafeName(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"march.csv", "march.csv"},
		{"Müller & Söhne (CSP) 北京.xlsx", "Müller & Söhne (CSP) 北京.xlsx"},
		{"two\nlines.csv", "two_lines.csv"},
		{"tab\there", "tab_here"},
		{"../../etc/passwd", "_._.._etc_passwd"},
		{"..", "_"},
		{".", "_"},
		{"", "_"},
		{" . .", "_"},
		{".hidden", "_hidden"},
		{`a<b>c:d"e/f\g|h?i*j`, "a_b_c_d_e_f_g_h_i_j"},
		{"ends in dot.", "ends in dot"},
		{"ends in blank ", "ends in blank"},
		{"\xff\xfe.csv", "__.csv"},
		{"invoice\u202excod.exe", "invoice_xcod.exe"},
		{"zero\u200bwidth", "zero_width"},
		{"CON", "_CON"},
		{"con.csv", "_con.csv"},
		{"nul .txt", "_nul .txt"},
		{"Com1.report.csv", "_Com1.report.csv"},
		{"LPT¹", "_LPT¹"},
		{"COM", "COM"},
		{"COM10", "COM10"},
		{"console.csv", "console.csv"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := disk.SafeName(c.name); got != c.want {
				t.Errorf("%q became %q, want %q", c.name, got, c.want)
			}
		})
	}
}

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		name  string
		limit int
		want  string
	}{
		{"short", 5, "short"},
		{"longer", 5, "longe"},
		{"grün", 3, "gr"},
		{"grün", 4, "grü"},
		{"end. here", 5, "end"},
		{"北京", 2, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := disk.Shorten(c.name, c.limit); got != c.want {
				t.Errorf("%q in %d bytes is %q, want %q", c.name, c.limit, got, c.want)
			}
		})
	}
}

func FuzzSafeName(f *testing.F) {
	for _, name := range []string{"march.csv", "..", "CON.txt", "a\x00b", "\xff", ". .", "\u202e", "COM¹.csv"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		safe := disk.SafeName(name)
		if disk.SafeName(safe) != safe {
			t.Errorf("%q became %q, which is not safe either", name, safe)
		}
		if safe == "" || !utf8.ValidString(safe) || strings.ContainsAny(safe, "/\\\x00\n:") || safe[0] == '.' {
			t.Errorf("%q became %q", name, safe)
		}
	})
}
