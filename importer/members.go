package importer

import (
	"context"
	"errors"
	"fmt"
	"io"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// Member is one report of what was dropped: a file in a ZIP archive, or the dropped
// file itself.
type Member struct {
	Name   string // its path in the ZIP archive; "" for the file itself
	SHA256 string // lower-case hex; "" for the file itself
	Source *calc.Source
}

// Known is what was found out about the files of a ZIP archive before, so that they
// need not be inflated again, and who keeps the rows of those that are read.
type Known struct {
	// Keeper returns who takes the rows of a file, by the SHA-256 of a member, "" for
	// the dropped file itself; nil where nobody does.
	Keeper func(sha256 string) Keeper
	// Sums has the SHA-256 of files of this very archive by name; ReadAll adds those
	// that it lacks. nil when nothing is known.
	Sums map[string]string
	// Source returns the source of a file by SHA-256, where it is imported already,
	// or nil.
	Source func(sha256 string) *calc.Source
}

// ReadAll imports a dropped file, or every file of a ZIP archive. It takes all of
// them or none: the error of a refusal is *table.Faults, with the faults of all
// files. Of files with the same bytes it takes the first by name. known may be nil.
func ReadAll(ctx context.Context, r io.ReaderAt, size int64, o Options, known *Known) ([]Member, error) {
	files, err := table.Members(ctx, r, size, o.Table.Limits)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		src, err := ReadKeeping(ctx, r, size, o, known.keeper(""))
		if err != nil {
			return nil, err
		}
		return []Member{{Source: src}}, nil
	}
	var (
		list     []Member
		faults   table.Faults
		register string // the file that is one
		seen     = map[string]bool{}
	)
	for _, f := range files {
		m, err := readMember(ctx, f, o, known, seen)
		err = f.Fault(err)
		refusal, refused := errors.AsType[*table.Faults](err)
		switch {
		case refused:
			faults.AddAll(refusal)
		case err != nil:
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		case m.Source == nil: // the same bytes again
		case m.Source.HasRegister && register != "":
			faults.Add(table.Fault{Member: f.Name, Problem: fmt.Sprintf("it is a claims register, and so is %s: the archive may hold one", register),
				Want: "drop the register that is in force"})
		default:
			if m.Source.HasRegister {
				register = f.Name
			}
			list = append(list, m)
		}
	}
	return list, faults.Err()
}

// readMember imports a file of an archive; one that was seen before has no source.
func readMember(ctx context.Context, f table.Member, o Options, known *Known, seen map[string]bool) (m Member, err error) {
	m.Name = f.Name
	if known != nil && known.Sums != nil {
		if m.SHA256 = known.Sums[f.Name]; m.SHA256 == "" {
			if m.SHA256, err = f.Sum(); err != nil {
				return m, err
			}
			known.Sums[f.Name] = m.SHA256
		}
		if seen[m.SHA256] {
			return m, nil
		}
		if m.Source = known.Source(m.SHA256); m.Source != nil {
			seen[m.SHA256] = true
			return m, nil
		}
	}
	unpacked, err := f.Unpack(ctx, o.Table.TempDir)
	if err != nil {
		return m, err
	}
	defer unpacked.Close()
	m.SHA256 = unpacked.SHA256
	if !seen[m.SHA256] {
		seen[m.SHA256] = true
		m.Source, err = ReadKeeping(ctx, unpacked, unpacked.Size, o, known.keeper(m.SHA256))
	}
	return m, err
}

func (k *Known) keeper(sha256 string) Keeper {
	if k == nil || k.Keeper == nil {
		return nil
	}
	return k.Keeper(sha256)
}
