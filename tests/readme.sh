#!/bin/bash
# readme.sh - is the README's terminal session what really happens?
#
# usage: tests/readme.sh PROGRAM
#
# Runs the commands of the first ```console block in an empty folder, all in
# one shell, and compares what they print, to the line; "…" stands for any
# lines. Also: the table of packages names what scripts/packages names.
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT
mkdir "$box/bin" "$box/work"
ln -s "$(realpath "$1")" "$box/bin/deesse"
PATH=$box/bin:$PATH
unset DATABASE_URL DATABASE_URL_FILE
export NO_COLOR=1

awk '/^```console/ { on = 1; next } /^```/ && on { exit } on' \
	"$root/README.md" >"$box/session"
[ -s "$box/session" ] || { echo "readme: no session"; exit 1; }

# The same session with what the commands print now.
while IFS= read -r line; do
	case $line in
	'$ '*)
		# the prompt must not change $?
		printf "s=\$?; printf '%%s\\\\n' %q; (exit \$s)\n" "$line"
		printf '%s\n' "${line#$ }"
		;;
	esac
done <"$box/session" >"$box/script"
(cd "$box/work" && exec 2>&1 && . "$box/script") >"$box/got"

# "…" in the README swallows lines up to the one that follows it.
awk '
NR == FNR { got[++n] = $0; next }
$0 ~ /^ *…$/ { skip = 1; next }
{
	at++
	while (skip && at <= n && got[at] != $0)
		at++
	skip = 0
	if (got[at] != $0) {
		print "readme: line " FNR " of the session"
		print "  says:  " $0
		print "  truth: " got[at]
		bad = 1
		exit
	}
}
END {
	if (!bad && !skip && at < n) {
		print "readme: the truth goes on: " got[at + 1]
		bad = 1
	}
	exit bad
}' "$box/got" "$box/session" || { cat "$box/got"; exit 1; }

status=0
for package in $(awk '$1 == "build" && $2 ~ /-dev$/ && $2 !~ /^libc6/ \
	{ sub(/[0-9.]*(-[0-9]+)?-dev$/, "", $2); print $2 }' \
	"$root/scripts/packages"); do
	grep -q "^| $package" "$root/README.md" || {
		echo "readme: no reason given for $package"
		status=1
	}
done
exit $status
