package calc

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

// TestBatchesGiveTheSameTable reads random rows one by one, and in batches by
// several readers at once: the codes of texts and all that rows say are the same.
func TestBatchesGiveTheSameTable(t *testing.T) {
	for seed := range uint64(60) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 1))
			rows := randomCells(random, 1+random.IntN(900))
			want := NewEarnings(&Source{}, nil)
			for _, cells := range rows {
				want.Add(cells)
			}
			texts := &Texts{}
			got := NewEarnings(want.source, texts)
			readers := make([]*batchReader, 1+random.IntN(4))
			for i := range readers {
				readers[i] = &batchReader{writer: texts.NewWriter(), random: random}
			}
			for left := rows; len(left) > 0; {
				n := min(1+random.IntN(200), len(left))
				r := readers[random.IntN(len(readers))]
				r.read(left[:n])
				half := random.IntN(n + 1)
				got.Append(&r.batch, 0, half)
				got.Append(&r.batch, half, n)
				left = left[n:]
				if len(left) > 0 && random.IntN(3) == 0 { // an odd row between blocks
					got.Add(left[0])
					left = left[1:]
				}
			}
			for _, r := range readers {
				r.writer.Flush()
			}
			got.Finish()
			want.Finish()
			sameTables(t, got, want, rows)
		})
	}
}

// batchReader fills batches as a reader of blocks does: some texts last, others do
// not.
type batchReader struct {
	batch  Batch
	known  [TextColumns]map[string]uint32
	writer *TextWriter
	random *rand.Rand
}

func (r *batchReader) read(rows []EarningCells) {
	r.batch.Clear()
	for i := range rows {
		c := &rows[i]
		row := EarningRow{
			ID: r.writer.Add(c.ID), ClaimID: r.writer.Add(c.ClaimID), PaymentID: r.writer.Add(c.PaymentID), Date: c.Date, Calculated: c.Calculated,
			Amount: c.Amount, USD: c.USD, Paid: c.Paid.Amount, Row: c.Row, Sheet: c.Sheet,
		}
		for column, text := range [TextColumns]string{
			c.Participant, c.ParticipantName, c.Country, c.Program, c.Engagement, c.Lever, c.Type, c.ReasonCode, c.Currency, c.PaymentStatus, c.StatusText,
			c.EstimatedMonth, c.Paid.Currency,
		} {
			row.Codes[column] = r.code(TextColumn(column), text)
		}
		r.batch.Rows = append(r.batch.Rows, row)
	}
}

func (r *batchReader) code(c TextColumn, text string) uint32 {
	if r.random.IntN(3) == 0 {
		return r.batch.Passing(c, text)
	}
	code, known := r.known[c][text]
	if !known {
		if r.known[c] == nil {
			r.known[c] = map[string]uint32{}
		}
		code = r.batch.Word(c, text)
		r.known[c][text] = code
	}
	return code
}

func randomCells(random *rand.Rand, n int) []EarningCells {
	pick := func(texts ...string) string { return texts[random.IntN(len(texts))] }
	amount := func() Amount {
		switch random.IntN(12) {
		case 0:
			return NewAmount(decimal.RequireFromString("-12345678901234567890.12345678901234567890"))
		case 1:
			return Amount{}
		}
		return ScaledAmount(int64(random.Uint64())>>random.IntN(64), uint8(random.IntN(19)))
	}
	distinct := 1 + random.IntN(70_000)
	var rows []EarningCells
	for i := range n {
		c := EarningCells{
			ID: pick("", fmt.Sprint("E-", i)), Date: Date{int32(700_000 + random.IntN(40_000))}, Amount: amount(), USD: amount(), ClaimID: pick("", "", "C-7"),
			PaymentID: pick("", fmt.Sprint("P-", random.IntN(50))), Row: uint32(i) << random.IntN(20), Sheet: uint16(random.IntN(3)),
			Participant: fmt.Sprint(random.IntN(5)), ParticipantName: fmt.Sprint("Contoso ", random.IntN(distinct)), Country: pick("", "NL"), Program: pick("CSP 1T Direct Partner", "CSP Direct Bill Partner", "p"),
			Engagement: pick("", "e"), Lever: fmt.Sprint("Lever ", random.IntN(300)), Type: pick("Coop", "CO-OP", "Rebate", "", "Fee"), ReasonCode: pick("", "Co-op Rollover", "Adjustment", "?"),
			Currency: pick("EUR", "USD"), PaymentStatus: pick("", "Sent", "SENT", "Upcoming", "On hold"),
			StatusText: pick("", "Pending tax profile", "Payment has been sent", fmt.Sprint("Status of payment ", i)), EstimatedMonth: pick("", "Jul-2021"),
		}
		if random.IntN(2) == 0 {
			c.Calculated = Stamp{Day: c.Date, Clock: time.Duration(random.IntN(864_000_000_000)) * 100, Clocked: true}
		}
		if random.IntN(3) == 0 {
			c.Paid = PaidAmount{amount(), "NOK"}
		}
		rows = append(rows, c)
	}
	return rows
}

