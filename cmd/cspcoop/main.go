// Command cspcoop reconciles Microsoft CSP incentive exports: it imports what
// is in a workspace's inbox, splits rebate from co-op, decides what is paid
// automatically and what must be claimed by when, and writes statements.
//
// "cspcoop help" lists the commands and the topics of the reference.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"cspcoop/cmd/cspcoop/publish"
	"cspcoop/importer/disk"
	"cspcoop/schedule"
)

// Exit statuses, as scripts rely on them.
const (
	exitDone    = 0
	exitFailed  = 1 // no statement was written or changed
	exitUsage   = 2 // command line or configuration wrong, or the set is sealed; nothing was touched
	exitRefused = 3 // done, and at least one file was refused
	exitHeld    = 4 // another run holds the workspace
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the whole program; tests call it in process.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := &app{stdin: stdin, stdout: stdout, stderr: stderr, disk: disk.OS()}
	return a.execute(ctx, args)
}

// execute runs the command that args name and returns its exit status.
func (a *app) execute(ctx context.Context, args []string) int {
	status := exitDone
	a.status = &status
	root := newRoot(a)
	root.SetArgs(args)
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	if err := root.ExecuteContext(ctx); err != nil {
		const prefix = "cspcoop: " // further lines begin below the first
		fmt.Fprintln(a.stderr, prefix+strings.ReplaceAll(visibleLines(inPlainWords(err)), "\n", "\n"+strings.Repeat(" ", len(prefix))))
		return statusOf(err)
	}
	return status
}

// inPlainWords returns an error's text with the system's words on files and
// interruptions replaced.
func inPlainWords(err error) string {
	text := strings.ReplaceAll(err.Error(), context.Canceled.Error(), "interrupted")
	if file, ok := errors.AsType[*fs.PathError](err); ok {
		plain := fmt.Sprintf("%s cannot be used: %s", file.Path, file.Err)
		switch {
		case errors.Is(file, fs.ErrNotExist):
			plain = fmt.Sprintf("there is no %s", file.Path)
		case errors.Is(file, fs.ErrPermission):
			plain = fmt.Sprintf("no permission to use %s", file.Path)
		case errors.Is(file, syscall.ENOTDIR):
			plain = fmt.Sprintf("%s is below a file, which is no folder", file.Path)
		case errors.Is(file, syscall.EISDIR):
			plain = fmt.Sprintf("%s is a folder, not a file", file.Path)
		}
		text = strings.ReplaceAll(text, file.Error(), plain)
	}
	return text
}

// usageError marks an error of the command line or the configuration.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

func statusOf(err error) int {
	var (
		wrong   usageError
		sealed  *publish.SealedError
		refused *publish.RefusedError
		held    *schedule.HeldError
	)
	switch {
	case errors.As(err, &held):
		return exitHeld
	case errors.As(err, &wrong), errors.As(err, &sealed), errors.As(err, &refused):
		return exitUsage
	}
	return exitFailed
}
