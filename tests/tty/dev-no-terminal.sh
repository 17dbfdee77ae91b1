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

# a mistake is said in clear lines, too
with_line 'INTEGERS(oops),' | save project/collections/notes.c
until_ok grep -q 'collections/notes.c:[0-9]*' project/out
kill -TERM "$dev"
wait "$dev" || fail "ended with $?"
grep -qP '[\x00-\x08\x0b-\x1f\x7f]' project/out &&
	fail "control codes: $(cat -v project/out)"
grep -q 'y apply' project/out && fail 'it asked'

# as a service runs: a session of its own, no terminal at all, nothing to read
with_line 'INTEGER(last),' | sed /oops/d | save project/collections/notes.c
cd project
setsid sh -c 'deesse dev --database sqlite:app.db <&- >service 2>&1; echo $? >status' &
until_ok grep -qs applied service
kill -TERM "$(cat .deesse/dev.pid)"
until_ok test -s status
[ "$(cat status)" = 0 ] || fail "ended with $(cat status)"

# output that nobody reads any more ends it
deesse dev --database sqlite:app.db 2>err </dev/null | head -n 1 >first &
pipe=$!
until_ok test -s first
echo '/* more */' >>collections/notes.c
until_ok ended "$(cat .deesse/dev.pid)"
wait "$pipe"
