# The same of a server: its messages, and the names of all that is in it.
. "$cases/postgres/notes.inc"
. "$cases/escapes.inc"
evil_sql=$evil # no quotes in it, so that it stands in them as it is
pg "CREATE TABLE \"t$evil_sql\" (id bigint PRIMARY KEY, \"c$evil_sql\" text
	DEFAULT 'd$evil_sql' CHECK (\"c$evil_sql\" <> 'k$evil_sql'));
	COMMENT ON TABLE \"t$evil_sql\" IS 'm$evil_sql';
	INSERT INTO \"t$evil_sql\" VALUES (1, 'x');
	CREATE TYPE \"e$evil_sql\" AS ENUM ('a$evil_sql');
	CREATE VIEW \"v$evil_sql\" AS SELECT 'w$evil_sql' AS x;
	CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS \$\$
	BEGIN
		IF (SELECT count(*) FROM pg_event_trigger_ddl_commands()
			WHERE object_identity LIKE '%notes%') > 0 THEN
			RAISE EXCEPTION 'x$evil_sql' USING HINT = 'h$evil_sql',
				DETAIL = 'y$evil_sql';
		END IF;
	END \$\$" || fail 'the server refuses'
cd project || exit
cat >collections/notes.c <<END
#include <deesse/dsl.h>
COLLECTION(notes, .comment = "m$evil") = {
	TEXT(title, .default_value = "d$evil", .comment = "n$evil"),
	TEXT(body),
};
END
cd ..
type_line "cd project; d='--database postgresql:///$database'"
begin
line='deesse status $d' try status evil
line='deesse push $d -v' try push evil
line='deesse status $d --format json' try 'status as JSON' evil
line='deesse push $d --prune -v' try 'push --prune' evil
line='deesse diff $d' try 'diff, in step' .
line='deesse diff --from collections --to "postgresql:///'$database'"' try diff evil
line='deesse pull $d --out pulled' try pull evil
line='deesse history $d -v' try history evil

# what the server says when it refuses
pg "CREATE EVENT TRIGGER refuse ON ddl_command_end EXECUTE FUNCTION refuse()"
sed -i 's/TEXT(body)/&, TEXT(more)/' project/collections/notes.c
line='deesse push $d --prune --accept-data-loss' try 'a refusal' evil
line='deesse push $d' try 'a refusal of ours' evil
type_line 'deesse dev $d'
see 'nothing was changed'
see 'xe'
is_clean 'a refusal while it watches'
pg "DROP EVENT TRIGGER refuse"
fresh_screen
pg "ALTER TABLE notes ADD COLUMN \"z$evil_sql\" text; COMMENT ON COLUMN
	notes.body IS 'b$evil_sql'"
see 'ignore'
is_clean drift
keys a
see 'adopt:'
is_clean adopt
keys C-c
prompt

# a name of a database, of a role, of a host
line='deesse push --database "postgresql:///x$(printf "%b" "\\033]0;evil\\007")"' \
	try 'no such database' evil
