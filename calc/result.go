package calc

import "github.com/shopspring/decimal"

// ExactParts are a balance's figures before they are rounded.
type ExactParts struct {
	Shares
	Transferred           decimal.Decimal // USD
	Published             decimal.Decimal // co-op if the published rules split gross rows
	AdjustedUSD           decimal.Decimal // of coop by adjustments
	Turnover              Exact           // of co-op, without regard to sign: the fund's own rate to USD
	Fund, Moved, Adjusted decimal.Decimal // fund currency: earned, transferred, of earned by adjustments
}

// USD returns what an amount of the fund is worth in USD, rounded to cents, at the
// rate of the fund's own earnings.
func (f *Fund) USD(inFund decimal.Decimal) decimal.Decimal {
	t := f.Exact.Turnover
	if f.FundCurrency == "USD" || t.Plain.IsZero() {
		return Cents(inFund)
	}
	return Cents(inFund.Mul(t.USD).DivRound(t.Plain, 20))
}

// Holds reports whether an earning of the fund's statement is of its period.
func (f *Fund) Holds(e Earning) bool { return PeriodOf(e.Date()) == f.Period }

// Exact is a pair of finished sums: in the earnings' currency and in USD.
type Exact struct{ Plain, USD decimal.Decimal }

func (x Exact) Plus(y Exact) Exact { return Exact{x.Plain.Add(y.Plain), x.USD.Add(y.USD)} }

func (x Exact) Minus(y Exact) Exact { return Exact{x.Plain.Sub(y.Plain), x.USD.Sub(y.USD)} }

// Decision is what becomes of a period's co-op (cspcoop help rules).
type Decision uint8

const (
	// Accruing: the period still runs.
	Accruing Decision = iota
	// Negative: clawbacks exceed earnings; nothing is paid.
	Negative
	// AutoPayout: paid with the rebate payment of the cycle that follows.
	AutoPayout
	// ClaimRequired: never paid automatically.
	ClaimRequired
)

// String returns the word of balances.csv.
func (d Decision) String() string {
	return [...]string{"accruing", "negative", "auto-payout", "claim-required"}[d]
}

// Window says whether claims are taken.
type Window uint8

const (
	// NoWindow: nothing is to be claimed.
	NoWindow Window = iota
	// WindowUpcoming: before the day on which claims open.
	WindowUpcoming
	// WindowOpen: from that day to the last day to claim.
	WindowOpen
	// WindowClosed: after the last day to claim.
	WindowClosed
)

// String returns the word of balances.csv, "" for none.
func (w Window) String() string { return [...]string{"", "upcoming", "open", "closed"}[w] }

// Claimable reports whether the fund can still be claimed, now or later.
func (w Window) Claimable() bool { return w == WindowUpcoming || w == WindowOpen }

// Result holds everything that any page says. It is the one thing that reports,
// status and explain read, and it is never changed once it is made.
type Result struct {
	AsOf        Date
	Statements  []*Statement     // by participant id, then program
	Claims      []*Claim         // the register in force, by claim id
	Findings    []Finding        // the worst first
	Sources     []*SourceAccount // by file, then SHA-256
	Totals      Totals
	Rules       []Rule          // those applied, the oldest first
	Otherwise   []Otherwise     // balances that the published rules would decide differently
	Entities    []Entity        // configured legal entities with subtotals
	Last        *LastSet        // the statement set that this one is compared with; nil without one
	RollForward []*FundMovement // every fund's movements since then, by participant, program and period
	Journal     []JournalEntry  // what to book since then, by ID; nil when none is configured
	Booked      []Booking       // what the books hold after it
	Closed      []ClosedFinding // acknowledged, the worst first
	Withdrawn   []Withdrawal    // archived files that do not count, by name
	Controls    *Controls       // what controls.csv has; nil without one
	TieOuts     []TieOut        // each of its lines beside our figure, in their order

	Comparatives  []Comparative   // of all statements together, the oldest period first
	StrayPayments []*PaymentMatch // payments of participants and programs without a statement: by date, then id

	BankStatements []*BankStatement // archived ones, by account and day
	BankLines      []*BankLine      // that may be payments of Microsoft's and match none, by day

	Policy Policy // what decided figures and findings
	Rows   Rows   // single rows; nil when it has none
}

// Balances lists every fund: by participant, program and earning period.
func (r *Result) Balances() []*Balance {
	var all []*Balance
	for _, s := range r.Statements {
		all = append(all, s.Balances...)
	}
	return all
}

