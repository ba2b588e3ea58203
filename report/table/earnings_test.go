package table

import (
	"testing"

	"cspcoop/calc"
)

func TestAsNumber(t *testing.T) {
	for _, test := range []struct{ in, number string }{ // none: it stays text
		{"16", "16"}, {"0", "0"}, {"0.030", "0.03"}, {"-0.5", "-0.5"}, {"1.1259", "1.1259"}, {"-12", "-12"}, {".5", "0.5"}, {"5.", "5"}, {"-0", "0"},
		{"123456789012345678", "123456789012345678"}, {"1234567890123456789012", "1234567890123456789012"}, {"-12345678901234567890.25", "-12345678901234567890.25"},
		{"0.00000000000000001", "0.00000000000000001"}, {"0.0000000000000000000001", "0.0000000000000000000001"},
		{"", ""}, {".", ""}, {"-", ""}, {"-.", ""}, {"007", ""}, {"00.5", ""}, {"1.2.3", ""}, {"1-2", ""}, {"1,5", ""}, {"1E5", ""}, {"+1", ""}, {" 1", ""}, {"１", ""}, {"1234567890123456789012345", ""},
	} {
		t.Run(test.in, func(t *testing.T) {
			got := asNumber(test.in)
			if test.number == "" {
				if got != Text(test.in) {
					t.Errorf("%q is no text: %+v", test.in, got)
				}
				return
			}
			if got.Kind != Precise || string(got.Number.Append(nil)) != test.number {
				t.Errorf("%q is %s, want %s", test.in, got.Number.Append(nil), test.number)
			}
		})
	}
	if got := asNumber("2.50"); !got.Number.Equal(calc.ScaledAmount(25, 1)) {
		t.Errorf("2.50 is %s", got.Number.Append(nil))
	}
}
