package calc

// FileKind is what report a file is.
type FileKind string

// The reports that cspcoop takes.
const (
	KindEarnings   FileKind = "earnings"   // Earnings, also called Transaction history
	KindGrowth     FileKind = "growth"     // an earning once for every transaction behind it
	KindSummarized FileKind = "summarized" // Earnings without earningId
	KindMonthly    FileKind = "monthly"    // a plain monthly sheet
	KindPayments   FileKind = "payments"
	KindClaims     FileKind = "claims"   // a claims register
	KindBank       FileKind = "bank"     // statements of a bank account
	KindControls   FileKind = "controls" // totals to compare with: in the workspace, never in the archive
	KindMixed      FileKind = "mixed"    // a workbook with several of these
	KindArchive    FileKind = "zip"      // a ZIP archive of them: the kind of a receipt, not of a source
)

// Source is one archived file as imported: its rows, typed and whole.
type Source struct {
	File    string // bytewise smallest name under which it was received
	SHA256  string // of the original, lower-case hex
	Receipt int    // number of its last receipt in archive/index.csv
	Loose   int    // the same, but as a file of its own; 0 where it was only in ZIP archives
	Kind    FileKind
	Sheets  []string // worksheet names; one "" for text files
	Header  string   // of its rows, as one text
	Filled  []Filled // sheets with names that the configuration filled in

	// Archives are the ZIP archives that it is a member of. Members of one that have
	// the same header are parts of one report.
	Archives []ReceivedArchive

	Earnings    *Earnings
	Payments    []Payment
	Register    []ClaimRow // rows of a claims register
	Bank        []BankStatement
	HasRegister bool       // it is one, with or without rows
	Controls    []Control  // lines of a controls.csv, which is no export
	Totals      []TotalRow // total rows: noted, checked, never counted
	Findings    []Finding  // what the import noticed; no refusals
}

// Filled says which names rows of a sheet got from the configuration, because their
// file has none.
type Filled struct {
	Sheet                uint16 // index into Source.Sheets
	Participant, Program bool
}

// FilledIn returns which names rows of a sheet got from the configuration.
func (s *Source) FilledIn(sheet uint16) Filled {
	all := Filled{Sheet: sheet}
	for _, f := range s.Filled {
		if f.Sheet == sheet {
			all.Participant, all.Program = all.Participant || f.Participant, all.Program || f.Program
		}
	}
	return all
}

// ReceivedArchive is a ZIP archive of reports as one of its members knows it.
type ReceivedArchive struct {
	SHA256  string
	Receipt int    // number of its last receipt
	Path    string // of the member in it
}

// RowCount returns how many data rows the file has, total rows included.
func (s *Source) RowCount() int {
	n := s.Earnings.Len() + len(s.Payments) + len(s.Register) + len(s.Controls) + len(s.Totals)
	for i := range s.Bank {
		n += len(s.Bank[i].Lines)
	}
	return n
}

func (s *Source) sheet(i uint16) string {
	if int(i) < len(s.Sheets) {
		return s.Sheets[i]
	}
	return ""
}

// TotalRow is an export's own total row.
type TotalRow struct {
	Place
}

// Place names a row, and where it matters a column, of an export.
type Place struct {
	File   string
	Sheet  string // "" in text files
	Row    int    // 0: the whole file
	Column string // header as written
}
