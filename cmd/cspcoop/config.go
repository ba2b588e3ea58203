package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"cspcoop/calc"
	"cspcoop/importer"
	"cspcoop/importer/disk"
	"cspcoop/importer/table"

	"github.com/pelletier/go-toml/v2"
	"github.com/shopspring/decimal"
)

// config is cspcoop.toml as it is written; every entry has a default.
type config struct {
	Settle                    span                `toml:"settle"`
	TimeZone                  string              `toml:"time_zone"`
	DefaultCurrency           string              `toml:"default_currency"`
	DefaultParticipant        string              `toml:"default_participant"`
	DefaultProgram            string              `toml:"default_program"`
	DecimalMark               string              `toml:"decimal_mark"`
	DateOrder                 string              `toml:"date_order"`
	AcceptMissingFinalNewline bool                `toml:"accept_missing_final_newline"`
	Rates                     map[string]dated    `toml:"rates"`
	RuleSet                   string              `toml:"rule_set"`
	Rules                     []ruleEntry         `toml:"rules"`
	Entities                  map[string][]string `toml:"entities"`
	Engagements               map[string][]string `toml:"engagements"`
	Claims                    claimsEntry         `toml:"claims"`
	Activities                []activityEntry     `toml:"activities"`
	Payments                  paymentsEntry       `toml:"payments"`
	Bank                      bankEntry           `toml:"bank"`
	Journal                   *journalEntry       `toml:"journal"`
	Columns                   map[string][]string `toml:"columns"`
	Documents                 documentsEntry      `toml:"documents"`
	Schedule                  scheduleEntry       `toml:"schedule"`
	Notice                    noticeEntry         `toml:"notice"`
	Limits                    table.Limits        `toml:"limits"`
}

// claimsEntry is [claims].
type claimsEntry struct {
	Rows       string              `toml:"rows"`
	ReviewDays int                 `toml:"review_days"`
	PaidDays   int                 `toml:"paid_days"`
	WarnDays   []int               `toml:"warn_days"`
	Categories map[string][]string `toml:"categories"`
}

// paymentsEntry is [payments].
type paymentsEntry struct {
	LateDays       int   `toml:"late_days"`
	HoldDays       int   `toml:"hold_days"`
	MinimumPayment exact `toml:"minimum_payment"`
}

func defaultPayments() paymentsEntry {
	p := calc.DefaultPolicy()
	return paymentsEntry{LateDays: p.LateDays, HoldDays: p.HoldDays, MinimumPayment: exact{p.MinimumPayment, true}}
}

func (e paymentsEntry) apply(p *calc.Policy) error {
	if p.LateDays = e.LateDays; p.LateDays < 0 || p.LateDays > 3650 {
		return fmt.Errorf("[payments] late_days = %d: use 0 to 3650", p.LateDays)
	}
	if p.HoldDays = e.HoldDays; p.HoldDays < 1 || p.HoldDays > 3650 {
		return fmt.Errorf("[payments] hold_days = %d: use 1 to 3650", p.HoldDays)
	}
	if p.MinimumPayment = e.MinimumPayment.Decimal; p.MinimumPayment.IsNegative() {
		return fmt.Errorf("[payments] minimum_payment = %s is negative", p.MinimumPayment)
	}
	return nil
}

type documentsEntry struct {
	Language string `toml:"language"`
	Issuer   string `toml:"issuer"`
	Footer   string `toml:"footer"`
	Logo     string `toml:"logo"`
	CSVBOM   bool   `toml:"csv_bom"`
	Paper    string `toml:"paper"`
}

func defaultConfig() config {
	return config{
		Settle:    span{2 * time.Second},
		TimeZone:  "UTC",
		RuleSet:   calc.GuideSet,
		Claims:    defaultClaims(),
		Payments:  defaultPayments(),
		Bank:      defaultBank(),
		Documents: documentsEntry{Language: "en", Paper: "A4"},
		Schedule:  defaultSchedule(),
		Notice:    defaultNotice(),
		Limits:    table.DefaultLimits(),
	}
}

// span is a duration as people write it, 2s.
type span struct{ time.Duration }

// UnmarshalText reads 2s, 500ms, 1m.
func (s *span) UnmarshalText(text []byte) (err error) {
	s.Duration, err = time.ParseDuration(string(text))
	if err != nil {
		return fmt.Errorf("%q is no time with its unit; write it like \"2s\", \"500ms\" or \"1m\"", text)
	}
	if s.Duration < 0 {
		return fmt.Errorf("%s is negative", text)
	}
	return nil
}

