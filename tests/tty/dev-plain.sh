# --plain: no box for a screen reader; without colours; in a narrow window.
. "$cases/notes.inc"
start_dev --plain --color never
sql project/app.db "INSERT INTO notes(title, body) VALUES ('a', 'b')"
without body | save project/collections/notes.c
see '^deesse asks:'
see '^drop column notes.body'
see 'y apply'
never on_screen '[│┌]|^[+|]'
keys n
see kept
stop_dev

rm before after
type_line 'cd ..'
tm resize-window -t test -x 40 -y 24
start_dev
echo '/* again */' >>project/collections/notes.c
with_line 'INTEGER(stars),' | save project/collections/notes.c
see '^Apply\?  y N r d s'
see '^[│|] *value in it: 1 row would'
see "^└$(printf '─%.0s' {1..38})┘\$"
fresh_screen
tm resize-window -t test -x 60 -y 24
see "^└$(printf '─%.0s' {1..58})┘\$"
keys n
stop_dev

# where the locale has no lines to draw with, and nobody wants colours
type_line 'export LC_ALL=C NO_COLOR=1'
fresh_screen
type_line 'deesse dev --database sqlite:app.db'
see '^Apply\?  y apply'
see "^\+-.*-\+\$"
see "^\+$(printf -- '-%.0s' {1..58})\+\$"
! tm capture-pane -e -p -t test | grep -q "$(printf '\033')\[3[0-9]" ||
	fail 'colours in spite of NO_COLOR'
keys n
stop_dev
