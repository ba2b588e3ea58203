// Command bench measures cspcoop beside what a user would pick instead: on the
// same generated files, for the same answer, in interleaved runs. It prints one
// table. "make bench" builds and starts it.
//
// Each measured program is a process of its own, so that start-up counts and
// peak memory is the process's own. The program measures single steps of
// cspcoop by starting itself with a step's name:
//
//	bench generate DIR   write the inputs
//	bench partners FILE  write the export of very many partners
//	bench import FILE    read one export and print its balances
//	bench rows FILE      read a workbook with excelize
//	bench inflate FILE   inflate a workbook's parts
//
// "bench -quick" measures once, on little data, with the peers that are there: to
// see that all of it works. "bench -profile cpu.out import FILE" shows where the time of a step goes.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime/pprof"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintf(os.Stderr, "bench: %v\n", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	var o options
	flag.IntVar(&o.size.rows, "rows", 1_000_000, "rows of the earnings export; all other inputs follow from it")
	flag.IntVar(&o.runs, "runs", 5, "interleaved runs of each target")
	flag.StringVar(&o.only, "only", "", "measure only the targets whose name contains this text")
	flag.StringVar(&o.cspcoop, "cspcoop", "bin/cspcoop", "the program to measure")
	flag.StringVar(&o.peers, "peers", "", "folder in which peers are installed and kept (default: a temporary one)")
	flag.StringVar(&o.before, "before", "", "a cspcoop of an earlier version, to compare documents a second with")
	quick := flag.Bool("quick", false, "little data, one run, and only peers that are installed already")
	profile := flag.String("profile", "", "write a processor profile of a single step to this file")
	flag.Parse()
	if *quick {
		o.size.rows, o.runs, o.noInstall = 2_000, 1, true
	}
	if o.size.rows < 1_000 || o.runs < 1 {
		return fmt.Errorf("at least 1000 rows and one run are needed")
	}
	if flag.NArg() == 0 {
		return o.measure(ctx)
	}
	if flag.NArg() != 2 {
		return fmt.Errorf("a step needs one file or folder")
	}
	if *profile != "" {
		f, err := os.Create(*profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	return step(flag.Arg(0), flag.Arg(1), o.size)
}

// step does one step on a file or folder.
func step(name, path string, s size) error {
	switch name {
	case "generate":
		return generate(path, s)
	case "partners":
		return generatePartners(path, s)
	case "import":
		return importFile(path, os.Stdout)
	case "rows":
		return readRows(path, os.Stdout)
	case "inflate":
		return inflate(path, os.Stdout)
	}
	return fmt.Errorf("step %q is not known", name)
}
