package calc

// Code names a kind of finding in exceptions.csv.
type Code string

// Codes that the calculation gives. What each means and what to do is in the
// table of findings, which a test compares with these constants.
const (
	VersionConflict      Code = "VERSION_CONFLICT"
	TypeConflict         Code = "TYPE_CONFLICT"
	IDCase               Code = "ID_CASE"
	LeadingZeros         Code = "LEADING_ZEROS"
	UnknownEarningType   Code = "UNKNOWN_EARNING_TYPE"
	Restated             Code = "RESTATED"
	SheetReplaced        Code = "SHEET_REPLACED"
	SheetRepeated        Code = "SHEET_REPEATED"
	SheetsOverlap        Code = "SHEETS_OVERLAP"
	SameTotals           Code = "SAME_TOTALS"
	FormsDisagree        Code = "FORMS_DISAGREE"
	AfterAsOf            Code = "AFTER_AS_OF"
	ClaimPaymentRows     Code = "CLAIM_PAYMENT_ROWS"
	UnknownReasonCode    Code = "UNKNOWN_REASON_CODE"
	UnknownPaymentStatus Code = "UNKNOWN_PAYMENT_STATUS"
	AmountsDisagree      Code = "AMOUNTS_DISAGREE"
	CoOpTransferred      Code = "CO_OP_TRANSFERRED"
	TransferCurrency     Code = "TRANSFER_CURRENCY"
	NewerThreshold       Code = "NEWER_THRESHOLD"
	Provisional          Code = "PROVISIONAL"
	NameChanged          Code = "NAME_CHANGED"
	NegativeBalance      Code = "NEGATIVE_BALANCE"
	Forfeited            Code = "FORFEITED"
	DecisionChanged      Code = "DECISION_CHANGED"
	BalanceChanged       Code = "BALANCE_CHANGED"
	FundGone             Code = "FUND_GONE"
	FundCurrencyChanged  Code = "FUND_CURRENCY_CHANGED"
	ClaimWithoutFund     Code = "CLAIM_WITHOUT_FUND"
	ClaimTooLate         Code = "CLAIM_TOO_LATE"
	ClaimCurrency        Code = "CLAIM_CURRENCY"
	ClaimVanished        Code = "CLAIM_VANISHED"
	ClaimWentBack        Code = "CLAIM_WENT_BACK"
	PaidOutBeforeClaim   Code = "PAID_OUT_BEFORE_CLAIM"
)

// FileWithdrawn is the code of an archived file that was taken out of the figures.
const FileWithdrawn Code = "FILE_WITHDRAWN"

// Codes that the comparison with controls.csv gives.
const (
	ControlDiffers       Code = "CONTROL_DIFFERS"
	ControlWithoutExport Code = "CONTROL_WITHOUT_EXPORT"
	ExportWithoutControl Code = "EXPORT_WITHOUT_CONTROL"
)

// AcknowledgedNothing is the code of an acknowledgement that closes nothing.
const AcknowledgedNothing Code = "ACKNOWLEDGED_NOTHING"

// Codes that the claims give.
const (
	ActivityDates              Code = "ACTIVITY_DATES"
	ActivityOutsideUsage       Code = "ACTIVITY_OUTSIDE_USAGE"
	ClaimTooEarly              Code = "CLAIM_TOO_EARLY"
	ClaimUndated               Code = "CLAIM_UNDATED"
	DraftDue                   Code = "DRAFT_DUE"
	DraftExpired               Code = "DRAFT_EXPIRED"
	NoInvoice                  Code = "NO_INVOICE"
	InvoiceOutsideUsage        Code = "INVOICE_OUTSIDE_USAGE"
	InvoiceCurrency            Code = "INVOICE_CURRENCY"
	InvoicesBelowClaim         Code = "INVOICES_BELOW_CLAIM"
	SameInvoice                Code = "SAME_INVOICE"
	NoProof                    Code = "NO_PROOF"
	ProofIncomplete            Code = "PROOF_INCOMPLETE"
	UnknownCategory            Code = "UNKNOWN_CATEGORY"
	UnknownActivity            Code = "UNKNOWN_ACTIVITY"
	ActivityInOtherCategory    Code = "ACTIVITY_IN_OTHER_CATEGORY"
	OverCap                    Code = "OVER_CAP"
	FundOverdrawn              Code = "FUND_OVERDRAWN"
	FundOverplanned            Code = "FUND_OVERPLANNED"
	FundRestatedBelowThreshold Code = "FUND_RESTATED_BELOW_THRESHOLD"
	FundNotClaimable           Code = "FUND_NOT_CLAIMABLE"
	PartnerActionRequired      Code = "PARTNER_ACTION_REQUIRED"
	DisputeWaiting             Code = "DISPUTE_WAITING"
	ReviewOverdue              Code = "REVIEW_OVERDUE"
	PaymentOverdue             Code = "PAYMENT_OVERDUE"
	ApprovedAboveClaim         Code = "APPROVED_ABOVE_CLAIM"
	PaidAmountDiffers          Code = "PAID_AMOUNT_DIFFERS"
	ClaimRejectedCode          Code = "CLAIM_REJECTED"
	RejectedForfeits           Code = "REJECTED_FORFEITS"
	RegisterStale              Code = "REGISTER_STALE"
	ClaimPaymentUnmatched      Code = "CLAIM_PAYMENT_UNMATCHED"
	ClaimPaymentDiffers        Code = "CLAIM_PAYMENT_DIFFERS"
)

