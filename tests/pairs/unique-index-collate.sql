-- an index says its own collation
CREATE TABLE t(a TEXT, b TEXT);
-- rows --
INSERT INTO t VALUES ('a', 'x '), ('A', 'x'), ('b', 'z');
-- to --
CREATE TABLE t(a TEXT, b TEXT);
CREATE UNIQUE INDEX i ON t(a COLLATE NOCASE);
CREATE UNIQUE INDEX j ON t(b COLLATE RTRIM);
-- wants --
add-unique t 2
add-unique t 2
error: UNIQUE constraint failed: t.a
