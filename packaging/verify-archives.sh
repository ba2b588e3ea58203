#!/bin/sh
# Builds the archives of "make dist" from two copies of the repository in
# different folders and compares them: verify-archives.sh [SYSTEMS], from the top.
set -eu
systems=${1:-linux/amd64}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for copy in one another/with-a-longer-name; do
	mkdir -p "$work/$copy"
	git ls-files -z --cached --others --exclude-standard | tar --null --files-from=- -cf - | tar -C "$work/$copy" -xf -
	(cd "$work/$copy" && make -s dist SYSTEMS="$systems" GO="$(command -v go)" >/dev/null)
done
cmp "$work/one/dist/SHA256SUMS" "$work/another/with-a-longer-name/dist/SHA256SUMS"
cat "$work/one/dist/SHA256SUMS"
