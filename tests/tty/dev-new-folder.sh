# A folder that comes later is watched, too; a file that goes is noticed.
. "$cases/notes.inc"
start_dev
mkdir -p project/collections/more/deep
cat >project/collections/more/deep/extra.c <<'END'
#include <deesse/dsl.h>
COLLECTION(extra) = { TEXT(name) };
END
has_extra() {
	sql_gives project/app.db "SELECT count(*) FROM sqlite_schema
		WHERE name = 'extra'" "$1"
}
until_ok has_extra 1
printf 'COLLECTION(more_extra) = { TEXT(name) };\n' \
	>>project/collections/more/deep/extra.c
until_sql project/app.db "SELECT count(*) FROM sqlite_schema
	WHERE name = 'more_extra'" 1
sql project/app.db "INSERT INTO extra(name) VALUES ('a')"
rm -r project/collections/more
see '1 row would go'
keys N
see kept
never has_extra 0
stop_dev
