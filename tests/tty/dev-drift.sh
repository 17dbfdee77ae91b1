# Something else changes the database: said, and asked which is right. adopt
# shows the lines to write, revert goes back, ignore is not said again.
. "$cases/notes.inc"
start_dev
sql project/app.db "INSERT INTO notes(title, body) VALUES ('a', 'b')"

# ignore: it stays, and what came is not taken away by a later save
sql project/app.db "ALTER TABLE notes ADD COLUMN stars INTEGER DEFAULT 3"
see 'something else changed the database:'
see 'column notes\.stars: no collection says it'
see 'a adopt   r revert   I ignore'
keys Enter
see 'ignored: it stays as it is'
fresh_screen
with_line 'TEXT(one),' | save project/collections/notes.c
until_ok columns_are body,one,stars,title
never on_screen 'something else|ignore'

# adopt: the line to write, where; nothing is written
sql project/app.db "ALTER TABLE notes ADD COLUMN mood TEXT"
see 'column notes\.mood: no collection says it'
never on_screen 'stars: no'
cp project/collections/notes.c before.c
keys a
see 'write into collections/notes\.c:3'
see '^ *TEXT\(mood\),'
cmp -s before.c project/collections/notes.c || fail 'it wrote into the file'
with_line 'TEXT(mood),' | save project/collections/notes.c
see 'in step'

# revert: what came goes, with a question where it holds data
fresh_screen
sql project/app.db "ALTER TABLE notes ADD COLUMN empty TEXT;
	ALTER TABLE notes ADD COLUMN full TEXT DEFAULT 'kept?'"
see 'column notes\.full: no'
see 'column notes\.empty: no'
keys r
see 'back to what the collections say'
until_ok columns_are body,full,mood,one,stars,title
see 'drop column notes\.full'
see '1 row would lose a'
keys y
until_ok columns_are body,mood,one,stars,title
see 'what went is in the trash'

# what goes behind its back does not come again by itself
fresh_screen
sql project/app.db "ALTER TABLE notes DROP COLUMN one"
see 'add column notes\.one would have it again as collections/notes\.c:6'
never columns_are body,mood,one,stars,title
with_line 'TEXT(two),' | save project/collections/notes.c
until_ok columns_are body,mood,stars,title,two
see withdrawn
see 'I ignore'
keys a
see 'take out of collections/notes\.c:6'
see '^- *TEXT\(one\),'
without 'one' | save project/collections/notes.c
see 'in step'
fresh_screen
# said again in the collections, it comes
with_line 'TEXT(one),' | save project/collections/notes.c
until_ok columns_are body,mood,one,stars,title,two

# revert brings it back
sql project/app.db "ALTER TABLE notes DROP COLUMN one"
see 'I ignore'
keys r
until_ok columns_are body,mood,one,stars,title,two

# another deesse is no stranger, and what it did stays until the next save
fresh_screen
deesse_elsewhere() {
	(cd project && deesse "$@" --database sqlite:app.db >said 2>&1) ||
		fail "deesse $*: $(cat project/said)"
}
cp -r project/collections elsewhere
sed -i 's/^};/\tTEXT(three),\n};/' elsewhere/notes.c
deesse_elsewhere push --collections ../elsewhere
see 'changed elsewhere; the next save'
see 'drop column notes\.three'
columns_are body,mood,one,stars,three,title,two || fail 'it was taken back'
deesse_elsewhere undo
until_ok columns_are body,mood,one,stars,title,two
never on_screen 'something else'
stop_dev

# since the last push, too: asked as the session begins
sql project/app.db "ALTER TABLE notes ADD COLUMN night TEXT"
fresh_screen
type_line 'deesse dev --database sqlite:app.db'
see 'column notes\.night: no collection says it'
never on_screen 'notes\.stars: no'
keys r
see 'applied 1 change'
until_sql project/app.db "SELECT count(*) FROM pragma_table_info('notes')
	WHERE name = 'night'" 0
keys C-c
prompt

# without a terminal it is said, and left alone
cd project
deesse dev --format json --database sqlite:app.db </dev/null >out 2>&1 &
dev=$!
until_ok grep -q watching out
until_ok grep -q in-step out
sql app.db 'CREATE TABLE extra(a)'
until_ok grep -q '"event":"drift"' out
[ "$(jq -r 'select(.event == "drift") | .added[]' out)" = 'table extra' ] ||
	fail "not said: $(cat out)"
kill -TERM "$dev"
wait "$dev" || fail "ended with $?"
sql_gives app.db 'SELECT count(*) FROM extra' 0 || fail 'it is gone'
