package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"cspcoop/calc"
	"cspcoop/importer/store/parquet"
)

// errOther says that a stored file is of another original, or was read in
// another way.
var errOther = errors.New("the stored file is another one")

// decode reads what encode wrote; when bare, no detail that only documents show.
// The bytes must be proven to be the same.
func decode(data []byte, id identity, bare bool) (*calc.Source, error) {
	table, err := parquet.Open(data, columns)
	if err != nil {
		return nil, err
	}
	var a about
	if err := json.Unmarshal([]byte(table.Metadata(metadataKey)), &a); err != nil {
		return nil, err
	}
	source := a.source()
	if a.identity != id || source == nil {
		return nil, errOther
	}
	d := &decoder{source: source, table: table, groups: newGroups(), bare: bare}
	count := 0
	for _, n := range table.Groups() {
		count += n
	}
	if count > 0 {
		d.source.Earnings = make([]calc.Earning, count)
		if a.Details {
			d.details, d.detailTexts = make([]calc.Detail, count), &calc.Texts{}
			d.shown = d.detailTexts.NewWriter()
			defer d.shown.Flush()
		}
	}
	next := 0
	for i, n := range table.Groups() {
		d.at = i
		if err := d.group(next, n); err != nil {
			return nil, err
		}
		next += n
	}
	return d.source, nil
}

// decoder reads rows column by column.
type decoder struct {
	source      *calc.Source
	table       *parquet.File
	details     []calc.Detail // of all rows
	detailTexts *calc.Texts
	shown       *calc.TextWriter
	groups      []termGroup
	at          int  // group at hand
	bare        bool // of details only those that findings rest on

	words    []string // of the column at hand
	numbers  []int32
	decimals []parquet.Decimal
}

// group reads the n rows from next on.
func (d *decoder) group(next, n int) error {
	rows := d.source.Earnings[next : next+n]
	d.words = slices.Grow(d.words[:0], n)[:n]
	d.numbers = slices.Grow(d.numbers[:0], n)[:n]
	d.decimals = slices.Grow(d.decimals[:0], n)[:n]
	for i := range rows {
		rows[i].Source = d.source
	}
	for _, part := range []func([]calc.Earning) error{d.readPlaces, d.readDays, d.readTexts, d.readMoney} {
		if err := part(rows); err != nil {
			return err
		}
	}
	for _, g := range d.groups {
		if err := g.read(d, rows); err != nil {
			return err
		}
	}
	if d.details == nil {
		return nil
	}
	return d.readDetails(rows, d.details[next:next+n])
}

func (d *decoder) readPlaces(rows []calc.Earning) error {
	if err := d.integers(rowColumn); err != nil {
		return err
	}
	for i, n := range d.numbers {
		rows[i].Row = uint32(n)
	}
	if err := d.texts(sheetColumn); err != nil {
		return err
	}
	for i, name := range d.words {
		sheet := slices.Index(d.source.Sheets, name)
		if sheet < 0 {
			return parquet.ErrForm
		}
		rows[i].Sheet = uint16(sheet)
	}
	return nil
}

func (d *decoder) readDays(rows []calc.Earning) error {
	if err := d.integers(dateColumn); err != nil {
		return err
	}
	for i, n := range d.numbers {
		rows[i].Date = epoch.AddDays(int(n))
	}
	if err := d.integers(calculatedColumn); err != nil {
		return err
	}
	for i, n := range d.numbers {
		if n != parquet.NoNumber {
			rows[i].Calculated.Day = epoch.AddDays(int(n))
		}
	}
	if err := d.texts(clockColumn); err != nil {
		return err
	}
	last, clock := "", time.Duration(0) // rows calculated together follow each other
	for i, s := range d.words {
		if s == "" {
			continue
		}
		if s != last {
			t, err := time.Parse(clockLayout, s)
			if err != nil {
				return err
			}
			last, clock = s, t.Sub(time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC))
		}
		rows[i].Calculated.Clock, rows[i].Calculated.Clocked = clock, true
	}
	return nil
}

func (d *decoder) readTexts(rows []calc.Earning) error {
	for _, c := range earningTexts {
		if err := d.texts(c.name); err != nil {
			return err
		}
		for i, s := range d.words {
			*c.at(&rows[i]) = s
		}
	}
	return nil
}

func (d *decoder) readDetails(rows []calc.Earning, details []calc.Detail) error {
	numbers := make([]calc.DetailNumbers, len(rows))
	for column, c := range detailTexts {
		if d.bare && !calc.DetailColumn(column).Checked() {
			continue
		}
		if err := d.texts(c.name); err != nil {
			return err
		}
		known := map[string]uint32{}
		for i, s := range d.words {
			n, seen := known[s]
			if !seen {
				n = d.shown.Add(s)
				if !c.distinct {
					known[s] = n
				}
			}
			numbers[i][column] = n
		}
	}
	for i := range rows {
		details[i] = d.detailTexts.Detail(numbers[i])
		rows[i].Detail = &details[i]
	}
	return nil
}

func (d *decoder) readMoney(rows []calc.Earning) error {
	if err := d.amounts(amountColumn, func(i int, a calc.Amount) { rows[i].Amount = a }); err != nil {
		return err
	}
	if err := d.amounts(usdColumn, func(i int, a calc.Amount) { rows[i].USD = a }); err != nil {
		return err
	}
	if err := d.texts(currencyColumn); err != nil {
		return err
	}
	paid := make([]calc.PaidAmount, 0, len(rows))
	for i, currency := range d.words {
		if currency != "" {
			paid = append(paid, calc.PaidAmount{Currency: currency})
			rows[i].Paid = &paid[len(paid)-1]
		}
	}
	return d.amounts(paidColumn, func(i int, a calc.Amount) { rows[i].Paid.Amount = a })
}

// amounts reads the three columns of an amount, and sets those that are given.
func (d *decoder) amounts(name string, set func(i int, a calc.Amount)) error {
	if err := d.table.Decimals(d.at, placeOf[name], d.decimals); err != nil {
		return err
	}
	if err := d.integers(name + scaleSuffix); err != nil {
		return err
	}
	if err := d.texts(name + exactSuffix); err != nil {
		return err
	}
	for i := range d.decimals {
		if d.decimals[i] == parquet.NoDecimal {
			continue
		}
		stored := amount{d.decimals[i], d.numbers[i], d.words[i]}
		a, err := stored.read()
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		set(i, a)
	}
	return nil
}

func (d *decoder) texts(name string) error    { return d.table.Texts(d.at, placeOf[name], d.words) }
func (d *decoder) integers(name string) error { return d.table.Numbers(d.at, placeOf[name], d.numbers) }
