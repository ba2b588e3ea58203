package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"slices"

	"cspcoop/calc"
	"cspcoop/importer"
	"cspcoop/importer/disk"
	"cspcoop/importer/store/parquet"

	"github.com/parquet-go/parquet-go/compress/snappy"
)

// What only documents show of rows is in the store by source and row, and documents
// need it by statement. It is read once, from the first row to the last, and sorted
// by parts of statements into a temporary file, from which one part after the other
// comes back. Where one part is enough, it stays in memory.

// rowsPerPart is how many rows the statements of a part have at least, but for the
// last one.
const rowsPerPart = 25_000

// shownColumns are the details that only documents show.
var shownColumns = func() (list []calc.DetailColumn) {
	for c := range calc.DetailColumns {
		if !c.Checked() {
			list = append(list, c)
		}
	}
	return list
}()

// shownAt is the place of each among them.
var shownAt = func() (at [calc.DetailColumns]int) {
	for i, c := range shownColumns {
		at[c] = i
	}
	return at
}()

// Where a text of a row ends is in so many bytes, and the texts begin behind all of these.
const endBytes = 4

var textsAt = endBytes * len(shownColumns)

// Each implements calc.Details.
func (s *Store) Each(ctx context.Context, r *calc.Result, do func([]*calc.Statement, calc.Shown) error) error {
	return s.each(ctx, r, rowsPerPart, do)
}

func (s *Store) each(ctx context.Context, r *calc.Result, rowsPerPart int, do func([]*calc.Statement, calc.Shown) error) (err error) {
	sorting := sortingOf(r, rowsPerPart)
	defer func() { err = errors.Join(err, sorting.close()) }()
	for n, a := range r.Sources {
		if sorting.places[a.Source] != nil {
			if err := sorting.read(ctx, s, n, a.Source); err != nil {
				return err
			}
		}
	}
	for _, p := range sorting.parts {
		rows, err := sorting.rows(p, r)
		if err != nil {
			return err
		}
		if err := do(p.statements, rows.shown); err != nil {
			return err
		}
	}
	return nil
}

// sorting sorts rows by parts.
type sorting struct {
	parts  []*part
	places map[*calc.Source][]uint32 // by row its part, then its place among those of the source in there; from 1, 0 for none
	spilt  *os.File                  // nil until needed
	size   int64
	packed []byte
	packer snappy.Codec
}

// part is some statements, and what their rows show: for each row the number of its
// source, the size of what follows, where each text ends, in four bytes, and the texts.
type part struct {
	statements []*calc.Statement
	bytes      []byte     // the last ones
	spilt      [][2]int64 // where those before are, and how many
}

// sortingOf divides statements into parts.
func sortingOf(r *calc.Result, most int) *sorting {
	s := &sorting{places: map[*calc.Source][]uint32{}}
	var p *part
	rows := most
	for _, statement := range r.Statements {
		if rows >= most {
			p, rows = &part{}, 0
			s.parts = append(s.parts, p)
		}
		p.statements = append(p.statements, statement)
		for e := range r.Counted(statement) {
			rows++
			src := e.Source()
			if !src.Earnings.PassesDetails() || !src.Earnings.HasDetail() {
				continue
			}
			if s.places[src] == nil {
				s.places[src] = make([]uint32, src.Earnings.Len())
			}
			s.places[src][e.Index()] = uint32(len(s.parts))
		}
	}
	return s
}

// read takes what the rows of a source show.
func (s *sorting) read(ctx context.Context, kept *Store, number int, src *calc.Source) error {
	places, placed := s.places[src], make([]uint32, len(s.parts))
	f, size, err := openProven(kept.path(src.SHA256))
	if err != nil {
		return err
	}
	defer f.Close()
	table, _, err := open(f, size, identity{src.SHA256, kept.reading})
	if err != nil {
		return changed(f.Name(), err)
	}
	columns := make([]textColumn, len(shownColumns))
	var row []byte
	first := 0
	for group, n := range table.Groups() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if first+n > len(places) {
			return changed(f.Name(), parquet.ErrForm)
		}
		for i, c := range shownColumns {
			if err := columns[i].read(table, group, placeOf[importer.DetailNames[c]], n); err != nil {
				return changed(f.Name(), err)
			}
		}
		for i := range n {
			if places[first+i] == 0 {
				continue
			}
			in := places[first+i] - 1
			placed[in]++
			places[first+i] = placed[in]
			row = append(row[:0], make([]byte, textsAt)...)
			for c := range columns {
				row = append(row, columns[c].at(i)...)
				binary.LittleEndian.PutUint32(row[c*endBytes:], uint32(len(row)))
			}
			if err := s.add(s.parts[in], number, row); err != nil {
				return err
			}
		}
		first += n
	}
	if first != len(places) {
		return changed(f.Name(), parquet.ErrForm)
	}
	return nil
}

