package calc

import "slices"

// Audience is whom a finding addresses.
type Audience uint8

const (
	// Accountant reads statements and answers for their figures.
	Accountant Audience = iota
	// Operator runs the job: drops exports and keeps the configuration.
	Operator
)

// String names the audience.
func (a Audience) String() string { return [...]string{"accountant", "operator"}[a] }

// CodeNote says what a finding's code means and what to do about it: a row of
// the table of findings.
type CodeNote struct {
	Code       Code
	Severities []Severity // that it can have, the worst first
	Meaning    string
	Advice     string // what to do about it; "" for nothing
	For        Audience
	Leads      bool // it comes before everything else that a document says
	BlocksSeal bool // a set with such an error can't be sealed until it is acknowledged
}

// CodeNotes returns the table of findings, which "cspcoop help findings" prints.
func CodeNotes() []CodeNote { return slices.Clone(codeNotes) }

// NoteOf returns the row of a code; ok is false when the table has none.
func NoteOf(code Code) (note CodeNote, ok bool) {
	i, ok := rowOf[code]
	if !ok {
		return CodeNote{}, false
	}
	return codeNotes[i], true
}

// Allows reports whether the table has the code, with this severity.
func (c Code) Allows(s Severity) bool {
	note, _ := NoteOf(c)
	return slices.Contains(note.Severities, s)
}

var (
	errorOnly      = []Severity{Error}
	errorOrWarning = []Severity{Error, Warning}
	anySeverity    = []Severity{Error, Warning, Info}
	warningOnly    = []Severity{Warning}
	warningOrInfo  = []Severity{Warning, Info}
	infoOnly       = []Severity{Info}
)

