package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"cspcoop/calc"
	"cspcoop/importer"
	"cspcoop/importer/store/parquet"
)

// errOther says that a stored file is of another original, or was read in
// another way.
var errOther = errors.New("the stored file is another one")

// open reads what a file of the store says of its source, and that it is of this
// one.
func open(in io.ReaderAt, size int64, id identity) (*parquet.File, *about, error) {
	table, err := parquet.Open(in, size, columns)
	if err != nil {
		return nil, nil, err
	}
	var a about
	if err := json.Unmarshal([]byte(table.Metadata(metadataKey)), &a); err != nil {
		return nil, nil, err
	}
	if a.identity != id {
		return nil, nil, errOther
	}
	return table, &a, nil
}

// decode reads what encode wrote, but for what only documents show. The bytes must
// be proven to be the same.
func decode(in io.ReaderAt, size int64, id identity) (*calc.Source, error) {
	table, a, err := open(in, size, id)
	if err != nil {
		return nil, err
	}
	source := a.source()
	if source == nil {
		return nil, errOther
	}
	d := &decoder{source: source, table: table, texts: &calc.Texts{}}
	d.batch.Detail = a.Details
	d.shown = d.texts.NewWriter()
	defer d.shown.Flush()
	source.Earnings = calc.NewEarnings(source, d.texts)
	source.Earnings.PassDetails()
	count := 0
	for _, n := range table.Groups() {
		count += n
	}
	source.Earnings.Grow(count)
	for i, n := range table.Groups() {
		d.at = i
		d.batch.Clear()
		d.batch.Rows = slices.Grow(d.batch.Rows, n)[:n]
		clear(d.batch.Rows)
		for _, part := range []func() error{d.readPlaces, d.readDays, d.readTexts, d.readMoney} {
			if err := part(); err != nil {
				return nil, err
			}
		}
		source.Earnings.Append(&d.batch, 0, n)
	}
	source.Earnings.Finish()
	return source, nil
}

// decoder reads rows column by column.
type decoder struct {
	source *calc.Source
	table  *parquet.File
	texts  *calc.Texts
	shown  *calc.TextWriter
	batch  calc.Batch // of the group at hand
	at     int        // its number

	numbers  []int32 // of the column at hand
	decimals []parquet.Decimal
}

func (d *decoder) readPlaces() error {
	if err := d.integers(rowColumn); err != nil {
		return err
	}
	for i, n := range d.numbers {
		d.batch.Rows[i].Row = uint32(n)
	}
	return each(d, sheetColumn, func(name string) (uint16, error) {
		sheet := slices.Index(d.source.Sheets, name)
		if sheet < 0 {
			return 0, parquet.ErrForm
		}
		return uint16(sheet), nil
	}, func(r *calc.EarningRow, sheet uint16) { r.Sheet = sheet })
}

func (d *decoder) readDays() error {
	if err := d.integers(dateColumn); err != nil {
		return err
	}
	for i, n := range d.numbers {
		d.batch.Rows[i].Date = epoch.AddDays(int(n))
	}
	if err := d.integers(calculatedColumn); err != nil {
		return err
	}
	for i, n := range d.numbers {
		if n != parquet.NoNumber {
			d.batch.Rows[i].Calculated.Day = epoch.AddDays(int(n))
		}
	}
	return each(d, clockColumn, func(text string) (calc.Stamp, error) {
		if text == "" {
			return calc.Stamp{}, nil
		}
		t, err := time.Parse(clockLayout, text)
		return calc.Stamp{Clock: t.Sub(time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)), Clocked: true}, err
	}, func(r *calc.EarningRow, s calc.Stamp) { r.Calculated.Clock, r.Calculated.Clocked = s.Clock, s.Clocked })
}

// readTexts reads texts, ids and details.
func (d *decoder) readTexts() error {
	for c, name := range importer.TextNames {
		err := each(d, name, func(text string) (uint32, error) { return d.batch.Passing(calc.TextColumn(c), text), nil },
			func(r *calc.EarningRow, code uint32) { r.Codes[c] = code })
		if err != nil {
			return err
		}
	}
	number := func(text string) (uint32, error) { return d.shown.Add(text), nil }
	for _, c := range ids {
		if err := each(d, c.name, number, func(r *calc.EarningRow, n uint32) { *c.in(r) = n }); err != nil {
			return err
		}
	}
	for column, name := range importer.DetailNames {
		if !d.batch.Detail || !calc.DetailColumn(column).Checked() {
			continue
		}
		if err := each(d, name, number, func(r *calc.EarningRow, n uint32) { r.Detail[column] = n }); err != nil {
			return err
		}
	}
	return nil
}

func (d *decoder) readMoney() error {
	if err := d.amounts(amountColumn, func(r *calc.EarningRow, a calc.Amount) { r.Amount = a }); err != nil {
		return err
	}
	if err := d.amounts(usdColumn, func(r *calc.EarningRow, a calc.Amount) { r.USD = a }); err != nil {
		return err
	}
	return d.amounts(paidColumn, func(r *calc.EarningRow, a calc.Amount) { r.Paid = a })
}

// amounts reads the three columns of an amount, and sets those that are given.
func (d *decoder) amounts(name string, set func(*calc.EarningRow, calc.Amount)) error {
	d.decimals = slices.Grow(d.decimals[:0], len(d.batch.Rows))[:len(d.batch.Rows)]
	if err := d.table.Decimals(d.at, placeOf[name], d.decimals); err != nil {
		return err
	}
	if err := d.integers(name + scaleSuffix); err != nil {
		return err
	}
	texts, places, err := d.table.Texts(d.at, placeOf[name+exactSuffix], len(d.batch.Rows))
	if err != nil {
		return err
	}
	for i := range d.decimals {
		if d.decimals[i] == parquet.NoDecimal {
			continue
		}
		stored := amount{decimal: d.decimals[i], scale: d.numbers[i]}
		if places == nil {
			stored.exact = texts[i]
		} else {
			stored.exact = texts[places[i]]
		}
		a, err := stored.read()
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		set(&d.batch.Rows[i], a)
	}
	return nil
}

// each reads a text column of the group at hand: every text once, and with what it
// means each row.
func each[T any](d *decoder, name string, read func(string) (T, error), set func(*calc.EarningRow, T)) error {
	texts, places, err := d.table.Texts(d.at, placeOf[name], len(d.batch.Rows))
	if err != nil {
		return err
	}
	values := make([]T, len(texts))
	for i, text := range texts {
		if values[i], err = read(text); err != nil {
			return err
		}
	}
	for i := range d.batch.Rows {
		at := i
		if places != nil {
			at = int(places[i])
		}
		set(&d.batch.Rows[i], values[at])
	}
	return nil
}

func (d *decoder) integers(name string) error {
	d.numbers = slices.Grow(d.numbers[:0], len(d.batch.Rows))[:len(d.batch.Rows)]
	return d.table.Numbers(d.at, placeOf[name], d.numbers)
}
