package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// series is a column of a chart.
type series struct {
	column int
	colour string
}

// chartColumns is how many columns of the usual width a chart covers,
// with the one that keeps it apart from the table, and how many rows.
const chartColumns, chartRows = 12, 22

// chartLabels is how many months an axis names without turning its labels.
const chartLabels = 14

// addChart draws amounts by month, stacked, and another as marks; it reads the
// sheet's own cells and stands right of the table.
func (b *book) addChart(p place, title string, months int, stacked []series, marked series) error {
	overlap, gap := 100, uint(45)
	label := *font(muted, false, 8)
	x := excelize.ChartAxis{
		Font: label, NumFmt: excelize.ChartNumFmt{CustomNumFmt: formatsOf(b.words.Language()).axis},
		TickLabelPosition: excelize.ChartTickLabelLow, TickLabelSkip: 1 + (p.last-p.head-1)/chartLabels,
	}
	y := excelize.ChartAxis{Font: label, NumFmt: excelize.ChartNumFmt{CustomNumFmt: countFormat}, MajorGridLines: true}
	columns := &excelize.Chart{
		Type:      excelize.ColStacked,
		Overlap:   &overlap,
		GapWidth:  &gap,
		Dimension: excelize.ChartDimension{Width: 690, Height: 340},
		Format:    excelize.GraphicOptions{AltText: title, Name: title},
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: title, Font: font(ink, true, 11)}}},
		Legend:    excelize.ChartLegend{Position: "bottom", Font: &label},
		XAxis:     x,
		YAxis:     y,
	}
	for _, s := range stacked {
		columns.Series = append(columns.Series, excelize.ChartSeries{
			Name: p.headCell(s.column), Categories: p.absolute(months), Values: p.absolute(s.column), Fill: solid(s.colour),
		})
	}
	claims := &excelize.Chart{
		Type:  excelize.Line,
		XAxis: x,
		YAxis: y,
		Series: []excelize.ChartSeries{{
			Name: p.headCell(marked.column), Categories: p.absolute(months), Values: p.absolute(marked.column),
			Line:   excelize.LineOptions{Type: excelize.LineNone},
			Marker: excelize.ChartMarker{Symbol: "diamond", Size: 9, Fill: solid(marked.colour)},
		}},
	}
	at := fmt.Sprintf("%s%d", letters(p.columns+1), p.head)
	return b.AddChart(p.sheet, at, columns, claims)
}

func solid(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}
