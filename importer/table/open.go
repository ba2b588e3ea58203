package table

import (
	"bytes"
	"context"
	"fmt"
	"io"
)

// Open looks at size bytes of raw, finds what they are, and proves what can be
// proven before the first row. A file that is refused gives *Faults; any other
// error is a failure to read it, a limit below zero, or the context's. A CSV
// file is read until Close.
func Open(ctx context.Context, raw io.ReaderAt, size int64, o Options) (*File, error) {
	if err := o.Limits.Check(); err != nil {
		return nil, err
	}
	o.Limits = o.Limits.orDefaults()
	r := cancelable{ctx, raw}
	if size > o.Limits.MaxFileBytes {
		return nil, refused(Fault{
			Problem: fmt.Sprintf("the file has %d bytes, more than %d", size, o.Limits.MaxFileBytes),
			Want:    fmt.Sprintf("export fewer months at once, or raise the limit ([limits] max_file_bytes = %d)", o.Limits.MaxFileBytes),
		})
	}
	head := make([]byte, min(size, headBytes))
	if n, err := r.ReadAt(head, 0); n < len(head) {
		return nil, fmt.Errorf("read the start of the file: %w", err)
	}
	if kind, wrong := binaryKind(head, size); wrong {
		return nil, kind.refuse()
	}
	switch {
	case size == 0:
		return nil, wrongKind{"the file is empty", wantExport}.refuse()
	case bytes.HasPrefix(head, []byte(oleMagic)):
		kind, err := oleKind(r, size)
		if err != nil {
			return nil, fmt.Errorf("read the file: %w", err)
		}
		return nil, kind.refuse()
	case bytes.HasPrefix(head, []byte(zipMagic)):
		return openXLSX(ctx, r, size, o)
	}
	return openCSV(ctx, raw, size, head, o)
}
