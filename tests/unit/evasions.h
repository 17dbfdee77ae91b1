/* evasions.h - texts that fool a search for words, and texts that fool it the
 * other way round. Included by sentinel.c alone.
 */

struct judged_text {
	enum dialect d;
	const char *text;
};

#define SAFE_TABLE "CREATE TABLE made (a int);"

static const struct judged_text evasions[] = {
	/* a note on where a statement stands knows nothing of what it is */
	{ PG, "BEGIN; DROP PUBLICATION concurrently; COMMIT" },
	{ PG, "BEGIN; ALTER TABLE t FROBNICATE CONCURRENTLY c" },
	{ PG, "BEGIN; CREATE SUBSCRIPTION concurrently CONNECTION '' "
	      "PUBLICATION p" },

	/* comments and white space between words */
	{ PG, "DROP/**/TABLE t" },
	{ PG, "DROP/*a/*b*/c*/TABLE t" },
	{ PG, "DROP--\nTABLE t" },
	{ PG, "DROP--x\rTABLE t" },
	{ PG, "-- x\rDROP TABLE t" },
	{ PG, "DROP\f\v\tTABLE\r\nt" },
	{ PG, "/* /* */ DROP TABLE t -- */\n*/ DROP TABLE t" },
	{ PG, "/*/**/*/DROP TABLE t" },
	{ PG, SAFE_TABLE "/* ' */ DROP TABLE t -- '" },
	{ PG, SAFE_TABLE "-- '\nDROP TABLE t -- '" },
	{ LITE, "DROP/**/TABLE t" },
	{ LITE, "DROP/*/*/TABLE t" },
	{ LITE, "/* /* */ DROP TABLE t" },
	{ LITE, "--x\nDROP TABLE t" },
	{ LITE, "/* x */ DROP TABLE t /* open" },
	{ LITE, "\xef\xbb\xbf"
		"DROP TABLE t" },
	{ PG, "\xef\xbb\xbf"
	      "DROP TABLE t" },
	{ PG, SAFE_TABLE "\xef\xbb\xbf"
			 "DROP TABLE t" },
	{ PG, "dRoP tAbLe t" },
	{ PG, ";;; DROP TABLE t" },

	/* where a string ends */
	{ PG, "CREATE TABLE a (b text DEFAULT 'x\\'); DROP TABLE t; --')" },
	{ PG, "CREATE TABLE a (b text DEFAULT E'x\\\\'); DROP TABLE t; --')" },
	{ PG, "SELECT E'\\''; DROP TABLE t; --'" },
	{ PG, "SELECT 'a''b'; DROP TABLE t" },
	{ PG, "SELECT ''; DROP TABLE t; SELECT ''" },
	{ PG, "SELECT 'a'\n'b'; DROP TABLE t" },
	{ PG, "SELECT E'a'\n'\\''; DROP TABLE t; --'" },
	{ PG, "SELECT U&'\\'; DROP TABLE t; --'" },
	{ PG, "SELECT B'0''1'; DROP TABLE t" },
	{ PG, "SELECT N'x'; DROP TABLE t" },
	{ PG, "SELECT \"a\"\"b\"; DROP TABLE t" },
	{ PG, "SELECT \"'\"; DROP TABLE t; SELECT \"'\"" },
	{ PG, "SELECT 'open; DROP TABLE t" },
	{ PG, "SELECT \"open; DROP TABLE t" },
	{ PG, "CREATE TABLE a (b int) /* open" },
	{ LITE, "SELECT 'x\\'; DROP TABLE t; --'" },
	{ LITE, "SELECT [']; DROP TABLE t; SELECT [']" },
	{ LITE, "SELECT `'`; DROP TABLE t; SELECT `'`" },
	{ LITE, "SELECT \"'\"; DROP TABLE t; SELECT \"'\"" },
	{ LITE, "SELECT x'41'; DROP TABLE t" },
	{ LITE, "SELECT [a[b]; DROP TABLE t; --]" },
	{ LITE, "SELECT 'open; DROP TABLE t" },

	/* dollar quotes are PostgreSQL's */
	{ PG, "SELECT $$'$$; DROP TABLE t; SELECT $$'$$" },
	{ PG, "SELECT $a$ $b$ $a$; DROP TABLE t; --$b$" },
	{ PG, "SELECT $a$ $A$ $a$; DROP TABLE t" },
	{ PG, "SELECT a$$b$$; DROP TABLE t; --" },
	{ PG, "SELECT $$open; DROP TABLE t" },
	{ LITE, "SELECT $$; DROP TABLE t; SELECT $$" },
	{ LITE, "SELECT $a$; DROP TABLE t; SELECT $a$" },
	{ LITE, "SELECT $a(;x); DROP TABLE t" },

	/* operators that hold a comment */
	{ PG, "SELECT 1 */*x*/ 2; DROP TABLE t" },
	{ PG, "SELECT 1 <--x\n 2; DROP TABLE t" },
	{ PG, "SELECT 1 @/* */ 2; DROP TABLE t" },
	{ LITE, "SELECT 1 -/**/- 2; DROP TABLE t" },

	/* bodies that are none, and semicolons inside what is one */
	{ PG, "CREATE FUNCTION begin() RETURNS int LANGUAGE sql AS 'select "
	      "1'; DROP TABLE t; END;" },
	{ PG, "CREATE FUNCTION f(begin atomic) RETURNS int AS 'x' LANGUAGE sql;"
	      " DROP TABLE t; END" },
	{ PG, "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END; "
	      "DROP TABLE t" },
	{ PG, "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1 AS case; "
	      "END; DROP TABLE t; END" },
	{ PG, "CREATE TABLE a (b int; DROP TABLE t; --)" },
	{ PG, "CREATE RULE r AS ON INSERT TO a DO (DELETE FROM t; SELECT 1)" },
	{ LITE, "CREATE TRIGGER x AFTER INSERT ON a BEGIN SELECT 1; END; DROP "
		"TABLE t" },
	{ LITE, "CREATE TRIGGER x AFTER INSERT ON a BEGIN SELECT CASE 1 WHEN "
		"1 THEN 2 END; END; DROP TABLE t; END" },
	{ LITE, "CREATE TRIGGER x AFTER INSERT ON a; DROP TABLE t; END" },
	{ LITE, "CREATE VIEW trigger AS SELECT 1; DROP TABLE t; END" },
	{ LITE, "CREATE TABLE a (b; DROP TABLE t; --)" },
	{ LITE, "BEGIN; DROP TABLE t; END" },

	/* names that are words */
	{ PG, "ALTER TABLE \"add\" DROP \"column\"" },
	{ PG, "ALTER TABLE a DROP c" },
	{ PG, "ALTER TABLE a DROP IF EXISTS c" },
	{ PG, "ALTER TABLE a ADD b int, DROP c" },
	{ PG, "ALTER TABLE a ADD b text DEFAULT 'x, y', DROP c" },
	{ PG, "ALTER TABLE a ADD b int[] DEFAULT ARRAY[1, 2], DROP c" },
	{ PG, "ALTER TABLE a ADD b numeric(1, 2), DROP c, ADD d int" },
	{ PG, "ALTER TABLE a ALTER b SET DEFAULT 1, ALTER b TYPE int2" },
	{ PG, "ALTER TABLE IF EXISTS ONLY a.b * DROP c" },
	{ PG, "ALTER TABLE a RENAME b TO c; ALTER TABLE a DROP c" },
	{ LITE, "ALTER TABLE a DROP \"b\"" },
	{ LITE, "ALTER TABLE [a] DROP [b]" },
	{ LITE, "DROP TABLE 't'" },
	{ LITE, "DROP TABLE main.[t]" },
	{ PG, "DROP TABLE U&\"\\0074\"" },
	{ PG, "CREATE TABLE U&\"!0074\" UESCAPE '!' (a int)" },

	/* rows that go without DROP */
	{ PG, "TRUNCATE ONLY a" },
	{ PG, "WITH x AS (DELETE FROM a RETURNING 1) SELECT * FROM x" },
	{ PG, "WITH x AS MATERIALIZED (DELETE FROM a RETURNING 1) TABLE x" },
	{ PG, "WITH x(b) AS (UPDATE a SET b = 1 RETURNING b) SELECT 1" },
	{ PG, "WITH x AS (SELECT 1) DELETE FROM a" },
	{ PG, "WITH x AS (SELECT 1), y AS (DELETE FROM a) INSERT INTO b TABLE "
	      "x" },
	{ PG, "SELECT (SELECT 1 FROM (WITH x AS (/**/ DELETE FROM a RETURNING "
	      "1) SELECT 1) y)" },
	{ PG, "CREATE TABLE b AS WITH x AS (DELETE FROM a RETURNING *) TABLE "
	      "x" },
	{ PG,
	    "WITH x AS (WITH y AS (SELECT 1) DELETE FROM a RETURNING 1) TABLE "
	    "x" },
	{ PG, "WITH x AS (WITH RECURSIVE y AS (SELECT 1 UNION SELECT 2) SEARCH "
	      "DEPTH FIRST BY b SET c DELETE FROM a RETURNING 1) TABLE x" },
	{ PG, "MERGE INTO a USING b ON true WHEN MATCHED THEN DELETE" },
	{ PG, "INSERT INTO a VALUES (1) ON CONFLICT (b) DO UPDATE SET c = 1" },
	{ LITE, "INSERT OR REPLACE INTO a VALUES (1)" },
	{ LITE, "REPLACE INTO a VALUES (1)" },
	{ LITE, "UPDATE OR REPLACE a SET b = 1" },
	{ LITE, "WITH x AS (SELECT 1) REPLACE INTO a SELECT * FROM x" },

	/* code */
	{ PG, "DO 'BEGIN EXECUTE ''DR'' || ''OP TABLE t''; END'" },
	{ PG, "CALL p()" },
	{ PG, "EXECUTE q" },
	{ PG, "SELECT f()" },
	{ PG, "SELECT * FROM f()" },
	{ PG, "SELECT 1 WHERE f(1)" },
	{ PG, "SELECT public.lower('x')" },
	{ PG, "SELECT \"lower\"('x')" },
	{ PG, "SELECT lower(f(1))" },
	{ PG, "SELECT query_to_xml('delete from a returning 1', true, true, "
	      "'')" },
	{ PG, "SELECT dblink_exec('', 'DROP TABLE t')" },
	{ PG, "SELECT lo_unlink(1)" },
	{ PG, "SELECT setval('s', 1)" },
	{ PG, "SELECT pg_terminate_backend(1)" },
	{ PG, "SELECT f() INTO b" },
	{ PG, "INSERT INTO a SELECT f()" },
	{ PG, "VALUES (f())" },
	{ PG, "CREATE TABLE b AS SELECT f()" },
	{ PG, "CREATE TABLE b (c) AS SELECT f()" },
	{ PG, "CREATE TABLE b AS EXECUTE q" },
	{ PG, "CREATE TABLE IF NOT EXISTS b AS EXECUTE q" },
	{ PG, "CREATE TABLE IF NOT EXISTS b AS SELECT f()" },
	{ PG, "CREATE TEMP TABLE IF NOT EXISTS b (c) AS EXECUTE q" },
	{ PG, "ALTER TABLE a ADD PRIMARY KEY USING INDEX i" },
	{ PG, "SELECT set(1)" },
	{ PG, "SELECT cube(1)" },
	{ PG, "SELECT 1, rollup(1) FROM a GROUP BY b" },
	{ PG, "SELECT 1 FROM a GROUP BY b HAVING 1 = 1, cube(1)" },
	{ PG, "SELECT (SELECT 1 FROM a GROUP BY b), cube(1)" },
	{ PG, "SELECT by(1)" },
	{ PG, "SELECT verbose(1)" },
	{ PG, "SELECT concurrently(1)" },
	{ PG, "SELECT key(1), filter(1)" },
	{ PG, "SELECT 1 WHERE over(1)" },
	{ PG, "SELECT now() AT TIME ZONE range(1)" },
	{ PG, "SELECT 1 FROM a, include(1)" },
	{ PG, "SELECT soundex('a'), quote('a')" },
	{ PG, "SELECT vector(1)" },
	{ PG, "ALTER TABLE a ADD b int DEFAULT set(1)" },
	{ LITE, "SELECT array_agg(1)" },
	{ LITE, "SELECT key(1)" },
	{ PG, "CREATE MATERIALIZED VIEW b AS SELECT f()" },
	{ PG, "ALTER TABLE a ADD b int DEFAULT f()" },
	{ PG, "ALTER TABLE a ALTER b TYPE int USING f(b)" },
	{ PG, "EXPLAIN ANALYZE DELETE FROM a" },
	{ PG, "EXPLAIN (ANALYZE, VERBOSE) DELETE FROM a" },
	{ PG, "EXPLAIN ANALYSE DELETE FROM a" },
	{ PG, "EXPLAIN VERBOSE DELETE FROM a" },
	{ PG, "COPY a FROM PROGRAM 'x'" },
	{ PG, "COPY (DELETE FROM a RETURNING 1) TO STDOUT" },
	{ PG, "COPY a FROM stdin;\nCREATE TABLE b (c text DEFAULT '\n\\.\n"
	      "DROP TABLE t; --');" },
	{ PG, "SELECT 'DROP TABLE t' \\gexec" },
	{ PG, "\\! rm -rf /" },
	{ PG, "\\i x.sql" },
	{ PG, "CREATE TABLE b (c int); \\set x 1" },
	{ PG, "SELECT 1 AS x \\gset\nCREATE TABLE :x (a int)" },
	{ PG, "CREATE TABLE b (c int DEFAULT :x)" },
	{ PG, "PREPARE q AS DELETE FROM a" },
	{ PG, "LOAD 'x'" },
	{ LITE, "SELECT load_extension('x')" },
	{ LITE, "SELECT writefile('a', 'b')" },
	{ LITE, "SELECT edit('a')" },
	{ LITE, ".read x.sql" },
	{ LITE, ".shell rm" },

	/* settings */
	{ PG, "SET session_replication_role = replica" },
	{ PG, "SET LOCAL session_replication_role TO 'replica'" },
	{ PG, "SET standard_conforming_strings = off" },
	{ PG, "SET ROLE x" },
	{ PG, "SET SESSION AUTHORIZATION x" },
	{ PG, "ALTER TABLE a DISABLE TRIGGER ALL" },
	{ PG, "ALTER TABLE a SET UNLOGGED" },
	{ PG, "ALTER SEQUENCE s RESTART" },
	{ PG, "ALTER TABLE a ALTER b RESTART" },
	{ LITE, "PRAGMA writable_schema = ON" },
	{ LITE, "PRAGMA writable_schema(1)" },
	{ LITE, "PRAGMA main.writable_schema = 1" },
	{ LITE, "PRAGMA \"writable_schema\" = 1" },
	{ LITE, "PRAGMA foreign_keys = OFF" },
	{ LITE, "PRAGMA foreign_keys(OFF)" },
	{ LITE, "PRAGMA foreign_keys = 'off'" },
	{ LITE, "ATTACH 'x' AS y" },
	{ LITE, "VACUUM main INTO 'x'" },
	{ LITE, "DELETE FROM sqlite_schema" },

	/* what goes along, and who may see */
	{ PG, "DROP TYPE e CASCADE" },
	{ PG, "DROP VIEW v CASCADE" },
	{ PG, "DROP FUNCTION f() CASCADE" },
	{ PG, "DROP EXTENSION e" },
	{ PG, "DROP SCHEMA s" },
	{ PG, "DROP OWNED BY r" },
	{ PG, "REASSIGN OWNED BY r TO s" },
	{ PG, "DROP MATERIALIZED VIEW v" },
	{ PG, "DROP SEQUENCE s" },
	{ PG, "CREATE OR REPLACE VIEW v AS SELECT 1" },
	{ PG, "GRANT ALL ON a TO PUBLIC" },
	{ PG, "ALTER TABLE a DISABLE ROW LEVEL SECURITY" },
	{ PG, "DROP POLICY p ON a" },
	{ PG, "ALTER VIEW v SET (security_barrier = false)" },
	{ PG, "ALTER TABLE a OWNER TO b" },
	{ PG, "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER "
	      "AS 'x'" },

	/* a table of the same text is not what it seems */
	{ PG, SAFE_TABLE "DROP TABLE made; DROP TABLE made" },
	{ PG, SAFE_TABLE "DROP TABLE \"Made\"" },
	{ PG, SAFE_TABLE "DROP TABLE made, t" },
	{ PG, SAFE_TABLE "DROP TABLE made CASCADE" },
	{ PG, SAFE_TABLE "DROP TABLE s.made" },
	{ PG, SAFE_TABLE "SET search_path = s; DROP TABLE made" },
	{ PG, SAFE_TABLE "ROLLBACK; DROP TABLE made" },
	{ PG, SAFE_TABLE "COMMIT; DROP TABLE made" },
	{ PG, SAFE_TABLE "ALTER TABLE made RENAME TO x; ALTER TABLE t RENAME "
			 "TO made; DROP TABLE made" },
	{ PG, SAFE_TABLE "ALTER TABLE made SET SCHEMA s; ALTER TABLE t RENAME "
			 "TO made; DROP TABLE made" },
	{ PG, SAFE_TABLE "ALTER TABLE made ATTACH PARTITION t DEFAULT; DROP "
			 "TABLE made" },
	{ PG, SAFE_TABLE "ALTER SCHEMA public RENAME TO x; DROP TABLE made" },
	{ PG, "CREATE TABLE IF NOT EXISTS t (a int); DROP TABLE t" },
	{ PG, "CREATE TEMP TABLE t (a int); DROP TABLE t" },
	{ PG, "CREATE TABLE U&\"t\" (a int); DROP TABLE t2" },
	{ LITE, SAFE_TABLE "DROP TABLE made; DROP TABLE made" },
	{ LITE, SAFE_TABLE "ATTACH 'x' AS y; DROP TABLE made" },
	{ LITE, "CREATE TABLE IF NOT EXISTS t (a); DROP TABLE t" },
	{ LITE, "CREATE TEMP TABLE t (a); DROP TABLE t" },
	{ LITE, "CREATE TABLE n (a); INSERT INTO n (a) SELECT a FROM t; DROP "
		"TABLE t; ALTER TABLE n RENAME TO t" },

	/* bytes */
	{ PG, "SELECT '\xff'; DROP TABLE t" },
	{ PG, "SELECT '\xc0\xa7; DROP TABLE t; --'" },
	{ PG, "DROP\xc2\xa0TABLE t" },
	{ PG, "\xd0\xa1REATE TABLE a (b int)" },
	{ LITE, "CREATE TABLE a (b '\xc3')" },
};

