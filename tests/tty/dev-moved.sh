# The database changes while a question stands: it is withdrawn, and asked anew
# of what is there now. More rows than were shown are another question, too.
. "$cases/notes.inc"
start_dev
sql project/app.db "INSERT INTO notes(title, body) VALUES ('a', 'b')"
without body | save project/collections/notes.c
see '1 row would lose a'
see 'y apply'

# the schema moves: a yes to the old question is none
fresh_screen
sql project/app.db 'CREATE TABLE extra(a)'
see withdrawn
see 'table extra: no collection says it'
keys y
keys i
see 'y apply'
never columns_are title

# only rows come: a yes is taken, but not for more than was shown
fresh_screen
sql project/app.db "INSERT INTO notes(title, body)
	SELECT 'x', 'y' FROM sqlite_schema LIMIT 2"
keys y
see withdrawn
see '3 rows would lose a'
never columns_are title
keys y
until_ok columns_are title
see 'what went is in the trash'
stop_dev