// A code outside this table, or with a severity that its row does not have, makes
// no finding: see [NewFinding]. Meaning and advice are also keys of the
// translations.
var codeNotes = []CodeNote{
	{Code: VersionConflict, Severities: errorOnly, For: Accountant,
		Meaning: "two versions of an earning are equally new and differ in money",
		Advice:  "ask Partner Center which is right; drop a newer export"},
	{Code: TypeConflict, Severities: errorOnly, For: Accountant,
		Meaning: "one earning id has two types; both count",
		Advice:  "ask Partner Center which is right"},
	{Code: IDCase, Severities: warningOnly, For: Operator,
		Meaning: "two earning ids differ only in upper and lower case; they are two earnings",
		Advice:  "check that no spreadsheet changed an id"},
	{Code: LeadingZeros, Severities: errorOnly, For: Operator,
		Meaning: "two participants or two earning ids differ only in leading zeros; both count",
		Advice:  "check that no spreadsheet cut the zeros off; drop the untouched export"},
	{Code: Restated, Severities: warningOnly, For: Accountant,
		Meaning: "earnings came back with another amount or month; the newer version counts",
		Advice:  "compare with what was booked"},
	{Code: StatusChanged, Severities: infoOnly, For: Accountant,
		Meaning: "earnings changed in payment status only"},
	{Code: EarningVanished, Severities: warningOnly, For: Accountant,
		Meaning: "an earning is missing from a newer export that covers it; it still counts",
		Advice:  "ask Microsoft whether it was withdrawn"},
	{Code: ExportPartial, Severities: infoOnly, For: Operator,
		Meaning: "an export lacks most earnings of a month that it covers, as if filtered",
		Advice:  "download the whole range"},
	{Code: ClosedPeriodAdjusted, Severities: warningOnly, For: Accountant,
		Meaning: "adjustments were booked into a closed period after the last statement",
		Advice:  "compare with what was booked"},
	{Code: SheetReplaced, Severities: warningOrInfo, For: Operator,
		Meaning: "a sheet without ids was replaced by a newer one; info when both say the same",
		Advice:  "keep one sheet per month"},
	{Code: SheetRepeated, Severities: warningOnly, For: Operator,
		Meaning: "a sheet without ids repeats other sheets of its workbook, as a summary does; the money counts once",
		Advice:  "remove the summary from the workbook"},
	{Code: SheetsOverlap, Severities: warningOnly, For: Operator,
		Meaning: "two sheets of a workbook have the same participant, program, type and month with different totals; both count",
		Advice:  "remove one if it is a summary of the other"},
	{Code: FormsDisagree, Severities: warningOnly, For: Accountant,
		Meaning: "a sheet without ids and the earnings with ids of the same month differ; those with ids count",
		Advice:  "find what the sheet leaves out"},
	{Code: AfterAsOf, Severities: infoOnly, For: Operator,
		Meaning: "rows after the as-of date are left out"},
	{Code: ClaimPaymentRows, Severities: warningOrInfo, For: Operator,
		Meaning: "Coop rows with a claimId pay a claim and are not counted as earned",
		Advice:  "set `[claims] rows` if they are earnings"},
	{Code: CoOpTransferred, Severities: infoOnly, For: Accountant,
		Meaning: "Co-op Rollover rows move co-op or turn it into rebate"},
	{Code: TransferCurrency, Severities: errorOnly, For: Operator,
		Meaning: "a rollover is in another currency than its fund, and no rate is configured",
		Advice:  "add the rate to `[rates]`"},
	{Code: UnknownEarningType, Severities: warningOnly, For: Operator,
		Meaning: "an earning type is not known; its rows are neither rebate nor co-op",
		Advice:  "look the rows up in Partner Center"},
	{Code: UnknownReasonCode, Severities: warningOnly, For: Operator,
		Meaning: "a reason code is not known; its rows count as earnings",
		Advice:  "look the rows up in Partner Center"},
	{Code: UnknownPaymentStatus, Severities: warningOnly, For: Operator,
		Meaning: "a payment status is not known; it ranks lowest among versions",
		Advice:  "look the rows up in Partner Center"},
	{Code: AmountsDisagree, Severities: warningOnly, For: Accountant,
		Meaning: "earningAmount and earningAmountUSD differ though the currency is USD",
		Advice:  "ask Microsoft"},
	{Code: NameChanged, Severities: infoOnly, For: Accountant,
		Meaning: "a participant goes by several names; the newest is used"},
	{Code: DecisionChanged, Severities: errorOnly, For: Accountant, Leads: true,
		Meaning: "a closed period is decided differently from the last statement",
		Advice:  "inform whoever relies on that statement; claim, or stop claiming"},
	{Code: BalanceChanged, Severities: warningOnly, For: Accountant,
		Meaning: "co-op of a closed period moved since the last statement",
		Advice:  "compare with what was booked"},
	{Code: PaidOutBeforeClaim, Severities: errorOnly, For: Accountant, Leads: true,
		Meaning: "a part of co-op that must be claimed was paid out or rolled over before",
		Advice:  "ask Microsoft before you claim the rest"},
	{Code: FundGone, Severities: warningOnly, For: Accountant,
		Meaning: "a fund of the last statement no longer has earnings",
		Advice:  "look up the restated earnings"},
	{Code: FundCurrencyChanged, Severities: warningOnly, For: Accountant,
		Meaning: "a fund is kept in another currency than in the last statement",
		Advice:  "nothing; its roll-forward starts again"},
	{Code: Provisional, Severities: infoOnly, For: Operator,
		Meaning: "a period is over, but no export shows it complete",
		Advice:  "drop an export that was downloaded after its end"},
	{Code: NegativeBalance, Severities: warningOnly, For: Accountant,
		Meaning: "clawbacks exceed what was earned; nothing is paid",
		Advice:  "expect later earnings to offset it"},
	{Code: NewerThreshold, Severities: warningOnly, For: Operator,
		Meaning: "the published rules would decide differently",
		Advice:  "set `rule_set = \"published\"` if they apply to you"},
	{Code: Forfeited, Severities: warningOnly, For: Accountant,
		Meaning: "co-op was not claimed in time and is lost",
		Advice:  "claim earlier next time"},

	{Code: SplitDiffers, Severities: warningOnly, For: Accountant,
		Meaning: "rebate and co-op of a lever and month are not split by the rule",
		Advice:  "ask Microsoft for the calculation"},
	{Code: USDNotByRate, Severities: warningOnly, For: Accountant,
		Meaning: "earningAmount × earningExchangeRate is not earningAmountUSD",
		Advice:  "ask Microsoft"},
	{Code: AmountNotByRate, Severities: warningOnly, For: Accountant,
		Meaning: "transactionAmount × earningRate is not earningAmount",
		Advice:  "ask Microsoft"},
	{Code: MonthsMissing, Severities: warningOrInfo, For: Operator,
		Meaning: "months without any row between a participant's first and last; info when an export reaches across",
		Advice:  "drop the missing export"},
	{Code: NoPaymentsReport, Severities: infoOnly, For: Operator,
		Meaning: "there is no Payments report to compare with",
		Advice:  "download it too"},
	{Code: PaymentDiffers, Severities: warningOrInfo, For: Accountant,
		Meaning: "a payment differs from the earnings that carry its id",
		Advice:  "ask for the payment's details"},
	{Code: PaymentTotalDiffers, Severities: warningOnly, For: Accountant,
		Meaning: "a payment's total is not its earned amount with its taxes",
		Advice:  "ask for the payment's details"},
	{Code: PaidWithoutEarnings, Severities: warningOrInfo, For: Operator,
		Meaning: "a payment has no earnings",
		Advice:  "drop the export that holds them"},
	{Code: SentWithoutPayment, Severities: warningOnly, For: Accountant,
		Meaning: "earnings are Sent, but no Payments report has their payment",
		Advice:  "look for it in the bank account"},
	{Code: PaymentFailed, Severities: warningOrInfo, For: Accountant,
		Meaning: "a payment was reversed, rejected or failed; its earnings are unpaid",
		Advice:  "check bank and tax details"},
	{Code: PaymentHeld, Severities: infoOnly, For: Accountant,
		Meaning: "rebate or an automatic payout below Microsoft's 200 USD minimum is not paid yet"},
	{Code: RebateLate, Severities: warningOnly, For: Accountant,
		Meaning: "rebate is unpaid for longer than `[payments] late_days`",
		Advice:  "check bank and tax details, then ask Microsoft"},
	{Code: PayoutMissingCode, Severities: warningOnly, For: Accountant,
		Meaning: "an automatic payout of co-op did not arrive in the cycle after its period",
		Advice:  "ask Microsoft"},

	{Code: ClaimWithoutFund, Severities: errorOnly, For: Accountant,
		Meaning: "a claim is for a fund that no export has earnings for",
		Advice:  "check participant, program and usage period"},
	{Code: ClaimVanished, Severities: errorOnly, For: Accountant, BlocksSeal: true, Leads: true,
		Meaning: "a claim of the last statement is no longer in the claims register; its money is free again",
		Advice:  "restore the claim in the register, or acknowledge that it is gone"},
	{Code: ClaimWentBack, Severities: errorOnly, For: Accountant, BlocksSeal: true, Leads: true,
		Meaning: "a claim is in an earlier state than in the last statement",
		Advice:  "correct the register, or acknowledge that the claim went back"},
	{Code: ClaimTooLate, Severities: errorOnly, For: Accountant,
		Meaning: "a claim was submitted after the last day; it takes nothing",
		Advice:  "ask Microsoft for an exception"},
	{Code: ClaimTooEarly, Severities: errorOnly, For: Accountant,
		Meaning: "a claim was submitted before claims for its usage period opened",
		Advice:  "check the dates"},
	{Code: ClaimUndated, Severities: warningOnly, For: Accountant,
		Meaning: "a claim that was submitted has no submission date",
		Advice:  "enter it in the register"},
	{Code: ClaimCurrency, Severities: errorOnly, For: Operator,
		Meaning: "a claim is in another currency than its fund, and there is no rate; it takes nothing",
		Advice:  "add the rate to `[rates]` or amountUSD to the register"},
	{Code: ActivityDates, Severities: errorOrWarning, For: Accountant,
		Meaning: "a claim's activity has no dates, or ends before it starts",
		Advice:  "correct the dates"},
	{Code: ActivityOutsideUsage, Severities: errorOnly, For: Accountant,
		Meaning: "a claim's activity is outside the usage period",
		Advice:  "correct the dates or the usage period"},
	{Code: DraftDue, Severities: errorOrWarning, For: Accountant,
		Meaning: "a draft's window closes soon",
		Advice:  "submit it"},
	{Code: DraftExpired, Severities: warningOnly, For: Accountant,
		Meaning: "a draft was not submitted in time",
		Advice:  "remove it from the register"},
	{Code: NoInvoice, Severities: warningOrInfo, For: Accountant,
		Meaning: "a claim has neither invoice nor certification service report",
		Advice:  "add one"},
	{Code: InvoiceOutsideUsage, Severities: errorOnly, For: Accountant,
		Meaning: "an invoice is dated outside the usage period",
		Advice:  "check the invoice"},
	{Code: InvoiceCurrency, Severities: warningOnly, For: Accountant,
		Meaning: "an invoice is in another currency than its claim",
		Advice:  "claim in the invoice's currency"},
	{Code: InvoicesBelowClaim, Severities: errorOrWarning, For: Accountant,
		Meaning: "invoices and service report together are less than the claim",
		Advice:  "add the missing invoice or claim less"},
	{Code: SameInvoice, Severities: errorOnly, For: Accountant,
		Meaning: "one invoice is in two claims",
		Advice:  "remove it from one of them"},
	{Code: NoProof, Severities: warningOrInfo, For: Accountant,
		Meaning: "a claim names no proof of execution",
		Advice:  "add what the activity needs"},
	{Code: ProofIncomplete, Severities: warningOrInfo, For: Accountant,
		Meaning: "a claim names fewer documents than its activity needs",
		Advice:  "add what is missing"},
	{Code: UnknownCategory, Severities: warningOnly, For: Operator,
		Meaning: "a category is not known",
		Advice:  "use the nearest known one, or configure it"},
	{Code: UnknownActivity, Severities: warningOnly, For: Operator,
		Meaning: "an activity is not known",
		Advice:  "use the nearest known one, or configure it"},
	{Code: ActivityInOtherCategory, Severities: warningOnly, For: Accountant,
		Meaning: "an activity is in a category that is not its own",
		Advice:  "correct the category"},
	{Code: OverCap, Severities: errorOrWarning, For: Accountant,
		Meaning: "claims for an activity exceed its cap in the usage period",
		Advice:  "claim less"},
	{Code: FundOverdrawn, Severities: errorOnly, For: Accountant,
		Meaning: "claims take more than the fund holds",
		Advice:  "correct or withdraw a claim"},
	{Code: FundOverplanned, Severities: warningOnly, For: Accountant,
		Meaning: "drafts plan more than remains",
		Advice:  "plan less"},
	{Code: FundRestatedBelowThreshold, Severities: errorOnly, For: Accountant,
		Meaning: "a fund with claims was restated to the threshold or below",
		Advice:  "stop claiming; talk to Microsoft"},
	{Code: FundNotClaimable, Severities: anySeverity, For: Accountant,
		Meaning: "a claim is for a fund that is paid automatically, negative or still accruing",
		Advice:  "withdraw it, or wait"},
	{Code: PartnerActionRequired, Severities: warningOnly, For: Accountant,
		Meaning: "a claim waits for you",
		Advice:  "answer in Partner Center and resubmit"},
	{Code: DisputeWaiting, Severities: warningOrInfo, For: Accountant,
		Meaning: "a disputed claim is not decided after five business days",
		Advice:  "ask Microsoft"},
	{Code: ReviewOverdue, Severities: warningOnly, For: Accountant,
		Meaning: "a claim is in review for longer than `[claims] review_days`",
		Advice:  "look it up in Partner Center"},
	{Code: PaymentOverdue, Severities: warningOnly, For: Accountant,
		Meaning: "an approved claim is unpaid for longer than `[claims] paid_days`",
		Advice:  "ask Microsoft"},
	{Code: ApprovedAboveClaim, Severities: errorOnly, For: Accountant,
		Meaning: "a claim was approved with more than was claimed",
		Advice:  "compare with Partner Center; a decimal mark may be lost"},
	{Code: PaidAmountDiffers, Severities: warningOnly, For: Accountant,
		Meaning: "a claim was paid with another amount than approved",
		Advice:  "ask Microsoft"},
	{Code: ClaimRejectedCode, Severities: warningOnly, For: Accountant,
		Meaning: "a claim was rejected while its window is open",
		Advice:  "dispute it or resubmit it"},
	{Code: RejectedForfeits, Severities: warningOnly, For: Accountant,
		Meaning: "a claim was rejected after the last day; its amount is forfeited",
		Advice:  "dispute it if the rejection is wrong"},
	{Code: RegisterStale, Severities: warningOnly, For: Accountant,
		Meaning: "the register has not changed for longer than its claims can wait",
		Advice:  "drop a new one"},
	{Code: ClaimPaymentUnmatched, Severities: warningOnly, For: Accountant,
		Meaning: "an export pays a claim that the register does not have",
		Advice:  "add the claim to the register"},
	{Code: ClaimPaymentDiffers, Severities: warningOnly, For: Accountant,
		Meaning: "an export pays a claim with another amount than approved",
		Advice:  "ask Microsoft"},

	{Code: TotalRowCode, Severities: infoOnly, For: Operator,
		Meaning: "a file's own total row agrees and is not counted"},
	{Code: TotalRowDiffers, Severities: warningOnly, For: Operator,
		Meaning: "a file's own total row differs from its rows",
		Advice:  "find out what the file left out"},
	{Code: EncodingAssumed, Severities: infoOnly, For: Operator,
		Meaning: "a file's encoding was inferred",
		Advice:  "check names with accents"},
	{Code: Dialect, Severities: infoOnly, For: Operator,
		Meaning: "`date_order` or `decimal_mark` of the configuration settled a file"},
	{Code: NoFinalNewline, Severities: warningOnly, For: Operator,
		Meaning: "a file's last line has no line end",
		Advice:  "check that the file is whole"},
	{Code: DatesBeforeMidnight, Severities: warningOnly, For: Operator,
		Meaning: "all dates of a column are just before midnight; months may be one too early",
		Advice:  "compare the dates with Partner Center, and download the report again"},
	{Code: HiddenSheet, Severities: infoOnly, For: Operator,
		Meaning: "a hidden sheet was not read",
		Advice:  "unhide it if it holds earnings"},
	{Code: HiddenRows, Severities: infoOnly, For: Operator,
		Meaning: "hidden or filtered rows are data and were read"},
	{Code: FormulaValues, Severities: infoOnly, For: Operator,
		Meaning: "saved values of formulas were used",
		Advice:  "check that the workbook was calculated"},
	{Code: MergedCells, Severities: infoOnly, For: Operator,
		Meaning: "a sheet has merged cells",
		Advice:  "check that no value is missing"},
	{Code: SheetPassedOver, Severities: infoOnly, For: Operator,
		Meaning: "a sheet has no header of a known report",
		Advice:  "nothing, unless it should be read"},
	{Code: UnknownColumns, Severities: infoOnly, For: Operator,
		Meaning: "unknown columns are ignored",
		Advice:  "name them under `[columns]` if they matter"},
	{Code: TwoColumns, Severities: warningOnly, For: Operator,
		Meaning: "two columns mean the same; the one listed first is used",
		Advice:  "remove one"},
	{Code: NoRows, Severities: infoOnly, For: Operator,
		Meaning: "a report has a header and no rows"},
	{Code: DefaultUsed, Severities: infoOnly, For: Operator,
		Meaning: "a configured default filled blank cells"},
	{Code: RateUsed, Severities: infoOnly, For: Operator,
		Meaning: "a configured rate turned amounts into USD"},
	{Code: TooManyDecimals, Severities: infoOnly, For: Operator,
		Meaning: "amounts have more decimals than their currency; they are kept"},
	{Code: CharactersReplaced, Severities: infoOnly, For: Operator,
		Meaning: "a name has characters that the PDF fonts lack",
		Advice:  "nothing; other files show them"},

	{Code: FileWithdrawn, Severities: warningOnly, For: Accountant,
		Meaning: "somebody withdrew a file; its rows no longer count",
		Advice:  "check the sealed statements that it was in, if any"},
	{Code: AcknowledgedNothing, Severities: infoOnly, For: Operator,
		Meaning: "a line of `acknowledged.csv` matches no finding",
		Advice:  "remove the line, or correct it"},
}

var rowOf = func() map[Code]int {
	rows := make(map[Code]int, len(codeNotes))
	for i, n := range codeNotes {
		rows[n.Code] = i
	}
	return rows
}()
