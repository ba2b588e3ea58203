# cspcoop: run "make" for the targets.
SHELL := /bin/bash
GO ?= go
BIN := bin/cspcoop
DEMO := demo
LDFLAGS := -s -w
SYSTEMS ?= windows/amd64 darwin/arm64 linux/amd64 linux/arm64
FUZZTIME ?= 20s
# Tests write thousands of small files, and flush each: in memory, where the system has
# enough of it for files and builds, that costs nothing. GOTMPDIR would take the folders
# of tests back to the disk. Short-lived garbage is collected less often, and the
# programs start without C libraries, as those that are released do.
MEMORY := $(shell test -w /dev/shm && test "$$(df -Pk /dev/shm | awk 'NR == 2 {print $$4}')" -gt 4000000 && \
	! grep -q ' /dev/shm .*noexec' /proc/mounts && echo /dev/shm)
FAST := CGO_ENABLED=0 GOGC=1000 $(if $(MEMORY),GOTMPDIR= TMPDIR=$(MEMORY))

.PHONY: help
help: ## show the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: build
build: ## build bin/cspcoop
	$(GO) build -trimpath -ldflags '$(LDFLAGS)' -o $(BIN) ./cmd/cspcoop

.PHONY: demo
demo: build ## make a workspace with sample exports in demo/ (or demo-2/ …), run it, and say where to look
	@dir=$(DEMO); n=1; while [ -n "$$(ls -A "$$dir" 2>/dev/null)" ]; do n=$$((n+1)); dir=$(DEMO)-$$n; done; $(BIN) demo "$$dir"

# "make lint" has what go vet finds.
.PHONY: test
test: ## run every test that needs nothing but Go
	$(FAST) $(GO) test -vet off ./...

.PHONY: test-documents
test-documents: build ## run the tests that need LibreOffice, poppler, sqlite3, Chromium and npm
	files=$$(grep -rlx --include='*_test.go' '//go:build documents' report) && \
		$(FAST) $(GO) test -tags documents -run "^($$(sed -n 's/^func \(Test[A-Za-z0-9_]*\)(.*/\1/p' $$files | paste -sd '|'))$$" \
		$$(dirname $$files | sort -u | sed 's|^|./|')
	fixtures/demo/check.sh
	cmd/cspcoop/packaging/schemas/verify.sh $(BIN)

.PHONY: test-service
test-service: build dist ## try unit, container, reproducible archives, packages in clean roots, Wine (needs root; see .ci/run)
	cmd/cspcoop/packaging/linux/verify-unit.sh $(BIN)
	cmd/cspcoop/packaging/linux/verify-container.sh
	cmd/cspcoop/packaging/verify-archives.sh $(VERSION) $(COMMIT)
	cmd/cspcoop/packaging/linux/verify-packages.sh dist
	cmd/cspcoop/packaging/schemas/verify-bill.sh dist/cspcoop.cdx.json
	cmd/cspcoop/packaging/windows/verify-wine.sh $(BIN) dist/cspcoop-windows-amd64.zip
	xmllint --noout cmd/cspcoop/packaging/windows/task.xml
	plistutil -i cmd/cspcoop/packaging/macos/cspcoop.plist -o /dev/null

.PHONY: lint
lint: ## gofmt, and golangci-lint with go vet, staticcheck and others (pinned in .golangci/go.mod)
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "gofmt would change these files"; exit 1; }
	$(GO) tool -modfile=.golangci/go.mod golangci-lint run ./...

PACKAGES ?= ./...

.PHONY: race
race: ## run the tests under the race detector; PACKAGES or RUN pick some (needs a C compiler)
	$(FAST) CGO_ENABLED=1 $(GO) test -race -vet off -timeout 60m $(if $(RUN),-run '$(RUN)') $(PACKAGES)

# No code depends on the processor, so that one of each system is enough.
.PHONY: cross
cross: ## vet for the other systems that finance teams use ("make dist" builds for them)
	@set -e; for target in $(filter-out $(shell $(GO) env GOOS)/%,$(SYSTEMS)); do \
		echo "$$target"; \
		CGO_ENABLED=0 GOOS=$${target%/*} GOARCH=$${target#*/} $(GO) vet -trimpath ./...; \
	done

VERSION := $(shell sed -n 's/^var version = "\(.*\)"/\1/p' cmd/cspcoop/version.go)
COMMIT ?= $(shell git rev-parse HEAD 2>/dev/null || echo unknown)

.PHONY: dist
dist: ## write archives, packages and checksums to dist/, the same bytes each time (needs GNU tools)
	GO=$(GO) cmd/cspcoop/packaging/dist.sh $(VERSION) $(COMMIT) $(SYSTEMS)

.PHONY: fuzz
fuzz: ## run every fuzz target for FUZZTIME (20s)
	@set -e; mkdir -p bin; cache=$$($(GO) env GOCACHE)/fuzz; \
	for package in $$(grep -rlE --include='*_test.go' '^func Fuzz' . | xargs -n 1 dirname | sort -u); do \
		$(GO) test -c -fuzz . -o bin/fuzz.test $$package; \
		for target in $$(grep -hoE '^func Fuzz[A-Za-z0-9]+' $$package/*_test.go | cut -c 6-); do \
			echo "$$package $$target"; \
			(cd $$package && $(CURDIR)/bin/fuzz.test -test.run '^$$' -test.fuzz "^$$target$$" -test.fuzztime $(FUZZTIME) \
				-test.fuzzminimizetime 1s -test.fuzzcachedir "$$cache/$$package"); \
		done; \
	done

.PHONY: clean
clean: ## remove what the targets made
	rm -rf bin dist

BENCH_ROWS ?= 1000000
BENCH_RUNS ?= 5

.PHONY: bench
bench: build ## measure cspcoop beside its peers on generated data (BENCH_ROWS, BENCH_RUNS, BENCH_FLAGS=-quick)
	$(GO) build -trimpath -o bin/bench ./cmd/bench
	bin/bench -rows $(BENCH_ROWS) -runs $(BENCH_RUNS) -cspcoop $(BIN) $(BENCH_FLAGS)

.PHONY: soak
soak: ## run every suite in its long rounds (hours); see cspcoop help tried
	CSPCOOP_SOAK=1 $(GO) test -tags soak -count 1 -timeout 12h ./...
