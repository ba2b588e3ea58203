#!/bin/sh
# Has systemd read a unit: verify-unit.sh PROGRAM [UNIT]. The unit's own path of the
# program need not exist on the machine that verifies.
set -eu
program=$(realpath "$1")
unit=${2:-$(dirname "$0")/cspcoop.service}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
sed "s|^ExecStart=/usr/bin/cspcoop|ExecStart=$program|" "$unit" > "$folder/cspcoop.service"
said=$(systemd-analyze verify --man=no "$folder/cspcoop.service" 2>&1) || {
	echo "$said" >&2
	exit 1
}
# An entry that systemd does not know is only a remark to it.
if [ -n "$said" ]; then
	echo "$said" >&2
	exit 1
fi
