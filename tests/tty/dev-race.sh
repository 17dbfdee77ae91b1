# Files change at each point of the loop. Nothing is ever applied that was not
# in the state compiled last, and a late yes is none. Each state adds a column
# of its own name, so that the history shows what was applied; a compiler that
# waits, and a lock on the database, make every moment last.
. "$cases/notes.inc"
cat >slow-cc <<'EOF'
#!/bin/sh
if [ -e hold-before ]; then
	: >held
	while [ -e hold-before ]; do sleep 0.02; done
fi
cc "$@"
status=$?
if [ -e hold-after ]; then
	: >held
	while [ -e hold-after ]; do sleep 0.02; done
fi
exit $status
EOF
chmod +x slow-cc
type_line "export DEESSE_CC=$PWD/slow-cc"

state() { # NAME: the collection of that state
	printf '#include <deesse/dsl.h>\nCOLLECTION(notes) = {\n\tTEXT(title),\n\tTEXT(body),\n\tTEXT(%s),\n};\n' "$1"
}

in_place() { # as who empties the file and then writes
	cat >project/collections/notes.c
}

has() {
	sql_gives project/app.db "SELECT count(*) FROM pragma_table_info('notes')
		WHERE name = '$1'" 1
}

# Was the state ever in the database?
was_applied() {
	[ "$(sql project/app.db "SELECT count(*) FROM _deesse_statements
		WHERE instr(sql, 'COLUMN $1 ')")" != 0 ]
}

# Holds the write lock until `unlock`; readers pass.
lock() {
	coproc holder { exec sqlite3 -batch -init /dev/null project/app.db 2>&1; }
	printf '.timeout 5000\nBEGIN IMMEDIATE;\nSELECT 1;\n' >&"${holder[1]}"
	read -r -t 10 answer <&"${holder[0]}"
	[ "$answer" = 1 ] || fail "no lock: $answer"
}

unlock() {
	local in=${holder[1]} pid=$holder_PID
	exec {in}>&-
	wait "$pid"
}

start_dev --debounce 20

# -- while the compiler has not read the file: only the second state exists
: >project/hold-before
state early_one | save project/collections/notes.c
until_ok test -e project/held
state early_two | save project/collections/notes.c
rm project/held project/hold-before
until_ok has early_two
! was_applied early_one || fail 'a state was applied that nobody compiled'

# -- after the compiler has read it, saved by renaming and in place: the first
# was compiled; the second follows
for way in 'save project/collections/notes.c' in_place; do
	name=late_${way%% *}
	: >project/hold-after
	state "${name}_one" | $way
	until_ok test -e project/held
	state "${name}_two" | $way
	rm project/held project/hold-after
	until_ok has "${name}_two"
done

# -- while it waits to apply: what waits was compiled, and the next one follows
lock
state wait_one | save project/collections/notes.c
is_compiled() {
	[ "$(find project/.deesse/cache -newer project/collections/notes.c)" ]
}
until_ok is_compiled
state wait_two | save project/collections/notes.c
unlock
until_ok has wait_two
never has wait_one

# -- a stream of saves, faster than any look: the last one stands
for n in $(seq 1 30); do
	state "stream_$n" | if [ $((n % 2)) = 0 ]; then
		save project/collections/notes.c
	else
		in_place
	fi
done
until_ok has stream_30

# -- the question stands, the file is saved and y is typed before anybody looks:
# what it asked about is not what the collections say
sql project/app.db "INSERT INTO notes(title, body) VALUES ('a', 'b')"
keys C-c
see '^[$#] *$'
rm -f before after
type_line 'cd ..'
type_line "cd project; deesse dev --database sqlite:app.db --debounce 3000"
see 'watching'
fresh_screen
state stream_30 | grep -v body | save project/collections/notes.c
see 'y apply'
state stream_30 | save project/collections/notes.c
keys y
see withdrawn
has body || fail 'body went by a yes to something that is no longer so'
until_ok on_screen 'in step'

# -- yes, and while it waits for the database another file is saved: what was
# confirmed is what goes, and nothing of what came later with it
fresh_screen
state stream_30 | grep -v body | save project/collections/notes.c
see 'y apply'
lock
keys y
see 'yes: applying it'
state after_yes | grep -v body | save project/collections/notes.c
unlock
until_ok has after_yes
never has body
[ "$(sql project/app.db "SELECT count(*) FROM _deesse_statements
	WHERE sql LIKE '%DROP COLUMN%body%' AND run = (SELECT run FROM
	_deesse_statements WHERE instr(sql, 'COLUMN after_yes '))")" = 0 ] ||
	fail 'what was saved after the yes went with it'

# -- the same yes, while another connection changes the table: it is no yes
fresh_screen
sql project/app.db "UPDATE notes SET title = 'kept'"
state after_yes | grep -v -e body -e title | save project/collections/notes.c
see 'y apply'
lock
printf 'ALTER TABLE notes ADD COLUMN other;\n' >&"${holder[1]}"
keys y
see 'yes: applying it'
printf 'COMMIT;\n' >&"${holder[1]}"
unlock
see withdrawn
sql_gives project/app.db 'SELECT title FROM notes' kept ||
	fail 'confirmed for another database, and applied'
keys C-c
see '^[$#] *$'
