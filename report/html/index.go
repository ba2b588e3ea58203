// Package html writes index.html, the way into a statement set: one page that
// says what to do next, shows every fund and leads to every document. It is
// also the accessible twin of the PDFs, which have no tags.
//
// The page is complete in itself: no other file, font or address is loaded, which its
// content security policy holds it to. It works from a file share, and without
// script; with script, long lists are shown in parts and can be searched.
package html

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"sync"

	"cspcoop/calc"
	"cspcoop/report/wording"
)

// Links says where documents are in the set: paths with slashes, relative to
// index.html. What has no entry is not linked.
type Links struct {
	Statements map[*calc.Statement]string // without extension: .pdf and .xlsx
	Claims     map[*calc.Claim]string
	Files      []string // of the whole set: summary.pdf, balances.csv
	Identity   string   // first digits of what the set was made from, as on every document; may be empty
}

var (
	//go:embed index.gohtml
	markup string
	//go:embed index.css
	style string
	//go:embed index.js
	script string

	// Most commands write no page, and would parse it for a fifth of their start.
	index = sync.OnceValue(func() *template.Template { return template.Must(template.New("index").Parse(markup)) })
)

// early says to the style, before any row is read, that a script will show the
// lists: without it they are all shown.
const early = `document.documentElement.className="js"`

// policy allows the page its own style and scripts, by their hashes, and
// nothing else.
var policy = fmt.Sprintf("default-src 'none'; style-src %s; script-src %s %s; base-uri 'none'; form-action 'none'",
	hashOf(style), hashOf(early), hashOf(script))

func hashOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// Index writes the page. Amounts of funds are in the fund's currency, others in
// USD.
func Index(w io.Writer, r *calc.Result, words *wording.Words, links Links) error {
	if err := index().Execute(w, newPage(r, words, links)); err != nil {
		return fmt.Errorf("writing index.html: %w", err)
	}
	return nil
}

// Policy names by their hashes what Style, Early and Script give.
func (p page) Policy() string { return policy }

// Style returns the page's style.
func (p page) Style() template.CSS { return template.CSS(style) }

// Early returns the script that runs before the page is read.
func (p page) Early() template.JS { return early }

// Script returns the script that runs when the page is read.
func (p page) Script() template.JS { return template.JS(script) }

// href makes an address of a path in the set.
func href(path string) string { return (&url.URL{Path: path}).String() }
