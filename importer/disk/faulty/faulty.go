// Package faulty is a disk for tests: it numbers every change, can make the N-th one fail or be the last before
// a crash, and knows what a power failure could still take away.
package faulty

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"

	"cspcoop/importer/disk"
)

// Op is one change: the method's name and the path that it changes.
type Op struct{ Name, Path string }

func (o Op) String() string { return o.Name + " " + o.Path }

// A Fault says how an operation fails.
type Fault struct {
	Name string
	Err  error
	// Part lets the failing operation do some of its work: half of a write, all of anything else, as when a
	// network drive reports an error for what it has done.
	Part bool
}

// Faults are the failures that a disk is known for. An error while flushing is a failed fsync.
var Faults = []Fault{
	{Name: "io error", Err: syscall.EIO},
	{Name: "disk full", Err: syscall.ENOSPC},
	{Name: "no permission", Err: syscall.EACCES},
	{Name: "short write", Err: io.ErrShortWrite, Part: true},
}

// Disk passes changes on to another disk and counts them from 1. Flushes are counted, not passed on: a test's
// machine loses no power, and thousands of runs would wait for its disk. It may be used by several goroutines.
type Disk struct {
	under  disk.Disk
	before func(n int, op Op)
	failAt int
	fault  Fault
	noSwap bool
	layer  bool

	mu    sync.Mutex
	ops   []Op
	dirty map[string]bool
}

// An Option prepares a Disk.
type Option func(*Disk)

// FailAt makes operation n fail once.
func FailAt(n int, fault Fault) Option {
	return func(d *Disk) { d.failAt, d.fault = n, fault }
}

// Before calls hook ahead of each operation: the place to crash, or to change things behind the program's back.
func Before(hook func(n int, op Op)) Option {
	return func(d *Disk) { d.before = hook }
}

// WithoutExchange is a disk that cannot swap folders.
func WithoutExchange() Option { return func(d *Disk) { d.noSwap = true } }

// LowerLayer is a disk that neither swaps nor moves folders, as an overlay file system treats those of a lower layer.
func LowerLayer() Option { return func(d *Disk) { d.noSwap, d.layer = true, true } }

// New is a disk on top of another.
func New(under disk.Disk, options ...Option) *Disk {
	d := &Disk{under: under, dirty: map[string]bool{}}
	for _, option := range options {
		option(d)
	}
	return d
}

// Ops lists what was done so far, the failed operation included.
func (d *Disk) Ops() []Op {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.ops)
}

// Dirty lists the files written and the folders changed since they were last flushed, sorted: what a power
// failure could undo.
func (d *Disk) Dirty() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Sorted(maps.Keys(d.dirty))
}

// do counts an operation, and does it or lets it fail. What is done marks the paths of changes as not flushed.
func (d *Disk) do(op Op, work func() error, changes ...string) error {
	fault := d.begin(op)
	if fault != nil && !fault.Part {
		return failure(op, *fault)
	}
	if err := work(); err != nil {
		return err
	}
	d.mark(true, changes...)
	if fault != nil {
		return failure(op, *fault)
	}
	return nil
}

// begin counts an operation and returns the fault it is to meet.
func (d *Disk) begin(op Op) *Fault {
	d.mu.Lock()
	d.ops = append(d.ops, op)
	n := len(d.ops)
	d.mu.Unlock()
	if d.before != nil {
		d.before(n, op)
	}
	if n == d.failAt {
		return &d.fault
	}
	return nil
}

func failure(op Op, fault Fault) error {
	if strings.HasPrefix(op.Name, "sync") {
		return fmt.Errorf("%s %w: %w", op.Path, disk.ErrSync, fault.Err)
	}
	return fmt.Errorf("%s: %w", op, fault.Err)
}

func (d *Disk) mark(dirty bool, paths ...string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, path := range paths {
		if dirty {
			d.dirty[path] = true
		} else {
			delete(d.dirty, path)
		}
	}
}