/* Texts that psql reads in one way and others in another. They are destructive
 * even to someone who allows all that is opaque. */
#define FEED "COPY a (t) FROM stdin;\n"

static const struct judged_text two_readings[] = {
	/* what psql runs, hidden from others by a quote in the data */
	{ PG, FEED "CREATE TABLE b (c text DEFAULT '\n\\.\nDROP TABLE t;\n" FEED
		   "');" },
	{ PG, FEED "x'\n\\.\nDROP TABLE t; --'" },
	{ PG, FEED "\"\n\\.\nDROP TABLE t; --\"" },
	{ PG, FEED "$$\n\\.\nDROP TABLE t; --$$" },
	{ PG, FEED "$a$\n\\.\nDROP TABLE t; --$a$" },
	{ PG, FEED "/*\n\\.\nDROP TABLE t; --*/" },
	{ PG, FEED "(\n\\.\nDROP TABLE t;" },
	{ PG, FEED "\\.\nDROP TABLE t;" },
	{ PG, FEED "\\.\r\nDROP TABLE t;" },
	{ PG, FEED "1\n\\.\n" FEED "1\n\\.\nDROP TABLE t" },
	{ PG, "COPY a FROM stdin; COPY b FROM stdin;\n1\n\\.\n2\n\\.\n"
	      "DROP TABLE t" },
	{ PG, "COPY a FROM stdin; COPY b FROM stdin;\n'\n\\.\n'\n\\.\n"
	      "DROP TABLE t" },
	{ PG, "COPY a FROM stdin; DROP TABLE t;\n1\n\\.\n" },
	{ PG, "COPY a FROM stdin; DROP\n1\n\\.\nTABLE t;" },
	{ PG, "COPY a FROM stdin; SELECT '\n1\n\\.\n'; DROP TABLE t; --'" },
	{ PG, "COPY a FROM stdin; /*\n1\n\\.\n*/ DROP TABLE t; /**/" },
	{ PG, "COPY a FROM stdin; CREATE TABLE b (c text DEFAULT '\n1\n\\.\n"
	      "'); DROP TABLE t; --');" },
	{ PG, "copy/**/a (t)from--\nStdIn with (format csv);--x\n'\n\\.\n"
	      "DROP TABLE t; --'" },
	{ PG, "COPY BINARY a FROM STDIN USING DELIMITERS ',';\n'\n\\.\n"
	      "DROP TABLE t; --'" },
	{ PG, "COPY a FROM stdin \\g\n'\n\\.\nDROP TABLE t; --'" },
	{ PG, "COPY a FROM stdin\\; SELECT 1;\n'\n\\.\nDROP TABLE t; --'" },
	{ PG, "\\copy a from stdin\n'\n\\.\nDROP TABLE t; --'" },
	{ PG, "\\COPY a FROM PStdin csv\n'\n\\.\nDROP TABLE t; --'" },
	{ PG, FEED "1 ' 2 \xff\n\\.\nDROP TABLE t; --'" },

	/* what others run, and psql where the COPY has failed */
	{ PG, FEED "DROP TABLE t;\n\\.\n" },
	{ PG, FEED "1\n; DROP TABLE t;\n\\.\n" },
	{ PG, FEED "(; DROP TABLE t;\n\\.\n" },
	{ PG, FEED "DROP TABLE t;" },
	{ PG, FEED "\\N\nDROP TABLE t;\n\\.\n" },
	{ PG, FEED "\\N; DROP TABLE t;\n\\.\n" },
	{ PG, FEED "\\x \\\\ DROP TABLE t;\n\\.\n" },
	{ PG, FEED "DROP\n\\.\nTABLE t;" },
	{ PG, FEED "DROP \\N\nTABLE t;\n\\.\n" },
	{ PG, FEED "EXPLAIN\n\\.\nANALYZE DELETE FROM t;" },
	{ PG, FEED "(WITH x AS (DELETE FROM t RETURNING 1) SELECT 1);\n\\.\n" },
	{ PG, FEED "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC; DROP TABLE "
		   "t;\n\\.\n" },
	{ PG, "\\if false\n" FEED "\\endif\nDROP TABLE t;" },
	{ PG, "\\copy a from pstdin\nDROP TABLE t;\n\\.\n" },
	{ PG, FEED "-- deesse:allow drop-table: data\nDROP TABLE t;\n\\.\n" },

	/* lines of the sqlite3 shell's own */
	{ LITE, "SELECT 1\n/\nDROP TABLE t" },
	{ LITE, "SELECT 1\n  /  \n\nDELETE FROM t" },
	{ LITE, "SELECT 1\n/ -- so\nDROP TABLE t" },
	{ LITE, "EXPLAIN SELECT 1\nGo\nDROP TABLE t" },
	{ LITE, "CREATE VIEW v AS SELECT (1\ngo\nDROP TABLE t)" },
	{ LITE, ".print it's\nDROP TABLE t;\n--'" },
	{ LITE, ".print x\nCREATE TABLE a (b)" },
	{ LITE, "#x '\nDROP TABLE t;\n--'" },

	/* lines of psql's own */
	{ PG, "\\echo hi \\\\ DROP TABLE t;" },
	{ PG, "\\echo hi \\\\ DROP\nTABLE t;" },
	{ PG, "\\echo hi \\\\ EXPLAIN\nANALYZE DELETE FROM t;" },
	{ PG, "\\echo hi; DROP TABLE t;" },
	{ PG, "\\echo it's\nCREATE TABLE b (c text DEFAULT '; DROP TABLE t; "
	      "--');" },
	{ PG, "\\echo /*\nCREATE TABLE b (c int); -- */ DROP TABLE t;" },
	{ PG, "SELECT 1\\; DROP TABLE t;" },
	{ PG, "SELECT 1 \\; SELECT '\n'; DROP TABLE t; --'" },
	{ PG, "SELECT 1 \\gset\rDROP TABLE t;" },
	{ PG, "CREATE TABLE b (c int) \\r\nDROP TABLE t;" },
};

