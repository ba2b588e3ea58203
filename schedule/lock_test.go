package schedule

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

var since = time.Date(2020, 10, 5, 6, 0, 0, 0, time.UTC)

// The test binary runs itself again as other processes that want the lock.
const (
	lockDirVariable  = "CSPCOOP_TEST_LOCK_DIR"
	lockRoleVariable = "CSPCOOP_TEST_LOCK_ROLE"
)

func TestMain(m *testing.M) {
	dir := os.Getenv(lockDirVariable)
	var err error
	switch os.Getenv(lockRoleVariable) {
	case "hold":
		err = holdUntilKilled(dir)
	case "count":
		err = countUnderLock(dir)
	default:
		os.Exit(m.Run())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func child(t *testing.T, role, dir string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), lockRoleVariable+"="+role, lockDirVariable+"="+dir)
	cmd.Stderr = os.Stderr
	return cmd
}

func holdUntilKilled(dir string) error {
	if _, err := Acquire(dir, "cspcoop run", since); err != nil {
		return err
	}
	fmt.Println("held")
	_, err := io.Copy(io.Discard, os.Stdin)
	return err
}

func TestSecondRunIsToldWhoHoldsTheWorkspace(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	lock, err := Acquire(dir, "cspcoop run", since)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Acquire(dir, "cspcoop schedule", since.Add(time.Minute))
	var held *HeldError
	if !errors.As(err, &held) {
		t.Fatalf("the second run got %v, want a HeldError", err)
	}
	if held.Holder.PID != os.Getpid() || held.Holder.Command != "cspcoop run" || !held.Holder.Since.Equal(since) {
		t.Errorf("holder is %+v", held.Holder)
	}
	for _, want := range []string{"cspcoop run", strconv.Itoa(os.Getpid()), "5 Oct 2020 06:00:00 UTC"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("message %q does not say %q", err, want)
		}
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	again, err := Acquire(dir, "cspcoop run", since)
	if err != nil {
		t.Fatalf("after the release: %v", err)
	}
	if err := again.Release(); err != nil {
		t.Fatal(err)
	}
}

func TestHolderThatHasNotIntroducedItself(t *testing.T) {
	dir := t.TempDir()
	lock, err := Acquire(dir, "cspcoop run", since)
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Release()
	if err := os.WriteFile(filepath.Join(dir, "lock.json"), []byte(`{"pid":47`), 0o640); err != nil {
		t.Fatal(err)
	}
	_, err = Acquire(dir, "cspcoop run", since)
	var held *HeldError
	if !errors.As(err, &held) || held.Holder != (Holder{}) || strings.Contains(err.Error(), "0001") {
		t.Errorf("got %v, want a HeldError without a holder", err)
	}
}

// TestRefusedLock proves what a run makes of a lock that the system refuses: over SMB
// that is how it says that another machine has it.
func TestRefusedLock(t *testing.T) {
	for _, c := range []struct {
		name string
		free bool
		err  error
		held bool
		want string
	}{
		{name: "free", free: true},
		{name: "held", held: true},
		{name: "held over SMB", err: syscall.EACCES, held: true},
		{name: "may not be opened", err: &os.PathError{Op: "open", Path: "lock", Err: syscall.EACCES}, want: "cannot be locked"},
		{name: "no locks on this file system", err: syscall.ENOTSUP, want: "cannot be locked"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := take(func() (bool, error) { return c.free, c.err }, filepath.Join(t.TempDir(), "lock.json"))
			var held *HeldError
			switch {
			case errors.As(err, &held) != c.held:
				t.Errorf("got %v", err)
			case !c.held && (err == nil) != (c.want == ""), c.want != "" && !strings.Contains(err.Error(), c.want):
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestLockDiesWithItsProcess(t *testing.T) {
	dir := t.TempDir()
	holder := child(t, "hold", dir)
	stdin, err := holder.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	stdout, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(stdout).ReadString('\n'); line != "held\n" {
		t.Fatalf("the other process says %q, %v", line, err)
	}
	var held *HeldError
	if _, err := Acquire(dir, "cspcoop run", since); !errors.As(err, &held) {
		t.Fatalf("while it is held elsewhere: %v", err)
	}
	if held.Holder.PID != holder.Process.Pid {
		t.Errorf("holder is %+v, want process %d", held.Holder, holder.Process.Pid)
	}
	if err := holder.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := holder.Wait(); err == nil {
		t.Fatal("the other process ended by itself")
	}
	lock, err := Acquire(dir, "cspcoop run", since)
	if err != nil {
		t.Fatalf("after the holder was killed: %v", err)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
}

const (
	contenders = 8
	rounds     = 50
)

// countUnderLock adds to a number in a file that only the lock protects.
func countUnderLock(dir string) error {
	for range rounds {
		lock, err := acquirePatiently(dir)
		if err != nil {
			return err
		}
		if err := addOne(filepath.Join(dir, "count")); err != nil {
			return err
		}
		if err := lock.Release(); err != nil {
			return err
		}
	}
	return nil
}

func acquirePatiently(dir string) (*Lock, error) {
	for {
		lock, err := Acquire(dir, "cspcoop run", since)
		var held *HeldError
		if !errors.As(err, &held) {
			return lock, err
		}
	}
}

func addOne(path string) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(string(content))
	if err != nil {
		return err
	}
	return os.WriteFile(path, []byte(strconv.Itoa(n+1)), 0o640)
}

func TestEightProcessesTakeTurns(t *testing.T) {
	dir := t.TempDir()
	count := filepath.Join(dir, "count")
	if err := os.WriteFile(count, []byte("0"), 0o640); err != nil {
		t.Fatal(err)
	}
	var others sync.WaitGroup
	for range contenders {
		others.Go(func() {
			if err := child(t, "count", dir).Run(); err != nil {
				t.Error(err)
			}
		})
	}
	others.Wait()
	content, err := os.ReadFile(count)
	if err != nil {
		t.Fatal(err)
	}
	if want := strconv.Itoa(contenders * rounds); string(content) != want {
		t.Errorf("counted %s, want %s: two held the lock at once", content, want)
	}
}
