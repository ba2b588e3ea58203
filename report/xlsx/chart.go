package xlsx

import (
	"fmt"
	"io"
	"sync"

	"github.com/xuri/excelize/v2"
)

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

// drawnChart is the XML of a chart and of where it is.
type drawnChart struct{ chart, drawing string }

// drawnCharts are those that were made, by what distinguishes them: the months of most
// statements are in the same cells.
var drawnCharts sync.Map

// chartAt draws amounts by month, stacked, and claims as marks: it reads the
// sheet's own cells, and is at a cell of this or another sheet.
func (s *sheet) chartAt(at string) (*drawnChart, error) {
	title, axis := s.words.T("Earnings by type and claims, USD"), s.words.Sheet().Axis
	p := s.place
	p.last = p.head + s.Chart // what follows the months is not drawn
	key := fmt.Sprint(at, title, axis, p.absolute(s.column("Months_Month")))
	for _, name := range drawnColumns {
		if i := s.column(name); i >= 0 {
			key += " " + p.absolute(i)
		}
	}
	if known, ok := drawnCharts.Load(key); ok {
		return known.(*drawnChart), nil
	}
	f := excelize.NewFile()
	defer f.Close()
	if err := s.addChart(f, at, title, axis, p); err != nil {
		return nil, err
	}
	if err := f.Write(io.Discard); err != nil {
		return nil, fmt.Errorf("drawing the chart: %w", err)
	}
	c := &drawnChart{partOf(f, "xl/charts/chart1.xml"), partOf(f, "xl/drawings/drawing1.xml")}
	drawnCharts.Store(key, c)
	return c, nil
}

// drawnColumns are the columns that the chart draws: three in bars, and claims.
var drawnColumns = []string{"Months_CoOp", "Months_Rebate", "Months_Other", "Months_Claimed"}

func (s *sheet) addChart(f *excelize.File, at, title, axis string, p place) error {
	months, on := s.column("Months_Month"), f.GetSheetName(0)
	series := func(name string) excelize.ChartSeries {
		i := s.column(name)
		return excelize.ChartSeries{Name: p.headCell(i), Categories: p.absolute(months), Values: p.absolute(i)}
	}
	overlap, gap := 100, uint(45)
	label := *font(muted, false, 8)
	x := excelize.ChartAxis{
		Font: label, NumFmt: excelize.ChartNumFmt{CustomNumFmt: axis},
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
	for i, colour := range []string{accent, grey, slate} {
		drawn := series(drawnColumns[i])
		drawn.Fill = solid(colour)
		columns.Series = append(columns.Series, drawn)
	}
	if s.column("Months_Claimed") < 0 {
		return f.AddChart(on, at, columns)
	}
	claimed := series("Months_Claimed")
	claimed.Line = excelize.LineOptions{Type: excelize.LineNone}
	claimed.Marker = excelize.ChartMarker{Symbol: "diamond", Size: 9, Fill: solid(gold)}
	return f.AddChart(on, at, columns, &excelize.Chart{Type: excelize.Line, XAxis: x, YAxis: y, Series: []excelize.ChartSeries{claimed}})
}

func solid(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

// partOf returns a part of a file that was written.
func partOf(f *excelize.File, name string) string {
	part, _ := f.Pkg.Load(name)
	content, _ := part.([]byte)
	return string(content)
}