// Statement is what one participant's statement for one program says.
type Statement struct {
	Participant string // id
	Name        string
	Country     string
	Program     string          // current name
	Entity      string          // legal entity; "" when none is configured
	Balances    []*Balance      // oldest period first
	Months      []MonthLine     // by month, then currency
	Calendar    []CalendarMonth // every month from the first with earnings to the last, or to the end of its half-year once that is over, none left out
	Findings    []*Finding      // of those of Result
	Sources     []SourceShare   // files with rows of this statement, by file

	// Its part of what Result has for all.
	Claims      []*Claim
	RollForward []*FundMovement
	Closed      []ClosedFinding
	Otherwise   []Otherwise
	TieOuts     []TieOut

	Engagements []EngagementShare // by period, then name

	Splits   Splits          // of rebate and co-op
	Changes  Changes         // between exports, and of periods that are over
	Payments []*PaymentMatch // by date, then id
	Unpaid   Ageing          // rebate
	Payouts  []Payout        // automatic ones, oldest period first
	UnpaidBy []StatusTotal   // earnings that are not paid, by how far they have come
	Holds    []Hold          // by last day
	Gaps     []Gap           // months without any row, oldest first

	Comparatives []Comparative // oldest period first
}

// Lead returns the balance that a statement opens with: the one with the nearest
// claim deadline, else the one that accrues, else the newest.
func (s *Statement) Lead() *Balance {
	var lead *Balance
	for _, b := range s.Balances {
		if lead == nil || b.urgency() <= lead.urgency() && (b.urgency() != claimOpen || lead.urgency() != claimOpen) {
			lead = b
		}
	}
	return lead
}

// Balance is the fund of one participant, program and earning period with what became
// of it: one row of balances.csv.
type Balance struct {
	Fund
	FundClaims
	Statement *Statement
	Movement  *FundMovement
	Since     *Since // how it was in the last set; nil when it was not in it
}

// Fund is what a participant earned with a program in an earning period, and what is
// decided of it. Amounts are rounded to cents; the exact parts are behind them.
type Fund struct {
	Participant string
	Program     string // current name
	Period      EarningPeriod
	Rule        Rule

	Shares                         // earned
	RebateCurrency string          // the one currency of its rebate, USD when there are several
	RebatePlain    decimal.Decimal // rebate in RebateCurrency
	Decision       Decision
	ClaimsOpen     Date // first day on which claims are taken
	ClaimDeadline  Date // last day
	FundsExpire    Date
	Window         Window
	DaysLeft       int // to ClaimDeadline, while Window is open
	Provisional    bool

	FundCurrency string
	Currencies   int             // of its co-op earnings; with several, it is kept in USD
	CoOpFund     decimal.Decimal // co-op in FundCurrency, transfers included
	Transferred  decimal.Decimal // of it by transfers

	Projection *Projection // only while accruing
	Exact      ExactParts
}

// FundClaims is what claims take from a fund, in its currency; amounts are invalid
// where they do not apply.
type FundClaims struct {
	Claimed   decimal.NullDecimal // taken
	Planned   decimal.NullDecimal
	Remaining decimal.NullDecimal
	Forfeited decimal.NullDecimal
	Claims    []*Claim                     // by submission, then id
	ByState   [ClaimStateCount]StateAmount // what they take, by ClaimStatus; a draft's is planned
}

// AtRisk returns what is lost unless it is claimed in time, in FundCurrency:
// what remains of a fund whose window is not closed yet. It is zero otherwise,
// and never negative.
func (b *Balance) AtRisk() decimal.Decimal {
	if !b.Window.Claimable() {
		return decimal.Zero
	}
	return decimal.Max(decimal.Zero, b.Remaining.Decimal)
}

// Unplanned returns what is at risk and not yet planned by a draft.
func (b *Balance) Unplanned() decimal.Decimal {
	return decimal.Max(decimal.Zero, b.AtRisk().Sub(b.Planned.Decimal))
}

// Projection is where an accruing period is heading at the rate of its months so
// far.
type Projection struct {
	Months    int             // months so far, up to the last one with earnings; of six
	CoOp      decimal.Decimal // USD at the period's end
	MustClaim bool            // whether that much would have to be claimed
	Distance  decimal.Decimal // USD more until it would have to be claimed; zero when it does already
	Claimable decimal.Decimal // USD of co-op with that distance
	Crossing  Month           // month in which the threshold falls at this rate; zero when it does not
}

