package reconcile

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"cspcoop/calc"
	"cspcoop/calc/journal"
	"cspcoop/calc/versions"
)

// ErrUnbalanced means that control totals from files to figures do not agree.
// It is a defect of the program; no statement may be written.
var ErrUnbalanced = errors.New("control totals do not balance")

// Calculate reconciles the archive as of a day. It fails only with
// ErrUnbalanced.
func Calculate(in calc.Input) (*calc.Result, error) {
	r, _, err := calculate(in)
	return r, err
}

// calculate takes an archive from stage to stage. What a stage returns is all that
// the next ones have, so that none can run before what it needs.
//
// It returns what was found in the claims register as well.
func calculate(in calc.Input) (r *calc.Result, ofRegister []calc.Finding, err error) {
	ledger := versions.Settle(inOrder(in.Sources), in.Policy)
	gathered := gather(basis{in.AsOf, in.Policy, ledger})
	decided := decideFunds(gathered)
	claimed := settleClaims(decided, in.Last)
	moved := rollForward(claimed, in.Last)
	checked := checkStatements(moved)
	banked := compareBank(checked)

	changes, changed := listChanges(decided, in.Last)
	otherwise, newer := decideOtherwise(decided)
	each, whole := compareEarlier(decided, in.Last)
	sources, totals := accountSources(banked)

	statements := assemble(banked, parts{changes, otherwise, each, sources})
	tieOuts, untied := tieOut(banked, statements, in.Controls)
	var withdrawn findings
	for _, w := range in.Withdrawn {
		withdrawn.report(w.Finding())
	}
	found := banked.found(noticeAll(banked), ledger.Findings, changed, untied, newer, in.Notices, withdrawn)
	open, closed := closeAcknowledged(in, calc.SortFindings(found))

	r = &calc.Result{
		AsOf: in.AsOf, Policy: in.Policy, Last: in.Last, Withdrawn: in.Withdrawn, Controls: in.Controls,
		Statements: statements, Claims: claimed.outcome.Claims, Findings: open, Closed: closed, Sources: sources, Totals: totals,
		Rules: appliedRules(decided.funds()), Entities: entities(in.Policy.Entities, statements),
		RollForward: moved.rollForward, Comparatives: whole, TieOuts: tieOuts,
		StrayPayments: banked.stray, BankStatements: banked.bank.Statements, BankLines: banked.bank.Left, Rows: decided.rows(statements),
	}
	r.Journal, r.Booked = journal.Post(r)
	handOut(r)
	if err := balanced(r); err != nil {
		return nil, nil, err
	}
	return r, claimed.outcome.Findings, nil
}

// inOrder returns sources by file name, so that nothing depends on the order in which
// they are handed in.
func inOrder(sources []*calc.Source) []*calc.Source {
	return slices.SortedFunc(slices.Values(sources), func(a, b *calc.Source) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.SHA256, b.SHA256))
	})
}

// balanced returns ErrUnbalanced where a fund does not add up, or the sources do not
// add up to the figures.
func balanced(r *calc.Result) error {
	for _, f := range r.RollForward {
		if !f.Balanced() {
			return fmt.Errorf("%w: the roll-forward of %s %s %s does not add up", ErrUnbalanced, f.Participant, f.Program, f.Period)
		}
	}
	if !r.Totals.Balanced {
		return fmt.Errorf("%w: rows %d, counted and explained %v", ErrUnbalanced, r.Totals.Rows, r.Totals.By)
	}
	return nil
}

// CheckRegister says what a run would find in a claims register if it were
// received now, the worst first. The archive stays as it is, and so does the
// register. It fails only as Calculate does.
func CheckRegister(in calc.Input, register *calc.Source) ([]calc.Finding, error) {
	last := *register
	for _, s := range in.Sources {
		last.Receipt = max(last.Receipt, s.Receipt+1)
	}
	in.Sources = append(slices.Clone(in.Sources), &last)
	_, found, err := calculate(in)
	return calc.SortFindings(found), err
}

// basis is what every stage goes by.
type basis struct {
	AsOf   calc.Date
	Policy calc.Policy
	ledger *versions.Ledger
}

// findings are what a stage found.
type findings []calc.Finding

func (l *findings) report(f calc.Finding) { *l = append(*l, f) }
