# The server is stopped and comes back: waited for, said once, and gone on; a
# terminated session, too.
. "$cases/postgres/notes.inc"
start_pg
as=
[ "$(id -u)" != 0 ] || as='setpriv --reuid postgres --regid postgres --clear-groups'
port=$PGPORT
stop_server() {
	$as pg_ctl -D "$PGHOST/data" -m immediate -w stop >stopped 2>&1 ||
		fail "$(cat stopped)"
}
start_server() {
	$as pg_ctl -D "$PGHOST/data" -w -l "$PGHOST/log2" -o "-k $PGHOST -p $port \
		-c listen_addresses= -c fsync=off" start >started 2>&1 ||
		fail "$(cat started)"
}
at_end 'pg_isready -q || start_server'

# noticed by itself, and the save meanwhile is not forgotten
stop_server
see 'looking for the database again'
with_line 'INTEGER(stars),' | save project/collections/notes.c
read -r -t 1 <>"$box/never"
start_server
see 'the database is there again'
until_ok has body,stars,title
[ "$(screen | grep -c 'looking for')" -le 2 ] || fail 'said again and again'

# sessions are ended while it works: what was begun is rolled back or done
fresh_screen
for n in 1 2 3 4 5; do
	with_line "INTEGER(more_$n)," | save project/collections/notes.c
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		pg "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
			WHERE application_name = 'deesse'" >/dev/null
	done
done
until_ok has body,more_1,more_2,more_3,more_4,more_5,stars,title
stop_dev
