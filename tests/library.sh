#!/bin/sh
# library.sh - the sentinel as a library, out of the tree that is installed
#
# usage: tests/library.sh CMAKE BUILD_FOLDER COMPILER [FLAG...]
set -eu
cmake=$1 build=$2 cc=$3
shift 3
[ -n "${1-}" ] || set -- # without sanitizers the flag is empty
source=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
	echo "library.sh: $*" >&2
	exit 1
}

"$cmake" --build "$build" --target deesse-sentinel >"$work/log" 2>&1 ||
	{ cat "$work/log"; fail 'the library does not build'; }
"$cmake" --install "$build" --component sentinel --prefix "$work/root" \
	>"$work/log" 2>&1 || { cat "$work/log"; fail 'it does not install'; }
pc=$(find "$work/root" -name deesse-sentinel.pc)
[ -n "$pc" ] || fail 'no pkg-config file is installed'
export PKG_CONFIG_PATH="${pc%/*}"
libdir=$(pkg-config --define-prefix --variable=libdir deesse-sentinel)

# Away from the source, as a user has it; as C and, where there is one, C++.
cp "$source/examples/sentinel/judge.c" "$work"
cd "$work"
flags=$(pkg-config --define-prefix --cflags --libs deesse-sentinel)
# shellcheck disable=SC2086 # they are several words
"$cc" -std=c11 -Wall -Wextra -Wpedantic -Werror "$@" judge.c $flags -o judge
export LD_LIBRARY_PATH="$libdir"

run() {
	want=$1
	shift
	status=0
	./judge "$@" >out || status=$?
	[ "$status" = "$want" ] || { cat out; fail "judge $*: status $status"; }
}

printf 'CREATE TABLE a (b int);\n-- x\n ALTER TABLE c DROP d;' | run 3 postgres
grep -q '^3:2: destructive drop-column: ' out || { cat out; fail 'no finding'; }
printf 'CREATE TABLE a (b int); DROP TABLE a' | run 0 sqlite
printf 'BEGIN; SELECT 1' | run 0 postgres
grep -q 'note uncommitted-transaction' out || fail 'the end is not judged'
printf '' | run 0 postgres
[ ! -s out ] || fail 'an empty text has findings'

# Nothing but deesse_ is seen from outside, and nothing else must come along.
names=$(nm -D --defined-only "$libdir/libdeesse-sentinel.so" |
	awk '$2 ~ /[TDBR]/ { print $3 }')
[ "$(echo "$names" | wc -l)" -eq 5 ] || fail "it shows: $names"
! echo "$names" | grep -v '^deesse_sentinel_' || fail 'names without prefix'
for other in sqlite3 jansson nettle elf; do
	! ldd "$libdir/libdeesse-sentinel.so" | grep -q "$other" ||
		fail "it needs $other"
done
echo "library.sh: judges out of $(basename "$work")/root"
