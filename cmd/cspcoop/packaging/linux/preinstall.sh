#!/bin/sh
# Makes the user that the service runs as. Whoever is in the group cspcoop may drop
# exports and read statements.
set -e
getent group cspcoop >/dev/null || groupadd --system cspcoop
getent passwd cspcoop >/dev/null ||
	useradd --system --gid cspcoop --home-dir /var/lib/cspcoop --no-create-home --shell /usr/sbin/nologin cspcoop
