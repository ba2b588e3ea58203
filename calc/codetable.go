package calc

// CodeNote says what a finding's code means and what to do about it: a row of
// "cspcoop help findings".
type CodeNote struct {
	Code     Code
	Severity string // as it usually stands
	Meaning  string
	Do       string
}

// CodeNotes lists every code, in the order of "cspcoop help findings".
func CodeNotes() []CodeNote { return codeNotes }

var codeNotes = []CodeNote{
	{VersionConflict, "error", "two versions of an earning are equally new and differ in money", "ask Partner Center which is right; drop a newer export"},
	{TypeConflict, "error", "one earning id stands under two types; both count", "ask Partner Center which is right"},
	{IDCase, "warning", "two earning ids differ only in upper and lower case; they are two earnings", "check that no spreadsheet changed an id"},
	{LeadingZeros, "error", "two participants or two earning ids differ only in leading zeros; both count", "check that no spreadsheet cut the zeros off; drop the untouched export"},
	{Restated, "warning", "earnings came back with another amount or month; the newer version counts", "compare with what was booked"},
	{StatusChanged, "info", "earnings changed in payment status only", "nothing"},
	{EarningVanished, "warning", "an earning is missing from a newer export that covers it; it still counts", "ask Microsoft whether it was withdrawn"},
	{ExportPartial, "info", "an export lacks most earnings of a month that it covers, as if filtered", "download the whole range"},
	{ClosedPeriodAdjusted, "warning", "adjustments or rollovers touch a period that is over", "compare with the statement that was signed off"},
	{SheetReplaced, "warning, info", "a sheet without ids was replaced by a newer one; info when both say the same", "keep one sheet per month"},
	{SheetRepeated, "warning", "a sheet without ids repeats other sheets of its workbook, as a summary does; the money counts once", "remove the summary from the workbook"},
	{SheetsOverlap, "warning", "two sheets of a workbook have the same participant, program, type and month with different totals; both count", "remove one if it is a summary of the other"},
	{FormsDisagree, "warning", "a sheet without ids and the earnings with ids of the same month differ; those with ids count", "find what the sheet leaves out"},
	{AfterAsOf, "info", "rows after the as-of date are left out", "nothing"},
	{ClaimPaymentRows, "warning", "Coop rows with a claimId pay a claim and are not counted as earned", "set `[claims] rows` if they are earnings"},
	{CoOpTransferred, "info", "Co-op Rollover rows move co-op or turn it into rebate", "nothing"},
	{TransferCurrency, "error", "a rollover is in another currency than its fund, and no rate is configured", "add the rate to `[rates]`"},
	{UnknownType, "warning", "an earning type is not known; its rows are neither rebate nor co-op", "look the rows up in Partner Center"},
	{UnknownReasonCode, "warning", "a reason code is not known; its rows count as earnings", "look the rows up in Partner Center"},
	{UnknownStatus, "warning", "a payment status is not known; it ranks lowest among versions", "look the rows up in Partner Center"},
	{AmountsDisagree, "warning", "earningAmount and earningAmountUSD differ though the currency is USD", "ask Microsoft"},
	{NameChanged, "info", "a participant goes by several names; the newest is used", "nothing"},
	{DecisionChanged, "error", "a closed period is decided otherwise than in the last statement", "tell whoever relies on that statement; claim, or stop claiming"},
	{BalanceChanged, "warning", "co-op of a closed period moved since the last statement", "compare with what was booked"},
	{FundGone, "warning", "a fund of the last statement has no earnings any more", "look up the restated earnings"},
	{FundCurrencyMoved, "warning", "a fund is kept in another currency than in the last statement", "nothing; its roll-forward begins anew"},
	{ProvisionalPeriod, "info", "a period is over, but no export shows it complete", "drop an export that was downloaded after its end"},
	{NegativeBalance, "warning", "clawbacks exceed what was earned; nothing is paid", "expect later earnings to offset it"},
	{NewerThreshold, "warning", "the published rules would decide differently", "set `rule_set = \"published\"` if they apply to you"},
	{Forfeiture, "warning", "co-op was not claimed in time and is lost", "claim earlier next time"},

	{SplitDiffers, "warning", "rebate and co-op of a lever and month are not split by the rule", "ask Microsoft for the calculation"},
	{USDNotByRate, "warning", "earningAmount × earningExchangeRate is not earningAmountUSD", "ask Microsoft"},
	{AmountNotByRate, "warning", "transactionAmount × earningRate is not earningAmount", "ask Microsoft"},
	{MonthsMissing, "warning, info", "months without any row between a participant's first and last; info when an export reaches across", "drop the missing export"},
	{NoPaymentsReport, "info", "there is no Payments report to compare with", "download it too"},
	{PaidOtherwise, "warning", "a payment differs from the earnings that carry its id", "ask for the payment's details"},
	{PaymentTotal, "warning", "a payment's total is not its earned amount with its taxes", "ask for the payment's details"},
	{PaidWithoutEarnings, "warning", "a payment has no earnings", "drop the export that holds them"},
	{SentWithoutPayment, "warning", "earnings are Sent, but no Payments report has their payment", "look for it in the bank account"},
	{PaymentReturned, "warning", "a payment was reversed, rejected or failed; its earnings are unpaid", "check bank and tax details"},
	{PaymentHeld, "info", "rebate or an automatic payout below Microsoft's 200 USD minimum is not paid yet", "nothing"},
	{RebateLate, "warning", "rebate is unpaid for longer than `[payments] late_days`", "check bank and tax details, then ask Microsoft"},
	{PayoutOverdue, "warning", "an automatic co-op payout did not show up in the cycle after its period", "ask Microsoft"},

	{ClaimWithoutFund, "error", "a claim is for a fund of which no export tells", "check participant, program and usage period"},
	{ClaimTooLate, "error", "a claim was submitted after the last day; it takes nothing", "ask Microsoft for an exception"},
	{ClaimTooEarly, "error", "a claim was submitted before claims for its usage period opened", "check the dates"},
	{ClaimUndated, "warning", "a claim that was submitted has no submission date", "enter it in the register"},
	{ClaimCurrency, "error", "a claim is in another currency than its fund, and there is no rate; it takes nothing", "add the rate to `[rates]` or amountUSD to the register"},
	{ActivityDates, "warning", "a claim's activity has no dates, or ends before it starts", "correct the dates"},
	{ActivityOutside, "error", "a claim's activity lies outside the usage period", "correct the dates or the usage period"},
	{DraftDue, "warning, error", "a draft's window closes soon", "submit it"},
	{DraftExpired, "warning", "a draft was not submitted in time", "remove it from the register"},
	{NoInvoice, "warning", "a claim has neither invoice nor certification service report", "add one"},
	{InvoiceOutside, "warning", "an invoice is dated outside the usage period", "check the invoice"},
	{InvoiceCurrency, "warning", "an invoice is in another currency than its claim", "claim in the invoice's currency"},
	{InvoicesBelowClaim, "warning", "invoices and service report together are less than the claim", "add the missing invoice or claim less"},
	{SameInvoice, "error", "one invoice stands in two claims", "remove it from one of them"},
	{NoProof, "warning", "a claim names no proof of execution", "add what the activity needs"},
	{ProofIncomplete, "warning", "a claim names fewer documents than its activity needs", "add what is missing"},
	{UnknownCategory, "warning", "a category is not known", "use the nearest known one, or configure it"},
	{UnknownActivity, "warning", "an activity is not known", "use the nearest known one, or configure it"},
	{OtherCategory, "warning", "an activity stands in another category than its own", "correct the category"},
	{OverCap, "warning", "claims for an activity exceed its cap in the usage period", "claim less"},
	{FundOverdrawn, "error", "claims take more than the fund holds", "correct or withdraw a claim"},
	{FundOverplanned, "warning", "drafts plan more than remains", "plan less"},
	{FundRestated, "error", "a fund with claims was restated to the threshold or below", "stop claiming; talk to Microsoft"},
	{NotClaimable, "warning", "a claim is for a fund that is paid automatically, negative or still accruing", "withdraw it, or wait"},
	{PartnerAction, "warning", "a claim waits for you", "answer in Partner Center and resubmit"},
	{DisputeWaiting, "warning", "a disputed claim is not decided after five business days", "ask Microsoft"},
	{ReviewOverdue, "warning", "a claim is in review for longer than `[claims] review_days`", "look it up in Partner Center"},
	{PaymentOverdue, "warning", "an approved claim is unpaid for longer than `[claims] paid_days`", "ask Microsoft"},
	{PaidDiffers, "warning", "a claim was paid with another amount than approved", "ask Microsoft"},
	{RejectedOpen, "warning", "a claim was rejected while its window is open", "dispute it or claim anew"},
	{RejectedForfeits, "warning", "a claim was rejected after the last day; its amount is forfeited", "dispute it if the rejection is wrong"},
	{RegisterStale, "warning", "the register has stood still for longer than its claims can have", "drop a new one"},
	{ClaimPaymentUnmatched, "warning", "an export pays a claim that the register does not have", "add the claim to the register"},
	{ClaimPaymentDiffers, "warning", "an export pays a claim with another amount than approved", "ask Microsoft"},

	{TotalRowSkipped, "info", "a file's own total row agrees and is not counted", "nothing"},
	{TotalRowDiffers, "warning", "a file's own total row differs from its rows", "find out what the file left out"},
	{EncodingAssumed, "info", "a file's encoding was told by exclusion", "check names with accents"},
	{DialectSettled, "info", "`date_order` or `decimal_mark` of the configuration settled a file", "nothing"},
	{NoFinalNewline, "warning", "a file's last line has no line end", "check that the file is whole"},
	{HiddenSheet, "info", "a hidden sheet was not read", "unhide it if it holds earnings"},
	{HiddenRows, "info", "hidden or filtered rows are data and were read", "nothing"},
	{FormulaValues, "info", "saved values of formulas were used", "check that the workbook was calculated"},
	{MergedCells, "info", "a sheet has merged cells", "check that no value is missing"},
	{SheetPassedOver, "info", "a sheet has no header of a known report", "nothing, unless it should be read"},
	{UnknownColumns, "info", "columns that are not known are passed over", "name them under `[columns]` if they matter"},
	{TwoColumns, "warning", "two columns mean the same; the one listed first is used", "remove one"},
	{BeforeMidnight, "warning", "all dates of a column are just before midnight; months may be one too early", "compare the dates with Partner Center, and download the report again"},
	{IdleMonth, "info", "a report has a header and no rows", "nothing"},
	{DefaultUsed, "info", "a configured default stood in for blank cells", "nothing"},
	{RateUsed, "info", "a configured rate turned amounts into USD", "nothing"},
	{TooManyDecimals, "info", "amounts have more decimals than their currency; they are kept", "nothing"},
	{CharactersReplaced, "info", "a name has characters that the PDF fonts lack", "nothing; other files show them"},

	{FileWithdrawn, "warning", "somebody withdrew a file; its rows no longer count", "check the sealed statements that it was in, if any"},
	{AcknowledgedNothing, "info", "a line of `acknowledged.csv` matches no finding", "remove the line, or correct it"},
}

// blocksSealing holds the codes of errors that a person must acknowledge before
// a set is sealed.
var blocksSealing = map[Code]bool{}

// BlocksSealing reports whether a statement set with this finding can't be sealed
// until somebody has acknowledged it.
func (f Finding) BlocksSealing() bool { return f.Severity == Error && blocksSealing[f.Code] }
