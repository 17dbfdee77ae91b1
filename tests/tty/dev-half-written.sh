# What stands while somebody still writes is never looked at: a branch that git
# checks out, a file that was emptied to be filled. The history knows.
. "$cases/notes.inc"
cd project
git init -q . 2>init || fail "$(cat init)"
for n in 1 2 3 4 5 6; do
	printf '#include <deesse/dsl.h>\nCOLLECTION(t%s) = {\n\tTEXT(main),\n};\n' \
		$n >collections/t$n.c
done
commit() {
	git add collections && git -c user.name=a -c user.email=a@example.org \
		commit -qm "$1" || fail 'git does not commit'
}
commit main
git checkout -qb other
sed -i 's/TEXT(main)/TEXT(other)/' collections/t*.c
rm collections/t6.c
printf '#include <deesse/dsl.h>\nCOLLECTION(t7) = {\n\tTEXT(other),\n};\n' \
	>collections/t7.c
commit other
git checkout -q -
deesse dev --debounce 1 --format json --database sqlite:app.db \
	</dev/null >out 2>&1 &
dev=$!
until_sql app.db "SELECT count(*) FROM pragma_table_info('t6')" 4

events() {
	[ "$(jq -r 'select(.event == "applied") | .event' out | wc -l)" = "$1" ]
}
until_ok events 1

# a checkout that takes its time: nothing before its end, then all at once
: >.git/index.lock
for n in 1 2 3 4 5 6 7; do
	git show other:collections/t$n.c >copy 2>/dev/null &&
		mv copy collections/t$n.c
done
sleep 0.4 # much longer than the debounce
events 1 || fail "applied while git was at work: $(cat out)"
rm collections/t6.c .git/index.lock
until_sql app.db "SELECT count(*) FROM sqlite_schema WHERE name = 't7'" 1
until_ok events 2
rm collections/t7.c
git checkout -q -- collections || fail 'git does not restore'
until_sql app.db "SELECT count(*) FROM sqlite_schema WHERE name = 't7'" 0

# real checkouts, there and back
for branch in other - other -; do
	git checkout -q "$branch" || fail 'git does not check out'
	want=$(ls collections/t*.c | wc -l)
	until_sql app.db "SELECT count(*) FROM sqlite_schema WHERE name GLOB 't?'" \
		"$want"
done
kinds=$(jq -r 'select(.event == "applied") | .changes | map(.sql) |
	join("\n")' out | grep -cE '^(CREATE|DROP) TABLE "?t[1-5]')
[ "$kinds" = 5 ] || fail "a table went and came: $(grep -c applied out) runs"

# emptied, and filled later: the table is never dropped
cp collections/t1.c whole.c
: >emptied
touch -d '1 hour' emptied # however slow this machine is, it is a moment ago
mv emptied collections/t1.c
sleep 0.5
sed 's/^};/\tTEXT(more),\n};/' whole.c >collections/t1.c
until_sql app.db "SELECT count(*) FROM pragma_table_info('t1')
	WHERE name = 'more'" 1
[ "$(sql app.db "SELECT count(*) FROM _deesse_statements
	WHERE sql LIKE 'DROP TABLE%t1%'")" = 0 ] || fail 'it was dropped'
kill -TERM "$dev"
wait "$dev" || fail "ended with $?"
