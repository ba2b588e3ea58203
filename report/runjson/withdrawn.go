package runjson

import "cspcoop/calc"

// withdrawn is an archived file that somebody took out of the figures.
type withdrawn struct {
	File       string        `json:"file"`
	SHA256     string        `json:"sha256"`
	Kind       calc.FileKind `json:"kind"`
	By         string        `json:"withdrawn_by"`
	Reason     string        `json:"reason"`
	Rows       int           `json:"rows"`
	Money      []money       `json:"money"`
	SealedSets []calc.Date   `json:"sealed_sets"` // that it was in
}

// money is exact, as text.
type money struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

func withdrawnOf(w *calc.Withdrawal) withdrawn {
	out := withdrawn{w.File, w.SHA256, w.Kind, w.By, w.Reason, w.Rows, []money{}, append([]calc.Date{}, w.SealedSets...)}
	for _, m := range w.Money {
		out.Money = append(out.Money, money{exact(m.Amount), m.Currency})
	}
	return out
}
