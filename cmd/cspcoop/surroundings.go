package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"cspcoop/calc"
	"cspcoop/cmd/cspcoop/publish"
	"cspcoop/importer/disk"
)

// noticeSurroundings warns of what is no fault of a file and would still surprise:
// a date far away, a participant that no export has, exports in a wrong folder.
func (a *app) noticeSurroundings(w *workspace, r *calc.Result) {
	today := calc.DateOf(time.Now().In(w.zone))
	if ahead := today.DaysUntil(r.AsOf); ahead > 366 {
		a.warn("the as-of date %s is %d days ahead: claims that are open today count as lapsed", r.AsOf.Text(), ahead)
	}
	if len(r.Statements) > 0 {
		for _, entity := range w.policy.Entities {
			for _, id := range entity.Participants {
				if !slices.ContainsFunc(r.Statements, func(s *calc.Statement) bool { return s.Participant == id }) {
					a.warn("[entities] %s names participant %s, of whom there are no earnings", quote(entity.Name), quote(id))
				}
			}
		}
	}
	for _, place := range w.misplaced() {
		a.warn("%s is not in the inbox and is not read; move it there if it is an export", visible(place))
	}
}

// misplaced lists files in folders that are the program's own, and exports beside
// the configuration.
func (w *workspace) misplaced() []string {
	var list []string
	for _, name := range publish.Strays(w.path("statements")) {
		list = append(list, "statements/"+name)
	}
	each := func(folder string, strange func(name string, isDir bool) bool) {
		entries, err := disk.ReadDir(w.path(folder))
		if err != nil {
			return // the command itself says so where it matters
		}
		for _, entry := range entries {
			if name := entry.Name(); !strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "~$") && strange(name, entry.IsDir()) {
				list = append(list, filepath.ToSlash(filepath.Join(folder, name)))
			}
		}
	}
	each("archive", func(name string, _ bool) bool { return name != "index.csv" && !isSHA256(name) })
	each("state", func(name string, isDir bool) bool { return !isDir && isExport(name) })
	each("rejected", func(name string, isDir bool) bool {
		_, err := os.Stat(w.path("rejected", name+".reason.txt"))
		return !isDir && isExport(name) && os.IsNotExist(err)
	})
	each(".", func(name string, isDir bool) bool {
		return !isDir && isExport(name) && !slices.Contains([]string{acknowledgedFile, controlsFile, "claims-template.xlsx"}, name)
	})
	return list
}

// isExport reports whether a name is one that exports have.
func isExport(name string) bool {
	return slices.Contains([]string{".csv", ".tsv", ".xlsx", ".zip"}, strings.ToLower(filepath.Ext(name)))
}

func isSHA256(name string) bool {
	return len(name) == 64 && strings.Trim(name, "0123456789abcdef") == ""
}