static const struct judged_text lookalikes[] = {
	{ PG,
	    "SELECT b, count(*) FILTER (WHERE c) OVER (PARTITION BY (d) ORDER "
	    "BY (e)) FROM a GROUP BY b, CUBE (c), ROLLUP (d), (e)" },
	{ PG, "SELECT a FROM b WHERE c LIKE ('x') AND d NOT ILIKE ('y') OR (e, "
	      "f) OVERLAPS (g, h) ORDER BY 1 LIMIT 1 OFFSET (2)" },
	{ PG,
	    "WITH x AS MATERIALIZED (SELECT 1), y AS NOT MATERIALIZED (SELECT "
	    "2) SELECT * FROM (x JOIN (y CROSS JOIN (x z)) ON true) LEFT "
	    "JOIN LATERAL (SELECT 1) w ON true" },
	{ PG, "SELECT '1'::varbit(3), CAST('a' AS vector(3)), '2020-01-01'"
	      "::timestamptz(3)" },
	{ PG,
	    "SELECT 1 FROM (WITH x AS (SELECT 1 AS update, y.delete FROM y FOR "
	    "UPDATE) SELECT * FROM x FOR NO KEY UPDATE) z" },
	{ PG, "ALTER TABLE a SET (fillfactor = 70), SET (autovacuum_enabled)" },
	{ PG, "CREATE TABLE a OF b" },
	{ PG, "SELECT a\n/\nb" },
	{ LITE, "SELECT a\n  / b, c /\n d" },
	{ LITE, "SELECT 1 go" },
	{ PG, "CREATE TABLE IF NOT EXISTS a AS SELECT lower('x')" },
	{ PG, "CREATE TEMP TABLE a PARTITION OF b DEFAULT" },
	{ LITE, "SELECT group_concat(a) FROM b WHERE c GLOB ('x') OR d NOT "
		"REGEXP ('y') GROUP BY (a)" },
	{ PG, "SELECT 'COPY a FROM stdin';\nSELECT 1;\n\n" },
	{ PG, "CREATE TABLE copy (\"from\" int, stdin int);\nSELECT 1" },
	{ PG, "-- DROP TABLE t" },
	{ PG, "/* DROP TABLE t; */" },
	{ PG, "/* /* */ DROP TABLE t; */" },
	{ LITE, "/* DROP TABLE t; -- open" },
	{ PG, "SELECT 'DROP TABLE t; DELETE FROM a'" },
	{ PG, "SELECT E'\\'; DROP TABLE t; --'" },
	{ PG, "SELECT $$DROP TABLE t;$$, $a$ $$; DROP TABLE t $a$" },
	{ PG, "SELECT \"DROP TABLE t;\" FROM \"DELETE FROM\"" },
	{ LITE, "SELECT [DROP TABLE t;], `DELETE FROM` FROM \"TRUNCATE\"" },
	{ PG, "CREATE TABLE \"drop table\" (\"delete from\" int)" },
	{ PG, "CREATE TABLE drops (truncated int, dropped_at timestamptz)" },
	{ PG,
	    "CREATE TABLE a (b text CHECK (b <> 'DROP'), c int DEFAULT f())" },
	{ PG, "ALTER TABLE a ADD COLUMN \"drop\" text DEFAULT 'DROP c'" },
	{ PG, "ALTER TABLE a ADD note text DEFAULT 'a, DROP b'" },
	{ PG, "ALTER TABLE a ALTER b SET DEFAULT 'DROP TABLE t'" },
	{ PG, "ALTER TABLE a ALTER b DROP DEFAULT" },
	{ PG, "COMMENT ON TABLE a IS 'DROP TABLE t; TRUNCATE b'" },
	{ PG, "CREATE INDEX \"drop index\" ON a (b)" },
	{ PG, "INSERT INTO log (\"delete\") VALUES ('DELETE FROM a')" },
	{ PG, "INSERT INTO s.log (a, b) SELECT c, lower(d) FROM e" },
	{ PG, "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN "
	      "DROP TABLE t; END; $$" },
	{ PG, "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC DELETE FROM a; "
	      "SELECT CASE WHEN true THEN 1 END; END" },
	{ LITE, "CREATE TRIGGER x AFTER INSERT ON a BEGIN DELETE FROM b; "
		"DELETE FROM c; END" },
	{ PG, "CREATE VIEW v AS SELECT 'DROP TABLE t' AS \"truncate\"" },
	{ PG, "CREATE TYPE e AS ENUM ('drop', 'delete')" },
	{ PG, "ALTER TYPE e ADD VALUE 'drop'" },
	{ PG, "WITH x AS (SELECT 'DELETE FROM a') SELECT * FROM x" },
	{ PG,
	    "WITH x (a, b) AS (VALUES (1, 2)) INSERT INTO c SELECT a FROM x" },
	{ PG, "SELECT a -> 'delete', a #>> '{drop,table}' FROM b" },
	{ PG, "SELECT 1 - -1, 2 * -1" },
	{ PG, "SELECT a[1], b[2:3], c::numeric(10, 2) FROM d" },
	{ PG, "SELECT * FROM a AS x (delete_me)" },
	{ PG, "EXPLAIN DELETE FROM a" },
	{ LITE, "EXPLAIN QUERY PLAN DELETE FROM a" },
	{ PG, SAFE_TABLE "DROP TABLE made" },
	{ PG, SAFE_TABLE "INSERT INTO made VALUES (1); ALTER TABLE made ADD b "
			 "int NOT NULL; DROP TABLE IF EXISTS MADE" },
	{ PG, SAFE_TABLE "ALTER TABLE made ADD FOREIGN KEY (a) REFERENCES b; "
			 "CREATE UNIQUE INDEX i ON made (a)" },
	{ PG, SAFE_TABLE "ALTER TABLE made RENAME TO x; DROP TABLE x" },
	{ PG, "BEGIN; " SAFE_TABLE " DROP TABLE made; COMMIT" },
	{ PG, "CREATE TABLE s.a (b int); DROP TABLE S.\"a\"" },
	{ LITE, SAFE_TABLE "DROP TABLE [MADE]" },
	{ LITE, "PRAGMA foreign_keys = ON; PRAGMA table_info('DROP')" },
	{ PG, "" },
	{ LITE, " ; ;; -- nothing" },
};
