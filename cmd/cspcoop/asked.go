package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"cspcoop/calc"
	"cspcoop/calc/reconcile"
)

// asked finds the participant that somebody means: by id, or by name or a part of
// it, without regard to case and blanks. With one participant nobody needs to say.
func asked(r *calc.Result, text string) (id string, err error) {
	wanted := foldBlanks(text)
	var ids, lines []string
	var byName, byPart []string
	for _, s := range r.Statements {
		if slices.Contains(ids, s.Participant) {
			continue
		}
		ids = append(ids, s.Participant)
		line := s.Participant
		if s.Name != "" {
			line += " (" + s.Name + ")"
		}
		lines = append(lines, line)
		if wanted != "" && foldBlanks(s.Participant) == wanted || wanted == "" && len(r.Statements) == 1 {
			return s.Participant, nil
		}
		if name := foldBlanks(s.Name); wanted != "" && name == wanted {
			byName = append(byName, s.Participant)
		} else if wanted != "" && strings.Contains(name, wanted) {
			byPart = append(byPart, s.Participant)
		}
	}
	if len(byName) == 0 {
		byName = byPart
	}
	switch {
	case len(ids) == 0:
		return "", usage("there are no earnings to explain as of %s", r.AsOf.Text())
	case wanted == "" && len(ids) == 1:
		return ids[0], nil
	case len(byName) == 1:
		return byName[0], nil
	}
	slices.Sort(lines)
	const most = 20
	list := strings.Join(lines[:min(most, len(lines))], ", ")
	if more := len(lines) - most; more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	if wanted == "" {
		return "", usage("name the participant: one of %s", visible(list))
	}
	if len(byName) > 1 {
		return "", usage("%s may be %s; name one by its id", quote(text), strings.Join(byName, " or "))
	}
	return "", usage("there is no participant %s; name one of %s", quote(text), visible(list))
}

// askedProgram finds the program that somebody means, in any spelling; with one
// program nobody needs to say.
func askedProgram(r *calc.Result, participant, text string) (string, error) {
	var programs []string
	for _, s := range r.Statements {
		if s.Participant != participant {
			continue
		}
		if calc.KeyOfProgram(s.Program) == calc.KeyOfProgram(text) {
			return s.Program, nil
		}
		programs = append(programs, s.Program)
	}
	list := visible(strings.Join(programs, ", "))
	switch {
	case strings.TrimSpace(text) != "":
		return "", usage("%s has no program %s; name one of %s", participant, quote(text), list)
	case len(programs) > 1:
		return "", usage("name the program: one of %s", list)
	}
	return strings.Join(programs, ""), nil
}

// askedEngagement finds the engagement that somebody means among those of the
// participant's program: by name, or a part of it that only one has.
func askedEngagement(r *calc.Result, q reconcile.Query, text string) (string, error) {
	if text == "" {
		return "", nil
	}
	var all, part []string
	for _, s := range r.Statements {
		if s.Participant != q.Participant || calc.KeyOfProgram(s.Program) != calc.KeyOfProgram(q.Program) {
			continue
		}
		for _, x := range s.Engagements {
			switch {
			case x.Engagement == "" || slices.ContainsFunc(all, func(name string) bool { return calc.Fold(name) == calc.Fold(x.Engagement) }):
				continue
			case calc.Fold(x.Engagement) == calc.Fold(text):
				return x.Engagement, nil
			case strings.Contains(foldBlanks(x.Engagement), foldBlanks(text)):
				part = append(part, x.Engagement)
			}
			all = append(all, x.Engagement)
		}
	}
	slices.Sort(all)
	switch {
	case len(part) == 1:
		return part[0], nil
	case len(part) > 1:
		return "", usage("--engagement %s may be any of %s; name one", quote(text), visible(strings.Join(part, ", ")))
	case len(all) == 0:
		return "", usage("--engagement: no row of %s in %s names an engagement", q.Participant, visible(q.Program))
	}
	return "", usage("there is no engagement %s; name one of %s", quote(text), visible(strings.Join(all, ", ")))
}

// foldBlanks makes texts equal that differ in case and blanks only.
func foldBlanks(text string) string { return strings.ToLower(strings.Join(strings.Fields(text), " ")) }

// askedMonth reads a month as people write it.
func askedMonth(text string) (calc.Month, error) {
	text = strings.Join(strings.Fields(text), " ")
	for _, layout := range []string{"2006-01", "2006/01", "01/2006", "1/2006", "Jan 2006", "January 2006", "2006-1"} {
		if t, err := time.Parse(layout, text); err == nil {
			return calc.NewMonth(t.Year(), t.Month()), nil
		}
	}
	return calc.Month{}, usage("--month %s: write it like 2021-03", quote(text))
}
