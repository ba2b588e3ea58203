package publish

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cspcoop/importer/disk"
	"cspcoop/importer/disk/faulty"
	"cspcoop/report/runjson"
)

var sealedAt = time.Date(2020, 10, 20, 9, 30, 0, 5, time.FixedZone("CEST", 7200))

// publishSet publishes a set of two files and a run.json that names them, compared with the set of since as it is now.
func publishSet(t *testing.T, dir, day, since, balances string, blocks ...string) {
	t.Helper()
	files := map[string]string{"balances.csv": balances, "partners/contoso/azure.pdf": "statement"}
	run := runjson.Set{AsOf: day, Since: since, BlocksSeal: blocks}
	if since != "" {
		_, sum, err := Run(dir, since)
		if err != nil {
			t.Fatal(err)
		}
		run.SinceSHA = sum
	}
	set, err := Begin(disk.OS(), dir, day)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := write(set, name, files[name]); err != nil {
			t.Fatal(err)
		}
		sum, err := sumOf(set.fresh(), name)
		if err != nil {
			t.Fatal(err)
		}
		run.Files = append(run.Files, runjson.File{Name: name, SHA256: sum})
	}
	content, err := json.Marshal(run)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(write(set, runName, string(content)), set.Commit()); err != nil {
		t.Fatal(err)
	}
}

