#!/bin/sh
# The books and the user that they belong to are never removed, not by purging either.
set -e
if [ -d /run/systemd/system ]; then
	systemctl daemon-reload || :
fi
case "$1" in
purge | 0)
	if [ -e /var/lib/cspcoop ]; then
		echo "cspcoop: the books in /var/lib/cspcoop were left as they are"
	fi
	;;
esac
