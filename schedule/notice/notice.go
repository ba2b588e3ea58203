// Package notice informs people of what a run did: in a file, or by e-mail. It knows neither runs nor figures.
package notice

import (
	"context"
	"time"
)

// A Message is what is to be sent. Sending it again must do no harm: a crash may hide that it was sent.
type Message struct {
	// ID is the same whenever the message is sent again, so that a mailbox recognizes it; letters, digits, - and . only.
	ID      string
	Subject string
	Body    string
	// Date is when there was something to report.
	Date time.Time
	// Attachments are paths of files, sent under their own names. Those that are not there are left out.
	Attachments []string
	// Read returns what such a file holds, without waiting for it.
	Read func(path string) ([]byte, error)
}

// A Sender takes messages to their readers.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// Files writes whole files.
type Files interface {
	// WriteFile puts content at path, durably, whole or not at all.
	WriteFile(path string, content []byte) error
}

// A File holds the latest message, in place of the one before.
type File struct {
	Files Files
	Path  string
}

// Send implements [Sender].
func (f File) Send(_ context.Context, m Message) error {
	return f.Files.WriteFile(f.Path, []byte(m.Subject+"\n\n"+m.Body))
}
