# What is made beside those who work says how far the server is with it, and
# whom it waits for.
. "$cases/postgres/notes.inc"
type_line "cd project; export DATABASE_URL=postgresql:///$database"
type_line 'deesse push'
see '^Applied'
pg "INSERT INTO notes (title) SELECT 'T' || n FROM generate_series(1, 4000) n"

# an index waits for a writer who was there first
psql -X -q -d "$database" -c "BEGIN; INSERT INTO notes (title) VALUES ('open');
	SELECT pg_sleep(600)" >/dev/null 2>&1 &
until_ok eval '[ "$(pg "SELECT count(*) FROM pg_stat_activity
	WHERE query LIKE '\''BEGIN; INSERT%'\'' AND wait_event = '\''PgSleep'\''")" = 1 ]'
with_line 'INDEX(by_title, .on = {"title"}),' | save project/collections/notes.c
fresh_screen
type_line 'deesse push --online always'
see '^create index notes_by_title, waiting for writers before build \(backend [0-9]+\)'
pg "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
	WHERE wait_event = 'PgSleep'" >/dev/null
see '^Applied'
gone 'waiting for'

# and a fill says of how many rows it is through
with_line 'TEXT(slug, .required = true, .backfill = "title || (SELECT count(*) FROM notes n WHERE n.title <> notes.title)"),' |
	save project/collections/notes.c
fresh_screen
type_line 'deesse push --online always'
see '^add column notes.slug, [0-9]+ %, [0-9 ]+ rows, [0-9.]+ s'
see '^Applied'
gone 'rows, '
