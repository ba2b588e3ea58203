package reconcile_test

import (
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/calctest"
)

func TestKindOf(t *testing.T) {
	for kind, spellings := range map[calc.Kind][]string{
		calc.Gross:  {"", "  ", "Earning", "EARNINGS", "earning "},
		calc.Rebate: {"Rebate", "REBATE", "rebate", " Rebate ", "Re-bate", "Rebate earnings", "Adjustment-Rebate", "Adjustment – Rebate", "ADJUSTMENT REBATE", "Rebate adjustment"},
		calc.CoOp: {
			"Coop", "Co-op", "COOP", "CO-OP", "co op", "Co‑op", "Co‐op", "CoOp", " coop\u00a0", "CO_OP", "Co–op", "Co—op", "Co−op", "Co‒op", "Co―op", "Co－op",
			"Co\u00adop", "Co\u200bop", "Cooperative", "Co-operative", "CO–OPERATIVE", "Co-op earnings", "Co-Op Earning", "Coop fund", "Cooperative funds",
			"Coop Rebate", "Co-op incentive", "Cooperative incentives", "Adjustment-Coop", "Adjustment — Co-op", "adjustment_coop",
		},
		calc.Other: {"Fee", "FEE", "Sell", "Incentive fee", "Coop fee", "Rebate2", "Kooperation", "C00p", "IndirectRebate", "Indirect Rebate", "Claim", "MDF", "Adjustment", "Co.op"},
	} {
		for _, s := range spellings {
			t.Run(s, func(t *testing.T) {
				if got := calc.KindOf(s); got != kind {
					t.Errorf("KindOf(%q) = %v, want %v", s, got, kind)
				}
			})
		}
	}
}

func TestKnownTypes(t *testing.T) {
	for word, want := range map[string]bool{
		"Rebate": true, "Co–operative funds": true, "": true, "Fee": true, "SELL": true, "Indirect-Rebate": true, "Claim": true, "Adjustment-Coop": true,
		"MDF": false, "Co0p": false, "Coopp": false, "Adjustment": false, "Rebates and co-op": false, "Kooperation": false,
	} {
		t.Run(word, func(t *testing.T) {
			if got := calc.KnownType(word); got != want {
				t.Errorf("KnownType(%q) = %v", word, got)
			}
		})
	}
}

func TestProgramNames(t *testing.T) {
	for current, spellings := range map[string][]string{
		"CSP Direct Bill Partner":   {"CSP 1T Direct Partner", "csp 1t direct partner", "CSP1T Direct Partner", "CSP Direct Bill Partner", "CSP DIRECT BILL PARTNER"},
		"CSP Indirect Provider":     {"CSP 2T Indirect Provider", " CSP  2T  Indirect  Provider ", "CSP Indirect Provider", "csp\u00a0indirect\tprovider"},
		"CSP Indirect Reseller":     {"CSP 2T Indirect Reseller", "CSP 2T INDIRECT RESELLER", "CSP Indirect Reseller", "CSPIndirectReseller"},
		"Microsoft Azure Incentive": {},
	} {
		t.Run(current, func(t *testing.T) {
			key := calc.KeyOfProgram(current)
			for _, s := range spellings {
				if calc.KeyOfProgram(s) != key || calc.KeyOfProgram(s).Known() != current {
					t.Errorf("%q is %q (%q), want %q", s, calc.KeyOfProgram(s), calc.KeyOfProgram(s).Known(), current)
				}
			}
		})
	}
	for _, other := range []string{"CSP Indirect Resellers", "CSP 1T Indirect Reseller", "CSP 2T Direct Partner", "CSP Direct Partner", ""} {
		t.Run(other, func(t *testing.T) {
			if known := calc.KeyOfProgram(other).Known(); known != "" {
				t.Errorf("%q passes for %q", other, known)
			}
		})
	}
}

func TestOneFundUnderBothNames(t *testing.T) {
	first, second, third := coop("1", "2020-01-31", "1.10"), coop("2", "2020-02-29", "2.20"), coop("3", "2020-03-31", "4.40")
	first.program, second.program, third.program = "CSP 2T Indirect Reseller", "csp  indirect reseller", "CSP Indirect Reseller"
	b := onlyBalance(t, asOf("2020-06-30", export("a.csv", first, second, third)).calculate(t))
	if b.CoOp.String() != "7.7" || b.Statement.Program != "CSP Indirect Reseller" {
		t.Errorf("%s holds %s", b.Statement.Program, b.CoOp)
	}
}