// moved carries the unflushed state of what is under one path over to another.
func (d *Disk) moved(from, to string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for path := range maps.Clone(d.dirty) {
		if rest, ok := strings.CutPrefix(path, from); ok && (rest == "" || rest[0] == filepath.Separator) {
			delete(d.dirty, path)
			if to != "" {
				d.dirty[to+rest] = true
			}
		}
	}
}

// Mkdir implements [disk.Disk].
func (d *Disk) Mkdir(path string) error {
	return d.do(Op{"mkdir", path}, func() error { return d.under.Mkdir(path) }, filepath.Dir(path))
}

// Create implements [disk.Disk].
func (d *Disk) Create(path string) (disk.File, error) {
	var file disk.File
	err := d.do(Op{"create", path}, func() (err error) {
		file, err = d.under.Create(path)
		return err
	}, path, filepath.Dir(path))
	return d.opened(file, path, err)
}

// Append implements [disk.Disk].
func (d *Disk) Append(path string) (disk.File, error) {
	var file disk.File
	err := d.do(Op{"append", path}, func() (err error) {
		file, err = d.under.Append(path)
		return err
	})
	return d.opened(file, path, err)
}

// opened closes the file again when opening it was made to fail after the fact.
func (d *Disk) opened(file disk.File, path string, err error) (disk.File, error) {
	if err != nil {
		if file != nil {
			err = errors.Join(err, file.Close())
		}
		return nil, err
	}
	return &openFile{File: file, disk: d, path: path}, nil
}

// Rename implements [disk.Disk].
func (d *Disk) Rename(from, to string) error {
	return d.do(Op{"rename", from}, func() error {
		if info, err := os.Stat(from); d.layer && err == nil && info.IsDir() {
			return &os.LinkError{Op: "rename", Old: from, New: to, Err: syscall.EXDEV}
		}
		err := d.under.Rename(from, to)
		if err == nil {
			d.moved(from, to)
		}
		return err
	}, filepath.Dir(from), filepath.Dir(to))
}

// Exchange implements [disk.Disk].
func (d *Disk) Exchange(a, b string) error {
	if d.noSwap {
		return fmt.Errorf("exchange %s: %w", a, errors.ErrUnsupported)
	}
	return d.do(Op{"exchange", a}, func() error { return d.under.Exchange(a, b) }, filepath.Dir(a), filepath.Dir(b))
}

// Remove implements [disk.Disk].
func (d *Disk) Remove(path string) error { return d.remove("remove", path, d.under.Remove) }

// RemoveAll implements [disk.Disk].
func (d *Disk) RemoveAll(path string) error { return d.remove("remove all", path, d.under.RemoveAll) }

func (d *Disk) remove(name, path string, work func(string) error) error {
	return d.do(Op{name, path}, func() error {
		err := work(path)
		if err == nil {
			d.moved(path, "")
		}
		return err
	}, filepath.Dir(path))
}

// SyncDir implements [disk.Disk].
func (d *Disk) SyncDir(path string) error {
	return d.do(Op{"sync folder", path}, func() error {
		d.mark(false, path)
		return nil
	})
}

type openFile struct {
	disk.File
	disk *Disk
	path string
}

func (f *openFile) Write(p []byte) (n int, err error) {
	fault := f.disk.begin(Op{"write", f.path})
	if fault == nil {
		n, err = f.File.Write(p)
		f.disk.mark(true, f.path)
		return n, err
	}
	if fault.Part {
		n, err = f.File.Write(p[:len(p)/2])
		f.disk.mark(true, f.path)
	}
	return n, errors.Join(failure(Op{"write", f.path}, *fault), err)
}

func (f *openFile) Sync() error {
	return f.disk.do(Op{"sync", f.path}, func() error {
		f.disk.mark(false, f.path)
		return nil
	})
}

// Close closes the file in any case, so that a failing test leaks nothing.
func (f *openFile) Close() error {
	fault := f.disk.begin(Op{"close", f.path})
	err := f.File.Close()
	if fault != nil {
		return errors.Join(failure(Op{"close", f.path}, *fault), err)
	}
	return err
}
