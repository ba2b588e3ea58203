#!/bin/sh
# Has libraries that are not ours judge what is meant for other programs:
# verify.sh PROGRAM. The configuration and JSON outputs against their schemas by Ajv, the
# CSV files of the demonstration against its datapackage.json by Frictionless Data's library.
set -eu
program=$(realpath "$1")
checks=$(realpath "$(dirname "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund ajv@8.20.0 ajv-formats@3.0.1 datapackage@1.1.10 smol-toml@1.4.2 >/dev/null
"$program" demo --quiet books >/dev/null
set="--workspace books --as-of 2022-01-31 --json"
cp books/statements/2022-01-31/run.json run.json
"$program" status $set > status.json
"$program" explain $set 4400123 "CSP Direct Bill Partner" FY21H2 > explain.json
"$program" explain $set --sample 5 > sample.json
"$program" check --json "$(ls -d books/archive/* | head -1)" > check.json
"$program" verify --workspace books --json > verify.json
"$program" run --workspace books --as-of 2021-12-31 --quiet > /dev/null
"$program" diff --workspace books --json 2021-12-31 2022-01-31 > diff.json
cp books/cspcoop.toml cspcoop.toml
sed -n 's/^# \(["a-zA-Z0-9_/ .-]* = .*\|\[.*\] *\(#.*\)*\)$/\1/p' books/cspcoop.toml > commented.toml
for name in run status explain sample check verify diff dry-run config; do
	"$program" schema $name > $name.schema.json
done
# A dry run that would take a file and refuse another one.
cp "$checks"/../../../../fixtures/guide/guide-5000.csv "$checks"/../../../../fixtures/broken/amount-text.csv books/inbox
{ echo 'settle = "0s"'; cat cspcoop.toml; } > books/cspcoop.toml
"$program" run --workspace books --as-of 2022-02-28 --dry-run --json > dry-run.json || [ $? -eq 3 ]
cp "$checks"/verify.cjs .
node verify.cjs books/statements/2022-01-31
