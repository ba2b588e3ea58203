package main

import (
	_ "embed"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"

	"cspcoop/cmd/cspcoop/schema"
	"cspcoop/cmd/cspcoop/setdiff"
	"cspcoop/report/runjson"

	"github.com/pelletier/go-toml/v2"
	"github.com/spf13/cobra"
)

//go:embed schemafields.toml
var schemaFields []byte

// fieldNotes returns what the fields of JSON outputs are, by name.
var fieldNotes = sync.OnceValue(func() (notes map[string]string) {
	if err := toml.Unmarshal(schemaFields, &notes); err != nil {
		panic(err) // a test makes every schema
	}
	return notes
})

// schemas are what other programs read of this one, and write for it.
var schemas = map[string]func() schema.Schema{
	"config": func() schema.Schema {
		return schema.Of("cspcoop.toml", reflect.TypeFor[config](), schema.Options{Tag: "toml", Strict: true, Describe: explainedIn(string(defaultToml))})
	},
	"run":     output[runjson.Run]("run.json of a statement set"),
	"status":  output[statusReport]("cspcoop status --json"),
	"check":   output[[]checkReport]("cspcoop check --json"),
	"explain": output[explained]("cspcoop explain --json"),
	"diff":    output[setdiff.Difference]("cspcoop diff --json"),
	"dry-run": output[trial]("cspcoop run --dry-run --json"),
	"sample":  output[[]oneRow]("cspcoop explain --sample N --json"),
	"verify":  output[verified]("cspcoop verify --json"),
}

func output[T any](title string) func() schema.Schema {
	describe := func(path string) string { return fieldNotes()[path[strings.LastIndexByte(path, '.')+1:]] }
	return func() schema.Schema {
		return schema.Of(title, reflect.TypeFor[T](), schema.Options{Tag: "json", Describe: describe})
	}
}

func (a *app) schemaCommand() *cobra.Command {
	names := slices.Sorted(maps.Keys(schemas))
	return &cobra.Command{
		Use:   "schema NAME",
		Short: "Print the JSON Schema of run.json, --json output or cspcoop.toml",
		Long: `schema prints a JSON Schema (draft 7) for programs that read what cspcoop writes,
and for editors that complete and check cspcoop.toml. NAME is one of
` + strings.Join(names, ", ") + `. Later versions may add fields, and remove none.

The types of the CSV files are in datapackage.json, beside them.`,
		Example: `  # For an editor: complete and check the configuration
  cspcoop schema config > cspcoop.schema.json

  # For a program that reads the control totals of a set
  cspcoop schema run`,
		Args:              takes(1, 1),
		ValidArgsFunction: cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp),
		RunE: func(_ *cobra.Command, args []string) error {
			made, ok := schemas[args[0]]
			if !ok {
				return usage("there is no schema %q; use one of %s", args[0], strings.Join(names, ", "))
			}
			return a.printJSON(made())
		},
	}
}

var (
	tomlTable = regexp.MustCompile(`^\[\[?([a-z_.]+)\]\]?(?: *#.*)?$`)
	tomlKey   = regexp.MustCompile(`^"?([A-Za-z_]+)"? *=([^#]*)(?:#(.*))?$`)
)

// explainedIn returns what the comments of a commented configuration say of an
// entry, by its path: those above it and the one behind it.
func explainedIn(text string) func(path string) string {
	said, prefix, above := map[string]string{}, "", ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), "#"))
		switch table, key := tomlTable.FindStringSubmatch(line), tomlKey.FindStringSubmatch(line); {
		case line == "":
			above = ""
		case table != nil:
			said[table[1]], prefix, above = above, table[1]+".", ""
		case key != nil:
			said[prefix+key[1]] = strings.TrimSpace(above + " " + strings.TrimSpace(key[3]))
		default:
			above = strings.TrimSpace(above + " " + line)
		}
	}
	return func(path string) string { return said[path] }
}

// JSONSchema is a time with its unit.
func (span) JSONSchema() schema.Schema {
	return schema.Schema{"type": "string", "pattern": `^([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))+$|^0$`}
}

// JSONSchema is a number, or its digits in quotes.
func (exact) JSONSchema() schema.Schema {
	return schema.Schema{"type": []string{"number", "string"}, "pattern": `^[+-]?[0-9]*\.?[0-9]+$`}
}

// JSONSchema is a rate, or one for each day from which it holds.
func (dated) JSONSchema() schema.Schema {
	one := exact{}.JSONSchema()
	return schema.Schema{"anyOf": []schema.Schema{one, {"type": "object", "additionalProperties": one}}}
}

// JSONSchema is a header, or a list of headers.
func (headers) JSONSchema() schema.Schema {
	one := schema.Schema{"type": "string"}
	return schema.Schema{"anyOf": []schema.Schema{one, {"type": "array", "items": one}}}
}