func seal(t *testing.T, dir, day string) Seal {
	t.Helper()
	s, err := SealSet(disk.OS(), dir, day, " Ada Byron ", sealedAt)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSeal(t *testing.T) {
	dir := t.TempDir()
	publishSet(t, dir, asOf, "", "old")
	before := faulty.Tree(t, filepath.Join(dir, asOf))
	for _, by := range []string{"", "  ", "two\nlines", "\x1b[31m", strings.Repeat("x", longestSigner+1)} {
		if _, err := SealSet(disk.OS(), dir, asOf, by, sealedAt); err == nil {
			t.Errorf("sealed by %q", by)
		}
	}
	signed := seal(t, dir, asOf)
	_, sum, err := Run(dir, asOf)
	if err != nil || signed.By != "Ada Byron" || signed.SealedAt.String() != "2020-10-20 07:30:00 +0000 UTC" || signed.RunSHA256 != sum {
		t.Errorf("seal is %+v, %v", signed, err)
	}
	var sealed *SealedError
	if _, err := SealSet(disk.OS(), dir, asOf, "Grace Hopper", sealedAt); !errors.As(err, &sealed) || sealed.Seal != signed {
		t.Errorf("sealed twice: %v", err)
	}
	if err := publish(disk.OS(), dir, newer); !errors.As(err, &sealed) ||
		!strings.Contains(err.Error(), "sealed by Ada Byron on 20 Oct 2020, 07:30 UTC") {
		t.Errorf("publishing over a sealed set: %v", err)
	}
	if got := faulty.Tree(t, filepath.Join(dir, asOf)); !maps.Equal(got, before) {
		t.Errorf("the sealed set holds %q", got)
	}
	if err := os.WriteFile(sealPath(dir, asOf), []byte("{}"), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := publish(disk.OS(), dir, newer); err == nil || !strings.Contains(err.Error(), "backup") {
		t.Errorf("publishing over a damaged seal: %v", err)
	}
}

// Sealed sets form a chain without forks.
func TestSealRefusesForks(t *testing.T) {
	const jan, feb, mar = "2021-01-31", "2021-02-28", "2021-03-31"
	for _, c := range []struct {
		name    string
		sets    func(t *testing.T, dir string)
		refused string // "" when it is sealed
	}{
		{"the first set", func(t *testing.T, dir string) { publishSet(t, dir, mar, "", "3") }, ""},
		{"no set", func(*testing.T, string) {}, "run \"cspcoop run --as-of 2021-03-31\" first"},
		{"compared with the newest sealed", func(t *testing.T, dir string) {
			publishSet(t, dir, jan, "", "1")
			seal(t, dir, jan)
			publishSet(t, dir, feb, jan, "2")
			publishSet(t, dir, mar, jan, "3")
		}, ""},
		{"compared with one that is not sealed", func(t *testing.T, dir string) {
			publishSet(t, dir, jan, "", "1")
			publishSet(t, dir, mar, jan, "3")
		}, "compared with those of 2021-01-31, which are not sealed; seal those first"},
		{"sealed in between", func(t *testing.T, dir string) {
			publishSet(t, dir, jan, "", "1")
			seal(t, dir, jan)
			publishSet(t, dir, feb, jan, "2")
			publishSet(t, dir, mar, jan, "3")
			seal(t, dir, feb)
		}, "compared with those of 2021-01-31, and the newest sealed ones are those of 2021-02-28; run \"cspcoop run --as-of 2021-03-31\" again"},
		{"compared with none before one was sealed", func(t *testing.T, dir string) {
			publishSet(t, dir, mar, "", "3")
			publishSet(t, dir, jan, "", "1")
			seal(t, dir, jan)
		}, "compared with none, and the newest sealed ones are those of 2021-01-31"},
		{"compared with another version", func(t *testing.T, dir string) {
			publishSet(t, dir, jan, "", "1")
			publishSet(t, dir, mar, jan, "3")
			publishSet(t, dir, jan, "", "1, corrected")
			seal(t, dir, jan)
		}, "compared with an earlier version of those of 2021-01-31"},
		{"compared with one that is gone", func(t *testing.T, dir string) {
			publishSet(t, dir, jan, "", "1")
			publishSet(t, dir, mar, jan, "3")
			if err := os.RemoveAll(filepath.Join(dir, jan)); err != nil {
				t.Fatal(err)
			}
		}, "2021-01-31, which are not there any more; run"},
		{"a later one is sealed", func(t *testing.T, dir string) {
			publishSet(t, dir, mar, "", "3")
			publishSet(t, dir, "2021-04-30", "", "4")
			seal(t, dir, "2021-04-30")
		}, "the later statements of 2021-04-30 are sealed already"},
		{"the sealed one was changed", func(t *testing.T, dir string) {
			publishSet(t, dir, jan, "", "1")
			seal(t, dir, jan)
			publishSet(t, dir, mar, jan, "3")
			overwrite(t, filepath.Join(dir, jan, "balances.csv"))
		}, "statements/2021-01-31/balances.csv was changed; restore them from a backup"},
		{"changed since it was written", func(t *testing.T, dir string) {
			publishSet(t, dir, mar, "", "3")
			overwrite(t, filepath.Join(dir, mar, "partners", "contoso", "azure.pdf"))
		}, "partners/contoso/azure.pdf was changed; run \"cspcoop run --as-of 2021-03-31\" again"},
		{"something must be acknowledged", func(t *testing.T, dir string) {
			publishSet(t, dir, mar, "", "3", "claim C-1 vanished")
		}, "acknowledge first, in acknowledged.csv, and run again: claim C-1 vanished"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			c.sets(t, dir)
			before := faulty.Tree(t, dir)
			_, err := SealSet(disk.OS(), dir, mar, "Ada Byron", sealedAt)
			if c.refused == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			var why *RefusedError
			if !errors.As(err, &why) || !strings.Contains(err.Error(), c.refused) {
				t.Errorf("error %v, want %q", err, c.refused)
			}
			if !maps.Equal(faulty.Tree(t, dir), before) {
				t.Error("something was touched")
			}
		})
	}
}

func overwrite(t *testing.T, path string) {
	t.Helper()
	if err := os.WriteFile(path, []byte("evil"), 0o640); err != nil {
		t.Fatal(err)
	}
}

func TestProve(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(t *testing.T, set string)
		wrong  string
	}{
		{"as it was", func(*testing.T, string) {}, ""},
		{"beside open workbooks", func(t *testing.T, set string) { overwrite(t, filepath.Join(set, "~$summary.xlsx")) }, ""},
		{"a changed file", func(t *testing.T, set string) { overwrite(t, filepath.Join(set, "balances.csv")) }, "statements/2020-10-15/balances.csv was changed"},
		{"a file less", func(t *testing.T, set string) {
			if err := os.Remove(filepath.Join(set, "balances.csv")); err != nil {
				t.Fatal(err)
			}
		}, "statements/2020-10-15/balances.csv is missing"},
		{"a file more", func(t *testing.T, set string) { overwrite(t, filepath.Join(set, "partners", "more.pdf")) }, "statements/2020-10-15/partners/more.pdf was added"},
		{"no run.json", func(t *testing.T, set string) {
			if err := os.Remove(filepath.Join(set, runName)); err != nil {
				t.Fatal(err)
			}
		}, "statements/2020-10-15/run.json is missing"},
		{"no set", func(t *testing.T, set string) {
			if err := os.RemoveAll(set); err != nil {
				t.Fatal(err)
			}
		}, "statements/2020-10-15/run.json is missing"},
		{"another run.json", func(t *testing.T, set string) { overwrite(t, filepath.Join(set, runName)) }, "statements/2020-10-15/run.json "},
	} {
		for _, sealed := range []bool{true, false} {
			name := c.name + ", not sealed"
			if sealed {
				name = c.name + ", sealed"
			}
			t.Run(name, func(t *testing.T) {
				dir := t.TempDir()
				publishSet(t, dir, asOf, "", "1")
				if sealed {
					seal(t, dir, asOf)
				}
				sets, err := Sets(dir)
				if err != nil || len(sets) != 1 {
					t.Fatalf("sets are %v, %v", sets, err)
				}
				c.change(t, filepath.Join(dir, asOf))
				wrong := strings.Join(Prove(dir, sets[0]), "; ")
				if c.wrong == "" && wrong != "" || !strings.Contains(wrong, c.wrong) || strings.Contains(wrong, ";") {
					t.Errorf("found %q, want %q", wrong, c.wrong)
				}
			})
		}
	}
}

