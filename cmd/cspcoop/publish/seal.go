package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"cspcoop/importer/disk"
)

// A Seal says who signed a statement set off, and what exactly: it lies beside the set as DATE.seal.json.
type Seal struct {
	By string `json:"by"`
	// SealedAt is in UTC and whole seconds.
	SealedAt time.Time `json:"sealed_at"`
	// RunSHA256 is the fingerprint of the set's run.json, which names every figure's sources and totals.
	RunSHA256 string `json:"run_sha256"`
}

// A SealedError says that a set is signed and therefore never changed again.
type SealedError struct {
	AsOf string
	Seal Seal
}

func (e *SealedError) Error() string {
	return fmt.Sprintf("the statements of %s were sealed by %s on %s and are not changed; choose another date",
		e.AsOf, e.Seal.By, e.Seal.SealedAt.Format("2006-01-02 15:04:05 UTC"))
}

const sealEnding = ".seal.json"

func sealPath(dir, asOf string) string { return filepath.Join(dir, asOf+sealEnding) }

// Sealed reports whether the set of a date is signed, and by whom. A seal that cannot be read is an error: it may
// not be taken for none.
func Sealed(dir, asOf string) (Seal, bool, error) {
	content, err := os.ReadFile(sealPath(dir, asOf))
	if errors.Is(err, fs.ErrNotExist) {
		return Seal{}, false, nil
	}
	var seal Seal
	if err == nil {
		err = json.Unmarshal(content, &seal)
	}
	if err == nil && (seal.By == "" || seal.SealedAt.IsZero() || seal.RunSHA256 == "") {
		err = errors.New("it does not say who sealed what and when")
	}
	if err != nil {
		return Seal{}, false, fmt.Errorf("the seal %s cannot be read; restore it from a backup: %w", sealPath(dir, asOf), err)
	}
	return seal, true, nil
}

// SealSet signs the published set of a date in the name of by, at the given moment. A set that is signed already
// is a *SealedError.
func SealSet(d disk.Disk, dir, asOf, by string, at time.Time) (Seal, error) {
	if err := checkDate(asOf); err != nil {
		return Seal{}, err
	}
	by = strings.TrimSpace(by)
	if by == "" || strings.ContainsFunc(by, func(r rune) bool { return !unicode.IsGraphic(r) }) {
		return Seal{}, fmt.Errorf("%q is no name to seal by; give the name of who signed", by)
	}
	earlier, sealed, err := Sealed(dir, asOf)
	if err != nil {
		return Seal{}, err
	}
	if sealed {
		return Seal{}, &SealedError{AsOf: asOf, Seal: earlier}
	}
	run, err := os.ReadFile(filepath.Join(dir, asOf, "run.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return Seal{}, fmt.Errorf("there are no statements of %s to seal; run cspcoop for that date first", asOf)
	}
	if err != nil {
		return Seal{}, err
	}
	sum := sha256.Sum256(run)
	seal := Seal{By: by, SealedAt: at.UTC().Truncate(time.Second), RunSHA256: hex.EncodeToString(sum[:])}
	content, err := json.MarshalIndent(seal, "", "  ")
	if err != nil {
		return Seal{}, err
	}
	if err := disk.WriteFile(d, sealPath(dir, asOf), append(content, '\n')); err != nil {
		return Seal{}, fmt.Errorf("the statements of %s were not sealed: %w", asOf, err)
	}
	return seal, nil
}

// A Listed is a published set.
type Listed struct {
	// AsOf is the set's date, 2020-10-15, and the name of its folder.
	AsOf string
	// Seal is nil while the set is not signed.
	Seal *Seal
}

// Sets lists the published sets under dir, the statements folder, by date.
func Sets(dir string) ([]Listed, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the statements folder cannot be read: %w", err)
	}
	var sets []Listed
	for _, entry := range entries {
		if !entry.IsDir() || checkDate(entry.Name()) != nil {
			continue
		}
		set := Listed{AsOf: entry.Name()}
		seal, sealed, err := Sealed(dir, set.AsOf)
		if err != nil {
			return nil, err
		}
		if sealed {
			set.Seal = &seal
		}
		sets = append(sets, set)
	}
	return sets, nil
}
