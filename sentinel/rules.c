/* rules - what the sentinel knows, one row each
 *
 * A statement that no row matches is destructive, so a row is a promise: what
 * it calls safe loses nothing, whatever stands in the database. Where a text
 * can be more than one thing, it is the worst of them. Rows that only note
 * something stand beside the row that calls the statement known.
 */
#include "sentinel/rule.h"

#define NAME "(?:[\"']|[a-z_\\x80-\\xff][^ ]*+) "
#define QUALIFIED NAME "(?:\\. " NAME "){0,2}+"
#define T "(?<t>" QUALIFIED ")"
#define C "(?<c>" NAME ")"
#define IF "(?:if exists )?+"
#define UNLESS "(?:if not exists )?+"
#define CASCADE "(?:cascade |restrict )?+"
#define GROUP "\\([vfd]?\\) "

/* any words; as few of them as will do; words that run no unknown code */
#define ANY "(?:[^; ]++ )*+"
#define SOME "(?:[^; ]++ )*?"
#define QUIET "(?:(?!;|\\([fd]\\))[^ ]++ )*+"
#define SOME_QUIET "(?:(?!;|\\([fd]\\))[^ ]++ )*?"
#define BODY "(?:[^ ]++ )*+" /* a body holds semicolons, too */

#define WITH "(?:with " SOME ")?"

/* up to the query that fills what is created */
#define QUERY_INTO                                                             \
	"create (?:temp |temporary |unlogged )?table " SOME "as"               \
	"|create materialized view"

/* settings that touch no rows, and whose text has no effect on another's */
#define SETTINGS                                                               \
	"(?:lock_timeout|statement_timeout|transaction_timeout"                \
	"|idle_in_transaction_session_timeout|search_path|client_encoding"     \
	"|client_min_messages|check_function_bodies|default_tablespace"        \
	"|default_table_access_method|xmloption|timezone|datestyle"            \
	"|intervalstyle|bytea_output|extra_float_digits|work_mem"              \
	"|maintenance_work_mem|application_name"                               \
	"|max_parallel_maintenance_workers) "
#define SETTING                                                                \
	"(?:set (?:session |local )?+" SETTINGS "(?:to |= )" ANY               \
	"|reset (?:" SETTINGS "|session_replication_role )"                    \
	"|set standard_conforming_strings (?:to |= )(?:on|true|') "            \
	"|set (?:session |local )?+(?:time zone|schema|names) " ANY            \
	"|set (?:local )?+xml option " ANY                                     \
	"|set row_security (?:to |= )(?:off|false) "                           \
	"|set (?:transaction|constraints|session characteristics) " ANY        \
	"|show " ANY ")"

#define SAFE EFFECT_SAFE
#define NOTE EFFECT_NOTE
#define WORST EFFECT_DESTRUCTIVE

#define LOSS CLASS_DATA_LOSS
#define DEPENDS CLASS_DATA_DEPENDENT
#define BLOCKS CLASS_BLOCKING
#define BREAKS CLASS_COMPATIBILITY
#define ACCESS CLASS_AUTHORIZATION
#define OPAQUE CLASS_OPAQUE
#define STYLE CLASS_STYLE

#define LITE FOR_SQLITE
#define PG FOR_POSTGRES
#define BOTH FOR_BOTH

#define ROW(name, class, dialects, effect, pattern, message, hint)             \
	{                                                                      \
		name, class, dialects, effect, FACT_NONE, pattern, message,    \
		    hint                                                       \
	}
#define FACT(name, class, dialects, effect, fact, message, hint)               \
	{                                                                      \
		name, class, dialects, effect, fact, NULL, message, hint       \
	}

