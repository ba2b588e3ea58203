package publish_test

import (
	"fmt"
	"os"

	"cspcoop/cmd/cspcoop/publish"
	"cspcoop/importer/disk"
)

// A set is published whole; once it is sealed, nothing replaces it.
func ExampleBegin() {
	dir, err := os.MkdirTemp("", "statements")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	set, err := publish.Begin(disk.OS(), dir, "2020-10-15")
	if err != nil {
		panic(err)
	}
	w, err := set.Create("balances.csv")
	if err != nil {
		panic(err)
	}
	fmt.Fprintln(w, "participant,coop")
	if err := w.Close(); err != nil {
		panic(err)
	}
	fmt.Println("before:", len(entries(dir)))
	if err := set.Commit(); err != nil {
		panic(err)
	}
	fmt.Println("after:", entries(dir), entries(set.Published()))
	// Output:
	// before: 0
	// after: [2020-10-15] [balances.csv]
}

// entries lists what a folder shows.
func entries(dir string) (names []string) {
	list, err := os.ReadDir(dir)
	if err != nil {
		panic(err)
	}
	for _, e := range list {
		if e.Name()[0] != '.' {
			names = append(names, e.Name())
		}
	}
	return names
}
