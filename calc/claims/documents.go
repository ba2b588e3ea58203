package claims

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// activityOf finds a claim's activity in the table; found remembers what a
// register's few spellings lead to.
func (c *settlement) activityOf(claim *calc.Claim, found map[string]*calc.Activity) *calc.Activity {
	entry, seen := found[claim.Activity]
	if !seen {
		entry = c.Policy.Claims.Activities.Activity(claim.Activity)
		found[claim.Activity] = entry
	}
	return entry
}

// checkActivity compares a claim's category and activity with the table.
func (c *settlement) checkActivity(claim *calc.Claim) {
	table, year := c.Policy.Claims.Activities, claim.Usage.FiscalYear()
	category, known := table.Category(claim.Category)
	if !known && claim.Category != "" {
		c.reportOn(claim, calc.Warning, calc.UnknownCategory, "claim %s has the category %s, which is not known; %s, or add it under [claims.categories]",
			claim.ID, calc.Quoted{Of: shortened(claim.Category)}, correction(claim.Category, table.CategoryNames(year)))
	}
	switch {
	case claim.Activity == "":
		c.reportOn(claim, calc.Warning, calc.UnknownActivity, "claim %s does not say what it is for; enter its activity, so that its proof and its cap can be checked", claim.ID)
	case claim.Entry == nil:
		c.reportOn(claim, calc.Warning, calc.UnknownActivity, "claim %s is for %s, which is no known activity; %s, or add it as [[activities]]",
			claim.ID, calc.Quoted{Of: shortened(claim.Activity)}, correction(claim.Activity, table.ActivityNames(year)))
	case year < claim.Entry.Since:
		c.reportOn(claim, calc.Warning, calc.UnknownActivity, "claim %s is for %s, which Microsoft's guides have from %s on, but its usage period is %s; choose the right one in Partner Center",
			claim.ID, claim.Entry.NameIn(year), fmt.Sprintf("FY%02d", claim.Entry.Since%100), claim.Usage)
	case known && !claim.Entry.Allows(category):
		c.reportOn(claim, calc.Warning, calc.ActivityInOtherCategory, "claim %s is for %s under %s, but that activity belongs to %s; choose the right one in Partner Center",
			claim.ID, claim.Entry.NameIn(year), table.CategoryIn(year, category), table.CategoryIn(year, claim.Entry.CategoryOf(year)))
	}
}

// correction says how to correct a name that is not known: by the nearest one,
// where one is near.
func correction(name string, known []string) calc.Sentence {
	if near := calc.NearestName(name, known); near != "" {
		return calc.Say("the nearest is %s: correct it", calc.Quoted{Of: near})
	}
	return calc.Say("correct it by the table of cspcoop help claims")
}

// listNeeds compares what a claim needs with what the register names.
func listNeeds(c *calc.Claim) {
	var dates calc.List
	if !c.ActivityStart.IsZero() && !c.ActivityEnd.IsZero() {
		dates = calc.List{calc.Say("%s to %s", c.ActivityStart, c.ActivityEnd)}
		if c.ActivityStart == c.ActivityEnd {
			dates = calc.List{c.ActivityStart}
		}
	}
	c.Needs = append([]calc.Need{{What: calc.DatesNeed, Named: dates}, {What: calc.InvoiceNeed, Named: expenses(c)}}, proofNeeds(c)...)
	if c.Entry != nil && c.Entry.Metric != "" {
		c.Needs = append(c.Needs, calc.Need{What: c.Entry.Metric, Named: textList(c.Metrics), Optional: true})
	}
	for _, n := range c.Needs {
		if n.Missing() {
			c.Missing = append(c.Missing, n.What)
		}
	}
}

// textList is empty for no text.
func textList(text string) calc.List {
	if text == "" {
		return nil
	}
	return calc.List{text}
}

// expenses names a claim's invoices and report.
func expenses(c *calc.Claim) calc.List {
	names := invoiceNames(c)
	if hasReport(c) {
		names = append(names, calc.Say("certification service report"))
	}
	return names
}

func invoiceNames(c *calc.Claim) calc.List {
	var names calc.List
	for _, i := range c.Invoices {
		if named := cmp.Or(i.Document, i.Number); named != "" {
			names = append(names, named)
		} else {
			names = append(names, calc.Say("invoice without a number"))
		}
	}
	return names
}

// hasReport reports whether a certification service report stands for own staff's
// cost.
func hasReport(c *calc.Claim) bool { return c.CSR || c.CSRAmount.Decimal.IsPositive() }

// proofNeeds returns each proof that the activity asks for a document of the
// register: one whose name says that it is the proof, else one that is left.
func proofNeeds(c *calc.Claim) []calc.Need {
	proofs := []calc.Proof{{What: calc.ProofNeed}}
	if c.Entry != nil && c.Entry.Proofs != nil {
		proofs = c.Entry.Proofs
	}
	needs := make([]calc.Need, len(proofs))
	used := make([]bool, len(c.Proof))
	for i, p := range proofs {
		needs[i] = calc.Need{What: p.What, When: p.When, Proof: true, Optional: p.When != ""}
		if p.ByInvoice {
			needs[i].Named = invoiceNames(c)
		}
		if len(needs[i].Named) == 0 {
			needs[i].Named = textList(namedProof(c, p, used))
		}
	}
	for i := range needs {
		if at := slices.Index(used, false); needs[i].Missing() && at >= 0 {
			used[at], needs[i].Named = true, textList(c.Proof[at])
		}
	}
	return needs
}

// namedProof returns the document whose name says that it is a proof, one that
// stands for no other proof first; "" when none does.
func namedProof(c *calc.Claim, p calc.Proof, used []bool) string {
	at := -1
	for i, document := range c.Proof {
		if namedBy(p, document) && (at < 0 || used[at] && !used[i]) {
			at = i
		}
	}
	if at < 0 {
		return ""
	}
	used[at] = true
	return c.Proof[at]
}

