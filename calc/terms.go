package calc

// Terms are what an earning has in common with many others, in groups: the cells
// of a group are found together again and again, those of several groups
// combine freely. An importer makes one value of each group for equal cells and
// lets its earnings share it, so that what a cell means is worked out once.
type Terms struct {
	*Account
	*Naming
	*Incentive
	*Role
	*Standing
}

// Account is the participant and program that an earning belongs to.
type Account struct {
	Participant string // its id
	Country     string
	Program     string // as written
	ProgramKey  ProgramKey
}

// NewAccount makes an account of its cells.
func NewAccount(participant, country, program string) *Account {
	return &Account{participant, country, program, KeyOfProgram(program)}
}

// Naming is what the participant is called. Names change more often than all else
// about an account.
type Naming struct{ ParticipantName string }

// Incentive is what an earning was earned with.
type Incentive struct {
	Engagement string // engagementName, which distinguishes the incentives of one program
	Lever      string
}

// Role is what an earning is to the money.
type Role struct {
	Type       string // as written
	Kind       Kind
	ReasonCode string
	Reason     Reason
	Currency   string // ISO 4217, of Amount
}

// NewRole makes a role of its cells.
func NewRole(earningType, reasonCode, currency string) *Role {
	return &Role{earningType, KindOf(earningType), reasonCode, ReasonOf(reasonCode, earningType), currency}
}

// Standing is how far the payment of an earning has come.
type Standing struct {
	PaymentStatus  string        // as written
	StatusText     string        // paymentStatusDescription, as written, where it says more than the status or contradicts it
	PaymentState   *PaymentState // what the two mean; nil for what is blank or not known
	Contradict     bool          // the two mean different things
	EstimatedMonth string        // estimatedPaymentMonth, as written
}

// NewStanding makes a standing of its cells.
func NewStanding(paymentStatus, description, estimatedMonth string) *Standing {
	state, contradict := DescribedState(paymentStatus, description)
	if !contradict && state == PaymentStateOf(paymentStatus) {
		description = ""
	}
	return &Standing{paymentStatus, description, state, contradict, estimatedMonth}
}

// Status returns the payment status as written, with what its description says
// where that decides, and the description alone where there is no status.
func (s *Standing) Status() string {
	switch {
	case IsPlaceholder(s.PaymentStatus):
		return s.StatusText
	case s.StatusText != "" && !s.Contradict:
		return s.PaymentStatus + ": " + s.PaymentState.Why()
	}
	return s.PaymentStatus
}

// Money returns what the status means for the money.
func (s *Standing) Money() PayStatus {
	if s.PaymentState == nil {
		return StatusUnknown
	}
	return s.PaymentState.Money
}

// Rank orders statuses by how far they have come; those that are not documented
// rank lowest.
func (s *Standing) Rank() int {
	if s.PaymentState == nil {
		return 0
	}
	return s.PaymentState.Rank
}

// SameStatus reports whether two payment statuses are one, in any spelling, and
// held for the same reason.
func (s *Standing) SameStatus(o *Standing) bool {
	return s == o || s.PaymentState == o.PaymentState && (s.PaymentStatus == o.PaymentStatus || TypeKey(s.PaymentStatus) == TypeKey(o.PaymentStatus))
}