// Codes that the comparisons give.
const (
	SplitDiffers         Code = "SPLIT_DIFFERS"
	StatusChanged        Code = "STATUS_CHANGED"
	EarningVanished      Code = "EARNING_VANISHED"
	ExportPartial        Code = "EXPORT_PARTIAL"
	ClosedPeriodAdjusted Code = "CLOSED_PERIOD_ADJUSTED"
	NoPaymentsReport     Code = "NO_PAYMENTS_REPORT"
	PaymentDiffers       Code = "PAYMENT_DIFFERS"
	PaymentTotalDiffers  Code = "PAYMENT_TOTAL_DIFFERS"
	PaidWithoutEarnings  Code = "PAID_WITHOUT_EARNINGS"
	SentWithoutPayment   Code = "SENT_WITHOUT_PAYMENT"
	PaymentFailed        Code = "PAYMENT_FAILED"
	PaymentOnHold        Code = "PAYMENT_ON_HOLD"
	StatusContradicted   Code = "STATUS_CONTRADICTED"
	PaymentReprocessing  Code = "PAYMENT_REPROCESSING"
	PaymentIncorrect     Code = "PAYMENT_INCORRECT"
	PaymentForfeited     Code = "PAYMENT_FORFEITED"
	PaymentEscheated     Code = "PAYMENT_ESCHEATED"
	PaymentLapses        Code = "PAYMENT_LAPSES"
	PaymentHeld          Code = "PAYMENT_HELD"
	RebateLate           Code = "REBATE_LATE"
	PayoutMissingCode    Code = "PAYOUT_MISSING"
	MonthsMissing        Code = "MONTHS_MISSING"
	USDNotByRate         Code = "USD_NOT_BY_RATE"
	AmountNotByRate      Code = "AMOUNT_NOT_BY_RATE"
)

// Codes that the comparison with bank statements gives.
const (
	BankPaymentMissing    Code = "BANK_PAYMENT_MISSING"
	BankPaymentReturned   Code = "BANK_PAYMENT_RETURNED"
	BankAmountDiffers     Code = "BANK_AMOUNT_DIFFERS"
	BankOtherCurrencyCode Code = "BANK_OTHER_CURRENCY"
	BankTransferShared    Code = "BANK_TRANSFER_SHARED"
	BankAmbiguousCode     Code = "BANK_AMBIGUOUS"
	BankLineUnmatched     Code = "BANK_LINE_UNMATCHED"
	BankStatementMissing  Code = "BANK_STATEMENT_MISSING"
	BankAccountUnknown    Code = "BANK_ACCOUNT_UNKNOWN"
)

// Codes that writing the documents gives.
const (
	CharactersReplaced Code = "CHARACTERS_REPLACED"
)

// Codes that the import of a file gives.
const (
	TotalRowCode        Code = "TOTAL_ROW"
	TotalRowDiffers     Code = "TOTAL_ROW_DIFFERS"
	EncodingAssumed     Code = "ENCODING_ASSUMED"
	HiddenSheet         Code = "HIDDEN_SHEET"
	HiddenRows          Code = "HIDDEN_ROWS"
	FormulaValues       Code = "FORMULA_VALUES"
	NoFinalNewline      Code = "NO_FINAL_NEWLINE"
	MergedCells         Code = "MERGED_CELLS"
	SheetPassedOver     Code = "SHEET_PASSED_OVER"
	UnknownColumns      Code = "UNKNOWN_COLUMNS"
	NoRows              Code = "NO_ROWS"
	Dialect             Code = "DIALECT"
	DefaultUsed         Code = "DEFAULT_USED"
	RateUsed            Code = "RATE_USED"
	TooManyDecimals     Code = "TOO_MANY_DECIMALS"
	TwoColumns          Code = "TWO_COLUMNS"
	DatesBeforeMidnight Code = "DATES_BEFORE_MIDNIGHT"
)
