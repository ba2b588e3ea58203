package help

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Manual returns the man pages by their names, as Markdown that go-md2man
// understands, without its title line: a page of section 1 for each command, one of
// section 7 for each topic.
func Manual(root *cobra.Command) map[string]string {
	root.InitDefaultVersionFlag()
	pages := map[string]string{"cspcoop.1": commandPage(root)}
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			pages["cspcoop-"+c.Name()+".1"] = commandPage(c)
		}
	}
	for _, t := range Topics() {
		pages["cspcoop-"+t.Name+".7"] = topicPage(t)
	}
	return pages
}

// literal is text without a meaning in Markdown.
var literal = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "<", `\<`, "`", "\\`", "[", `\[`)

func commandPage(c *cobra.Command) string {
	c.InitDefaultHelpFlag()
	var b strings.Builder
	name := strings.ReplaceAll(c.CommandPath(), " ", "-")
	fmt.Fprintf(&b, "# NAME\n%s - %s\n\n# SYNOPSIS\n**%s**%s\n", name, literal.Replace(c.Short), c.CommandPath(),
		literal.Replace(strings.TrimPrefix(c.UseLine(), c.CommandPath())))
	if c.Long != "" {
		fmt.Fprintf(&b, "\n# DESCRIPTION\n%s\n", literal.Replace(c.Long))
	}
	if !c.HasParent() {
		b.WriteString("\n# COMMANDS\n")
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() {
				fmt.Fprintf(&b, "**cspcoop-%s**(1)\n:   %s\n\n", sub.Name(), literal.Replace(sub.Short))
			}
		}
		b.WriteString("# TOPICS\n")
		for _, t := range Topics() {
			fmt.Fprintf(&b, "**cspcoop-%s**(7)\n:   %s\n\n", t.Name, literal.Replace(t.Summary))
		}
	}
	if c.HasAvailableFlags() {
		b.WriteString("\n# OPTIONS\n")
		describe := func(f *pflag.Flag) {
			if f.Hidden {
				return
			}
			value, usage := pflag.UnquoteUsage(f)
			if value != "" {
				value = " *" + value + "*"
			}
			fmt.Fprintf(&b, "**--%s**%s\n:   %s\n\n", f.Name, value, literal.Replace(usage))
		}
		c.NonInheritedFlags().VisitAll(describe)
		c.InheritedFlags().VisitAll(describe)
	}
	if c.Example != "" {
		fmt.Fprintf(&b, "\n# EXAMPLES\n```\n%s\n```\n", c.Example)
	}
	if c.HasParent() {
		b.WriteString("\n# SEE ALSO\n**cspcoop**(1)\n")
	}
	return b.String()
}

var (
	comments = regexp.MustCompile(`(?m)^<!--.*-->\n`)
	tables   = regexp.MustCompile(`(?m)(^\|.*\n)+`)
)

// manWidth is what a page of 80 columns leaves beside its indentation.
const manWidth = 72

// topicPage is a topic whose title became its name. Tables are laid out as help
// does, since man would not break their lines.
func topicPage(t Topic) string {
	_, text, _ := strings.Cut(comments.ReplaceAllString(t.Markdown(), ""), "\n")
	text = tables.ReplaceAllStringFunc(text, func(rows string) string {
		return "```\n" + Print(rows, manWidth, nil) + "```\n"
	})
	return fmt.Sprintf("# NAME\ncspcoop-%s - %s\n\n# DESCRIPTION\n%s\n# SEE ALSO\n**cspcoop**(1)\n", t.Name, literal.Replace(t.Summary), text)
}
