package parquet

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// Writer writes a table in groups of rows: the values of every column, then the
// next group. After its first error it writes no more, and every further call
// gives that error.
type Writer struct {
	out     io.Writer
	offset  int64
	columns []Column
	chunks  []chunk // of the group at hand, one for each column
	file    format.FileMetaData
	err     error

	page   []byte // scratch
	packed []byte
	levels []byte
	places []int32
	given  []int32
	texts  []string // of the column at hand
	codes  []uint32 // likewise

	placeOf []int32 // of codes in the dictionary at hand, + 1
}

// chunk is a column of one group: its dictionary, if any, and one data page.
type chunk struct {
	bytes    []byte
	unpacked int // size of bytes before compression
	first    int // size of the dictionary's page
	encoding format.Encoding
	rows     int
	nulls    int
}

// NewWriter begins a file.
func NewWriter(out io.Writer, columns []Column) *Writer {
	w := &Writer{out: out, columns: columns, chunks: make([]chunk, len(columns))}
	w.file = format.FileMetaData{Version: 1, Schema: elements(columns), CreatedBy: "cspcoop version 1"}
	for range columns {
		w.file.ColumnOrders = append(w.file.ColumnOrders, format.ColumnOrder{Value: &format.TypeDefinedOrder{}})
	}
	w.put([]byte(magic))
	return w
}

// Texts writes the values of a text column.
func (w *Writer) Texts(column int, values []string) {
	if w.columns[column].Distinct {
		c := w.begin(column, len(values))
		w.page = w.page[:0]
		for _, s := range values {
			w.page = appendText(w.page, s)
		}
		w.data(c)
		return
	}
	known := map[string]uint32{}
	texts, codes := w.texts[:0], w.codes[:0]
	for i, s := range values {
		if i > 0 && s == values[i-1] {
			codes = append(codes, codes[i-1])
			continue
		}
		code, seen := known[s]
		if !seen {
			code = uint32(len(texts))
			known[s] = code
			texts = append(texts, s)
		}
		codes = append(codes, code)
	}
	w.texts, w.codes = texts, codes
	w.Codes(column, codes, texts)
}

// Codes writes the values of a text column by codes of its texts.
func (w *Writer) Codes(column int, codes []uint32, texts []string) {
	c := w.begin(column, len(codes))
	if len(w.placeOf) < len(texts) {
		w.placeOf = make([]int32, len(texts))
	}
	var used []uint32 // in the order in which they come
	w.places = w.places[:0]
	for _, code := range codes {
		if w.placeOf[code] == 0 {
			used = append(used, code)
			w.placeOf[code] = int32(len(used))
		}
		w.places = append(w.places, w.placeOf[code]-1)
	}
	for _, code := range used {
		w.placeOf[code] = 0
	}
	w.page = w.page[:0]
	if len(used) > 64 && len(used) > len(codes)/2 { // a dictionary does not pay
		c.encoding = format.Plain
		for _, code := range codes {
			w.page = appendText(w.page, texts[code])
		}
		w.data(c)
		return
	}
	for _, code := range used {
		w.page = appendText(w.page, texts[code])
	}
	w.add(c, format.PageHeader{Type: format.DictionaryPage, DictionaryPageHeader: thrift.New(format.DictionaryPageHeader{
		NumValues: int32(len(used)), Encoding: format.Plain,
	})})
	c.first = len(c.bytes)
	w.encode(indexes.EncodeInt32(w.page, w.places))
	w.data(c)
}

func appendText(b []byte, s string) []byte {
	return append(binary.LittleEndian.AppendUint32(b, uint32(len(s))), s...)
}

// Numbers writes the values of a column of numbers or days.
func (w *Writer) Numbers(column int, values []int32) {
	c := w.begin(column, len(values))
	w.given = w.given[:0]
	for _, n := range values {
		if w.isGiven(c, column, n != NoNumber) {
			w.given = append(w.given, n)
		}
	}
	w.encode(differences.EncodeInt32(w.page, w.given))
	w.data(c)
}

// Decimals writes the values of a column of money.
func (w *Writer) Decimals(column int, values []Decimal) {
	c := w.begin(column, len(values))
	w.page = w.page[:0]
	for i := range values {
		if w.isGiven(c, column, values[i] != NoDecimal) {
			w.page = append(w.page, values[i][:]...)
		}
	}
	w.data(c)
}

