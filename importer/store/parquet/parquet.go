// Package parquet writes and reads flat tables as Parquet files, a column at a
// time. It puts files together from the encodings and structures of parquet-go
// rather than with its writers and readers: those go row by row, and bring much
// along that a program has to carry and a flat table does not need. The tests
// compare both with each other.
//
// https://parquet.apache.org/docs/file-format/
package parquet

import (
	"errors"
	"math"

	"github.com/parquet-go/parquet-go/compress/snappy"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/encoding/delta"
	"github.com/parquet-go/parquet-go/encoding/rle"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// ErrForm says that a file is not of the form that this package writes.
var ErrForm = errors.New("the Parquet file has another form")

// Kind is what the values of a column are.
type Kind uint8

// The kinds of columns: all that readers of Parquet have agreed on for long.
const (
	Text   Kind = iota // UTF-8
	Number             // 32 bits, signed
	Day                // days since 1970-01-01
	Money              // a decimal of 20 digits before the point and 18 after it
)

// Decimal is a value of a Money column: an integer of 10^-18, 128 bits in two's
// complement, big-endian.
type Decimal [16]byte

// What stands for a value that is not given, in columns that are optional.
const NoNumber = math.MinInt32

// NoDecimal is NoNumber of Money.
var NoDecimal = Decimal{0x80}

// The digits of Money.
const (
	Scale     = 18
	Precision = 38
)

// Column is one column of a table.
type Column struct {
	Name     string
	Kind     Kind
	Optional bool // numbers, days and money: some may not be given
	Distinct bool // texts: they hardly repeat from row to row
}

const magic = "PAR1"

var (
	protocol     thrift.CompactProtocol
	compression  snappy.Codec
	levelBits    = rle.Encoding{BitWidth: 1}
	indexes      rle.DictionaryEncoding
	differences  delta.BinaryPackedEncoding
	physicalType = map[Kind]format.Type{Text: format.ByteArray, Number: format.Int32, Day: format.Int32, Money: format.FixedLenByteArray}
)

// encoding of a column's data page; dictionaries are plain.
func (c *Column) encoding() format.Encoding {
	switch {
	case c.Kind == Money, c.Kind == Text && c.Distinct:
		return format.Plain
	case c.Kind == Text:
		return format.RLEDictionary
	}
	return format.DeltaBinaryPacked
}

// elements is the schema of a table: its root, then its columns. Types stand
// there twice, for readers of any age.
func elements(columns []Column) []format.SchemaElement {
	list := []format.SchemaElement{{Name: "earnings", NumChildren: thrift.New(int32(len(columns)))}}
	for _, c := range columns {
		e := format.SchemaElement{Name: c.Name, Type: thrift.New(physicalType[c.Kind]), RepetitionType: thrift.New(format.Required)}
		if c.Optional {
			e.RepetitionType = thrift.New(format.Optional)
		}
		switch c.Kind {
		case Text:
			e.ConvertedType, e.LogicalType = thrift.New(deprecated.UTF8), format.LogicalType{Value: &format.StringType{}}
		case Day:
			e.ConvertedType, e.LogicalType = thrift.New(deprecated.Date), format.LogicalType{Value: &format.DateType{}}
		case Money:
			e.TypeLength = thrift.New(int32(len(Decimal{})))
			e.ConvertedType, e.LogicalType = thrift.New(deprecated.Decimal), format.LogicalType{Value: &format.DecimalType{Scale: Scale, Precision: Precision}}
			e.Scale, e.Precision = thrift.New(int32(Scale)), thrift.New(int32(Precision))
		case Number:
		}
		list = append(list, e)
	}
	return list
}
