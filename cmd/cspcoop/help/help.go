// Package help holds the topics of "cspcoop help": the reference that README.md
// leaves out, a Markdown file for each topic. The files are read on the web as
// they are, and laid out for a terminal by [Print].
//
// Tables between the marks <!-- table NAME --> and <!-- end --> are generated
// from the code that knows them. The package's tests prove that they are up to
// date; "go test ./cmd/cspcoop/help -update" writes them.
package help

import (
	"embed"
	"slices"
	"strings"
)

//go:embed *.md
var files embed.FS

// Topic is a part of the reference.
type Topic struct {
	Name    string // what follows "cspcoop help"
	Summary string // one line, without a full stop
}

var topics = []Topic{
	{"rules", "how co-op is earned, split, decided, claimed and lost"},
	{"findings", "every finding: severities, meaning and what to do about it"},
	{"columns", "the reports that are read, and other headers for their columns"},
	{"claims", "the register of claims, the activities and what each needs"},
	{"bank", "bank statements: what is read, and how payments are found"},
	{"journal", "the entries of journal.csv and how they tie to the funds"},
	{"workspace", "the folders, the archive, sealed sets and how they are checked"},
	{"configuration", "cspcoop.toml entry by entry, and the languages of documents"},
	{"operations", "running unattended: schedule, notices, systemd, containers"},
	{"limits", "how large a file may be, and the entries that change it"},
	{"store", "the Parquet files of imported earnings, and SQL over exports"},
	{"speed", "what a run costs, measured beside other tools"},
	{"tried", "the faults, kills and inputs that the program was tried with"},
	{"changes", "the change log"},
	{"contributing", "how the code is built, tested and changed"},
}

// Topics returns every topic, in the order in which they are listed.
func Topics() []Topic { return slices.Clone(topics) }

// Find returns the topic of a name, without regard to case.
func Find(name string) (Topic, bool) {
	i := slices.IndexFunc(topics, func(t Topic) bool { return strings.EqualFold(t.Name, name) })
	if i < 0 {
		return Topic{}, false
	}
	return topics[i], true
}

// Markdown returns the text of a topic. It begins with its title.
func (t Topic) Markdown() string {
	text, err := files.ReadFile(t.Name + ".md")
	if err != nil {
		panic(err) // the files are part of the program; a test reads every topic
	}
	return string(text)
}
