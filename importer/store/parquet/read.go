package parquet

import (
	"cmp"
	"encoding/binary"
	"hash/crc32"
	"io"
	"reflect"
	"slices"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// File is a file that a Writer wrote. It may be read by one goroutine at a time.
type File struct {
	in      io.ReaderAt
	columns []Column
	meta    format.FileMetaData

	chunk  []byte // scratch: a column of a group
	start  int64  // of chunk in the file
	buffer []byte // scratch
	page   []byte // of the column at hand, in buffer
	levels []byte
	places []int32
}

// Open reads the end of a file: ErrForm unless it holds a table of exactly these
// columns. Its bytes must be proven to be those that were written; what changes
// after that is noticed by its pages.
func Open(in io.ReaderAt, size int64, columns []Column) (*File, error) {
	const end = 4 + len(magic)
	if size < int64(len(magic)+end) {
		return nil, ErrForm
	}
	f := &File{in: in, columns: columns}
	head, err := f.bytes(0, len(magic))
	if err != nil || string(head) != magic {
		return nil, cmp.Or(err, ErrForm)
	}
	tail, err := f.bytes(size-int64(end), end)
	if err != nil || string(tail[4:]) != magic {
		return nil, cmp.Or(err, ErrForm)
	}
	footer := int64(binary.LittleEndian.Uint32(tail))
	if footer > size-int64(len(magic)+end) {
		return nil, ErrForm
	}
	meta, err := f.bytes(size-int64(end)-footer, int(footer))
	if err != nil {
		return nil, err
	}
	if err := thrift.Unmarshal(&protocol, meta, &f.meta); err != nil {
		return nil, err
	}
	if !reflect.DeepEqual([]format.SchemaElement(f.meta.Schema), elements(columns)) {
		return nil, ErrForm
	}
	for _, group := range f.meta.RowGroups {
		if len(group.Columns) != len(columns) {
			return nil, ErrForm
		}
		for i := range group.Columns {
			if n := group.Columns[i].MetaData.TotalCompressedSize; n < 0 || n > size {
				return nil, ErrForm
			}
		}
	}
	return f, nil
}

// bytes reads n bytes of the file.
func (f *File) bytes(offset int64, n int) ([]byte, error) {
	f.chunk, f.start = slices.Grow(f.chunk[:0], n)[:n], offset
	if _, err := f.in.ReadAt(f.chunk, offset); err != nil {
		f.chunk = f.chunk[:0]
		return nil, err
	}
	return f.chunk, nil
}

// open reads a column of a group.
func (f *File) open(group, column int) (*format.ColumnMetaData, error) {
	m := &f.meta.RowGroups[group].Columns[column].MetaData
	start := m.DataPageOffset
	if m.DictionaryPageOffset > 0 {
		start = m.DictionaryPageOffset
	}
	_, err := f.bytes(start, int(m.TotalCompressedSize))
	return m, err
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
	m, err := f.open(group, column)
	if err != nil {
		return nil, nil, err
	}
	if m.DictionaryPageOffset == 0 {
		if err := f.values(m, column, rows); err != nil {
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
	if err := f.values(m, column, rows); err != nil {
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
	m, err := f.open(group, column)
	if err != nil {
		return err
	}
	if err := f.values(m, column, len(into)); err != nil {
		return err
	}
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
	m, err := f.open(group, column)
	if err != nil {
		return err
	}
	if err := f.values(m, column, len(into)); err != nil {
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
func (f *File) values(m *format.ColumnMetaData, column, rows int) error {
	header, err := f.read(m.DataPageOffset)
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

// read reads the page at an offset in the chunk to f.page.
func (f *File) read(offset int64) (header format.PageHeader, err error) {
	at := offset - f.start
	if at < 0 || at > int64(len(f.chunk)) {
		return header, ErrForm
	}
	r := protocol.NewReaderFromBytes(f.chunk[at:])
	if err := thrift.NewDecoder(r).Decode(&header); err != nil {
		return header, err
	}
	packed := f.chunk[at+int64(r.BytesRead()):]
	n := int(header.CompressedPageSize)
	if n < 0 || n > len(packed) || crc32.ChecksumIEEE(packed[:n]) != uint32(header.CRC) {
		return header, ErrForm
	}
	f.buffer, err = compression.Decode(f.buffer[:cap(f.buffer)], packed[:n])
	f.page = f.buffer
	return header, err
}
