# A database that cannot be read is waited for, said once, and found again.
. "$cases/notes.inc"
start_dev
mkdir project/away
mv project/app.db project/away/app.db
mkdir project/app.db
with_line 'INTEGER(stars),' | save project/collections/notes.c
see 'looking for the database again'
rmdir project/app.db
mv project/away/app.db project/app.db
see 'the database is back'
until_ok columns_are body,stars,title
[ "$(screen | grep -c 'looking for')" = 1 ] || fail 'said more than once'
stop_dev
