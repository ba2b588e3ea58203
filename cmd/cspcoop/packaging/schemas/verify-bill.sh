#!/bin/sh
# Has the library of CycloneDX judge the bill of materials: verify-bill.sh BILL.
set -eu
bill=$(realpath "$1")
checks=$(realpath "$(dirname "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund ajv@8.20.0 ajv-formats@3.0.1 @cyclonedx/cyclonedx-library@10.3.0 ajv-formats-draft2019@1.6.1 >/dev/null
cp "$checks"/bom.cjs .
node bom.cjs "$bill"