func sameTables(t *testing.T, got, want *Earnings, rows []EarningCells) {
	t.Helper()
	if got.Len() != len(rows) || want.Len() != len(rows) {
		t.Fatalf("%d and %d rows, want %d", got.Len(), want.Len(), len(rows))
	}
	for c := range TextColumns {
		if !slices.Equal(got.Words(c), want.Words(c)) {
			t.Fatalf("column %d has %q, want %q", c, got.Words(c), want.Words(c))
		}
	}
	says := func(e Earning) []any {
		all := []any{
			e.ID(), e.ClaimID(), e.PaymentID(), e.Date(), e.Calculated(), e.Amount().Decimal().String(), e.USD().Decimal().String(), e.Paid().Amount.Decimal().String(),
			e.Row(), e.Sheet(), e.PaymentState(), e.Contradict(), e.Status(), e.Rank(), e.Money(), e.Kind(), e.Reason(), e.ProgramKey(), e.ProgramName(), e.Identity(), e.Class(ClaimRowsPay),
		}
		for c := range TextColumns {
			all = append(all, e.Code(c))
		}
		return all
	}
	for i, e := range want.All() {
		if a, b := says(got.At(i)), says(e); !reflect.DeepEqual(a, b) {
			t.Fatalf("row %d is %v, want %v", i, a, b)
		}
		c := rows[i]
		read := []any{c.ID, c.Date, c.Calculated, c.Amount.Decimal().String(), c.Row, c.Sheet, c.ParticipantName, c.Lever, c.Type, KindOf(c.Type), reasonOf(reasonOfCode(c.ReasonCode), earningTypes[TypeKey(c.Type)].reason), KeyOfProgram(c.Program), c.Paid.Currency}
		kept := []any{e.ID(), e.Date(), e.Calculated(), e.Amount().Decimal().String(), e.Row(), e.Sheet(), e.ParticipantName(), e.Lever(), e.Type(), e.Kind(), e.Reason(), e.ProgramKey(), e.Paid().Currency}
		state, contradict := DescribedState(c.PaymentStatus, c.StatusText)
		if !reflect.DeepEqual(kept, read) || e.PaymentState() != state || e.Contradict() != contradict {
			t.Fatalf("row %d is %v, read as %v", i, kept, read)
		}
	}
}

// BenchmarkAppend adds blocks of rows to a table.
func BenchmarkAppend(b *testing.B) {
	const block, blocks = 1000, 100
	random := rand.New(rand.NewPCG(1, 1))
	rows := randomCells(random, block)
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		texts := &Texts{}
		r := batchReader{writer: texts.NewWriter(), random: random}
		r.read(rows)
		t := NewEarnings(&Source{}, texts)
		t.Grow(block * blocks)
		read := slices.Clone(r.batch.Rows)
		b.StartTimer()
		for range blocks {
			copy(r.batch.Rows, read)
			t.Append(&r.batch, 0, block)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/block/blocks, "ns/row")
}
