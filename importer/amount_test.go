package importer

import (
	"math/big"
	"strings"
	"testing"

	"cspcoop/importer/table"
)

func TestAmounts(t *testing.T) {
	eighteen, forty := strings.Repeat("9", 18), strings.Repeat("1", 40)
	for _, c := range []struct{ text, want string }{
		{"0", "0"},
		{"1234.56", "1234.56"},
		{"+7.5", "7.5"},
		{"-7.50", "-7.5"},
		{"\u22127.50", "-7.5"},
		{" 7 ", "7"},
		{"\u00a07\u202f", "7"},
		{"007.10", "7.1"},
		{"1e3", "1000"},
		{"1.5E+2", "150"},
		{"15e-1", "1.5"},
		{"1e0003", "1000"},
		{eighteen, eighteen},
		{"1e17", "100000000000000000"},
		{"0.001e20", "100000000000000000"},
		{eighteen + "." + forty, eighteen + "." + forty},
		{"1e-40", "0." + strings.Repeat("0", 39) + "1"},
		{"-0.00", "0"},

		{"", ""},
		{"   ", ""},

		{"1" + eighteen, "bad"},
		{"1e18", "bad"},
		{"0." + forty + "1", "bad"},
		{"1e-41", "bad"},
		{"1.5e-40", "bad"},
		{"1e10000", "bad"},
		{"1e-10000", "bad"},
		{"1e99999999999999999999", "bad"},
		{"0e99999", "bad"},
		{strings.Repeat("0", 1000) + "1", "bad"},
		{".5", "bad"},
		{"5.", "bad"},
		{".", "bad"},
		{"-", "bad"},
		{"e5", "bad"},
		{"1e", "bad"},
		{"1e+", "bad"},
		{"1e1.5", "bad"},
		{"--1", "bad"},
		{"+-1", "bad"},
		{"- 1", "-1"},
		{"1 -", "-1"},
		{"1-", "-1"},
		{"1 234.56", "1234.56"},
		{"1\u00a0234.56", "1234.56"},
		{"1'234.56", "1234.56"},
		{"1,234.56", "1234.56"},
		{"1.234,56", "bad"},
		{"1,234,567", "1234567"},
		{"12,34,567.00", "1234567"},
		{"5\u202f400\u202f300.03", "5400300.03"},
		{"5\u2019400.03", "5400.03"},
		{"1 234", "1234"},
		{"-$5,400.03", "-5400.03"},
		{"$-5,400.03", "-5400.03"},
		{"$ (5,400.03)", "-5400.03"},
		{"($5,400.03)", "-5400.03"},
		{"(5,400.03 €)", "-5400.03"},
		{"kr. 5 400.03-", "-5400.03"},
		{"5400.03 CHF", "5400.03"},
		{"EUR5400.03", "5400.03"},
		{"\u20135.00", "-5"},
		{"12,34", "bad"},
		{"1,2345", "bad"},
		{"1234,567.00", "bad"},
		{"1,234,56.00", "bad"},
		{"1,23,4567", "bad"},
		{"1 2", "bad"},
		{"1 234 56", "bad"},
		{"1,234 567", "bad"},
		{"(5.00", "bad"},
		{"5.00)", "bad"},
		{"(-5.00)", "bad"},
		{"((5.00))", "bad"},
		{"-5.00-", "bad"},
		{"$5.00$", "bad"},
		{"$5.00 USD", "bad"},
		{"5.00 kg", "bad"},
		{"5.00 XXX", "bad"},
		{"E5.00", "bad"},
		{"1-2", "bad"},
		{"1..5", "bad"},
		{"NaN", "bad"},
		{"Infinity", "bad"},
		{"-inf", "bad"},
		{"0x1F", "bad"},
		{"1_000", "bad"},
		{"$5.00", "5"},
		{"5.00 USD", "5"},
		{"€5", "5"},
		{"(5.00)", "-5"},
		{"5%", "bad"},
		{"\uff11\uff12", "bad"},
		{"\u0661\u0662", "bad"},
		{"twelve", "bad"},
	} {
		t.Run(c.text, func(t *testing.T) {
			d := dialect{mark: '.'}
			text, w := d.number(nil, &table.Cell{Text: c.text, Kind: table.Text})
			switch {
			case w != nil:
				if c.want != "bad" {
					t.Errorf("%q is refused: %s", c.text, w.problem)
				}
			case c.want == "bad":
				t.Errorf("%q is taken as %s", c.text, text)
			case text == "" || c.want == "":
				if text != c.want {
					t.Errorf("%q gives %q, want %q", c.text, text, c.want)
				}
			default:
				if a, err := parseAmount(text); err != nil || a.Decimal().String() != c.want {
					t.Errorf("%q gives %s (%v), want %s", c.text, a.Decimal(), err, c.want)
				}
			}
		})
	}
}

