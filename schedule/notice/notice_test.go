package notice

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cspcoop/importer/disk"
)

func message(t *testing.T) Message {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{"summary.pdf": "%PDF-1.3 \xff\x00 summary", "deadlines.ics": "BEGIN:VCALENDAR\r\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return Message{
		ID: "20201105T050000Z.done", Subject: "cspcoop: statements as of 2020-11-05",
		Body:        "At risk: 5,000.00 USD – Grüße\n.a line that begins with a dot\n" + strings.Repeat("long ", 300) + "\n",
		Date:        time.Date(2020, 11, 5, 5, 1, 0, 0, time.UTC),
		Read:        os.ReadFile,
		Attachments: []string{filepath.Join(dir, "summary.pdf"), filepath.Join(dir, "deadlines.ics"), filepath.Join(dir, "none.pdf")},
	}
}

func (p *postOffice) mail() Mail {
	return Mail{
		Host: "127.0.0.1", Port: p.port(), Security: StartTLS, Authorities: p.authority,
		From: "cspcoop@northwind.example", To: []string{"Finance <finance@northwind.example>", "audit@northwind.example"},
	}
}

func TestAMailArrivesWhole(t *testing.T) {
	tests := []struct {
		name     string
		office   func(*postOffice)
		security Security
		user     string
	}{
		{"starttls with a password", func(p *postOffice) { p.users = map[string]string{"batch": "s3cret"} }, StartTLS, "batch"},
		{"starttls without", nil, StartTLS, ""},
		{"tls with a password", func(p *postOffice) { p.fromStart, p.users = true, map[string]string{"batch": "s3cret"} }, TLS, "batch"},
		{"in the clear", func(p *postOffice) { p.bare = true }, Plain, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := openPostOffice(t, test.office)
			s := p.mail()
			s.Security, s.User, s.Password = test.security, test.user, "s3cret"
			want := message(t)
			if err := s.Check(); err != nil {
				t.Fatal(err)
			}
			if err := s.Send(t.Context(), want); err != nil {
				t.Fatal(err)
			}
			letters := p.delivered()
			if len(letters) != 1 {
				t.Fatalf("%d letters, want one", len(letters))
			}
			got := letters[0]
			if got.from != "cspcoop@northwind.example" || strings.Join(got.to, " ") != "finance@northwind.example audit@northwind.example" || got.user != test.user {
				t.Errorf("from %s to %v as %q", got.from, got.to, got.user)
			}
			checkLetter(t, got.data, want)
			if seen := p.inTheClear(); test.security != Plain && (strings.Contains(seen, "AUTH") || strings.Contains(seen, "MAIL")) {
				t.Errorf("went over the line unencrypted:\n%s", seen)
			}
		})
	}
}

// checkLetter reads the mail as a mail program would.
func checkLetter(t *testing.T, data string, want Message) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Header.Get("Subject"); got != want.Subject {
		t.Errorf("subject %q", got)
	}
	if got := m.Header.Get("Message-ID"); got != "<"+want.ID+"@cspcoop>" {
		t.Errorf("message id %q", got)
	}
	if date, err := m.Header.Date(); err != nil || !date.Equal(want.Date) {
		t.Errorf("date %s, %v", date, err)
	}
	_, parameters, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	readParts(t, m.Body, parameters["boundary"], parts)
	if got := strings.ReplaceAll(parts[""], "\r\n", "\n"); strings.TrimRight(got, "\n") != strings.TrimRight(want.Body, "\n") {
		t.Errorf("the text reads\n%q, want\n%q", got, want.Body)
	}
	if len(parts) != 4 || !strings.Contains(parts["text/html"], "<p") {
		t.Errorf("%d parts, want the text, its HTML and two attachments", len(parts))
	}
	for _, path := range want.Attachments[:2] {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := parts[filepath.Base(path)]; got != string(content) {
			t.Errorf("%s holds %q", filepath.Base(path), got)
		}
	}
}