// exact is a number whose digits are taken as they are written, with or without
// quotes, never through binary floating point.
type exact struct {
	decimal.Decimal
	given bool
}

// UnmarshalText reads a plain decimal number.
func (e *exact) UnmarshalText(text []byte) error {
	s := string(text)
	if len(s) > 30 || strings.ContainsAny(s, "eExXoObB_") {
		return fmt.Errorf("%q is no plain number", s)
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		return fmt.Errorf("%q is no plain number", s)
	}
	e.Decimal, e.given = d, true
	return nil
}

// dated is a rate, or rates by the first day on which each holds.
type dated map[string]exact

// UnmarshalTOML reads 1.08, "1.08" or a table of days.
func (d *dated) UnmarshalTOML(data []byte) error {
	var table map[string]exact
	if toml.Unmarshal(data, &table) == nil || decodeValue(data, &table) {
		*d = table
		return nil
	}
	var one exact
	if decodeValue(data, &one) {
		*d = dated{"": one}
		return nil
	}
	return fmt.Errorf("[rates] %s is neither a rate such as 1.0812, with a point, nor a table of days and rates", bytes.TrimSpace(data))
}

// decodeValue decodes the value of an entry, and reports whether it is of v's type.
func decodeValue[T any](data []byte, v *T) bool {
	return toml.Unmarshal(append([]byte("Value = "), data...), &struct{ Value *T }{v}) == nil
}

// readConfig decodes cspcoop.toml strictly: an unknown key is an error that
// names its line and the nearest key that exists.
func readConfig(path string) (config, error) {
	c := defaultConfig()
	data, err := disk.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return c, usage("there is no %s; run \"cspcoop init\" here, or name the workspace with --workspace", path)
	}
	if err != nil {
		return c, usageError{err}
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // Notepad's mark
	err = toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().EnableUnmarshalerInterface().Decode(&c)
	var unknown *toml.StrictMissingError
	var wrong *toml.DecodeError
	switch {
	case errors.As(err, &unknown):
		var list []string
		for _, e := range unknown.Errors {
			line, _ := e.Position()
			list = append(list, fmt.Sprintf("%s line %d: unknown key %q%s", path, line, strings.Join(e.Key(), "."), meantKey(e.Key())))
		}
		return c, usage("%s", strings.Join(list, "\n"))
	case errors.As(err, &wrong):
		line, column := wrong.Position()
		return c, usage("%s line %d, column %d: %s", path, line, column, explainTOML(wrong))
	case err != nil:
		return c, usage("%s: %w", path, err)
	}
	return c, nil
}

var wrongType = regexp.MustCompile(`^toml: cannot decode TOML (.+) into (?:struct field \S+ of type )?(\S+)$`)

// codePoint is how a byte is named: U+002E '.', or U+0000.
var codePoint = regexp.MustCompile(`U\+[0-9A-F]{4,}( '.')?`)

// explainTOML says in the words of who writes the file what is wrong with it.
func explainTOML(err *toml.DecodeError) string {
	key, message := strings.Join(err.Key(), "."), err.Error()
	switch m := wrongType.FindStringSubmatch(message); {
	case m != nil:
		return fmt.Sprintf("%s is %s; it must be %s", key, cmp.Or(tomlValues[m[1]], "a date or a time"), typeInWords(m[2]))
	case strings.Contains(message, "64-bit"):
		return key + " is a number that is too large"
	case strings.Contains(message, "at start of value"):
		return `after = comes no value; put a text in straight quotes, "…"`
	case strings.Contains(message, "array table") && key != "":
		return key + " is a single table; write its heading in single brackets"
	case strings.Contains(message, "unterminated"):
		return "the text has no closing quote on this line"
	}
	return codePoint.ReplaceAllStringFunc(strings.TrimPrefix(message, "toml: "), func(named string) string {
		if _, shown, _ := strings.Cut(named, " "); len(shown) == len("'x'") {
			return shown
		}
		return "another character" // a control character, or a byte of a longer one
	})
}

// tomlValues names what was written, by its TOML type; all else is a date or a time.
var tomlValues = map[string]string{
	"string": "a text", "integer": "a whole number", "float": "a number with a fraction", "boolean": "true or false",
	"array": "a list", "inline table": "a table", "table": "a table",
}

// configTypes names what belongs in an entry, by the type that it has here.
var configTypes = map[string]string{
	"string":     `a text in quotes, "…"`,
	"bool":       "true or false, without quotes",
	"int":        "a whole number, without quotes",
	"int64":      "a whole number, without quotes",
	"main.span":  `a time with its unit, such as "2s"`,
	"main.exact": "a number, with a point",
	"[]string":   `a list of texts, ["…", "…"]`,
	"[]int":      "a list of whole numbers, [30, 7]",
}

