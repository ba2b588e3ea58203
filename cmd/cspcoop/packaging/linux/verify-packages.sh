#!/bin/bash
# Installs the .deb and the .rpm of "make dist" as an administrator would, each in a
# clean root of its own, and uses them as members of the finance team would:
# verify-packages.sh DIST [ROOT], as root, where ROOT is a clean Debian tree with acl
# and bash-completion; without it, debootstrap makes one.
set -euo pipefail
dist=$(realpath "$1")
units=$(realpath "$(dirname "$0")")
samples=$(realpath "$(dirname "$0")/../../../../fixtures/demo/inbox")
work=$(mktemp -d)
chmod 0755 "$work"
trap 'rm -rf "$work"' EXIT

say() { echo "packages: $*"; }
fail() { echo "packages: $*" >&2; exit 1; }

# in_root USER UMASK COMMAND runs a shell's command line inside of the root.
in_root() {
	env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp LC_ALL=C.UTF-8 chroot "$root" \
		runuser -u "$1" -- sh -c "umask $2; $3"
}

# mode PATH prints the mode and owner of a file in the root.
mode() { chroot "$root" stat -c '%a %U %G' "$1"; }

# wants WHAT GOT WANT
wants() { [ "$2" = "$3" ] || fail "$1: got \"$2\", want \"$3\""; }

# sums lists the books with the SHA-256 of every file, modes and owners.
sums() { (cd "$root/var/lib/cspcoop" && find . -type f -exec sha256sum {} + | sort && find . -printf '%p %m %U %G\n' | sort); }

# first_use goes through what a team does in its first minute with the package.
first_use() {
	books=/var/lib/cspcoop
	wants "mode of the books" "$(mode $books)" "750 cspcoop cspcoop"
	wants "mode of the drop folder" "$(mode $books/inbox)" "3770 cspcoop cspcoop"
	wants "mode of the configuration" "$(mode $books/cspcoop.toml)" "640 cspcoop cspcoop"
	chroot "$root" useradd --create-home --groups cspcoop alice
	chroot "$root" useradd --create-home --groups cspcoop carol
	chroot "$root" useradd --create-home bob

	# Members drop files, even with an umask that keeps everybody out, and take back
	# only what is their own; others see nothing.
	cp -r "$samples/northwind" "$root/srv/exports"
	in_root alice 077 "mkdir $books/inbox/northwind && cat /srv/exports/Earnings-2021-01.csv > $books/inbox/northwind/Earnings-2021-01.csv"
	in_root alice 022 "cp /srv/exports/Earnings-2021-02.csv $books/inbox"
	! in_root carol 022 "rm -f $books/inbox/Earnings-2021-02.csv" 2>/dev/null || fail "carol removed what alice dropped"
	! in_root bob 022 "ls $books/inbox" 2>/dev/null || fail "somebody outside of the group reads the drop folder"
	! in_root bob 022 "echo >$books/inbox/x.csv" 2>/dev/null || fail "somebody outside of the group writes to the drop folder"

	# The service's user takes them; members read the statements, others do not.
	in_root cspcoop 027 "cspcoop run --workspace $books --as-of 2021-03-31" >/dev/null
	wants "files left in the inbox" "$(find "$root$books/inbox" -type f | wc -l)" 0
	in_root alice 022 "grep -q 2021-02 $books/statements/2021-03-31/monthly.csv && cspcoop status --workspace $books --as-of 2021-03-31" >/dev/null
	! in_root bob 022 "cat $books/statements/2021-03-31/monthly.csv" 2>/dev/null || fail "somebody outside of the group reads statements"
	! in_root alice 022 "echo >> $books/archive/index.csv" 2>/dev/null || fail "a member of the group changes the archive"

	in_root bob 022 "cspcoop demo /tmp/demo" >/dev/null
	test -s "$root/tmp/demo/statements/2022-01-31/summary.pdf"
	rm -rf "$root/tmp/demo"

	# The service starts and ends as systemd would have it do.
	in_root cspcoop 027 "CSPCOOP_WORKSPACE=$books timeout --preserve-status -s TERM 3 cspcoop schedule" 2>"$work/log" ||
		fail "the service ended with status $?: $(cat "$work/log")"
	grep -q 'schedule ends' "$work/log"
}

