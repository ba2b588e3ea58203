package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"

	"cspcoop/importer/store"
	"cspcoop/report/runjson"

	"github.com/spf13/cobra"
)

// version is what the change log calls this program; the linker may set another.
var version = "0.2.0"

// commit is set by the linker where the sources are built outside of a repository.
var commit = ""

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print version, commit and Go version",
		Long: `version prints what to name in a report of a problem, and the formats of a workspace
that this version reads. "cspcoop --version" prints the same.`,
		Example: `  # What is installed here?
  cspcoop version

  # The same, as most programs understand it
  cspcoop --version`,
		RunE: func(*cobra.Command, []string) error {
			fmt.Fprint(a.stdout, versionText())
			return nil
		},
	}
}

func versionText() string {
	built := commit
	if info, ok := debug.ReadBuildInfo(); ok && built == "" {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				built = s.Value
			}
		}
	}
	return fmt.Sprintf(`cspcoop %s
commit %s
%s %s/%s
reads run.json of formats 1 to %d and every archive/index.csv; writes run.json of format %d
reads state/earnings of format %d; of another one it reads the archived originals again
`, version, cmp.Or(built, "unknown"), runtime.Version(), runtime.GOOS, runtime.GOARCH, runjson.Format, runjson.Format, store.Format)
}
