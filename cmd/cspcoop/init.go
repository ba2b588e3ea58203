package main

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"cspcoop/calc"
	"cspcoop/importer/disk"
	"cspcoop/report/xlsx"

	"github.com/spf13/cobra"
)

//go:embed cspcoop.toml
var defaultToml []byte

func (a *app) initCommand() *cobra.Command {
	var rules string
	cmd := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Make a workspace: folders, a commented cspcoop.toml and templates",
		Example: `  # A workspace for your own exports
  cspcoop init own

  # The folders that a workspace lacks, for instance after a restore
  cspcoop init own`,
		Args:              takes(0, 1),
		ValidArgsFunction: folders,
		RunE: func(_ *cobra.Command, args []string) error {
			dir := a.dir()
			if len(args) == 1 {
				dir = args[0]
			}
			if err := makeWorkspace(dir, rules); err != nil {
				return err
			}
			a.say("the workspace %s is ready: drop exports into %s and run \"cspcoop run --workspace %s\"", dir, filepath.Join(dir, "inbox"), dir)
			return nil
		},
	}
	cmd.Flags().StringVar(&rules, "rules", "", fmt.Sprintf("`SET` of rules to write into cspcoop.toml: %s; see \"cspcoop help rules\"", strings.Join(ruleSets(), " or ")))
	return cmd
}

// ruleSets lists the words for rule_set, the default first.
func ruleSets() []string {
	var names []string
	for _, s := range calc.RuleSets() {
		names = append(names, s.Name)
	}
	return names
}

// ruleSetDefault is the line of the template that another rule set replaces.
const ruleSetDefault = `# rule_set = "` + calc.GuideSet + `"`

// newConfig returns a new cspcoop.toml with a rule set, "" for the default. One
// that is there stays as it is, and has to have that rule set already.
func newConfig(path, rules string) ([]byte, error) {
	if rules == "" {
		return defaultToml, nil
	}
	if _, known := calc.RuleSetOf(rules); !known {
		return nil, usage("--rules %s: use %s", rules, strings.Join(ruleSets(), " or "))
	}
	if _, err := os.Lstat(path); err == nil {
		c, err := readConfig(path)
		if err == nil && c.RuleSet != rules {
			err = usage("%s is there already, with the rules of %s, and init never overwrites it; write rule_set = %q into it", path, c.RuleSet, rules)
		}
		return nil, err
	}
	if rules == calc.GuideSet {
		return defaultToml, nil
	}
	return bytes.Replace(defaultToml, []byte(ruleSetDefault), fmt.Appendf(nil, "rule_set = %q", rules), 1), nil
}

// makeWorkspace makes what is missing of a workspace.
func makeWorkspace(dir, rules string) error {
	d := disk.OS()
	w := &workspace{dir: dir}
	config, err := newConfig(w.path("cspcoop.toml"), rules)
	if err != nil {
		return err
	}
	if err := disk.MkdirAll(d, dir); err != nil {
		return err
	}
	if err := w.makeFolders(d); err != nil {
		return err
	}
	if err := writeNew(d, w.path("cspcoop.toml"), config); err != nil {
		return err
	}
	years := []int{calc.GuideYear, calc.Today}
	if c, err := readConfig(w.path("cspcoop.toml")); err == nil && c.RuleSet != calc.GuideSet {
		years = years[1:]
	}
	var template bytes.Buffer
	known := calc.KnownActivities()
	lists := xlsx.TemplateLists{Categories: known.CategoryNames(years...), Activities: known.ActivityNames(years...), Statuses: calc.ClaimStatusNames()}
	if err := xlsx.ClaimsTemplate(&template, lists); err != nil {
		return err
	}
	if err := writeNew(d, w.path("claims-template.xlsx"), template.Bytes()); err != nil {
		return err
	}
	return writeNew(d, w.path(controlsFile), controlsTemplate())
}

// writeNew writes a file unless it is there already.
func writeNew(d disk.Disk, path string, content []byte) error {
	_, err := os.Lstat(path)
	switch {
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: %w", path, err)
	}
	return disk.WriteFile(d, path, content)
}
