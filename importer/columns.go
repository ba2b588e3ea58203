package importer

import (
	"strings"
	"unicode"
)

// valueKind is what a column's cells hold, and so how they are read.
type valueKind uint8

const (
	textValue   valueKind = iota
	idValue               // opaque; Excel's damage to long numbers is reported
	numberValue           // an exact decimal number
	dayValue              // a date; a month stands for its last day
	stampValue            // a date with its time of day, if any
	currencyValue
	yesNoValue
	periodValue // a usage period: fiscal label or months
	statusValue // the state of a claim
	figureValue // what a control total is of
	monthValue  // a month, or a date in it: its last day
)

// need says what a blank cell of a column means.
type need uint8

const (
	optional need = iota
	filled        // every row must fill it
)

// field is a column that cspcoop knows.
type field struct {
	name    string   // as Microsoft documents it
	aliases []string // other headers, the first wins (cspcoop help columns)
	kind    valueKind
	need    need
	// currencyIn names the column with the currency of an amount, or its code.
	currencyIn string
	shown      bool // shown beside the figures: whatever is there is taken as text
}

// String names what the cells of a column hold.
func (k valueKind) String() string {
	return [...]string{"text", "id", "number", "date", "date and time", "currency", "yes or no", "usage period", "claim status", "figure", "month"}[k]
}

// ignoredColumns are documented columns that no figure needs (cspcoop help columns); they are
// not reported as unknown.
var ignoredColumns = func() map[string]bool {
	names := map[string]bool{}
	for _, name := range strings.Fields(`
		participantIdType earningAmountInLastPaymentCurrency lastPaymentCurrency
		quantityType customerId customerTenantId
		productId distributorId resellerId paymentExchangeRate programCode
		agreementNumber agreementStartDate agreementEndDate assetId baseline baselineType bucketSize compensableUnits
		customerCountry customerCity customerState customerZip customerEmail TenantID desktopCount
		earningParticipantId earningParticipantName earningParticipantIdType engagementId externalReferenceId
		externalReferenceIdLabel fundCategory instantRebateAmount invoiceDate isPrivateOffer LicensingProgramName LineItemId
		localProviderSeller milestone OrderId parentProductId parentProductName partnerAssociation partnerRole partNumber
		productType quantityAlt quantityAltType resellerCountry resourceId SkuId storeFee subscriptionStartDate
		subscriptionEndDate tpan transactionCountryCode transactionPaymentMethod transactionType userCount workload
		CIReferenceNumber earnedCurrencyCode currencyCode participantIDType
		agreementName agreementType categoryId planId productFamily programOfferingLevel revenueClassification
		totalTransactionAmountUSD transactionMonth`) {
		names[foldHeader(name)] = true
	}
	return names
}()

// isIgnored recognises the documented columns that nothing here uses; tax…,
// maxCap… and purchase… are families of columns.
func isIgnored(h string) bool {
	return ignoredColumns[h] || strings.HasPrefix(h, "tax") || strings.HasPrefix(h, "maxcap") || strings.HasPrefix(h, "purchaseorder") || strings.HasPrefix(h, "purchasetype")
}

// foldHeader compares headers without regard to case, spaces, underscores and
// hyphens (cspcoop help columns).
func foldHeader(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == '*' || r == ':' || isBlank(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}
