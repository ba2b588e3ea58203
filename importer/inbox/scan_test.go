package inbox

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func open(t *testing.T, folders Folders) *Inbox {
	t.Helper()
	box, err := Open(folders.Inbox)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { box.Close() })
	return box
}

func TestScanInBytewiseOrderOfPaths(t *testing.T) {
	folders := workspace(t)
	for _, name := range []string{"b.csv", "B.csv", "a/z.csv", "a-b.csv", "a.csv", "a/b/c.csv", "ä.csv", "é.csv"} {
		drop(t, folders, name, name)
	}
	found := scan(t, open(t, folders))
	if got, want := paths(found.Files), "B.csv a-b.csv a.csv a/b/c.csv a/z.csv b.csv ä.csv é.csv"; got != want {
		t.Errorf("found %s, want %s", got, want)
	}
}

func TestScanLeavesAloneWhatIsNotReady(t *testing.T) {
	folders := workspace(t)
	for _, name := range []string{
		".hidden.csv", ".sync/march.csv", "~$march.xlsx", "march.tmp", "march.csv.PART", "march.FilePart",
		"march.xlsx.partial", "march.csv.crdownload", "sub/.DS_Store", "sub/march.Tmp",
		"march.csv", "part", "tmp.csv", "sub.tmp/april.csv", "march.part.csv",
	} {
		drop(t, folders, name, name)
	}
	found := scan(t, open(t, folders))
	if got, want := paths(found.Files), "march.csv march.part.csv part sub.tmp/april.csv tmp.csv"; got != want {
		t.Errorf("found %s, want %s", got, want)
	}
	if len(found.Irregular)+len(found.Growing) > 0 {
		t.Errorf("found %+v", found)
	}
}

func TestScanWaitsOnceForFreshFiles(t *testing.T) {
	folders := workspace(t)
	box := open(t, folders)
	ages := map[string]time.Duration{
		"fresh-grows.csv": time.Second, "fresh-touched.csv": time.Second, "fresh-replaced.csv": 0,
		"fresh-goes.csv": time.Second, "fresh-stays.csv": 1999 * time.Millisecond,
		"settled-exactly.csv": 2 * time.Second, "settled-grows.csv": time.Hour, "future.csv": -time.Hour,
	}
	at := func(name string) string { return filepath.Join(folders.Inbox, name) }
	date := func(name string) {
		when := received.Add(-ages[name])
		if err := os.Chtimes(at(name), when, when); err != nil {
			t.Fatal(err)
		}
	}
	for name := range ages {
		drop(t, folders, name, "a")
		date(name)
	}
	clock := &stillClock{now: received, during: func() {
		for _, name := range []string{"fresh-grows.csv", "settled-grows.csv"} {
			if err := os.WriteFile(at(name), []byte("ab"), 0o640); err != nil {
				t.Error(err)
			}
			date(name)
		}
		touched := received.Add(time.Second)
		err := errors.Join(os.Chtimes(at("fresh-touched.csv"), touched, touched), os.Remove(at("fresh-goes.csv")))
		if err != nil {
			t.Error(err)
		}
		// The same size and time, but another file.
		drop(t, folders, ".new", "b")
		if err := os.Rename(at(".new"), at("fresh-replaced.csv")); err != nil {
			t.Error(err)
		}
		date("fresh-replaced.csv")
	}}
	found, err := box.Scan(t.Context(), clock, 2*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := paths(found.Files), "fresh-stays.csv future.csv settled-exactly.csv settled-grows.csv"; got != want {
		t.Errorf("settled are %s, want %s", got, want)
	}
	if want := []string{"fresh-grows.csv", "fresh-replaced.csv", "fresh-touched.csv"}; !slices.Equal(found.Growing, want) {
		t.Errorf("growing are %v, want %v", found.Growing, want)
	}
	if !slices.Equal(clock.waits, []time.Duration{2 * time.Second}) {
		t.Errorf("waited %v, want once", clock.waits)
	}
	// It had settled, so it was not watched; reading it notices the change.
	grown := found.Files[len(found.Files)-1]
	if _, err := box.SHA256(grown); !errors.Is(err, ErrGrowing) {
		t.Errorf("reading %s: %v, want ErrGrowing", grown.Path, err)
	}
}

func TestScanWithoutSettleNeverWaits(t *testing.T) {
	folders := workspace(t)
	drop(t, folders, "march.csv", "a")
	clock := &stillClock{now: received.Add(-time.Hour)}
	found, err := open(t, folders).Scan(t.Context(), clock, 0)
	if err != nil || len(found.Files) != 1 || len(clock.waits) != 0 {
		t.Errorf("found %+v, waited %v, error %v", found, clock.waits, err)
	}
}

func TestScanEndsWithItsContext(t *testing.T) {
	folders := workspace(t)
	drop(t, folders, "march.csv", "a")
	ctx, cancel := context.WithCancel(t.Context())
	clock := &stillClock{now: received.Add(-time.Hour), during: cancel}
	if _, err := open(t, folders).Scan(ctx, clock, time.Minute); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}

func TestSystemClockWaitsAndStops(t *testing.T) {
	clock := SystemClock()
	before := clock.Now()
	if err := clock.Wait(t.Context(), time.Millisecond); err != nil || !clock.Now().After(before) {
		t.Errorf("error %v after waiting", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := clock.Wait(ctx, time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}

func TestMissingInbox(t *testing.T) {
	if _, err := Open(filepath.Join(t.TempDir(), "inbox")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v", err)
	}
}

// growing writes to the file while it is copied.
type growing struct {
	path string
	t    *testing.T
}

func (g growing) Write(p []byte) (int, error) {
	f, err := os.OpenFile(g.path, os.O_APPEND|os.O_WRONLY, 0)
	if err == nil {
		_, err = f.WriteString("one more row\n")
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		g.t.Error(err)
	}
	return len(p), nil
}

func TestFileThatGrowsWhileItIsRead(t *testing.T) {
	folders := workspace(t)
	drop(t, folders, "march.csv", "header\n")
	box := open(t, folders)
	f := find(t, box, "march.csv")
	opened, err := box.open(f)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	if _, err := box.unchanged(f, opened); err != nil {
		t.Fatal(err)
	}
	writer := growing{filepath.Join(folders.Inbox, "march.csv"), t}
	if _, err := writer.Write(nil); err != nil {
		t.Fatal(err)
	}
	if _, err := box.unchanged(f, opened); !errors.Is(err, ErrGrowing) {
		t.Errorf("unchanged says %v, want ErrGrowing", err)
	}
	again := find(t, box, "march.csv")
	if _, _, err := box.copy(writer, again); !errors.Is(err, ErrGrowing) {
		t.Errorf("copy says %v, want ErrGrowing", err)
	}
}
