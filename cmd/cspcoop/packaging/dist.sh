#!/bin/sh
# Writes what is released to dist/, from the top of the repository: dist.sh VERSION
# COMMIT [SYSTEM...], where SYSTEM is windows/amd64 and so on. Every byte follows
# from the sources, version and commit: not from the folder, the clock or the user.
set -eu
umask 022
export LC_ALL=C TZ=UTC
version=$1 commit=$2
shift 2
[ $# -gt 0 ] || set -- windows/amd64 darwin/arm64 linux/amd64 linux/arm64
go=${GO:-go}
# What files are dated: the release, as the change log has it.
released=$(sed -n "s/^## $version, //p" cmd/cspcoop/help/changes.md)
SOURCE_DATE_EPOCH=$(date -d "${released:?cmd/cspcoop/help/changes.md has no heading \"## $version, DATE\"}" +%s)
export SOURCE_DATE_EPOCH

rm -rf dist
mkdir -p dist
work=dist/.work
$go -C .tools build -o "$PWD/$work/tools/" tool
linked="-s -w -buildid= -X main.version=$version -X main.commit=$commit"
for system; do
	name=cspcoop-${system%/*}-${system#*/}
	program=cspcoop
	case $system in windows/*) program=cspcoop.exe ;; esac
	CGO_ENABLED=0 GOOS=${system%/*} GOARCH=${system#*/} $go build -trimpath -buildvcs=false -ldflags "$linked" -o "$work/$name/$program" ./cmd/cspcoop
done
$work/tools/inventory "$version" dist/cspcoop.cdx.json $work/LICENSES.txt $work/cspcoop-*/cspcoop*

# What the program itself knows best: how shells complete it, and its manual.
$go build -trimpath -buildvcs=false -ldflags "$linked" -o $work/cspcoop ./cmd/cspcoop
for shell in bash zsh fish powershell; do
	install -d $work/completion
	$work/cspcoop completion $shell > $work/completion/cspcoop.$shell
done
mkdir -p $work/man
$work/cspcoop manual $work/man
for page in $work/man/*.md; do
	name=$(basename "$page" .md)
	{
		printf '%% "%s" "%s" "%s" "cspcoop %s" "cspcoop manual"\n' "${name%.*}" "${name##*.}" "$released" "$version"
		cat "$page"
	} | $work/tools/go-md2man > "$work/man/$name"
	rm "$page"
done

for folder in $work/cspcoop-*-*; do
	cp README.md LICENSE $work/LICENSES.txt cmd/cspcoop/cspcoop.toml "$folder/"
	name=${folder##*/}
	case $name in
	cspcoop-windows-*)
		cp cmd/cspcoop/packaging/windows/start.cmd "$folder/Start cspcoop.cmd"
		cp cmd/cspcoop/packaging/windows/task.xml "$folder/"
		cp $work/completion/cspcoop.powershell "$folder/cspcoop-completion.ps1"
		# Notepad and cmd want the line ends of Windows.
		sed -i 's/$/\r/' "$folder/README.md" "$folder/LICENSE" "$folder/LICENSES.txt" "$folder/Start cspcoop.cmd"
		$work/tools/archive "dist/$name.zip" "$folder"
		continue
		;;
	cspcoop-darwin-*) cp cmd/cspcoop/packaging/macos/cspcoop.plist "$folder/" ;;
	cspcoop-linux-*) cp cmd/cspcoop/packaging/linux/cspcoop.service "$folder/" ;;
	esac
	cp -r $work/completion $work/man "$folder/"
	$work/tools/archive "dist/$name.tar.gz" "$folder"
done

# The packages: the tree that they unpack to, with the modes and dates of its files.
if [ -d $work/cspcoop-linux-amd64 ]; then
	tree=$work/tree
	doc=usr/share/doc/cspcoop
	put() { install -D -m "$1" "$2" "$tree/$3"; }
	put 0755 $work/cspcoop-linux-amd64/cspcoop usr/bin/cspcoop
	put 0644 cmd/cspcoop/packaging/linux/cspcoop.service usr/lib/systemd/system/cspcoop.service
	put 0644 $work/completion/cspcoop.bash usr/share/bash-completion/completions/cspcoop
	put 0644 $work/completion/cspcoop.fish usr/share/fish/vendor_completions.d/cspcoop.fish
	put 0644 README.md $doc/README.md
	put 0644 LICENSE $doc/copyright
	put 0644 $work/LICENSES.txt $doc/LICENSES.txt
	put 0644 cmd/cspcoop/help/changes.md $doc/changelog
	gzip -9n "$tree/$doc/changelog"
	put 0644 cmd/cspcoop/cspcoop.toml $doc/examples/cspcoop.toml
	for page in $work/man/*; do
		put 0644 "$page" "usr/share/man/man${page##*.}/${page##*/}"
	done
	gzip -9nr "$tree/usr/share/man"
	for kind in deb rpm; do
		rm -rf "$tree/usr/share/zsh"
		case $kind in
		deb) file=cspcoop_${version}_amd64.deb zsh=usr/share/zsh/vendor-completions ;;
		rpm) file=cspcoop-$version.x86_64.rpm zsh=usr/share/zsh/site-functions ;;
		esac
		put 0644 $work/completion/cspcoop.zsh $zsh/_cspcoop
		find "$tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
		VERSION=$version TREE=$tree $work/tools/nfpm package -f cmd/cspcoop/packaging/linux/nfpm.yaml -p $kind -t "dist/$file" >/dev/null
	done
fi
rm -rf $work
cd dist
sha256sum -- * > SHA256SUMS
cat SHA256SUMS
