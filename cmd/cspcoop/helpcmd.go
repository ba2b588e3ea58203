package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"cspcoop/cmd/cspcoop/help"

	"github.com/spf13/cobra"
)

// helpCommand explains a command or prints a topic.
func (a *app) helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND or TOPIC]",
		Short: "Explain a command, or print a topic of the reference",
		Example: `  # What does a finding mean?
  cspcoop help findings

  # How is a command used?
  cspcoop help explain`,
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) (names []string, _ cobra.ShellCompDirective) {
			if len(args) == 0 {
				for _, c := range root.Commands() {
					if c.IsAvailableCommand() {
						names = append(names, cobra.CompletionWithDesc(c.Name(), c.Short))
					}
				}
				for _, t := range help.Topics() {
					names = append(names, cobra.CompletionWithDesc(t.Name, t.Summary))
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return root.Help()
			}
			if topic, ok := help.Find(args[0]); ok {
				fmt.Fprint(a.stdout, help.Print(topic.Markdown(), help.Width, styleOf(a.stdout).bold))
				return nil
			}
			if cmd, _, err := root.Find(args); err == nil && cmd != root {
				cmd.InitDefaultHelpFlag()
				return cmd.Help()
			}
			commands, topics := helpNames(root)
			if meant := nearest(args[0], append(commands, topics...)); meant != "" {
				return usage("there is no command or topic %q; did you mean %q?", args[0], meant)
			}
			return usage("there is no command or topic %q; \"cspcoop help\" lists them", args[0])
		},
	}
}

// manualCommand writes the sources of the man pages, for packages.
func (a *app) manualCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:    "manual DIR",
		Short:  "Write the Markdown of the man pages, NAME.SECTION.md, to a folder",
		Hidden: true,
		Args:   takes(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			for _, c := range root.Commands() {
				c.Long = reflowed(c.Long)
			}
			for name, text := range help.Manual(root) {
				if err := os.WriteFile(filepath.Join(args[0], name+".md"), []byte(text), 0o644); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// helpNames lists what help explains.
func helpNames(root *cobra.Command) (commands, topics []string) {
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			commands = append(commands, c.Name())
		}
	}
	for _, t := range help.Topics() {
		topics = append(topics, t.Name)
	}
	return commands, topics
}

// withTopics adds the topics to what help lists below the commands.
func withTopics(template string) string {
	var b strings.Builder
	b.WriteString("{{if not .HasParent}}\n\nHelp topics, \"cspcoop help TOPIC\":")
	for _, t := range help.Topics() {
		fmt.Fprintf(&b, "\n  %-14s %s", t.Name, t.Summary)
	}
	b.WriteString("{{end}}")
	const flags = "{{if .HasAvailableLocalFlags}}"
	template = strings.ReplaceAll(template, ".FlagUsages", ".FlagUsagesWrapped 80")
	return strings.Replace(template, flags, b.String()+flags, 1)
}
