package calc

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

const (
	invoiceNeed = "third-party invoice or certification service report"
	datesNeed   = "first and last day of the activity"
	proofNeed   = "document that shows that the activity took place"
)

// activityOf finds a claim's activity in the table; found remembers what a
// register's few spellings lead to.
func (c *calculation) activityOf(claim *Claim, found map[string]*Activity) *Activity {
	entry, seen := found[claim.Activity]
	if !seen {
		entry = c.Policy.Claims.Activities.Activity(claim.Activity)
		found[claim.Activity] = entry
	}
	return entry
}

// checkActivity holds a claim's category and activity against the table.
func (c *calculation) checkActivity(claim *Claim) {
	table := c.Policy.Claims.Activities
	category, known := table.Category(claim.Category)
	if !known && claim.Category != "" {
		c.tell(claim, Warning, UnknownCategory, "claim %s has the category %.60q, which is not known; the nearest is %q: correct it, or add it under [claims.categories]",
			claim.ID, claim.Category, nearestName(claim.Category, table.CategoryNames()))
	}
	switch {
	case claim.Activity == "":
		c.tell(claim, Warning, UnknownActivity, "claim %s does not say what it is for; enter its activity, so that its proof and its cap can be checked", claim.ID)
	case claim.Entry == nil:
		c.tell(claim, Warning, UnknownActivity, "claim %s is for %.60q, which is no known activity; the nearest is %q: correct it, or add it as [[activities]]",
			claim.ID, claim.Activity, nearestName(claim.Activity, table.ActivityNames()))
	case known && !claim.Entry.allows(category):
		c.tell(claim, Warning, OtherCategory, "claim %s is for %s under %s, but that activity belongs to %s; choose the right one in Partner Center",
			claim.ID, claim.Entry.Name, category, claim.Entry.Category)
	}
}

// listNeeds holds what a claim needs against what the register names.
func (c *Claim) listNeeds() {
	dates := ""
	if !c.ActivityStart.IsZero() && !c.ActivityEnd.IsZero() {
		dates = fmt.Sprintf("%s to %s", c.ActivityStart, c.ActivityEnd)
	}
	c.Needs = append([]Need{{What: datesNeed, Named: dates}, {What: invoiceNeed, Named: c.expenses()}}, c.proofNeeds()...)
	if c.Entry != nil && c.Entry.Metric != "" {
		c.Needs = append(c.Needs, Need{What: c.Entry.Metric, Named: c.Metrics, Optional: true})
	}
	for _, n := range c.Needs {
		if n.missing() {
			c.Missing = append(c.Missing, n.What)
		}
	}
}

// expenses names a claim's invoices and report; "" when it has none.
func (c *Claim) expenses() string {
	names := c.invoiceNames()
	if c.hasReport() {
		names = append(names, "certification service report")
	}
	return strings.Join(names, ", ")
}

func (c *Claim) invoiceNames() []string {
	var names []string
	for _, i := range c.Invoices {
		names = append(names, cmp.Or(i.Document, i.Number, "invoice without a number"))
	}
	return names
}

// hasReport says that a certification service report stands for own staff's
// cost.
func (c *Claim) hasReport() bool { return c.CSR || c.CSRAmount.Decimal.IsPositive() }

// proofNeeds gives each proof that the activity asks for a document of the
// register: one whose name tells that it is the proof, else one that is left.
func (c *Claim) proofNeeds() []Need {
	proofs := []Proof{{What: proofNeed}}
	if c.Entry != nil {
		proofs = c.Entry.Proofs
	}
	needs := make([]Need, len(proofs))
	used := make([]bool, len(c.Proof))
	for i, p := range proofs {
		needs[i] = Need{What: p.What, When: p.When, Proof: true, Optional: p.When != ""}
		if p.ByInvoice {
			needs[i].Named = strings.Join(c.invoiceNames(), ", ")
		}
		if needs[i].Named == "" {
			needs[i].Named = c.namedProof(p, used)
		}
	}
	for i := range needs {
		if at := slices.Index(used, false); needs[i].missing() && at >= 0 {
			used[at], needs[i].Named = true, c.Proof[at]
		}
	}
	return needs
}

// namedProof gives the document whose name tells that it is a proof, one that
// stands for no other proof first; "" when none does.
func (c *Claim) namedProof(p Proof, used []bool) string {
	at := -1
	for i, document := range c.Proof {
		if p.namedBy(document) && (at < 0 || used[at] && !used[i]) {
			at = i
		}
	}
	if at < 0 {
		return ""
	}
	used[at] = true
	return c.Proof[at]
}

// namedBy says that a document's name holds a word that tells the proof.
func (p Proof) namedBy(document string) bool {
	name := nameKey(document)
	return slices.ContainsFunc(nameWords(p.What), func(word string) bool {
		switch word {
		case "proof", "copy", "sample", "each", "activity", "final", "that", "it":
			return false // said of any document
		}
		return strings.Contains(name, word)
	})
}

