#!/bin/sh
# Runs the Windows build in Wine: verify-wine.sh PROGRAM ARCHIVE, where PROGRAM is
# cspcoop for this system and ARCHIVE the .zip of "make dist". The demonstration has
# to write the same bytes on both, and the starter has to make a workspace in
# Documents. Wine's deletions differ from those of Windows where files are open: the
# tests of faults cannot run in it.
set -eu
program=$(realpath "$1")
archive=$(realpath "$2")
wine=$(command -v wine64 || echo /usr/lib/wine/wine64)
compiler=$(command -v x86_64-w64-mingw32-gcc || command -v x86_64-w64-mingw32-gcc-win32 || true)
if [ ! -x "$wine" ] || [ -z "$compiler" ]; then
	echo "NOT TRIED: the Windows build did not run, since Wine is not installed (apt-get install wine64 gcc-mingw-w64-x86-64-win32 unzip)"
	exit 0
fi
work=$(mktemp -d)
trap 'WINEPREFIX=$work/wine "${wine%/*}/wineserver64" -k 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir "$work/home" # Documents of Wine
export HOME="$work/home"
export WINEPREFIX="$work/wine" WINEDEBUG=-all WINEDLLOVERRIDES="mscoree=d;mshtml=d;winemenubuilder.exe=d" DISPLAY=
"$wine" wineboot -i >/dev/null 2>&1

# Go takes its random numbers from a library that this Wine lacks.
cat > "$work/random.c" <<'END'
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length) { return SystemFunction036(buffer, length); }
END
"$compiler" -shared -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" "$work/random.c" -ladvapi32

cd "$work"
unzip -q "$archive"
"$wine" cspcoop-windows-amd64/cspcoop.exe demo --quiet windows > windows.txt
"$program" demo --quiet linux > linux.txt
diff -r windows/statements linux/statements
echo "the Windows build wrote the same $(find windows/statements -type f | wc -l) files as this system's"

# The starter twice, as by two double-clicks: the second with an export. What opens
# pages here is a command that notes their names.
"$wine" reg add 'HKCR\.html' /ve /d page /f >/dev/null
"$wine" reg add 'HKCR\page\shell\open\command' /ve /d 'cmd /c echo %1 >> C:\opened.txt' /f >/dev/null
books="$HOME/cspcoop"
start() { (cd cspcoop-windows-amd64 && "$wine" cmd /c "Start cspcoop.cmd" </dev/null >"$work/start.txt" 2>&1) || { cat "$work/start.txt"; exit 1; }; }
start
cp linux/archive/"$(sed -n 's/.*,\([0-9a-f]\{64\}\),earnings.*/\1/p' linux/archive/index.csv | head -1)" "$books/inbox/export.csv"
start
grep -q export.csv "$books/archive/index.csv"
# The page is opened by a process of its own, which may end after the starter.
opened=$WINEPREFIX/drive_c/opened.txt
for _ in $(seq 100); do
	if grep -q 'statements.*index.html' "$opened" 2>/dev/null; then break; fi
	sleep 0.2
done
grep -q 'statements.*index.html' "$opened" || { echo "the starter opened no page"; exit 1; }
printf 'the starter made a workspace, took an export and opened %s\n' "$(tail -1 "$opened")"

# Wine's services start late, and on some machines not at all: that says nothing of
# the example, which has only to be accepted where there is a service to accept it.
register() { timeout 30 "$wine" schtasks /create /f /tn cspcoop /xml cspcoop-windows-amd64/task.xml; }
for _ in $(seq 5); do
	if timeout 30 "$wine" net start Schedule </dev/null 2>&1 | grep -q 'started successfully\|already'; then
		register || { echo "Task Scheduler does not accept the example"; exit 1; }
		echo "the example for Task Scheduler is accepted"
		exit 0
	fi
	sleep 2
done
echo "NOT TRIED: the example for Task Scheduler, since Wine's service for it did not start"
