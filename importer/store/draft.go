package store

import (
	"crypto/sha256"
	"errors"
	"hash"
	"io"

	"cspcoop/calc"
	"cspcoop/importer"
	"cspcoop/importer/disk"
)

// Drafts takes what importer.ReadAll reads of one original, row by row, before it is
// known whether the original is taken. Nothing of it is in the store until Keep, and
// nothing is left of it after Discard.
type Drafts struct {
	store    *Store
	original string
	list     []*draft
}

// Draft begins the files of an original.
func (s *Store) Draft(original string) *Drafts { return &Drafts{store: s, original: original} }

// Keeper returns the one for a member of the original by its SHA-256, or for the
// original itself where that is "".
func (d *Drafts) Keeper(sha256 string) importer.Keeper {
	if sha256 == "" {
		sha256 = d.original
	}
	k := &draft{store: d.store, original: sha256}
	d.list = append(d.list, k)
	return k
}

// Err returns what the disk did wrong so far, which reading does not return.
func (d *Drafts) Err() error {
	var errs []error
	for _, k := range d.list {
		errs = append(errs, k.err)
	}
	return errors.Join(errs...)
}

// Keep puts what is whole into the store. Errors are those of the disk.
func (d *Drafts) Keep() error {
	for _, k := range d.list {
		if err := k.keep(); err != nil {
			return err
		}
	}
	return nil
}

// Discard removes what was not kept.
func (d *Drafts) Discard() error {
	var errs []error
	for _, k := range d.list {
		errs = append(errs, k.discard())
	}
	return errors.Join(errs...)
}

// draft is one file of the store in the making.
type draft struct {
	store    *Store
	original string
	file     *disk.Draft // nil before it is begun, and once it is placed or discarded
	sum      hash.Hash
	rows     *encoder
	whole    bool
	err      error // after which nothing more is written
}

// Begin implements importer.Keeper.
func (d *draft) Begin(src *calc.Source) {
	d.err = errors.Join(d.discard(), disk.MkdirAll(d.store.disk, d.store.dir))
	if d.err != nil {
		return
	}
	if d.file, d.err = disk.Begin(d.store.disk, d.store.path(d.original)); d.err != nil {
		return
	}
	d.sum = sha256.New()
	d.rows = newEncoder(io.MultiWriter(d.file, d.sum), src)
}

// Take implements importer.Keeper.
func (d *draft) Take(t *calc.Earnings) {
	if d.err == nil {
		d.err = d.rows.take(t)
	}
	if d.err != nil {
		t.LetGo(t.Len())
	}
}

// End implements importer.Keeper. What the disk did wrong is for Keep to report.
func (d *draft) End(src *calc.Source) error {
	if d.err == nil {
		d.err = d.rows.end(identity{d.original, d.store.reading}, src)
	}
	if errors.Is(d.err, importer.ErrNotKept) {
		err := d.err
		d.err = d.discard()
		return err
	}
	if d.err == nil {
		d.err = d.file.Finish()
	}
	d.whole = d.err == nil
	return nil
}

// keep gives a whole file its name, and puts its SHA-256 beside it.
func (d *draft) keep() error {
	if !d.whole {
		return d.err
	}
	if err := d.file.Place(d.store.path(d.original)); err != nil {
		return err
	}
	d.file, d.whole = nil, false
	return disk.WriteFile(d.store.disk, d.store.sumPath(d.original), []byte(sumLine(d.sum.Sum(nil), d.store.path(d.original))))
}

func (d *draft) discard() error {
	if d.file == nil {
		return nil
	}
	file := d.file
	d.file, d.whole = nil, false
	return file.Discard()
}
