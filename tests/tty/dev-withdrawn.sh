# Files change while a question stands: it is withdrawn; a late key does nothing.
. "$cases/notes.inc"
start_dev
sql project/app.db "INSERT INTO notes(title, body) VALUES ('a', 'b')"
cp project/collections/notes.c whole.c
without body | save project/collections/notes.c
see 'y apply'
fresh_screen
save project/collections/notes.c <whole.c
see withdrawn
see 'in step'
keys y
with_line 'INTEGER(stars),' | save project/collections/notes.c
until_ok columns_are body,stars,title
stop_dev
