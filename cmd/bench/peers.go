package main

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:embed peers
var peerScripts embed.FS

// nodePackages are the peers that npm installs, by the versions that the
// README's table was measured with.
var nodePackages = []string{"@duckdb/node-api@1.5.6-r.1", "chdb@3.4.0"}

// peers are the programs beside which cspcoop is measured.
type peers struct {
	dir      string
	absent   map[string]string // why a peer is not there, by script
	python   string
	versions []string
}

// installPeers writes the peers' scripts to dir, installs what npm has, and
// looks which Python packages are there already; where only installed ones are
// wanted, it installs none.
func installPeers(ctx context.Context, dir string, installed bool) (*peers, error) {
	p := &peers{dir: dir, absent: map[string]string{}}
	scripts, err := peerScripts.ReadDir("peers")
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	for _, s := range scripts {
		content, err := peerScripts.ReadFile("peers/" + s.Name())
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(dir, s.Name()), content, 0o644); err != nil {
			return nil, err
		}
	}
	npm := append([]string{"npm", "install", "--prefix", dir, "--no-audit", "--no-fund", "--silent"}, nodePackages...)
	_, err = os.Stat(filepath.Join(dir, "node_modules", "@duckdb"))
	if !installed {
		_, _, err = timed(ctx, npm, nil)
	}
	if err != nil {
		why := "npm could not install "
		if installed {
			why = "not installed: "
		}
		p.absent["duckdb.mjs"] = why + "@duckdb/node-api"
		p.absent["clickhouse.cjs"] = why + "chdb"
	} else {
		p.versions = append(p.versions, "DuckDB "+nodeVersion(dir, "@duckdb/node-api"), "ClickHouse chdb "+nodeVersion(dir, "chdb"))
	}
	p.findPython(ctx, "balances.py", "pandas")
	p.findPython(ctx, "statements.py", "pandas", "xlsxwriter", "reportlab")
	return p, nil
}

// findPython looks in the folders of PATH for a Python that has the modules of a script.
func (p *peers) findPython(ctx context.Context, script string, modules ...string) {
	const versions = "import sys, importlib.metadata as m; print(', '.join(name + ' ' + m.version(name) for name in sys.argv[1:]))"
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		python := filepath.Join(dir, "python3")
		if out, err := exec.CommandContext(ctx, python, append([]string{"-c", versions}, modules...)...).Output(); err == nil {
			p.python = python
			p.versions = append(p.versions, strings.TrimSpace(string(out)))
			return
		}
	}
	p.absent[script] = "no python3 here has " + strings.Join(modules, ", ")
}

func nodeVersion(dir, name string) string {
	var about struct{ Version string }
	content, err := os.ReadFile(filepath.Join(dir, "node_modules", name, "package.json"))
	if err != nil || json.Unmarshal(content, &about) != nil {
		return "of unknown version"
	}
	return about.Version
}

// contender makes a peer of one of the scripts.
func (p *peers) contender(name string, most float64, script string, args ...string) *contender {
	program := "node"
	if strings.HasSuffix(script, ".py") {
		program = p.python
	}
	return &contender{
		name: name, most: most, absent: p.absent[script],
		command: append([]string{program, filepath.Join(p.dir, script)}, args...),
	}
}

// goVersion returns what built the measured program.
func goVersion(ctx context.Context, program string) (string, error) {
	out, err := exec.CommandContext(ctx, program, "version").Output()
	if err != nil {
		return "", fmt.Errorf("%s does not start; build it with make build: %w", program, err)
	}
	return strings.Join(strings.Split(strings.TrimSpace(string(out)), "\n"), ", "), nil
}