// MonthLine is one row of monthly.csv: a month's earnings in one currency. There are
// many of them, so they keep their figures as Amounts. Shares are asked for by kind:
// Rebate, CoOp or Other.
type MonthLine struct {
	Month      Month
	Currency   string
	plain, usd [3]Amount // exact: rebate, co-op, other
}

// NewMonthLine makes a line of what was earned as rebate, as co-op and as other, exact.
func NewMonthLine(month Month, currency string, plain, usd [3]Amount) MonthLine {
	return MonthLine{month, currency, plain, usd}
}

// Exact returns a share in Currency, as exact as the rows.
func (m *MonthLine) Exact(k Kind) decimal.Decimal { return m.plain[k-Rebate].Decimal() }

// ExactUSD returns a share in USD, as exact as the rows.
func (m *MonthLine) ExactUSD(k Kind) decimal.Decimal { return m.usd[k-Rebate].Decimal() }

// Plain returns a share in Currency, rounded to cents.
func (m *MonthLine) Plain(k Kind) decimal.Decimal { return Cents(m.Exact(k)) }

// USD returns a share in USD, rounded to cents.
func (m *MonthLine) USD(k Kind) decimal.Decimal { return Cents(m.ExactUSD(k)) }

// SharesUSD returns all shares in USD, as exact as the rows.
func (m *MonthLine) SharesUSD() Shares {
	return Shares{m.ExactUSD(Rebate), m.ExactUSD(CoOp), m.ExactUSD(Other)}
}

// CalendarMonth is a month in USD over all currencies, rounded to cents.
type CalendarMonth struct {
	Month Month
	Shares
	Claimed    decimal.Decimal // USD, by claims submitted in the month
	CoOpToDate decimal.Decimal // co-op of the earning period up to and including the month
}

// Total returns rebate, co-op and other together.
func (m CalendarMonth) Total() decimal.Decimal { return m.Rebate.Add(m.CoOp).Add(m.Other) }

// Otherwise is a balance that the published rules, which are not in force,
// would decide differently.
type Otherwise struct {
	Balance  *Balance
	Decision Decision
	Rule     Rule
	CoOp     decimal.Decimal // USD that they would decide: gross rows may be split differently
}

// Entity is a legal entity that groups participants.
type Entity struct {
	Name       string
	Statements []*Statement
	Shares
	AtRiskUSD decimal.Decimal
}

// Fate says what became of a row: every row of every source has one.
type Fate uint8

const (
	// Counted rows are in the figures.
	Counted Fate = iota
	// Duplicate rows are the same earning counted from another file, or a month
	// counted from another form.
	Duplicate
	// Superseded rows were replaced by a newer version.
	Superseded
	// Repeated rows are further lines of one earning within its file.
	Repeated
	// Skipped rows are total rows, payments of claims, rows after the as-of
	// date and the like.
	Skipped
	FateCount
)

// String returns the word of run.json.
func (f Fate) String() string {
	return [...]string{"counted", "duplicates", "superseded", "repeated", "skipped"}[f]
}

// Tally counts rows and their USD by fate.
type Tally struct {
	Rows int
	By   [FateCount]int
	USD  [FateCount]decimal.Decimal // earnings only, exact
}

// Balanced reports whether every row has exactly one fate.
func (t Tally) Balanced() bool {
	n := 0
	for _, rows := range t.By {
		n += rows
	}
	return n == t.Rows
}

// SourceAccount says what became of a file's rows.
type SourceAccount struct {
	*Source
	Tally
}

// SourceShare is what a file gave to one statement.
type SourceShare struct {
	*SourceAccount
	Counted int // rows of this statement that are counted
}

// Totals proves completeness over all sources.
type Totals struct {
	Tally
	Shares                      // exact, of the figures
	Transferred decimal.Decimal // USD, exact
	Balanced    bool
}

// AtRiskUSD returns what is at risk in all open funds and in the payments whose
// hold lapses soon, in USD.
func (r *Result) AtRiskUSD() decimal.Decimal {
	var sum decimal.Decimal
	for _, d := range r.Deadlines() {
		sum = sum.Add(d.AtRisk)
	}
	return sum
}

// NextDeadline returns the first deadline on which something lapses; nil when
// nothing does.
func (r *Result) NextDeadline() *Deadline {
	for _, d := range r.Deadlines() {
		if d.AtRisk.IsPositive() {
			return &d
		}
	}
	return nil
}
