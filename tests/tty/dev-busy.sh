# Somebody holds the database for longer than it is waited for: said, with who,
# tried again by itself, and nothing is missed; a yes that could not be done is
# asked anew.
. "$cases/notes.inc"
start_dev
hold() {
	coproc holder { exec sqlite3 -batch -init /dev/null project/app.db 2>&1; }
	printf 'BEGIN IMMEDIATE;\nSELECT 1;\n' >&"${holder[1]}"
	read -r -t 10 answer <&"${holder[0]}"
	[ "$answer" = 1 ] || fail "no lock: $answer"
}
let_go() {
	local in=${holder[1]} pid=$holder_PID
	exec {in}>&-
	wait "$pid"
}
hold
with_line 'INTEGER(stars),' | save project/collections/notes.c
see 'is locked: another program'
see 'trying again until it is free'
let_go
until_ok columns_are body,stars,title
see 'the database is there again'

sql project/app.db "INSERT INTO notes(title, body) VALUES ('a', 'b')"
without body | save project/collections/notes.c
see 'y apply'
hold
fresh_screen
keys y
see 'trying again until it is free'
never columns_are stars,title
let_go
see 'y apply'
columns_are body,stars,title || fail 'done without being asked again'
keys y
until_ok columns_are stars,title
stop_dev
