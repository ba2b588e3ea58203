package main

import (
	"fmt"
	"io"
)

// line is a row of the printed table.
type line struct{ target, measured, figure, limit, verdict string }

// lines words what was measured for a target.
func (t *target) lines() ([]line, error) {
	list := []line{{target: t.name, measured: t.ours.name, figure: t.ours.figure()}}
	for _, p := range t.peers {
		if p.absent != "" {
			list = append(list, line{measured: p.name, figure: "missing: " + p.absent})
			continue
		}
		list = append(list, line{measured: p.name, figure: p.figure()})
		ratio := t.ours.elapsed().Seconds() / p.elapsed().Seconds()
		versus := line{measured: "cspcoop ÷ " + p.name, figure: fmt.Sprintf("%.2f ×", ratio)}
		if p.most > 0 {
			versus.limit, versus.verdict = fmt.Sprintf("≤ %v ×", p.most), verdict(ratio/p.most)
		}
		list = append(list, versus)
	}
	if t.bounds == nil {
		return list, nil
	}
	bounds, err := t.bounds()
	for _, b := range bounds {
		l := line{measured: b.what, figure: fmt.Sprintf(b.format, b.got)}
		if b.most > 0 {
			l.limit, l.verdict = "≤ "+fmt.Sprintf(b.format, b.most), verdict(b.got/b.most)
		}
		list = append(list, l)
	}
	return list, err
}

// figure words a contender's time, processor time and memory.
func (c *contender) figure() string {
	if len(c.taken) == 0 {
		return "not measured"
	}
	s := fmt.Sprintf("%.2f s (%.2f s CPU)", c.elapsed().Seconds(), c.cpu().Seconds())
	if peak := c.peak(); peak > 0 {
		s += fmt.Sprintf(", %.0f MB", float64(peak)/megabyte)
	}
	return s
}

// verdict says whether a limit holds, by how many times it was used.
func verdict(over float64) string {
	if over <= 1 {
		return "met"
	}
	return fmt.Sprintf("missed: %.1f times the limit", over)
}

func printTable(w io.Writer, lines []line) {
	fmt.Fprint(w, "| target | measured | figure | limit | |\n|---|---|---|---|---|\n")
	for _, l := range lines {
		fmt.Fprintf(w, "| %s | %s | %s | %s | %s |\n", l.target, l.measured, l.figure, l.limit, l.verdict)
	}
}
