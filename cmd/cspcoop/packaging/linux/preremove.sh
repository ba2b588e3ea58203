#!/bin/sh
# Stops the service before the program goes; an upgrade restarts it later on.
# dpkg names what happens, rpm counts the packages that will be left.
set -e
case "$1" in
remove | 0)
	if [ -d /run/systemd/system ]; then
		systemctl disable --now cspcoop.service || :
	fi
	;;
esac
