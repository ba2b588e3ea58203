package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Flags that some commands have; a command has those that mean something to it.
const (
	workspaceFlag = "workspace"
	asOfFlag      = "as-of"
)

// in adds the flag that names the workspace.
func (a *app) in(cmd *cobra.Command) *cobra.Command {
	cmd.Flags().StringVar(&a.workspace, workspaceFlag, "", "workspace `DIR` (default: $CSPCOOP_WORKSPACE, else the current folder)")
	complete(cmd, workspaceFlag, folders)
	return cmd
}

// dated adds the flag that names the as-of date.
func (a *app) dated(cmd *cobra.Command) *cobra.Command {
	cmd.Flags().Var((*dateFlag)(a), asOfFlag, "calculate as of this `DATE`, 2020-10-31 (default: today in the configured time zone)")
	complete(cmd, asOfFlag, a.asOfDates)
	return cmd
}

// answering adds the flag that asks for JSON.
func (a *app) answering(cmd *cobra.Command) *cobra.Command {
	cmd.Flags().BoolVar(&a.asJSON, "json", false, "print JSON")
	return cmd
}

// dateFlag notes an as-of date that is given, also when it is empty.
type dateFlag app

func (f *dateFlag) String() string { return f.asOf }
func (f *dateFlag) Type() string   { return "date" }

func (f *dateFlag) Set(text string) error {
	if strings.TrimSpace(text) == "" {
		return errors.New("it is empty; write it like 2020-10-31, or leave the flag out for today")
	}
	f.asOf = text
	return nil
}

// flagError says what is wrong with a flag, and which one was probably meant.
func flagError(root *cobra.Command) func(*cobra.Command, error) error {
	return func(cmd *cobra.Command, err error) error {
		var unknown *pflag.NotExistError
		var invalid *pflag.InvalidValueError
		var bare *pflag.ValueRequiredError
		var malformed *pflag.InvalidSyntaxError
		switch {
		case errors.As(err, &unknown) && cmd == root && len(cmd.Flags().Args()) > 0:
			return unknownCommand(root, cmd.Flags().Args())
		case errors.As(err, &unknown):
			name := unknown.GetSpecifiedName()
			dashes := "--"
			if unknown.GetSpecifiedShortnames() != "" {
				dashes = "-"
			}
			return usage("%s has no flag %s%s%s", cmd.CommandPath(), dashes, visible(name), meantFlag(root, cmd, name))
		case errors.As(err, &invalid):
			cause := invalid.Unwrap()
			if number, ok := errors.AsType[*strconv.NumError](cause); ok {
				cause = errors.New("it is no whole number")
				if errors.Is(number, strconv.ErrRange) {
					cause = errors.New("the number is too large")
				}
				if invalid.GetFlag().Value.Type() == "bool" {
					cause = errors.New("write the flag alone, or with =true or =false")
				}
			}
			return usage("--%s %s: %w", invalid.GetFlag().Name, quote(invalid.GetValue()), cause)
		case errors.As(err, &bare):
			name, _ := pflag.UnquoteUsage(bare.GetFlag())
			return usage("--%s needs a value: --%s %s", bare.GetFlag().Name, bare.GetFlag().Name, name)
		case errors.As(err, &malformed):
			return usage("%s is no flag; \"%s --help\" lists them", quote(malformed.GetSpecifiedFlag()), cmd.CommandPath())
		}
		return usageError{err}
	}
}

// meantFlag suggests the flag that was probably meant, or the commands that have
// the one that was given.
func meantFlag(root, cmd *cobra.Command, name string) string {
	var flags []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { flags = append(flags, f.Name) })
	if meant := nearest(name, flags); meant != "" {
		return fmt.Sprintf("; did you mean --%s?", meant)
	}
	var having []string
	for _, c := range root.Commands() {
		if c.Flags().Lookup(name) != nil {
			having = append(having, c.Name())
		}
	}
	if len(having) > 0 {
		return fmt.Sprintf("; it belongs to %s", strings.Join(having, ", "))
	}
	return fmt.Sprintf("; \"%s --help\" lists them", cmd.CommandPath())
}

// nearest returns the word of a list that was probably meant: one that has what was
// typed in it, or is spelled nearly so; "" where there is none.
func nearest(typed string, words []string) string {
	typed = strings.ToLower(typed)
	meant, least := "", max(2, (len(typed)+2)/3)+1 // a third of its letters may be others
	for _, word := range words {
		distance := levenshtein.ComputeDistance(typed, word)
		if len(typed) > 1 && strings.Contains(word, typed) {
			distance = 1
		}
		if distance < least {
			meant, least = word, distance
		}
	}
	return meant
}

// takes checks how many arguments a command is given.
func takes(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < least || len(args) > most {
			return fmt.Errorf("write it as %q", strings.TrimSuffix(cmd.UseLine(), " [flags]"))
		}
		return nil
	}
}
