package calc

// Batch holds rows that are read beside other rows of their table, until it is
// their turn to be added. Its codes of texts are its own: a text becomes a code of
// the table when its first row is added, so that those depend on the order of rows
// alone. The zero Batch is ready for use.
type Batch struct {
	Rows   []EarningRow
	Detail bool // the rows have details

	// Shown has the texts of details that only documents show, for a table that
	// passes them on; nil where the table keeps them.
	Shown *Texts

	words   [TextColumns][]batchWord // that last
	passing [TextColumns][]batchWord // of the rows at hand
	texts   []byte                   // of those
}

// batchWord is a text of a batch.
type batchWord struct {
	text     string // that lasts
	from, to int    // else its place in Batch.texts
	state    *PaymentState
	code     uint32 // in the table
	known    bool   // code is
}

// passingBit distinguishes codes of words that do not last.
const passingBit = 1 << 31

// Word returns the batch's code of a text that is kept elsewhere, and the same for
// all its rows to come. That of "" is 0, and so is that of a description which says
// nothing that is known.
func (b *Batch) Word(c TextColumn, text string) uint32 {
	w, ok := newBatchWord(c, text)
	if !ok {
		return 0
	}
	w.text = text
	b.words[c] = append(b.words[c], w)
	return uint32(len(b.words[c]))
}

// Passing is Word for a text that hardly repeats. The code holds until Clear.
func (b *Batch) Passing(c TextColumn, text string) uint32 {
	w, ok := newBatchWord(c, text)
	if !ok {
		return 0
	}
	w.from = len(b.texts)
	b.texts = append(b.texts, text...)
	w.to = len(b.texts)
	b.passing[c] = append(b.passing[c], w)
	return uint32(len(b.passing[c])) | passingBit
}

func newBatchWord(c TextColumn, text string) (w batchWord, ok bool) {
	if c == StatusTextColumn {
		w.state = stateByDescription(text)
		return w, w.state != nil
	}
	return w, text != ""
}

// Clear removes the rows.
func (b *Batch) Clear() {
	b.Rows, b.texts = b.Rows[:0], b.texts[:0]
	for c := range b.passing {
		b.passing[c] = b.passing[c][:0]
	}
}

// Append adds rows of a batch, from one up to before another. A batch belongs to
// one table.
func (t *Earnings) Append(b *Batch, from, to int) {
	t.detail = t.detail || b.Detail
	rows := b.Rows[from:to]
	for c := range TextColumns {
		for i := range rows {
			code := &rows[i].Codes[c]
			if *code == 0 {
				continue
			}
			w := b.word(c, *code)
			if *code = 0; c != StatusTextColumn || adds(t.statuses[rows[i].Codes[PaymentStatusColumn]].state, w.state) {
				*code = t.settled(b, c, w)
			}
		}
	}
	t.add(rows)
	if t.passing == nil || b.Shown == nil {
		return
	}
	for c := range DetailColumns {
		if !c.Checked() {
			for i := range rows {
				t.passing.add(c, b.Shown.Text(rows[i].Detail[c]))
			}
		}
	}
}

func (b *Batch) word(c TextColumn, code uint32) *batchWord {
	if code&passingBit != 0 {
		return &b.passing[c][code&^passingBit-1]
	}
	return &b.words[c][code-1]
}

// settled returns the table's code of a word.
func (t *Earnings) settled(b *Batch, c TextColumn, w *batchWord) uint32 {
	switch {
	case w.known:
		return w.code
	case w.text != "":
		w.code = t.word(c, w.text)
	default:
		code, known := t.words[c].known[string(b.texts[w.from:w.to])]
		if !known {
			code = t.word(c, string(b.texts[w.from:w.to]))
		}
		w.code = code
	}
	w.known = true
	return w.code
}
