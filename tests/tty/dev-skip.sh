# What was skipped is not asked again in the session, whatever else changes in
# its table; what is another question is asked.
. "$cases/notes.inc"
start_dev
sql project/app.db "INSERT INTO notes(title, body) VALUES (NULL, 'b')"

# a rebuild: its SQL is another one with each further column
sed 's/TEXT(title)/TEXT(title, .max = 3, .required = true)/' \
	project/collections/notes.c | save project/collections/notes.c
see 'make notes\.title required'
see 'y apply'
keys s
see 'skipped'
fresh_screen
with_line 'INTEGER(stars),' | save project/collections/notes.c
until_ok columns_are body,stars,title
see 'left as it is: 1 change skipped before'
never on_screen 'y apply'
sql project/app.db "INSERT INTO notes(title, body) VALUES (NULL, 'c')"
fresh_screen
with_line 'INTEGER(hearts, .default_value = "1"),' |
	save project/collections/notes.c
until_ok columns_are body,hearts,stars,title
see 'left as it is'
never on_screen 'y apply'

# a drop that was skipped, and then something that could be its new name: that
# is another question, for the answer may be a rename
without body | save project/collections/notes.c
see 'drop column notes\.body'
keys s
see 'skipped'
fresh_screen
with_line 'TEXT(content),' | save project/collections/notes.c
see 'Was notes\.body renamed to notes\.content'
keys s
see 'skipped'
fresh_screen
with_line 'INTEGER(more),' | save project/collections/notes.c
until_ok columns_are body,hearts,more,stars,title
never on_screen 'y apply'
stop_dev
