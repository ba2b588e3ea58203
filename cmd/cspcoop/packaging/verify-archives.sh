#!/bin/sh
# Proves that "make dist", which has just written dist/, writes the same bytes in
# another folder: verify-archives.sh VERSION COMMIT, from the top of the repository.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
copy=$work/another/folder-with-a-longer-name
mkdir -p "$copy"
git ls-files -z --cached --others --exclude-standard | tar --null --files-from=- -cf - | tar -C "$copy" -xf -
(cd "$copy" && GO="$(command -v go)" cmd/cspcoop/packaging/dist.sh "$1" "$2" >/dev/null)
cmp dist/SHA256SUMS "$copy/dist/SHA256SUMS"
(cd dist && sha256sum --quiet -c SHA256SUMS)
echo "make dist wrote the same bytes twice"