// checkDocuments reports what a claim needs and the register does not name.
// Once Microsoft has approved the claim it is worth a note only: originals have
// to be kept for 24 months (rules.md §4).
func (c *calculation) checkDocuments(claim *Claim) {
	severity, todo := Warning, "add it before it is reviewed"
	if claim.State == ClaimApproved || claim.State == ClaimPaid {
		severity, todo = Info, "enter what was handed in: originals are to be kept for 24 months"
	}
	if len(claim.Invoices) == 0 && !claim.hasReport() {
		c.tell(claim, severity, NoInvoice, "claim %s names no invoice and no certification service report; %s", claim.ID, todo)
	}
	var missing []string
	required := 0
	for _, n := range claim.Needs {
		if !n.Proof || n.Optional {
			continue
		}
		required++
		if n.missing() {
			missing = append(missing, n.What)
		}
	}
	switch list := strings.Join(missing, ", "); {
	case len(missing) == 0:
	case len(claim.Proof) == 0:
		c.tell(claim, severity, NoProof, "claim %s names no proof of execution; its activity needs: %s; %s", claim.ID, list, todo)
	default:
		c.tell(claim, severity, ProofIncomplete, "claim %s names %d of %d documents that its activity needs as proof of execution; missing: %s; %s",
			claim.ID, required-len(missing), required, list, todo)
	}
}

// checkInvoices holds a claim's invoices against its usage period, currency and
// amount.
func (c *calculation) checkInvoices(claim *Claim) {
	var together decimal.Decimal
	comparable, unknown := true, false
	for _, i := range claim.Invoices {
		if !within(i.Date, claim.Usage) {
			c.tellAt(claim, i.Place, Error, InvoiceOutside, "invoice %s of claim %s is dated %s, outside the usage period, %s to %s; only what was spent in it can be claimed",
				i.name(), claim.ID, i.Date, claim.Usage.Start(), claim.Usage.End())
		}
		if i.Currency != "" && i.Currency != claim.Currency {
			comparable = false
			c.tellAt(claim, i.Place, Warning, InvoiceCurrency, "invoice %s of claim %s is in %s, but the claim in %s; a claim has one currency: claim it in %s",
				i.name(), claim.ID, i.Currency, claim.Currency, i.Currency)
		}
		together = together.Add(i.Amount.Decimal)
		unknown = unknown || !i.Amount.Valid
	}
	if len(claim.Invoices) == 0 && !claim.hasReport() || !comparable {
		return
	}
	if claim.hasReport() {
		together = together.Add(claim.CSRAmount.Decimal)
		unknown = unknown || !claim.CSRAmount.Valid
	}
	if !together.LessThan(claim.Amount) {
		return
	}
	severity, todo := Error, "add the invoice that is missing, or claim less"
	if unknown {
		severity, todo = Warning, "enter the amounts that are blank"
	}
	c.tell(claim, severity, InvoicesBelowClaim, "invoices and report of claim %s amount to %s %s, less than the %s %s that it claims; %s",
		claim.ID, together.StringFixed(2), claim.Currency, claim.Amount.StringFixed(2), claim.Currency, todo)
}

func (i Invoice) name() string { return cmp.Or(i.Number, i.Document, "without a number") }

// checkInvoicesTwice reports invoices that stand in two claims. Two invoices are
// the same when number and document are, or number, date and amount.
func (c *calculation) checkInvoicesTwice(claims []*Claim) {
	first := map[invoiceKey]*Claim{}
	for _, claim := range claims {
		if claim.over() {
			continue
		}
		for _, i := range claim.Invoices {
			var other *Claim
			for _, key := range i.keys(claim) {
				if seen := first[key]; seen == nil {
					first[key] = claim
				} else if seen != claim {
					other = seen
				}
			}
			if other != nil {
				c.tellAt(claim, i.Place, Error, SameInvoice, "invoice %s stands in claim %s and in claim %s; an invoice can be claimed once: take it out of one of them",
					i.name(), other.ID, claim.ID)
			}
		}
	}
}

type invoiceKey struct{ number, document, date, amount string }

// keys gives what makes an invoice the same as another. One without a number is
// told by all the rest.
func (i Invoice) keys(claim *Claim) []invoiceKey {
	number, document, date := fold(i.Number), fold(i.Document), i.Date.String()
	amount := ""
	if i.Amount.Valid {
		amount = i.Amount.Decimal.String() + cmp.Or(i.Currency, claim.Currency)
	}
	var keys []invoiceKey
	if number != "" {
		keys = append(keys, invoiceKey{number: number, document: document})
	}
	if number != "" && date != "" && amount != "" {
		keys = append(keys, invoiceKey{number: number, date: date, amount: amount})
	}
	if number == "" && document != "" && amount != "" {
		keys = append(keys, invoiceKey{document: document, date: date, amount: amount})
	}
	return keys
}
