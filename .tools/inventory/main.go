// Command inventory lists what released programs consist of, from what the Go
// linker wrote into them: inventory VERSION SBOM LICENCES PROGRAM..., from the top
// of the repository. SBOM becomes a bill of materials in CycloneDX, LICENCES the
// licences that have to be passed on. Both depend on nothing but the programs.
package main

import (
	"cmp"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) < 5 {
		log.Fatal("inventory VERSION SBOM LICENCES PROGRAM...")
	}
	if err := write(os.Args[1], os.Args[2], os.Args[3], os.Args[4:]); err != nil {
		log.Fatal(err)
	}
}

// A part is something of somebody else's that a program contains.
type part struct {
	component
	folder string // where its licences are
}

// component and the types below it are CycloneDX 1.6, as far as it is used here.
type component struct {
	Ref      string    `json:"bom-ref"`
	Type     string    `json:"type"`
	Name     string    `json:"name"`
	Version  string    `json:"version,omitempty"`
	Hashes   []digest  `json:"hashes,omitempty"`
	Licenses []license `json:"licenses"`
	PURL     string    `json:"purl,omitempty"`
}

type digest struct {
	Algorithm string `json:"alg"`
	Content   string `json:"content"`
}

type license struct {
	License struct {
		ID string `json:"id"`
	} `json:"license"`
}

type dependency struct {
	Ref       string   `json:"ref"`
	DependsOn []string `json:"dependsOn"`
}

type bill struct {
	Schema   string `json:"$schema"`
	Format   string `json:"bomFormat"`
	Spec     string `json:"specVersion"`
	Version  int    `json:"version"`
	Metadata struct {
		Component component `json:"component"`
	} `json:"metadata"`
	Components   []component  `json:"components"`
	Dependencies []dependency `json:"dependencies"`
}

func write(version, sbom, licences string, programs []string) error {
	parts, err := modules(programs)
	if err != nil {
		return err
	}
	texts, err := licenceTexts(parts)
	if err != nil {
		return err
	}
	if err := os.WriteFile(licences, []byte(texts), 0o644); err != nil {
		return err
	}
	fonts, err := embeddedFonts("report/pdf/fonts")
	if err != nil {
		return err
	}
	b := bill{Schema: "http://cyclonedx.org/schema/bom-1.6.schema.json", Format: "CycloneDX", Spec: "1.6", Version: 1}
	b.Metadata.Component = component{Ref: "cspcoop", Type: "application", Name: "cspcoop", Version: version, Licenses: named("MIT")}
	all := dependency{Ref: "cspcoop"}
	for _, p := range append(parts, fonts...) {
		b.Components = append(b.Components, p.component)
		all.DependsOn = append(all.DependsOn, p.Ref)
	}
	b.Dependencies = []dependency{all}
	text, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(sbom, append(text, '\n'), 0o644)
}

// modules returns the standard library and every module of at least one program.
func modules(programs []string) ([]part, error) {
	found := map[string]part{}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	for _, program := range programs {
		info, err := buildinfo.ReadFile(program)
		if err != nil {
			return nil, err
		}
		goVersion := strings.TrimPrefix(info.GoVersion, "go")
		found["std"] = part{
			component{Ref: "pkg:golang/std@" + goVersion, Type: "library", Name: "std", Version: goVersion, PURL: "pkg:golang/std@" + goVersion},
			strings.TrimSpace(string(root)),
		}
		for _, m := range info.Deps {
			if m.Replace != nil {
				m = m.Replace
			}
			if found[m.Path], err = module(m.Path, m.Version, m.Sum); err != nil {
				return nil, fmt.Errorf("%s: %w", m.Path, err)
			}
		}
	}
	var parts []part
	for _, p := range found {
		parts = append(parts, p)
	}
	slices.SortFunc(parts, func(a, b part) int { return cmp.Compare(a.Ref, b.Ref) })
	return parts, nil
}

func module(path, version, sum string) (part, error) {
	out, err := exec.Command("go", "mod", "download", "-json", path+"@"+version).Output()
	if err != nil {
		return part{}, err
	}
	var downloaded struct{ Dir string }
	if err := json.Unmarshal(out, &downloaded); err != nil {
		return part{}, err
	}
	raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(sum, "h1:"))
	if err != nil {
		return part{}, err
	}
	purl := "pkg:golang/" + path + "@" + version
	return part{
		component{Ref: purl, Type: "library", Name: path, Version: version, PURL: purl, Hashes: []digest{{"SHA-256", hex.EncodeToString(raw)}}},
		downloaded.Dir,
	}, nil
}

// licenceTexts returns what the licences of all parts ask to be passed on, and
// notes the name of each licence in its part.
func licenceTexts(parts []part) (string, error) {
	var b strings.Builder
	b.WriteString("cspcoop contains the following software and fonts of others.\n")
	for i, p := range parts {
		entries, err := os.ReadDir(p.folder)
		if err != nil {
			return "", err
		}
		for _, e := range entries {
			name := strings.ToUpper(e.Name())
			if e.IsDir() || !strings.HasPrefix(name, "LICEN") && !strings.HasPrefix(name, "NOTICE") && !strings.HasPrefix(name, "COPYING") {
				continue
			}
			text, err := os.ReadFile(filepath.Join(p.folder, e.Name()))
			if err != nil {
				return "", err
			}
			fmt.Fprintf(&b, "\n%s\n%s %s, %s\n\n%s\n", strings.Repeat("=", 78), p.Name, p.Version, e.Name(), strings.TrimSpace(string(text)))
			if id := spdx(string(text)); id != "" && len(parts[i].Licenses) == 0 {
				parts[i].Licenses = named(id)
			}
		}
		if len(parts[i].Licenses) == 0 {
			return "", fmt.Errorf("%s has no licence that is known here: read it, and add it to spdx", p.Name)
		}
	}
	fonts, err := os.ReadFile("report/pdf/fonts/LICENSE.txt")
	fmt.Fprintf(&b, "\n%s\n%s", strings.Repeat("=", 78), fonts)
	return b.String(), err
}

// spdx returns the SPDX identifier of a licence, or "" for one that is not known.
func spdx(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	for _, known := range []struct{ id, phrase string }{
		{"Apache-2.0", "Apache License Version 2.0"},
		{"BSD-3-Clause", "endorse or promote products derived from this software"},
		{"BSD-2-Clause", "Redistributions in binary form must reproduce"},
		{"MIT", "Permission is hereby granted, free of charge, to any person obtaining a copy"},
	} {
		if strings.Contains(text, known.phrase) {
			return known.id
		}
	}
	return ""
}

func named(id string) []license {
	var l license
	l.License.ID = id
	return []license{l}
}

// embeddedFonts returns the fonts that documents are set in.
func embeddedFonts(folder string) ([]part, error) {
	var fonts []part
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		name, isFont := strings.CutSuffix(e.Name(), ".ttf")
		if !isFont {
			continue
		}
		id := ""
		for family, of := range map[string]string{"IBMPlex": "OFL-1.1", "DejaVu": "Bitstream-Vera", "DroidSans": "Apache-2.0"} {
			if strings.HasPrefix(name, family) {
				id = of
			}
		}
		if id == "" {
			return nil, fmt.Errorf("the licence of the font %s is not known here", name)
		}
		content, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(content)
		fonts = append(fonts, part{component: component{
			Ref: "font:" + name, Type: "file", Name: e.Name(), Licenses: named(id), Hashes: []digest{{"SHA-256", hex.EncodeToString(sum[:])}},
		}})
	}
	return fonts, nil
}
