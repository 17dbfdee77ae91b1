-- views upon views of a table that loses and gains columns
CREATE TABLE t(a INT, b INT);
CREATE VIEW v1 AS SELECT a, b FROM t;
CREATE VIEW v2 AS SELECT a FROM v1;
CREATE VIEW v3 AS WITH x AS (SELECT * FROM v2) SELECT * FROM x;
-- rows --
INSERT INTO t VALUES (1, 2);
-- to --
CREATE TABLE t(a INT, c TEXT NOT NULL DEFAULT 'x', CHECK (a > 0));
CREATE VIEW v1 AS SELECT a, c FROM t;
CREATE VIEW v2 AS SELECT a FROM v1;
CREATE VIEW v3 AS WITH x AS (SELECT * FROM v2) SELECT * FROM x;
-- wants --
add-check t 0
drop-column t.b 1
