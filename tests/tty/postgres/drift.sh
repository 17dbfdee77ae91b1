# Something else changes the server's schema: said and asked, also while a
# question stands, which is withdrawn; each answer works.
. "$cases/postgres/notes.inc"
start_pg
pg "INSERT INTO notes (title, body) VALUES ('a', 'b')"

pg 'ALTER TABLE notes ADD COLUMN stars integer DEFAULT 3'
see 'column notes\.stars: no collection says it'
keys a
see 'write into collections/notes\.c:3'
see '^ *INTEGER\(stars, .*bits = 32'
fresh_screen
with_line 'INTEGER(stars, .bits = 32, .default_value = "3"),' |
	save project/collections/notes.c
see 'in step'

# a question stands, and the table moves
without body | save project/collections/notes.c
see 'drop column notes\.body'
see 'y apply'
fresh_screen
pg 'ALTER TABLE notes ADD COLUMN extra text'
see withdrawn
see 'column notes\.extra: no collection says it'
keys y
keys r
see 'back to what the collections say'
see 'drop column notes\.body'
until_ok has body,stars,title
keys N
see kept

# a yes while somebody else holds the table and changes it is no yes
fresh_screen
echo '/* again */' >>project/collections/notes.c
see 'y apply'
coproc holder { exec psql -X -A -t -q -d "$database" 2>&1; }
printf 'BEGIN; ALTER TABLE notes ADD COLUMN other text; SELECT 1;\n' \
	>&"${holder[1]}"
read -r -t 10 answer <&"${holder[0]}"
keys y
see 'yes: applying it'
printf 'COMMIT;\n\\q\n' >&"${holder[1]}"
until_ok has body,other,stars,title
see 'withdrawn|nothing was changed'
has body,other,stars,title || fail 'body is gone'

# what goes behind its back
see 'column notes\.other: no collection says it'
keys i
see ignored
fresh_screen
pg 'ALTER TABLE notes DROP COLUMN stars'
see 'add column notes\.stars would have it again'
keys r
until_ok has body,other,stars,title
stop_dev
