# What does not compile shows the place and changes nothing; the next save does.
. "$cases/notes.inc"
start_dev
with_line 'INTEGER(stars, .maximum = 3),' | save project/collections/notes.c
see 'collections/notes\.c:6:[0-9]+'
never columns_are body,stars,title
sed 's/, .maximum = 3//' project/collections/notes.c |
	save project/collections/notes.c
until_ok columns_are body,stars,title
stop_dev
