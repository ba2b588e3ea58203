package main

import (
	"context"
	"os"
	"path/filepath"
)

// workspace makes a fresh workspace whose inbox holds the files. They are
// linked, not copied: a run only moves them.
func (b *bench) workspace(ctx context.Context, dir string, files ...string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if _, _, err := timed(ctx, []string{b.cspcoop, "init", dir}, nil); err != nil {
		return err
	}
	config := filepath.Join(dir, "cspcoop.toml")
	content, err := os.ReadFile(config)
	if err != nil {
		return err
	}
	if err := os.WriteFile(config, append([]byte("settle = \"0s\"\n"), content...), 0o644); err != nil {
		return err
	}
	return drop(dir, files...)
}

// drop puts files into a workspace's inbox.
func drop(dir string, files ...string) error {
	for _, f := range files {
		if err := os.Link(f, filepath.Join(dir, "inbox", filepath.Base(f))); err != nil {
			return err
		}
	}
	return nil
}

// runIn is the command that reconciles a workspace as of a day.
func (b *bench) runIn(dir, asOf string) []string {
	return []string{b.cspcoop, "run", "--quiet", "--workspace", dir, "--as-of", asOf}
}

// balancesIn reads the sums of a workspace's statement set.
func balancesIn(dir, asOf string) ([][]string, error) {
	content, err := os.ReadFile(filepath.Join(dir, "statements", asOf, "balances.csv"))
	if err != nil {
		return nil, err
	}
	return sums(content)
}

// documents counts the PDF and XLSX files of a statement set.
func documents(dir string) (int, error) {
	count := 0
	for _, pattern := range []string{"*.pdf", "*.xlsx", "partners/*/*.pdf", "partners/*/*.xlsx"} {
		found, err := filepath.Glob(filepath.Join(dir, "statements", asOf, pattern))
		if err != nil {
			return 0, err
		}
		count += len(found)
	}
	return count, nil
}
