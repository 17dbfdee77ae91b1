# Beside a PostgreSQL: what is safe is applied by itself, what loses rows is
# asked, and who holds the table is named.
. "$cases/postgres/notes.inc"
start_pg
pg "INSERT INTO notes (title, body) VALUES ('a', 'kept'), ('b', NULL)" ||
	fail 'the table refuses the rows'

# a value to add: nothing is asked
cp project/collections/notes.c with.c
with_line 'ENUM(mood, .values = VALUES("sad", "ok"), .default_value = "ok"),' |
	save project/collections/notes.c
until_ok has body,mood,title
see 'applied'
sed -i 's/"sad", "ok")/"sad", "ok", "glad")/; s/= "ok")/= "glad")/' \
	project/collections/notes.c
default_is_glad() {
	[ "$(pg "SELECT column_default FROM information_schema.columns
		WHERE table_name = 'notes' AND column_name = 'mood'")" \
		= "'glad'::notes_mood" ]
}
until_ok default_is_glad

# what goes is asked, with its number; N keeps it
fresh_screen
without 'body' | save project/collections/notes.c
see 'drop column notes\.body'
see '1 row would lose a'
see 'y apply'
never has mood,title
keys N
see 'kept'
never has mood,title

# y drops it
cp project/collections/notes.c without.c
sed 's/^};/\tTEXT(body),\n};/' without.c | save project/collections/notes.c
see 'in step'
fresh_screen
save project/collections/notes.c <without.c
see 'y apply'
keys y
until_ok has mood,title
[ "$(pg 'SELECT count(*) FROM notes')" = 2 ] || fail 'rows went'
stop_dev