// isGiven notes whether a value of an optional column is given; those of others
// always are.
func (w *Writer) isGiven(c *chunk, column int, given bool) bool {
	switch {
	case !w.columns[column].Optional:
		return true
	case given:
		w.levels = append(w.levels, 1)
	default:
		w.levels = append(w.levels, 0)
		c.nulls++
	}
	return given
}

func (w *Writer) begin(column, rows int) *chunk {
	c := &w.chunks[column]
	*c = chunk{bytes: c.bytes[:0], encoding: w.columns[column].encoding(), rows: rows}
	w.levels = w.levels[:0]
	return c
}

// encode takes what an encoding made of a page.
func (w *Writer) encode(page []byte, err error) {
	w.page = page
	w.keep(err)
}

func (w *Writer) keep(err error) {
	if w.err == nil {
		w.err = err
	}
}

// data adds the page at hand to a chunk, behind the levels that say which of
// its values are given.
func (w *Writer) data(c *chunk) {
	if len(w.levels) > 0 {
		packed, err := levelBits.EncodeLevels(nil, w.levels)
		w.keep(err)
		levels := binary.LittleEndian.AppendUint32(nil, uint32(len(packed)))
		w.page = append(append(levels, packed...), w.page...)
	}
	w.add(c, format.PageHeader{Type: format.DataPage, DataPageHeader: thrift.New(format.DataPageHeader{
		NumValues: int32(c.rows), Encoding: c.encoding, DefinitionLevelEncoding: format.RLE, RepetitionLevelEncoding: format.RLE,
		Statistics: format.Statistics{NullCount: int64(c.nulls)},
	})})
}

// add compresses the page at hand and adds it to a chunk.
func (w *Writer) add(c *chunk, header format.PageHeader) {
	packed, err := compression.Encode(w.packed[:cap(w.packed)], w.page)
	w.keep(err)
	w.packed = packed
	header.UncompressedPageSize, header.CompressedPageSize = int32(len(w.page)), int32(len(packed))
	header.CRC = int32(crc32.ChecksumIEEE(packed))
	head, err := thrift.Marshal(&protocol, &header)
	w.keep(err)
	c.bytes = append(append(c.bytes, head...), packed...)
	c.unpacked += len(head) + len(w.page)
}

// EndGroup writes the columns of a group, all of which must have as many values.
func (w *Writer) EndGroup() error {
	group := format.RowGroup{NumRows: int64(w.chunks[0].rows), FileOffset: w.offset, Ordinal: int16(len(w.file.RowGroups))}
	for i := range w.chunks {
		c, column := &w.chunks[i], &w.columns[i]
		if int64(c.rows) != group.NumRows {
			w.keep(fmt.Errorf("column %s has %d values, not %d", column.Name, c.rows, group.NumRows))
		}
		m := format.ColumnMetaData{
			Type: physicalType[column.Kind], Encoding: []format.Encoding{format.RLE, c.encoding}, PathInSchema: []string{column.Name},
			Codec: compression.CompressionCodec(), NumValues: group.NumRows,
			TotalUncompressedSize: int64(c.unpacked), TotalCompressedSize: int64(len(c.bytes)),
			DataPageOffset: w.offset + int64(c.first), Statistics: format.Statistics{NullCount: int64(c.nulls)},
		}
		if c.first > 0 {
			m.DictionaryPageOffset = w.offset
			m.Encoding = append(m.Encoding, format.Plain)
		}
		group.Columns = append(group.Columns, format.ColumnChunk{MetaData: m})
		group.TotalByteSize += m.TotalUncompressedSize
		group.TotalCompressedSize += m.TotalCompressedSize
		w.put(c.bytes)
		c.rows = 0
	}
	w.file.RowGroups = append(w.file.RowGroups, group)
	w.file.NumRows += group.NumRows
	return w.err
}

// Close writes the end of the file, with a key and its value as metadata.
func (w *Writer) Close(key, value string) error {
	w.file.KeyValueMetadata = []format.KeyValue{{Key: key, Value: value}}
	footer, err := thrift.Marshal(&protocol, &w.file)
	w.keep(err)
	footer = binary.LittleEndian.AppendUint32(footer, uint32(len(footer)))
	w.put(append(footer, magic...))
	return w.err
}

func (w *Writer) put(b []byte) {
	if w.err != nil {
		return
	}
	n, err := w.out.Write(b)
	w.offset += int64(n)
	w.err = err
}
