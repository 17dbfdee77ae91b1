# A watcher for each database of the tree: all apply, the first one asks, and
# all end together.
. "$cases/notes.inc"
mkdir -p project/collections/logs
echo '#include <deesse/dsl.h>
CONFIG(.database = "sqlite:app.db");' >project/collections/config.c
echo '#include <deesse/dsl.h>
CONFIG(.database = "sqlite:logs.db");' >project/collections/logs/config.c
echo '#include <deesse/dsl.h>
COLLECTION(events) = {
	TEXT(what),
	TEXT(why),
};' >project/collections/logs/events.c
events_are() {
	sql_gives project/logs.db "SELECT group_concat(name) FROM (SELECT name
		FROM pragma_table_info('events') WHERE name NOT IN
		('id', 'created_at', 'updated_at') ORDER BY name)" "$1"
}
type_line 'cd project; stty -g >../before'
until_ok test -s before
fresh_screen
type_line 'deesse dev'
until_ok columns_are body,title
until_ok events_are what,why
see 'sqlite:app.db.*watching collections|watching collections.*sqlite:app.db'
see 'sqlite:logs.db.*watching collections|watching collections.*sqlite:logs.db'
children=$(pgrep -P "$(pgrep -P "$(pane_pid)" -x deesse)")
[ "$children" ] || fail 'there is one watcher only'

# each looks at its own
fresh_screen
with_line 'INTEGER(stars),' | save project/collections/notes.c
until_ok columns_are body,stars,title
never grep -q stars project/.deesse/logs/shadow/schema.sql
sed 's/^};/\tTEXT(who),\n};/' project/collections/logs/events.c |
	save project/collections/logs/events.c
until_ok events_are what,who,why

# what would lose data is told of the one, and asked of the other
sql project/logs.db "INSERT INTO events(what, why) VALUES ('a', 'b')"
sql project/app.db "INSERT INTO notes(title, body) VALUES ('a', 'b')"
fresh_screen
grep -v 'TEXT(why)' project/collections/logs/events.c |
	save project/collections/logs/events.c
see 'needs a decision'
never on_screen 'y apply'
events_are what,who,why || fail 'why is gone'
fresh_screen
without body | save project/collections/notes.c
see 'y apply'
keys y
until_ok columns_are stars,title
events_are what,who,why || fail 'why is gone'

keys C-c
see '^[$#] *$'
for pid in $children; do
	until_ok ended "$pid"
done
type_line 'echo "ended with $?"; stty -g >../after'
see '^ended with 0$'
until_ok test -s after
never differ before after
