// Package report writes a result as the files of a statement set. It formats
// and never computes: every figure comes from the result, every sentence from
// package wording.
package report

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"runtime"
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/report/csvfile"
	"cspcoop/report/html"
	"cspcoop/report/ics"
	"cspcoop/report/pdf"
	"cspcoop/report/runjson"
	"cspcoop/report/wording"
	"cspcoop/report/xlsx"

	"golang.org/x/sync/errgroup"
)

// Options is the part of the configuration that decides how documents look.
type Options struct {
	Words    *wording.Words
	Paper    string // "A4" or "Letter"
	Issuer   string
	Footer   string
	Logo     *pdf.Logo // nil for none
	Settings []runjson.Setting

	ByteOrderMark bool // in front of CSV files

	Details calc.Details // brings back what rows show; nil where the result has it
}

// A Set takes the files of a statement set.
type Set interface {
	// Create makes one file of the set, by its path with slashes; several may be
	// open at a time.
	Create(name string) (io.WriteCloser, error)
	// FileNames returns a file name without extension for each name, safe on every
	// file system and different from all the others there without regard to case.
	FileNames(names []string) map[string]string
}

// document is one file of the set and what writes it.
type document struct {
	name  string
	write func(io.Writer) error
}

// Write writes the whole set. Documents are written side by side; their bytes do
// not depend on it. What the rows of statements show comes for some of them at a time,
// because that of all is more than memory may hold. run.json comes last, since
// it names the SHA-256 of all others. It stops at the first error.
func Write(ctx context.Context, r *calc.Result, set Set, o Options) error {
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(2 * runtime.GOMAXPROCS(0)) // half of them may wait for the disk
	var saved []*runjson.File                // each is complete when its document is
	save := func(list []document) {
		for _, d := range list {
			f := &runjson.File{Name: d.name}
			saved = append(saved, f)
			work.Go(func() (err error) {
				if err = ctx.Err(); err == nil {
					f.SHA256, err = d.save(set)
				}
				return err
			})
		}
	}
	list, statements := documents(r, set, o)
	save(list)
	some := func(some []*calc.Statement, shown calc.Shown) error {
		save(statements(some, shown))
		return ctx.Err()
	}
	var err error
	if o.Details == nil {
		err = some(r.Statements, nil)
	} else {
		err = o.Details.Each(ctx, r, some)
	}
	if first := work.Wait(); first != nil {
		err = first // of which the other one comes
	}
	if err != nil {
		return err
	}
	var files []runjson.File
	for _, f := range saved {
		files = append(files, *f)
	}
	slices.SortFunc(files, func(a, b runjson.File) int { return strings.Compare(a.Name, b.Name) })
	_, err = document{runJSON, func(w io.Writer) error { return runjson.Write(w, r, o.Settings, files) }}.save(set)
	return err
}

const runJSON = "run.json"

// save writes the document into the set and returns its SHA-256.
func (d document) save(set Set) (sum string, err error) {
	f, err := set.Create(d.name)
	if err != nil {
		return "", fmt.Errorf("write %s: %w", d.name, err)
	}
	hash := sha256.New()
	if err = d.write(io.MultiWriter(f, hash)); err != nil {
		f.Close()
	} else {
		err = f.Close()
	}
	if err != nil {
		return "", fmt.Errorf("write %s: %w", d.name, err)
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// inputDigits are enough to distinguish sets; run.json has all of them.
const inputDigits = 12

// documents lists what a set consists of but for run.json and the statements, which statements
// lists. A file that would have nothing to say is absent.
func documents(r *calc.Result, set Set, o Options) (list []document, statements func([]*calc.Statement, calc.Shown) []document) {
	words := o.Words
	identity := runjson.Inputs(r, o.Settings)[:inputDigits]
	letter := o.Paper == "Letter"
	paged := pdf.Options{Letter: letter, Issuer: o.Issuer, Footer: o.Footer, Logo: o.Logo, Inputs: identity}
	book := xlsx.Options{Letter: letter, Issuer: o.Issuer, Inputs: identity}
	lines := csvfile.Options{ByteOrderMark: o.ByteOrderMark}
	names := nameFiles(r, set)
	names.Identity = identity
	list = []document{
		{"summary.pdf", func(w io.Writer) error { return pdf.Summary(w, r, words, paged) }},
		{"summary.xlsx", func(w io.Writer) error { return xlsx.Summary(w, r, words, book) }},
	}
	for _, f := range csvfile.Files(r) {
		list = append(list, document{f.Name, func(w io.Writer) error { return f.Write(w, r, lines) }})
	}
	list = append(list,
		document{"datapackage.json", func(w io.Writer) error { return csvfile.DataPackage(w, r) }},
		document{"deadlines.ics", func(w io.Writer) error { return ics.Deadlines(w, r, words) }})
	for _, d := range list {
		names.Files = append(names.Files, d.name)
	}
	names.Files = append(names.Files, runJSON)
	list = append(list, document{"index.html", func(w io.Writer) error { return html.Index(w, r, words, names) }})
	for _, c := range r.Claims {
		list = append(list, document{names.Claims[c], func(w io.Writer) error { return pdf.ClaimSheet(w, r, c, words, paged) }})
	}
	return list, func(some []*calc.Statement, shown calc.Shown) (list []document) {
		book := book
		book.Shown = shown
		for _, s := range some {
			list = append(list,
				document{names.Statements[s] + ".pdf", func(w io.Writer) error { return pdf.Statement(w, r, s, words, paged) }},
				document{names.Statements[s] + ".xlsx", func(w io.Writer) error { return xlsx.Statement(w, r, s, words, book) }})
		}
		return list
	}
}

// nameFiles returns every statement and claim sheet a path that is safe and unique
// on every file system, without regard to case.
func nameFiles(r *calc.Result, set Set) html.Links {
	var participants, claims []string
	programs := map[string][]string{}
	for _, s := range r.Statements {
		if len(programs[s.Participant]) == 0 {
			participants = append(participants, s.Participant)
		}
		programs[s.Participant] = append(programs[s.Participant], s.Program)
	}
	for _, c := range r.Claims {
		claims = append(claims, c.ID)
	}
	folders, sheets := set.FileNames(participants), set.FileNames(claims)
	links := html.Links{Statements: map[*calc.Statement]string{}, Claims: map[*calc.Claim]string{}}
	files := map[string]map[string]string{}
	for _, s := range r.Statements {
		if files[s.Participant] == nil {
			files[s.Participant] = set.FileNames(programs[s.Participant])
		}
		links.Statements[s] = path.Join("partners", folders[s.Participant], files[s.Participant][s.Program])
	}
	for _, c := range r.Claims {
		links.Claims[c] = path.Join("claims", sheets[c.ID]+".pdf")
	}
	return links
}
