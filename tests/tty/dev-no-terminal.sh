# Without a terminal it never asks: it applies, reports, and leaves the rest.
. "$cases/notes.inc"
cd project
deesse dev --database sqlite:app.db </dev/null >out 2>&1 &
dev=$!
cd ..
until_ok columns_are body,title
until_ok grep -qs watching project/out
sql project/app.db "INSERT INTO notes(title, body) VALUES ('a', 'b')"
without body | save project/collections/notes.c
until_ok grep -q '1 row would lose a value' project/out
until_ok grep -q 'needs a decision' project/out
never columns_are title
with_line 'INTEGER(stars),' | save project/collections/notes.c
until_ok columns_are body,stars,title
kill -TERM "$dev"
wait "$dev" || fail "ended with $?"
