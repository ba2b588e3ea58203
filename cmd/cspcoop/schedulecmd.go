package main

import (
	"context"
	"io"
	"log/slog"
	"time"

	"cspcoop/importer/disk"
	"cspcoop/importer/inbox"
	"cspcoop/schedule"

	"github.com/spf13/cobra"
)

func (a *app) scheduleCommand() *cobra.Command {
	var onArrival bool
	var format string
	cmd := &cobra.Command{
		Use:   "schedule",
		Short: "Stay up, take files as they arrive, and run on schedule",
		Long: `schedule stays up until it is stopped. It takes or refuses files within a
minute of their arrival and writes statements when a run is due by [schedule] in
cspcoop.toml. Runs that were missed are made up for at the next start, oldest
first, each with its own as-of date. After each run it sends the notices of [notice].

What it does goes to stderr as a log; state/heartbeat.json and "cspcoop status"
say how it is. Changes of [schedule] take a restart, all others do not.`,
		Example: `  # In a terminal, until Ctrl-C
  cspcoop schedule --workspace books

  # As a service: statements on arrival too, and a log for a collector
  cspcoop schedule --workspace books --on-arrival --log json`,
		RunE: a.opened(func(cmd *cobra.Command, w *workspace, _ []string) error {
			log, err := a.logger(format)
			if err != nil {
				return err
			}
			if onArrival {
				w.config.Schedule.OnArrival = true
			}
			return schedule.WithGrace(cmd.Context(), stopTime, func(ctx context.Context) error {
				return a.serve(ctx, w, inbox.SystemClock(), log)
			})
		}),
	}
	cmd.Flags().BoolVar(&onArrival, "on-arrival", false, "write statements as soon as files arrive, too")
	cmd.Flags().StringVar(&format, "log", "text", "log as `FORMAT`: text or json")
	complete(cmd, "log", cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// stopTime is how long a run may take to end once it is asked to stop; service
// managers wait ten seconds.
const stopTime = 8 * time.Second

// logger returns the log of a service on stderr.
func (a *app) logger(format string) (*slog.Logger, error) {
	options := &slog.HandlerOptions{}
	if a.quiet {
		options.Level = slog.LevelError
	}
	switch format {
	case "text":
		return slog.New(slog.NewTextHandler(a.stderr, options)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(a.stderr, options)), nil
	}
	return nil, usage(`--log %s: use text or json`, format)
}

// serve is the service on a workspace; it ends with its context.
func (a *app) serve(ctx context.Context, w *workspace, clock schedule.Clock, log *slog.Logger) error {
	plan, err := w.plan()
	if err != nil {
		return err
	}
	if _, err := w.senders(a.disk); err != nil {
		return err
	}
	if err := w.makeFolders(a.disk); err != nil {
		return err
	}
	for _, remark := range plan.Remarks(clock.Now()) {
		log.Warn(remark)
	}
	quiet := *a
	quiet.stdout, quiet.stderr, quiet.quiet = io.Discard, &logLines{log}, false
	c := w.config.Schedule
	service := &schedule.Service{
		Plan: plan, Work: &scheduled{&quiet, log}, Clock: clock, Files: disk.Files{Disk: a.disk}, StateDir: w.path("state"),
		Poll: c.Poll.Duration, OnArrival: c.OnArrival, Log: log,
	}
	log.Info("schedule begins", "workspace", w.dir, "when", c.When, "time_zone", w.zone.String(), "next", plan.Next(clock.Now()))
	err = service.Serve(ctx)
	log.Info("schedule ends")
	return err
}
