//go:build unix

package inbox

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestScanReportsWhatIsNoFile(t *testing.T) {
	folders := workspace(t)
	outside := filepath.Join(filepath.Dir(folders.Inbox), "secret.csv")
	at := func(name string) string { return filepath.Join(folders.Inbox, name) }
	drop(t, folders, "march.csv", "a")
	drop(t, folders, "folder.csv/april.csv", "a")
	listener, err := net.Listen("unix", at("socket.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	err = errors.Join(
		os.WriteFile(outside, []byte("secret"), 0o640),
		os.Symlink(outside, at("link.csv")),
		os.Symlink("march.csv", at("inner.csv")),
		os.Symlink("..", at("up")),
		os.Symlink(outside, at(".hidden-link")),
		syscall.Mkfifo(at("pipe.csv"), 0o640),
	)
	if err != nil {
		t.Fatal(err)
	}
	found := scan(t, open(t, folders))
	if got, want := paths(found.Files), "folder.csv/april.csv march.csv"; got != want {
		t.Errorf("found %s, want %s", got, want)
	}
	var irregular []string
	for _, i := range found.Irregular {
		irregular = append(irregular, i.Path+": "+i.Kind)
	}
	want := "inner.csv: a link, link.csv: a link, pipe.csv: a named pipe, socket.csv: a socket, up: a link"
	if got := strings.Join(irregular, ", "); got != want {
		t.Errorf("reported %s, want %s", got, want)
	}
	if message := found.Irregular[0].String(); !strings.Contains(message, "put the file itself into the inbox") {
		t.Errorf("message %q does not say what to do", message)
	}
}

func TestOpenTakesNoSubstitute(t *testing.T) {
	substitutes := map[string]func(path, outside string) error{
		"link out of the inbox": func(path, outside string) error { return os.Symlink(outside, path) },
		"link within the inbox": func(path, _ string) error { return os.Symlink("other.csv", path) },
		"named pipe":            func(path, _ string) error { return syscall.Mkfifo(path, 0o640) },
		"folder":                func(path, _ string) error { return os.Mkdir(path, 0o750) },
		"nothing":               func(string, string) error { return nil },
	}
	for name, substitute := range substitutes {
		t.Run(name, func(t *testing.T) {
			folders := workspace(t)
			outside := filepath.Join(filepath.Dir(folders.Inbox), "secret.csv")
			if err := os.WriteFile(outside, []byte("a"), 0o640); err != nil {
				t.Fatal(err)
			}
			drop(t, folders, "march.csv", "a")
			drop(t, folders, "other.csv", "a")
			box := open(t, folders)
			f := find(t, box, "march.csv")
			path := filepath.Join(folders.Inbox, "march.csv")
			if err := errors.Join(os.Remove(path), substitute(path, outside)); err != nil {
				t.Fatal(err)
			}
			if opened, err := box.open(f); !errors.Is(err, ErrGrowing) {
				t.Errorf("opened %v with error %v, want ErrGrowing", opened, err)
			}
		})
	}
}

func TestInboxMayBeALinkToAShare(t *testing.T) {
	folders := workspace(t)
	drop(t, folders, "march.csv", "a")
	link := filepath.Join(t.TempDir(), "inbox")
	if err := os.Symlink(folders.Inbox, link); err != nil {
		t.Fatal(err)
	}
	folders.Inbox = link
	if got := paths(scan(t, open(t, folders)).Files); got != "march.csv" {
		t.Errorf("found %q", got)
	}
}