func typeInWords(name string) string {
	tables := "a table: a heading in brackets, and its entries below"
	if strings.HasPrefix(name, "[]") {
		tables = "a list of tables, each under a heading in double brackets"
	}
	return cmp.Or(configTypes[name], tables)
}

// meantKey suggests the key that was probably meant.
func meantKey(key toml.Key) string {
	last := key[len(key)-1]
	known := keysAt(reflect.TypeFor[config](), key[:len(key)-1])
	if len(known) == 0 {
		return ""
	}
	if table := tableOf(last); table != "" {
		return fmt.Sprintf("; it belongs under [%s]", table)
	}
	if meant := nearest(last, known); meant != "" {
		return fmt.Sprintf("; did you mean %q?", meant)
	}
	return fmt.Sprintf("; known here: %s", strings.Join(known, ", "))
}

// tableOf returns the table that alone has a key.
func tableOf(key string) string {
	root := reflect.TypeFor[config]()
	var tables []string
	for _, table := range keysAt(root, nil) {
		if slices.Contains(keysAt(root, toml.Key{table}), key) {
			tables = append(tables, table)
		}
	}
	if len(tables) != 1 {
		return ""
	}
	return tables[0]
}

// keysAt lists the keys that a table of the configuration has.
func keysAt(t reflect.Type, path []string) []string {
	if t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	var keys []string
	for field := range t.Fields() {
		switch tag := field.Tag.Get("toml"); {
		case len(path) > 0 && tag == path[0]:
			return keysAt(field.Type, path[1:])
		case len(path) == 0 && tag != "":
			keys = append(keys, tag)
		}
	}
	return keys
}

// policy returns the part of the configuration that decides figures.
func (c config) policy() (calc.Policy, error) {
	p := calc.DefaultPolicy()
	for _, apply := range []func(*calc.Policy) error{
		c.applyRules, c.applyRates, c.applyEntities, c.applyEngagements, c.applyClaims, c.Payments.apply, c.Bank.apply, c.Journal.apply,
	} {
		if err := apply(&p); err != nil {
			return p, err
		}
	}
	return p, nil
}

// applyRates reads [rates]: "EUR" is to USD, "EUR/NOK" to another currency.
func (c config) applyRates(p *calc.Policy) error {
	for _, pair := range slices.Sorted(maps.Keys(c.Rates)) {
		from, to, named := strings.Cut(pair, "/")
		if !named {
			to = "USD"
		}
		for _, code := range []string{from, to} {
			if known, ok := importer.Currency(code); !ok || code != known {
				return fmt.Errorf("[rates] %s: %q is no ISO 4217 currency; write EUR for a rate to USD, or \"EUR/NOK\"", pair, code)
			}
		}
		for _, day := range slices.Sorted(maps.Keys(c.Rates[pair])) {
			r := calc.Rate{From: from, To: to, Value: c.Rates[pair][day].Decimal}
			if day != "" {
				var err error
				if r.First, err = calc.ParseDate(day); err != nil {
					return fmt.Errorf("[rates] %s: %w", pair, err)
				}
			}
			if !r.Value.IsPositive() {
				return fmt.Errorf("[rates] %s = %s: a rate is greater than zero", pair, r.Value)
			}
			p.Rates = append(p.Rates, r)
		}
	}
	return nil
}

func (c config) applyEntities(p *calc.Policy) error {
	owner := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(c.Entities)) {
		for _, id := range c.Entities[name] {
			if owner[id] != "" {
				return fmt.Errorf("[entities]: participant %s belongs to %q and to %q", id, owner[id], name)
			}
			owner[id] = name
		}
		p.Entities = append(p.Entities, calc.EntityRule{Name: name, Participants: c.Entities[name]})
	}
	return nil
}

// applyEngagements reads [engagements]: groups of names and patterns.
func (c config) applyEngagements(p *calc.Policy) error {
	for _, name := range slices.Sorted(maps.Keys(c.Engagements)) {
		if len(c.Engagements[name]) == 0 {
			return fmt.Errorf("[engagements] %q names no engagement", name)
		}
		if err := named(c.Engagements[name]); err != nil {
			return fmt.Errorf("[engagements] %q: %w", name, err)
		}
		p.Engagements = append(p.Engagements, calc.EngagementRule{Name: name, Engagements: c.Engagements[name]})
	}
	if err := p.Engagements.Check(); err != nil {
		return fmt.Errorf("[engagements]: %w", err)
	}
	return nil
}
