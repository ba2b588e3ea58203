package importer

import (
	"slices"
	"strings"

	"golang.org/x/text/currency"
)

// newer are the codes of ISO 4217 that came after the tables of x/text: the new
// leone, digital bolívar, Zimbabwe gold and the Caribbean guilder. All have two
// decimals.
var newer = []string{"SLE", "VED", "ZWG", "XCG"}

// Currency returns the ISO 4217 code that s names in any case. XXX and XTS, which
// stand for no currency and for tests, are none.
func Currency(s string) (string, bool) {
	s = strings.ToUpper(trimBlanks(s))
	switch {
	case len(s) != 3:
		return "", false
	case slices.Contains(newer, s):
		return s, true
	}
	unit, err := currency.ParseISO(s)
	if err != nil || unit == currency.XXX || unit == currency.XTS {
		return "", false
	}
	return unit.String(), true
}

// currencySigns are the signs that amounts are written with, and the currencies
// that each may mean.
var currencySigns = map[string][]string{
	"$": {"USD", "AUD", "BBD", "BMD", "BND", "BSD", "BZD", "CAD", "CLP", "COP", "DOP", "FJD", "GYD", "HKD", "JMD", "KYD", "LRD", "MXN",
		"NAD", "NZD", "SBD", "SGD", "SRD", "TTD", "TWD", "UYU", "XCD", "ARS"},
	"US$": {"USD"}, "$US": {"USD"}, "$CA": {"CAD"}, "$AU": {"AUD"}, "A$": {"AUD"}, "AU$": {"AUD"}, "C$": {"CAD"}, "CA$": {"CAD"}, "NZ$": {"NZD"}, "HK$": {"HKD"}, "S$": {"SGD"},
	"SG$": {"SGD"}, "NT$": {"TWD"}, "MX$": {"MXN"}, "R$": {"BRL"},
	"€": {"EUR"}, "£": {"GBP", "EGP", "FKP", "GIP", "LBP", "SHP"}, "¥": {"JPY", "CNY"}, "￥": {"JPY", "CNY"}, "円": {"JPY"}, "元": {"CNY", "TWD", "HKD"},
	"₩": {"KRW"}, "₹": {"INR"}, "Rs": {"INR", "PKR", "LKR", "NPR", "MUR"}, "Rs.": {"INR", "PKR", "LKR", "NPR", "MUR"},
	"₽": {"RUB"}, "₺": {"TRY"}, "TL": {"TRY"}, "₴": {"UAH"}, "₪": {"ILS"}, "฿": {"THB"}, "₫": {"VND"}, "đ": {"VND"}, "₱": {"PHP"}, "₦": {"NGN"},
	"kr": {"DKK", "NOK", "SEK", "ISK"}, "kr.": {"DKK", "NOK", "SEK", "ISK"}, "Fr.": {"CHF"}, "SFr.": {"CHF"}, "zł": {"PLN"}, "Kč": {"CZK"}, "Ft": {"HUF"},
	"lei": {"RON", "MDL"}, "лв": {"BGN"}, "лв.": {"BGN"}, "din.": {"RSD"}, "R": {"ZAR"}, "Rp": {"IDR"}, "RM": {"MYR"}, "S/": {"PEN"}, "₸": {"KZT"},
}

// isCurrencySign reports whether a text is a currency's sign or code.
func isCurrencySign(sign string) bool {
	_, known := currencySigns[sign]
	if !known {
		_, known = Currency(sign)
	}
	return known
}

// signFits reports whether a sign or code can mean a currency.
func signFits(sign, code string) bool {
	if list, known := currencySigns[sign]; known {
		return slices.Contains(list, code)
	}
	named, _ := Currency(sign)
	return named == code
}
