package publish

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"cspcoop/importer/disk"
	"cspcoop/report/runjson"
)

// A Seal says who signed a statement set off, and what exactly: it is beside the set as DATE.seal.json.
type Seal struct {
	By string `json:"by"`
	// SealedAt is in UTC and whole seconds.
	SealedAt time.Time `json:"sealed_at"`
	// RunSHA256 is the SHA-256 of the set's run.json, which has that of every other file of the set.
	RunSHA256 string `json:"run_sha256"`
}

// At formats when the set was sealed.
func (s *Seal) At() string { return s.SealedAt.UTC().Format("2 Jan 2006, 15:04 UTC") }

// A SealedError says that a set is signed and therefore never changed again.
type SealedError struct {
	AsOf string
	Seal Seal
}

func (e *SealedError) Error() string {
	return fmt.Sprintf("the statements of %s were sealed by %s on %s and are not changed; choose another date",
		e.AsOf, e.Seal.By, e.Seal.At())
}

const sealEnding = ".seal.json"

func sealPath(dir, asOf string) string { return filepath.Join(dir, asOf+sealEnding) }

// Sealed reports whether the set of a date is signed, and by whom. A seal that cannot be read is an error: it may
// not be taken for none.
func Sealed(dir, asOf string) (Seal, bool, error) {
	content, err := disk.ReadFile(sealPath(dir, asOf))
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

// A RefusedError says why a set cannot be sealed, and what to do first.
type RefusedError struct{ reason string }

func (e *RefusedError) Error() string { return e.reason }

func refused(format string, args ...any) error { return &RefusedError{fmt.Sprintf(format, args...)} }

// longestSigner bounds the name that every later document shows.
const longestSigner = 100

// SealSet signs the published set of a date in the name of by, at the given moment. A set that is signed already
// is a *SealedError, one that may not be signed a *RefusedError.
func SealSet(d disk.Disk, dir, asOf, by string, at time.Time) (Seal, error) {
	if err := checkDate(asOf); err != nil {
		return Seal{}, err
	}
	by = strings.TrimSpace(by)
	if by == "" || utf8.RuneCountInString(by) > longestSigner || strings.ContainsFunc(by, func(r rune) bool { return !unicode.IsGraphic(r) }) {
		return Seal{}, refused("%q is no name to seal by; give the name of who signed", by)
	}
	sum, err := sealable(dir, asOf)
	if err != nil {
		return Seal{}, err
	}
	seal := Seal{By: by, SealedAt: at.UTC().Truncate(time.Second), RunSHA256: sum}
	content, err := json.MarshalIndent(seal, "", "  ")
	if err != nil {
		return Seal{}, err
	}
	if err := disk.WriteFile(d, sealPath(dir, asOf), append(content, '\n')); err != nil {
		return Seal{}, fmt.Errorf("the statements of %s were not sealed: %w", asOf, err)
	}
	return seal, nil
}

// sealable returns the SHA-256 of the run.json that a seal would cover. Sealed sets form a chain without forks, so
// that their journals, posted once each, book everything exactly once.
func sealable(dir, asOf string) (sum string, err error) {
	sets, err := Sets(dir)
	if err != nil {
		return "", err
	}
	at := slices.IndexFunc(sets, func(s Listed) bool { return s.AsOf == asOf })
	if at < 0 {
		return "", refused("there are no statements of %[1]s to seal; run \"cspcoop run --as-of %[1]s\" first", asOf)
	}
	if seal := sets[at].Seal; seal != nil {
		return "", &SealedError{AsOf: asOf, Seal: *seal}
	}
	for _, later := range sets[at+1:] {
		if later.Seal != nil {
			return "", refused("the later statements of %s are sealed already; sets are sealed in the order of their dates", later.AsOf)
		}
	}
	if wrong := Prove(dir, sets[at]); len(wrong) > 0 {
		return "", refused("%s; run \"cspcoop run --as-of %s\" again before you seal", strings.Join(wrong, ", "), asOf)
	}
	run, sum, err := Run(dir, asOf)
	if err != nil {
		return "", err
	}
	if len(run.BlocksSeal) > 0 {
		return "", refused("acknowledge first, in acknowledged.csv, and run again: %s", strings.Join(run.BlocksSeal, "; "))
	}
	return sum, follows(dir, asOf, run, sets[:at])
}

// follows is a *RefusedError unless the set was compared with the newest sealed one as it is now, or with none
// where none is sealed.
func follows(dir, asOf string, run runjson.Set, earlier []Listed) error {
	var newest *Listed
	for i := range earlier {
		if earlier[i].Seal != nil {
			newest = &earlier[i]
		}
	}
	if newest == nil {
		switch {
		case run.Since == "":
			return nil
		case !slices.ContainsFunc(earlier, func(s Listed) bool { return s.AsOf == run.Since }):
			return refused("the statements of %s were compared with those of %s, which are not there any more; run \"cspcoop run --as-of %[1]s\" again, then seal", asOf, run.Since)
		}
		return refused("the statements of %s were compared with those of %s, which are not sealed; seal those first", asOf, run.Since)
	}
	if wrong := Prove(dir, *newest); len(wrong) > 0 {
		return refused("the sealed statements of %s are not what %s sealed: %s; restore them from a backup", newest.AsOf, newest.Seal.By, strings.Join(wrong, ", "))
	}
	if run.Since != newest.AsOf || run.SinceSHA != newest.Seal.RunSHA256 {
		with := "none"
		if run.Since != "" {
			with = "those of " + run.Since
			if run.Since == newest.AsOf {
				with = "an earlier version of those of " + run.Since
			}
		}
		return refused("the statements of %s were compared with %s, and the newest sealed ones are those of %s; run \"cspcoop run --as-of %[1]s\" again, then seal", asOf, with, newest.AsOf)
	}
	return nil
}
