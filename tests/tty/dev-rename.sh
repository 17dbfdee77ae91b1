# r shows the line to write; once it is saved, the rename goes without asking.
. "$cases/notes.inc"
start_dev
sql project/app.db "INSERT INTO notes(title, body) VALUES ('a', 'kept text')"
sed 's/TEXT(body)/TEXT(content)/' project/collections/notes.c |
	save project/collections/notes.c
see 'r renamed'
fresh_screen
keys r
see 'collections/notes.c:5'
see 'TEXT\(content, \.was = "body"\),'
see 'y apply'
sed 's/TEXT(content)/TEXT(content, .was = "body")/' \
	project/collections/notes.c | save project/collections/notes.c
see withdrawn
until_ok columns_are content,title
sql_gives project/app.db 'SELECT content FROM notes' 'kept text' ||
	fail 'the text is gone'
stop_dev
