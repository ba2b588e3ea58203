package controls

import (
	"slices"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// missing lists the participants with controls and no export at all.
func (c *comparison) missing(list []calc.TieOut) []string {
	var ids []string
	for i := range list {
		if t := &list[i]; t.Location != "" && !c.ids[t.Location] {
			ids = append(ids, t.Location)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// explainLocations explains numbers of locations by the participants that have
// controls and no exports.
func (c *comparison) explainLocations(list []calc.TieOut) {
	missing := c.missing(list)
	for i := range list {
		t := &list[i]
		if t.Figure != calc.ControlLocations || t.State != calc.TieDiffers {
			continue
		}
		t.Explanation = calc.Say("the exports have earnings of %s of this time", calc.CountOf(int(t.Ours.Decimal.IntPart()), "%s participant", "%s participants"))
		if len(missing) > 0 && t.Difference.Decimal.IsNegative() {
			t.Explanation = calc.Say("%s; %s", t.Explanation, calc.Say("controls name others, of which no export has earnings: %s", calc.FirstOf(missing, mostNamed)))
			if decimal.New(int64(-len(missing)), 0).Equal(t.Difference.Decimal) {
				t.Explained = t.Difference.Decimal
			}
		}
	}
}

// Findings reports each control that differs, each participant and program that
// has controls and no exports, and each that has exports and no control.
func Findings(list []calc.TieOut, statements []*calc.Statement) []calc.Finding {
	type lack struct{ participant, program, why string }
	var found []calc.Finding
	lacking := map[lack][]*calc.TieOut{}
	var order []lack
	for i := range list {
		t := &list[i]
		switch t.State {
		case calc.TieAgrees:
		case calc.TieDiffers:
			severity := calc.Warning
			if t.Difference.Valid && t.Open().IsZero() {
				severity = calc.Info
			}
			found = append(found, t.Finding(severity, calc.ControlDiffers, sentence(t)).Behind(difference(t)))
		case calc.TieNoExport:
			key := lack{t.Location, t.ProgramName, t.Explanation.English()}
			if lacking[key] == nil {
				order = append(order, key)
			}
			lacking[key] = append(lacking[key], t)
		}
	}
	for _, key := range order {
		found = append(found, withoutExport(lacking[key], statements))
	}
	return append(found, withoutControl(list, statements)...)
}

// difference returns the money of which a control and the exports differ; none for
// locations, and for what cannot be compared.
func difference(t *calc.TieOut) calc.Money {
	if !t.Figure.IsMoney() || !t.Difference.Valid {
		return calc.Money{}
	}
	return calc.NewMoney(calc.Cents(t.Difference.Decimal), t.Currency)
}

// sentence words a control that differs.
func sentence(t *calc.TieOut) calc.Sentence {
	switch {
	case !t.Ours.Valid:
		return calc.Say("the control of %s for %s is %s (%s): %s", t.AsOf, what(t), amount(t, t.Amount), t.Source, t.Explanation)
	case t.Difference.Decimal.IsNegative():
		return calc.Say("the control of %s for %s is %s (%s), the exports come to %s, %s less: %s",
			t.AsOf, what(t), amount(t, t.Amount), t.Source, amount(t, t.Ours.Decimal), amount(t, t.Difference.Decimal.Neg()), t.Explanation)
	}
	return calc.Say("the control of %s for %s is %s (%s), the exports come to %s, %s more: %s",
		t.AsOf, what(t), amount(t, t.Amount), t.Source, amount(t, t.Ours.Decimal), amount(t, t.Difference.Decimal), t.Explanation)
}

// what words what a control is the total of.
func what(t *calc.TieOut) calc.Parameter {
	switch {
	case !t.Month.IsZero():
		return calc.Say("%s in %s", t.Figure.String(), t.Month)
	case !t.Period.IsZero():
		return calc.Say("%s in %s", t.Figure.String(), t.Period)
	}
	return t.Figure.String()
}

// amount is an amount of a control, or a number of locations.
func amount(t *calc.TieOut, amount decimal.Decimal) calc.Parameter {
	if !t.Figure.IsMoney() {
		return amount
	}
	return calc.NewMoney(calc.Cents(amount), t.Currency)
}

// Amount words an amount of a control, or a number of locations, in English.
func Amount(t *calc.TieOut, of decimal.Decimal) string {
	return calc.Say("%s", amount(t, of)).English()
}

// withoutExport reports the controls of a participant and program that have
// nothing to be compared with for one reason.
func withoutExport(list []*calc.TieOut, statements []*calc.Statement) calc.Finding {
	first := list[0]
	severity := calc.Info
	for _, t := range list {
		if t.Amount.IsZero() {
			continue
		}
		severity = calc.Warning
		known := slices.ContainsFunc(statements, func(s *calc.Statement) bool {
			return (first.Location == "" || s.Participant == first.Location) && (first.ProgramName == "" || calc.KeyOfProgram(s.Program) == calc.KeyOfProgram(first.ProgramName))
		})
		if !known {
			severity = calc.Error
		}
		first = t
		break
	}
	drop := calc.ForOperator(calc.Say("; drop the missing export, or correct the control"))
	if n := len(list) - 1; n > 0 {
		return first.Finding(severity, calc.ControlWithoutExport, calc.Say("the control of %s for %s is %s (and %s), but %s%s",
			first.AsOf, what(first), amount(first, first.Amount), calc.CountOf(n, "%s more control", "%s more controls"), first.Explanation, drop))
	}
	return first.Finding(severity, calc.ControlWithoutExport, calc.Say("the control of %s for %s is %s, but %s%s",
		first.AsOf, what(first), amount(first, first.Amount), first.Explanation, drop))
}

// withoutControl reports participants and programs whose earnings no control
// covers, where others have controls of their own.
func withoutControl(list []calc.TieOut, statements []*calc.Statement) []calc.Finding {
	covered, named, all := map[calc.StatementKey]bool{}, false, map[calc.ProgramKey]bool{}
	for i := range list {
		t := &list[i]
		program := calc.KeyOfProgram(t.ProgramName)
		switch {
		case t.Figure == calc.ControlLocations:
		case t.Location == "":
			all[program] = true
		default:
			named = true
			covered[calc.StatementKey{Participant: t.Location, Program: program}] = true
		}
	}
	var found []calc.Finding
	for _, s := range statements {
		k := calc.NewStatementKey(s.Participant, s.Program)
		if !named || all[""] || all[k.Program] || covered[k] || covered[calc.StatementKey{Participant: s.Participant}] {
			continue
		}
		f := s.Finding(calc.Info, calc.ExportWithoutControl, calc.EarningPeriod{}, calc.Say("the exports have earnings here, and controls.csv has no control for them; read one from Partner Center"))
		found = append(found, f)
	}
	return found
}
