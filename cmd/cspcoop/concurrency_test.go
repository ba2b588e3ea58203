//go:build unix

package main

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// processes is how many share a workspace.
const processes = 8

// TestProcessesShareAWorkspace lets several processes run at once, again and
// again, while somebody reads the statements. (Not on Windows, which renames no
// folder that is being read.)
func TestProcessesShareAWorkspace(t *testing.T) {
	t.Parallel()
	dir, alone := newWorkspace(t), newWorkspace(t)
	set := filepath.Join(dir, "statements", crashAsOf)
	seen := map[string]bool{"": true} // before the first run there is no set
	var names []string
	for round := range rounds(10, 100) {
		good := fmt.Sprintf("month/%03d.csv", round)
		content := fmt.Appendf(nil, "earningId,participantId,programName,earningType,earningDate,earningAmountUSD,transactionCurrency,earningAmount\n"+
			"e%d,4400123,CSP Indirect Reseller,Coop,2019-03-31,100.01,USD,100.01\n", round)
		names = append(names, good)
		for _, w := range []string{dir, alone} {
			dropFile(t, w, good, content)
			dropFile(t, w, fmt.Sprintf("bad/%03d.csv", round), fmt.Appendf(nil, "month %d, no report\n", round))
		}
		statuses := runTogether(t, dir, func() {
			digest, err := look(set)
			if err != nil {
				t.Error(err)
			}
			seen[digest] = true
		})
		refused := 0
		for _, status := range statuses {
			switch status {
			case exitDone, exitHeld:
			case exitRefused:
				refused++
			default:
				t.Errorf("round %d: exit status %d", round, status)
			}
		}
		if refused != 1 {
			t.Errorf("round %d: %d runs refused the file of which there is one: %v", round, refused, statuses)
		}
		last, err := look(set)
		if err != nil || last == "" {
			t.Fatalf("round %d: the set is %q, %v", round, last, err)
		}
		delete(seen, last)
		if len(seen) > 1 {
			t.Errorf("round %d: readers saw %d sets besides the finished one", round, len(seen))
		}
		seen = map[string]bool{last: true}
	}
	if got := received(t, dir); !slices.Equal(got, names) {
		t.Errorf("received are %v, want each file once: %v", got, names)
	}
	mustRun(t, exitRefused, "run", "--workspace", alone, "--as-of", crashAsOf)
	want, got := snapshot(t, alone), snapshot(t, dir)
	delete(want, "archive/index.csv") // received in one run
	delete(got, "archive/index.csv")
	if !maps.Equal(got, want) {
		t.Errorf("the workspace holds\n%v\nwant what one run makes of the same files\n%v", got, want)
	}
}

// runTogether starts the processes at once, calls meanwhile until all of them
// have ended, and returns their exit statuses.
func runTogether(t *testing.T, dir string, meanwhile func()) []int {
	t.Helper()
	ended := make(chan int)
	for range processes {
		cmd := exec.Command("cspcoop", "run", "--quiet", "--workspace", dir, "--as-of", crashAsOf)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		go func() {
			_ = cmd.Wait() // the status says it
			ended <- cmd.ProcessState.ExitCode()
		}()
	}
	var statuses []int
	for len(statuses) < processes {
		select {
		case status := <-ended:
			statuses = append(statuses, status)
		default:
			meanwhile()
		}
	}
	return statuses
}

// look reads a statement set as its readers do and returns a digest of all that is
// in it, "" where there is none. What it reads from a set that is replaced in
// this moment does not count: it looks again.
func look(set string) (string, error) {
	for {
		root, err := os.OpenRoot(set)
		if errors.Is(err, fs.ErrNotExist) {
			return "", nil
		}
		if err != nil {
			return "", err
		}
		digest, err := digestOf(root.FS())
		// While root is open, no other folder can be mistaken for this one.
		replaced := !stillThere(root, set)
		root.Close()
		if !replaced {
			return digest, err
		}
	}
}

func stillThere(root *os.Root, path string) bool {
	opened, err := root.Stat(".")
	if err != nil {
		return false
	}
	now, err := os.Stat(path)
	return err == nil && os.SameFile(opened, now)
}

func digestOf(set fs.FS) (string, error) {
	hash := sha256.New()
	err := fs.WalkDir(set, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(set, path)
		fmt.Fprintf(hash, "%q %x\n", path, sha256.Sum256(content))
		return err
	})
	return hex.EncodeToString(hash.Sum(nil)), err
}

// received lists the names in archive/index.csv.
func received(t *testing.T, dir string) []string {
	t.Helper()
	index, err := os.ReadFile(filepath.Join(dir, "archive", "index.csv"))
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(strings.NewReader(string(index))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, r := range records[1:] {
		names = append(names, r[2])
	}
	return names
}