// Numeric cells are read at the 15 digits that Excel shows.
func TestNumericCells(t *testing.T) {
	for raw, want := range map[string]string{
		"1234.5600000000001":     "1234.56",
		"541.60000000000002":     "541.6",
		"-1230.1900000000001":    "-1230.19",
		"0.1":                    "0.1",
		"1E-3":                   "0.001",
		"1.4210854715202004E-14": "0.0000000000000142108547152020",
		"123456789012345678":     "123456789012346000",
		"4000":                   "4000",
	} {
		t.Run(raw, func(t *testing.T) {
			text, w := dialect{}.number(nil, &table.Cell{Text: raw, Kind: table.Number})
			if w != nil {
				t.Errorf("%s is refused: %s", raw, w.problem)
				return
			}
			a, err := parseAmount(text)
			if err != nil || a.Decimal().String() != strings.TrimRight(want, "0") && a.Decimal().String() != want {
				t.Errorf("%s gives %s (%v), want %s", raw, a.Decimal(), err, want)
			}
		})
	}
}

// slowAmount reads an amount character by character into a fraction: the
// grammar of issue and documents, once more and differently.
func slowAmount(text string) (*big.Rat, bool) {
	runes := []rune(strings.TrimFunc(text, func(r rune) bool { return trimBlanks(string(r)) == "" }))
	at := 0
	next := func(set string) rune {
		if at < len(runes) && strings.ContainsRune(set, runes[at]) {
			at++
			return runes[at-1]
		}
		return 0
	}
	digits := func() (s string) {
		for d := next("0123456789"); d != 0; d = next("0123456789") {
			s += string(d)
		}
		return s
	}
	sign := next("+-\u2212")
	whole := digits()
	if whole == "" {
		return nil, false
	}
	fraction := ""
	if next(".") != 0 {
		if fraction = digits(); fraction == "" {
			return nil, false
		}
	}
	exponent := int64(0)
	if next("eE") != 0 {
		down := next("+-") == '-'
		e := digits()
		if e == "" {
			return nil, false
		}
		n, _ := new(big.Int).SetString(e, 10)
		if !n.IsInt64() || n.Int64() > 1000 {
			return nil, false
		}
		if exponent = n.Int64(); down {
			exponent = -exponent
		}
	}
	places := int64(len(fraction)) - exponent
	if at < len(runes) || places > 40 {
		return nil, false
	}
	units, _ := new(big.Int).SetString(whole+fraction, 10)
	value := new(big.Rat).SetInt(units)
	power := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(max(places, -places)), nil))
	if places > 0 {
		value.Quo(value, power)
	} else {
		value.Mul(value, power)
	}
	limit := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(18), nil))
	if value.Cmp(limit) >= 0 || value.Sign() == 0 && exponent > 18 {
		return nil, false
	}
	if sign != '+' && sign != 0 {
		value.Neg(value)
	}
	return value, true
}

func FuzzAmount(f *testing.F) {
	for _, s := range []string{"1234.56", "-0.01", "\u22125e-3", "1e17", "0e19", "999999999999999999.9", "1,5", "1,234.56", "(1 234.56)", "$ 1\u2019234.5-", "12,34,567.00 INR", "00\xd80", "0))", "((5)", "1,234,567", "+1E+03", "\u00a07 ", ".5", "NaN", "0x10", "\uff11", `=""`, `= " "`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > maxNumberText {
			s = s[:maxNumberText]
		}
		text, w := dialect{mark: '.'}.number(nil, &table.Cell{Text: s, Kind: table.Text})
		want, ok := slowAmount(s)
		if textOf(&table.Cell{Text: s, Kind: table.Text}) == "" { // blanks, or a formula of blanks
			if w != nil || text != "" {
				t.Fatalf("%q is blank, and gives %q", s, text)
			}
			return
		}
		if ok && w != nil {
			t.Fatalf("%q: the reference takes it; we: %v", s, w)
		}
		if w != nil {
			return
		}
		a, err := parseAmount(text)
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			checkAccounting(t, s, text)
		} else if a.Decimal().Rat().Cmp(want) != 0 {
			t.Fatalf("%q gives %s, want %s", s, a.Decimal(), want)
		}
	})
}

// checkAccounting compares a number in accounting format with its digits and
// signs: none of them is lost, and none is added.
func checkAccounting(t *testing.T, s, text string) {
	t.Helper()
	digitsOf := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, s)
	}
	mantissa, _, _ := strings.Cut(text, "e")
	written, _, _ := strings.Cut(strings.ToLower(strings.Trim(s, "eE€ ")), "e")
	if got, want := digitsOf(mantissa), digitsOf(written); got != want && digitsOf(s) != got {
		t.Fatalf("%q has the digits %s, and gives %s", s, want, text)
	}
	minus := strings.IndexFunc(strings.SplitN(s, "e", 2)[0], isMinus) >= 0 || strings.Contains(s, "(")
	if minus != strings.HasPrefix(text, "-") && !strings.ContainsAny(s, "eE") {
		t.Fatalf("%q gives %s", s, text)
	}
	if whole, fraction, found := strings.Cut(mantissa, "."); found {
		i := strings.LastIndex(s, ".")
		if i < 0 || !strings.HasPrefix(s[i+1:], fraction) || digitsOf(s[:i]) != strings.TrimPrefix(whole, "-") {
			t.Fatalf("%q gives %s", s, text)
		}
	}
}
