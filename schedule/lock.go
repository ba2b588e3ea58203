package schedule

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// A Holder says which run holds a workspace.
type Holder struct {
	PID  int    `json:"pid"`
	Host string `json:"host"`
	// Since is when the run took the workspace, in UTC and whole seconds.
	Since   time.Time `json:"since"`
	Command string    `json:"command"`
}

// A HeldError says that another run holds the workspace.
type HeldError struct {
	// Holder is the zero value in the moment in which the other run has not said who it is.
	Holder Holder
}

func (e *HeldError) Error() string {
	if e.Holder == (Holder{}) {
		return "another run holds the workspace; wait until it has ended"
	}
	return fmt.Sprintf("another run holds the workspace: %s, process %d on %s since %s; wait until it has ended",
		e.Holder.Command, e.Holder.PID, e.Holder.Host, e.Holder.Since.Format("2 Jan 2006 15:04:05 UTC"))
}

// A Lock is the hold of one run on a workspace. The system lets go of it when the process ends, however that
// happens, so none is ever stale.
type Lock struct {
	file   *flock.Flock
	holder string
}

// Acquire takes the workspace whose state folder this is, for the command that began at since. A *HeldError says
// who has it.
//
// lock.json beside it says who holds it, since Windows lets nobody read a locked file.
func Acquire(stateDir, command string, since time.Time) (*Lock, error) {
	if err := os.MkdirAll(stateDir, 0o750); err != nil {
		return nil, fmt.Errorf("the workspace cannot be locked: %w", err)
	}
	l := &Lock{
		file:   flock.New(filepath.Join(stateDir, "lock"), flock.SetPermissions(0o640)),
		holder: filepath.Join(stateDir, "lock.json"),
	}
	if err := regular(l.file.Path()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("the workspace cannot be locked: %w", err)
	}
	if err := take(l.file.TryLock, l.holder); err != nil {
		return nil, err
	}
	if err := l.introduce(command, since); err != nil {
		l.file.Unlock()
		return nil, fmt.Errorf("the workspace cannot be locked: %w", err)
	}
	return l, nil
}

// Hold takes the workspace for a command that leaves no trace in it, if any run was ever there; a *HeldError says who
// has it.
func Hold(stateDir string) (*Lock, error) {
	path := filepath.Join(stateDir, "lock")
	if err := regular(path); errors.Is(err, fs.ErrNotExist) {
		return &Lock{file: flock.New(path)}, nil
	} else if err != nil {
		return nil, fmt.Errorf("the workspace cannot be locked: %w", err)
	}
	l := &Lock{file: flock.New(path, flock.SetFlag(os.O_RDONLY))}
	if err := take(l.file.TryRLock, filepath.Join(stateDir, "lock.json")); err != nil {
		return nil, err
	}
	return l, nil
}

// take takes a lock, or returns a *HeldError with who has it. Over SMB a lock that
// another machine has is refused as if a permission were missing, though the file
// could be opened.
func take(try func() (bool, error), holder string) error {
	free, err := try()
	var opening *fs.PathError
	held := errors.Is(err, fs.ErrPermission) && !errors.As(err, &opening)
	switch {
	case err != nil && !held:
		return fmt.Errorf("the workspace cannot be locked: %w", err)
	case !free:
		return &HeldError{readHolder(holder)}
	}
	return nil
}

// Release lets the next run have the workspace. The lock file itself stays: were it removed, two runs could hold
// two files of that name.
func (l *Lock) Release() error {
	// Gone before the lock is: nobody reads it as the next run's. Where it cannot go, it is as after a crash.
	if l.holder != "" {
		_ = os.Remove(l.holder)
	}
	return l.file.Unlock()
}

// introduce says who holds the workspace. It needs no flush: after a power failure nobody does.
func (l *Lock) introduce(command string, since time.Time) error {
	host, err := os.Hostname()
	if err != nil {
		host = "an unnamed machine"
	}
	content, err := json.Marshal(Holder{os.Getpid(), host, since.UTC().Truncate(time.Second), command})
	if err != nil {
		return err
	}
	_ = os.Remove(l.holder) // whatever has its name: writing into a FIFO would wait
	return os.WriteFile(l.holder, append(content, '\n'), 0o640)
}

// readHolder is the zero Holder when the file is missing or half written.
func readHolder(path string) Holder {
	var holder Holder
	content, err := readFile(path)
	if err != nil || json.Unmarshal(content, &holder) != nil {
		return Holder{}
	}
	return holder
}

// regular is an error unless the path is that of a regular file: opening a FIFO or a device can wait for ever.
func regular(path string) error {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is no regular file; remove it", path)
	}
	return err
}

// readFile reads a regular file.
func readFile(path string) ([]byte, error) {
	if err := regular(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}
