# However it is ended, it ends: a closed terminal, a signal, a dead parent.
. "$cases/notes.inc"
dev_pid() {
	pid=$(cat project/.deesse/dev.pid 2>/dev/null) && [ "$pid" ] &&
		! ended "$pid"
}
start_dev
until_ok dev_pid
first=$pid
kill_pane
until_ok ended "$first"

cd project
mkfifo hold
bash -c 'deesse dev --database sqlite:app.db </dev/null >out 2>&1 &
	read -r <hold' &
parent=$!
until_ok grep -qs watching out
pid=$(cat .deesse/dev.pid)
never ended "$pid"
# a second one in the same project is refused and says which is the first
deesse dev --database sqlite:app.db </dev/null >second 2>&1 &&
	fail 'a second dev runs'
grep -q "$pid" second || fail "it does not name process $pid: $(cat second)"
kill -KILL "$parent"
{ wait "$parent"; } 2>/dev/null
until_ok ended "$pid"

# killed, it leaves a dev.pid of nobody: that keeps no other one away
rm out
deesse dev --database sqlite:app.db </dev/null >out 2>&1 &
killed=$!
until_ok grep -qs watching out
kill -KILL "$killed"
{ wait "$killed"; } 2>/dev/null
grep -q "^$killed$" .deesse/dev.pid || fail 'dev.pid does not name it'
# nor one that names a process of somebody else
echo 1 >.deesse/dev.pid

rm out
deesse dev --database sqlite:app.db </dev/null >out 2>&1 &
until_ok grep -qs watching out
kill -TERM $!
wait $! || fail "ended with $? after SIGTERM"
sql_gives app.db 'PRAGMA integrity_check' ok || fail 'the database is damaged'
