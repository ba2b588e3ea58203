package notice

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"path/filepath"
	"time"

	"github.com/wneessen/go-mail"
)

// Security says how the connection to a mail server is protected.
type Security string

const (
	// StartTLS begins in the clear and refuses to go on without TLS; port 587 unless another is given.
	StartTLS Security = "starttls"
	// TLS is encrypted from the first byte; port 465 unless another is given.
	TLS Security = "tls"
	// Plain is not encrypted; port 25 unless another is given. It carries no password.
	Plain Security = "none"
)

// Mail sends messages through an SMTP server.
type Mail struct {
	Host     string
	Port     int // 0: the usual one
	Security Security
	// Authorities vouch for the server; nil: those of the system.
	Authorities *x509.CertPool
	User        string // "": without authentication
	Password    string
	From        string
	To          []string
}

// sendTime bounds one attempt, so that a silent server holds up nothing else for long.
const sendTime = 30 * time.Second

// Check says what is wrong with the settings, before the first message.
func (s Mail) Check() error {
	if s.Host == "" {
		return errors.New("host is missing; name the mail server")
	}
	if len(s.To) == 0 {
		return errors.New("to is missing; name who receives the mail")
	}
	if s.User != "" && s.Security == Plain {
		return errors.New(`tls = "none" would send the password in the clear; use "starttls" or "tls"`)
	}
	if _, err := s.client(context.Background()); err != nil {
		return err
	}
	_, err := s.envelope()
	return err
}

// client returns one whose connection is closed when ctx ends, whatever the client makes of an error.
func (s Mail) client(ctx context.Context) (*mail.Client, error) {
	secure := &tls.Config{ServerName: s.Host, MinVersion: tls.VersionTLS12, RootCAs: s.Authorities}
	dial := (&net.Dialer{}).DialContext
	port := s.Port
	var policy mail.TLSPolicy
	switch s.Security {
	case StartTLS:
		policy = mail.TLSMandatory
		port = cmp.Or(port, mail.DefaultPortTLS)
	case TLS:
		// The client asks a connection that somebody else dialed whether it is encrypted only under this policy.
		// It has nothing to begin: a server offers no STARTTLS on an encrypted connection (RFC 3207).
		policy = mail.TLSOpportunistic
		dial = (&tls.Dialer{Config: secure}).DialContext
		port = cmp.Or(port, mail.DefaultPortSSL)
	case Plain:
		policy = mail.NoTLS
		port = cmp.Or(port, mail.DefaultPort)
	default:
		return nil, fmt.Errorf(`tls = %q: use "starttls", "tls" or "none"`, s.Security)
	}
	options := []mail.Option{
		mail.WithTimeout(sendTime), mail.WithTLSConfig(secure), mail.WithTLSPolicy(policy), mail.WithPort(port),
		mail.WithDialContextFunc(func(dialing context.Context, network, address string) (net.Conn, error) {
			conn, err := dial(dialing, network, address)
			if err == nil {
				context.AfterFunc(ctx, func() { conn.Close() })
			}
			return conn, err
		}),
	}
	if s.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.User), mail.WithPassword(s.Password))
	}
	client, err := mail.NewClient(s.Host, options...)
	if err != nil {
		return nil, fmt.Errorf("mail server %s: %w", s.Host, err)
	}
	return client, nil
}

func (s Mail) envelope() (*mail.Msg, error) {
	m := mail.NewMsg()
	if err := m.From(s.From); err != nil {
		return nil, fmt.Errorf("from = %q is no mail address: %w", s.From, err)
	}
	if err := m.To(s.To...); err != nil {
		return nil, fmt.Errorf("to = %q: %w", s.To, err)
	}
	return m, nil
}

// Send implements [Sender].
func (s Mail) Send(ctx context.Context, m Message) error {
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	client, err := s.client(ctx)
	if err != nil {
		return err
	}
	letter, err := s.envelope()
	if err != nil {
		return err
	}
	letter.Subject(m.Subject)
	letter.SetDateWithValue(m.Date)
	letter.SetMessageIDWithValue(m.ID + "@cspcoop")
	letter.SetBodyString(mail.TypeTextPlain, m.Body)
	letter.AddAlternativeString(mail.TypeTextHTML, page(m.Subject, m.Body))
	for _, path := range m.Attachments {
		content, err := m.Read(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("the mail lacks an attachment: %w", err)
		}
		letter.AttachReadSeeker(filepath.Base(path), bytes.NewReader(content))
	}
	// A farewell that fails after the server took the message is no reason to send it twice.
	if err := client.DialAndSendWithContext(ctx, letter); err != nil && !letter.IsDelivered() {
		return fmt.Errorf("mail server %s: %w", s.Host, err)
	}
	return nil
}