const struct rule sentinel_rules[] = {
	/* what cannot be judged by its words */
	FACT("unknown-statement", OPAQUE, BOTH, WORST, FACT_UNKNOWN,
	    "No rule knows this statement, so it is taken for the worst.",
	    "Look at what it does, then --allow opaque."),
	FACT("unreadable", OPAQUE, BOTH, WORST, FACT_BAD,
	    "The statement cannot be read to its end: a string, a comment or "
	    "a name is left open, or a byte is no text.",
	    "Close what is open; write the file as UTF-8 without NUL bytes."),
	FACT("uneven-parentheses", OPAQUE, BOTH, WORST, FACT_UNEVEN,
	    "The parentheses do not match, so nobody can say where the "
	    "statement ends.",
	    "Balance the parentheses."),
	FACT("psql-command", OPAQUE, PG, WORST, FACT_META,
	    "A backslash command of psql can run programs, other files, or "
	    "text that a query makes.",
	    "Write the SQL itself."),
	FACT("copy-data", OPAQUE, PG, WORST, FACT_DATA,
	    "psql reads these lines as the data of the COPY before them; "
	    "where that fails, and in any other program, they are read as "
	    "SQL.",
	    "Load data outside of migrations, or with INSERT."),
	FACT("two-readings", LOSS, PG, WORST, FACT_TWICE,
	    "Only psql takes this for data, or for a command of its own; read "
	    "as SQL it holds a statement, or leaves something open that hides "
	    "what follows.",
	    "Write it so that it means one thing. If nothing but psql ever "
	    "runs it: -- deesse:allow two-readings: why."),
	FACT("shell-line", LOSS, LITE, WORST, FACT_SHELL,
	    "The sqlite3 shell ends a statement at a line that is only / or "
	    "go, and takes a line that begins with a point or # for its own; "
	    "other programs read on.",
	    "Write it on one line, and end statements with a semicolon."),
	FACT("psql-variable", OPAQUE, PG, WORST, FACT_VARIABLE,
	    "psql would put a variable's text here, which can be any SQL.",
	    "Write the value itself, or quote the name if the colon is "
	    "part of it."),
	FACT("unicode-escape", OPAQUE, PG, WORST, FACT_UNICODE,
	    "UESCAPE changes what a quoted name spells.",
	    "Write the name in UTF-8."),
	FACT("catch-up-sequence", BREAKS, PG, NOTE, FACT_CATCH_UP,
	    "Sets the sequence of a column behind its greatest value.", NULL),
	FACT("long-name", BREAKS, PG, NOTE, FACT_LONG_NAME,
	    "The name is longer than 63 bytes; the server cuts it, and two "
	    "names may become one.",
	    "Shorten the name."),

	/* tables */
	ROW("create-table", BREAKS, BOTH, SAFE,
	    "create (?:(?:global |local )?temp(?:orary)? |unlogged |foreign )?+"
	    "table " UNLESS T "(?:of " QUALIFIED "(?:" GROUP ")?+|" GROUP
	    ")(?!" SOME "as )" ANY,
	    "Creates a table; nothing that exists is touched.", NULL),
	ROW("create-table-if-not-exists", BREAKS, BOTH, NOTE,
	    "create (?:(?:global |local )?temp(?:orary)? |unlogged |foreign )?+"
	    "table if not exists " T "(?!(?:" GROUP ")?" SOME "as )" ANY,
	    "Does nothing where a table of this name exists, even if it looks "
	    "different.",
	    "Leave IF NOT EXISTS out, so that a difference is an error."),
	ROW("create-partition", BLOCKS, PG, NOTE,
	    "create (?:(?:global |local )?temp(?:orary)? |unlogged |foreign )?+"
	    "table " UNLESS T "partition of " ANY,
	    "Locks the partitioned table against everybody while the "
	    "partition is added.",
	    "Create the table by itself, then ATTACH PARTITION."),
	ROW("create-table-as", BREAKS, BOTH, SAFE,
	    "(?:create (?:(?:global |local )?temp(?:orary)? |unlogged "
	    ")?+table " UNLESS T "(?:" GROUP ")?" SOME_QUIET
	    "as (?:select|values|with|table|\\(v?\\)) " QUIET
	    "|(?:select|with) " SOME_QUIET "into (?:table )?" QUALIFIED QUIET
	    ")",
	    "Creates a table from a query that only reads.", NULL),
	ROW("create-virtual-table", BREAKS, LITE, SAFE,
	    "create virtual table " UNLESS T "using " NAME "(?:" GROUP ")?+",
	    "Creates a virtual table; nothing that exists is touched.", NULL),
	ROW("drop-table", LOSS, BOTH, WORST,
	    "drop (?:foreign )?+table " IF T "(?:, " QUALIFIED ")*+" CASCADE,
	    "Drops the table and every row in it.",
	    "Rename it instead and drop it when nothing has missed it, or "
	    "keep a copy of its rows."),
	ROW("drop-table-cascade", LOSS, PG, WORST,
	    "drop (?:foreign )?+table " SOME "cascade ",
	    "CASCADE also drops the views, and the foreign keys of other "
	    "tables, that depend on it.",
	    "Leave CASCADE out and drop what depends on it by name."),
	ROW("rename-table", BREAKS, BOTH, NOTE, "action rename to " NAME,
	    "Programs that use the old name of the table fail from now on.",
	    "Deploy programs that know the new name at the same moment, or "
	    "leave a view of the old name."),
	ROW("move-table", BREAKS, PG, NOTE, "action set schema " NAME,
	    "Programs that find the table in its old schema fail from now on.",
	    "Deploy programs that know the new place at the same moment."),
	ROW("set-unlogged", LOSS, PG, WORST, "action set unlogged ",
	    "An unlogged table is empty after a crash, and on every replica.",
	    "Keep the table logged unless its rows can be made again."),
	ROW("rewrite-table", BLOCKS, PG, NOTE,
	    "action set (?:logged |tablespace " NAME "(?:nowait )?+"
	    "|access method " NAME ")"
	    "|action in tablespace " NAME ANY "|alter (?:index " IF T
	    "|(?:index|materialized view) all in "
	    "tablespace " NAME SOME ")set tablespace " NAME "(?:nowait )?+",
	    "Rewrites the whole table while everybody waits.",
	    "Do it when nobody needs the table."),
	ROW("table-options", BREAKS, PG, SAFE,
	    "action (?:set " GROUP "|reset " GROUP "|cluster on " NAME
	    "|set without cluster |set with(?:out)? oids )",
	    "Changes how the table is stored from now on, not what it holds.",
	    NULL),
	ROW("replica-identity", BREAKS, PG, NOTE,
	    "action replica identity " ANY,
	    "Changes what subscribers learn of updated and deleted rows.",
	    "Check that every subscriber can do without the old identity."),
	ROW("inherit", BREAKS, PG, NOTE, "action (?:no )?+inherit " QUALIFIED,
	    "The rows of this table appear in, or vanish from, queries of the "
	    "parent.",
	    "Check the queries of the parent table."),
	ROW("attach-partition", BLOCKS, PG, NOTE,
	    "action attach partition " T "(?:for values " ANY "|default )",
	    "Scans the new partition while it is locked, and fails if a row "
	    "is out of its bounds.",
	    "Add a validated CHECK of the same bounds first; then nothing is "
	    "scanned."),
	ROW("detach-partition", BREAKS, PG, NOTE,
	    "action detach partition " T "(?:concurrently |finalize )?+",
	    "The rows of the partition vanish from queries of the "
	    "partitioned table.",
	    "Check who still reads them through the parent."),
	ROW("detach-partition-locks", BLOCKS, PG, NOTE,
	    "action detach partition " T,
	    "Locks the partitioned table against everybody.",
	    "Use DETACH PARTITION … CONCURRENTLY."),
	ROW("truncate", LOSS, BOTH, WORST, "truncate " ANY,
	    "Deletes every row of the table, and with CASCADE those of "
	    "tables that refer to it.",
	    "Keep the rows, or save them first."),

	/* columns */
	ROW("add-column", BREAKS, BOTH, SAFE,
	    "action add (?:column " UNLESS "|" UNLESS
	    "(?!constraint |check \\(|unique |primary key |foreign key "
	    "|exclude ))" C
	    /* the type may have a modifier that looks like a call */
	    "(?:(?!default )" NAME "(?:\\. " NAME ")?+"
	    "(?:(?!default |generated |check |references |not |null |primary "
	    "|unique |constraint |as )" NAME ")*+(?:" GROUP ")?+)?+"
	    /* a check and a generated value are the column's own */
	    "(?:(?:check|as|references " QUALIFIED ") " GROUP
	    "|(?!;|\\([fd]\\))[^ ]++ )*+",
	    "Adds a column; the rows that exist keep what they have.", NULL),
	ROW("add-required-column", DEPENDS, BOTH, WORST,
	    "action add (?:column " UNLESS ")?"
	    "(?!constraint |check \\(|unique |primary key |foreign key "
	    "|exclude )(?!" SOME "(?:(?<! set )default(?! null "
	    ")|identity|generated|as|smallserial|serial|bigserial"
	    "|serial2|serial4|serial8) )" C SOME
	    "(?:not null|primary key) " ANY,
	    "Fails on a table that has rows: they have no value for the new "
	    "column.",
	    "Give a default, or add the column nullable, fill it, and then "
	    "make it required."),
	ROW("add-column-unique", DEPENDS, BOTH, WORST,
	    "action add (?:column " UNLESS ")?"
	    "(?!constraint |check \\(|unique |primary key )" C "(?=" SOME
	    "(?:unique|primary key) )" SOME "default " ANY,
	    "Fails on a table with more than one row: they all get the same "
	    "default.",
	    "Add the column without the constraint, fill it, then add the "
	    "constraint."),
	ROW("add-column-reference", DEPENDS, BOTH, WORST,
	    "action add (?:column " UNLESS ")?(?!constraint |foreign key )" C
	    "(?=" SOME "references )" SOME "default (?!null )" ANY,
	    "Fails if the default is not a key of the table that is referred "
	    "to.",
	    "Add the column without a default, fill it, then set the "
	    "default."),
	ROW("add-column-default", DEPENDS, LITE, WORST,
	    "action add (?:column )?" C SOME
	    "default (?:\\([vfd]?\\) |current_(?:time|date|timestamp) )" ANY,
	    "SQLite cannot add a column with a computed default to a table "
	    "that has rows.",
	    "Use a constant default, or rebuild the table."),
	ROW("add-column-rewrite", BLOCKS, PG, NOTE,
	    "action add (?:column " UNLESS ")?(?!constraint )" C
	    "(?:(?:small|big)?serial[248]?+ " ANY "|" SOME "(?:default " SOME
	    "\\(v\\) |identity |stored )" ANY ")",
	    "Rewrites the whole table while everybody waits.",
	    "Add the column without it, set the default, and fill the rows in "
	    "batches."),
	ROW("add-column-calls", OPAQUE, BOTH, WORST,
	    "action add (?:column " UNLESS ")?(?!constraint )" C SOME
	    "default (?:(?!check |references |generated )[^; ]++ )*?"
	    "\\([fd]\\) " ANY,
	    "Runs a function that the sentinel does not know for the rows "
	    "that exist.",
	    "Add the column without the default, set the default, and fill "
	    "the rows in a step of its own."),
	ROW("drop-column", LOSS, BOTH, WORST,
	    "action drop (?:column " IF "|(?!constraint )" IF ")" C CASCADE,
	    "Drops the column and its value in every row.",
	    "Stop using it first, and keep a copy of what it holds."),
	ROW("drop-column-cascade", LOSS, PG, WORST,
	    "action drop (?!constraint )" SOME "cascade ",
	    "CASCADE also drops what depends on it: views, keys of other "
	    "tables, generated columns.",
	    "Leave CASCADE out and drop what depends on it by name."),
	ROW("rename-column", BREAKS, BOTH, NOTE,
	    "action rename (?:column |(?!to |constraint ))" C "to " NAME,
	    "Programs that use the old name of the column fail from now on.",
	    "Deploy programs that know the new name at the same moment, or "
	    "add a column and fill both for a while."),
	ROW("change-type", DEPENDS, BOTH, WORST,
	    "action alter (?:column )?" C "(?:set data )?type " QUIET,
	    "Values may not survive in the new type: they are cut, rounded, "
	    "or the change fails.",
	    "Let deesse count the values that would change, or add a new "
	    "column and copy."),
	ROW("change-type-rewrite", BLOCKS, PG, NOTE,
	    "action alter (?:column )?" C "(?:set data )?type " ANY,
	    "Most changes of a type rewrite the table and its indexes while "
	    "everybody waits.",
	    "Add a new column, fill it in batches, and exchange the names."),
	ROW("change-type-calls", OPAQUE, PG, WORST,
	    "action alter (?:column )?" C "(?:set data )?type " SOME
	    "using " SOME "\\([fd]\\) " ANY,
	    "Makes the new values with a function that the sentinel does not "
	    "know.",
	    "Use a cast, or fill a new column in a step of its own."),
	ROW("column-default", BREAKS, PG, SAFE,
	    "action alter (?:column )?" C "(?:set default " ANY
	    "|drop default )",
	    "Changes what new rows get; the rows that exist keep theirs.",
	    NULL),
	ROW("set-not-null", DEPENDS, BOTH, WORST,
	    "action alter (?:column )?" C "set not null ",
	    "Fails if a row has no value in the column.",
	    "Fill the empty values first."),
	ROW("set-not-null-scan", BLOCKS, PG, NOTE,
	    "action alter (?:column )?" C "set not null ",
	    "Reads the whole table while everybody waits.",
	    "Add a CHECK (… IS NOT NULL) NOT VALID and validate it first; "
	    "then nothing is read."),
	ROW("drop-not-null", BREAKS, PG, NOTE,
	    "action alter (?:column )?" C "drop not null ",
	    "Programs may meet a NULL that they never saw before.",
	    "Check that every reader of the column can do with NULL."),
	ROW("column-storage", BREAKS, PG, SAFE,
	    "action alter (?:column )?" C
	    "(?:set (?:statistics (?:- )?[^; ]++ |storage " NAME
	    "|compression " NAME "|" GROUP ")|reset " GROUP ")",
	    "Changes how the column is stored or measured from now on.", NULL),
	ROW("column-identity", BREAKS, PG, SAFE,
	    "action alter (?:column )?" C
	    "(?:add generated (?:always|by default) as identity (?:" GROUP
	    ")?+|set generated (?:always|by default) )",
	    "Changes how new rows get their number.", NULL),
	ROW("drop-identity", BREAKS, PG, NOTE,
	    "action alter (?:column )?" C "drop (?:identity|expression) " IF,
	    "New rows no longer get this value by themselves.",
	    "Check that every writer gives one."),
	ROW("set-expression", DEPENDS, PG, WORST,
	    "action alter (?:column )?" C "set expression as " GROUP,
	    "Computes every value of the column anew and rewrites the table "
	    "while everybody waits; what was there is gone.",
	    "Add a generated column under another name, and exchange them "
	    "when nothing reads the old one."),
	ROW("restart-identity", LOSS, PG, WORST,
	    "action alter (?:column )?" C SOME "restart " ANY,
	    "The series of numbers starts again and may meet those that "
	    "exist.",
	    "Leave the series alone."),

	FACT("rewrite-column", DEPENDS, LITE, WORST, FACT_COPY,
	    "The rebuild puts an expression in the place of each value.",
	    "Check that the expression keeps what matters."),

	/* constraints */
	ROW("add-unique", DEPENDS, PG, WORST,
	    "action add (?:constraint " NAME ")?unique "
	    "(?:nulls (?:not )?distinct )?+" GROUP ANY,
	    "Fails if two rows have the same values.",
	    "Find the duplicates first; for a large table build the index "
	    "CONCURRENTLY and add it USING INDEX."),
	ROW("add-primary-key", DEPENDS, PG, WORST,
	    "action add (?:constraint " NAME ")?primary key (?:" GROUP
	    "|using index " NAME ")" ANY,
	    "Fails if two rows have the same key or one has none.",
	    "Find duplicates and empty keys first."),
	ROW("add-key-using-index", BLOCKS, PG, NOTE,
	    "action add (?:constraint " NAME
	    ")?(?:unique|primary key) using index " NAME ANY,
	    "Locks the table for a moment; the index exists already.", NULL),
	ROW("add-check", DEPENDS, BOTH, WORST,
	    "action add (?:constraint " NAME ")?check " GROUP "(?!" SOME
	    "not valid )" ANY,
	    "Fails if a row does not pass the check.",
	    "Find the rows first; for a large table add it NOT VALID, then "
	    "VALIDATE."),
	ROW("add-foreign-key", DEPENDS, PG, WORST,
	    "action add (?:constraint " NAME ")?foreign key " GROUP
	    "references " QUALIFIED "(?!" SOME "not valid )" ANY,
	    "Fails if a row refers to one that does not exist.",
	    "Find the orphans first; for a large table add it NOT VALID, "
	    "then VALIDATE."),
	ROW("add-exclusion", DEPENDS, PG, WORST,
	    "action add (?:constraint " NAME ")?exclude " ANY,
	    "Fails if two rows exclude each other.", "Find such rows first."),
	ROW("add-not-valid", BLOCKS, PG, NOTE,
	    "action add (?:constraint " NAME ")?(?:check " GROUP
	    "|foreign key " GROUP "references " QUALIFIED ")" SOME "not valid ",
	    "Locks the table for a moment and reads nothing; new rows must "
	    "comply.",
	    "Run VALIDATE CONSTRAINT in a transaction of its own."),
	ROW("validate-constraint", DEPENDS, PG, WORST,
	    "action validate constraint " NAME,
	    "Fails if a row does not comply.", "Find the rows first."),
	ROW("drop-constraint", LOSS, PG, WORST,
	    "action drop constraint " IF C CASCADE,
	    "Rows that break the constraint can come in from now on.",
	    "Keep it, or make sure that something else forbids such rows."),
	ROW("rename-constraint", BREAKS, PG, NOTE,
	    "action rename constraint " C "to " NAME,
	    "Programs that name the constraint (ON CONFLICT ON CONSTRAINT) "
	    "fail from now on.",
	    "Search the programs for the old name."),
	ROW("alter-constraint", BREAKS, PG, NOTE,
	    "action alter constraint " C
	    "(?:not |deferrable |initially |deferred |immediate )++",
	    "Violations are found at another moment than before.", NULL),

	/* triggers and rules of a table */
	ROW("disable-trigger", LOSS, PG, WORST,
	    "action (?:disable|enable replica) trigger " NAME,
	    "Triggers, among them those that keep foreign keys, no longer "
	    "run.",
	    "Leave them enabled."),
	ROW("enable-trigger", BREAKS, PG, NOTE,
	    "action enable (?:always )?+trigger " NAME,
	    "Every change of the table runs the trigger from now on.", NULL),
	ROW("row-security", ACCESS, PG, WORST,
	    "action (?:enable|disable|force|no force) row level security ",
	    "Changes which rows of the table each role can see.",
	    "Say that this is meant: --allow authorization."),
	ROW("change-owner", ACCESS, PG, WORST,
	    "(?:action owner to " NAME "|alter " SOME "owner to " NAME
	    "|reassign owned " ANY ")",
	    "Gives the object to another role, with all rights on it.",
	    "Say that this is meant: --allow authorization."),

	/* indexes */
	ROW("create-index", BREAKS, BOTH, SAFE,
	    "create index (?:concurrently )?" UNLESS "(?:" QUALIFIED ")?on "
	    "(?:only )?" T "(?:using " NAME ")?+" GROUP ANY,
	    "Creates an index; no row is touched.", NULL),
	ROW("create-index-locks", BLOCKS, PG, NOTE,
	    "create (?:unique )?+index (?!concurrently )" UNLESS "(?:" QUALIFIED
	    ")?on (?:only )?" T ANY,
	    "Nobody can write to the table while the index is built.",
	    "Use CREATE INDEX CONCURRENTLY outside a transaction."),
	ROW("create-unique-index", DEPENDS, BOTH, WORST,
	    "create unique index (?:concurrently )?" UNLESS "(?:" QUALIFIED
	    ")?on (?:only )?" T "(?:using " NAME ")?+" GROUP ANY,
	    "Fails if two rows have the same values.",
	    "Find the duplicates first."),
	ROW("drop-index", BLOCKS, BOTH, NOTE,
	    "drop index (?:concurrently )?" IF QUALIFIED "(?:, " QUALIFIED
	    ")*+(?:restrict )?+",
	    "Queries that used the index become slow, and a unique index no "
	    "longer forbids duplicates.",
	    "Check that nothing needs the index."),
	ROW("reindex", BLOCKS, BOTH, NOTE, "reindex " ANY,
	    "Nobody can write to the table while its indexes are built anew.",
	    "On PostgreSQL use REINDEX … CONCURRENTLY."),
	ROW("alter-index", BREAKS, PG, NOTE,
	    "alter index " IF T "(?:rename to " NAME "|set " GROUP
	    "|reset " GROUP "|attach partition " QUALIFIED
	    "|alter (?:column )?0 set statistics (?:- )?0 )",
	    "Changes the name or the settings of an index; no row is touched.",
	    NULL),

	{ "concurrently-in-transaction", BREAKS, PG, NOTE, FACT_TRANSACTION,
	    "(?:create|drop|reindex|refresh|action) " SOME "concurrently " ANY,
	    "CONCURRENTLY cannot run inside a transaction: this fails.",
	    "Run it by itself." },

	/* views */
	ROW("create-view", BREAKS, BOTH, SAFE,
	    "create (?:temp(?:orary)? )?+(?:recursive )?+view " UNLESS T
	    "(?:" GROUP ")?(?:with " GROUP ")?as " ANY,
	    "Creates a view; nothing that exists is touched.", NULL),
	ROW("replace-view", OPAQUE, PG, WORST,
	    "create or replace (?:temp(?:orary)? )?+(?:recursive )?+view " T
		ANY,
	    "Readers of the view get another query, and its text does not "
	    "show how it differs.",
	    "Compare it with the old query, then --allow opaque."),
	ROW("create-materialized-view", BREAKS, PG, SAFE,
	    "create materialized view " UNLESS T "(?:" GROUP ")?" SOME_QUIET
	    "as " QUIET,
	    "Creates a materialized view from a query that only reads.", NULL),
	ROW("drop-view", BREAKS, BOTH, NOTE,
	    "drop view " IF T "(?:, " QUALIFIED ")*+(?:restrict )?+",
	    "Programs that read the view fail from now on; no row is lost.",
	    "Check that nothing reads it."),
	ROW("drop-materialized-view", LOSS, PG, WORST,
	    "drop materialized view " IF T "(?:, " QUALIFIED ")*+" CASCADE,
	    "Drops the rows that the view keeps, which its query may no "
	    "longer give.",
	    "Make sure that they can be computed again."),
	ROW("refresh-materialized-view", BLOCKS, PG, NOTE,
	    "refresh materialized view " ANY,
	    "Computes the rows of the view anew while nobody can read it.",
	    "Use REFRESH MATERIALIZED VIEW CONCURRENTLY."),
	ROW("alter-view", BREAKS, PG, NOTE,
	    "alter (?:materialized )?+view " IF T "(?:rename to " NAME
	    "|rename (?:column )?" NAME "to " NAME "|set schema " NAME
	    "|alter (?:column )?" NAME "(?:set default " ANY
	    "|drop default )|cluster on " NAME ")",
	    "Programs that use the view as it was may fail from now on.",
	    "Deploy programs that know the change at the same moment."),
	ROW("view-options", ACCESS, PG, WORST,
	    "alter (?:materialized )?+view " IF T "(?:re)?set " GROUP,
	    "Options of a view, such as security_invoker, decide whose rights "
	    "apply.",
	    "Say that this is meant: --allow authorization."),

	/* triggers, functions, rules */
	ROW("create-trigger", BREAKS, LITE, SAFE,
	    "create (?:temp(?:orary)? )?+trigger " UNLESS T SOME
	    "on (?<c>" QUALIFIED ")" SOME "begin (?:[^ ]++ )*end ",
	    "Creates a trigger; it runs with later changes only.", NULL),
	ROW("create-trigger-locks", BLOCKS, PG, NOTE,
	    "create (?:constraint )?+trigger " NAME SOME
	    "execute (?:function|procedure) " QUALIFIED GROUP,
	    "Locks the table while the trigger is added; later changes of "
	    "the table run its function.",
	    NULL),
	ROW("replace-trigger", OPAQUE, PG, WORST,
	    "create or replace (?:constraint )?+trigger " ANY,
	    "Exchanges the code that runs with every change of the table.",
	    "Compare it with the old trigger, then --allow opaque."),
	ROW("drop-trigger", BREAKS, BOTH, NOTE,
	    "drop trigger " IF T "(?:on " QUALIFIED ")?+(?:restrict )?+",
	    "What the trigger kept in step or forbade is on its own from now "
	    "on; no row is lost.",
	    "Check what the trigger did."),
	ROW("rename-trigger", BREAKS, PG, NOTE,
	    "alter (?:trigger|rule) " NAME "on " QUALIFIED "rename to " NAME,
	    "Triggers and rules of one kind run in the order of their names.",
	    NULL),
	ROW("create-function", BREAKS, PG, SAFE,
	    "create (?:function|procedure) (?!" SOME
	    "security definer )" QUALIFIED GROUP BODY,
	    "Creates a function; nothing runs it yet.", NULL),
	ROW("replace-function", BREAKS, PG, NOTE,
	    "create or replace (?:function|procedure|aggregate) (?!" SOME
	    "security definer )" QUALIFIED GROUP BODY,
	    "Whatever calls the function runs the new code from now on.",
	    "Check who calls it."),
	ROW("security-definer", ACCESS, PG, WORST,
	    "(?:create (?:or replace )?|alter "
	    ")(?:function|procedure|routine) " SOME "security definer " BODY,
	    "The function runs with the rights of its owner, whoever calls "
	    "it.",
	    "Set search_path in it, and say that this is meant: --allow "
	    "authorization."),
	ROW("create-aggregate", BREAKS, PG, SAFE,
	    "create aggregate " T GROUP ANY,
	    "Creates an aggregate; nothing that exists is touched.", NULL),
	ROW("drop-function", BREAKS, PG, NOTE,
	    "drop (?:function|procedure|routine|aggregate) " IF QUALIFIED
	    "(?:" GROUP ")?+(?:, " QUALIFIED "(?:" GROUP
	    ")?+)*+(?:restrict )?+",
	    "Programs that call the function fail from now on.",
	    "Check that nothing calls it."),
	ROW("rename-function", BREAKS, PG, NOTE,
	    "alter (?:function|procedure|routine|aggregate) " QUALIFIED
	    "(?:" GROUP ")?+(?:rename to|set schema) " NAME,
	    "Programs that call the function by its old name fail from now "
	    "on.",
	    "Deploy programs that know the new name at the same moment."),
	ROW("alter-function", BREAKS, PG, WORST,
	    "alter (?:function|procedure|routine|aggregate) " QUALIFIED
	    "(?:" GROUP ")?+(?!rename |set schema |owner |" SOME
	    "(?:security definer|depends on) )" ANY,
	    "Changes when and how calls run, which indexes and other queries "
	    "may rely on.",
	    "Check what calls it, then --allow compatibility."),
	ROW("create-rule", OPAQUE, PG, WORST,
	    "create (?:or replace )?+rule " ANY,
	    "A rule turns statements on the table into others, even a read "
	    "into a write.",
	    "Use a trigger, whose effect can be seen."),
	ROW("drop-rule", BREAKS, PG, WORST,
	    "drop rule " IF NAME "on " T CASCADE,
	    "What the rule did instead of a statement, or beside it, no longer "
	    "happens.",
	    "Look at what it does, then --allow compatibility."),

	/* types */
	ROW("create-type", BREAKS, PG, SAFE,
	    "create type " T "(?:as (?:enum |range )?+)?+(?:" GROUP ")?+",
	    "Creates a type; nothing uses it yet.", NULL),
	ROW("add-enum-value", BREAKS, PG, SAFE,
	    "alter type " T "add value " UNLESS "' ",
	    "Adds a value at the end of an enum type.", NULL),
	ROW("insert-enum-value", BREAKS, PG, NOTE,
	    "alter type " T "add value " UNLESS "' (?:before|after) ' ",
	    "Values sort in a new order, which programs may rely on.",
	    "Add the value at the end unless the order matters."),
	ROW("rename-enum-value", BREAKS, PG, NOTE,
	    "alter type " T "rename value ' to ' ",
	    "Programs that write or expect the old value fail from now on.",
	    "Deploy programs that know the new value at the same moment."),
	ROW("rename-type", BREAKS, PG, NOTE,
	    "alter (?:type|domain) " T "(?:rename to|set schema) " NAME,
	    "Programs that name the type fail from now on.",
	    "Deploy programs that know the new name at the same moment."),
	ROW("type-options", BREAKS, PG, WORST, "alter type " T "set " GROUP,
	    "Changes the functions with which stored values are read.",
	    "Look at the functions, then --allow compatibility."),
	ROW("change-composite", LOSS, PG, WORST,
	    "alter type " T "(?:drop|alter) attribute " ANY,
	    "Changes what every stored value of the type holds.",
	    "Make a new type and copy the values."),
	ROW("grow-composite", BREAKS, PG, NOTE,
	    "alter type " T "(?:add attribute " C QUIET
	    "|rename attribute " NAME "to " NAME CASCADE ")",
	    "Programs that read whole values of the type see another shape.",
	    NULL),
	ROW("drop-type", BREAKS, PG, NOTE,
	    "drop (?:type|domain|collation) " IF T "(?:, " QUALIFIED
	    ")*+(?:restrict )?+",
	    "Fails while a column has the type; programs that name it fail "
	    "from now on.",
	    NULL),
	ROW("create-domain", BREAKS, PG, SAFE, "create domain " T ANY,
	    "Creates a domain; nothing uses it yet.", NULL),
	ROW("create-collation", BREAKS, PG, SAFE,
	    "create collation " UNLESS T ANY,
	    "Creates a collation; nothing uses it yet.", NULL),
	ROW("constrain-domain", DEPENDS, PG, WORST,
	    "alter domain " T "(?:add (?!" SOME "not valid )" ANY
	    "|set not null |validate constraint " NAME ")",
	    "Fails if a stored value of the domain does not comply.",
	    "Find the values first."),
	ROW("alter-domain", BREAKS, PG, NOTE,
	    "alter domain " T "(?:add " SOME "not valid |drop not null "
	    "|set default " ANY "|drop default |rename constraint " NAME
	    "to " NAME ")",
	    "Changes what columns of the domain take from now on.", NULL),
	ROW("loosen-domain", LOSS, PG, WORST,
	    "alter domain " T "drop constraint " ANY,
	    "Values that break the constraint can come in from now on.",
	    "Keep it, or make sure that something else forbids them."),

	/* schemas, sequences, extensions, databases */
	ROW("create-schema", BREAKS, PG, SAFE,
	    "create schema (?:" UNLESS NAME ")",
	    "Creates a schema; nothing that exists is touched.", NULL),
	ROW("create-schema-parts", OPAQUE, PG, WORST,
	    "create schema " SOME "(?:authorization|create|grant) " ANY,
	    "Makes a schema for another role, or with things in it that are "
	    "not judged here.",
	    "Write CREATE SCHEMA, and each of the others, by itself."),
	ROW("rename-schema", BREAKS, PG, NOTE,
	    "alter schema " NAME "rename to " NAME,
	    "Programs that name the schema fail from now on.",
	    "Deploy programs that know the new name at the same moment."),
	ROW("drop-schema", LOSS, PG, WORST, "drop schema " ANY,
	    "Drops the schema, and with CASCADE every table in it.",
	    "Drop what it holds by name first."),
	ROW("drop-database", LOSS, PG, WORST, "drop database " ANY,
	    "Drops the whole database.", "Do this by hand, with a backup."),
	ROW("create-sequence", BREAKS, PG, SAFE,
	    "create (?:temp(?:orary)? |unlogged )?+sequence " UNLESS T ANY,
	    "Creates a sequence; nothing that exists is touched.", NULL),
	ROW("restart-sequence", LOSS, PG, WORST,
	    "alter sequence " IF T SOME "restart " ANY,
	    "The series of numbers starts again and may meet those that "
	    "exist.",
	    "Leave the series alone."),
	ROW("alter-sequence", BREAKS, PG, NOTE,
	    "alter sequence " IF T "(?!" SOME "(?:restart|owner|logged"
	    "|unlogged) )(?:as|increment|minvalue|maxvalue|no|start|cache"
	    "|cycle|owned|rename|set) " ANY,
	    "Changes which numbers come next.", NULL),
	ROW("drop-sequence", LOSS, PG, WORST, "drop sequence " ANY,
	    "The number that the series had reached is lost.",
	    "Keep the sequence, or note its value."),
	ROW("create-extension", OPAQUE, PG, NOTE,
	    "create extension " UNLESS NAME ANY,
	    "Installs the code of an extension, with its rights.",
	    "Install only what you trust."),
	ROW("update-extension", BREAKS, PG, NOTE,
	    "alter extension " NAME "update " ANY,
	    "Another version of the extension may behave differently.",
	    "Read its release notes."),
	ROW("extension-members", BREAKS, PG, WORST,
	    "alter extension " NAME "(?:add|drop|set schema) " ANY,
	    "Changes what belongs to the extension, and goes with it, or where "
	    "it is found.",
	    "Leave this to the extension, or --allow compatibility."),
	ROW("depends-on-extension", LOSS, PG, WORST,
	    "alter (?:function|procedure|routine|trigger|index"
	    "|materialized view) " SOME "depends on extension " NAME,
	    "Goes when the extension goes, or no longer does.",
	    "Leave it as it is."),
	ROW("drop-extension", LOSS, PG, WORST, "drop extension " ANY,
	    "Drops the extension's own tables, and with CASCADE every column "
	    "of its types.",
	    "Drop what uses it by name first."),
	ROW("drop-cascade", LOSS, PG, WORST,
	    "(?:action drop constraint " SOME
	    "cascade |drop (?!table |foreign table |schema |sequence "
	    "|extension "
	    "|materialized view |owned )" SOME "cascade )",
	    "CASCADE also drops whatever depends on it, columns and views "
	    "included.",
	    "Leave CASCADE out and drop what depends on it by name."),
	ROW("change-text-search", BREAKS, PG, NOTE,
	    "(?:drop|alter) text search (?:dictionary|configuration|parser"
	    "|template) " ANY,
	    "Words are read in another way from now on; what was indexed "
	    "before stays as it is.",
	    "Build the indexes and columns that use it anew."),
	ROW("create-statistics", BREAKS, PG, SAFE,
	    "(?:create statistics " ANY "|create text search (?:dictionary"
	    "|configuration|parser|template) " ANY "|drop statistics " ANY
	    "|alter statistics " T "(?:rename to " NAME "|set schema " NAME
	    "|set statistics (?:- )?0 ))",
	    "Changes how queries are planned or text is searched, not what "
	    "is stored.",
	    NULL),
	ROW("comment", BREAKS, PG, SAFE, "comment on " SOME "is (?:'|null) ",
	    "Changes a comment.", NULL),

	/* rows */
	ROW("delete", LOSS, BOTH, WORST, WITH "delete from " ANY,
	    "Deletes rows.",
	    "Keep rows out of migrations, or save them first."),
	ROW("update", LOSS, BOTH, WORST,
	    WITH "update (?:or " NAME ")?(?:only )?" T ANY,
	    "Overwrites values that rows have.",
	    "Fill a new column instead, or save the old values first."),
	ROW("merge", LOSS, PG, WORST, WITH "merge into " ANY,
	    "Overwrites or deletes rows.",
	    "Insert new rows only, or save the old ones first."),
	ROW("insert", BREAKS, BOTH, SAFE,
	    "(?!" SOME "do update )(?:with " SOME_QUIET
	    ")?insert (?:or (?:abort|fail|ignore) )?+into " T QUIET,
	    "Adds rows; those that exist keep what they have.", NULL),
	ROW("insert-overwrites", LOSS, BOTH, WORST,
	    WITH "insert " SOME "do update " ANY,
	    "Overwrites values of rows that exist already.",
	    "Use ON CONFLICT DO NOTHING, or save the old values first."),
	ROW("replace", LOSS, LITE, WORST,
	    WITH "(?:insert or replace|replace) into " T ANY,
	    "Deletes rows with the same key before it inserts.",
	    "Use INSERT … ON CONFLICT DO NOTHING."),
	ROW("copy", OPAQUE, PG, WORST, "copy " ANY,
	    "COPY reads or writes files, can run a program, and is followed "
	    "by data that is no SQL.",
	    "Load data outside of migrations."),
	ROW("select", BREAKS, BOTH, SAFE,
	    "(?!with " SOME "(?:delete|insert|update|merge|replace into) )"
	    "(?!" SOME "into )(?:select|values|with|table) " QUIET,
	    "Only reads.", NULL),
	ROW("lock-rows", BLOCKS, PG, NOTE,
	    "(?:select|with) " SOME
	    "for (?:no key update|update|share|key share) " ANY,
	    "Others cannot change these rows until the transaction ends.",
	    NULL),
	ROW("calls-function", OPAQUE, BOTH, WORST,
	    "(?:select|values|with|insert|table|" QUERY_INTO ") " SOME
	    "\\(f\\) " ANY,
	    "Runs a function that the sentinel does not know, which can do "
	    "anything.",
	    "Look at the function, then --allow opaque."),
	ROW("change-in-query", LOSS, BOTH, WORST,
	    "(?:select|values|with|insert|table|" QUERY_INTO ") " SOME
	    "\\(d\\) " ANY,
	    "A part of the query in parentheses changes or deletes rows.",
	    "Write the change as a statement of its own, so that it can be "
	    "seen."),
	/* code */
	ROW("run-code", OPAQUE, PG, WORST,
	    "(?:do |call |execute |prepare (?!transaction ')|load |import "
	    "|declare "
	    "|fetch |move )" ANY,
	    "Runs code that the sentinel does not read, which can do "
	    "anything.",
	    "Write the statements themselves."),
	ROW("explain", BREAKS, BOTH, SAFE,
	    "explain (?!analy[sz]e |verbose |\\()" BODY,
	    "Shows how a statement would run, and does not run it.", NULL),
	ROW("explain-analyze", OPAQUE, PG, WORST,
	    "explain (?:analy[sz]e |verbose |\\()" ANY,
	    "EXPLAIN ANALYZE runs the statement.",
	    "Use EXPLAIN without options."),

	/* who may do what */
	ROW("grant", ACCESS, PG, WORST, "(?:grant|revoke) " ANY,
	    "Changes who may see or do what.",
	    "Say that this is meant: --allow authorization."),
	ROW("policy", ACCESS, PG, WORST, "(?:create|alter|drop) policy " ANY,
	    "Changes which rows each role can see or write.",
	    "Say that this is meant: --allow authorization."),
	ROW("role", ACCESS, PG, WORST,
	    "(?:create|alter|drop) (?:role|user|group) " ANY,
	    "Changes who can connect, and with which rights.",
	    "Say that this is meant: --allow authorization."),
	ROW("default-privileges", ACCESS, PG, WORST,
	    "alter default privileges " ANY,
	    "Changes who may use what is created from now on.",
	    "Say that this is meant: --allow authorization."),
	ROW("drop-owned", LOSS, PG, WORST, "drop owned " ANY,
	    "Drops everything that a role owns.", "Name the objects."),
	ROW("become-role", ACCESS, PG, WORST,
	    "(?:set|reset) (?:session |local )?+(?:role |session "
	    "authorization |authorization )" ANY,
	    "What follows runs with the rights of another role.",
	    "Connect as that role, or name it in CONFIG(.role)."),
	ROW("security-label", ACCESS, PG, WORST, "security label " ANY,
	    "Changes what a security module lets through.",
	    "Say that this is meant: --allow authorization."),

	/* the session */
	ROW("transaction", BREAKS, BOTH, SAFE,
	    "(?:begin|start transaction|commit|end|rollback|abort|savepoint"
	    "|release) (?!prepared )(?:(?:work|transaction|deferred|immediate"
	    "|exclusive|isolation|level|serializable|repeatable|read"
	    "|committed|uncommitted|write|only|not|deferrable|and|no|chain|,"
	    ") )*+(?:(?:to )?+(?:savepoint )?+" NAME ")?+",
	    "Begins or ends a transaction.", NULL),
	ROW("setting", BREAKS, PG, SAFE, SETTING,
	    "Changes or shows a setting of the session that touches no rows.",
	    NULL),
	ROW("other-setting", OPAQUE, PG, WORST,
	    "(?!" SETTING "\\z)(?:set|reset) (?!(?:session |local )?+(?:role "
	    "|session authorization |authorization |session_replication_role "
	    "))" ANY,
	    "Changes a setting that can decide what statements mean, or whom "
	    "they reach.",
	    "Look at what it does, then --allow opaque."),
	ROW("session-replication-role", LOSS, PG, WORST,
	    "set (?:session |local )?+session_replication_role " ANY,
	    "Switches off triggers and foreign keys for what follows.",
	    "Leave it at its default."),
	ROW("lock-table", BLOCKS, PG, NOTE, "lock " ANY,
	    "Others wait until the transaction ends.",
	    "Take locks late and keep them short; set lock_timeout."),
	ROW("vacuum", BLOCKS, BOTH, NOTE,
	    "(?:vacuum (?!(?:main |temp |" NAME ")?into )|cluster )" ANY,
	    "Rewrites or cleans tables; with FULL everybody waits.",
	    "Do it when nobody needs the table."),
	ROW("vacuum-into", OPAQUE, LITE, WORST, "vacuum " SOME "into " ANY,
	    "Writes a copy of the database to another file.",
	    "Make backups outside of migrations."),
	ROW("analyze", BREAKS, BOTH, SAFE, "analy[sz]e " ANY,
	    "Measures tables for the planner.", NULL),
	ROW("checkpoint", BLOCKS, PG, NOTE, "checkpoint ",
	    "Writes all that is changed to the disk, while others wait for it.",
	    "Leave it to the server."),
	ROW("forget-plans", BREAKS, PG, SAFE,
	    "(?:close (?:" NAME "|all )|deallocate (?:prepare )?+(?:" NAME
	    "|all )|discard (?:plans|sequences) |listen " NAME
	    "|unlisten (?:" NAME "|\\* ))",
	    "Forgets, or waits for, something of this session alone.", NULL),
	ROW("notify", BREAKS, PG, NOTE, "notify " NAME "(?:, ' )?+",
	    "Whoever listens will act on it.", "Check who listens."),
	ROW("discard", LOSS, PG, WORST, "discard (?:all|temp|temporary) ",
	    "Drops the temporary tables of the session, and with ALL forgets "
	    "its settings.",
	    "Drop by name what is meant."),
	ROW("two-phase", LOSS, PG, WORST,
	    "(?:(?:commit|rollback) prepared '|prepare transaction ') ",
	    "Ends, throws away or leaves open a transaction that others "
	    "prepared.",
	    "Do this by hand."),

	/* the server, and what it is connected with */
	ROW("server-wide", BREAKS, PG, WORST,
	    "(?:create database|(?:create|alter|drop) tablespace"
	    "|alter (?:system|database)) " ANY,
	    "Reaches beyond this database, or changes it for every session to "
	    "come.",
	    "Do this by hand, or --allow compatibility."),
	ROW("replication", BREAKS, PG, WORST,
	    "(?:create|alter|drop) (?:publication|subscription) " ANY,
	    "Changes which rows go to other servers, or come from them.",
	    "Check both sides, then --allow compatibility."),
	ROW("foreign-data", ACCESS, PG, WORST,
	    "(?:(?:create|alter|drop) (?:foreign data wrapper|server) " ANY
	    "|action options " GROUP ")",
	    "Changes which other database is asked, and as whom.",
	    "Say that this is meant: --allow authorization."),
	ROW("event-trigger", OPAQUE, PG, WORST,
	    "(?:create|alter|drop) event trigger " ANY,
	    "Changes which code runs with every statement that changes the "
	    "schema.",
	    "Look at the function, then --allow opaque."),
	ROW("change-meaning", OPAQUE, PG, WORST,
	    "(?:create |alter |drop )(?:cast|conversion|operator"
	    "|access method|transform|(?:or replace )?(?:trusted )?"
	    "(?:procedural )?language|or replace transform) " ANY,
	    "Changes what operators, casts or languages mean, or adds to them, "
	    "for every query.",
	    "Look at what uses it, then --allow opaque."),
	ROW("alter-collation", BREAKS, PG, WORST,
	    "alter collation " T "(?:refresh version |rename to " NAME
	    "|set schema " NAME ")",
	    "Indexes that were built with the old collation may be wrong.",
	    "Build them anew first, then --allow compatibility."),

	/* SQLite's own */
	ROW("foreign-keys-off", DEPENDS, LITE, WORST,
	    "pragma (?:" NAME "\\. )?foreign_keys (?:= |\\()(?!on |true |yes "
	    "|1 )" ANY,
	    "Foreign keys are not kept while they are off.",
	    "deesse does this itself where it rebuilds a table."),
	ROW("pragma", BREAKS, LITE, SAFE,
	    "pragma (?:" NAME "\\. )?+(?:foreign_keys (?:= (?:on|true|yes) )?+"
	    "|(?:table_info|table_xinfo|table_list|index_list|index_info"
	    "|index_xinfo|foreign_key_list|foreign_key_check|integrity_check"
	    "|quick_check|database_list|collation_list|compile_options"
	    "|function_list|pragma_list|module_list) (?:" GROUP "|= [^; ]++ "
	    ")?+|(?:user_version|application_id|schema_version|encoding"
	    "|journal_mode|page_size|page_count|freelist_count|auto_vacuum"
	    "|data_version|synchronous|locking_mode) "
	    "|(?:busy_timeout|cache_size|temp_store|mmap_size|optimize"
	    "|defer_foreign_keys|wal_checkpoint|analysis_limit) "
	    "(?:" GROUP "|= (?:- )?[^; ]++ )?+)",
	    "Reads the schema or tunes the connection.", NULL),
	ROW("pragma-write", OPAQUE, LITE, WORST,
	    "pragma (?:" NAME "\\. )?+(?:writable_schema|schema_version"
	    "|user_version|application_id|encoding|journal_mode|page_size"
	    "|auto_vacuum|synchronous|locking_mode|legacy_alter_table"
	    "|trusted_schema|ignore_check_constraints|recursive_triggers"
	    "|cell_size_check|secure_delete|reverse_unordered_selects"
	    "|legacy_file_format|incremental_vacuum|temp_store_directory"
	    "|data_store_directory|key|rekey|hexkey|hexrekey) (?:=|\\() ?" ANY,
	    "Changes how the database file is kept or what its schema means.",
	    "Do this by hand, with a backup."),
	ROW("attach", OPAQUE, LITE, WORST, "(?:attach|detach) " ANY,
	    "Opens or closes another database file, where names then mean "
	    "other tables.",
	    "Work in one file."),

	/* what is wrong after what came before: see order.c */
	{ "missing-lock-timeout", BLOCKS, PG, NOTE, FACT_WAITS,
	    "(?:action (?!" SOME "concurrently )|truncate |lock |cluster "
	    "|(?:drop |create (?:unique )?)index (?!concurrently )"
	    "|create (?:or replace )?(?:constraint )?trigger "
	    "|drop (?:foreign )?(?:table|trigger|materialized view|view) "
	    "|vacuum " SOME "full |(?:reindex|refresh) (?!" SOME
	    "concurrently ))" ANY,
	    "Nothing limits how long this waits for its lock, and everybody "
	    "else waits behind it.",
	    "SET lock_timeout = '2s' first, and try again when it fails." },
	FACT("validate-in-transaction", BLOCKS, PG, NOTE, FACT_ORDER,
	    "Reads the whole table under the lock that ADD … NOT VALID took "
	    "in the same transaction.",
	    "Commit first; VALIDATE needs a weaker lock of its own."),
	FACT("missing-analyze", BLOCKS, PG, NOTE, FACT_ORDER,
	    "The type of a column was changed, and with it went the "
	    "statistics: queries may be slow until the table is analyzed.",
	    "ANALYZE the table at the end."),
	FACT("nested-transaction", BREAKS, BOTH, NOTE, FACT_ORDER,
	    "A transaction is open already: SQLite refuses this, PostgreSQL "
	    "ignores it, and the next COMMIT ends the outer one.",
	    "Leave it out, or tell the tool that runs this not to begin one."),
	FACT("ends-outer-transaction", BREAKS, BOTH, NOTE, FACT_ORDER,
	    "Ends the transaction of the tool that runs this; what follows "
	    "cannot be rolled back.",
	    "Leave it out."),
	FACT("uncommitted-transaction", BREAKS, BOTH, NOTE, FACT_ORDER,
	    "The text ends in a transaction that it began: what it did is "
	    "rolled back, or stays open.",
	    "End it with COMMIT."),
	FACT("enum-value-in-transaction", BREAKS, PG, NOTE, FACT_ORDER,
	    "A value that was added to an enum type cannot be used before its "
	    "transaction ends: this fails.",
	    "Commit between the two, or make them two migrations."),
	FACT("assigned-twice", BREAKS, BOTH, NOTE, FACT_ORDER,
	    "Sets a column twice: PostgreSQL refuses that, SQLite takes the "
	    "last.",
	    "Keep one of the two."),

	/* what the engine says, where it was asked: `check --schema` */
	FACT("fails-on-schema", BREAKS, BOTH, NOTE, FACT_ORDER,
	    "It does not run on this schema.",
	    "Check that the schema is the one that it will meet."),

	/* what will be regretted, for those who ask: see style.c */
	FACT("prefer-jsonb", STYLE, PG, NOTE, FACT_STYLE,
	    "json keeps the text as it came, cannot be compared, and is read "
	    "again by every query.",
	    "Use jsonb."),
	FACT("char-type", STYLE, PG, NOTE, FACT_STYLE,
	    "char(n) pads with spaces, and comparisons then ignore them.",
	    "Use text, with a CHECK on its length."),
	FACT("varchar-limit", STYLE, PG, NOTE, FACT_STYLE,
	    "A limit inside the type is hard to change.",
	    "Use text, with a CHECK on its length."),
	FACT("prefer-identity", STYLE, PG, NOTE, FACT_STYLE,
	    "serial makes a sequence with an owner and rights of its own.",
	    "Use GENERATED BY DEFAULT AS IDENTITY."),
	FACT("small-key", STYLE, PG, NOTE, FACT_STYLE,
	    "The key runs out of numbers at two thousand million rows or "
	    "before, and a change of its type rewrites the table.",
	    "Use bigint."),
	FACT("prefer-timestamptz", STYLE, PG, NOTE, FACT_STYLE,
	    "timestamp forgets the time zone, so nobody knows which moment it "
	    "means.",
	    "Use timestamp with time zone."),
	FACT("wide-index", STYLE, BOTH, NOTE, FACT_STYLE,
	    "An index of more than three columns costs every write, and few "
	    "queries use its last ones.",
	    "Index the columns that find the rows; INCLUDE the others."),
	FACT("column-order", STYLE, PG, NOTE, FACT_STYLE,
	    "In this order the columns waste at least 8 bytes a row, because "
	    "wide types begin at multiples of their size.",
	    "Put the wide ones of fixed length first."),
	FACT("odd-name", STYLE, BOTH, NOTE, FACT_STYLE,
	    "The name works between quotes only, in every query to come.",
	    "Use small letters, digits and underscores, and no reserved "
	    "word."),
	FACT("unqualified-name", STYLE, PG, NOTE, FACT_STYLE,
	    "Other names here say their schema; where this one goes, "
	    "search_path decides.",
	    "Write schema.name."),
};

const size_t sentinel_rules_n =
    sizeof(sentinel_rules) / sizeof(*sentinel_rules);
