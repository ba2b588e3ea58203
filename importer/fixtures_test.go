package importer

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"cspcoop/calc"
)

// read imports a fixture under default options.
func read(t *testing.T, path string, o Options) (*calc.Source, error) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	o.Table.TempDir = t.TempDir()
	return Read(context.Background(), bytes.NewReader(data), int64(len(data)), o)
}

func TestTmp(t *testing.T) {
	for _, dir := range []string{"broken", "dialects", "guide", "guide/guide-claim", "demo/inbox"} {
		files, _ := filepath.Glob("../fixtures/" + dir + "/*")
		for _, f := range files {
			if filepath.Ext(f) == ".md" {
				continue
			}
			if st, _ := os.Stat(f); st.IsDir() {
				continue
			}
			s, err := read(t, f, Options{})
			if err != nil {
				t.Logf("%s: REFUSED %v", f, err)
				continue
			}
			t.Logf("%s: %s %d rows", f, s.Kind, s.RowCount())
			for _, n := range s.Findings {
				t.Logf("      %s %s %d %s", n.Severity, n.Code, n.Place.Row, n.Message)
			}
		}
	}
}
