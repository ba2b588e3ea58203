package main

import (
	"bytes"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // Windows and bare containers have no time zones of their own

	"cspcoop/calc"
	"cspcoop/importer/disk"
	"cspcoop/schedule"
	"cspcoop/schedule/notice"
)

// scheduleEntry is [schedule].
type scheduleEntry struct {
	When      string        `toml:"when"`
	AsOf      schedule.AsOf `toml:"as_of"`
	Holidays  []holiday     `toml:"holidays"`
	Poll      span          `toml:"poll"`
	OnArrival bool          `toml:"on_arrival"`
}

// holiday is a day with or without quotes.
type holiday struct{ calc.Date }

// UnmarshalTOML reads "2026-12-25" or 2026-12-25.
func (h *holiday) UnmarshalTOML(data []byte) (err error) {
	if h.Date, err = calc.ParseDate(string(bytes.Trim(data, `"'`))); err != nil {
		return fmt.Errorf("[schedule] holidays: %w", err)
	}
	return nil
}

// noticeEntry is [notice].
type noticeEntry struct {
	File string    `toml:"file"`
	SMTP smtpEntry `toml:"smtp"`
}

// smtpEntry is [notice.smtp].
type smtpEntry struct {
	Host        string          `toml:"host"`
	Port        int             `toml:"port"`
	TLS         notice.Security `toml:"tls"`
	CAFile      string          `toml:"ca_file"`
	User        string          `toml:"user"`
	PasswordEnv string          `toml:"password_env"`
	From        string          `toml:"from"`
	To          []string        `toml:"to"`
	Attach      []string        `toml:"attach"`
}

// New files are to be taken or refused within a minute; a look more often than
// once a second is a burden on a network share.
const (
	shortestPoll = time.Second
	longestPoll  = time.Minute
)

// attachable are the files of a set that an e-mail can have: those over all
// partners that are useful without the others.
var attachable = []string{"summary.pdf", "summary.xlsx", "exceptions.csv", "deadlines.ics"}

func defaultSchedule() scheduleEntry {
	return scheduleEntry{When: "0 6 5 * *", Poll: span{20 * time.Second}}
}

func defaultNotice() noticeEntry {
	return noticeEntry{SMTP: smtpEntry{TLS: notice.StartTLS, Attach: []string{"summary.pdf", "deadlines.ics"}}}
}

// plan returns when runs are due, in the configured zone.
func (w *workspace) plan() (*schedule.Plan, error) {
	c := w.config.Schedule
	if c.Poll.Duration < shortestPoll || c.Poll.Duration > longestPoll {
		return nil, usage("%s: [schedule] poll = %q: use 1s to 1m", w.path("cspcoop.toml"), c.Poll)
	}
	var holidays []calc.Date
	for _, h := range c.Holidays {
		holidays = append(holidays, h.Date)
	}
	plan, err := schedule.NewPlan(c.When, w.zone, holidays, c.AsOf)
	if err != nil {
		return nil, usage("%s: [schedule] %w", w.path("cspcoop.toml"), err)
	}
	return plan, nil
}

// senders returns the ways by which notices go out.
func (w *workspace) senders(d disk.Disk) ([]notice.Sender, error) {
	var list []notice.Sender
	c := w.config.Notice
	if c.File != "" {
		path, err := w.noticeFile(c.File)
		if err != nil {
			return nil, usage("%s: [notice] file = %q: %w", w.path("cspcoop.toml"), c.File, err)
		}
		list = append(list, notice.File{Files: disk.Files{Disk: d}, Path: path})
	}
	if c.SMTP.given() {
		mail, err := c.SMTP.mail(w)
		if err == nil {
			err = mail.Check()
		}
		if err != nil {
			return nil, usage("%s: [notice.smtp] %w", w.path("cspcoop.toml"), err)
		}
		list = append(list, mail)
	}
	return list, nil
}

// noticeFile keeps notices out of the folders that have another purpose.
func (w *workspace) noticeFile(file string) (string, error) {
	path := w.beside(file)
	inside, err := filepath.Rel(w.dir, path)
	if err != nil {
		return path, nil //nolint:nilerr // on another drive
	}
	first, _, _ := strings.Cut(filepath.ToSlash(inside), "/")
	if slices.Contains([]string{"inbox", "archive", "rejected", "statements", "state", "cspcoop.toml", "."}, first) {
		return "", errors.New(`that place has another purpose; use a file beside cspcoop.toml, such as "notice.txt"`)
	}
	return path, nil
}

// given reports whether the entry has anything but the default.
func (e smtpEntry) given() bool {
	return e.Host != "" || e.User != "" || e.From != "" || len(e.To) > 0
}

func (e smtpEntry) mail(w *workspace) (notice.Mail, error) {
	for _, name := range e.Attach {
		if !slices.Contains(attachable, name) {
			return notice.Mail{}, fmt.Errorf("attach = %q: use any of %s", name, strings.Join(attachable, ", "))
		}
	}
	m := notice.Mail{Host: e.Host, Port: e.Port, Security: e.TLS, User: e.User, From: e.From, To: e.To}
	if e.User != "" {
		if m.Password = os.Getenv(e.PasswordEnv); m.Password == "" {
			return m, fmt.Errorf("password_env = %q: put the password of user %q into that environment variable", e.PasswordEnv, e.User)
		}
	}
	if e.CAFile == "" {
		return m, nil
	}
	certificates, err := disk.ReadFile(w.beside(e.CAFile))
	if err != nil {
		return m, fmt.Errorf("ca_file: %w", err)
	}
	m.Authorities = x509.NewCertPool()
	if !m.Authorities.AppendCertsFromPEM(certificates) {
		return m, fmt.Errorf("ca_file = %q holds no certificate in PEM form", e.CAFile)
	}
	return m, nil
}