// A program that the table does not know goes by its bytewise smallest spelling.
func TestUnknownProgramsName(t *testing.T) {
	first, second := coop("1", "2020-01-31", "1"), coop("2", "2020-02-29", "2")
	first.program, second.program = "cloud  solution bonus ", "Cloud Solution\u00a0Bonus"
	for _, files := range [][]file{{export("a", first), export("b", second)}, {export("a", second), export("b", first)}} {
		b := onlyBalance(t, asOf("2020-06-30", files...).calculate(t))
		if b.Statement.Program != "Cloud Solution Bonus" {
			t.Errorf("the program goes by %q", b.Statement.Program)
		}
	}
}

// reasonOf returns the role of a row with a reason code and a type.
func reasonOf(code, earningType string) calc.Reason {
	return calctest.Source(calc.EarningCells{ReasonCode: code, Type: earningType}).Earnings.At(0).Reason()
}

func TestReason(t *testing.T) {
	for _, c := range []struct {
		reason calc.Reason
		typ    string
		codes  []string
	}{
		{calc.NoReason, "Coop", []string{"", " ", "-", "N/A", "n/a", "None", "Not Applicable", "not available"}},
		{calc.Rollover, "Coop", []string{"Co-op Rollover", "COOP ROLLOVER", "co-op  rollover", "CoOpRollover", "Co‑op Rollover", "Co–op rollover"}},
		{calc.Adjustment, "Coop", []string{
			"Adjustment", "ADJUSTMENT", "Manual adjustment", "Correction", "Clawback", "AR Compliance", "ar-compliance", "Ops Adjustment",
			"Ops Adjustment Microsoft incorrect calc", "Ops Adjustment Microsoft incorrect enrollment", "Partner mapping (subscription) MCI/CSP",
			"Partner Mapping", "Policy Exception", "POLICY  EXCEPTION", "Previous period earnings",
		}},
		{calc.UnknownReason, "Coop", []string{"Mystery", "Bonus", "Roll", "X1", "Compliance"}},
		{calc.Adjustment, "Adjustment-Coop", []string{"", "n/a", "Policy Exception", "Mystery"}},
		{calc.Rollover, "Adjustment-Coop", []string{"Co-op rollover"}},
		{calc.PaysClaim, "Claim", []string{"", "Policy Exception", "Co-op rollover", "Mystery"}},
	} {
		for _, code := range c.codes {
			t.Run(c.typ+" "+code, func(t *testing.T) {
				if got := reasonOf(code, c.typ); got != c.reason {
					t.Errorf("the reason code %q of the type %q means %d, want %d", code, c.typ, got, c.reason)
				}
			})
		}
	}
}

// Statuses are in the order of a payment's way, and what came back is further
// than what was sent.
func TestStatusRank(t *testing.T) {
	for rank, words := range [][]string{
		{"", "On hold", "Cancelled", "Paid"},
		{"Unprocessed", "UPCOMING"},
		{"In progress", "Processed", "Pending tax invoice", "Tax invoice under review", "Tax invoice rejected", "Rejected during review"},
		{"Sent"},
		{"Failed", "Rejected", "Reversed", "Reprocessing", "Incorrect payment"},
		{"Forfeited", "Escheated"},
	} {
		for _, word := range words {
			t.Run(word, func(t *testing.T) {
				if got := calctest.Source(calc.EarningCells{PaymentStatus: word}).Earnings.At(0).Rank(); got != rank {
					t.Errorf("the rank of %q is %d, want %d", word, got, rank)
				}
			})
		}
	}
}

func TestClaimStatuses(t *testing.T) {
	for status, spellings := range map[calc.ClaimStatus][]string{
		calc.ClaimEditing:        {"Editing", "EDITING", "Draft"},
		calc.ClaimInReview:       {"In review", "In Review", "IN-REVIEW", "Submitted", "submitted "},
		calc.ClaimActionRequired: {"Partner Action Required", "partner action required", "Action required"},
		calc.ClaimApproved:       {"Approved"},
		calc.ClaimPaid:           {"Paid", "PAID"},
		calc.ClaimRejected:       {"Rejected"},
		calc.ClaimDisputed:       {"Disputed"},
		calc.ClaimExpired:        {"Expired"},
	} {
		for _, s := range spellings {
			if got, known := calc.ParseClaimStatus(s); !known || got != status {
				t.Errorf("ParseClaimStatus(%q) = %v, %v, want %v", s, got, known, status)
			}
		}
	}
	for _, s := range []string{"", "Aproved", "Done", "Not paid", "Unpaid"} {
		t.Run(s, func(t *testing.T) {
			if got, known := calc.ParseClaimStatus(s); known {
				t.Errorf("ParseClaimStatus(%q) = %v", s, got)
			}
		})
	}
	for _, name := range calc.ClaimStatusNames() {
		if got, known := calc.ParseClaimStatus(name); !known || got.String() != name {
			t.Errorf("%q comes back as %v", name, got)
		}
	}
}
