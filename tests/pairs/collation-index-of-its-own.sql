-- an index that says BINARY is not touched by its column's collation
CREATE TABLE t(a TEXT);
CREATE UNIQUE INDEX i ON t(a COLLATE BINARY);
-- rows --
INSERT INTO t VALUES ('a'), ('A');
-- to --
CREATE TABLE t(a TEXT COLLATE NOCASE);
CREATE UNIQUE INDEX i ON t(a COLLATE BINARY);
-- wants --
change-collation t.a 0