// changed says that a file of the store is not any more what it was.
func changed(path string, err error) error {
	return fmt.Errorf("the stored file %s changed during the run: %w", path, err)
}

// textColumn is a column of texts of a group.
type textColumn struct {
	texts  []string
	places []int32 // nil where the texts are those of the rows
}

func (c *textColumn) read(table *parquet.File, group, column, rows int) error {
	texts, places, err := table.Texts(group, column, rows)
	c.texts = texts
	if places != nil {
		places = append(c.places[:0], places...)
	}
	c.places = places
	return err
}

func (c *textColumn) at(row int) string {
	if c.places != nil {
		row = int(c.places[row])
	}
	return c.texts[row]
}

// add adds a row to a part.
func (s *sorting) add(p *part, source int, texts []byte) error {
	const most = 32 << 10
	p.bytes = binary.AppendUvarint(p.bytes, uint64(source))
	p.bytes = binary.AppendUvarint(p.bytes, uint64(len(texts)))
	p.bytes = append(p.bytes, texts...)
	if len(p.bytes) < most || len(s.parts) == 1 {
		return nil
	}
	var err error
	if s.spilt == nil {
		if s.spilt, err = disk.Temporary(""); err != nil {
			return err
		}
	}
	if s.packed, err = s.packer.Encode(s.packed[:cap(s.packed)], p.bytes); err != nil {
		return err
	}
	if _, err := s.spilt.WriteAt(s.packed, s.size); err != nil {
		return err
	}
	p.spilt = append(p.spilt, [2]int64{s.size, int64(len(s.packed))})
	s.size += int64(len(s.packed))
	p.bytes = p.bytes[:0]
	return nil
}

// close removes the temporary file.
func (s *sorting) close() error {
	if s.spilt == nil {
		return nil
	}
	return s.spilt.Close()
}

// rows returns what the rows of a part show, and leaves the part without it.
func (s *sorting) rows(p *part, r *calc.Result) (*partRows, error) {
	rows := &partRows{s.places, map[*calc.Source][]string{}}
	var unpacked []byte
	for _, at := range p.spilt {
		s.packed = slices.Grow(s.packed[:0], int(at[1]))[:at[1]]
		if _, err := s.spilt.ReadAt(s.packed, at[0]); err != nil {
			return nil, err
		}
		var err error
		if unpacked, err = s.packer.Decode(unpacked[:cap(unpacked)], s.packed); err != nil {
			return nil, err
		}
		rows.add(unpacked, r)
	}
	rows.add(p.bytes, r)
	p.bytes, p.spilt = nil, nil
	return rows, nil
}

// partRows has what the rows of a part show.
type partRows struct {
	places map[*calc.Source][]uint32
	texts  map[*calc.Source][]string // of the rows in turn, behind where they end
}

// add takes rows.
func (p *partRows) add(bytes []byte, r *calc.Result) {
	texts := string(bytes)
	for at := 0; at < len(bytes); {
		source, n := binary.Uvarint(bytes[at:])
		at += n
		size, n := binary.Uvarint(bytes[at:])
		at += n
		src := r.Sources[source].Source
		p.texts[src] = append(p.texts[src], texts[at:at+int(size)])
		at += int(size)
	}
}

// shown implements calc.Shown.
func (p *partRows) shown(e calc.Earning, column calc.DetailColumn) string {
	texts := p.texts[e.Source()]
	if texts == nil || column.Checked() {
		return e.Detail(column) // its table has it
	}
	row := texts[p.places[e.Source()][e.Index()]-1]
	at, from := shownAt[column], textsAt
	if at > 0 {
		from = endOf(row, at-1)
	}
	return row[from:endOf(row, at)]
}

// endOf returns where a text of a row ends.
func endOf(row string, text int) int {
	b := row[text*endBytes:][:endBytes]
	return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 | int(b[3])<<24
}
