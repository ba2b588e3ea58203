package xlsx

import "github.com/xuri/excelize/v2"

// chartColumns is how many columns of the usual width a chart covers,
// with the one that keeps it apart from the table, and how many rows.
const chartColumns, chartRows = 12, 22

// chartWidth is what is printed of a sheet with a chart below its table, in digits: in
// some programs charts are wider against the columns than in Excel.
const chartWidth = 126

// chartLabels is how many months an axis names without turning its labels.
const chartLabels = 14

// mostAboveChart is how many rows a workbook's first sheet may have for a chart below
// them to be seen at once.
const mostAboveChart = 24

// addChart draws amounts by month, stacked, and claims as marks: it reads the
// sheet's own cells, and is at a cell of this or another sheet.
func (s *sheet) addChart(on, at string) error {
	title := s.words.T("Earnings by type and claims, USD")
	p := s.place
	p.last = p.head + s.Chart // what follows the months is not drawn
	months := s.column("Months_Month")
	series := func(name string) excelize.ChartSeries {
		i := s.column(name)
		return excelize.ChartSeries{Name: p.headCell(i), Categories: p.absolute(months), Values: p.absolute(i)}
	}
	overlap, gap := 100, uint(45)
	label := *font(muted, false, 8)
	x := excelize.ChartAxis{
		Font: label, NumFmt: excelize.ChartNumFmt{CustomNumFmt: s.words.Sheet().Axis},
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
	for _, part := range []struct{ name, colour string }{{"Months_CoOp", accent}, {"Months_Rebate", grey}, {"Months_Other", slate}} {
		drawn := series(part.name)
		drawn.Fill = solid(part.colour)
		columns.Series = append(columns.Series, drawn)
	}
	if s.column("Months_Claimed") < 0 {
		return s.AddChart(on, at, columns)
	}
	claimed := series("Months_Claimed")
	claimed.Line = excelize.LineOptions{Type: excelize.LineNone}
	claimed.Marker = excelize.ChartMarker{Symbol: "diamond", Size: 9, Fill: solid(gold)}
	return s.AddChart(on, at, columns, &excelize.Chart{Type: excelize.Line, XAxis: x, YAxis: y, Series: []excelize.ChartSeries{claimed}})
}

func solid(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}
