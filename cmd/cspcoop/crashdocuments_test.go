package main

import (
	"context"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"cspcoop/calc"
	"cspcoop/report"
	"cspcoop/report/csvfile"
	"cspcoop/report/runjson"

	"golang.org/x/sync/errgroup"
)

// writeTables writes the CSV files and run.json of a set: laying out pages and workbooks
// takes longer than all else of a run, and not every test looks at them.
func writeTables(_ context.Context, r *calc.Result, set report.Set, o report.Options) error {
	write := func(name string, write func(io.Writer) error) (sum string, err error) {
		f, err := set.Create(name)
		if err != nil {
			return "", err
		}
		hash := sha256.New()
		err = errors.Join(write(io.MultiWriter(f, hash)), f.Close())
		return hex.EncodeToString(hash.Sum(nil)), err
	}
	var files []runjson.File
	for _, f := range csvfile.Files(r) {
		sum, err := write(f.Name, func(w io.Writer) error { return f.Write(w, r, csvfile.Options{ByteOrderMark: o.ByteOrderMark}) })
		if err != nil {
			return err
		}
		files = append(files, runjson.File{Name: f.Name, SHA256: sum})
	}
	slices.SortFunc(files, func(a, b runjson.File) int { return strings.Compare(a.Name, b.Name) })
	_, err := write("run.json", func(w io.Writer) error { return runjson.Write(w, r, o.Settings, files) })
	return err
}

// keptSets writes a set like [report.Write], and one that has the same CSV files and
// run.json as a set before with the same writes of that one: hundreds of runs come to
// a few sets, and laying out their pages takes longer than all else. The folder keeps
// them for other processes too.
type keptSets string

func (dir keptSets) write(ctx context.Context, r *calc.Result, set report.Set, o report.Options) error {
	key := sha256.New()
	err := runjson.Write(key, r, o.Settings, nil)
	for _, f := range csvfile.Files(r) {
		err = errors.Join(err, f.Write(key, r, csvfile.Options{}))
	}
	if err != nil {
		return err
	}
	path := filepath.Join(string(dir), hex.EncodeToString(key.Sum(nil)))
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		recorded := &recording{Set: set, writes: map[string][][]byte{}}
		if err := report.Write(ctx, r, recorded, o); err != nil {
			return err
		}
		return recorded.keep(path)
	} else if err != nil {
		return err
	}
	defer file.Close()
	var writes map[string][][]byte
	if err := gob.NewDecoder(file).Decode(&writes); err != nil {
		return err
	}
	var work errgroup.Group
	for name := range writes {
		if name != "run.json" { // the last
			work.Go(func() error { return writeAgain(set, name, writes[name]) })
		}
	}
	if err := work.Wait(); err != nil {
		return err
	}
	return writeAgain(set, "run.json", writes["run.json"])
}

func writeAgain(set report.Set, name string, writes [][]byte) error {
	f, err := set.Create(name)
	if err != nil {
		return err
	}
	for _, p := range writes {
		if _, err := f.Write(p); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	return f.Close()
}

// recording remembers what is written into a set.
type recording struct {
	report.Set
	mu     sync.Mutex
	writes map[string][][]byte
}

func (r *recording) Create(name string) (io.WriteCloser, error) {
	f, err := r.Set.Create(name)
	return &recordedFile{f, r, name}, err
}

// keep saves a whole set, all at once for others who read it.
func (r *recording) keep(path string) error {
	file, err := os.CreateTemp(filepath.Dir(path), "new")
	if err != nil {
		return err
	}
	if err := errors.Join(gob.NewEncoder(file).Encode(r.writes), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

type recordedFile struct {
	io.WriteCloser
	set  *recording
	name string
}

func (f *recordedFile) Write(p []byte) (int, error) {
	f.set.mu.Lock()
	f.set.writes[f.name] = append(f.set.writes[f.name], append([]byte{}, p...))
	f.set.mu.Unlock()
	return f.WriteCloser.Write(p)
}
