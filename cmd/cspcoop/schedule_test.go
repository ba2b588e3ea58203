package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cspcoop/calc"
	"cspcoop/cmd/cspcoop/publish"
	"cspcoop/importer/disk"
	"cspcoop/schedule"
)

// leaping is a clock that passes at once and stops the service at its end.
type leaping struct {
	at, end time.Time
	stop    context.CancelFunc
}

func (c *leaping) Now() time.Time { return c.at }

func (c *leaping) Wait(ctx context.Context, d time.Duration) error {
	if c.at = c.at.Add(d); c.at.After(c.end) {
		c.stop()
	}
	return ctx.Err()
}

// scheduledWorkspace holds the guide's export in its inbox.
func scheduledWorkspace(t *testing.T, config string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "books")
	if err := makeWorkspace(dir, ""); err != nil {
		t.Fatal(err)
	}
	writeTest(t, filepath.Join(dir, "cspcoop.toml"), []byte("settle = \"0s\"\ntime_zone = \"Europe/Berlin\"\n"+config))
	content, err := os.ReadFile("../../fixtures/guide/guide-5000.csv")
	if err != nil {
		t.Fatal(err)
	}
	writeTest(t, filepath.Join(dir, "inbox", "contoso", "guide.csv"), content)
	return dir
}

