package publish

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"cspcoop/importer/disk"
)

func TestFileNames(t *testing.T) {
	long := strings.Repeat("ä", 60)
	names := []string{
		"Contoso", "Fabrikam", "fabrikam", "FABRİKAM", "Straße", "STRASSE", "Café", "Cafe\u0301",
		"../../etc", "CON", "a/b", `a\b`, "two\nlines", "", ".", "\xff", "\xfe", long, long + "x", "北京", "Contoso",
	}
	got := FileNames(names)
	for _, kept := range []string{"Contoso", "北京", "FABRİKAM", "Café"} {
		if got[kept] != kept {
			t.Errorf("%q became %q", kept, got[kept])
		}
	}
	suffix := regexp.MustCompile(`-[0-9a-f]{12}$`)
	seen := map[string]string{}
	for _, name := range names {
		file := got[name]
		if file != name && !suffix.MatchString(file) {
			t.Errorf("%q became %q without digits", name, file)
		}
		if len(file) > longestName || disk.SafeName(file) != file {
			t.Errorf("%q became %q, which is not safe", name, file)
		}
		if other, ok := seen[fold(file)]; ok && other != name {
			t.Errorf("%q and %q are both %q", name, other, file)
		}
		seen[fold(file)] = name
	}
	if got["Fabrikam"] == "Fabrikam" || got["Straße"] == "Straße" {
		t.Errorf("names that others resemble kept themselves: %q", got)
	}
}

func TestFileNamesDoNotDependOnOrder(t *testing.T) {
	names := []string{"a", "A", "a-", "b", "B ", "b.", "ß", "ss", "SS"}
	want := FileNames(names)
	random := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		for name, file := range FileNames(names) {
			if want[name] != file {
				t.Fatalf("%q is %q now and was %q", name, file, want[name])
			}
		}
	}
}

// A name made to look like what another one becomes does not take its place.
func TestFileNamesWithAForgedEnding(t *testing.T) {
	forged := FileNames([]string{"a", "A"})["a"]
	names := []string{"a", "A", forged, strings.ToUpper(forged)}
	seen := map[string]bool{}
	for _, file := range FileNames(names) {
		seen[fold(file)] = true
	}
	if len(seen) != len(names) {
		t.Errorf("%d names became %v", len(names), seen)
	}
}

func BenchmarkFileNames(b *testing.B) {
	names := make([]string, 20_000)
	for i := range names {
		names[i] = "Partner " + strings.Repeat("x", i%50) + string(rune('A'+i%26))
	}
	for b.Loop() {
		FileNames(names)
	}
}
