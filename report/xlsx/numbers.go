package xlsx

import (
	"bytes"
	"io"
)

// Excelize's stream takes a number only as a binary fraction or a whole number,
// and calls the result of every formula a text. So a number goes through it as
// the result of the formula numberMark, and the sheet's XML is put right here on
// its way into the archive: numbers lose the formula, and results of formulas,
// which are all numbers in these workbooks, the type of text. In a cell's own
// text "<" is escaped, so it is never touched.
const numberMark = "NUMBER"

var (
	markedNumber  = []byte(` t="str"><f>` + numberMark + `</f>`)
	markedFormula = []byte(` t="str"><f>`)
	cellEnd       = []byte("</c>")
)

// numbers puts a sheet's XML right, whole cells at a time.
type numbers struct {
	out  io.Writer
	rest []byte // of a cell that is not complete
}

func (n *numbers) Write(b []byte) (int, error) {
	n.rest = append(n.rest, b...)
	end := bytes.LastIndex(n.rest, cellEnd)
	if end < 0 {
		return len(b), nil
	}
	end += len(cellEnd)
	if err := n.write(n.rest[:end]); err != nil {
		return 0, err
	}
	n.rest = append(n.rest[:0], n.rest[end:]...)
	return len(b), nil
}

// flush writes what follows the last cell.
func (n *numbers) flush() error { return n.write(n.rest) }

func (n *numbers) write(xml []byte) error {
	xml = bytes.ReplaceAll(xml, markedNumber, []byte(">"))
	xml = bytes.ReplaceAll(xml, markedFormula, []byte("><f>"))
	_, err := n.out.Write(xml)
	return err
}
