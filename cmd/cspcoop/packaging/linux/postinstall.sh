#!/bin/sh
# Makes the workspace of the service, or what is missing of it: books that are there
# stay as they are.
set -e
books=/var/lib/cspcoop
if [ ! -e $books ]; then
	install -d -o cspcoop -g cspcoop -m 0750 $books
fi
if [ ! -e $books/cspcoop.toml ]; then
	# umask is the service's: owner and group, nobody else.
	(umask 0027 && runuser -u cspcoop -- /usr/bin/cspcoop init --quiet $books)
	# The drop folder: the group writes, each member may take back only what is its
	# own, and what is dropped belongs to the group.
	chmod 3770 $books/inbox
	# An access list makes that hold whatever umask a member has.
	if command -v setfacl >/dev/null; then
		setfacl -d -m u::rwx,g::rwx,o::--- $books/inbox ||
			echo "cspcoop: the file system of $books has no access lists; files in $books/inbox must be readable by the group cspcoop" >&2
	fi
fi
if [ -d /run/systemd/system ]; then
	systemctl daemon-reload || :
	# After an upgrade the service goes on with the new program.
	systemctl try-restart cspcoop.service || :
fi
