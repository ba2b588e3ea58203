//go:build unix

package main

import (
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"cspcoop/importer/disk"
	"cspcoop/schedule"
)

// TestHostileNames drops good and bad files under names that no one would choose,
// and beside them what is no file at all.
func TestHostileNames(t *testing.T) {
	t.Parallel()
	dir := newWorkspace(t)
	outside := filepath.Join(filepath.Dir(dir), "outside.csv")
	good, err := os.ReadFile(filepath.Join("..", "..", "fixtures", "guide", "guide-5000.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(outside, good, 0o600); err != nil {
		t.Fatal(err)
	}
	names := []string{
		"two\nlines.csv", "back\\slash.csv", "..csv.csv ", "...", "-rf", "=1+1.csv", "CON.csv", "a:b.csv", "\u202evsc.csv", "bell\a.csv",
		strings.Repeat("n", 251) + ".csv", strings.Repeat("deep/", 40) + "x.csv", "report.csv.reason.txt", "folder.csv/inner.csv", "%s%n.csv",
	}
	if err := os.WriteFile(filepath.Join(dir, "inbox", "\xff\xfe.csv"), good, 0o600); err == nil {
		names = append(names, "\xff\xfe.csv") // where the file system takes any bytes
	}
	hidden := []string{"...", "..csv.csv "} // begin with a dot: ignored
	for _, name := range names {
		dropFile(t, dir, name, good)
		dropFile(t, dir, filepath.Join("bad", name), []byte("not a report of "+name))
	}
	irregular := map[string]error{
		"pipe.csv":   syscall.Mkfifo(filepath.Join(dir, "inbox", "pipe.csv"), 0o600),
		"link.csv":   os.Symlink(outside, filepath.Join(dir, "inbox", "link.csv")),
		"up":         os.Symlink("..", filepath.Join(dir, "inbox", "up")),
		"zeroes.csv": os.Symlink("/dev/zero", filepath.Join(dir, "inbox", "zeroes.csv")),
	}
	for name, err := range irregular {
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}

	status, out, errs := command("run", "--workspace", dir, "--as-of", crashAsOf)
	if status != exitRefused {
		t.Fatalf("exit status %d\n%s%s", status, out, errs)
	}
	obeysNothing(t, "the terminal", out+errs)
	for name := range irregular {
		if !strings.Contains(errs, name+" is a ") {
			t.Errorf("%s is not reported: %s", name, errs)
		}
	}
	mustHold(t, filepath.Dir(dir), "books", "outside.csv")
	if content, err := os.ReadFile(outside); err != nil || string(content) != string(good) {
		t.Errorf("the file behind a link holds %q, %v", content, err)
	}
	left := leftInInbox(t, dir)
	want := slices.Collect(maps.Keys(irregular))
	for _, name := range hidden {
		want = append(want, name, filepath.Join("bad", name))
	}
	slices.Sort(want)
	if !slices.Equal(left, want) {
		t.Errorf("in the inbox is left %q, want %q", left, want)
	}
	taken, reasons := len(names)-len(hidden), 0
	if got := len(received(t, dir)); got != taken {
		t.Errorf("%d files are received, want %d", got, taken)
	}
	for name := range sumsBelow(t, filepath.Join(dir, "rejected")) {
		for part := range strings.SplitSeq(name, "/") {
			if disk.SafeName(part) != part {
				t.Errorf("%q among the rejected is no safe name", name)
			}
		}
		if strings.HasSuffix(name, ".reason.txt") {
			reasons++
		}
	}
	if reasons != taken {
		t.Errorf("%d reasons, want one for each of %d files", reasons, taken)
	}
	balances, err := os.ReadFile(filepath.Join(dir, "statements", crashAsOf, "balances.csv"))
	if err != nil || !strings.Contains(string(balances), "5000.00") {
		t.Errorf("balances.csv: %s, %v", balances, err)
	}
}

// leftInInbox lists all but folders, sorted.
func leftInInbox(t *testing.T, dir string) []string {
	t.Helper()
	var left []string
	inbox := filepath.Join(dir, "inbox")
	err := filepath.WalkDir(inbox, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name, _ := filepath.Rel(inbox, path)
			left = append(left, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(left)
	return left
}

// TestCheckOpensNoDevice would never end if it did.
func TestCheckOpensNoDevice(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "pipe.csv")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link.csv")
	if err := os.Symlink("/dev/zero", link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/dev/zero", pipe, link} {
		status, out, errs := command("check", path)
		if status != exitRefused || !strings.Contains(out, "is no regular file") {
			t.Errorf("check %s: exit status %d\n%s%s", path, status, out, errs)
		}
	}
}

// TestNoCommandWaitsForAFIFO puts a FIFO in the place of every file that is read:
// each command ends, and says what is wrong.
func TestNoCommandWaitsForAFIFO(t *testing.T) {
	t.Parallel()
	base := smallStage(t)
	mustRun(t, exitDone, "seal", crashAsOf, "--by", "Adele Vance", "--workspace", base)
	var original string
	for name := range sumsBelow(t, filepath.Join(base, "archive")) {
		if name != "index.csv" {
			original = name
		}
	}
	for _, c := range []struct {
		file string
		args []string
		want int
	}{
		{"cspcoop.toml", []string{"run"}, exitUsage},
		{acknowledgedFile, []string{"run"}, exitUsage},
		{"archive/index.csv", []string{"status"}, exitFailed},
		{"archive/" + original, []string{"status"}, exitFailed},
		{"archive/" + original, []string{"verify"}, exitFailed},
		{"state/lock", []string{"run"}, exitFailed},
		{"state/lock", []string{"run", "--dry-run"}, exitFailed},
		{"state/lock.json", []string{"run"}, exitDone},
		{"state/receiving.json", []string{"run"}, exitFailed},
		{"state/journal.json", []string{"status"}, exitFailed},
		{"state/heartbeat.json", []string{"status"}, exitDone},
		{"statements/" + crashAsOf + ".seal.json", []string{"status"}, exitFailed},
		{"statements/" + crashAsOf + "/run.json", []string{"run"}, exitFailed},
		{"statements/" + crashAsOf + "/balances.csv", []string{"diff", crashAsOf, crashAsOf}, exitFailed},
		{"statements/" + crashAsOf + "/summary.pdf", []string{"verify"}, exitFailed},
		{"statements", []string{"status"}, exitFailed},
		{"rejected/amount-text.csv", []string{"run"}, exitRefused},
	} {
		t.Run(c.file+" "+c.args[0], func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "books")
			if err := os.CopyFS(dir, os.DirFS(base)); err != nil {
				t.Fatal(err)
			}
			(&stage{dir: dir}).drop(t, map[string]string{"amount-text.csv": "broken/amount-text.csv"})
			if c.want != exitRefused {
				if err := os.Remove(filepath.Join(dir, "inbox", "amount-text.csv")); err != nil {
					t.Fatal(err)
				}
			}
			path := filepath.Join(dir, filepath.FromSlash(c.file))
			if err := os.RemoveAll(path); err != nil {
				t.Fatal(err)
			}
			if err := syscall.Mkfifo(path, 0o600); err != nil {
				t.Fatal(err)
			}
			args := append(slices.Clone(c.args), "--workspace", dir)
			if c.args[0] == "run" {
				args = append(args, "--as-of", "2019-11-30")
			}
			status, out, errs := command(args...)
			if status != c.want {
				t.Errorf("exit status %d, want %d\n%s%s", status, c.want, out, errs)
			}
			if c.want == exitFailed && !strings.Contains(out+errs, filepath.Base(c.file)) {
				t.Errorf("%s is not reported: %s%s", c.file, out, errs)
			}
		})
	}
}

