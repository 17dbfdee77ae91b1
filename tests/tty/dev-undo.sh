# u takes the last change of the session back, data too; once.
. "$cases/notes.inc"
start_dev
sql project/app.db "INSERT INTO notes(title, body) VALUES ('a', 'kept text')"
without body | save project/collections/notes.c
see 'y apply'
keys y
until_ok columns_are title
see 'applied 1 change'
keys u
see 'took back run'
until_ok columns_are body,title
sql_gives project/app.db 'SELECT body FROM notes' 'kept text' ||
	fail 'the text is gone'
fresh_screen
keys u
see 'this session has changed nothing'
stop_dev
