#!/bin/sh
# Tries the container file: verify-container.sh, from the top of the repository.
# With podman or docker it builds the image. Without either it lays out the tree
# that the container file makes, the program statically linked and nothing else,
# and runs that as the image's user with nothing around it.
set -eu
books=$(mktemp -d)
trap 'rm -rf "$books"' EXIT
mkdir -p "$books/workspace"
chmod 0755 "$books"
chmod 0777 "$books/workspace"

engine=
for name in podman docker; do
	if [ -z "$engine" ] && "$name" info >/dev/null 2>&1; then
		engine=$name
	fi
done
if [ -n "$engine" ]; then
	"$engine" build -q -t cspcoop-verify -f cmd/cspcoop/packaging/linux/Containerfile .
	in_container() { "$engine" run --rm -v "$books/workspace:/workspace" cspcoop-verify "$@"; }
else
	echo "neither podman nor docker works here: the program runs in the image's tree without them"
	mkdir -p "$books/etc/ssl/certs"
	install -d -m 1777 "$books/tmp"
	cp /etc/ssl/certs/ca-certificates.crt "$books/etc/ssl/certs/"
	CGO_ENABLED=0 go build -trimpath -o "$books/cspcoop" ./cmd/cspcoop
	in_container() { env -i CSPCOOP_WORKSPACE=/workspace "$(command -v chroot)" --userspec=65532:65532 "$books" /cspcoop "$@"; }
fi

in_container init
sed -i 's|^# time_zone = .*|time_zone = "Europe/Berlin"|' "$books/workspace/cspcoop.toml"
grep -q '^time_zone = "Europe/Berlin"' "$books/workspace/cspcoop.toml"
chmod -R a+rwX "$books/workspace"
cp -r fixtures/demo/inbox/. "$books/workspace/inbox/"
chmod -R a+rwX "$books/workspace/inbox"
in_container run --as-of 2022-01-31
test -s "$books/workspace/statements/2022-01-31/summary.pdf"
in_container status
