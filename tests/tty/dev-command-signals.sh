# Without a terminal: signals reach the command, and nothing outlives the end.
. "$cases/notes.inc"
cd project
cat >server <<'EOF'
#!/bin/bash
trap 'echo usr1 >>heard' USR1
trap 'echo term >>heard; exit 3' TERM
echo "$$" >pid
while :; do sleep 0.05; done
EOF
chmod +x server
start() {
	rm -f pid heard out
	deesse dev --database sqlite:app.db -- ./server </dev/null >out 2>&1 &
	dev=$!
	until_ok test -s pid
	server=$(cat pid)
}
start
kill -USR1 "$dev"
until_ok grep -qs usr1 heard
kill -TERM "$dev"
status=0
wait "$dev" || status=$?
[ "$status" = 3 ] || fail "ended with $status after SIGTERM"
grep -q term heard || fail 'the server was not asked'
ended "$server" || fail 'the server runs on'

# killed for good, it takes the command along
start
kill -KILL "$dev"
{ wait "$dev"; } 2>/dev/null
until_ok ended "$server"
grep -q term heard || fail 'the server was not asked'

# what does not hear is ended all the same
cat >server <<'EOF'
#!/bin/bash
trap '' TERM
echo "$$" >pid
while :; do sleep 0.05; done
EOF
start
kill -TERM "$dev"
status=0
wait "$dev" || status=$?
[ "$status" = 137 ] || fail "ended with $status"
ended "$server" || fail 'the server runs on'
