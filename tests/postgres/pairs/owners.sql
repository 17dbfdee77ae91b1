-- Whose things are: of tables and their parts, views, functions, types; an
-- owner stays when a view is made again.
CREATE TABLE t (id serial, n int);
CREATE VIEW v AS SELECT id FROM t;
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TABLE u (id int);
ALTER TABLE u OWNER TO pairs_reader;
CREATE VIEW again AS SELECT n::text AS n FROM t;
ALTER VIEW again OWNER TO pairs_writer;
GRANT SELECT ON again TO pairs_reader;
CREATE TABLE logs (at date) PARTITION BY RANGE (at);
CREATE TABLE logs_2024 PARTITION OF logs
	FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- to
CREATE TABLE t (id serial, n int);
CREATE VIEW v AS SELECT id, n FROM t;
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2';
CREATE TYPE e AS ENUM ('a');
CREATE DOMAIN d AS int;
CREATE TYPE c AS (a int);
CREATE SEQUENCE s;
CREATE SCHEMA x;
CREATE MATERIALIZED VIEW m AS SELECT 1 a;
CREATE PROCEDURE p(a int) LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE agg(int) (sfunc = int4pl, stype = int);
CREATE STATISTICS st ON id, n FROM t;
ALTER TABLE t OWNER TO pairs_writer;
ALTER TABLE v OWNER TO pairs_reader;
ALTER FUNCTION f() OWNER TO pairs_writer;
ALTER TYPE e OWNER TO pairs_reader;
ALTER DOMAIN d OWNER TO pairs_reader;
ALTER TYPE c OWNER TO pairs_writer;
ALTER SEQUENCE s OWNER TO pairs_writer;
ALTER SCHEMA x OWNER TO pairs_writer;
ALTER MATERIALIZED VIEW m OWNER TO pairs_reader;
ALTER PROCEDURE p(int) OWNER TO pairs_reader;
ALTER AGGREGATE agg(int) OWNER TO pairs_reader;
ALTER STATISTICS st OWNER TO pairs_reader;
CREATE TABLE u (id int);
ALTER TABLE u OWNER TO pairs_writer;
GRANT SELECT ON u TO pairs_reader;
GRANT ALL ON FUNCTION f() TO pairs_reader;
CREATE VIEW again AS SELECT n FROM t;
ALTER VIEW again OWNER TO pairs_writer;
GRANT SELECT ON again TO pairs_reader;
CREATE TABLE logs (at date) PARTITION BY RANGE (at);
CREATE TABLE logs_2024 PARTITION OF logs
	FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
ALTER TABLE logs OWNER TO pairs_writer;
ALTER TABLE logs_2024 OWNER TO pairs_reader;
