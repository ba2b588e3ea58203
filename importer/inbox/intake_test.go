package inbox

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"cspcoop/importer/disk"
	"cspcoop/importer/disk/faulty"
)

func TestReceiveDatesInWholeSecondsOfUTC(t *testing.T) {
	folders := workspace(t)
	drop(t, folders, "march.csv", "a")
	in := start(t, disk.OS(), folders)
	c := copied(t, in, "march.csv")
	at := time.Date(2020, 10, 15, 8, 0, 0, 999, time.FixedZone("CEST", 7200))
	got, err := in.Receive(c, "earnings", at)
	if want := (Receipt{Number: 1, Received: received, Name: "march.csv", SHA256: sumOf("a"), Kind: "earnings"}); err != nil || got != want {
		t.Fatalf("receipt %+v, %v; want %+v", got, err, want)
	}
	if content := faulty.Tree(t, folders.Archive)["index.csv"]; content != indexOf(got) {
		t.Errorf("index.csv holds %q", content)
	}
	opened, size, err := in.Archive.Open(sumOf("a"))
	if err != nil || size != 1 {
		t.Fatalf("size %d, %v", size, err)
	}
	if err := errors.Join(opened.Close(), in.Archive.Check(sumOf("a"))); err != nil {
		t.Error(err)
	}
}

func TestFileDroppedAgainIsReceivedAgain(t *testing.T) {
	folders := workspace(t)
	for n := 1; n <= 3; n++ {
		drop(t, folders, "register.csv", "claims")
		if err := receiveAll(disk.OS(), folders); err != nil {
			t.Fatal(err)
		}
	}
	a, err := OpenArchive(folders)
	if err != nil {
		t.Fatal(err)
	}
	files, _, err := a.Files(0)
	if err != nil || len(files) != 1 || files[0].Last != 3 {
		t.Errorf("archived are %+v, %v", files, err)
	}
}

func TestFileThatChangedSinceItWasReadStays(t *testing.T) {
	change := map[string]func(path string) error{
		"grown": func(path string) error { return os.WriteFile(path, []byte("longer"), 0o640) },
		"other bytes, same size and time": func(path string) error {
			return errors.Join(os.WriteFile(path, []byte("b"), 0o640),
				os.Chtimes(path, received.Add(-time.Hour), received.Add(-time.Hour)))
		},
		"gone": os.Remove,
	}
	for name, change := range change {
		for _, archived := range []bool{false, true} {
			folders := workspace(t)
			if archived {
				drop(t, folders, "first.csv", "a")
				if err := receiveAll(disk.OS(), folders); err != nil {
					t.Fatal(err)
				}
			}
			drop(t, folders, "march.csv", "a")
			in := start(t, disk.OS(), folders)
			c := copied(t, in, "march.csv")
			if err := change(filepath.Join(folders.Inbox, "march.csv")); err != nil {
				t.Fatal(err)
			}
			if _, err := in.Receive(c, "earnings", received); !errors.Is(err, ErrGrowing) {
				t.Errorf("%s: received with %v, want ErrGrowing", name, err)
			}
			if _, err := in.Reject(c, []byte("why")); !errors.Is(err, ErrGrowing) {
				t.Errorf("%s: rejected with %v, want ErrGrowing", name, err)
			}
			if left := faulty.Tree(t, folders.Rejected); len(left) > 0 {
				t.Errorf("%s: rejected are %v", name, left)
			}
			// Left for the next run, and no hindrance to the other files of this one.
			drop(t, folders, "april.csv", "c")
			next := copied(t, in, "april.csv")
			if _, err := in.Receive(next, "earnings", received); err != nil {
				t.Errorf("%s: the next file: %v", name, err)
			}
		}
	}
}

func TestNewerFileOfTheSameNameStays(t *testing.T) {
	folders := workspace(t)
	drop(t, folders, "march.csv", "a")
	path := filepath.Join(folders.Inbox, "march.csv")
	d := faulty.New(disk.OS(), faulty.Before(func(_ int, op faulty.Op) {
		if op.Name == "append" {
			drop(t, folders, "march.csv", "newer")
		}
	}))
	if err := receiveAll(d, folders); err != nil {
		t.Fatal(err)
	}
	if content, err := os.ReadFile(path); string(content) != "newer" {
		t.Errorf("in the inbox is %q, %v", content, err)
	}
}