// TestUnreadableFilesBlockNoOther runs as a user who may not read one file and one
// folder of the inbox.
func TestUnreadableFilesBlockNoOther(t *testing.T) {
	dir := newWorkspace(t)
	(&stage{dir: dir}).drop(t, map[string]string{
		"good.csv": "guide/guide-5000.csv", "secret.csv": "guide/guide-claim/earnings.csv", "closed/inner.csv": "guide/guide-claim/earnings.csv",
	})
	cmd := exec.Command("cspcoop", "run", "--workspace", dir, "--as-of", crashAsOf)
	cmd.Env = append(os.Environ(), "TMPDIR="+dir)
	if os.Getuid() == 0 { // who may read everything
		const nobody = 65534
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		open := func(path string, _ os.DirEntry, err error) error {
			if err == nil {
				err = os.Lchown(path, nobody, nobody)
			}
			return err
		}
		if err := filepath.WalkDir(dir, open); err != nil {
			t.Fatal(err)
		}
		program, err := filepath.EvalSymlinks(cmd.Path)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{dir, cmd.Path, program} {
			for up := filepath.Dir(path); up != "/" && up != os.TempDir(); up = filepath.Dir(up) {
				if err := os.Chmod(up, 0o755); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	for name, mode := range map[string]os.FileMode{"secret.csv": 0, "closed": 0} {
		path := filepath.Join(dir, "inbox", name)
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.Chmod(path, 0o700) })
	}
	said, err := cmd.CombinedOutput()
	if errors.Is(err, os.ErrPermission) {
		t.Skipf("another user cannot run the program: %v", err)
	}
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitRefused {
		t.Fatalf("%v\n%s", err, said)
	}
	for _, want := range []string{"secret.csv cannot be read", "closed cannot be read", "permission denied", "1 file with 12 rows"} {
		if !strings.Contains(string(said), want) {
			t.Errorf("the run does not say %q:\n%s", want, said)
		}
	}
}

// TestNoNoticeWaitsForAFIFO: a FIFO in the place of an attachment ends with a
// message, as a file does that cannot be read.
func TestNoNoticeWaitsForAFIFO(t *testing.T) {
	dir := newWorkspace(t)
	w, err := openWorkspace(dir)
	if err != nil {
		t.Fatal(err)
	}
	m := w.notice(schedule.Run{})
	if len(m.Attachments) == 0 {
		t.Fatal("nothing is attached")
	}
	for _, path := range m.Attachments {
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), syscall.Mkfifo(path, 0o600)); err != nil {
			t.Fatal(err)
		}
		if _, err := m.Read(path); err == nil || !strings.Contains(err.Error(), filepath.Base(path)) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
