-- rows become equal under another collation
CREATE TABLE t(a TEXT UNIQUE, b TEXT COLLATE NOCASE);
CREATE UNIQUE INDEX i ON t(b);
-- rows --
INSERT INTO t VALUES ('a', 'x'), ('A', 'y');
-- to --
CREATE TABLE t(a TEXT COLLATE NOCASE UNIQUE, b TEXT);
CREATE UNIQUE INDEX i ON t(b);
-- wants --
change-collation t.a 2
change-collation t.b 0
error: UNIQUE constraint failed: t.a