func writeTest(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// serveBetween lets the service work over simulated time and returns its log.
func serveBetween(t *testing.T, dir, from, to string) []map[string]any {
	t.Helper()
	var log bytes.Buffer
	a := &app{stdout: io.Discard, stderr: &log, disk: disk.OS(), workspace: dir}
	w, err := a.open()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	clock := &leaping{at: instant(t, from), end: instant(t, to), stop: stop}
	if err := a.serve(ctx, w, clock, slog.New(slog.NewJSONHandler(&log, nil))); err != nil {
		t.Fatalf("%v\n%s", err, log.String())
	}
	var records []map[string]any
	for line := range strings.Lines(log.String()) {
		var record map[string]any
		if err := json.Unmarshal([]byte(line), &record); err != nil {
			t.Fatalf("the log has a line that is no record: %s", line)
		}
		records = append(records, record)
	}
	return records
}

func instant(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func publishedSets(t *testing.T, dir string) []string {
	t.Helper()
	sets, err := publish.Sets(filepath.Join(dir, "statements"))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, set := range sets {
		list = append(list, set.AsOf)
	}
	return list
}

// logged finds the record with that message.
func logged(records []map[string]any, message string) map[string]any {
	for _, record := range records {
		if record["msg"] == message {
			return record
		}
	}
	return nil
}

func TestScheduleWritesWhatRunWrites(t *testing.T) {
	dir := scheduledWorkspace(t, "[schedule]\nwhen = \"0 6 5 * *\"\nas_of = \"month-end\"\npoll = \"1m\"\n[notice]\nfile = \"notice.txt\"\n")
	if status := run(t.Context(), []string{"run", "--quiet", "--workspace", dir, "--as-of", "2019-08-31"}, nil, io.Discard, io.Discard); status != exitDone {
		t.Fatalf("run ended with %d", status)
	}
	writeTest(t, filepath.Join(dir, "inbox", "bad.csv"), []byte("no export at all\n"))
	records := serveBetween(t, dir, "2019-11-05T04:00:00Z", "2019-11-05T06:00:00Z")
	if got := strings.Join(publishedSets(t, dir), " "); got != "2019-08-31 2019-09-30 2019-10-31" {
		t.Fatalf("statement sets %s, want the missed month and the one that fell due", got)
	}
	if record := logged(records, "file refused"); record == nil || record["file"] != "bad.csv" {
		t.Errorf("the log does not report the refused file: %v", records)
	}
	if record := logged(records, "run done"); record == nil || record["run"] != "20191005T040000Z" || record["as_of"] != "2019-09-30" {
		t.Errorf("the log reports the first run as %v", record)
	}
	notice, err := os.ReadFile(filepath.Join(dir, "notice.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"statements as of 31 Oct 2019", "1 refused file in rejected/"} {
		if !strings.Contains(string(notice), want) {
			t.Errorf("the notice does not say %q:\n%s", want, notice)
		}
	}
	for line := range strings.Lines(string(notice)) {
		if strings.HasSuffix(strings.TrimSpace(line), "…") || strings.Contains(line, "… ") && !strings.HasPrefix(strings.TrimSpace(line), "…") {
			t.Errorf("the notice cuts a sentence: %s", line)
		}
	}

	published := filepath.Join(dir, "statements", "2019-10-31", "balances.csv")
	before, err := os.Stat(published)
	if err != nil {
		t.Fatal(err)
	}
	if status := run(t.Context(), []string{"run", "--quiet", "--workspace", dir, "--as-of", "2019-10-31"}, nil, io.Discard, io.Discard); status != exitDone {
		t.Fatalf("run ended with %d", status)
	}
	if after, err := os.Stat(published); err != nil || !os.SameFile(before, after) {
		t.Errorf("run wrote other statements than schedule: %v", err)
	}
}

func TestScheduleLeavesSealedSetsAlone(t *testing.T) {
	dir := scheduledWorkspace(t, "[schedule]\nwhen = \"0 6 * * *\"\npoll = \"1m\"\n")
	statements := filepath.Join(dir, "statements")
	serveBetween(t, dir, "2019-10-14T03:59:00Z", "2019-10-14T04:01:00Z")
	if _, err := publish.SealSet(disk.OS(), statements, "2019-10-14", "Adele Vance", instant(t, "2019-10-14T05:00:00Z")); err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(filepath.Join(statements, "2019-10-14", "run.json"))
	if err != nil {
		t.Fatal(err)
	}
	a := &app{stdout: io.Discard, stderr: io.Discard, disk: disk.OS(), workspace: dir}
	sealed := schedule.Run{ID: "20191014T040000Z", AsOf: dayOf(t, "2019-10-14")}
	summary, err := (&scheduled{a, slog.New(slog.DiscardHandler)}).Run(t.Context(), sealed)
	if err != nil || !strings.Contains(summary, "sealed by Adele Vance") {
		t.Errorf("summary %q, error %v", summary, err)
	}
	after, err := os.Stat(filepath.Join(statements, "2019-10-14", "run.json"))
	if err != nil || !os.SameFile(before, after) {
		t.Errorf("the sealed set was touched: %v", err)
	}
	serveBetween(t, dir, "2019-10-15T03:59:00Z", "2019-10-15T04:01:00Z")
	if got := publishedSets(t, dir); !slices.Equal(got, []string{"2019-10-14", "2019-10-15"}) {
		t.Errorf("statement sets %v, want the next one beside the sealed one", got)
	}
}

func dayOf(t *testing.T, text string) calc.Date {
	t.Helper()
	day, err := calc.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

func TestOnArrivalWritesStatementsAtOnce(t *testing.T) {
	dir := scheduledWorkspace(t, "[schedule]\non_arrival = true\n")
	serveBetween(t, dir, "2019-10-14T12:00:00Z", "2019-10-14T12:01:00Z")
	if got := publishedSets(t, dir); !slices.Equal(got, []string{"2019-10-14"}) {
		t.Errorf("statement sets %v, want one of today", got)
	}
}

func TestAMailServerThatIsDownFailsNoRun(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	dir := scheduledWorkspace(t, "[schedule]\nwhen = \"0 6 * * *\"\n[notice.smtp]\nhost = \"127.0.0.1\"\nport = "+port+
		"\nfrom = \"cspcoop@northwind.example\"\nto = [\"finance@northwind.example\"]\n")
	records := serveBetween(t, dir, "2019-10-14T03:59:00Z", "2019-10-14T04:05:00Z")
	if got := publishedSets(t, dir); !slices.Equal(got, []string{"2019-10-14"}) {
		t.Errorf("statement sets %v, want that of the run", got)
	}
	if logged(records, "the notice of run 20191014T040000Z could not be sent; it is tried again") == nil {
		t.Errorf("the log does not report the notice: %v", records)
	}
	var beat schedule.Heartbeat
	content, err := os.ReadFile(filepath.Join(dir, "state", "heartbeat.json"))
	if err == nil {
		err = json.Unmarshal(content, &beat)
	}
	if err != nil || !beat.LastSuccess.Equal(instant(t, "2019-10-14T04:00:00Z")) {
		t.Errorf("heartbeat %+v, %v", beat, err)
	}
}

func TestScheduleRefusesAtItsStart(t *testing.T) {
	const smtp = "[notice.smtp]\nhost = \"smtp.northwind.example\"\nfrom = \"a@northwind.example\"\nto = [\"b@northwind.example\"]\n"
	tests := []struct{ config, says string }{
		{"[schedule]\nwhen = \"0 6 30 2 *\"\n", "never fires"},
		{"[schedule]\nwhen = \"TZ=UTC 0 6 5 * *\"\n", "time_zone"},
		{"[schedule]\nas_of = \"today\"\n", "month-end"},
		{"[schedule]\npoll = \"2m\"\n", "use 1s to 1m"},
		{"[schedule]\nholidays = [2026-12-25, \"25.12.2026\"]\n", `holidays: "25.12.2026"`},
		{"[schedule]\nwhen = \"business-day 20 06:00\"\nholidays = [2027-02-01, \"2027-02-02\"]\n", "2027-02 has no business day 20"},
		{"[schedule]\ncron = \"0 6 5 * *\"\n", `unknown key "schedule.cron"`},
		{"[notice]\nfile = \"inbox/notice.txt\"\n", "another purpose"},
		{"[notice]\nmail = \"b@northwind.example\"\n", `unknown key "notice.mail"`},
		{"[notice.smtp]\nto = [\"b@northwind.example\"]\n", "host is missing"},
		{smtp + "tls = \"ssl\"\n", "starttls"},
		{smtp + "user = \"batch\"\npassword_env = \"CSPCOOP_TEST_UNSET\"\n", "CSPCOOP_TEST_UNSET"},
		{smtp + "attach = [\"summary.xlsx\", \"balances.csv\"]\n", "attach = \"balances.csv\": use any of summary.pdf, summary.xlsx, exceptions.csv, deadlines.ics"},
		{smtp + "attach = [\"../cspcoop.toml\"]\n", "use any of"},
		{smtp + "ca_file = \"cspcoop.toml\"\n", "no certificate"},
		{smtp + "password = \"secret\"\n", `unknown key "notice.smtp.password"`},
	}
	for _, test := range tests {
		t.Run(test.says, func(t *testing.T) {
			dir := scheduledWorkspace(t, test.config)
			var stderr bytes.Buffer
			status := run(t.Context(), []string{"schedule", "--workspace", dir}, nil, io.Discard, &stderr)
			if status != exitUsage || !strings.Contains(stderr.String(), test.says) {
				t.Errorf("%s\nended with %d and said %s", test.config, status, stderr.String())
			}
			if _, err := os.Stat(filepath.Join(dir, "state", "journal.json")); err == nil {
				t.Errorf("%s\nbegan a journal", test.config)
			}
		})
	}
	for _, arguments := range [][]string{{"--as-of", "2020-01-01"}, {"--log", "xml"}} {
		arguments = append([]string{"schedule", "--workspace", scheduledWorkspace(t, "")}, arguments...)
		if status := run(t.Context(), arguments, nil, io.Discard, io.Discard); status != exitUsage {
			t.Errorf("%v ended with %d", arguments, status)
		}
	}
}

// stopAt ends a context when a line of the log says so.
type stopAt struct {
	bytes.Buffer
	text string
	stop context.CancelFunc
}

func (s *stopAt) Write(line []byte) (int, error) {
	if bytes.Contains(line, []byte(s.text)) {
		s.stop()
	}
	return s.Buffer.Write(line)
}

func TestScheduleEndsWhenToldTo(t *testing.T) {
	dir := scheduledWorkspace(t, "")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	log := &stopAt{text: "file taken", stop: stop}
	if status := run(ctx, []string{"schedule", "--workspace", dir, "--log", "json"}, nil, io.Discard, log); status != exitDone {
		t.Errorf("ended with %d:\n%s", status, log)
	}
	if !strings.Contains(log.String(), "schedule ends") {
		t.Errorf("the log does not end well:\n%s", log)
	}
}

func TestOneScheduleAtATime(t *testing.T) {
	dir := scheduledWorkspace(t, "")
	lock, err := schedule.Acquire(filepath.Join(dir, "state", "schedule"), "schedule", instant(t, "2019-10-14T12:00:00Z"))
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Release()
	if status := run(t.Context(), []string{"schedule", "--workspace", dir}, nil, io.Discard, io.Discard); status != exitHeld {
		t.Errorf("a second schedule ended with %d, want %d", status, exitHeld)
	}
}