// namedBy reports whether a document's name holds a word of the proof.
func namedBy(p calc.Proof, document string) bool {
	name := calc.NameKey(document)
	return slices.ContainsFunc(calc.NameWords(p.What), func(word string) bool {
		switch word {
		case "proof", "copy", "sample", "each", "activity", "final", "that", "it":
			return false // said of any document
		}
		return strings.Contains(name, word)
	})
}

// checkDocuments reports what a claim needs and the register does not name.
// Once Microsoft has approved the claim it is worth a note only: originals have
// to be kept for 24 months (cspcoop help rules).
func (c *settlement) checkDocuments(claim *calc.Claim) {
	severity, todo := calc.Warning, calc.Say("add it before it is reviewed")
	switch claim.State {
	case calc.ClaimEditing:
		todo = calc.Say("add it before you submit the claim")
	case calc.ClaimActionRequired, calc.ClaimRejected:
		todo = calc.Say("add it before you resubmit the claim")
	case calc.ClaimApproved, calc.ClaimPaid:
		severity, todo = calc.Info, calc.Say("enter what was handed in: originals are to be kept for 24 months")
	case calc.ClaimInReview, calc.ClaimDisputed, calc.ClaimExpired:
	}
	if len(claim.Invoices) == 0 && !hasReport(claim) {
		c.reportOn(claim, severity, calc.NoInvoice, "claim %s names no invoice and no certification service report; %s", claim.ID, todo)
	}
	var missing []string
	required := 0
	for _, n := range claim.Needs {
		if !n.Proof || n.Optional {
			continue
		}
		required++
		if n.Missing() {
			missing = append(missing, n.What)
		}
	}
	switch list := calc.TermList(missing); {
	case len(missing) == 0:
	case len(claim.Proof) == 0:
		c.reportOn(claim, severity, calc.NoProof, "claim %s names no proof of execution; its activity needs: %s; %s", claim.ID, list, todo)
	default:
		c.reportOn(claim, severity, calc.ProofIncomplete, "claim %s names %s of %s documents that its activity needs as proof of execution; missing: %s; %s",
			claim.ID, required-len(missing), required, list, todo)
	}
}

// checkInvoices compares a claim's invoices with its usage period, currency and
// amount.
func (c *settlement) checkInvoices(claim *calc.Claim) {
	var together decimal.Decimal
	canCompare, unknown := true, false
	for _, i := range claim.Invoices {
		if !within(i.Date, claim.Usage) {
			c.reportAt(claim, i.Place, calc.Error, calc.InvoiceOutsideUsage, "%s of claim %s is dated %s, outside the usage period, %s to %s; only what was spent in it can be claimed",
				name(i), claim.ID, i.Date, claim.Usage.Start(), claim.Usage.End())
		}
		if i.Currency != "" && i.Currency != claim.Currency {
			canCompare = false
			c.reportAt(claim, i.Place, calc.Warning, calc.InvoiceCurrency, "%s of claim %s is in %s, but the claim in %s; a claim has one currency: claim it in %s",
				name(i), claim.ID, i.Currency, claim.Currency, i.Currency)
		}
		together = together.Add(i.Amount.Decimal)
		unknown = unknown || !i.Amount.Valid
	}
	if len(claim.Invoices) == 0 && !hasReport(claim) || !canCompare {
		return
	}
	if hasReport(claim) {
		together = together.Add(claim.CSRAmount.Decimal)
		unknown = unknown || !claim.CSRAmount.Valid
	}
	if !together.LessThan(claim.Amount) {
		return
	}
	severity, todo := calc.Error, calc.Say("add the invoice that is missing, or claim less")
	if unknown {
		severity, todo = calc.Warning, calc.Say("enter the amounts that are blank")
	}
	c.reportOn(claim, severity, calc.InvoicesBelowClaim, "invoices and report of claim %s amount to %s, less than the %s that it claims; %s",
		claim.ID, calc.NewMoney(together, claim.Currency), calc.NewMoney(claim.Amount, claim.Currency), todo)
}

// name names an invoice in a sentence.
func name(i calc.Invoice) calc.Sentence {
	if number := cmp.Or(i.Number, i.Document); number != "" {
		return calc.Say("invoice %s", number)
	}
	return calc.Say("an invoice without a number")
}

// shortened keeps what a sentence can show of a text.
func shortened(text string) string {
	const most = 60
	if all := []rune(text); len(all) > most {
		return string(all[:most])
	}
	return text
}

// checkInvoicesTwice reports invoices that are in two claims. Two invoices are
// the same when number and document are, or number, date and amount.
func (c *settlement) checkInvoicesTwice() {
	first := map[invoiceKey]*calc.Claim{}
	for _, claim := range c.Claims {
		if claim.Over() {
			continue
		}
		for _, i := range claim.Invoices {
			var other *calc.Claim
			for _, key := range keys(i, claim) {
				if seen := first[key]; seen == nil {
					first[key] = claim
				} else if seen != claim {
					other = seen
				}
			}
			if other != nil {
				c.reportAt(claim, i.Place, calc.Error, calc.SameInvoice, "%s is in claim %s and in claim %s; an invoice can be claimed once: take it out of one of them",
					name(i), other.ID, claim.ID)
			}
		}
	}
}

type invoiceKey struct{ number, document, date, amount string }

// keys returns what makes an invoice the same as another. One without a number is
// inferred from all the rest.
func keys(i calc.Invoice, claim *calc.Claim) []invoiceKey {
	number, document, date := calc.Fold(i.Number), calc.Fold(i.Document), i.Date.String()
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
