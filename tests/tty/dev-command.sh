# The command has the terminal but while a question stands; its end is dev's.
. "$cases/notes.inc"
cat >project/server <<'EOF'
#!/bin/bash
trap 'echo "server: asked to end"; exit 7' TERM
trap 'echo "server: window"' WINCH
echo "server: up ${1-}"
while :; do
	# without a time limit: one that runs out while the shell is stopped
	# would make it drop the first letter
	read -r line && echo "server: heard $line"
done
EOF
chmod +x project/server
type_line 'cd project; stty -g >../before'
until_ok test -s before
fresh_screen
type_line "deesse dev --database sqlite:app.db --restart -- ./server --port 80"
until_ok columns_are body,title
see 'starting ./server'
see 'server: up --port'
type_line hello
see 'server: heard hello'

# a change of the schema starts it anew; a comment does not
with_line 'INTEGER(stars),' | save project/collections/notes.c
until_ok columns_are body,stars,title
see 'starting anew: ./server'
see 'server: asked to end'
fresh_screen
echo '/* a comment */' >>project/collections/notes.c
type_line again
see 'server: heard again'
never on_screen 'starting anew'

# while a question stands, keys are its own
sql project/app.db "INSERT INTO notes(title, body) VALUES ('a', 'b')"
without body | save project/collections/notes.c
see 'y apply'
fresh_screen
keys n
see kept
type_line 'after all'
see 'server: heard after all'
never on_screen 'heard n'
columns_are body,stars,title || fail 'body is gone'

# Ctrl-C is the command's, and its status is the end's
keys C-c
see '^[$#] *$'
type_line 'echo "ended with $?"; stty -g >../after'
see '^ended with 130$'
until_ok test -s after
never differ before after

# what ends by itself ends the watcher; what cannot start, too
fresh_screen
type_line "deesse dev --database sqlite:app.db -- sh -c 'exit 9'; echo \"now \$?\""
see 'sh ended with 9'
see '^now 9$'
fresh_screen
type_line "deesse dev --database sqlite:app.db -- ./missing; echo \"now \$?\""
see 'cannot start ./missing: No such file'
see '^now 127$'