func TestAfterAFaultNothingMoreIsReceived(t *testing.T) {
	folders := workspace(t)
	drop(t, folders, "a.csv", "a")
	drop(t, folders, "b.csv", "b")
	full := faulty.Fault{Err: syscall.ENOSPC}
	in, whole := start(t, faulty.New(disk.OS(), faulty.FailAt(3, full)), folders), start(t, disk.OS(), folders)
	a := copied(t, whole, "a.csv")
	if _, err := in.Receive(a, "earnings", received); !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("error %v", err)
	}
	if err := a.Discard(); err != nil {
		t.Fatal(err)
	}
	before := faulty.Tree(t, filepath.Dir(folders.Inbox))
	if _, err := in.Copy(find(t, in.Inbox, "b.csv")); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("the next copy: %v", err)
	}
	b := copied(t, whole, "b.csv")
	if _, err := in.Receive(b, "earnings", received); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("the next file: %v", err)
	}
	if _, err := in.Reject(b, nil); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("the next refusal: %v", err)
	}
	if err := b.Discard(); err != nil {
		t.Fatal(err)
	}
	if after := faulty.Tree(t, filepath.Dir(folders.Inbox)); len(after) != len(before) {
		t.Errorf("left is %v, before %v", after, before)
	}
}

func TestDamagedArchive(t *testing.T) {
	folders := workspace(t)
	drop(t, folders, "march.csv", "good")
	if err := receiveAll(disk.OS(), folders); err != nil {
		t.Fatal(err)
	}
	in := start(t, disk.OS(), folders)
	path := in.Archive.Path(sumOf("good"))
	says := func(err error, want string) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "backup") {
			t.Errorf("error %v does not say %q and what to do", err, want)
		}
	}
	if err := os.WriteFile(path, []byte("evil"), 0o640); err != nil {
		t.Fatal(err)
	}
	says(in.Archive.Check(sumOf("good")), "was changed")
	if err := os.WriteFile(path, []byte("longer than it was"), 0o640); err != nil {
		t.Fatal(err)
	}
	drop(t, folders, "again.csv", "good")
	_, err := in.Receive(copied(t, in, "again.csv"), "earnings", received)
	says(err, "was changed")
	if err := errors.Join(os.Remove(path), os.Mkdir(path, 0o750)); err != nil {
		t.Fatal(err)
	}
	_, _, err = in.Archive.Open(sumOf("good"))
	says(err, "is no regular file")
	says(in.Archive.Check(sumOf("missing")), "is missing")
	if err := os.Remove(filepath.Join(folders.Inbox, "again.csv")); err != nil {
		t.Fatal(err)
	}
	for _, content := range []string{"", "none"} {
		index := filepath.Join(folders.Archive, "index.csv")
		if err := os.WriteFile(index, nil, 0o640); err != nil {
			t.Fatal(err)
		}
		if content == "none" {
			if err := os.Remove(index); err != nil {
				t.Fatal(err)
			}
		}
		_, err = Start(disk.OS(), folders)
		says(err, sumOf("good"))
	}
}

func TestTornReceiptIsTakenBackAndTold(t *testing.T) {
	folders := workspace(t)
	drop(t, folders, "march.csv", "a")
	if err := receiveAll(disk.OS(), folders); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folders.Archive, "index.csv")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(whole, "2,2020-10-15T06"...), 0o640); err != nil {
		t.Fatal(err)
	}
	in := start(t, disk.OS(), folders)
	if notes := strings.Join(in.Notes(), "\n"); !strings.Contains(notes, "2,2020-10-15T06") {
		t.Errorf("noted %q", notes)
	}
	if content, err := os.ReadFile(path); string(content) != string(whole) {
		t.Errorf("index.csv holds %q, %v", content, err)
	}
}

func TestForeignMoveRecordDoesNoHarm(t *testing.T) {
	for _, record := range []string{"", "{", "null", `{"number":99,"sha256":"x"}`, `{"number":1,"file":"Li4veA=="}`} {
		t.Run(record, func(t *testing.T) {
			folders := workspace(t)
			drop(t, folders, "march.csv", "a")
			if err := os.MkdirAll(folders.State, 0o750); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(movePath(folders.State), []byte(record), 0o640); err != nil {
				t.Fatal(err)
			}
			if err := receiveAll(disk.OS(), folders); err != nil {
				t.Fatalf("%q: %v", record, err)
			}
			if left := faulty.Tree(t, folders.State); len(left) > 0 {
				t.Errorf("%q: left in state %v", record, left)
			}
			if got, want := faulty.Tree(t, folders.Archive)["index.csv"], indexOf(Receipt{Number: 1, Received: received, Name: "march.csv", SHA256: sumOf("a"), Kind: "earnings"}); got != want {
				t.Errorf("%q: index.csv holds %q", record, got)
			}
		})
	}
}
