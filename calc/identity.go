package calc

// identity is what makes two rows the same earning: earningId with the type's
// kind (cspcoop help rules).
type Identity struct{ id, typ string }

func (e *Earning) Identity() Identity {
	switch e.Kind {
	case Gross:
		return Identity{e.ID, "gross"}
	case Rebate:
		return Identity{e.ID, "rebate"}
	case CoOp:
		return Identity{e.ID, "coop"}
	case Other:
	}
	return Identity{e.ID, "other " + TypeKey(e.Type)}
}

// same says that two rows have the same identity.
func (e *Earning) Same(o *Earning) bool {
	return e.ID == o.ID && e.Kind == o.Kind && (e.Kind != Other || e.Type == o.Type || TypeKey(e.Type) == TypeKey(o.Type))
}
