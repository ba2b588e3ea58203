package notice

import (
	"bufio"
	"cmp"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"net"
	"net/textproto"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

// A post office is an SMTP server (RFC 5321) on loopback that keeps what it is given.
type postOffice struct {
	listener  net.Listener
	tls       *tls.Config
	authority *x509.CertPool
	fromStart bool              // TLS from the first byte
	bare      bool              // no STARTTLS on offer
	users     map[string]string // nobody has to say who they are when empty
	answers   map[string]string // by command, in place of the usual answer; "" is the greeting
	ignore    string            // the command that gets no answer, when not empty

	ignored chan struct{} // a value for each command that got no answer
	mu      sync.Mutex
	letters []letter
	clear   []string // commands that came without encryption
	kept    int      // connections that the client left open
}

type letter struct {
	from string
	to   []string
	data string
	user string
}

// openPostOffice serves until the test ends.
func openPostOffice(t *testing.T, change func(*postOffice)) *postOffice {
	t.Helper()
	p := &postOffice{ignored: make(chan struct{}, 8)}
	p.tls, p.authority = certificate(t)
	if change != nil {
		change(p)
	}
	var err error
	if p.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	if p.fromStart {
		p.listener = tls.NewListener(p.listener, p.tls)
	}
	var open sync.WaitGroup
	open.Go(func() {
		for {
			conn, err := p.listener.Accept()
			if err != nil {
				return
			}
			open.Go(func() { p.serve(conn) })
		}
	})
	t.Cleanup(func() {
		p.listener.Close()
		open.Wait()
		if p.kept > 0 {
			t.Errorf("%d connections are left open", p.kept)
		}
	})
	return p
}

func (p *postOffice) port() int { return p.listener.Addr().(*net.TCPAddr).Port }

func (p *postOffice) delivered() []letter {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]letter(nil), p.letters...)
}

func (p *postOffice) inTheClear() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Join(p.clear, "\n")
}

// serve speaks with one client until it leaves.
func (p *postOffice) serve(conn net.Conn) {
	defer func() { conn.Close() }()
	conn.SetDeadline(time.Now().Add(10 * time.Second))
	secure := p.fromStart
	var at letter
	lines := textproto.NewReader(bufio.NewReader(conn))
	say := func(format string, args ...any) { fmt.Fprintf(conn, format+"\r\n", args...) }
	say("%s", cmp.Or(p.answers[""], "220 post office"))
	for {
		line, err := lines.ReadLine()
		if errors.Is(err, os.ErrDeadlineExceeded) {
			p.mu.Lock()
			p.kept++
			p.mu.Unlock()
		}
		if err != nil {
			return
		}
		if !secure {
			p.mu.Lock()
			p.clear = append(p.clear, line)
			p.mu.Unlock()
		}
		verb, rest, _ := strings.Cut(line, " ")
		if p.ignore != "" && strings.EqualFold(verb, p.ignore) {
			p.ignored <- struct{}{}
			continue
		}
		if answer := p.answers[strings.ToUpper(verb)]; answer != "" {
			say("%s", answer)
			continue
		}
		switch strings.ToUpper(verb) {
		case "EHLO", "HELO":
			say("250-post office")
			if !secure && !p.bare {
				say("250-STARTTLS")
			}
			if len(p.users) > 0 {
				say("250-AUTH PLAIN")
			}
			say("250 8BITMIME")
		case "STARTTLS":
			say("220 go ahead")
			upgraded := tls.Server(conn, p.tls)
			conn, secure = upgraded, true
			lines = textproto.NewReader(bufio.NewReader(conn))
		case "AUTH":
			if at.user = p.check(rest); at.user == "" {
				say("535 5.7.8 wrong user or password")
				continue
			}
			say("235 2.7.0 welcome")
		case "MAIL":
			if len(p.users) > 0 && at.user == "" {
				say("530 5.7.0 who are you")
				continue
			}
			at.from, at.to = address(rest), nil
			say("250 ok")
		case "RCPT":
			at.to = append(at.to, address(rest))
			say("250 ok")
		case "DATA":
			say("354 end with a dot")
			data, err := lines.ReadDotBytes()
			if err != nil {
				return
			}
			at.data = string(data)
			p.mu.Lock()
			p.letters = append(p.letters, at)
			p.mu.Unlock()
			say("250 taken")
		case "NOOP", "RSET":
			say("250 ok")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("502 unknown")
		}
	}
}

// check returns the user of AUTH PLAIN (RFC 4616), "" when the password is wrong.
func (p *postOffice) check(rest string) string {
	_, encoded, _ := strings.Cut(rest, " ")
	plain, err := base64.StdEncoding.DecodeString(encoded)
	parts := strings.Split(string(plain), "\x00")
	if err != nil || len(parts) != 3 || parts[2] == "" || p.users[parts[1]] != parts[2] {
		return ""
	}
	return parts[1]
}

func address(rest string) string {
	_, rest, _ = strings.Cut(rest, "<")
	inner, _, _ := strings.Cut(rest, ">")
	return inner
}

// certificate is for 127.0.0.1 and signed by itself.
func certificate(t *testing.T) (*tls.Config, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, pool
}