# check_files looks at what the package brought.
check_files() {
	"$units/verify-unit.sh" "$root/usr/bin/cspcoop" "$root/usr/lib/systemd/system/cspcoop.service"
	for page in "$root"/usr/share/man/man*/cspcoop*; do
		said=$(MANWIDTH=100 LC_ALL=C.UTF-8 man --warnings -l "$page" 2>&1 >/dev/null) || fail "$page: $said"
		[ -z "$said" ] || fail "$page: $said"
	done
	test -s "$root/usr/share/doc/cspcoop/examples/cspcoop.toml"
	test -s "$root$1/_cspcoop"
	# A shell completes the participants of the books.
	completed=$(in_root cspcoop 027 "CSPCOOP_WORKSPACE=/var/lib/cspcoop bash -c '
		. /usr/share/bash-completion/bash_completion
		. /usr/share/bash-completion/completions/cspcoop
		COMP_WORDS=(cspcoop explain \"\") COMP_CWORD=2 COMP_LINE=\"cspcoop explain \" COMP_POINT=16 COMP_TYPE=9
		__start_cspcoop; printf \"%s\\n\" \"\${COMPREPLY[@]}\"'" 2>&1) || true
	grep -q '^4400123' <<<"$completed" || fail "bash completes no participants: $completed"
}

# clean_root makes a root of its own for one kind of package.
clean_root() {
	root=$work/$1
	cp -a "$work/pristine" "$root"
	mount -t proc proc "$root/proc"
	trap 'umount -q "$work"/*/proc || true; rm -rf "$work"' EXIT
}

. /etc/os-release
if [ $# -gt 1 ]; then
	cp -a "$2" "$work/pristine"
else
	debootstrap --variant=minbase --include=acl,bash-completion "$VERSION_CODENAME" "$work/pristine" >"$work/debootstrap.log" 2>&1 ||
		{ cat "$work/debootstrap.log"; exit 1; }
fi

# The .deb: an earlier version first.
deb=$(ls "$dist"/cspcoop_*_amd64.deb)
clean_root deb
dpkg-deb -R "$deb" "$work/earlier"
sed -i 's/^Version: .*/Version: 0.0.1/' "$work/earlier/DEBIAN/control"
touch "$work/earlier/usr/share/doc/cspcoop/earlier"
dpkg-deb -b --root-owner-group "$work/earlier" "$root/tmp/earlier.deb" >/dev/null
cp "$deb" "$root/tmp/cspcoop.deb"
install_deb() { DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get install -y -qq --no-install-recommends "$1" >"$work/apt.log" 2>&1 || { cat "$work/apt.log"; exit 1; }; }
install_deb /tmp/earlier.deb
first_use
say "the .deb installs, takes exports from a group and writes statements"
echo '# edited by the administrator' >> "$root/var/lib/cspcoop/cspcoop.toml"
before=$(sums)
install_deb /tmp/cspcoop.deb
wants "version" "$(chroot "$root" cspcoop version | head -1)" "cspcoop $(dpkg-deb -f "$deb" Version)"
test ! -e "$root/usr/share/doc/cspcoop/earlier"
wants "the books after the upgrade" "$(sums)" "$before"
check_files /usr/share/zsh/vendor-completions
say "the upgrade left the books as they were; unit, man pages and completion are in order"
chroot "$root" apt-get remove -y -qq cspcoop >/dev/null 2>&1
test ! -e "$root/usr/bin/cspcoop"
DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get purge -y cspcoop >"$work/apt.log" 2>&1
grep -q 'books in /var/lib/cspcoop were left' "$work/apt.log"
wants "the books after removal" "$(sums)" "$before"
say "removed and purged; the books are there"

# The .rpm, in a root whose other files rpm knows nothing of.
rpm=$(ls "$dist"/cspcoop-*.x86_64.rpm)
clean_root rpm
rpm --checksig "$rpm" >/dev/null
rpm --root "$root" --initdb
rpm --root "$root" --force-debian --nodeps -i "$rpm"
first_use
before=$(sums)
rpm --root "$root" --force-debian --nodeps -U --replacepkgs "$rpm"
rpm --root "$root" --nodeps -V cspcoop
wants "the books after the upgrade" "$(sums)" "$before"
check_files /usr/share/zsh/site-functions
rpm --root "$root" --force-debian -e cspcoop
test ! -e "$root/usr/bin/cspcoop"
wants "the books after removal" "$(sums)" "$before"
say "the .rpm installs, is used, reinstalled and removed the same way"