// A set of a version that did not list its files can be proven as far as its seal goes.
func TestProveWithoutList(t *testing.T) {
	dir := t.TempDir()
	mustPublish(t, dir, map[string]string{runName: `{"as_of": "2020-10-15"}`, "balances.csv": "1"})
	set := Listed{AsOf: asOf}
	if wrong := Prove(dir, set); len(wrong) != 1 || !strings.Contains(wrong[0], "run again as of 2020-10-15") {
		t.Errorf("not sealed: %q", wrong)
	}
	_, sum, err := Run(dir, asOf)
	if err != nil {
		t.Fatal(err)
	}
	set.Seal = &Seal{"Ada Byron", sealedAt, sum}
	if wrong := Prove(dir, set); len(wrong) > 0 {
		t.Errorf("sealed: %q", wrong)
	}
}

func TestFaultsOfSealing(t *testing.T) {
	faulty.Sweep(t, func(t *testing.T, d *faulty.Disk) {
		dir := t.TempDir()
		publishSet(t, dir, asOf, "", "1")
		_, err := SealSet(d, dir, asOf, "Ada Byron", sealedAt)
		seal, sealed, readErr := Sealed(dir, asOf)
		if readErr != nil || (err == nil && !sealed) || (sealed && seal.By != "Ada Byron") {
			t.Errorf("error %v, sealed %v as %+v, %v", err, sealed, seal, readErr)
		}
	})
}

// An empty folder, a stray file and what is hidden are no sets; a sealed set that is gone is one.
func TestSetsByDate(t *testing.T) {
	dir := t.TempDir()
	if sets, err := Sets(filepath.Join(dir, "nowhere")); err != nil || len(sets) != 0 {
		t.Errorf("sets of no folder: %v, %v", sets, err)
	}
	publishSet(t, dir, "2019-12-31", "", "1")
	seal(t, dir, "2019-12-31")
	publishSet(t, dir, asOf, "2019-12-31", "2")
	publishSet(t, dir, "2020-10-31", "2019-12-31", "3")
	seal(t, dir, "2020-10-31")
	if err := os.RemoveAll(filepath.Join(dir, "2020-10-31")); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"2020-02-29", "2020-02-30", ".2020-11-15.new", "notes"} {
		if err := os.Mkdir(filepath.Join(dir, folder), 0o750); err != nil {
			t.Fatal(err)
		}
	}
	overwrite(t, filepath.Join(dir, "2021-01-01"))
	overwrite(t, filepath.Join(dir, "march.csv"))
	sets, err := Sets(dir)
	if err != nil || len(sets) != 3 || sets[0].AsOf != "2019-12-31" || sets[0].Seal == nil ||
		sets[1].AsOf != asOf || sets[1].Seal != nil || sets[2].AsOf != "2020-10-31" || sets[2].Seal == nil {
		t.Errorf("sets are %+v, %v", sets, err)
	}
	if strays, want := Strays(dir), []string{"2020-02-29", "2020-02-30", "2021-01-01", "march.csv", "notes"}; !slices.Equal(strays, want) {
		t.Errorf("strays are %q, want %q", strays, want)
	}
}
