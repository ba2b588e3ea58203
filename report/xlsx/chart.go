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
const chartColumns, chartRows = 13, 22

// addChart draws amounts by month, stacked, and beside them a line; it reads the
// sheet's own cells and stands right of the table.
func (b *book) addChart(p place, title string, months int, stacked []series, line series) error {
	overlap, gap := 100, uint(45)
	label := *font(muted, false, 9)
	slanted := excelize.Alignment{TextRotation: -45}
	x := excelize.ChartAxis{Font: label, Alignment: slanted, NumFmt: excelize.ChartNumFmt{CustomNumFmt: monthFormat}, TickLabelPosition: excelize.ChartTickLabelLow}
	y := excelize.ChartAxis{Font: label, NumFmt: excelize.ChartNumFmt{CustomNumFmt: countFormat}, MajorGridLines: true}
	columns := &excelize.Chart{
		Type:      excelize.ColStacked,
		Overlap:   &overlap,
		GapWidth:  &gap,
		Dimension: excelize.ChartDimension{Width: 760, Height: 340},
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
			Name: p.headCell(line.column), Categories: p.absolute(months), Values: p.absolute(line.column),
			Fill:   solid(line.colour),
			Line:   excelize.LineOptions{Width: 2},
			Marker: excelize.ChartMarker{Symbol: "diamond", Size: 6, Fill: solid(line.colour)},
		}},
	}
	at := fmt.Sprintf("%s%d", letters(p.columns+1), p.head)
	return b.AddChart(p.sheet, at, columns, claims)
}

func solid(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}