func TestAMailThatDoesNotGoOut(t *testing.T) {
	closed := openPostOffice(t, nil)
	closed.listener.Close()
	tests := []struct {
		name   string
		office func(*postOffice)
		change func(*Mail)
		says   string
	}{
		{"nobody there", nil, func(s *Mail) { s.Port = closed.port() }, "connection refused"},
		{"wrong password", func(p *postOffice) { p.users = map[string]string{"batch": "s3cret"} },
			func(s *Mail) { s.User, s.Password = "batch", "guess" }, "535"},
		{"no encryption on offer", func(p *postOffice) { p.bare = true }, nil, "STARTTLS"},
		{"a server that nobody vouches for", nil, func(s *Mail) { s.Authorities = nil }, "certificate"},
		{"an unknown reader", func(p *postOffice) { p.answers = map[string]string{"RCPT": "550 5.1.1 no such mailbox"} }, nil, "no such mailbox"},
		{"a greeting that sends away", func(p *postOffice) { p.answers = map[string]string{"": "554 not today"} }, nil, "not today"},
		{"no hello", func(p *postOffice) { p.answers = map[string]string{"EHLO": "554 not you", "HELO": "554 not you"} }, nil, "not you"},
		{"encryption on offer only", func(p *postOffice) { p.answers = map[string]string{"STARTTLS": "454 not now"} }, nil, "not now"},
		{"wrong password over tls", func(p *postOffice) { p.fromStart, p.users = true, map[string]string{"batch": "s3cret"} },
			func(s *Mail) { s.Security, s.User, s.Password = TLS, "batch", "guess" }, "535"},
		{"tls that nobody vouches for", func(p *postOffice) { p.fromStart = true },
			func(s *Mail) { s.Security, s.Authorities = TLS, nil }, "certificate"},
		{"a farewell that is refused", func(p *postOffice) {
			p.answers = map[string]string{"RCPT": "550 no such mailbox", "QUIT": "500 stay"}
		}, nil, "no such mailbox"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := openPostOffice(t, test.office)
			s := p.mail()
			if test.change != nil {
				test.change(&s)
			}
			err := s.Send(t.Context(), message(t))
			if err == nil || !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), "mail server 127.0.0.1") {
				t.Errorf("error %v, want one that says %q", err, test.says)
			}
			if n := len(p.delivered()); n != 0 {
				t.Errorf("%d letters arrived", n)
			}
			if strings.Contains(p.inTheClear(), "DATA") {
				t.Error("the letter went over the line unencrypted")
			}
		})
	}
}

func TestStoppingEndsAMailAtOnce(t *testing.T) {
	p := openPostOffice(t, func(p *postOffice) { p.ignore = "EHLO" })
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		<-p.ignored
		stop()
	}()
	if err := p.mail().Send(ctx, message(t)); err == nil {
		t.Error("a server that answers nothing took the mail")
	}
}

func TestMailSettings(t *testing.T) {
	good := Mail{Host: "smtp.northwind.example", Security: StartTLS, From: "a@northwind.example", To: []string{"b@northwind.example"}}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		says   string
		change func(*Mail)
	}{
		{"host is missing", func(s *Mail) { s.Host = "" }},
		{"to is missing", func(s *Mail) { s.To = nil }},
		{"from = ", func(s *Mail) { s.From = "finance" }},
		{"to = ", func(s *Mail) { s.To = []string{"b@northwind.example", "finance"} }},
		{"in the clear", func(s *Mail) { s.Security, s.User = Plain, "batch" }},
		{`tls = "ssl"`, func(s *Mail) { s.Security = "ssl" }},
		{"port", func(s *Mail) { s.Port = 70000 }},
	}
	for _, test := range tests {
		t.Run(test.says, func(t *testing.T) {
			s := good
			test.change(&s)
			if err := s.Check(); err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("error %v, want one that says %q", err, test.says)
			}
		})
	}
}

func TestTheFileHoldsTheLatestMessage(t *testing.T) {
	f := File{Files: disk.Files{Disk: disk.OS()}, Path: filepath.Join(t.TempDir(), "notice.txt")}
	for _, text := range []string{"first, and much longer", "second"} {
		if err := f.Send(t.Context(), Message{Subject: "cspcoop", Body: text + "\n"}); err != nil {
			t.Fatal(err)
		}
	}
	content, err := os.ReadFile(f.Path)
	if err != nil || string(content) != "cspcoop\n\nsecond\n" {
		t.Errorf("the file holds %q, %v", content, err)
	}
}

// readParts reads the parts of a message by the names of their files: the text is
// "", and its HTML "text/html".
func readParts(t *testing.T, body io.Reader, boundary string, parts map[string]string) {
	t.Helper()
	reader := multipart.NewReader(body, boundary)
	for {
		part, err := reader.NextPart() // decodes quoted-printable
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		kind, parameters, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		if kind == "multipart/alternative" {
			readParts(t, part, parameters["boundary"], parts)
			continue
		}
		content, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		if part.Header.Get("Content-Transfer-Encoding") == "base64" {
			if content, err = base64.StdEncoding.DecodeString(string(content)); err != nil {
				t.Fatal(err)
			}
		}
		name := part.FileName()
		if kind == "text/html" {
			name = kind
		}
		parts[name] = string(content)
	}
}
