// Package setdiff says what differs between two statement sets: funds, decisions,
// claims and findings. It reads the CSV files of a set, or those that a result
// would be written as, so that it compares what people rely on.
package setdiff

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"cspcoop/calc"
	"cspcoop/importer/disk"
	"cspcoop/report/csvfile"
)

// Tables are the files of a set that are compared.
type Tables struct {
	AsOf string
	rows map[string][]record // by the file's name
}

// compared are the files that say what differs between sets.
var compared = []csvfile.File{csvfile.Balances, csvfile.Claims, csvfile.Exceptions}

// record is a row of a CSV file, by the names of its columns.
type record map[string]string

// Read reads the tables of a published set.
func Read(statements, asOf string) (*Tables, error) {
	t := &Tables{asOf, map[string][]record{}}
	for _, file := range compared {
		content, err := disk.ReadFile(filepath.Join(statements, asOf, file.Name))
		if errors.Is(err, fs.ErrNotExist) && file.Name == csvfile.Claims.Name {
			continue // there is none in a set without claims
		}
		if err == nil {
			t.rows[file.Name], err = parse(content)
		}
		if err != nil {
			return nil, fmt.Errorf("the statements of %s: %s: %w", asOf, file.Name, err)
		}
	}
	return t, nil
}

// Of makes the tables that a result would be written as.
func Of(r *calc.Result) (*Tables, error) {
	t := &Tables{r.AsOf.String(), map[string][]record{}}
	for _, file := range compared {
		var content bytes.Buffer
		err := file.Write(&content, r, csvfile.Options{})
		if err == nil {
			t.rows[file.Name], err = parse(content.Bytes())
		}
		if err != nil {
			return nil, err
		}
	}
	return t, nil
}

func parse(content []byte) ([]record, error) {
	lines, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(content, []byte("\ufeff")))).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(lines) == 0 {
		return nil, errors.New("it is empty")
	}
	var list []record
	for _, line := range lines[1:] {
		row := record{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		list = append(list, row)
	}
	return list, nil
}

// key joins fields so that different ones never make the same key.
func (r record) key(columns ...string) string {
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = r[c]
	}
	return strings.Join(parts, "\x00")
}
