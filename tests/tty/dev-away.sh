# A database that cannot be read is waited for, said once, and found again; a
# file that goes is said, and made anew by the next save only.
. "$cases/notes.inc"
start_dev
mkdir project/away
mv project/app.db project/away/app.db
mkdir project/app.db
with_line 'INTEGER(stars),' | save project/collections/notes.c
see 'looking for the database again'
rmdir project/app.db
mv project/away/app.db project/app.db
see 'the database is there again'
until_ok columns_are body,stars,title
[ "$(screen | grep -c 'looking for')" = 1 ] || fail 'said more than once'

# removed
fresh_screen
sql project/app.db "INSERT INTO notes(title) VALUES ('a')"
mv project/app.db project/away/app.db
see "the database's file is gone"
never test -e project/app.db
mv project/away/app.db project/app.db
see 'the database is there again'
sql_gives project/app.db 'SELECT title FROM notes' a || fail 'not the same'
rm project/app.db
until_ok eval '[ "$(screen | grep -c "file is gone")" = 2 ]'
with_line 'INTEGER(more),' | save project/collections/notes.c
until_ok columns_are body,more,stars,title

# replaced by another one: nothing is done to it before something is saved
fresh_screen
sql other.db "CREATE TABLE other(a); INSERT INTO other VALUES (7)"
mv other.db project/app.db
see 'the database was changed elsewhere; the next save'
see 'create table notes'
sql_gives project/app.db "SELECT count(*) FROM sqlite_schema
	WHERE name = 'notes'" 0 || fail 'it was changed unasked'
echo '/* saved */' >>project/collections/notes.c
until_ok columns_are body,more,stars,title
sql_gives project/app.db 'SELECT a FROM other' 7 || fail 'the other data went'
stop_dev
