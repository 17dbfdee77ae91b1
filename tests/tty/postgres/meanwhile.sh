# A stranger's change that is committed while a run is at work is no reason to
# lose a save: the proof finds it, all is rolled back, and planned anew.
. "$cases/postgres/notes.inc"
start_pg
mkfifo says
psql -X -q -d "$database" <says >stranger 2>&1 &
stranger=$!
exec 4>says
# the name that the run needs is taken by a transaction that gives it back
echo 'BEGIN; CREATE TABLE other (n int); SAVEPOINT s;
	CREATE TABLE fresh (a int);' >&4
gives() {
	[ "$(pg "$1")" = "$2" ]
}
until_ok gives "SELECT count(*) FROM pg_stat_activity
	WHERE state = 'idle in transaction'" 1
printf '#include <deesse/dsl.h>\nCOLLECTION(fresh) = { TEXT(title) };\n' |
	save project/collections/fresh.c
until_ok gives 'SELECT count(*) > 0 FROM pg_locks WHERE NOT granted' t
echo 'ROLLBACK TO SAVEPOINT s\; COMMIT;' >&4
exec 4>&-
wait $stranger
until_ok gives "SELECT count(*) FROM pg_class
	WHERE relname IN ('fresh', 'other') AND relkind = 'r'" 2
see 'create table fresh'
[ "$(screen | grep -c 'was changed')" = 0 ] || fail 'it was said to have failed'
stop_dev
