package calc

// Code names a kind of finding in exceptions.csv.
type Code string

// Codes that the calculation gives. What each means and what to do is in the
// README's table, which a test holds against Codes.
const (
	VersionConflict   Code = "VERSION_CONFLICT"
	TypeConflict      Code = "TYPE_CONFLICT"
	Restated          Code = "RESTATED"
	SheetReplaced     Code = "SHEET_REPLACED"
	FormsDisagree     Code = "FORMS_DISAGREE"
	AfterAsOf         Code = "AFTER_AS_OF"
	ClaimPaymentRows  Code = "CLAIM_PAYMENT_ROWS"
	UnknownReasonCode Code = "UNKNOWN_REASON_CODE"
	UnknownStatus     Code = "UNKNOWN_PAYMENT_STATUS"
	UnknownProgram    Code = "UNKNOWN_PROGRAM"
	AmountsDisagree   Code = "AMOUNTS_DISAGREE"
	CoOpTransferred   Code = "CO_OP_TRANSFERRED"
	TransferCurrency  Code = "TRANSFER_CURRENCY"
	NewerThreshold    Code = "NEWER_THRESHOLD"
	ProvisionalPeriod Code = "PROVISIONAL"
	NameChanged       Code = "NAME_CHANGED"
	NegativeBalance   Code = "NEGATIVE_BALANCE"
	Forfeiture        Code = "FORFEITED"
	DecisionChanged   Code = "DECISION_CHANGED"
	BalanceChanged    Code = "BALANCE_CHANGED"
	FundGone          Code = "FUND_GONE"
	FundCurrencyMoved Code = "FUND_CURRENCY_CHANGED"
	ClaimWithoutFund  Code = "CLAIM_WITHOUT_FUND"
	ClaimTooLate      Code = "CLAIM_TOO_LATE"
	ClaimCurrency     Code = "CLAIM_CURRENCY"
)

// Codes that writing the documents gives.
const (
	CharactersReplaced Code = "CHARACTERS_REPLACED"
)

// Codes that the import of a file gives.
const (
	TotalRowSkipped Code = "TOTAL_ROW"
	TotalRowDiffers Code = "TOTAL_ROW_DIFFERS"
	EncodingAssumed Code = "ENCODING_ASSUMED"
	HiddenSheet     Code = "HIDDEN_SHEET"
	HiddenRows      Code = "HIDDEN_ROWS"
	FormulaValues   Code = "FORMULA_VALUES"
	NoFinalNewline  Code = "NO_FINAL_NEWLINE"
	SheetPassedOver Code = "SHEET_PASSED_OVER"
	UnknownColumns  Code = "UNKNOWN_COLUMNS"
	IdleMonth       Code = "NO_ROWS"
	DialectSettled  Code = "DIALECT"
	DefaultUsed     Code = "DEFAULT_USED"
	RateUsed        Code = "RATE_USED"
	TooManyDecimals Code = "TOO_MANY_DECIMALS"
	TwoColumns      Code = "TWO_COLUMNS"
)
