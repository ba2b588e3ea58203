package parquet

import (
	"encoding/binary"
	"reflect"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// File is a file that a Writer wrote. It may be read by one goroutine at a time.
type File struct {
	data    []byte
	columns []Column
	meta    format.FileMetaData

	buffer []byte // scratch
	page   []byte // of the column at hand, in buffer
	levels []byte
	places []int32
}

// Open reads the end of a file: ErrForm unless it holds a table of exactly these
// columns. Its bytes must be proven to be those that were written.
func Open(data []byte, columns []Column) (*File, error) {
	const end = 4 + len(magic)
	n := len(data)
	if n < len(magic)+end || string(data[:len(magic)]) != magic || string(data[n-len(magic):]) != magic {
		return nil, ErrForm
	}
	footer := int(binary.LittleEndian.Uint32(data[n-end:]))
	if footer > n-len(magic)-end {
		return nil, ErrForm
	}
	f := &File{data: data, columns: columns}
	if err := thrift.Unmarshal(&protocol, data[n-end-footer:n-end], &f.meta); err != nil {
		return nil, err
	}
	if !reflect.DeepEqual([]format.SchemaElement(f.meta.Schema), elements(columns)) {
		return nil, ErrForm
	}
	for _, group := range f.meta.RowGroups {
		if len(group.Columns) != len(columns) {
			return nil, ErrForm
		}
	}
	return f, nil
}

// Metadata returns the value of a key, or "".
func (f *File) Metadata(key string) string {
	for _, kv := range f.meta.KeyValueMetadata {
		if kv.Key == key {
			return kv.Value
		}
	}
	return ""
}

// Groups returns how many rows each group has.
func (f *File) Groups() []int {
	var rows []int
	for _, group := range f.meta.RowGroups {
		rows = append(rows, int(group.NumRows))
	}
	return rows
}

// Texts reads a text column of a group of so many rows. It returns the different
// texts, which share memory, and the place of each row's among them; places are nil
// where the texts are those of the rows in turn.
func (f *File) Texts(group, column, rows int) (texts []string, places []int32, err error) {
	m := &f.meta.RowGroups[group].Columns[column].MetaData
	if m.DictionaryPageOffset == 0 {
		if err := f.values(group, column, rows); err != nil {
			return nil, nil, err
		}
		texts = make([]string, rows)
		return texts, nil, takeTexts(texts, f.page)
	}
	header, err := f.read(m.DictionaryPageOffset)
	if err != nil {
		return nil, nil, err
	}
	n := int(header.DictionaryPageHeader.V.NumValues)
	if n < 0 || n > len(f.page) {
		return nil, nil, ErrForm
	}
	texts = make([]string, n)
	if err := takeTexts(texts, f.page); err != nil {
		return nil, nil, err
	}
	if err := f.values(group, column, rows); err != nil {
		return nil, nil, err
	}
	if f.places, err = indexes.DecodeInt32(f.places[:0], f.page); err != nil {
		return nil, nil, err
	}
	if len(f.places) < rows {
		return nil, nil, ErrForm
	}
	places = f.places[:rows]
	for _, place := range places {
		if place < 0 || int(place) >= n {
			return nil, nil, ErrForm
		}
	}
	return texts, places, nil
}

// takeTexts cuts a page into its texts.
func takeTexts(into []string, page []byte) error {
	all := string(page)
	for i := range into {
		if len(page) < 4 {
			return ErrForm
		}
		n := int(binary.LittleEndian.Uint32(page))
		if len(page)-4 < n {
			return ErrForm
		}
		into[i] = all[4 : 4+n]
		page, all = page[4+n:], all[4+n:]
	}
	return nil
}

// Numbers reads a column of numbers or days of a group.
func (f *File) Numbers(group, column int, into []int32) error {
	if err := f.values(group, column, len(into)); err != nil {
		return err
	}
	var err error
	if f.places, err = differences.DecodeInt32(f.places[:0], f.page); err != nil {
		return err
	}
	given := f.places
	for i := range into {
		if f.columns[column].Optional && f.levels[i] == 0 {
			into[i] = NoNumber
			continue
		}
		if len(given) == 0 {
			return ErrForm
		}
		into[i], given = given[0], given[1:]
	}
	return nil
}

// Decimals reads a column of money of a group.
func (f *File) Decimals(group, column int, into []Decimal) error {
	if err := f.values(group, column, len(into)); err != nil {
		return err
	}
	page := f.page
	for i := range into {
		if f.columns[column].Optional && f.levels[i] == 0 {
			into[i] = NoDecimal
			continue
		}
		if len(page) < len(into[i]) {
			return ErrForm
		}
		page = page[copy(into[i][:], page):]
	}
	return nil
}

// values reads a column's data page to f.page, and to f.levels which of its
// values are given.
func (f *File) values(group, column, rows int) error {
	header, err := f.read(f.meta.RowGroups[group].Columns[column].MetaData.DataPageOffset)
	if err != nil {
		return err
	}
	if int(header.DataPageHeader.V.NumValues) != rows {
		return ErrForm
	}
	if !f.columns[column].Optional {
		return nil
	}
	if len(f.page) < 4 {
		return ErrForm
	}
	n := int(binary.LittleEndian.Uint32(f.page))
	if len(f.page)-4 < n {
		return ErrForm
	}
	if f.levels, err = levelBits.DecodeLevels(f.levels[:0], f.page[4:4+n]); err != nil {
		return err
	}
	if len(f.levels) < rows {
		return ErrForm
	}
	f.page = f.page[4+n:]
	return nil
}

// read reads the page at an offset to f.page.
func (f *File) read(offset int64) (header format.PageHeader, err error) {
	if offset < 0 || offset > int64(len(f.data)) {
		return header, ErrForm
	}
	r := protocol.NewReaderFromBytes(f.data[offset:])
	if err := thrift.NewDecoder(r).Decode(&header); err != nil {
		return header, err
	}
	packed := f.data[offset+int64(r.BytesRead()):]
	n := int(header.CompressedPageSize)
	if n < 0 || n > len(packed) {
		return header, ErrForm
	}
	f.buffer, err = compression.Decode(f.buffer[:cap(f.buffer)], packed[:n])
	f.page = f.buffer
	return header, err
}
