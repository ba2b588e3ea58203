package main

import (
	"io"
	"os"
	"path/filepath"
	"time"

	"cspcoop/calc"
	"cspcoop/importer/disk"

	"github.com/spf13/cobra"
)

// app is one invocation: its streams and the flags that every command knows.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	disk           disk.Disk // what a run changes the workspace through
	status         *int      // exit status of a command that ended without an error
	write          writeSet  // report.Write if nil

	workspace string
	asOf      string
	asJSON    bool
	quiet     bool
	verbose   bool
}

func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "cspcoop",
		Short: "Reconcile Microsoft CSP rebate and co-op, and say what must be claimed by when",
		Long: `cspcoop reads the CSP earnings exports in a workspace's inbox, splits rebate
from co-op, totals co-op for each six-month earning period, decides what is paid
automatically and what must be claimed, and writes statements with the deadlines
as PDF and XLSX.

Start with "cspcoop demo", or "cspcoop init" for a workspace of your own.`,
		Example: `  # See it work on sample exports
  cspcoop demo

  # Statements of your own exports
  cspcoop init books
  cspcoop run --workspace books`,
		Version:       version,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          unknownCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(flagError(root))
	flags := root.PersistentFlags()
	flags.BoolVar(&a.quiet, "quiet", false, "print errors only")
	flags.BoolVar(&a.verbose, "verbose", false, "say what each step does")
	root.AddCommand(
		a.in(a.initCommand()), a.in(a.sealCommand()), a.in(a.withdrawCommand()), a.in(a.scheduleCommand()), a.in(a.sqlCommand()),
		a.in(a.answering(a.verifyCommand())), a.in(a.answering(a.diffCommand())), a.in(a.dated(a.runCommand())), a.dated(a.demoCommand()),
		a.in(a.dated(a.answering(a.checkCommand()))), a.in(a.dated(a.answering(a.statusCommand()))), a.in(a.dated(a.answering(a.explainCommand()))),
		a.schemaCommand(), a.versionCommand())
	root.SetHelpCommand(a.helpCommand(root))
	root.SetUsageTemplate(withTopics(root.UsageTemplate()))
	root.AddCommand(a.manualCommand(root))
	root.SetVersionTemplate(versionText())
	root.InitDefaultCompletionCmd()
	if c, _, err := root.Find([]string{"completion"}); err == nil {
		c.Example = completionExamples
	}
	for _, c := range root.Commands() {
		c.Args = usageArgs(c.Args)
		for _, below := range c.Commands() {
			below.Args = usageArgs(nil)
		}
	}
	printHelp := root.HelpFunc()
	root.SetHelpFunc(func(c *cobra.Command, args []string) {
		if c.Parent() == root {
			c.Long = reflowed(c.Long)
		}
		printHelp(c, args)
	})
	return root
}

// unknownCommand says that what is in a command's place is none.
func unknownCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	commands, topics := helpNames(root)
	if meant := nearest(args[0], commands); meant != "" {
		return usage("there is no command %q; did you mean %q?", args[0], meant)
	}
	if meant := nearest(args[0], topics); meant != "" {
		return usage("there is no command %q; \"cspcoop help %s\" prints that topic", args[0], meant)
	}
	return usage("there is no command %q; \"cspcoop help\" lists them", args[0])
}

// usageArgs makes an error about arguments one of the command line.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if check == nil {
			check = takes(0, 0)
		}
		if err := check(cmd, args); err != nil {
			return usageError{err}
		}
		return nil
	}
}

// dir returns the workspace that the flags name.
func (a *app) dir() string {
	switch env := os.Getenv("CSPCOOP_WORKSPACE"); {
	case a.workspace != "":
		return a.workspace
	case env != "":
		return env
	}
	return "."
}

// open reads the configuration of the workspace.
func (a *app) open() (*workspace, error) {
	dir, err := filepath.Abs(a.dir())
	if err != nil {
		return nil, err
	}
	return openWorkspace(dir)
}

// opened returns what runs a command in its workspace.
func (a *app) opened(run func(cmd *cobra.Command, w *workspace, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		w, err := a.open()
		if err != nil {
			return err
		}
		return run(cmd, w, args)
	}
}

// day returns the as-of date: the flag's, else today in the configured zone.
func (a *app) day(w *workspace) (calc.Date, error) {
	if a.asOf == "" {
		return calc.DateOf(time.Now().In(w.zone)), nil
	}
	day, err := calc.ParseDate(a.asOf)
	if err != nil {
		return day, usage("--as-of: %w", err)
	}
	if y := day.Time().Year(); y < 2000 || y > 2099 {
		return day, usage("--as-of: %s is outside 2000-01-01 to 2099-12-31", a.asOf)
	}
	return day, nil
}
