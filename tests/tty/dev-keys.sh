# d shows all and the question stands; s is not asked again; Enter keeps.
. "$cases/notes.inc"
start_dev
sql project/app.db "INSERT INTO notes(title, body) VALUES ('a', 'b')"
without body | save project/collections/notes.c
see 'y apply'
fresh_screen
keys d
see 'DROP COLUMN'
see 'y apply'
fresh_screen
keys x Enter
see kept
never columns_are title
touch project/collections/notes.c
echo >>project/collections/notes.c
see 'y apply'
keys s
see skipped
fresh_screen
with_line 'INTEGER(stars),' | save project/collections/notes.c
until_ok columns_are body,stars,title
with_line 'INTEGER(hearts),' | save project/collections/notes.c
until_ok columns_are body,hearts,stars,title
see 'add column notes\.hearts'
never on_screen 'y apply'
stop_dev
